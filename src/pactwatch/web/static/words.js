// The index of words of a published site, in pieces that are loaded as they are needed.

const fold = (words) => words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const wordsOf = (text) => (fold(text).match(/[\p{L}\p{N}]+/gu) || []).map((word) => word.slice(0, 40));
// Plurals are one word with their singular: the S-stemmer, Harman 1991, "How effective is suffixing?"
const stem = (word) => {
  if (/[^ea]ies$/.test(word)) return `${word.slice(0, -3)}y`;
  if (/[^aeo]es$/.test(word)) return word.slice(0, -1);
  if (/[^us]s$/.test(word)) return word.slice(0, -1);
  return word;
};

// Loads files of JSON below an address, each once.
export const loader = (base) => {
  const kept = new Map();
  return (name) => {
    if (!kept.has(name)) {
      kept.set(name, fetch(new URL(name, new URL(base, document.baseURI))).then((answer) => {
        if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
        return answer.json();
      }));
    }
    return kept.get(name);
  };
};

export const openIndex = (base) => {
  const load = loader(base);
  const about = load("about.json");
  const pieceOf = (word) => {
    let sum = 0;
    for (const sign of [...word].slice(0, 3)) sum = (sum * 31 + sign.codePointAt(0)) % 64;
    return sum;
  };
  const listed = async (word) => {
    const { pieces } = await about;
    const piece = pieceOf(word);
    if (!pieces.includes(piece)) return new Set();
    const index = await load(`words-${piece}.json`);
    const own = stem(word);
    const rows = new Set();
    for (const [other, ids] of Object.entries(index)) {
      if (other === word || stem(other) === own || (word.length > 3 && other.startsWith(word))) ids.forEach((id) => rows.add(id));
    }
    return rows;
  };
  return {
    about,
    // Numbers of the items that hold all the words, in order; null where there is no word.
    find: async (query) => {
      const words = wordsOf(query);
      if (!words.length) return null;
      const sets = await Promise.all(words.map(listed));
      sets.sort((a, b) => a.size - b.size);
      return [...sets[0]].filter((id) => sets.every((set) => set.has(id))).sort((a, b) => a - b);
    },
    item: async (id) => {
      const { size } = await about;
      return (await load(`items-${Math.floor(id / size)}.json`))[id % size];
    },
    // Rows of the records that a quotation went into.
    records: async (id) => {
      const { quotations, places } = await about;
      const at = id - quotations;
      return [(await load(`places-${Math.floor(at / places)}.json`))[at % places]].flat();
    },
  };
};
