"""Which records `pactwatch show` shows.

Comes in: filters as the user typed them. Goes out: a test for each kind of thing. A filter that
says nothing about a kind is refused, not passed over, so that a list never holds more than was
asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import TYPE_CHECKING

from pactwatch.errors import UsageError
from pactwatch.model import Actor, Document, Record
from pactwatch.report.words import date_bounds

if TYPE_CHECKING:
    from pactwatch.dossier import Standing

__all__ = [
    "Filters",
    "actor_passes",
    "date_passes",
    "document_passes",
    "make_filters",
    "record_passes",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What is asked for; None, "" and False ask for nothing.

    Attributes:
        actor: Words of a name, or an actor's number.
        country: ISO 3166-1 alpha-2 code, or the name of a state.
        since, until: ISO 8601 dates; a thing passes if it can have happened between them.
        accounts: The least number of independent accounts.
        words: Words that all stand in the label or the claims.
        publisher: Words of the publisher of a document.
        language: ISO 639-1 code of a document; "other" for all that are not read.
        versions: Only documents that have changed, with their superseded versions.
        copies: Only documents whose text stands in the dossier under another name too.
    """

    stage: str | None = None
    type: str | None = None
    actor: str | None = None
    country: str | None = None
    since: str | None = None
    until: str | None = None
    accounts: int | None = None
    contested: bool = False
    words: str | None = None
    publisher: str | None = None
    language: str | None = None
    versions: bool = False
    copies: bool = False


_OF_DOCUMENTS = {"publisher", "language", "versions", "copies"}
_APPLY = {
    "records": {field.name for field in fields(Filters)} - _OF_DOCUMENTS,
    "timeline": {field.name for field in fields(Filters)} - _OF_DOCUMENTS,
    "documents": {"type", "since", "until", "words", *_OF_DOCUMENTS},
    "actors": {"type", "country", "words"},
    "problems": {"words"},
    "rejected": {"words"},
}


def make_filters(kind: str, wanted: Filters) -> Filters:
    """Check filters against the kind of thing to be shown.

    Raises:
        UsageError: a filter says nothing about this kind, or a date is none.
    """
    for field in fields(Filters):
        if getattr(wanted, field.name) and field.name not in _APPLY.get(kind, _APPLY["records"]):
            raise UsageError(f"--{field.name}", f"says nothing about {kind}", "Leave it out")
    for name in ("since", "until"):
        value = getattr(wanted, name)
        if value and date_bounds(value) is None:
            raise UsageError(
                f"--{name} {value}", "is no date", "Write it as 2019, 2019-05 or 2019-05-31"
            )
    return wanted


def date_passes(value: str | None, wanted: Filters) -> bool:
    """Whether a date can lie between `since` and `until`; undated things pass only where neither is
    asked for."""
    if not (wanted.since or wanted.until):
        return True
    bounds, since, until = map(date_bounds, (value, wanted.since, wanted.until))
    if bounds is None:
        return False
    return bounds[1] >= (since[0] if since else date.min) and bounds[0] <= (
        until[1] if until else date.max
    )


def record_passes(record: Record, wanted: Filters, actors: Mapping[str, Actor]) -> bool:
    """Whether a record is asked for. Its date is its own, or that of any of its stages."""
    named = [actors[c.actor_id] for c in record.claims if c.actor_id and c.actor_id in actors]
    dates = [record.date, *(step.date for step in record.history)]
    return (
        (not wanted.stage or wanted.stage in {record.stage, *(s.stage for s in record.history)})
        and (not wanted.type or record.type == wanted.type)
        and (not wanted.accounts or record.accounts >= wanted.accounts)
        and (not wanted.contested or bool(record.contests))
        and any(date_passes(value, wanted) for value in dates)
        and (
            not wanted.words or _holds(wanted.words, record.label, *(c.text for c in record.claims))
        )
        and (not wanted.actor or any(_is_actor(wanted.actor, actor) for actor in named))
        and (not wanted.country or _is_in(wanted.country, record, named, actors))
    )


def actor_passes(actor: Actor, wanted: Filters) -> bool:
    """Whether an actor is asked for."""
    return (
        (not wanted.type or actor.kind == wanted.type)
        and (not wanted.country or _same_country(wanted.country, actor))
        and (not wanted.words or _holds(wanted.words, actor.name, *actor.names))
    )


def document_passes(document: Document, standing: Standing, wanted: Filters) -> bool:
    """Whether a document is asked for; words are looked for in name, title, publisher and authors,
    the type in its media type and the ending of its name."""
    known = document.name, document.title or "", document.publisher or "", *document.authors
    languages = {document.language, "other" if document.language != "en" else "read"}
    forms = (document.media_type, document.name.rpartition(".")[2])
    return (
        date_passes(document.published, wanted)
        and (not wanted.words or _holds(wanted.words, *known))
        and (not wanted.publisher or _holds(wanted.publisher, document.publisher or ""))
        and (not wanted.language or wanted.language.casefold() in languages)
        and (not wanted.type or any(wanted.type.casefold() in form.casefold() for form in forms))
        and (not wanted.copies or bool(standing.same_text))
        and (standing.versions > 1 if wanted.versions else standing.version == standing.versions)
    )


def _holds(words: str, *texts: str) -> bool:
    text = " ".join(texts).casefold()
    return all(word in text for word in words.casefold().split())


def _is_actor(words: str, actor: Actor) -> bool:
    return words == actor.number or any(_holds(words, name) for name in actor.names)


def _same_country(wanted: str, actor: Actor) -> bool:
    if actor.country and actor.country.casefold() == wanted.casefold():
        return True
    return actor.kind == "state" and any(n.casefold() == wanted.casefold() for n in actor.names)


def _is_in(wanted: str, record: Record, named: list[Actor], actors: Mapping[str, Actor]) -> bool:
    """A country counts by its own name, by what belongs to it, and by the places of a record."""
    states = {
        actor.country.casefold()
        for actor in actors.values()
        if actor.kind == "state" and actor.country and _same_country(wanted, actor)
    }
    codes = {wanted.casefold(), *states}
    own = {actor.country.casefold() for actor in named if actor.country}
    told = {
        c.value.casefold() for c in record.claims if isinstance(c.value, str) and len(c.value) == 2
    }
    return bool(codes & (own | told)) or any(_same_country(wanted, actor) for actor in named)
