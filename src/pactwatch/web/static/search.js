// Search of a published site.
import { openIndex } from "./words.js";

const found = document.getElementById("found");
const box = document.getElementById("q");
const SHOWN = 60;

if (found && box) {
  const base = found.dataset.index;
  const index = openIndex(base);
  const line = (tag, words, kind = "") => Object.assign(document.createElement(tag), { textContent: words, className: kind });
  let latest = 0;
  const show = async (query) => {
    const own = ++latest;
    const ids = await index.find(query);
    if (own !== latest) return;
    if (ids === null) { found.replaceChildren(); return; }
    const items = await Promise.all(ids.slice(0, SHOWN).map(index.item));
    if (own !== latest) return;
    const count = ids.length === 1 ? "1 place" : `${ids.length.toLocaleString("en")} places`;
    found.replaceChildren(line("p", ids.length > SHOWN ? `${count}; the first ${SHOWN} are shown` : count, "quiet"));
    const seen = new Set();
    for (const [kind, title, words, href] of items) {
      if (seen.has(kind + href)) continue; // another sentence of the same finding
      seen.add(kind + href);
      const block = document.createElement("blockquote");
      const first = document.createElement("p");
      const link = line("a", words || title);
      link.href = base.replace(/search\/$/, "") + href;
      first.append(link);
      block.append(first, line("footer", words ? `${kind} · ${title}` : kind));
      found.append(block);
    }
  };
  const run = (query) => show(query).catch(() => { found.replaceChildren(line("p", "The index could not be loaded.", "note")); });
  const asked = () => new URLSearchParams(location.search).get("q") || "";
  const begin = () => { box.value = asked(); if (asked()) run(asked()); else found.replaceChildren(); };
  if (asked()) begin();
  box.form.addEventListener("submit", (event) => {
    event.preventDefault();
    history.pushState(null, "", `?q=${encodeURIComponent(box.value)}`);
    run(box.value);
  });
  addEventListener("popstate", begin);
}
