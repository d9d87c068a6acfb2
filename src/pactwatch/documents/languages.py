"""Which language a text is in.

Comes in: a text and the language it declares, if any. Goes out: an ISO 639 code. Plain English is
known by its commonest words; py3langid tells of all else, for a hundred languages. Texts of a few
words are taken for what they declare, else for English, unless there is no doubt.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

__all__ = ["detect_language"]

_ENGLISH = frozenset(
    """the of and to in that for is on was with by as it be has from are this at his will have an
    which were not its he they we been who their had said would""".split()  # noqa: SIM905
)
_PLAIN = 0.28  # share of these in English prose is a third and more; in no other language a fifth
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 6_000  # characters looked at
_FEWEST_WORDS = 15  # below that a text is believed to be what it declares
_SURE, _CERTAIN = 0.6, 0.85


_NEAR_ENGLISH = frozenset({"pcm", "sco", "jam", "tpi"})
"""Languages that a short English text with foreign names is taken for; English is the likelier."""


def detect_language(text: str, *, declared: str | None = None) -> str:
    """Name the language of a text (ISO 639), "en" where nothing speaks against it.

    Args:
        declared: What the page or front matter says ("es-GT"); believed where the text is short or
            undecided.
    """
    fallback = _primary(declared) or "en"
    sample = _sample(text)
    words = [word.casefold() for word in _WORD.findall(sample)]
    is_short = len(words) < _FEWEST_WORDS and len(sample) < 8 * _FEWEST_WORDS
    if words and sum(word in _ENGLISH for word in words) >= _PLAIN * len(words):
        return fallback if is_short else "en"
    if not words or (is_short and declared):
        return fallback
    language, confidence = _classify(sample)
    language = "en" if language in _NEAR_ENGLISH else language
    return language if confidence >= (_CERTAIN if is_short else _SURE) else fallback


def _sample(text: str) -> str:
    """The middle of a text, since menus and notices in another language stand at its edges."""
    start = max(0, (len(text) - _SAMPLE) // 2)
    return text[start : start + _SAMPLE]


def _classify(sample: str) -> tuple[str, float]:
    language, confidence = _identifier().classify(sample)
    return str(language), float(confidence)


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _primary(tag: str | None) -> str | None:
    code = re.split(r"[-_]", tag.strip().lower())[0] if tag else ""
    return code if re.fullmatch(r"[a-z]{2,3}", code) else None
