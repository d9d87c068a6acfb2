"""Who is who: every filler that names somebody gets one identity over all documents.

Comes in: findings and documents. Goes out: `Identities`, a key for each filler and the facts known
of each identity. States go by their code, persons by given name and surname, agencies by name,
country and acronym, groups by their words. It never guesses between two bearers of a name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from rapidfuzz.distance import DamerauLevenshtein

from pactwatch.codebook.vocabularies import load_table
from pactwatch.ledger.countries import (
    countries_in,
    country_name,
    is_country_code,
    names_country,
    without_country,
)
from pactwatch.ledger.names import (
    acronym_of,
    agency_key,
    is_acronym,
    kind_of_name,
    person_tokens,
)
from pactwatch.ledger.words import fold, tokens
from pactwatch.model import Document, Filler, Finding

__all__ = ["ACTOR_ROLES", "Identities", "Identity", "display_name", "identify"]

ACTOR_ROLES = frozenset(
    {
        "actor",
        "addressee",
        "body",
        "participant",
        "party",
        "person",
        "recipient",
        "signatory",
        "speaker",
        "target",
    }
)
"""Roles whose fillers name somebody."""

_PERSON_ROLES = frozenset({"person", "signatory"})
_MAY_BE_PERSON = frozenset({"actor", "addressee", "participant", "speaker"})
_REIGN = re.compile(r"\b(?:administration|government|cabinet|presidency)\b", re.IGNORECASE)
_DEFINED = re.compile(
    r"((?:[A-Z][\w.&’'-]+,?\s+(?:(?:of|for|and|the|on|in|to)\s+)*){2,9})\(([A-Z]{2,9})\)"
)
# Bodies of which every country has one: without a country they mean the one of their document.
_COMMON = frozenset(
    {
        "army",
        "cabinet",
        "congress",
        "court",
        "government",
        "house",
        "military",
        "national police",
        "navy",
        "parliament",
        "police",
        "senate",
        "supreme court",
    }
)
_SLIP = 0.8  # likeness of two surnames that may be one misspelt: "Nielson", "Nielsen"


@dataclass(slots=True)
class Identity:
    """What the documents say of one actor."""

    key: str
    kind: str
    country: str | None = None
    forms: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    documents: set[str] = field(default_factory=set)
    has_office: bool = False


class Identities:
    """The identity of every filler that names somebody."""

    def __init__(self) -> None:
        self.known: dict[str, Identity] = {}
        self._keys: dict[tuple[str, str], str] = {}

    def of(self, finding: Finding, filler: Filler) -> Identity:
        """The identity that a filler of an actor role means."""
        return self.known[self._keys[finding.document_id, _form(filler)]]

    def add(
        self, document_id: str, filler: Filler, key: str, kind: str, country: str | None
    ) -> None:
        """Record that a form of a document means the identity `key`."""
        identity = self.known.setdefault(key, Identity(key=key, kind=kind))
        identity.country = identity.country or country
        identity.forms[" ".join(filler.text.split())] += 1
        identity.documents.add(document_id)
        self._keys[document_id, _form(filler)] = key


def _form(filler: Filler) -> str:
    code = filler.value if is_country_code(filler.value) else ""
    return f"{code}|{fold(filler.text)}"


@dataclass(frozen=True, slots=True)
class _Mention:
    document_id: str
    filler: Filler
    role: str
    finding: Finding


def identify(findings: Sequence[Finding], documents: Sequence[Document]) -> Identities:
    """Give every filler of an actor role its identity, whatever the order of the findings."""
    mentions = sorted(
        (
            _Mention(f.document_id, filler, role, f)
            for f in findings
            for role, fillers in f.roles.items()
            if role in ACTOR_ROLES
            for filler in fillers
        ),
        key=lambda m: (m.document_id, m.finding.id, m.role, m.filler.start, m.filler.end),
    )
    identities = Identities()
    texts = {d.id: d.text for d in documents}
    persons = _Persons(mentions)
    agencies = _Agencies([m for m in mentions if not persons.is_person(m)], texts)
    for mention in mentions:
        key, kind, country = _decide(mention, persons, agencies)
        identities.add(mention.document_id, mention.filler, key, kind, country)
        if mention.role == "person":
            identities.known[key].has_office = True
    _countries_from_offices(findings, identities)
    for identity in identities.known.values():
        if identity.key.startswith("body:"):
            kind = kind_of_name(max(identity.forms, key=lambda form: (len(form), form)))
            identity.kind = kind if kind not in {"person", "group"} else identity.kind
    return identities


def _decide(m: _Mention, persons: _Persons, agencies: _Agencies) -> tuple[str, str, str | None]:
    text, value = m.filler.text, m.filler.value
    if isinstance(value, str) and is_country_code(value):
        return f"state:{value}", "state", value
    if persons.is_person(m):
        return f"person:{persons.resolve(m.document_id, text)}", "person", None
    code = names_country(text)
    if code:
        return f"state:{code}", "state", code
    if _REIGN.search(text):
        ruler = persons.named_in(m.document_id, text)
        if ruler:
            return f"government:{ruler}", "organisation", None
    kind = "group" if countries_in(text) and not without_country(text) else kind_of_name(text)
    if kind == "group" or (kind == "person" and m.role not in _MAY_BE_PERSON):
        return f"group:{' '.join(sorted(tokens(text)))}", "group", _country_of(text)
    key, country = agencies.resolve(m.document_id, text)
    return f"body:{key}", "agency" if kind == "person" else kind, country


def _countries_from_offices(findings: Iterable[Finding], identities: Identities) -> None:
    """A person belongs to the country of the body served, or of the title's words."""
    for finding in sorted(findings, key=lambda f: f.id):
        if finding.kind != "office" or not finding.roles.get("person"):
            continue
        person = identities.of(finding, finding.roles["person"][0])
        codes = {identities.of(finding, body).country for body in finding.roles.get("body", ())}
        codes |= {c for title in finding.roles.get("title", ()) for c in countries_in(title.text)}
        codes.discard(None)
        if person.country is None and len(codes) == 1:
            person.country = next(iter(codes))
    for identity in identities.known.values():
        if identity.key.startswith("government:") and identity.country is None:
            ruler = identities.known.get("person:" + identity.key.removeprefix("government:"))
            identity.country = ruler.country if ruler else None


class _Persons:
    """Persons by given name and surname; surnames alone where one bearer fits."""

    def __init__(self, mentions: Sequence[_Mention]) -> None:
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

    @staticmethod
    def _sure(m: _Mention) -> bool:
        text = m.filler.text
        if m.filler.value is not None or names_country(text) or _REIGN.search(text):
            return False
        kind = kind_of_name(text)
        if m.role in _PERSON_ROLES:
            return kind == "person" or (kind == "organisation" and len(tokens(text)) == 1)
        return m.role in _MAY_BE_PERSON and kind == "person" and not countries_in(text)

    def is_person(self, m: _Mention) -> bool:
        """Whether the filler names a person: by its role, its form, or a name known already."""
        if m.filler.value is not None or m.role == "body":
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
        words = [w for w in re.findall(r"[A-Z][\w’'-]+", text) if not _REIGN.fullmatch(w)]
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


class _Agencies:
    """Agencies and organisations by name, country and acronym."""

    def __init__(self, mentions: Sequence[_Mention], texts: Mapping[str, str]) -> None:
        self._defined: dict[tuple[str, str], str] = {}
        self._expansions: dict[str, set[str]] = defaultdict(set)
        self._countries: dict[str, set[str]] = defaultdict(set)
        for document_id, text in sorted(texts.items()):
            for match in _DEFINED.finditer(text):
                name = _expansion(match[1], match[2])
                if name:
                    self._defined[document_id, match[2].casefold()] = name
                    self._expansions[match[2].casefold()].add(_full_key(name))
        for m in mentions:
            text = m.filler.text
            if kind_of_name(text) == "group" or m.filler.value is not None:
                continue
            if agency_key(text) in _known_names():
                key, country = _known_names()[agency_key(text)]
                self._countries[key].add(country)
            for code in countries_in(text):
                self._countries[agency_key(text)].add(code)
            if not is_acronym(text) and len(agency_key(text).split()) > 1:
                bare = re.sub(r"^(?:the\s+)?(?:U\.?\s?S\.?|United States)\s+", "", text)
                for initials in {acronym_of(text), acronym_of(bare)}:
                    if len(initials) > 2:
                        self._expansions[initials].add(_full_key(text))

    def resolve(self, document_id: str, text: str) -> tuple[str, str | None]:
        """The key of an agency or organisation, and its country where that is known."""
        text = re.sub(r"\s*\([A-Z]{2,10}\)", "", text)
        key, country = agency_key(text), _country_of(text)
        key, country = _known_names().get(key, (key, country))
        if is_acronym(text.strip()):
            acronym = fold(text).replace(".", "")
            key = acronym
            defined = self._defined.get((document_id, acronym))
            options = {_full_key(defined)} if defined else self._options(acronym)
            if len(options) == 1:
                code, _, key = next(iter(options)).partition("/")
                country = code or None
        if key in _COMMON:
            return f"{country or document_id}/{key}", country
        known = self._countries.get(key, set())
        if country is None and len(known) == 1:
            country = next(iter(known))
        scope = country or (document_id if len(known) > 1 else "")
        return (f"{scope}/{key}" if scope else key), country

    def _options(self, acronym: str) -> set[str]:
        """What the acronym may stand for; a form without country counts with one that has it."""
        options = self._expansions.get(acronym, set())
        named = {option.partition("/")[2] for option in options if not option.startswith("/")}
        return {o for o in options if not (o.startswith("/") and o[1:] in named)}


@cache
def _known_names() -> Mapping[str, tuple[str, str]]:
    """Everyday names that have no word of the agency's own: "Pentagon" → its key and country."""
    known: dict[str, tuple[str, str]] = {}
    tables = load_table("actors/agencies.toml")
    for country in sorted(tables.keys() - {"generic"}):
        for agency in tables[country].values():
            first, *others = (agency_key(name) for name in agency["names"])
            for other in others:
                if " " not in other and other not in first:
                    known[other] = (first, country.upper())
    return known


def _country_of(text: str) -> str | None:
    codes = countries_in(text)
    return next(iter(codes)) if len(codes) == 1 else None


def _full_key(text: str) -> str:
    return f"{_country_of(text) or ''}/{agency_key(text)}"


def _expansion(words: str, acronym: str) -> str | None:
    """The last words before "(ACR)" whose capitals spell the acronym."""
    parts = words.split()
    for start in range(len(parts) - 1, -1, -1):
        name = " ".join(parts[start:])
        if parts[start][0].isupper() and acronym_of(name) == acronym.casefold():
            return name
    return None


def display_name(identity: Identity) -> str:
    """The name shown: a state's usual name, else the fullest form that the documents use."""
    if identity.kind == "state" and identity.country:
        return country_name(identity.country)
    return max(identity.forms, key=lambda form: (len(form), form))
