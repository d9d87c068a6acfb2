"""The form of a name: what kind of actor it is, and what is left when its trimmings are off.

Comes in: the words that fill a role. Goes out: a kind ("person", "agency" …), and names cut to what
identifies. It sees one name at a time and never decides who is who.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pactwatch.ledger.countries import without_country
from pactwatch.ledger.words import fold, tokens

__all__ = ["acronym_of", "agency_key", "is_acronym", "kind_of_name", "person_tokens"]

_TITLES = (
    "mr mrs ms miss dr sir dame lord lady president vice prime minister premier chancellor"
    " secretary senator sen rep representative congressman congresswoman governor ambassador"
    " general gen col colonel admiral captain commissioner director deputy acting assistant"
    " foreign interior defense defence former then ex chief hon honourable honorable professor"
    " prof king queen prince princess pope commander judge justice king attorney"
)
_TITLE = frozenset(_TITLES.split())
_AGENCIES = (
    "agency army authority board border bureau cabinet command commission committee congress"
    " council court customs department enforcement force forces government guard house immigration"
    " administration institute intelligence justice ministry mission navy office parliament patrol"
    " police protection secretariat security senate service services southern treasury embassy"
)
_AGENCY = frozenset(_AGENCIES.split())
_ORGANISATIONS = (
    "alliance association bank center centre church coalition company corporation fund"
    " foundation group international network nations ngo organisation organization party"
    " project union university watch federation society"
)
_ORGANISATION = frozenset(_ORGANISATIONS.split())
_PUBLICATIONS = (
    "post times journal news reuters press herald guardian bbc cnn broadcasting tribune gazette"
    " daily magazine globe telegraph mirror observer radio tv television"
    " eye wire newswire blog chronicle weekly courier sentinel examiner inquirer newspaper"
)
_PUBLICATION = frozenset(_PUBLICATIONS.split())
_PARTICLES = frozenset({"de", "la", "del", "los", "da", "dos", "van", "von", "der", "bin", "al"})
_JOINTS = frozenset({"of", "the", "for", "and", "on", "in", "to", "at", "against"})
_FRAMES = frozenset({"department", "ministry", "office", "secretariat"}) | _JOINTS
_BEARER_WORDS = (
    "minister ministers president presidents secretary secretaries ambassador ambassadors premier"
    " chancellor official officials spokesman spokeswoman spokesperson leaders leader envoy"
    " representative representatives officers agents troops delegation director chief adviser"
)
_BEARERS = frozenset(_BEARER_WORDS.split())


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_][\w.’'\-‐]*", text)


@lru_cache(maxsize=65536)
def person_tokens(text: str) -> tuple[str, ...]:
    """The parts of a person's name, folded, without titles, initials and "Jr"."""
    parts = [t for t in tokens(text.replace("-", " ")) if t not in {"jr", "sr", "ii", "iii"}]
    while len(parts) > 1 and parts[0] in _TITLE:
        parts.pop(0)
    kept = [p for i, p in enumerate(parts) if len(p) > 1 or i == 0]
    return tuple(kept)


def is_acronym(text: str) -> bool:
    """Whether the words are an acronym: "DHS", "USAID", "UNHCR"; never a country's code."""
    return re.fullmatch(r"[A-Z][A-Za-z]?[A-Z]{1,8}|[A-Z]{2,10}", text.replace(".", "")) is not None


@lru_cache(maxsize=65536)
def acronym_of(text: str) -> str:
    """Initials of the capitalised words, folded: "Department of Homeland Security" → "dhs"."""
    return "".join(w[0] for w in _words(text) if w[0].isupper()).casefold()


@lru_cache(maxsize=65536)
def agency_key(text: str) -> str:
    """An agency's name without country, article and "Department of": "U.S. Homeland Security"."""
    words = without_country(text)
    kept = [w for w in words if w not in _FRAMES]
    one_spelling = re.sub(r"is(ation|ing|ed)\b", r"iz\1", " ".join(kept or words))
    return re.sub(r"\b(def|off)ence\b", r"\1ense", one_spelling)


def _describes_bearer(text: str) -> bool:
    """Whether words tell an office and nobody's name: "Foreign Minister of Malaysia"."""
    parts = tokens(text)
    if not parts:
        return False
    return parts[-1] in _BEARERS or bool(set(parts) & _BEARERS and set(parts) & _JOINTS)


@lru_cache(maxsize=65536)
def kind_of_name(text: str) -> str:
    """The kind by form: "agency", "organisation", "publication", "person" or "group"."""
    words = _words(text)
    folded = set(tokens(text))
    capitals = [w for w in words if w[0].isupper()]
    lower = [w for w in words if w[0].islower() and w not in _PARTICLES]
    small = [w for w in lower if w not in _FRAMES]
    if not capitals or small or _describes_bearer(text):
        return "group"
    if is_acronym(text.strip()):
        return "publication" if fold(text) in _PUBLICATION else "agency"
    if folded & _PUBLICATION:
        return "publication"
    if folded & _AGENCY:
        return "agency"
    if folded & _ORGANISATION or lower or any(is_acronym(w) and len(w) > 2 for w in words):
        return "organisation" if not all(w.isupper() for w in words) else "person"
    return "person" if len(words) in (2, 3, 4, 5) else "organisation"
