// The progress of a build, live; and files dropped on the form. Both work without, by reloading and choosing.
"use strict";
(() => {
  const progress = document.getElementById("progress");
  const bar = document.getElementById("bar");
  const ask = async () => {
    const answer = await fetch(progress.dataset.state, { headers: { accept: "application/json" } }).catch(() => null);
    if (answer && answer.ok) {
      const { state } = await answer.json();
      if (!state.running) { location.reload(); return; }
      document.getElementById("stage").textContent = state.stage || "Beginning";
      if (state.total) {
        bar.max = state.total;
        bar.value = state.done;
        document.getElementById("count").textContent = `${state.done.toLocaleString("en")} of ${state.total.toLocaleString("en")}`;
      } else bar.removeAttribute("value");
    }
    setTimeout(ask, 1000);
  };
  if (progress) setTimeout(ask, 500);

  const drop = document.getElementById("drop");
  if (!drop) return;
  const files = document.getElementById("files");
  const say = () => {
    const names = [...files.files].map((file) => file.name);
    document.getElementById("chosen").textContent = names.length > 5 ? `${names.length} files` : names.join(", ");
  };
  files.addEventListener("change", say);
  ["dragover", "dragenter"].forEach((name) => drop.addEventListener(name, (event) => { event.preventDefault(); drop.classList.add("over"); }));
  ["dragleave", "drop"].forEach((name) => drop.addEventListener(name, () => drop.classList.remove("over")));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length) { files.files = event.dataTransfer.files; say(); }
    const link = event.dataTransfer.getData("text/uri-list");
    if (link) {
      const addresses = document.getElementById("addresses");
      addresses.value = `${addresses.value.trim()}\n${link.split(/\r?\n/).filter((line) => /^https?:/.test(line)).join("\n")}`.trim();
    }
  });
})();
