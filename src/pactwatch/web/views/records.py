"""Records as a table: filtered, with facets and counts, read page by page or downloaded whole.

Comes in: a `Look`. Goes out: rows, facets and what is asked for; the contested values likewise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass

from pactwatch.report.words import field_words
from pactwatch.store.queries import PAGE, Facet, RecordFilter, RecordRow, record_rows
from pactwatch.store.queries_actors import actor_identity
from pactwatch.store.queries_facets import Mask, facet_index, facets, mask_of, page_of
from pactwatch.store.queries_overview import ContestRow, contest_rows, counts
from pactwatch.web.looking import Look, Pages

__all__ = [
    "COLUMNS",
    "ContestsPage",
    "RecordsPage",
    "all_contests",
    "all_records",
    "asked",
    "contests",
    "records",
]

COLUMNS = tuple(RecordRow.__dataclass_fields__)
ORDERS = (("ledger", "order of the ledger"), ("accounts", "most accounts"), ("date", "latest"),
          ("label", "name"))  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordsPage:
    """Records that a filter leaves.

    Attributes:
        query: The filter and the order as a query, for links.
        active: What the filter asks for, for people: (name in the query, words).
    """

    query: dict[str, str]
    active: tuple[tuple[str, str], ...]
    order: str
    orders: tuple[tuple[str, str], ...]
    rows: tuple[RecordRow, ...]
    place: Pages
    facets: tuple[Facet, ...]


def asked(look: Look) -> RecordFilter:
    """The filter that is asked for."""
    return RecordFilter(
        kind=look.words("kind"),
        type=look.words("type"),
        stage=look.words("stage"),
        actor=look.words("actor"),
        role=look.words("role"),
        country=look.words("country"),
        area=look.words("area"),
        place=look.words("place"),
        since=look.date("since"),
        until=look.date("until"),
        accounts=look.number("accounts"),
        contested=True if look.words("contested") else None,
        words=look.words("words"),
    )


def records(look: Look) -> RecordsPage:
    """A page of records."""
    wanted, order = asked(look), look.words("order") or "ledger"
    connection, memory = look.connection, look.memory
    index = memory.recall(connection, "facet index", lambda: facet_index(connection))

    def remember(part: RecordFilter, make: Callable[[], Mask]) -> Mask:
        return memory.recall(connection, ("mask", part), make)

    mask = mask_of(connection, index, wanted, remember)
    place = look.pages(int(mask.sum()))
    query = {k: str(v) for k, v in asdict(wanted).items() if v is not None}
    if wanted.contested:
        query["contested"] = "1"
    active = tuple((name, _words(look, name, value)) for name, value in query.items())
    if order in dict(ORDERS) and order != "ledger":
        query["order"] = order
    found: list[Facet] = []
    if not look.static:
        found = memory.recall(
            connection, ("facets", wanted), lambda: facets(connection, index, wanted, remember)
        )
    return RecordsPage(
        query=query,
        active=active,
        order=order,
        orders=ORDERS,
        rows=tuple(page_of(connection, index, mask, order=order, offset=place.offset)),
        place=place,
        facets=tuple(found),
    )


def _words(look: Look, name: str, value: str) -> str:
    if name == "actor":
        row = actor_identity(look.connection, value)
        return row.name if row else value
    match name:
        case "since" | "until":
            return f"{name} {value}"
        case "accounts":
            return f"{value} accounts and more"
        case "contested":
            return "contested"
        case "role":
            return f"as {field_words(value)}"
        case "words":
            return f"“{value}”"
        case _:
            return value


def all_records(look: Look) -> Iterator[RecordRow]:
    """All records that the filter leaves, for downloads."""
    wanted, order = asked(look), look.words("order") or "ledger"
    offset, step = 0, 2000
    while True:
        rows = record_rows(look.connection, wanted, order=order, offset=offset, limit=step)
        yield from rows
        if len(rows) < step:
            return
        offset += step


@dataclass(frozen=True, slots=True, kw_only=True)
class ContestsPage:
    """Contested values, the gravest first."""

    query: dict[str, str]
    severity: str | None
    rows: tuple[ContestRow, ...]
    place: Pages


def contests(look: Look) -> ContestsPage:
    """A page of contested values."""
    severity = look.words("severity")
    if severity not in ("high", "medium", "low"):
        severity = None
    connection = look.connection
    total = (
        look.memory.recall(connection, "counts", lambda: counts(connection)).contested
        if severity is None
        else len(contest_rows(connection, severity=severity, limit=None))
    )
    place = look.pages(total)
    rows = contest_rows(connection, severity=severity, offset=place.offset, limit=PAGE)
    query = {"severity": severity} if severity else {}
    return ContestsPage(query=query, severity=severity, rows=tuple(rows), place=place)


def all_contests(look: Look) -> list[ContestRow]:
    """All contested values, for downloads."""
    return contest_rows(look.connection, limit=None)
