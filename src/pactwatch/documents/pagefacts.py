"""What a page says of itself: title, publisher, authors, dates, address, language, licence.

Comes in: the tree of a page, its visible blocks with the verdict on each, and the address it was
fetched from. Goes out: each fact with the place where it was found. The order of trust: JSON-LD,
meta elements, microdata, and what is visible around the headline.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pactwatch.documents.article import Verdict
from pactwatch.documents.linkeddata import find_article, names_in
from pactwatch.documents.metadata import clean_authors, site_of
from pactwatch.documents.pageaddress import find_page_address
from pactwatch.documents.pagedates import PageDates, head_blocks
from pactwatch.documents.pagetree import (
    absolute,
    line_of,
    names_of,
    properties,
    read_metas,
    words_of,
)
from pactwatch.documents.visible import Block

__all__ = ["PageFacts", "find_facts", "find_titles"]

PageFacts = Mapping[str, tuple[Any, str]]
"""Field of `Told` → its value and the place where it was found."""

_TITLES = ("og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title",
           "parsely-title", "sailthru.title")  # fmt: skip
_PUBLISHERS = ("og:site_name", "dc.publisher", "dcterms.publisher", "citation_publisher",
               "application-name", "apple-mobile-web-app-title", "publisher")  # fmt: skip
_AUTHORS = ("author", "article:author", "dc.creator", "dcterms.creator", "byl", "parsely-author",
            "sailthru.author", "citation_author", "dc.contributor", "article:author_name",
            "authors", "cxenseparse:author", "dc.creator.author", "rbauthors",
            "twitter:data1")  # fmt: skip
_LICENCES = ("dcterms.license", "dc.rights.license", "dc.license", "dcterms.rights", "dc.rights",
             "license", "rights")  # fmt: skip
_LANGUAGES = ("content-language", "dc.language", "dcterms.language", "language", "og:locale")
_SEPARATORS = re.compile(
    r"\s+(?:[|│•·–—»«›/:~\-]|::|\|\|)\s+|\s*[|│»_]\s*|:\s+(?=[A-Z][\w.]+$)"
    r"|(?<=[^\x00-\u2fff])-(?=[^\x00-\u2fff])"
)
_AUTHOR_NAMES = re.compile(
    r"(?:^|[\s_-])(?:by-?line|author(?:s|-name)?|writer|contributor)(?:$|[\s_-])", re.I
)
_BYLINE = re.compile(r"(?:[Bb]y|BY|[Pp]or|[Pp]ar|[Vv]on)[:\s]\s*[^\W\d_]")
_DEED = re.compile(r"^https?://(?:www\.)?creativecommons\.org/(?:licenses|publicdomain)/")
_FEWEST = 12  # letters of a headline that is looked for elsewhere


def find_titles(root: Any) -> list[str]:
    """What meta elements, JSON-LD and the title element call the page."""
    told = (read_metas(root).get("og:title"), *names_in(find_article(root), "headline"))
    named = words_of(next(root.iter("title"), None))
    return [html.unescape(words) for words in (*told, named) if words]


def find_facts(
    root: Any,
    blocks: Sequence[Block],
    verdicts: Sequence[Verdict],
    *,
    address: str | None,
    saved: str | None = None,
) -> PageFacts:
    """Find what a page says of itself.

    Args:
        address: Where it was fetched from, if it was.
        saved: Where a browser says to have saved it from.
    """
    page = _Facts(root, blocks, verdicts, address, saved)
    found: dict[str, tuple[Any, str]] = {}
    for field, value, place in page.all():
        if value and field not in found:
            found[field] = (value, place)
    return found


class _Facts:
    """One page, and the facts as they are found."""

    def __init__(
        self,
        root: Any,
        blocks: Sequence[Block],
        verdicts: Sequence[Verdict],
        address: str | None,
        saved: str | None,
    ) -> None:
        self.root, self.blocks, self.verdicts = root, blocks, verdicts
        self.metas = read_metas(root)
        self.linked = find_article(root, title=self.metas.get("og:title"))
        self.address, self.address_place = find_page_address(
            root, self.metas, self.linked, given=address, saved=saved
        )
        self.language = root.get("lang") or root.get("xml:lang") or ""
        self.days = PageDates(
            root=root,
            blocks=blocks,
            verdicts=verdicts,
            metas=self.metas,
            linked=self.linked,
            address=self.address,
            language=self.language,
        )

    def all(self) -> Iterator[tuple[str, Any, str]]:
        yield "address", self.address, self.address_place
        publisher = list(self.publishers())
        yield from (("publisher", name, place) for name, place in publisher)
        sites = [name for name, _ in publisher if name] + [site_of(self.address or "") or ""]
        yield from (("title", words, place) for words, place in self.titles(sites))
        yield from (("authors", names, place) for names, place in self.authors(sites))
        yield from (("modified", day, place) for day, place in self.days.modified())
        yield from (("published", day, place) for day, place in self.days.published())
        yield from (("language", code, place) for code, place in self.languages())
        yield from (("licence", words, place) for words, place in self.licences())

    def titles(self, sites: Sequence[str]) -> Iterator[tuple[str | None, str]]:
        heads = [
            (block.words, verdict)
            for block, verdict in zip(self.blocks, self.verdicts, strict=True)
            if block.element.tag == "h1"
        ]
        kept = [words for words, verdict in heads if verdict != "furniture" and " " in words]
        named = words_of(next(self.root.iter("title"), None))
        for words, place in (
            *((w, "json-ld") for w in names_in(self.linked, "headline")),
            *((self.metas.get(key), "meta") for key in _TITLES),
            *((w, "microdata") for w in properties(self.root, "headline")),
            *((w, "headline") for w in kept if len(kept) == 1),
            (named, "title element"),
            *((w, "headline") for w, _ in heads[:1]),
        ):
            yield _bare_title(words, sites, kept), place

    def publishers(self) -> Iterator[tuple[str | None, str]]:
        for name in (*names_in(self.linked, "publisher")[:1], *names_in(self.linked, "website")):
            yield _name_of_site(name), "json-ld"
        for key in _PUBLISHERS:
            yield _name_of_site(self.metas.get(key)), "meta"
        for name in properties(self.root, "publisher"):
            yield _name_of_site(name), "microdata"
        title = line_of(words_of(next(self.root.iter("title"), None))) or ""
        host = "".join(re.findall(r"\w", (site_of(self.address or "") or "").rpartition(".")[0]))
        tail = _SEPARATORS.split(title)[-1]
        if host and tail != title and _alike(tail, host):
            yield tail, "title element"
        yield self.rest_of(title), "title element"

    def rest_of(self, title: str) -> str | None:
        """What stands in the title element beside the headline: the name of the site."""
        heads = [self.metas.get("og:title"), *names_in(self.linked, "headline")]
        heads += [
            block.words
            for block, verdict in zip(self.blocks, self.verdicts, strict=True)
            if verdict == "note" and block.element.tag in ("h1", "h2", "h3")
        ]
        for head in heads:
            if head and len(head) >= _FEWEST and head != title:
                before, found, after = title.partition(head)
                left = (before or after).strip(" |│•·–—»«›/:~_-")
                if found and bool(before.strip()) != bool(after.strip()) and 0 < len(left) <= 40:
                    return left if _SEPARATORS.search(title) or ":" in title else None
        return None

    def authors(self, sites: Sequence[str]) -> Iterator[tuple[tuple[str, ...], str]]:
        yield clean_authors(names_in(self.linked, "author", "creator"), sites), "json-ld"
        for key in _AUTHORS:
            yield clean_authors(self.metas.all(key), sites), "meta"
        yield clean_authors(properties(self.root, "author"), sites), "microdata"
        named = [
            words_of(node)
            for node in self.root.iter("a")
            if "author" in (node.get("rel") or "").lower().split()
        ]
        yield clean_authors(named[:4], sites), "author link"
        lines = [
            words
            for _, block in head_blocks(self.blocks, self.verdicts)
            for words in block.words.split("\n")[:3]
            if len(words) < 120
            and (_AUTHOR_NAMES.search(names_of(block.element)) or _BYLINE.match(words))
        ]
        yield clean_authors(lines[:1], sites), "byline"

    def languages(self) -> Iterator[tuple[str | None, str]]:
        yield self.language, "html element"
        yield next(iter(names_in(self.linked, "inlanguage")), None), "json-ld"
        for key in _LANGUAGES:
            yield self.metas.get(key), "meta"

    def licences(self) -> Iterator[tuple[str | None, str]]:
        for node in self.root.iter("link", "a"):
            if "license" in (node.get("rel") or "").lower().split():
                address = absolute(node.get("href"), self.address)
                yield address or line_of(words_of(node)), "licence link"
        deeds = {
            node.get("href"): None
            for node in self.root.iter("a")
            if _DEED.search(node.get("href") or "") and not _in_figure(node)
        }
        if len(deeds) == 1:
            yield absolute(next(iter(deeds)), self.address), "licence link"
        license_of = self.linked.get("license")
        if isinstance(license_of, dict):
            yield line_of(str(license_of.get("url") or license_of.get("@id") or "")), "json-ld"
        yield line_of(next(iter(names_in(self.linked, "license")), None)), "json-ld"
        for key in _LICENCES:
            yield line_of(self.metas.get(key)), "meta"
        yield line_of(next(iter(properties(self.root, "license")), None)), "microdata"


def _bare_title(words: str | None, sites: Sequence[str], heads: Sequence[str]) -> str | None:
    """A title without the name of the site, which stands at its end or beginning."""
    line = line_of(words)
    if not line or any(_bare(line) == _bare(site) for site in sites):
        return None
    for head in heads:
        known = line_of(head)
        if known and len(known) > 12 and len(line) > len(known) and line.startswith(known):
            return known
    pieces = _SEPARATORS.split(line)
    while len(pieces) > 1 and any(_alike(pieces[-1], site) for site in sites if site):
        line = line[: line.rindex(pieces.pop())]
        line = re.sub(r"[\s|•·–—»«›/:~\-]+$", "", line)
    if len(pieces) > 1 and any(_alike(pieces[0], site) for site in sites if site):
        line = re.sub(r"^[\s|•·–—»«›/:~\-]+", "", line[len(pieces[0]) :])
    return line or None


def _alike(words: str, site: str) -> bool:
    """Tell whether words name a site: the same letters, or one name within the other."""
    one, other = (re.sub(r"^the|[\W_]", "", x.casefold()) for x in (words, site))
    other = re.sub(r"(?:com|org|net|gov|edu|co|uk)+$", "", other) or other
    shorter, longer = sorted((one, other), key=len)
    return bool(one and other) and (
        one == other or (5 * len(shorter) >= 3 * len(longer) > 9 and shorter in longer)
    )


def _bare(words: str) -> str:
    return re.sub(r"[\W_]", "", words).casefold()


def _name_of_site(name: str | None) -> str | None:
    line = line_of(name)
    if not line or "://" in line or len(line) > 80 or line.startswith("@"):
        return None
    return line


def _in_figure(node: Any) -> bool:
    return any(above.tag in ("figure", "figcaption") for above in node.iterancestors())
