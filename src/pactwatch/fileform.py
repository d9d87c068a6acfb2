"""Findings as JSON Lines, one finding a line: the form of gold files and of `pactwatch find`.

Comes in: a `Finding` with its document, or a file of lines. Goes out: JSON objects with keys in a
fixed order, or `FiledFinding` values. A filed finding knows its document by name only and its
offsets are optional, because people write gold files by hand. Nothing here judges a finding: words
that stand in no document pass, because `pactwatch.evaluation` must count them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from pactwatch.errors import DocumentError
from pactwatch.model import Document, Finding, Quantity, Value

__all__ = [
    "FiledFiller",
    "FiledFinding",
    "FiledQuote",
    "file_finding",
    "from_json_object",
    "read_findings",
    "to_json_line",
    "to_json_object",
]

TOP = ("document", "kind", "type", "stage", "form", "binding")
FORM = "See “File form” in the codebook"


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledQuote:
    """A piece of evidence as filed. Offsets, where given, count in the document's text."""

    text: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledFiller:
    """Words that fill a role. `value` is a tuple where one name covers several countries."""

    text: str
    value: Value | tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledFinding:
    """One line of a findings file.

    Attributes:
        document: Name of the document, relative to the folder of texts.
        attributed_to: The speaker's words, where the finding is reported speech.
        optional: Only in gold files: a reasonable coder may leave the finding out, so it costs
            nothing either way.
    """

    document: str
    kind: str
    type: str | None = None
    stage: str | None = None
    form: str | None = None
    binding: str | None = None
    roles: Mapping[str, tuple[FiledFiller, ...]] = field(default_factory=dict)
    attributed_to: str | None = None
    evidence: tuple[FiledQuote, ...] = ()
    optional: bool = False


def file_finding(finding: Finding, document: Document) -> FiledFinding:
    """The filed form of an extracted finding of `document`."""
    return FiledFinding(
        document=document.name,
        kind=finding.kind,
        type=finding.type,
        stage=finding.stage,
        form=finding.form,
        binding=finding.binding,
        roles={
            role: tuple(FiledFiller(text=f.text, value=f.value) for f in fillers)
            for role, fillers in finding.roles.items()
        },
        attributed_to=finding.attributed_to.text if finding.attributed_to else None,
        evidence=tuple(FiledQuote(text=q.text, start=q.start, end=q.end) for q in finding.evidence),
    )


def to_json_object(finding: Finding, document: Document) -> dict[str, Any]:
    """One finding as a JSON object; keys always stand in the same order, empty ones are left out.

    Offsets count in `document.text`. Numbers of up to 15 digits keep their value exactly.
    """
    return _to_object(file_finding(finding, document))


def to_json_line(finding: FiledFinding) -> str:
    """One filed finding as a line without its line end."""
    return json.dumps(_to_object(finding), ensure_ascii=False)


def from_json_object(item: object, *, place: str = "finding") -> FiledFinding:
    """Read one JSON object (numbers may be `Decimal`).

    Args:
        place: File and line, named when something is wrong.

    Raises:
        DocumentError: the object is not a finding.
    """
    if not isinstance(item, dict):
        raise DocumentError(place, "not a JSON object", FORM)
    for key in ("document", "kind"):
        if not isinstance(item.get(key), str):
            raise DocumentError(place, f"“{key}” is missing or is not text", FORM)
    try:
        return FiledFinding(
            document=item["document"],
            kind=item["kind"],
            type=item.get("type"),
            stage=item.get("stage"),
            form=item.get("form"),
            binding=item.get("binding"),
            roles={
                role: tuple(map(_filler, _listed(fillers)))
                for role, fillers in item.get("roles", {}).items()
            },
            attributed_to=item.get("attributed_to"),
            evidence=tuple(map(_quote, _listed(item.get("evidence", [])))),
            optional=bool(item.get("optional", False)),
        )
    except (AttributeError, KeyError, TypeError, ArithmeticError) as error:
        raise DocumentError(place, f"not of the form of a finding ({error!r})", FORM) from error


def read_findings(path: Path) -> list[FiledFinding]:
    """All findings of a JSON Lines file, in its order. Empty lines are passed over.

    Raises:
        DocumentError: the file can't be read, or a line is not a finding; names the line.
    """
    return list(_read_lines(path))


def _read_lines(path: Path) -> Iterator[FiledFinding]:
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeError) as error:
        raise DocumentError(str(path), f"can't be read ({error})") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        place = f"{path}:{number}"
        try:
            item = json.loads(line, parse_float=Decimal)
        except ValueError as error:
            raise DocumentError(place, f"not JSON ({error})", FORM) from error
        yield from_json_object(item, place=place)


def _to_object(finding: FiledFinding) -> dict[str, Any]:
    item: dict[str, Any] = {key: getattr(finding, key) for key in TOP}
    item = {key: value for key, value in item.items() if value is not None}
    item["roles"] = {
        role: [_filler_object(filler) for filler in fillers]
        for role, fillers in finding.roles.items()
    }
    if finding.attributed_to:
        item["attributed_to"] = finding.attributed_to
    item["evidence"] = [
        {"text": q.text} if q.start is None else {"text": q.text, "start": q.start, "end": q.end}
        for q in finding.evidence
    ]
    if finding.optional:
        item["optional"] = True
    return item


def _filler_object(filler: FiledFiller) -> dict[str, Any]:
    match filler.value:
        case None:
            return {"text": filler.text}
        case Quantity() as quantity:
            return {"text": filler.text, "value": _quantity_object(quantity)}
        case tuple() as several:
            return {"text": filler.text, "value": list(several)}
        case value:
            return {"text": filler.text, "value": value}


def _quantity_object(quantity: Quantity) -> dict[str, Any]:
    """Money stands under "amount" with its currency, any other number under "number"."""
    item = {
        "amount" if quantity.currency else "number": _number(quantity.number),
        "currency": quantity.currency,
        "unit": quantity.unit,
        "per": quantity.per,
        "min": _number(quantity.minimum),
        "max": _number(quantity.maximum),
        "approximate": quantity.approximate or None,
        "suspect": quantity.suspect or None,
    }
    return {key: value for key, value in item.items() if value is not None}


def _number(number: Decimal | None) -> int | float | None:
    if number is None:
        return None
    return int(number) if number == number.to_integral_value() else float(number)


def _listed(items: object) -> list[Any]:
    return items if isinstance(items, list) else [items]


def _filler(item: dict[str, Any] | str) -> FiledFiller:
    """A role's words: an object, or the bare words."""
    if isinstance(item, str):
        return FiledFiller(text=item)
    value = item.get("value")
    if isinstance(value, dict):
        return FiledFiller(text=item["text"], value=_quantity(value))
    return FiledFiller(text=item["text"], value=tuple(value) if isinstance(value, list) else value)


def _quote(item: dict[str, Any] | str) -> FiledQuote:
    if isinstance(item, str):
        return FiledQuote(text=item)
    return FiledQuote(text=item["text"], start=item.get("start"), end=item.get("end"))


def _quantity(item: dict[str, Any]) -> Quantity:
    return Quantity(
        number=_decimal(item.get("amount", item.get("number"))),
        currency=item.get("currency"),
        unit=item.get("unit"),
        minimum=_decimal(item.get("min")),
        maximum=_decimal(item.get("max")),
        approximate=bool(item.get("approximate", False)),
        suspect=bool(item.get("suspect", False)),
        per=item.get("per"),
    )


def _decimal(number: int | float | Decimal | None) -> Decimal | None:
    return None if number is None else Decimal(str(number))
