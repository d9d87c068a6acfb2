"""The pages of a dossier as a static site, for any web server.

Comes in: a dossier, a folder, and whose texts may not be republished. Goes out: the same pages as
files with relative addresses, their JSON twins, tables to download, charts, and an index for search
in small pieces. What needs a server (filters, refused candidates, texts side by side) is left out.
Deep links to quotations are the same as on the desk. Of texts that may not be republished only the
quotations are written, to pages and to the index alike.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import msgspec
from sqlalchemy import Connection

from pactwatch.errors import DossierError, UsageError
from pactwatch.report.words import shorten
from pactwatch.store import Database
from pactwatch.store.queries import PAGE, RecordFilter, record_rows
from pactwatch.store.queries_actors import ActorFilter, actor_rows
from pactwatch.store.queries_documents import (
    DocumentFilter,
    DocumentHead,
    document_rows,
    finding_rows,
    stretch,
)
from pactwatch.web.app import DOWNLOADS, PAGES, STATIC, flat, static_file
from pactwatch.web.guard import SITE_POLICY
from pactwatch.web.links import Links
from pactwatch.web.looking import Look, Memory, Moved
from pactwatch.web.rendering import Site, as_csv, as_html, as_json
from pactwatch.web.views.charts import CHARTS, chart
from pactwatch.web.views.pieces import document_title, source

__all__ = ["PublishReport", "publish"]

SITE_MARK = ".pactwatch-site"
"""A file by which a folder is known as ours to write over."""

INDEX_PIECES = 64
WHOLE = 10**9  # characters: no text is longer
INDEX_ITEMS = 500  # items of one file of the index
_LETTERS = re.compile(r"[^\W_]+")
_KINDS = ("agreement", "measure", "meeting", "incident", "statement", "figure", "office")


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishReport:
    """What was written: pages, files altogether, and their size in bytes."""

    pages: int
    files: int
    size: int
    withheld: int


@dataclass(slots=True, kw_only=True)
class _Writer:
    folder: Path
    site: Site
    connection: Connection
    withheld: Callable[[str, str | None], bool]
    memory: Memory = field(default_factory=Memory)
    pages: int = 0
    files: int = 0
    size: int = 0

    def write(self, name: str, body: bytes) -> None:
        path = self.folder / name
        if not path.resolve().is_relative_to(self.folder.resolve()):
            raise DossierError(name, "would be written outside the site", "Report this as a bug")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
        self.files += 1
        self.size += len(body)

    def look(self, ask: dict[str, str] | None = None) -> Look:
        return Look(
            connection=self.connection,
            ask=ask or {},
            memory=self.memory,
            static=True,
            withheld=self.withheld,
        )

    def page(
        self,
        route: str,
        name: str,
        *given: str,
        ask: dict[str, str] | None = None,
        twin: bool = True,
    ) -> object:
        """Write a page and its twin; `name` is its file without the suffix."""
        template, view = PAGES[route]
        value = view(self.look(ask), *given)
        if isinstance(value, Moved):
            return value
        links = Links(up="../" * name.count("/"), static=True)
        # The path marks the place in the navigation; lists are paged by their file's name.
        path = name if name.partition("/")[0] in ("record", "actor", "document") else route or ""
        listed = name if route == "records" else path
        html = as_html(template, value, links=links, site=self.site, path=listed)
        self.write(f"{name}.html", html.encode("utf-8", "replace"))
        self.pages += 1
        if twin:
            self.write(f"{name}.json", as_json(value))
        return value

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
    progress: Callable[[int], None] | None = None,
) -> PublishReport:
    """Write a dossier as a static site.

    Args:
        name: Title of the site.
        quotes_only: Publishers, or names of documents, whose texts may not be republished; "all"
            for every document.
        progress: Is told the number of pages written so far.

    Raises:
        UsageError: the folder holds something else, or can't be written.
    """
    _prepare(folder)
    named = {words.casefold() for words in quotes_only}

    def withheld(document: str, publisher: str | None) -> bool:
        own = {document.casefold(), (publisher or "").casefold()} - {""}
        return "all" in named or bool(named & own)

    try:
        with database.reading() as connection:
            site = Site(name=name, policy=SITE_POLICY)
            writer = _Writer(folder=folder, site=site, connection=connection, withheld=withheld)
            kept_back = _write(writer, progress or (lambda pages: None))
    except OSError as error:
        fault = f"can't be written ({error.strerror or error})"
        raise UsageError(str(folder), fault, "Name another folder") from error
    return PublishReport(
        pages=writer.pages, files=writer.files, size=writer.size, withheld=kept_back
    )


def _prepare(folder: Path) -> None:
    """Make the folder, or see that it holds nothing but a site of ours.

    Files of pages that are no more stay, so that links to them go on working.
    """
    if folder.exists() and not folder.is_dir():
        raise UsageError(str(folder), "is a file", "Name a folder")
    if folder.exists() and any(folder.iterdir()) and not (folder / SITE_MARK).exists():
        raise UsageError(str(folder), "holds something else", "Name a new or empty folder")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        fault = f"can't be made ({error.strerror or error})"
        raise UsageError(str(folder), fault, "Name another folder") from error


def _write(writer: _Writer, progress: Callable[[int], None]) -> int:
    writer.write(SITE_MARK, b"Written by pactwatch publish; written over by the next one.\n")
    for name in (*STATIC, "vega.js", "world.json", "NOTICE.txt"):
        writer.write(f"static/{name}", static_file(name)[0])
    writer.page("", "index")
    for route in ("time", "flows", "network", "map", "search"):
        writer.page(route, route, twin=route != "search")
    for name in CHARTS:
        body = as_json(chart(writer.look(), name, Links(up="", static=True)))
        writer.write(f"charts/{name}.json", body)
    _tables(writer)
    records = record_rows(writer.connection, RecordFilter(), limit=None)
    writer.listing("records", "records", len(records), {})
    for kind in _KINDS:
        own = sum(1 for row in records if row.kind == kind)
        writer.listing("records", f"records-{kind}", own, {"kind": kind})
        _download(writer, "records", f"records-{kind}", {"kind": kind})
    contested = sum(row.contests for row in records)
    writer.listing("contested", "contested", contested, {})
    actors = actor_rows(writer.connection, ActorFilter(), limit=None)
    writer.listing("actors", "actors", len(actors), {})
    documents = document_rows(writer.connection, DocumentFilter(), limit=None)
    writer.listing("documents", "documents", len(documents), {})
    for row in records:
        writer.page("record/{id}", f"record/{row.id}", row.id)
        progress(writer.pages)
    for actor in actors:
        writer.page("actor/{id}", f"actor/{actor.id}", actor.id)
        progress(writer.pages)
    for head in documents:
        _document(writer, head)
        progress(writer.pages)
    _index(writer, documents)
    return sum(writer.withheld(head.name, head.publisher) for head in documents)


def _document(writer: _Writer, head: DocumentHead) -> None:
    first = writer.page("document/{id}", f"document/{head.id}", head.id)
    for part in range(1, getattr(first, "parts", 1)):
        name = f"document/{head.id}-{part + 1}"
        writer.page("document/{id}", name, head.id, ask={"part": str(part + 1)}, twin=False)


def _tables(writer: _Writer) -> None:
    for route in DOWNLOADS:
        if route != "search":
            _download(writer, route, route, {})


def _download(writer: _Writer, route: str, name: str, ask: dict[str, str]) -> None:
    rows = [asdict(row) for row in DOWNLOADS[route](writer.look(ask))]
    cells = ([flat(value) for value in row.values()] for row in rows)
    writer.write(f"{name}.csv", as_csv(list(rows[0]) if rows else [], cells).encode("utf-8"))
    lines = b"".join(msgspec.json.encode(row) + b"\n" for row in rows)
    writer.write(f"{name}.jsonl", lines)


# The index: words in pieces by their first letters, items in files of `INDEX_ITEMS`. An item is
# [kind, title, words, address]; search.js reads them.

Item = tuple[str, str, str, str]


def _index(writer: _Writer, documents: Sequence[DocumentHead]) -> None:
    pieces: list[dict[str, list[int]]] = [{} for _ in range(INDEX_PIECES)]
    items: list[Item] = []
    count = 0
    for item, words in _items(writer, documents):
        for word in sorted(set(_words(words))):
            pieces[_piece(word)].setdefault(word, []).append(count)
        items.append(item)
        count += 1
        if len(items) == INDEX_ITEMS:
            writer.write(f"search/items-{count // INDEX_ITEMS - 1}.json", _dense(items))
            items = []
    if items:
        writer.write(f"search/items-{count // INDEX_ITEMS}.json", _dense(items))
    for number, piece in enumerate(pieces):
        if piece:
            writer.write(f"search/words-{number}.json", _dense(piece))
    writer.write("search/about.json", _dense({"size": INDEX_ITEMS, "items": count}))


def _items(writer: _Writer, documents: Sequence[DocumentHead]) -> Iterator[tuple[Item, str]]:
    links = Links(up="", static=True)
    for row in record_rows(writer.connection, RecordFilter(), limit=None):
        yield (row.kind, shorten(row.label, 160), "", links.record(row.id)), row.label
    for head in documents:
        name, seen = source(head), set[int]()
        for found in finding_rows(writer.connection, head.id, limit=None):
            if found.start not in seen:
                seen.add(found.start)
                where = links.quotation(head.id, found.start)
                yield ("quotation", name, shorten(found.text, 240), where), found.text
    for head in documents:
        text = head.title or ""
        if not writer.withheld(head.name, head.publisher):
            text += " " + stretch(writer.connection, head.id, 0, WHOLE).text
        yield ("document", shorten(document_title(head), 160), "", links.document(head.id)), text


def _words(text: str) -> list[str]:
    """Words folded as search.js folds them: letters and digits, without accents and case."""
    plain = unicodedata.normalize("NFKD", text)
    kept = "".join(
        c for c in plain if not unicodedata.combining(c) and unicodedata.category(c)[0] != "M"
    )
    return [word[:40] for word in _LETTERS.findall(kept.lower())]


def _piece(word: str) -> int:
    """Which piece of the index holds a word; the same sum is in search.js."""
    total = 0
    for sign in word[:3]:
        total = (total * 31 + ord(sign)) % INDEX_PIECES
    return total


def _dense(value: object) -> bytes:
    return msgspec.json.encode(value)
