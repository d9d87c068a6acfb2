"""What can be decided, and whether a decision says all that it must.

Comes in: a decision, or words that a person typed for a value. Goes out: nothing, or the value; or
an error in plain words. It asks no dossier: whether something is there to rule on is judged later.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache

from pactwatch.codebook.vocabularies import load_table
from pactwatch.errors import UsageError
from pactwatch.model import Quantity, Value
from pactwatch.review.values import ACTIONS, ACTOR, DOCUMENT, WORD_FIELDS, Anchor, Decision

__all__ = ["Vocabulary", "check", "clean_name", "parse_value", "vocabulary"]

_LONGEST = {"who": 200, "reason": 4000, "field": 40, "value": 400}
_WHEN = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00")  # one form, so that text sorts
_DATE = r"\d{4}(?:-\d\d(?:-\d\d)?)?"
_DATES = re.compile(rf"{_DATE}(?:/{_DATE})?")
_COUNTRY = re.compile(r"[A-Z]{2}")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_QUANTITY = re.compile(
    r"(?P<hedge>about|some|up to|at least)?\s*(?P<first>[A-Z]{3})?\s*"
    r"(?P<number>\d[\d,]*(?:\.\d+)?)(?:\s*(?:-|–|to)\s*(?P<high>\d[\d,]*(?:\.\d+)?))?"
    r"\s*(?P<scale>thousand|million|billion|trillion)?\s*(?P<unit>[^\d/]*?)"
    r"(?:\s+(?:per|a)\s+(?P<per>\w+))?"
)
_SCALES = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}
_QUANTITIES = frozenset({"amount", "quantity"})
_TIMES = frozenset({"date", "signed", "period"})
_NAMING = frozenset({"party", "place", "participant", "recipient", "actor", "target", "body"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """What a kind of finding has.

    Attributes:
        roles: In the order of the codebook.
        many: Roles that may have several fillers.
        words: By word field ("type", "stage", "form", "binding"), the words allowed.
    """

    roles: tuple[str, ...]
    many: frozenset[str]
    words: Mapping[str, tuple[str, ...]]


@cache
def vocabulary() -> Mapping[str, Vocabulary]:
    """The vocabulary of each kind."""
    kinds = load_table("kinds.toml")["kinds"]
    return {
        name: Vocabulary(
            roles=tuple(kind["roles"]),
            many=frozenset(role for role, about in kind["roles"].items() if about.get("many")),
            words={
                field: tuple(words)
                for field, words in (
                    ("type", kind.get("types", ())),
                    ("stage", kind.get("stages", ())),
                    ("form", kind.get("forms", ())),
                    ("binding", ("yes", "no") if name == "agreement" else ()),
                )
                if words
            },
        )
        for name, kind in kinds.items()
    }


def check(decision: Decision) -> None:
    """Check that a decision is whole.

    Raises:
        UsageError: something is missing, too much, too long or of the wrong sort.
    """
    action = decision.action
    if action not in ACTIONS:
        raise UsageError(action, "can't be decided", f"There is: {', '.join(ACTIONS)}")
    if clean_name(decision.who) != decision.who:
        raise UsageError("who", "a reviewer's name is one line of plain text", "Shorten it")
    if not _WHEN.fullmatch(decision.when):
        raise UsageError(
            "when", f"{decision.when!r} is no time in UTC", "As 2031-05-20T12:00:00.000000+00:00"
        )
    for name, text in (("reason", decision.reason), ("field", decision.field or "")):
        if len(text) > _LONGEST[name]:
            raise UsageError(name, f"is longer than {_LONGEST[name]} characters", "Shorten it")
    if (action == "undo") != (decision.undoes is not None):
        raise UsageError(action, "exactly an undoing names what it undoes")
    if action in {"same", "different"} and not (decision.about and decision.other):
        raise UsageError(action, "needs two things", "Name the other one too")
    if action not in {"undo", "add"} and not decision.about:
        raise UsageError(action, "is about nothing", "Name a record, an actor or a document")
    _check_targets(decision)
    if action in {"correct", "rename"}:
        _check_new(decision)
    elif action == "add":
        _check_addition(decision)
    elif decision.words is not None or decision.finding is not None or decision.value is not None:
        raise UsageError(action, "takes no new words or value", "To change something: correct")


def _check_targets(decision: Decision) -> None:
    action = decision.action
    kinds = {anchor.kind for anchor in (*decision.about, *decision.other)}
    special = kinds & {ACTOR, DOCUMENT}
    if special and len(kinds) > 1:
        raise UsageError(action, f"can't be about a {' and a '.join(sorted(kinds))} together")
    allowed = {
        DOCUMENT: {"accept", "set aside"},
        ACTOR: {"same", "different", "rename"},
    }
    for kind in sorted(special):
        if action not in allowed[kind]:
            raise UsageError(action, f"can't be decided of {_an(kind)}", _can(allowed[kind]))
    if not special and action in {"set aside", "rename"}:
        of = "a document" if action == "set aside" else "an actor"
        raise UsageError(action, f"can only be decided of {of}")
    if action in {"same", "different"} and len(kinds) > 1:
        raise UsageError(action, f"a {' and a '.join(sorted(kinds))} are never one thing")
    for anchor in (*decision.about, *decision.other):
        _check_anchor(anchor, decision.field)


def _check_anchor(anchor: Anchor, field: str | None) -> None:
    if anchor.kind in {ACTOR, DOCUMENT}:
        return
    known = vocabulary().get(anchor.kind)
    if known is None:
        raise UsageError(anchor.kind, "is no kind of the codebook")
    if field is not None and field not in known.roles and field not in known.words:
        fields = ", ".join((*known.roles, *known.words))
        raise UsageError(field, f"is no field of {_an(anchor.kind)}", f"There is: {fields}")
    if not 0 <= anchor.start < anchor.end:
        raise UsageError(anchor.kind, f"no words stand at {anchor.start}:{anchor.end}")


def _check_new(decision: Decision) -> None:
    action, value = decision.action, decision.value
    if action == "rename":
        if not isinstance(value, str) or clean_name(value) != value:
            raise UsageError(action, "needs a name: one line of plain text", "Give it as value")
        return
    if decision.field is None:
        raise UsageError(action, "needs a field", "Say which: --field amount")
    if decision.field in WORD_FIELDS:
        for kind in sorted({anchor.kind for anchor in decision.about}):
            words = vocabulary()[kind].words.get(decision.field, ())
            if value not in words:
                raise UsageError(
                    f"{kind} {decision.field}", f"can't be {value!r}", f"It is: {', '.join(words)}"
                )
    elif decision.words is None and value is None:
        raise UsageError(action, "needs the right words or the right value", "Give one of them")
    else:
        _check_value(decision.field, value if decision.words is None else decision.words.value)
    if decision.words is None and not decision.reason.strip():
        raise UsageError(action, "a value without words of a document needs a reason", "Say why")
    if decision.words is not None:
        if decision.field in WORD_FIELDS:
            raise UsageError(action, f"a {decision.field} is a word of the codebook, no quotation")
        if len({anchor.document_id for anchor in decision.about}) > 1:
            raise UsageError(
                action, "words stand in one document only", "Correct the finding of that document"
            )


def _check_addition(decision: Decision) -> None:
    finding = decision.finding
    if (finding is None) == (decision.field is None):
        raise UsageError("add", "adds a finding, or words to a field of one")
    if finding is None:
        if decision.words is None or not decision.about:
            raise UsageError("add", "needs the words to add, and the finding to add them to")
        if decision.field in WORD_FIELDS:
            raise UsageError("add", f"a finding has one {decision.field}", "Use: correct")
        _check_value(decision.field or "", decision.words.value)
        return
    known = vocabulary().get(finding.kind)
    if known is None:
        kinds = ", ".join(vocabulary())
        raise UsageError(finding.kind, "is no kind of the codebook", f"There is: {kinds}")
    for role, fillers in sorted(finding.roles.items()):
        if role not in known.roles:
            raise UsageError(
                role, f"is no role of {_an(finding.kind)}", f"There is: {', '.join(known.roles)}"
            )
        if len(fillers) > 1 and role not in known.many:
            raise UsageError(role, "has one filler only")
        for filler in fillers:
            _check_value(role, filler.value)
    for field in WORD_FIELDS:
        word = getattr(finding, field)
        if word is not None and word not in known.words.get(field, ()):
            words = ", ".join(known.words.get(field, ())) or "nothing"
            raise UsageError(f"{finding.kind} {field}", f"can't be {word!r}", f"It is: {words}")
    if not finding.evidence:
        raise UsageError("add", "needs the sentence that says it")


def _check_value(field: str, value: Value | None) -> None:
    if value is None:
        return
    if field in _QUANTITIES:
        if not isinstance(value, Quantity):
            raise UsageError(field, f"{value!r} is no quantity", 'As "USD 750 million", "89 agent"')
        return
    if not isinstance(value, str) or len(value) > _LONGEST["value"]:
        raise UsageError(field, "takes a value of plain text")
    if field in _TIMES and not _DATES.fullmatch(value):
        raise UsageError(field, f"{value!r} is no date", "As 2031-05-20, 2031-05 or 2030/2031")
    if field in _NAMING and not _COUNTRY.fullmatch(value):
        raise UsageError(field, f"{value!r} is no code of a country", "As GT, by ISO 3166-1")


def parse_value(field: str, words: str) -> Value:
    """The normalised value that a person typed: "USD 750 million", "up to 89 agent", "2031-05".

    Raises:
        UsageError: it can't be understood as a value of this field.
    """
    text = " ".join(words.split())
    if field not in _QUANTITIES:
        _check_value(field, text)
        if not text:
            raise UsageError(field, "the value is empty", "Say what it should be")
        return text
    match = _QUANTITY.fullmatch(text)
    if match is None or (match["first"] and match["unit"]):
        raise UsageError(field, f"{text!r} is no quantity", 'As "USD 750 million", "89 agent"')
    number, high = (_decimal(match[part], match["scale"]) for part in ("number", "high"))
    unit = match["unit"].strip()
    money = match["first"] or (unit if re.fullmatch(r"[A-Z]{3}", unit) else None)
    hedge = match["hedge"]
    return Quantity(
        number=number if high is None else None,
        currency=money,
        unit=None if money or not unit else _singular(unit.casefold()),
        minimum=number if high is not None or hedge == "at least" else None,
        maximum=high if high is not None else number if hedge == "up to" else None,
        approximate=hedge in {"about", "some"},
        per=match["per"],
    )


def _singular(unit: str) -> str:
    """What is counted, as the codebook has it: "agents" → "agent", "%" → "percent"."""
    if unit == "%":
        return "percent"
    if unit.endswith("ies"):
        return unit[:-3] + "y"
    return unit[:-1] if unit.endswith("s") and not unit.endswith("ss") else unit


def _decimal(digits: str | None, scale: str | None) -> Decimal | None:
    if digits is None:
        return None
    try:
        number = Decimal(digits.replace(",", ""))
    except InvalidOperation as error:  # pragma: no cover - the pattern admits numbers only
        raise UsageError(digits, "is no number") from error
    scaled = number.scaleb(_SCALES[scale]) if scale else number
    return Decimal(int(scaled)) if scaled == scaled.to_integral_value() else scaled


def clean_name(text: str) -> str | None:
    """A name on one line without signs that could drive a terminal; None if it can't be one."""
    name = " ".join(text.split())
    if not name or len(name) > _LONGEST["who"] or _CONTROLS.search(name):
        return None
    return None if any("\ud800" <= sign <= "\udfff" for sign in name) else name


def _an(kind: str) -> str:
    return f"{'an' if kind[0] in 'aeio' else 'a'} {kind}"


def _can(actions: set[str]) -> str:
    return f"There is: {', '.join(sorted(actions))}"
