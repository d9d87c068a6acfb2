"""One line for people on each record, made of its claims only.

Comes in: claims. Goes out: a label. A person whose office no document tells is not named in the
labels of statements, incidents and of what was done to somebody: such a person may be private.
"""

from __future__ import annotations

from collections.abc import Sequence

from pactwatch.ledger.claims import Told
from pactwatch.ledger.compare import is_lost
from pactwatch.ledger.countries import country_name
from pactwatch.ledger.denials import DENYING
from pactwatch.ledger.instruments import head_of_name, instrument_name
from pactwatch.ledger.words import fold

__all__ = ["make_label"]

_EXPOSED = frozenset({"speaker", "target", "recipient", "addressee"})
_LONG = 100


def make_label(kind: str, told: Sequence[Told]) -> str:
    """Make the label of a record of any kind."""
    fields: dict[str, list[Told]] = {}
    for item in told:
        fields.setdefault(item.claim.field, []).append(item)
    make = _MAKERS.get(kind, _default)
    return make(fields) or kind


Fields = dict[str, list[Told]]


def _one(fields: Fields, field: str) -> str:
    """The best-backed claim of a field."""
    claims = fields.get(field)
    return " ".join(claims[0].claim.text.split()) if claims else ""


def _who(fields: Fields, field: str, most: int = 4) -> str:
    """Those who fill a field, the best-backed first."""
    names: list[str] = []
    for item in fields.get(field, ()):
        identity = item.identity
        if identity is None:
            continue
        hidden = field in _EXPOSED or (
            field == "actor" and item.facts[0].finding.kind == "incident"
        )
        private = identity.kind == "person" and not identity.has_office and hidden
        name = f"a {field}" if private else _shown(item)
        if name not in names:
            names.append(name)
    more = [f"and {len(names) - most} more"] if len(names) > most else []
    return ", ".join([*names[:most], *more])


def _shown(item: Told) -> str:
    """A state's usual name, else the words of the claim."""
    if item.identity is not None and item.identity.shown is not None:
        return item.identity.shown
    return " ".join(item.claim.text.split())


def _joined(*parts: str, by: str = ", ") -> str:
    return by.join(part for part in parts if part)


def _short(text: str) -> str:
    return text if len(text) <= _LONG else text[: _LONG - 1].rsplit(" ", 1)[0] + "…"


def _agreement(fields: Fields) -> str:
    names = fields.get("name", ())
    best = max(
        names,
        key=lambda t: (
            len(instrument_name(t.claim.text).specific) > 0,
            t.claim.accounts,
            sum(word[:1].isupper() for word in t.claim.text.split()),
            -len(t.claim.text),
            t.claim.text,
        ),
        default=None,
    )
    name = " ".join(head_of_name(best.claim.text).split()) if best else _one(fields, "type")
    return _short(_joined(name, _parties(fields), by=": "))


def _parties(fields: Fields, most: int = 4) -> str:
    """The states that are bound, and bodies of no one state; a ministry stands for its state."""
    names: list[str] = []
    for item in fields.get("party", ()):
        country = item.identity.country if item.identity else None
        name = country_name(country) if country else _shown(item)
        if name not in names:
            names.append(name)
    more = [f"and {len(names) - most} more"] if len(names) > most else []
    return ", ".join([*sorted(names)[:most], *more])


def _measure(fields: Fields) -> str:
    sides = _joined(_who(fields, "actor"), _who(fields, "recipient"), by=" → ")
    told = {**fields, "amount": [t for t in fields.get("amount", []) if not is_lost(t.claim.value)]}
    what = _joined(_one(fields, "object"), _one(told, "amount"))
    return _short(_joined(_one(fields, "type").capitalize(), sides, what, by=": "))


def _meeting(fields: Fields) -> str:
    who = _joined(_who(fields, "participant"), _one(fields, "place"), by="; ")
    return _short(_joined("Meeting", who, by=": "))


def _incident(fields: Fields) -> str:
    return _short(_joined(_one(fields, "what"), _one(fields, "place")))


def _statement(fields: Fields) -> str:
    contents = [" ".join(t.claim.text.split()) for t in fields.get("content", ())]
    content = max(contents, key=lambda text: (len(text), text), default="")
    speaker = _who(fields, "speaker") or "Statement"
    cues = [" ".join(t.claim.text.split()) for t in fields.get("cue", ())]
    if cues and all(DENYING.search(fold(cue)) for cue in cues):
        speaker = f"{speaker} {cues[0]}"  # what is denied is not said
    return _short(_joined(speaker, f"“{content}”" if content else "", by=": "))


def _figure(fields: Fields) -> str:
    return _short(_joined(_one(fields, "quantity"), _one(fields, "of"), by=": "))


def _office(fields: Fields) -> str:
    return _short(_joined(_who(fields, "person"), _one(fields, "title")))


def _default(fields: Fields) -> str:
    return _short(_joined(*(_one(fields, field) for field in sorted(fields))))


_MAKERS = {
    "agreement": _agreement,
    "measure": _measure,
    "meeting": _meeting,
    "incident": _incident,
    "statement": _statement,
    "figure": _figure,
    "office": _office,
}
