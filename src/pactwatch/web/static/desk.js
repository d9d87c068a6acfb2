// Keys for those who read by keyboard, and Escape for quotations shown on hover. Pages work without.
"use strict";
(() => {
  const pages = { o: "", r: "records", c: "contested", a: "actors", d: "documents", t: "time", f: "flows", n: "network", m: "map" };
  const home = document.querySelector(".brand");
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  let going = false;
  const rows = () => [...document.querySelectorAll("table.rows tbody tr, .heads > li, article.row")];
  const step = (by) => {
    const all = rows();
    if (!all.length) return;
    const at = all.findIndex((row) => row.classList.contains("here"));
    const next = all[Math.min(all.length - 1, Math.max(0, at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by))];
    all.forEach((row) => row.classList.toggle("here", row === next));
    const link = next.querySelector("a");
    if (link) link.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest", behavior: still ? "auto" : "smooth" });
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      document.querySelectorAll(".peek").forEach((peek) => peek.classList.add("shut"));
      if (document.activeElement && document.activeElement.matches("input")) document.activeElement.blur();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea, select")) return;
    if (going) {
      going = false;
      event.stopImmediatePropagation(); // it is no letter of the review's
      if (event.key in pages && home) {
        const links = [...document.querySelectorAll(".top nav a")];
        const to = pages[event.key];
        const link = to ? links.find((one) => new RegExp(`(^|/)${to}(\\.html)?$`).test(one.getAttribute("href"))) : home;
        if (link) link.click();
      }
      return;
    }
    if (event.key === "g") going = true;
    else if (event.key === "/") { event.preventDefault(); document.getElementById("find").focus(); }
    else if (document.querySelector(".judging")) return; // the review has keys of its own
    else if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (event.key === "n") document.querySelector("a[rel=next]")?.click();
    else if (event.key === "p") document.querySelector("a[rel=prev]")?.click();
  });
  document.addEventListener("mouseover", (event) => {
    const peek = event.target.closest(".peek");
    if (peek && !peek.contains(event.relatedTarget)) peek.classList.remove("shut");
  });
  document.addEventListener("focusin", (event) => event.target.closest(".peek")?.classList.remove("shut"));
  const sought = document.querySelector(".sought");
  if (sought && location.hash === "#sought") sought.scrollIntoView({ block: "center" });
})();
