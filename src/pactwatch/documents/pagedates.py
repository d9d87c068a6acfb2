"""When a page was published and when changed, and where it says so.

Comes in: the tree of a page, its visible blocks with the verdict on each, its JSON-LD, meta
elements and address. Goes out: days in ISO form, each with the place where it was found. A day of
change is never taken for that of publication. Where machines are told the next or the last day,
since they count in UTC, the day that readers are told counts.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pactwatch.documents.article import Verdict
from pactwatch.documents.dates import date_in_address, date_in_text, parse_date
from pactwatch.documents.linkeddata import names_in
from pactwatch.documents.pagetree import Metas, names_around, names_of, properties, words_of
from pactwatch.documents.survey import is_huge
from pactwatch.documents.visible import Block

__all__ = ["PageDates", "head_blocks"]

Told = Iterator[tuple[str | None, str]]
"""Days, or nothing, with the places where they were looked for."""

_FIRST_DAY, _LAST_DAY = "1985-01-01", "2099-12-31"  # fixed: a page reads the same on any day
_PUBLISHED = (
    "article:published_time", "og:published_time", "article:published", "datepublished",
    "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "dc.date",
    "dcterms.date", "citation_publication_date", "citation_date", "parsely-pub-date",
    "sailthru.date",
    "publish-date",
    "publish_date", "publication_date", "published_date", "pubdate", "article_date_original",
    "originalpublicationdate", "cxenseparse:recs:publishtime", "article.published",
    "publication-date",
    "rnews:datepublished", "displaydate", "date_published", "og:article:published_time",
    "og:regdate", "bt:pubdate", "date", "release_date",
)  # fmt: skip
_MODIFIED = (
    "article:modified_time", "og:updated_time", "datemodified", "dcterms.modified",
    "dc.date.modified",
    "lastmod", "last-modified", "og:modified_time", "article:modified", "article.updated",
    "rnews:datemodified", "dc.modified",
)  # fmt: skip
_DATE_NAMES = re.compile(
    r"publish|posted|(?:^|[\s_-])(?:entry-|post-|article-)?date(?:line|time)?(?:$|[\s_-])"
    r"|pub-?date|created",
    re.I,
)
_CHANGE_NAMES = re.compile(r"updat|modif|revis|edited", re.I)
_CHANGED = re.compile(
    r"(?:last )?(?:updated?|modified|edited|revised|actualizado|actualización|mis à jour"
    r"|aktualisiert|atualizado|aggiornato)\b(?: on| at| le| el| am| em)?\s*:?\s*(.{6,60})",
    re.I,
)
_SHORT_YEAR = re.compile(r"(?<![\d.])(\d{1,2})\.(\d{1,2})\.(\d\d)(?![\d.])")
_NEAR = 12
"""Blocks around the headline and the first paragraph in which a date is one of publication."""


def head_blocks(
    blocks: Sequence[Block], verdicts: Sequence[Verdict]
) -> list[tuple[Verdict, Block]]:
    """The blocks from the headline to the first paragraph, with what is right beside them."""
    first = next((at for at, verdict in enumerate(verdicts) if verdict == "text"), 0)
    low = max(0, first - _NEAR)
    titles = [
        at
        for at in range(low, min(first + 1, len(blocks)))
        if verdicts[at] == "note" and blocks[at].element.tag in ("h1", "h2")
    ]
    start = max(0, (titles[0] if titles else first) - 3)
    return [(verdicts[at], blocks[at]) for at in range(start, min(first + 3, len(blocks)))]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageDates:
    """A page in which days are looked for.

    Attributes:
        linked: Its article in JSON-LD.
        language: As it declares it ("en-US"), which tells how "04/05/2017" is to be read.
    """

    root: Any
    blocks: Sequence[Block]
    verdicts: Sequence[Verdict]
    metas: Metas
    linked: Mapping[str, object]
    address: str | None
    language: str

    def published(self) -> Told:
        """Days of publication, the most trusted first."""
        for day, place in self.stated():
            if day and place in ("json-ld", "meta", "microdata"):
                for own, shown in (
                    (date_in_address(self.address or ""), "address"),
                    (self.visible(), "visible text"),
                ):
                    if own and _are_neighbours(own, day):
                        yield own, shown
            yield day, place
            if day:
                return

    def stated(self) -> Told:
        for words in names_in(self.linked, "datepublished", "datecreated", "uploaddate")[:1]:
            yield self.day(words), "json-ld"
        for key in _PUBLISHED:
            yield self.day(self.metas.get(key)), "meta"
        for key in ("datePublished", "dateCreated", "datepublished"):
            for words in properties(self.root, key)[:1]:
                yield self.day(words), "microdata"
        in_address = date_in_address(self.address or "")
        yield (in_address if in_address and len(in_address) == 10 else None), "address"
        yield self.marked(), "time element"
        yield self.visible(), "visible text"
        yield self.inferred([day for day, _ in self.modified() if day]), "page"

    def modified(self) -> Told:
        """Days of the last change, the most trusted first."""
        for words in names_in(self.linked, "datemodified"):
            yield self.day(words), "json-ld"
        for key in _MODIFIED:
            yield self.day(self.metas.get(key)), "meta"
        for words in properties(self.root, "dateModified"):
            yield self.day(words), "microdata"
        for node in self.root.iter("time"):
            if _CHANGE_NAMES.search(names_of(node)):
                yield self.day(node.get("datetime") or words_of(node)), "time element"
        for block in self.blocks:
            changed = _CHANGED.search(block.words) if len(block.words) < 200 else None
            if changed:
                yield self.day(changed[1]), "visible text"

    def marked(self) -> str | None:
        """The day of the <time> element that stands with the headline."""
        times = [
            node for node in self.root.iter("time") if not _CHANGE_NAMES.search(names_around(node))
        ]
        near = self.near()
        beside = [
            node for node in times if any(above in near for above in (node, *node.iterancestors()))
        ]
        named = [
            node
            for node in beside
            if _DATE_NAMES.search(names_around(node)) or node.get("pubdate") is not None
        ]
        for node in (*named, *beside):
            found = self.day(node.get("datetime") or words_of(node))
            if found and len(found) == 10:
                return found
        return None

    def near(self) -> frozenset[Any]:
        """The elements of the blocks between headline and first paragraphs, furniture or not."""
        return frozenset(block.element for _, block in self.head())

    def head(self) -> list[tuple[Verdict, Block]]:
        return head_blocks(self.blocks, self.verdicts)

    def visible(self) -> str | None:
        """The day in a line that is named or labelled as a date, or stands by the headline."""
        head = self.head()
        near = self.near()
        for block, verdict in zip(self.blocks, self.verdicts, strict=True):
            names = names_around(block.element)
            if (
                len(block.words) <= 200
                and _DATE_NAMES.search(names)
                and (block.element in near or verdict == "note")
            ):
                found = self.day(self.published_part(block.words))
                if found and len(found) == 10 and not _CHANGE_NAMES.search(names):
                    return found
        for verdict, block in head:
            words = self.published_part(block.words)
            if len(words) > (200 if verdict != "furniture" else 80):
                continue
            found = date_in_text(words) or (self.day(words) if len(words) < 80 else None)
            found = found or self.day(
                _SHORT_YEAR.sub(r"\1.\2.20\3", words) if len(words) < 40 else None
            )
            if found and len(found) == 10:
                return found
        kept = [
            block.words
            for block, verdict in zip(self.blocks, self.verdicts, strict=True)
            if verdict != "furniture"
        ]
        return date_in_text("\n".join(kept))

    @staticmethod
    def published_part(words: str) -> str:
        """A line without what it says of changes ("Published 4 May 2017, updated 6 May 2017")."""
        return _CHANGED.sub("", words)

    def inferred(self, modified: Sequence[str]) -> str | None:
        import htmldate

        if is_huge(self.root):
            return None
        found = htmldate.find_date(
            self.root,
            extensive_search=True,
            original_date=True,
            min_date=_FIRST_DAY,
            max_date=_LAST_DAY,
        )
        # The first of January is how htmldate writes a year without a day.
        return found if found and found not in modified and not found.endswith("-01-01") else None

    def day(self, words: str | None) -> str | None:
        if not words:
            return None
        found = parse_date(html.unescape(" ".join(words.split())), day_first=self.day_first())
        return found if found and _FIRST_DAY[:4] <= found[:4] <= _LAST_DAY[:4] else None

    def day_first(self) -> bool | None:
        """Whether the country of the page's language writes the day before the month."""
        code = (self.language or self.metas.get("og:locale") or "").replace("_", "-").lower()
        if code.startswith("en"):
            return None if code in ("en", "") else code != "en-us"
        return True if code else None


def _are_neighbours(one: str, other: str) -> bool:
    if len(one) != 10 or len(other) != 10:
        return False
    return abs((date.fromisoformat(one) - date.fromisoformat(other)).days) == 1
