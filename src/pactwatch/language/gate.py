"""Choosing the sentences that can matter, before anything is parsed.

Comes in: the text of sentences. Goes out: yes or no for each. A sentence can matter where a word of
the codebook's predicates, of saying, of offices, instruments, meetings or incidents stands in it, a
quotation mark, or money. One Aho–Corasick pass over stems; it is generous, because what it leaves
out is lost.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, ClassVar

from ahocorasick_rs import AhoCorasick, MatchKind

from pactwatch.codebook.vocabularies import event_triggers
from pactwatch.language.persons import load_titles

if TYPE_CHECKING:
    from pactwatch.codebook import Codebook

__all__ = ["Gate"]

_MARKS = re.compile(r"""["“”«»$€£%]|(?<!\w)['‘]|per cent|percent""")
_ENDING = re.compile(r"(?:[ey]|e?s|e?d|(\w)?(?:ed|ing|er|ers)|i?es|ied|ying|e?n|'s|’s)?(?!\w)")
"""What may follow a stem in a form of the same word: "do" in "does", not in "document"."""
_WORD_BEFORE = re.compile(r"\w")


@functools.cache
def _stem(word: str) -> str:
    """A prefix that all forms of a regular word share: "den" of "deny" and "denied"."""
    return word[:-1] if len(word) > 3 and word[-1] in "ey" else word


_IRREGULAR = {
    "give": ("gave",), "send": ("sent",), "build": ("built",), "hold": ("held",), "pay": ("paid",),
    "take": ("took",), "begin": ("began", "begun"), "bring": ("brought",), "buy": ("bought",),
    "sell": ("sold",), "seek": ("sought",), "say": ("said",), "tell": ("told",),
    "spend": ("spent",), "lend": ("lent",), "withdraw": ("withdrew",), "bear": ("bore", "borne"),
    "lead": ("led",), "run": ("ran",), "write": ("wrote",), "meet": ("met",), "freeze": ("froze",),
    "shut": ("shut",), "withhold": ("withheld",), "undertake": ("undertook",), "get": ("got",),
    "keep": ("kept",), "quit": ("quit",), "drive": ("drove",), "make": ("made",),
    "do": ("did", "done"), "speak": ("spoke",), "shoot": ("shot",), "steal": ("stole",),
    "fly": ("flew", "flown"), "sink": ("sank", "sunk"), "strike": ("struck",),
}  # fmt: skip


class Gate:
    """Decides whether a sentence is worth a parse. Made once for a codebook, by `Gate.of`."""

    _made: ClassVar[dict[str, Gate]] = {}

    @classmethod
    def of(cls, codebook: Codebook) -> Gate:
        """The gate of a codebook, made at the first call."""
        if codebook.version not in cls._made:
            cls._made[codebook.version] = cls(codebook)
        return cls._made[codebook.version]

    def __init__(self, codebook: Codebook) -> None:
        titles = load_titles()
        words = codebook.words() | titles.cues | titles.heads | codebook.nouns["instrument"]
        words |= codebook.nouns["meeting"] | event_triggers()
        stems = {_stem(word) for word in words if len(word) > 1}
        stems |= {form for word in words for form in _IRREGULAR.get(word, ())}
        self._stems = AhoCorasick(sorted(stems), matchkind=MatchKind.Standard)

    def lets_through(self, sentence: str) -> bool:
        """Whether a sentence holds a word or mark for which it may matter."""
        if _MARKS.search(sentence) or sentence.endswith(":"):  # "Canada will:" introduces a list
            return True
        lower = sentence.casefold()
        return any(
            (start == 0 or not _WORD_BEFORE.match(lower, start - 1)) and _ENDING.match(lower, end)
            for _, start, end in self._stems.find_matches_as_indexes(lower, overlapping=True)
        )
