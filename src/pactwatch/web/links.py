"""Addresses of pages: as they are served, or as files of a static site.

Comes in: what a page is of. Goes out: an address. Served, addresses begin with "/"; in a static
site they are relative, so that it can lie anywhere. Pages ask for addresses here only, which is
what keeps both the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode

__all__ = ["KINDS", "PART", "Links"]

KINDS = ("agreement", "measure", "meeting", "incident", "statement", "figure", "office")
"""Kinds of records; in a static site each has a list of its own."""

PART = 24_000
"""Characters of a document's text on one page, so that a page stays below 150 kB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Makes addresses.

    Attributes:
        up: What leads from the page to the root: "/" where it is served, "" or "../" in a static
            site.
        static: Addresses are those of files.
    """

    up: str = "/"
    static: bool = False

    def page(self, path: str, query: Mapping[str, object] | None = None) -> str:
        """A page by its path ("records"), with a query where it is served."""
        given = _given(query)
        if self.static:
            return f"{self.up}{quote(path or 'index')}.html"
        return f"{self.up}{quote(path)}" + (f"?{urlencode(given)}" if given else "")

    def twin(self, path: str, query: Mapping[str, object] | None = None) -> str:
        """The JSON twin of a page."""
        return self.file(f"{path or 'index'}.json", query)

    def file(self, path: str, query: Mapping[str, object] | None = None) -> str:
        """A file that is no page: a script, a table to download."""
        given = _given(query)
        return f"{self.up}{quote(path)}" + (
            f"?{urlencode(given)}" if given and not self.static else ""
        )

    def home(self) -> str:
        """The overview."""
        return self.page("index") if self.static else "/"

    def record(self, record_id: str) -> str:
        """A record, by its stable id."""
        return self.page(f"record/{record_id}")

    def actor(self, actor_id: str) -> str:
        """An actor, by its stable id."""
        return self.page(f"actor/{actor_id}")

    def document(self, document_id: str, query: Mapping[str, object] | None = None) -> str:
        """A document."""
        return self.page(f"document/{document_id}", query)

    def part(self, document_id: str, part: int, query: Mapping[str, object] | None = None) -> str:
        """A part of a long document, from 0."""
        if self.static:
            return self.page(f"document/{document_id}" + (f"-{part + 1}" if part else ""))
        return self.document(document_id, {**(query or {}), "part": part + 1 if part else None})

    def quotation(self, document_id: str, start: int) -> str:
        """The highlighted words that begin at an offset of a document."""
        return f"{self.part(document_id, start // PART)}#c{start}"

    def records(self, query: Mapping[str, object] | None = None) -> str:
        """Records that a filter leaves; in a static site all of one kind have a file of their own,
        and any other filter is for the script of the page."""
        if not self.static:
            return self.page("records", query)
        given = _given(query)
        if given.keys() <= {"kind", "page"} and given.get("kind", "office") in KINDS:
            path = f"records-{given.pop('kind')}" if "kind" in given else "records"
            return self.listing(path, given)
        return self.listing("records", given)

    def listing(self, path: str, query: Mapping[str, object] | None = None) -> str:
        """A page of another list: documents, actors, contested."""
        if not self.static:
            return self.page(path, query)
        given = _given(query)
        if given.keys() <= {"page"}:
            page = given.get("page")
            return self.page(path + (f"-{page}" if page and page != 1 else ""))
        return f"{self.page(path)}?{urlencode(given)}"


def _given(query: Mapping[str, object] | None) -> dict[str, object]:
    """What is asked for in a query."""
    return {k: v for k, v in (query or {}).items() if v not in (None, "", False)}
