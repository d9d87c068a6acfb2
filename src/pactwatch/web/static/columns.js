// A table of a published site, by columns of codes: which rows a filter leaves, how many each value
// of a facet would leave, and rows in an order. It answers what the desk answers.
import { loader, openIndex } from "./words.js";

const DATE = /^\d{4}(-\d\d(-\d\d)?)?$/;
const WHOLE = /^\d{1,9}$/;
const range = (n) => Array.from({ length: n }, (_, i) => i);

export const openTable = async (name, base, search) => {
  const load = loader(base);
  const about = await load("about.json");
  const { size, columns } = about;
  const once = new Map();
  const kept = (key, make) => {
    if (!once.has(key)) once.set(key, make());
    return once.get(key);
  };
  const index = () => kept("index", () => openIndex(search));
  const files = (prefix, n) => Promise.all(range(n).map((i) => load(`${prefix}-${i}.json`)));

  // The codes of row n are codes[starts[n]] to codes[starts[n + 1] - 1].
  const column = (field) => kept(`column ${field}`, async () => {
    const entries = (await files(field, columns[field].files)).flat();
    const starts = new Int32Array(size + 1);
    let total = 0;
    entries.forEach((entry, n) => { total += typeof entry === "number" ? 1 : entry.length; starts[n + 1] = total; });
    const codes = new Int32Array(total);
    entries.forEach((entry, n) => codes.set(typeof entry === "number" ? [entry] : entry, starts[n]));
    return { starts, codes };
  });
  const numbers = (prefix) => kept(prefix, async () => Int32Array.from((await files(prefix, Math.ceil(size / about.codes))).flat()));
  const value = async (field, code) => {
    const some = await load(`${field}-values-${Math.floor(code / about.labels)}.json`);
    return [some[code % about.labels]].flat();
  };
  // The most frequent values are in the first files.
  const codeOf = async (field, wanted) => {
    for (let at = 0; at < columns[field].values; at += about.labels) {
      const some = await load(`${field}-values-${at / about.labels}.json`);
      const n = some.findIndex((one) => (Array.isArray(one) ? one[0] : one) === wanted);
      if (n >= 0) return at + n;
    }
    return -1;
  };
  const every = (field) => files(`${field}-values`, Math.ceil(columns[field].values / about.labels)).then((all) => all.flat());
  const having = async (field, test) => {
    const { starts, codes } = await column(field);
    const mask = new Uint8Array(size);
    for (let row = 0; row < size; row++) for (let i = starts[row]; i < starts[row + 1]; i++) if (test(codes[i])) { mask[row] = 1; break; }
    return mask;
  };
  const oneOf = async (field, wanted) => {
    const code = await codeOf(field, wanted);
    return having(field, (other) => other === code);
  };

  // A date counts at the precision known: "2019-05" may be after 2019-05-20.
  const between = async (since, until) => {
    const fits = (await every("date")).map((date) => {
      const last = date.slice(date.indexOf("/") + 1);
      return (!since || `${last}-99` >= since) && (!until || date <= `${until}-99`);
    });
    return having("date", (code) => fits[code]);
  };
  const holding = async (words) => {
    const mask = new Uint8Array(size);
    if (name === "actors") {
      const names = (await files("names", Math.ceil(size / about.labels))).flat();
      names.forEach((one, row) => { if (one.includes(words.toLowerCase())) mask[row] = 1; });
      return mask;
    }
    const ids = await index().find(words);
    if (ids === null) return mask.fill(1);
    const { quotations, documents } = await index().about;
    if (name === "documents") { for (const id of ids) if (id >= documents) mask[id - documents] = 1; return mask; }
    const told = ids.filter((id) => id >= quotations && id < documents);
    for (const rows of await Promise.all(told.map(index().records))) for (const row of rows) mask[row] = 1;
    return mask;
  };

  // What is asked for, as conditions by the name of their field; what makes no sense is not asked.
  const conditions = (asked) => {
    const found = new Map();
    const plain = about.facets.map(([facet]) => facet).filter((facet) => columns[facet] && facet !== "contested");
    for (const field of plain) if (asked[field] && !(field === "actor" && asked.role)) found.set(field, () => oneOf(field, asked[field]));
    if (asked.actor && asked.role && columns.role) found.set("actor", () => oneOf("role", `${asked.role} ${asked.actor}`));
    if (asked.contested && columns.contested) found.set("contested", () => oneOf("contested", "1"));
    const since = DATE.test(asked.since) ? asked.since : "", until = DATE.test(asked.until) ? asked.until : "";
    if (columns.date && (since || until)) found.set("date", () => between(since, until));
    if (WHOLE.test(asked.accounts) && about.facets.some(([facet]) => facet === "accounts")) {
      found.set("accounts", async () => (await numbers("number-accounts")).map((n) => (n >= Number(asked.accounts) ? 1 : 0)));
    }
    if (asked.words) found.set("words", () => holding(asked.words));
    return found;
  };
  const masks = new Map();
  const maskOf = (field, asked, make) => {
    const key = JSON.stringify([field, asked[field], asked.role, asked.since, asked.until]);
    if (!masks.has(key)) masks.set(key, make());
    return masks.get(key);
  };

  // Which rows a filter leaves; the condition on `but` is left out.
  const mask = async (asked, but = null) => {
    const all = await Promise.all([...conditions(asked)].filter(([field]) => field !== but).map(([field, make]) => maskOf(field, asked, make)));
    const whole = new Uint8Array(size).fill(1);
    for (const one of all) for (let row = 0; row < size; row++) whole[row] &= one[row];
    return whole;
  };
  const counted = async (field, asked) => {
    const left = await mask(asked, field);
    if (field === "accounts") {
      const accounts = await numbers("number-accounts");
      return about.least.map((least) => [String(least), `${least} and more`, accounts.reduce((n, of, row) => n + (left[row] && of >= least ? 1 : 0), 0)]).filter(([, , n]) => n);
    }
    const { starts, codes } = await column(field);
    const counts = new Int32Array(columns[field].values);
    for (let row = 0; row < size; row++) if (left[row]) for (let i = starts[row]; i < starts[row + 1]; i++) counts[codes[i]]++;
    // Where all values are in one file, those of one count stand in their own order, as on the desk.
    const values = counts.length <= about.labels ? (await every(field)).map((one) => [one].flat()[0]) : [];
    const first = (a, b) => (values.length && values[a] !== values[b] ? (values[a] < values[b] ? -1 : 1) : a - b);
    const most = range(counts.length).filter((code) => counts[code]).sort((a, b) => counts[b] - counts[a] || first(a, b)).slice(0, about.shown);
    return Promise.all(most.map(async (code) => { const [own, words = own] = await value(field, code); return [own, words, counts[code]]; }));
  };

  return {
    about,
    size,
    filtered: (asked) => conditions(asked).size > 0,
    // [name, words for people, [[value, label, rows]]] of each facet that has values.
    facets: async (asked) => {
      const all = await Promise.all(about.facets.map(async ([field, words]) => [field, words, await counted(field, asked)]));
      return all.filter(([, , values]) => values.length);
    },
    // A value in words; `other` where no row has it.
    label: async (field, wanted, other = wanted) => {
      const code = columns[field] ? await codeOf(field, wanted) : -1;
      return code < 0 ? other : (await value(field, code)).at(-1);
    },
    // Places of the rows that a filter leaves, in an order.
    places: async (asked, order) => {
      const left = await mask(asked);
      const found = order ? await numbers(`order-${order}`) : range(size);
      return found.filter((row) => left[row]);
    },
    row: async (place) => (await load(`rows-${Math.floor(place / about.rows)}.json`))[place % about.rows],
  };
};
