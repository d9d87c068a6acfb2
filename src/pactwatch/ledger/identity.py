"""Who is who: every filler that names somebody gets one identity over all documents.

Comes in: findings and documents. Goes out: `Identities`, a key for each filler and the facts known
of each identity. States go by their code, persons by given name and surname, agencies by name,
country and acronym, groups by their words. It never guesses between two bearers of a name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pactwatch.ledger.agencies import Agencies
from pactwatch.ledger.countries import (
    countries_in,
    country_name,
    is_country_code,
    names_country,
    without_country,
)
from pactwatch.ledger.mentions import MAY_BE_PERSON, Mention, country_of, mentions_in, reigns
from pactwatch.ledger.named import Named
from pactwatch.ledger.names import kind_of_name
from pactwatch.ledger.persons import Persons
from pactwatch.ledger.words import fold, tokens
from pactwatch.model import Document, Filler, Finding
from pactwatch.review import ActorRuling, plain_words

__all__ = ["Bearer", "Identities", "Identity", "display_name", "identify"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who is meant: all that comparing findings and making records may know of an actor.

    Of whatever else the documents say of him no record can depend, so that it stands as it is when
    another document tells more.

    Attributes:
        key: What the identity is known by: "state:NR", "person:ada obrecht".
        has_office: Whether a document tells an office of his.
        shown: The name shown of a state.
        acronyms: Forms of the name in capitals, sorted.
    """

    key: str
    kind: str
    country: str | None = None
    has_office: bool = False
    shown: str | None = None
    acronyms: tuple[str, ...] = ()


@dataclass(slots=True)
class Bearer:
    """What the documents say of one actor."""

    key: str
    kind: str
    country: str | None = None
    forms: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    documents: set[str] = field(default_factory=set)
    has_office: bool = False
    name: str | None = None
    decisions: set[str] = field(default_factory=set)


class Identities:
    """The identity of every filler that names somebody."""

    def __init__(self) -> None:
        self.known: dict[str, Bearer] = {}
        self._keys: dict[tuple[str, str], str] = {}
        self._identities: dict[str, Identity] = {}

    def of(self, finding: Finding, filler: Filler) -> Identity:
        """The identity that a filler of an actor role means, once all are known."""
        key = self._keys[finding.document_id, _form(filler)]
        found = self._identities.get(key)
        if found is None:
            found = self._identities[key] = _identity(self.known[key])
        return found

    def bearer(self, finding: Finding, filler: Filler) -> Bearer:
        """What is known so far of whom a filler of an actor role means."""
        return self.known[self._keys[finding.document_id, _form(filler)]]

    def add(
        self, document_id: str, filler: Filler, key: str, kind: str, country: str | None
    ) -> None:
        """Record that a form of a document means the identity `key`."""
        identity = self.known.get(key)
        if identity is None:
            identity = self.known[key] = Bearer(key=key, kind=kind)
        identity.country = identity.country or country
        identity.forms[" ".join(filler.text.split())] += 1
        identity.documents.add(document_id)
        self._keys[document_id, _form(filler)] = key


def _identity(bearer: Bearer) -> Identity:
    return Identity(
        key=bearer.key,
        kind=bearer.kind,
        country=bearer.country,
        has_office=bearer.has_office,
        shown=display_name(bearer) if bearer.kind == "state" else None,
        acronyms=tuple(sorted(form for form in bearer.forms if form.isupper())),
    )


def _form(filler: Filler) -> str:
    code = filler.value if is_country_code(filler.value) else ""
    return f"{code}|{fold(filler.text)}"


def identify(
    findings: Sequence[Finding],
    documents: Sequence[Document],
    rulings: Sequence[ActorRuling] = (),
) -> Identities:
    """Give every filler of an actor role its identity, whatever the order of the findings.

    Args:
        rulings: What people decided on names, which goes before all else.
    """
    mentions = mentions_in(findings)
    identities = Identities()
    texts = {d.id: d.text for d in documents}
    persons = Persons(mentions, [d.publisher for d in documents if d.publisher])
    agencies = Agencies([m for m in mentions if not persons.is_person(m)], texts)
    decided = [_decide(mention, persons, agencies) for mention in mentions]
    keys = {_place(m): key for m, (key, _, _) in zip(mentions, decided, strict=True)}
    named = Named(rulings, keys)
    for mention, (key, kind, country) in zip(mentions, decided, strict=True):
        key = named.key_of(key, mention.filler)
        identities.add(mention.document_id, mention.filler, key, kind, country)
        if mention.role == "person":
            identities.known[key].has_office = True
    _countries_from_offices(findings, identities)
    for identity in identities.known.values():
        if identity.key.startswith("body:"):
            kind = kind_of_name(max(identity.forms, key=lambda form: (len(form), form)))
            identity.kind = kind if kind not in {"person", "group"} else identity.kind
    for key, identity in identities.known.items():
        identity.name, identity.decisions = named.name_of(key), named.decisions_on(key)
    return identities


def _place(mention: Mention) -> tuple[str, str]:
    return mention.document_id, plain_words(mention.filler.text)


def _decide(m: Mention, persons: Persons, agencies: Agencies) -> tuple[str, str, str | None]:
    text, value = m.filler.text, m.filler.value
    if isinstance(value, str) and is_country_code(value):
        return f"state:{value}", "state", value
    if persons.is_person(m):
        return f"person:{persons.resolve(m.document_id, text)}", "person", None
    code = names_country(text)
    if code:
        return f"state:{code}", "state", code
    if reigns(text):
        ruler = persons.named_in(m.document_id, text)
        if ruler:
            return f"government:{ruler}", "organisation", None
    kind = "group" if countries_in(text) and not without_country(text) else kind_of_name(text)
    if kind == "group" or (kind == "person" and m.role not in MAY_BE_PERSON):
        return f"group:{' '.join(sorted(tokens(text)))}", "group", country_of(text)
    key, country = agencies.resolve(m.document_id, text)
    if kind == "person":
        kind = "publication" if persons.is_outlet(m) else "agency"
    return f"body:{key}", kind, country


def _countries_from_offices(findings: Iterable[Finding], identities: Identities) -> None:
    """A person belongs to the country of the body served, or of the title's words."""
    for finding in sorted(findings, key=lambda f: f.id):
        if finding.kind != "office" or not finding.roles.get("person"):
            continue
        person = identities.bearer(finding, finding.roles["person"][0])
        codes = {identities.bearer(finding, b).country for b in finding.roles.get("body", ())}
        codes |= {c for title in finding.roles.get("title", ()) for c in countries_in(title.text)}
        codes.discard(None)
        if person.country is None and len(codes) == 1:
            person.country = next(iter(codes))
    for identity in identities.known.values():
        if identity.key.startswith("government:") and identity.country is None:
            ruler = identities.known.get("person:" + identity.key.removeprefix("government:"))
            identity.country = ruler.country if ruler else None


def display_name(identity: Bearer) -> str:
    """The name shown: the one that people gave, a state's usual one, else the fullest form that the
    documents use."""
    if identity.name:
        return identity.name
    if identity.kind == "state" and identity.country:
        return country_name(identity.country)
    return max(identity.forms, key=lambda form: (len(form), form))
