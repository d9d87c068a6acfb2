"""Which language a text is in, from its commonest words or its script.

Comes in: a text and the language it declares, if any. Goes out: an ISO 639-1 code. It tells apart
languages that reports come in, no more; short or undecided texts are taken for what they declare,
else for English.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

__all__ = ["detect_language"]

_COMMON = {
    "en": "the of and to in that for is on was with by as it be has from are this at his will have",
    "es": "el la que y en los del las un por con una para es se su al como más lo fue",
    "pt": "que em um para com não uma os por mais dos foi ao pelo pela são também",
    "fr": "le la et les des en un une du que est dans qui par pour au sur ne pas ce plus",
    "de": "der die und den von zu das mit sich des auf für ist im dem nicht ein eine als auch",
    "it": "il di che la un del per non una della con sono da al le si dei nel alla è",
    "nl": "de het een van en dat op te zijn met voor niet aan er door bij ook als naar",
    "id": "yang dan di untuk dengan dari pada ini itu dalam tidak akan oleh ke adalah telah",
    "tr": "ve bir bu için ile da de olarak olan çok daha gibi sonra kadar olduğu tarafından",
    "sv": "och att det en som på är av för med till den har inte om ett de var från",
    "vi": "và của là có các cho trong được với không một những này người đã",
    "sw": "ya na wa kwa katika ni la za kuwa hii hiyo kama yake pia cha",
}
_SCRIPTS = {
    "CYRILLIC": "ru",
    "ARABIC": "ar",
    "CJK": "zh",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "HANGUL": "ko",
    "GREEK": "el",
    "HEBREW": "he",
    "THAI": "th",
    "DEVANAGARI": "hi",
}
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 20_000  # characters looked at
_FEWEST_WORDS = 25  # below that the commonest words decide nothing


def detect_language(text: str, *, declared: str | None = None) -> str:
    """Name the language of a text (ISO 639-1), "en" where nothing speaks against it.

    Args:
        declared: What the page or front matter says ("es-GT"); believed where the text is short or
            undecided.
    """
    fallback = _primary(declared) or "en"
    sample = text[:_SAMPLE]
    letters = [c for c in sample[:4000] if c.isalpha()]
    scripts = Counter(unicodedata.name(c, "").partition(" ")[0].partition("-")[0] for c in letters)
    foreign = [(count, script) for script, count in scripts.items() if script in _SCRIPTS]
    if foreign and 2 * sum(count for count, _ in foreign) > len(letters):
        if scripts["HIRAGANA"] + scripts["KATAKANA"] > len(letters) // 20:
            return "ja"
        return _SCRIPTS[max(foreign)[1]]
    words = Counter(word.casefold() for word in _WORD.findall(sample))
    total = words.total()
    if total < _FEWEST_WORDS:
        return fallback
    scores = {code: sum(words[w] for w in common.split()) for code, common in _COMMON.items()}
    best = max(scores, key=lambda code: (scores[code], code == fallback, code))
    if (
        scores[best] < total // 12
        or scores[best] < 1.3 * scores[fallback if fallback in scores else "en"]
    ):
        return fallback
    return best


def _primary(tag: str | None) -> str | None:
    code = re.split(r"[-_]", tag.strip().lower())[0] if tag else ""
    return code if re.fullmatch(r"[a-z]{2}", code) else None
