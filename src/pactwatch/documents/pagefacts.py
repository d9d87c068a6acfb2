"""What a page says of itself: title, publisher, authors, dates, address, language, licence.

Comes in: the tree of a page, its visible blocks with the verdict on each, and the address it was
fetched from. Goes out: each fact with the place where it was found. The order of trust: JSON-LD,
meta elements, microdata, the address, what is visible around the headline, and last what htmldate
infers. A date of modification is never taken for that of publication.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urljoin, urlsplit

from pactwatch.documents.article import Verdict
from pactwatch.documents.dates import date_in_address, date_in_text, parse_date
from pactwatch.documents.decoding import storable
from pactwatch.documents.linkeddata import find_article, names_in
from pactwatch.documents.metadata import clean_authors, site_of
from pactwatch.documents.visible import Block

__all__ = ["PageFacts", "find_facts", "find_titles"]

PageFacts = Mapping[str, tuple[Any, str]]
"""Field of `Told` → its value and the place where it was found."""

_FIRST_DAY, _LAST_DAY = "1985-01-01", "2099-12-31"  # fixed: a page reads the same on any day
_PUBLISHED = (
    "article:published_time", "og:published_time", "article:published", "datepublished",
    "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "dc.date", "dcterms.date",
    "citation_publication_date", "citation_date", "parsely-pub-date", "sailthru.date", "publish-date",
    "publish_date", "publication_date", "published_date", "pubdate", "article_date_original",
    "originalpublicationdate", "cxenseparse:recs:publishtime", "article.published", "publication-date",
    "rnews:datepublished", "displaydate", "date_published", "og:article:published_time",
    "og:regdate", "bt:pubdate", "date", "release_date",
)  # fmt: skip
_MODIFIED = (
    "article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "dc.date.modified",
    "lastmod", "last-modified", "og:modified_time", "article:modified", "article.updated",
    "rnews:datemodified", "dc.modified",
)  # fmt: skip
_TITLES = ("og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title", "parsely-title",
           "sailthru.title")  # fmt: skip
_PUBLISHERS = ("og:site_name", "dc.publisher", "dcterms.publisher", "citation_publisher", "application-name",
               "apple-mobile-web-app-title", "publisher")  # fmt: skip
_AUTHORS = ("author", "article:author", "dc.creator", "dcterms.creator", "byl", "parsely-author",
            "sailthru.author", "citation_author", "dc.contributor", "article:author_name", "authors",
            "cxenseparse:author", "dc.creator.author", "rbauthors", "twitter:data1")  # fmt: skip
_LICENCES = ("dcterms.license", "dc.rights.license", "dc.license", "dcterms.rights", "dc.rights", "license",
             "rights")  # fmt: skip
_LANGUAGES = ("content-language", "dc.language", "dcterms.language", "language", "og:locale")
_SEPARATORS = re.compile(
    r"\s+(?:[|│•·–—»«›/:~\-]|::|\|\|)\s+|\s*[|│»_]\s*|:\s+(?=[A-Z][\w.]+$)"
    r"|(?<=[^\x00-\u2fff])-(?=[^\x00-\u2fff])"
)
_DATE_NAMES = re.compile(
    r"publish|posted|(?:^|[\s_-])(?:entry-|post-|article-)?date(?:line|time)?(?:$|[\s_-])|pub-?date|created",
    re.I,
)
_CHANGE_NAMES = re.compile(r"updat|modif|revis|edited", re.I)
_CHANGED = re.compile(
    r"(?:last )?(?:updated?|modified|edited|revised|actualizado|actualización|mis à jour|aktualisiert"
    r"|atualizado|aggiornato)\b(?: on| at| le| el| am| em)?\s*:?\s*(.{6,60})",
    re.I,
)
_SHORT_YEAR = re.compile(r"(?<![\d.])(\d{1,2})\.(\d{1,2})\.(\d\d)(?![\d.])")
_AUTHOR_NAMES = re.compile(
    r"(?:^|[\s_-])(?:by-?line|author(?:s|-name)?|writer|contributor)(?:$|[\s_-])", re.I
)
_SAVED = re.compile(
    r"saved from url=\(\d{1,5}\)(\S+)|Page saved with SingleFile\s+url:\s*(\S+)|^\s*url:\s*(https?://\S+)"
)
_BYLINE = re.compile(r"(?:[Bb]y|BY|[Pp]or|[Pp]ar|[Vv]on)[:\s]\s*[^\W\d_]")
_DEED = re.compile(r"^https?://(?:www\.)?creativecommons\.org/(?:licenses|publicdomain)/")
_FEWEST = 12  # letters of a headline that is looked for elsewhere
_NEAR = (
    12  # blocks around the headline and the first paragraph in which a date is one of publication
)


def find_titles(root: Any) -> list[str]:
    """What meta elements, JSON-LD and the title element call the page."""
    told = (_metas(root).get("og:title"), *names_in(find_article(root), "headline"))
    named = _words(next(root.iter("title"), None))
    return [html.unescape(words) for words in (*told, named) if words]


def find_facts(
    root: Any, blocks: Sequence[Block], verdicts: Sequence[Verdict], *, address: str | None
) -> PageFacts:
    """Find what a page says of itself.

    Args:
        address: Where it was fetched from, if it was.
    """
    page = _Facts(root, blocks, verdicts, address)
    found: dict[str, tuple[Any, str]] = {}
    for field, value, place in page.all():
        if value and field not in found:
            found[field] = (value, place)
    return found


class _Facts:
    """One page, and the facts as they are found."""

    def __init__(
        self, root: Any, blocks: Sequence[Block], verdicts: Sequence[Verdict], address: str | None
    ) -> None:
        self.root, self.blocks, self.verdicts, self.given = root, blocks, verdicts, address
        self.metas = _metas(root)
        self.linked = find_article(root, title=self.metas.get("og:title"))
        self.address, self.address_place = _address(root, self.metas, self.linked, address)
        self.language = (
            root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
        )

    def all(self) -> Iterator[tuple[str, Any, str]]:
        yield "address", self.address, self.address_place
        publisher = list(self.publishers())
        yield from (("publisher", name, place) for name, place in publisher)
        sites = [name for name, _ in publisher if name] + [site_of(self.address or "") or ""]
        yield from (("title", words, place) for words, place in self.titles(sites))
        yield from (("authors", names, place) for names, place in self.authors(sites))
        modified = list(self.modified())
        yield from (("modified", day, place) for day, place in modified)
        yield from (
            ("published", day, place) for day, place in self.local(self.published(modified))
        )
        yield from (("language", code, place) for code, place in self.languages())
        yield from (("licence", words, place) for words, place in self.licences())

    def titles(self, sites: Sequence[str]) -> Iterator[tuple[str | None, str]]:
        heads = [
            (block.words, verdict)
            for block, verdict in zip(self.blocks, self.verdicts, strict=True)
            if block.element.tag == "h1"
        ]
        kept = [words for words, verdict in heads if verdict != "furniture" and " " in words]
        named = _words(next(self.root.iter("title"), None))
        for words, place in (
            *((w, "json-ld") for w in names_in(self.linked, "headline")),
            *((self.metas.get(key), "meta") for key in _TITLES),
            *((w, "microdata") for w in _properties(self.root, "headline")),
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
        for name in _properties(self.root, "publisher"):
            yield _name_of_site(name), "microdata"
        title = _line(_words(next(self.root.iter("title"), None))) or ""
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
        yield clean_authors(_properties(self.root, "author"), sites), "microdata"
        named = [
            _words(node)
            for node in self.root.iter("a")
            if "author" in (node.get("rel") or "").lower().split()
        ]
        yield clean_authors(named[:4], sites), "author link"
        lines = [
            words
            for _, block in self.head()
            for words in block.words.split("\n")[:3]
            if len(words) < 120
            and (_AUTHOR_NAMES.search(_names(block.element)) or _BYLINE.match(words))
        ]
        yield clean_authors(lines[:1], sites), "byline"

    def published(
        self, modified: Sequence[tuple[str | None, str]]
    ) -> Iterator[tuple[str | None, str]]:
        for words in names_in(self.linked, "datepublished", "datecreated", "uploaddate")[:1]:
            yield self.day(words), "json-ld"
        for key in _PUBLISHED:
            yield self.day(self.metas.get(key)), "meta"
        for key in ("datePublished", "dateCreated", "datepublished"):
            for words in _properties(self.root, key)[:1]:
                yield self.day(words), "microdata"
        in_address = date_in_address(self.address or "")
        yield (in_address if in_address and len(in_address) == 10 else None), "address"
        yield self.marked(), "time element"
        yield self.visible(), "visible text"
        yield self.inferred([day for day, _ in modified if day]), "page"

    def local(
        self, published: Iterable[tuple[str | None, str]]
    ) -> Iterator[tuple[str | None, str]]:
        """The same, but where machines are told the next or last day, since they count in UTC, the
        day that readers are told.
        """
        for day, place in published:
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

    def modified(self) -> Iterator[tuple[str | None, str]]:
        for words in names_in(self.linked, "datemodified"):
            yield self.day(words), "json-ld"
        for key in _MODIFIED:
            yield self.day(self.metas.get(key)), "meta"
        for words in _properties(self.root, "dateModified"):
            yield self.day(words), "microdata"
        for node in self.root.iter("time"):
            if _CHANGE_NAMES.search(_names(node)):
                yield self.day(node.get("datetime") or _words(node)), "time element"
        for block in self.blocks:
            changed = _CHANGED.search(block.words) if len(block.words) < 200 else None
            if changed:
                yield self.day(changed[1]), "visible text"

    def marked(self) -> str | None:
        """The day of the <time> element that stands with the headline."""
        times = [node for node in self.root.iter("time") if not _CHANGE_NAMES.search(_around(node))]
        near = self.near()
        beside = [
            node for node in times if any(above in near for above in (node, *node.iterancestors()))
        ]
        named = [
            node
            for node in beside
            if _DATE_NAMES.search(_around(node)) or node.get("pubdate") is not None
        ]
        for node in (*named, *beside):
            found = self.day(node.get("datetime") or _words(node))
            if found and len(found) == 10:
                return found
        return None

    def near(self) -> frozenset[Any]:
        """The elements of the blocks between headline and first paragraphs, furniture or not."""
        return frozenset(block.element for _, block in self.head())

    def head(self) -> list[tuple[Verdict, Block]]:
        """The blocks from the headline to the first paragraph, with what is right beside them."""
        first = next((at for at, v in enumerate(self.verdicts) if v == "text"), 0)
        low = max(0, first - _NEAR)
        titles = [
            at for at in range(low, first + 1) if self.blocks[at : at + 1] and self.is_title(at)
        ]
        start = max(0, (titles[0] if titles else first) - 3)
        chosen = range(start, min(first + 3, len(self.blocks)))
        return [(self.verdicts[at], self.blocks[at]) for at in chosen]

    def is_title(self, at: int) -> bool:
        return self.verdicts[at] == "note" and self.blocks[at].element.tag in ("h1", "h2")

    def visible(self) -> str | None:
        """The day in a line that is named or labelled as a date, or stands by the headline."""
        head = self.head()
        near = self.near()
        for block, verdict in zip(self.blocks, self.verdicts, strict=True):
            names = _around(block.element)
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

    def languages(self) -> Iterator[tuple[str | None, str]]:
        yield self.language, "html element"
        yield next(iter(names_in(self.linked, "inlanguage")), None), "json-ld"
        for key in _LANGUAGES:
            yield self.metas.get(key), "meta"

    def licences(self) -> Iterator[tuple[str | None, str]]:
        for node in self.root.iter("link", "a"):
            if "license" in (node.get("rel") or "").lower().split():
                address = _absolute(node.get("href"), self.address)
                yield address or _line(_words(node)), "licence link"
        deeds = {
            node.get("href"): None
            for node in self.root.iter("a")
            if _DEED.search(node.get("href") or "") and not _in_figure(node)
        }
        if len(deeds) == 1:
            yield _absolute(next(iter(deeds)), self.address), "licence link"
        license_of = self.linked.get("license")
        if isinstance(license_of, dict):
            yield _line(str(license_of.get("url") or license_of.get("@id") or "")), "json-ld"
        yield _line(next(iter(names_in(self.linked, "license")), None)), "json-ld"
        for key in _LICENCES:
            yield _line(self.metas.get(key)), "meta"
        yield _line(next(iter(_properties(self.root, "license")), None)), "microdata"


class _Metas:
    """The meta elements of a page by lower-case name."""

    def __init__(self, pairs: Sequence[tuple[str, str]]) -> None:
        self.values: dict[str, list[str]] = {}
        for key, content in pairs:
            self.values.setdefault(key, []).append(content)

    def all(self, key: str) -> Sequence[str]:
        return self.values.get(key, [])

    def get(self, key: str) -> str | None:
        return next(iter(self.all(key)), None)


def _metas(root: Any) -> _Metas:
    pairs = []
    for node in root.iter("meta"):
        content = " ".join((node.get("content") or "").split())
        if content:
            for name in (
                node.get("property"),
                node.get("name"),
                node.get("itemprop"),
                node.get("http-equiv"),
            ):
                if name:
                    pairs.append((name.strip().lower(), content))
    return _Metas(pairs)


def _properties(root: Any, name: str) -> list[str]:
    """The values of a microdata property, those of the page's own article only."""
    found = []
    for node in root.iterfind(".//*[@itemprop]"):
        if name not in (node.get("itemprop") or "").split() or node.tag == "meta":
            continue
        inner = node.find(".//*[@itemprop='name']") if node.get("itemscope") is not None else None
        source = inner if inner is not None else node
        found.append(source.get("content") or source.get("datetime") or _words(source) or "")
    return [words for words in found if words.strip()]


def _address(
    root: Any, metas: _Metas, linked: Mapping[str, object], given: str | None
) -> tuple[str | None, str]:
    """The canonical address; one of another site, or of its front page only, is not believed."""
    saved = _saved_from(root)
    own, own_place = (given, "address") if given else (saved, "saved page")
    links = [
        node.get("href")
        for node in root.iter("link")
        if "canonical" in (node.get("rel") or "").lower().split()
    ]
    base = next((node.get("href") for node in root.iter("base") if node.get("href")), None)
    candidates = [(link, "canonical link") for link in links]
    candidates += [(metas.get("og:url"), "meta")]
    candidates += [(words, "json-ld") for words in names_in(linked, "url")[:1]]
    for href, place in candidates:
        address = _absolute(href, own or base)
        if address and _is_page_of(address, own):
            return address, place
    return own, own_place if own else ""


def _is_page_of(address: str, own: str | None) -> bool:
    path = urlsplit(address).path.strip("/")
    if own is None:
        return True
    same_site = _domain(address) == _domain(own)
    return same_site and bool(path or not urlsplit(own).path.strip("/"))


def _domain(address: str) -> str:
    """The last two names of a host: enough to tell "www." and "amp." from another site."""
    return ".".join((site_of(address) or "").split(".")[-2:])


def _absolute(href: str | None, base: str | None) -> str | None:
    try:
        address = urljoin(base or "", (href or "").strip())
        whole = (
            href and urlsplit(address).scheme in ("http", "https") and urlsplit(address).hostname
        )
    except ValueError:
        return None  # not an address at all
    return storable(address) if whole else None


def _saved_from(root: Any) -> str | None:
    """The address that a browser wrote into the page as it saved it."""
    above = root.xpath("preceding-sibling::comment()")[:8]
    head = root.xpath("(./comment() | ./head/comment() | ./body/comment())[position() < 9]")
    for comment in [*above, *head]:
        match = _SAVED.search(comment.text or "")
        if match:
            address = _absolute(next(filter(None, match.groups())), None)
            if address:
                return address
    return None


def _bare_title(words: str | None, sites: Sequence[str], heads: Sequence[str]) -> str | None:
    """A title without the name of the site, which stands at its end or beginning."""
    line = _line(words)
    if not line or any(_bare(line) == _bare(site) for site in sites):
        return None
    for head in heads:
        known = _line(head)
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
    return bool(one and other) and (
        one == other or (min(len(one), len(other)) > 3 and (one in other or other in one))
    )


def _bare(words: str) -> str:
    return re.sub(r"[\W_]", "", words).casefold()


def _name_of_site(name: str | None) -> str | None:
    line = _line(name)
    if not line or "://" in line or len(line) > 80 or line.startswith("@"):
        return None
    return line


def _in_figure(node: Any) -> bool:
    return any(above.tag in ("figure", "figcaption") for above in node.iterancestors())


def _are_neighbours(one: str, other: str) -> bool:
    if len(one) != 10 or len(other) != 10:
        return False
    return abs((date.fromisoformat(one) - date.fromisoformat(other)).days) == 1


def _around(node: Any) -> str:
    above = node.getparent()
    return _names(node) + (" " + _names(above) if above is not None else "")


def _names(node: Any) -> str:
    return f"{node.get('class', '')} {node.get('id', '')} {node.get('itemprop', '')}"


def _words(node: Any) -> str | None:
    return None if node is None else " ".join(" ".join(node.itertext()).split())


def _line(words: str | None) -> str | None:
    return storable(html.unescape(" ".join(words.split()))) or None if words else None
