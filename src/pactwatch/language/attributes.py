"""Part of speech, lemma and morphology of tokens from a pipeline's own attribute rules, remembered.

Comes in: the patterns of a spaCy attribute ruler. Goes out: a component that does the same for
patterns of one token, several times as fast: what they give depends on a token's word, tag and
dependency alone, so each combination is worked out once. Patterns of several
tokens ("gon na", "let 's", the "were" of "there were") are left out: no finding looks at what they
set.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

__all__ = ["RememberedAttributes", "remembered_attributes"]

_KNOWN = frozenset({"TAG", "LOWER", "DEP", "IS_SPACE"})
_Condition = Callable[[str, str, str, bool], bool]


class RememberedAttributes:
    """A pipeline component that sets attributes by rules over word, tag and dependency."""

    def __init__(self, patterns: Sequence[Mapping[str, Any]]) -> None:
        self._rules: list[tuple[_Condition, Mapping[str, Any]]] = []
        for pattern in patterns:
            for tokens in pattern["patterns"]:
                if len(tokens) == 1 and set(tokens[0]) <= _KNOWN:
                    self._rules.append((_condition(tokens[0]), pattern["attrs"]))
        self._remembered: dict[tuple[int, int, int], dict[str, Any]] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Set the attributes of all tokens; later rules win, as in the attribute ruler."""
        remembered = self._remembered
        for token in doc:
            key = (token.lower, token.tag, token.dep)
            attributes = remembered.get(key)
            if attributes is None:
                attributes = remembered[key] = self._work_out(token)
            if "POS" in attributes:
                token.pos = attributes["POS"]
            if "MORPH" in attributes:
                token.set_morph(attributes["MORPH"])  # type: ignore[attr-defined]
            if "LEMMA" in attributes:
                token.lemma = attributes["LEMMA"]
        return doc

    def _work_out(self, token: Token) -> dict[str, Any]:
        from spacy.symbols import IDS  # type: ignore[import-not-found]

        told: dict[str, Any] = {}
        for condition, attributes in self._rules:
            if condition(token.tag_, token.lower_, token.dep_, token.is_space):
                told.update(attributes)
        strings = token.vocab.strings
        if "POS" in told:
            told["POS"] = IDS[told["POS"]] if isinstance(told["POS"], str) else told["POS"]
        if "LEMMA" in told:
            told["LEMMA"] = strings.add(told["LEMMA"])
        if "MORPH" in told:
            told["MORPH"] = token.vocab.morphology.add(told["MORPH"])
        return told


def _condition(wanted: Mapping[str, Any]) -> _Condition:
    tag, lower = _test(wanted.get("TAG")), _test(wanted.get("LOWER"))
    dep, space = _test(wanted.get("DEP")), wanted.get("IS_SPACE")

    def holds(its_tag: str, its_lower: str, its_dep: str, is_space: bool) -> bool:
        return (
            tag(its_tag)
            and lower(its_lower)
            and dep(its_dep)
            and (space is None or space == is_space)
        )

    return holds


def _test(wanted: Any) -> Callable[[str], bool]:
    if wanted is None:
        return lambda value: True
    if isinstance(wanted, str):
        return lambda value: value == wanted
    inside = frozenset(wanted["IN"]) if "IN" in wanted else None
    outside = frozenset(wanted.get("NOT_IN", ()))
    form = re.compile(wanted.get("REGEX", ""))
    return lambda value: (
        (inside is None or value in inside)
        and value not in outside
        and form.search(value) is not None
    )


def remembered_attributes(nlp: Language) -> RememberedAttributes | None:
    """What does the work of an attribute ruler; None where its rules are of an unknown kind."""
    ruler: Any = nlp.get_pipe("attribute_ruler")
    tests = [
        test for p in ruler.patterns for ts in p["patterns"] for t in ts for test in t.values()
    ]
    if any(isinstance(t, dict) and not set(t) <= {"IN", "NOT_IN", "REGEX"} for t in tests):
        return None
    return RememberedAttributes(ruler.patterns)
