// Search of a published site: an index of words, in pieces that are loaded as they are needed.
"use strict";
(() => {
  const found = document.getElementById("found");
  const box = document.getElementById("q");
  if (!found || !box) return;
  const base = found.dataset.index;
  const kept = new Map();
  const load = (name) => {
    if (!kept.has(name)) kept.set(name, fetch(base + name).then((answer) => (answer.ok ? answer.json() : {})));
    return kept.get(name);
  };
  const fold = (words) => words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const wordsOf = (text) => fold(text).match(/[\p{L}\p{N}]+/gu) || [];
  const piece = (word) => {
    let sum = 0;
    for (const sign of word.slice(0, 3)) sum = (sum * 31 + sign.codePointAt(0)) % 64;
    return `words-${sum}.json`;
  };
  const listed = async (word) => {
    const index = await load(piece(word));
    const rows = new Set(Object.hasOwn(index, word) ? index[word] : []);
    if (!rows.size && word.length > 3) for (const [other, ids] of Object.entries(index)) if (other.startsWith(word)) ids.forEach((id) => rows.add(id));
    return rows;
  };
  const show = async (query) => {
    const words = wordsOf(query);
    found.replaceChildren();
    if (!words.length) return;
    const sets = await Promise.all(words.map(listed));
    const ids = [...sets[0]].filter((id) => sets.every((set) => set.has(id))).sort((a, b) => a - b);
    const head = document.createElement("p");
    head.className = "quiet";
    head.textContent = ids.length === 1 ? "1 place" : `${ids.length.toLocaleString("en")} places`;
    found.append(head);
    const { size } = await load("about.json");
    for (const id of ids.slice(0, 60)) {
      const items = await load(`items-${Math.floor(id / size)}.json`);
      const [kind, title, words2, href] = items[id % size];
      const block = document.createElement("blockquote");
      const line = document.createElement("p");
      const link = document.createElement("a");
      link.href = base.replace(/search\/$/, "") + href;
      link.textContent = words2 || title;
      line.append(link);
      const foot = document.createElement("footer");
      foot.textContent = words2 ? `${kind} · ${title}` : kind;
      block.append(line, foot);
      found.append(block);
    }
  };
  const asked = new URLSearchParams(location.search).get("q") || "";
  box.value = asked;
  if (asked) show(asked);
  box.form.addEventListener("submit", (event) => { event.preventDefault(); history.replaceState(null, "", `?q=${encodeURIComponent(box.value)}`); show(box.value); });
})();
