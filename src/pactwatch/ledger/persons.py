"""Who is who among persons: given name and surname, and surnames alone where one bearer fits.

Comes in: mentions. Goes out: `Persons`, which gives a mention the name that stands for the person.
It never guesses between two bearers of a name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence

from rapidfuzz.distance import DamerauLevenshtein

from pactwatch.ledger.countries import countries_in, names_country, without_country
from pactwatch.ledger.mentions import ACTOR_ROLES, MAY_BE_PERSON, REIGN, Mention, reigns
from pactwatch.ledger.names import kind_of_name, person_tokens
from pactwatch.ledger.words import fold, tokens

__all__ = ["Persons"]

_PERSON_ROLES = frozenset({"person", "signatory"})
_SLIP = 0.8  # likeness of two surnames that may be one misspelt: "Nielson", "Nielsen"


class Persons:
    """Persons by given name and surname; surnames alone where one bearer fits.

    Args:
        outlets: Names of publishers, which are nobody's name whatever their form ("Lusophone Eye").
    """

    def __init__(self, mentions: Sequence[Mention], outlets: Collection[str] = ()) -> None:
        own = {fold(m.filler.text) for m in mentions if m.role in _PERSON_ROLES}
        names = {fold(name) for name in outlets if kind_of_name(name) == "person"}
        self._outlets = frozenset(names - own)
        surnames: dict[str, set[str]] = defaultdict(set)
        self._certain: set[tuple[str, str]] = set()
        parts_of: dict[str, set[tuple[str, ...]]] = defaultdict(set)
        for m in mentions:
            if self._sure(m):
                parts = person_tokens(m.filler.text)
                parts_of[m.document_id].add(parts)
                self._certain.add((m.document_id, fold(m.filler.text)))
                if len(parts) > 1:
                    surnames[parts[-1]].add(" ".join(parts))
        self._known = {p for all_parts in parts_of.values() for p in all_parts}
        self._surnames = {p[-1] for p in self._known}
        self._full = _join_full_names({p for p in self._known if len(p) > 1})
        self._in_document = {
            d: sorted({self._full[p] for p in all_parts if len(p) > 1})
            for d, all_parts in parts_of.items()
        }
        self._bearers: dict[str, set[str]] = defaultdict(set)
        for parts, name in self._full.items():
            for part in parts[1:]:
                self._bearers[part].add(name)

    def is_outlet(self, m: Mention) -> bool:
        """Whether the filler is the name of a publisher and of no person with an office."""
        return fold(m.filler.text) in self._outlets

    def _sure(self, m: Mention) -> bool:
        text = m.filler.text
        if self.is_outlet(m):
            return False
        if m.filler.value is not None or names_country(text) or reigns(text):
            return False
        kind = kind_of_name(text)
        if m.role in _PERSON_ROLES:
            return kind == "person" or (kind == "organisation" and len(tokens(text)) == 1)
        return m.role in MAY_BE_PERSON and kind == "person" and not countries_in(text)

    def is_person(self, m: Mention) -> bool:
        """Whether the filler names a person: by its role, its form, or a name known already."""
        if m.filler.value is not None or m.role == "body" or self.is_outlet(m):
            return False
        if (m.document_id, fold(m.filler.text)) in self._certain or self._sure(m):
            return True
        if kind_of_name(m.filler.text) in {"group", "agency"} or names_country(m.filler.text):
            return False
        parts = person_tokens(m.filler.text)
        return len(parts) == 1 and parts[0] in self._surnames and m.role in ACTOR_ROLES

    def resolve(self, document_id: str, text: str) -> str:
        """The name that stands for the person: the fullest known of the one bearer who fits."""
        parts = person_tokens(text)
        if parts in self._full:
            return self._full[parts]
        here = self._in_document.get(document_id, [])
        for bearers in (here, sorted(self._bearers.get(parts[-1], ()))):
            fitting = [b for b in bearers if parts[-1] in b.split()[1:]]
            if len(fitting) == 1:
                return fitting[0]
        slips = [b for b in here if _misspelt(parts[-1], b.split()[-1])]
        return slips[0] if len(slips) == 1 else " ".join(parts)

    def named_in(self, document_id: str, text: str) -> str | None:
        """The person whose government the words name ("the Trump administration")."""
        words = [w for w in re.findall(r"[A-Z][\w’'-]+", text) if not REIGN.fullmatch(w)]
        parts = person_tokens(" ".join(words))
        if not parts or (parts[-1] not in self._surnames and len(parts) < 2):
            return None
        if parts[-1] not in self._surnames and without_country(text) != tokens(text):
            return None
        return self.resolve(document_id, " ".join(words))


def _misspelt(one: str, other: str) -> bool:
    likeness = DamerauLevenshtein.normalized_similarity(one, other)
    return one != other and min(len(one), len(other)) >= 5 and likeness >= _SLIP


def _join_full_names(names: set[tuple[str, ...]]) -> dict[tuple[str, ...], str]:
    """Join forms of one name: same given name, one form's parts all among the other's.

    A form that fits two longer names which don't fit each other stays alone.
    """
    by_given: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for name in sorted(names, key=lambda n: (-len(n), n)):
        by_given[name[0]].append(name)
    joined: dict[tuple[str, ...], str] = {}
    for forms in by_given.values():
        heads: list[tuple[str, ...]] = []
        by_part: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for form in forms:
            fitting = [h for h in by_part[form[-1]] if set(form) <= set(h)]
            if len(fitting) == 1:
                joined[form] = joined[fitting[0]]
                continue
            heads.append(form)
            joined[form] = " ".join(form)
            for part in form[1:]:
                by_part[part].append(form)
        _join_misspelt(heads, joined)
    return joined


def _join_misspelt(heads: list[tuple[str, ...]], joined: dict[tuple[str, ...], str]) -> None:
    """The same given names with surnames a letter apart are one person: "Kirsten Nielson"."""
    groups: dict[tuple[str, ...], list[tuple[str, ...]]] = defaultdict(list)
    for head in heads:
        groups[*head[:-1], head[-1][:2]].append(head)
    for group in groups.values():
        first = min(group)
        for other in sorted(group)[1:]:
            if _misspelt(first[-1], other[-1]):
                name = joined[other]
                joined.update({k: joined[first] for k, v in joined.items() if v == name})
