// Review by keyboard, and words marked in a text. Everything here can be done by its forms as well.
"use strict";
(() => {
  const letters = (text) => [...text].length; // offsets count code points, as the dossier does
  const form = document.getElementById("decide") || document.getElementById("adding");
  const within = (name) => form && form.querySelector(`[${name}]`);
  let sent = false;

  document.addEventListener("submit", (event) => {
    if (event.target.method !== "post") return;
    if (sent) event.preventDefault(); // its token serves once
    sent = true;
  });
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

  // What a person has chosen, marking words does not change.
  const chosen = () => "chosen" in form.dataset || Boolean(form.elements.field?.value);
  form?.addEventListener("change", (event) => {
    if (event.target.name === "about") form.dataset.chosen = "";
  });

  const place = (selection) => {
    if (!form || selection.isCollapsed || !selection.rangeCount) return null;
    const range = selection.getRangeAt(0);
    const node = range.commonAncestorContainer;
    const text = (node.nodeType === 1 ? node : node.parentElement)?.closest("[data-from]");
    if (!text || !text.contains(range.startContainer) || !text.contains(range.endContainer)) return null;
    const before = document.createRange();
    before.setStart(text, 0);
    before.setEnd(range.startContainer, range.startOffset);
    let words = range.toString();
    let start = Number(text.dataset.from) + letters(before.toString());
    start += letters(words) - letters(words.trimStart());
    words = words.trim();
    return words ? { text, words, start, end: start + letters(words) } : null;
  };
  document.addEventListener("selectionchange", () => {
    const found = place(getSelection());
    const words = within("data-words");
    if (!found || !words) return;
    words.value = found.words;
    within("data-start").value = found.start;
    within("data-end").value = found.end;
    const context = found.text.closest("[data-finding]");
    const owner = context || found.text;
    if (within("data-place")) within("data-place").value = owner.dataset.document;
    if (context && form.elements.finding) {
      form.elements.finding.value = context.dataset.finding;
      const own = form.querySelector(`input[name=about][value="${context.dataset.claim}"]`);
      if (own && !chosen()) own.checked = true;
    }
  });
  // Words typed are looked for as typed, no longer where others were marked.
  within("data-words")?.addEventListener("input", () => {
    ["data-start", "data-end"].forEach((name) => { within(name).value = ""; });
  });

  const open = (id, field) => {
    const part = document.getElementById(id);
    if (!part) return;
    part.scrollIntoView({ block: "nearest" });
    part.querySelector(field)?.focus();
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    const field = event.target.closest("input:not([type=radio]):not([type=checkbox]), textarea, select");
    if (field) {
      if (event.key === "Escape") field.blur();
      return;
    }
    if (!document.querySelector(".judging")) return;
    if (/^[1-9]$/.test(event.key)) {
      const choice = form?.querySelectorAll("input[name=about]")[Number(event.key) - 1];
      if (choice) { choice.checked = true; form.dataset.chosen = ""; choice.focus(); }
    } else if (event.key === "c") open("correct", "[name=words]");
    else if (event.key === "s") open("two", "[name=other]");
    else if (event.key === "b") form?.elements.reason.focus();
    else {
      const target = /^[a-z]$/.test(event.key) && document.querySelector(`[data-key="${event.key}"]`);
      if (!target) return;
      target.click();
    }
    event.preventDefault();
  });
})();
