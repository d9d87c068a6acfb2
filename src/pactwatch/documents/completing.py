"""What a form told of a text, completed from container, address, name and text, is a document.

Comes in: what was given, and the `Told` that its form made of it. Goes out: the `Document`, with
the place where each fact about it was found. The order of trust: the user, the text's own form, its
container, then what address, file name and head lines let guess.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from pactwatch.documents.agencies import find_agency_credits
from pactwatch.documents.dates import date_in_address, date_in_name, date_in_text
from pactwatch.documents.furniture import find_furniture
from pactwatch.documents.given import Given, Told
from pactwatch.documents.languages import detect_language
from pactwatch.documents.metadata import find_address, find_byline, find_headline, site_of
from pactwatch.model import Document, stable_id

__all__ = ["complete", "original_of"]

_PAGES = ("text/html", "application/xhtml+xml")
_FIELDS = ("title", "publisher", "authors", "published", "modified", "address", "language",
           "licence", "retrieved", "note")  # fmt: skip

_OF_ALL = ("address", "retrieved")  # of the whole, by which one part would supersede another


def complete(given: Given, told: Told) -> Document:
    """Make a document of a text."""
    facts: dict[str, tuple[object, str]] = {}
    for field, value, place in _facts(given, told):
        if value and field not in facts:
            facts[field] = (value, place)
    value = {field: facts[field][0] for field in facts}
    name = f"{given.name}/{told.part}" if told.part else given.name
    known = {field: value[field] for field in _FIELDS if field in value and field != "language"}
    furniture = told.furniture
    if not furniture and told.media_type not in _PAGES:  # of a page its elements have told all
        furniture = find_furniture(told.text)
    agencies = find_agency_credits(
        told.text,
        authors=known.get("authors", ()),  # type: ignore[arg-type]  # of its field's type
        publisher=known.get("publisher"),  # type: ignore[arg-type]  # likewise
        furniture=furniture,
    )
    if agencies:
        facts["agencies"] = (agencies, agencies[0][1])
    return Document(
        id=stable_id("document", name, sha256(told.text.encode("utf-8")).hexdigest()),
        name=name,
        text=told.text,
        language=detect_language(told.text, declared=told.language or given.hints.language),
        media_type=told.media_type,
        agencies=tuple(agency for agency, _ in agencies),
        metadata_from={field: facts[field][1] for field in sorted({*known, "agencies"} & {*facts})},
        original_sha256=sha256(original_of(given, told)).hexdigest(),
        sections=told.sections,
        furniture=furniture,
        **known,  # type: ignore[arg-type]  # each of its field's type, by the dataclasses above
    )


def original_of(given: Given, told: Told) -> bytes:
    """The bytes that a text was made of."""
    return told.original if told.original is not None else given.read()


def _facts(given: Given, told: Told) -> Iterator[tuple[str, object, str]]:
    """All that is said of a text, the most deliberate statement first."""
    if given.options.published:
        yield "published", given.options.published, "option"
    for field in _FIELDS:
        yield field, getattr(told, field), told.metadata_from.get(field, told.place)
        if not (told.part and field in _OF_ALL):
            yield field, getattr(given.hints, field), given.hints.place
    in_text = find_address(told.text) if told.media_type not in _PAGES else None
    yield "address", in_text, "text"
    own = told.address or given.hints.address
    if own:
        yield "published", date_in_address(own), "address"
    if "://" not in given.name:
        yield "published", date_in_name(given.name), "file name"
    if in_text:
        yield "published", date_in_address(in_text), "address"
    yield "published", date_in_text(told.text), "dateline"
    yield "published", told.created, told.place
    yield "title", find_headline(told.text), "text"
    yield "authors", find_byline(told.text), "text"
    address = own or in_text
    if address:
        yield "publisher", site_of(address), "address"
