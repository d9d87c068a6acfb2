"""The pages of a dossier as a static site, for any web server.

Comes in: a dossier, a folder, whose texts may not be republished, and whether reviewers are named.
Goes out: the same pages as files with relative addresses, their JSON twins, tables to download or
to filter, charts, and an index for search. What needs a server (refused candidates, texts side by
side) is left out. Deep links to quotations and filtered tables are the same as on the desk. What
was published earlier and is no more is removed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import msgspec
from sqlalchemy import Connection

from pactwatch.errors import UsageError
from pactwatch.store import Database
from pactwatch.store.queries import PAGE, RecordFilter, RecordRow, record_rows
from pactwatch.store.queries_actors import ActorFilter, ActorRow, actor_rows
from pactwatch.store.queries_decisions import people
from pactwatch.store.queries_documents import DocumentFilter, DocumentHead, document_rows
from pactwatch.store.queries_facets import facet_index
from pactwatch.store.queries_overview import contest_rows
from pactwatch.store.queries_site import every_name, record_dates, record_roles
from pactwatch.web.app import DOWNLOADS, PAGES, STATIC, flat, static_file
from pactwatch.web.guard import SITE_POLICY
from pactwatch.web.links import KINDS, Links
from pactwatch.web.looking import Look, Memory, Moved
from pactwatch.web.publishing import tables
from pactwatch.web.publishing.folder import Folder
from pactwatch.web.publishing.gone import gone_records
from pactwatch.web.publishing.index import write_index
from pactwatch.web.publishing.withheld import check_names
from pactwatch.web.rendering import Site, as_csv, as_html, as_json
from pactwatch.web.views.charts import CHARTS, chart, flows
from pactwatch.web.views.record import record_pages

__all__ = ["PublishReport", "publish"]

TOGETHER = 50  # records that are read at once


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishReport:
    """What was written: pages, files altogether, and their size in bytes.

    Attributes:
        withheld: Documents of which only the quotations were written.
        removed: Files of an earlier site that were removed.
        merged: Addresses of records that now say which record they are part of.
    """

    pages: int
    files: int
    size: int
    withheld: int
    removed: int
    merged: int


@dataclass(slots=True, kw_only=True)
class _Writer:
    folder: Folder
    site: Site
    connection: Connection
    withheld: Callable[[str, str | None], bool]
    unnamed: tuple[str, ...]
    memory: Memory = field(default_factory=Memory)
    pages: int = 0

    def look(self, ask: dict[str, str] | None = None) -> Look:
        return Look(
            connection=self.connection,
            ask=ask or {},
            memory=self.memory,
            static=True,
            withheld=self.withheld,
            unnamed=self.unnamed,
        )

    def page(
        self,
        route: str,
        name: str,
        *given: str,
        ask: dict[str, str] | None = None,
        twin: bool = True,
    ) -> object:
        """Write the page of a view, and its twin; `name` is its file without the suffix."""
        template, view = PAGES[route]
        value = view(self.look(ask), *given)
        if not isinstance(value, Moved):
            self.put(template, value, name, twin=twin)
        return value

    def put(self, template: str, value: object, name: str, *, twin: bool = True) -> None:
        """Write a page and its twin."""
        path = "" if name == "index" else name
        links = Links(up="../" * name.count("/"), static=True)
        html = as_html(template, value, links=links, site=self.site, path=path)
        self.folder.write(f"{name}.html", html.encode("utf-8", "replace"))
        self.pages += 1
        if twin:
            self.folder.write(f"{name}.json", as_json(value))

    def listing(self, route: str, name: str, total: int, ask: dict[str, str]) -> None:
        """Write all pages of a list."""
        for page in range(1, max(1, -(-total // PAGE)) + 1):
            suffix = f"-{page}" if page > 1 else ""
            self.page(route, f"{name}{suffix}", ask={**ask, "page": str(page)})


def publish(
    database: Database,
    folder: Path,
    *,
    name: str,
    quotes_only: Sequence[str] = (),
    reviewers: bool = False,
    progress: Callable[[int], None] | None = None,
) -> PublishReport:
    """Write a dossier as a static site.

    Args:
        name: Title of the site.
        quotes_only: Publishers, or names of documents, whose texts may not be republished; "all"
            for every document.
        reviewers: Name those who decided; else each is "a reviewer".
        progress: Is told the number of pages written so far.

    Raises:
        UsageError: the folder holds something else, or can't be written; or no document and no
            publisher bears a name whose texts may not be republished. Then nothing is written.
    """
    named = {words.casefold() for words in quotes_only}
    with database.reading() as connection:
        check_names(quotes_only, document_rows(connection, DocumentFilter(), limit=None))

    def withheld(document: str, publisher: str | None) -> bool:
        own = {document.casefold(), (publisher or "").casefold()} - {""}
        return "all" in named or bool(named & own)

    place = Folder(folder)
    try:
        with place, database.reading() as connection:
            writer = _Writer(
                folder=place,
                site=Site(name=name, policy=SITE_POLICY),
                connection=connection,
                withheld=withheld,
                unnamed=() if reviewers else tuple(people(connection)),
            )
            kept_back = _write(writer, progress or (lambda pages: None))
            merged = _former(writer)
            removed = place.clear()
    except OSError as error:
        fault = f"can't be written ({error.strerror or error})"
        raise UsageError(str(folder), fault, "Name another folder") from error
    return PublishReport(
        pages=writer.pages,
        files=len(place.written),
        size=place.size,
        withheld=kept_back,
        removed=removed,
        merged=merged,
    )


def _write(writer: _Writer, progress: Callable[[int], None]) -> int:
    for name in (*STATIC, "vega.js", "world.json", "NOTICE.txt"):
        writer.folder.write(f"static/{name}", static_file(name)[0])
    writer.page("", "index")
    for route in ("time", "flows", "network", "map", "search"):
        writer.page(route, route, twin=route != "search")
    for name in CHARTS:
        _chart(writer, name, name, {})
    for n, (unit, _, _) in enumerate(flows(writer.look()).units, 1):
        writer.page("flows", f"flows-{n}", ask={"unit": unit})
        _download(writer, "flows", f"flows-{n}", {"unit": unit})
        for name in ("flows", "spread"):
            _chart(writer, name, f"{name}-{n}", {"unit": unit})
    for route in DOWNLOADS:
        if route != "search":
            _download(writer, route, route, {})
    records = record_rows(writer.connection, RecordFilter(), limit=None)
    actors = actor_rows(writer.connection, ActorFilter(), limit=None)
    documents = document_rows(writer.connection, DocumentFilter(), limit=None)
    writer.listing("records", "records", len(records), {})
    for kind in KINDS:
        own = sum(1 for row in records if row.kind == kind)
        writer.listing("records", f"records-{kind}", own, {"kind": kind})
        _download(writer, "records", f"records-{kind}", {"kind": kind})
    writer.listing("contested", "contested", sum(row.contests for row in records), {})
    writer.listing("actors", "actors", len(actors), {})
    writer.listing("documents", "documents", len(documents), {})
    for table in _tables(writer.connection, records, actors, documents):
        tables.write_table(writer.folder, table)
    write_index(writer.folder, writer.connection, records, documents, writer.withheld)
    for at in range(0, len(records), TOGETHER):
        for page in record_pages(writer.look(), at, at + TOGETHER - 1):
            name = f"record/{page.id}"
            writer.put(PAGES["record/{id}"][0], page, name)
        progress(writer.pages)
    for actor in actors:
        writer.page("actor/{id}", f"actor/{actor.id}", actor.id)
        progress(writer.pages)
    for head in documents:
        _document(writer, head)
        progress(writer.pages)
    return sum(writer.withheld(head.name, head.publisher) for head in documents)


def _document(writer: _Writer, head: DocumentHead) -> None:
    first = writer.page("document/{id}", f"document/{head.id}", head.id)
    for part in range(1, getattr(first, "parts", 1)):
        name = f"document/{head.id}-{part + 1}"
        writer.page("document/{id}", name, head.id, ask={"part": str(part + 1)}, twin=False)


def _tables(
    connection: Connection,
    records: Sequence[RecordRow],
    actors: Sequence[ActorRow],
    documents: Sequence[DocumentHead],
) -> Iterator[tables.Table]:
    index = facet_index(connection)
    dates, roles = record_dates(connection), record_roles(connection)
    yield tables.record_table(records, index, dates, roles)
    yield tables.actor_table(actors, every_name(connection))
    every = DocumentFilter()
    orders = {
        order: [head.id for head in document_rows(connection, every, order=order, limit=None)]
        for order in ("oldest", "added", "name")
    }
    yield tables.document_table(documents, orders)
    yield tables.contest_table(contest_rows(connection, limit=None))


def _former(writer: _Writer) -> int:
    """At addresses of records that are part of others now, pages that say so."""
    pages = gone_records(writer.connection, writer.folder.gone())
    for page in pages:
        writer.put("gone.html.j2", page, f"record/{page.id}")
    return len(pages)


def _chart(writer: _Writer, chosen: str, name: str, ask: dict[str, str]) -> None:
    body = as_json(chart(writer.look(ask), chosen, Links(up="", static=True)))
    writer.folder.write(f"charts/{name}.json", body)


def _download(writer: _Writer, route: str, name: str, ask: dict[str, str]) -> None:
    rows = [asdict(row) for row in DOWNLOADS[route](writer.look(ask))]
    cells = ([flat(value) for value in row.values()] for row in rows)
    body = as_csv(list(rows[0]) if rows else [], cells).encode("utf-8")
    writer.folder.write(f"{name}.csv", body)
    lines = b"".join(msgspec.json.encode(row) + b"\n" for row in rows)
    writer.folder.write(f"{name}.jsonl", lines)
