"""Words that call what they tell all there is, or the first of its kind.

Comes in: sentences and names of agreements. Goes out: whether they say so, and of what. It looks
only at what the words speak of: the only aim of a visit is no aim of the agreement, and a first
treaty on extradition no first treaty.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pactwatch.ledger.instruments import instrument_name
from pactwatch.ledger.words import content_words, fold

__all__ = ["calls_all", "calls_first", "is_of_kind"]

_DEAL = (
    r"(?:agreement|memorandum|accord|pact|deal|treaty|compact|arrangement|programme|program|plan"
    r"|partnership|protocol|convention|document|text|mou)"
)
_AIM = r"(?:purpose|aim|goal|objective|object|subject|focus|task|concern|area|field)s?"
_ABOUT = (
    r"(?:aims? (?:at|to)|covers?|concerns?|deals? with|appl(?:y|ies) to|address(?:es)?"
    r"|relates? to|provides? for|is about|serves?)"
)
_ALL = re.compile(
    rf"\b(?:only|sole|single|exclusive) (?:\w+ )?{_AIM} of (?:the |this |that |its )"
    rf"(?:\w+ ){{0,4}}?{_DEAL}\b"
    rf"|(?:\bits|\b{_DEAL}'s) (?:only|sole|single|exclusive) (?:\w+ )?{_AIM}\b"
    rf"|\b(?:{_DEAL}|it) (?:is |was )?(?:only|solely|exclusively|merely) {_ABOUT}\b"
    rf"|\b(?:{_DEAL}|it) {_ABOUT} (?:only|solely|exclusively|merely|nothing (?:but|else|more))\b"
    rf"|\b(?:{_DEAL}|it) (?:deals?|appl(?:y|ies)|relates?|extends?|aims?) "
    r"(?:only|solely|exclusively|merely) (?:with|to|at)\b"
    rf"|\b(?:{_DEAL}|it) (?:is|was) (?:strictly |solely )?(?:limited|confined|restricted) to\b"
)
_NOT_ALL = re.compile(
    r"\b(?:not|n't|never|hardly|neither) (?:the |just |be |been )?(?:its |their )?"
    r"(?:only|sole|solely|exclusively|merely|limited|confined|restricted)\b|\bone of the only\b"
)
_FIRST = re.compile(
    r"^(?:the |its |their |a |this )?(?:very )?first\b(?! (?:phase|round|stage|step|part|draft))"
    r"|\bfirst[- ]ever\b|\bfirst (?:\w+ )?of its kind\b|\bfirst such\b"
)
_FIRST_WORDS = content_words("first ever kind such very of its")
_FORM = re.compile(r"\b(?:treaty|memorandum|mou|convention|declaration|protocol)\b")


def calls_all(sentence: str) -> bool:
    """Whether a sentence says of an agreement that it is about what follows, and nothing else."""
    text = fold(sentence)
    return _ALL.search(text) is not None and _NOT_ALL.search(text) is None


def calls_first(name: str) -> bool:
    """Whether a name calls the agreement the first of its kind."""
    return _FIRST.search(fold(name)) is not None


def is_of_kind(first: str, names: Iterable[str]) -> bool:
    """Whether an agreement of other names is of the kind of which one is called the first.

    "First-ever regional compact" is said of any agreement of these states; "first-ever extradition
    treaty" only of treaties, and of those that are on extradition by name.
    """
    telling = instrument_name(first).specific - _FIRST_WORDS
    form = _FORM.search(fold(first))
    for name in names:
        same_form = form is None or form[0] in fold(name)
        if same_form and (not telling or telling & content_words(name)):
            return True
    return False
