// Filters of the tables of a published site: facets with counts, words, dates, orders. The address
// says what is asked for, as on the desk. Without this script the page is the plain list.
import { openTable } from "./columns.js";

const place = document.querySelector("[data-explore]");
const name = place.dataset.explore;
const side = place.querySelector("aside");
const form = place.querySelector("form.filters");
const list = place.querySelector("[data-rows]");
const head = document.querySelector("h1");
const summary = document.querySelector("[data-summary]");
const chips = place.querySelector("[data-chips]");
const pager = place.querySelector("[data-pager]");
const canonical = new RegExp(`/${place.dataset.explore}(\\.html)?$`).test(location.pathname);
const own = Object.fromEntries(Object.entries(JSON.parse(place.dataset.query)).map(([k, v]) => [k, String(v)]));
const ONE = { records: "record", actors: "actor", documents: "document", contested: "field" }[name];

const make = (tag, attributes = {}, ...children) => {
  const made = document.createElement(tag);
  for (const [key, given] of Object.entries(attributes)) if (given !== null && given !== false) made.setAttribute(key, given === true ? "" : given);
  made.append(...children);
  return made;
};
const hidden = (words) => make("span", { class: "hidden" }, words);
const many = (n, word) => `${n.toLocaleString("en")} ${word}${n === 1 ? "" : "s"}`;

// Rows as the plain lists have them.
const to = (kind, id) => `${kind}/${encodeURIComponent(id)}.html`;
const cell = (kind, ...children) => make("td", kind ? { class: kind } : {}, ...children);
const flag = () => make("span", { class: "flag", title: "contested" }, make("span", { "aria-hidden": "true" }, "⚑"), hidden("contested"));
const drawn = {
  records: ([id, label, contests, kind, stage, when, told, amount, accounts, documents]) => make("tr", {},
    cell("main", make("a", { href: to("record", id) }, label), ...(contests ? [" ", flag()] : [])),
    cell("quiet", kind),
    cell("", ...(stage ? [make("span", { class: "stage" }, stage), " "] : []), ...(when ? [make("span", { class: told ? "nowrap quiet" : "nowrap" }, told ? `told ${when}` : when)] : [])),
    cell("", amount),
    make("td", { class: "n", title: many(documents, "document") }, String(accounts), make("span", { class: "narrow" }, accounts === 1 ? " account" : " accounts"))),
  actors: ([id, label, kind, country, records, documents]) => make("tr", {},
    cell("main", make("a", { href: to("actor", id) }, label)), cell("quiet", kind), cell("", country), cell("n", String(records)), cell("n", String(documents))),
  documents: ([id, title, publisher, when, findings, aside]) => make("tr", {},
    cell("main", make("a", { href: to("document", id) }, title), aside ? make("span", { class: "count" }, " set aside") : ""), cell("", publisher), cell("nowrap", when), cell("n", findings < 0 ? "–" : String(findings))),
  contested: ([id, label, field, kind, severity, explanation, sides]) => make("article", { class: "contest row" },
    make("h2", {}, make("a", { href: `${to("record", id)}#contest` }, label)),
    make("p", { class: "quiet" }, `${field} · ${kind}, ${severity} · ${explanation}`),
    make("div", { class: "sides" }, ...sides.map(([words, n]) => make("div", { class: "side" }, make("p", { class: "value" }, words), make("p", { class: "count" }, many(n, "account")))))),
};

const FIELDS = { records: ["kind", "type", "stage", "actor", "role", "country", "area", "place", "since", "until", "accounts", "contested", "words"],
  actors: ["kind", "country", "words"], documents: ["publisher", "language", "since", "until", "words"], contested: ["severity"] }[name];
const asking = () => {
  const asked = Object.fromEntries([...new URLSearchParams(location.search)].map(([key, given]) => [key, given.trim().slice(0, 300)]).filter(([, given]) => given));
  return { ...own, ...asked };
};
const address = (asked) => {
  const query = new URLSearchParams([...FIELDS, "order", "page"].filter((key) => asked[key]).map((key) => [key, asked[key]])).toString();
  return `${name}.html${query && "?"}${query}`;
};
const link = (asked, attributes, ...children) => make("a", { href: address(asked), "data-go": true, ...attributes }, ...children);

const inWords = async (table, key, asked) => {
  const given = asked[key];
  if (key === "since" || key === "until") return `${key} ${given}`;
  if (key === "accounts") return `${given} accounts and more`;
  if (key === "contested") return "contested";
  if (key === "role") return asked.actor ? `as ${await table.label("role", `${given} ${asked.actor}`, given)}` : `as ${given}`;
  if (key === "words") return `“${given}”`;
  return table.label(key, given);
};

const drawFacets = (facets, asked) => {
  const found = facets.map(([field, words, values]) => make("section", { class: "facet" }, make("h2", {}, words),
    make("ul", {}, ...values.map(([given, label, n]) => make("li", {}, asked[field] === given
      ? link({ ...asked, [field]: "", page: "" }, { class: "on", "aria-current": "true", "data-key": `${field} ${given}` }, label, hidden(" (chosen; take away)"), " ", make("span", { class: "n", "aria-hidden": "true" }, "×"))
      : link({ ...asked, [field]: given, page: "" }, { "data-key": `${field} ${given}` }, `${label} `, make("span", { class: "n" }, n.toLocaleString("en"))))))));
  side.querySelectorAll(".facet").forEach((facet) => facet.remove());
  form.after(...found);
};
const drawChips = async (table, asked) => {
  const active = FIELDS.filter((key) => asked[key]);
  const items = await Promise.all(active.map(async (key) => make("li", {}, link({ ...asked, [key]: "", page: "" }, { "data-key": `chip ${key}` }, `${await inWords(table, key, asked)} `, make("span", { "aria-hidden": "true" }, "×"), hidden("(take away)")))));
  if (items.length) items.push(make("li", {}, link({}, { class: "all" }, "take all away")));
  chips.setAttribute("aria-label", "Filters chosen");
  chips.replaceChildren(...items);
  chips.hidden = !items.length;
};
const drawSeverities = (facets, asked) => {
  const counts = new Map((facets[0]?.[2] || []).map(([given, , n]) => [given, n]));
  chips.setAttribute("aria-label", "Weight");
  chips.replaceChildren(...["", "high", "medium", "low"].map((given) => make("li", {}, link({ severity: given }, { "data-key": `severity ${given}`, ...((asked.severity || "") === given ? { class: "on", "aria-current": "true" } : {}) },
    given || "all", ...(given ? [" ", make("span", { class: "n" }, (counts.get(given) || 0).toLocaleString("en"))] : [])))));
  chips.hidden = false;
};
const drawPager = (asked, page, pages) => {
  const parts = [];
  if (page > 1) parts.push(link({ ...asked, page: page - 1 }, { rel: "prev" }, "Previous"));
  parts.push(make("span", {}, `Page ${page} of ${pages}`));
  if (page < pages) parts.push(link({ ...asked, page: page + 1 }, { rel: "next" }, "Next"));
  pager.replaceChildren(...(pages > 1 ? [make("nav", { class: "pager", "aria-label": "Pages of the list" }, ...parts)] : []));
};

let turn = 0;
const show = async (table, { first = false } = {}) => {
  const at = ++turn;
  const asked = asking();
  const plain = first && !location.search; // the page shows it already
  const focused = document.activeElement?.dataset?.key;
  const orders = [...(form?.elements.order?.options || [])].map((option) => option.value);
  const order = orders.includes(asked.order) && asked.order !== orders[0] ? asked.order : "";
  if (!plain) {
    place.setAttribute("aria-busy", "true");
    const found = await table.places(asked, order);
    const pages = Math.max(1, Math.ceil(found.length / table.about.page));
    const page = Math.min(Math.max(1, Number(/^\d{1,9}$/.test(asked.page) ? asked.page : 1)), pages);
    const rows = await Promise.all([...found.slice((page - 1) * table.about.page, page * table.about.page)].map(table.row));
    if (at !== turn) return;
    const body = list.querySelector("tbody") || list;
    body.replaceChildren(...rows.map(drawn[name]));
    list.hidden = !rows.length;
    place.querySelector("[data-none]").hidden = rows.length > 0;
    drawPager(asked, page, pages);
    const filtered = table.filtered(asked);
    summary.textContent = name === "contested"
      ? `${many(found.length, ONE)} where the reports can't all be right${filtered ? `, of ${asked.severity} weight` : ""}.`
      : `${many(found.length, ONE)}${filtered ? " with the filters chosen" : ""}.`;
    if (name === "records") head.textContent = asked.kind ? `${asked.kind[0].toUpperCase()}${asked.kind.slice(1)}s` : "Records";
    document.querySelectorAll("[data-whole]").forEach((one) => { one.hidden = filtered || page > 1 || Boolean(order); });
    place.removeAttribute("aria-busy");
  }
  if (form) for (const field of form.querySelectorAll("input, select")) field.value = asked[field.name] || (field.tagName === "SELECT" ? field.options[0].value : "");
  const facets = await table.facets(asked);
  if (at !== turn) return;
  if (name === "contested") drawSeverities(facets, asked);
  else { drawFacets(facets, asked); await drawChips(table, asked); }
  if (focused) (document.querySelector(`[data-key="${CSS.escape(focused)}"]`) || head).focus();
};

const start = async () => {
  if (!canonical && location.search) { location.replace(address(asking())); return; }
  if (location.search) place.setAttribute("aria-busy", "true");
  const table = await openTable(name, place.dataset.base, place.dataset.search);
  const go = (href) => {
    if (!canonical) { location.href = href; return; }
    history.pushState(null, "", href);
    show(table).catch(failed);
  };
  if (side) { side.hidden = false; place.classList.replace("plain", "faceted"); }
  head.tabIndex = -1;
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-go]");
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go(link.href);
    if (link.rel) scrollTo(0, 0);
  });
  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    const given = Object.fromEntries([...new FormData(form)].map(([key, words]) => [key, String(words).trim()]));
    if (given.order === form.elements.order?.options[0].value) given.order = "";
    go(address({ ...asking(), ...given, page: "" }));
  });
  addEventListener("popstate", () => show(table).catch(failed));
  await show(table, { first: true });
  document.documentElement.dataset.explore = "ready";
};
const failed = (error) => {
  place.removeAttribute("aria-busy");
  place.prepend(make("p", { class: "note", role: "status" }, `The filters could not be loaded (${error.message}); the list is whole.`));
};
start().catch(failed);
