"""How well and how fast articles are taken out of pages, beside the usual libraries, in one run.

    pip install newspaper4k resiliparse       (the extra "benchmarks")
    python benchmarks/documents.py [--pages DIR] [--examples DIR] [--every N]

Made pages: each article of `benchmarks/pages/` and of the examples in each of its templates, with
the article's text, title, day of publication and publisher known. Real pages (`--pages`): a copy of
github.com/scrapinghub/article-extraction-benchmark, 181 pages whose articles people have marked;
the text alone is known of these. Prints for each library

  P, R, F1    precision, recall and F1 of the article's words (as a bag), mean over the pages; a
              line that repeats the headline the same library found is left out of its text, for all
  title, day, publisher   share of made pages on which it is right; the publisher's domain counts
              where a page names no more
  pages/s     pages per second of processor time, text and metadata together

  pactwatch   the running text of the article
  … kept      all that is not marked as furniture: with standfirst, byline, date line and captions,
              which findings are made from too, and which the truth leaves out
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import json
import logging
import re
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pages.making import TEMPLATES, Page, make_pages, read_articles

from pactwatch.documents.completing import complete
from pactwatch.documents.forms.html import Laid, lay_out, tell
from pactwatch.documents.given import Given, Hints
from pactwatch.documents.pageaddress import saved_from
from pactwatch.documents.visible import parse_page
from pactwatch.errors import DocumentError
from pactwatch.model import Document

WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """What a library makes of a page."""

    text: str = ""
    title: str | None = None
    published: str | None = None
    publisher: str | None = None


Extractor = Callable[[Page], Extract]


def ours(page: Page) -> Extract:
    """The running text of the article, and the document's metadata."""
    read = _read(page)
    return _told(read[0], "\n".join(read[1].article())) if read else Extract()


def kept(page: Page) -> Extract:
    """All text that is not furniture."""
    read = _read(page)
    if read is None:
        return Extract()
    document, pieces, at = read[0], [], 0
    for span in document.furniture:
        pieces.append(document.text[at : span.start])
        at = span.end
    return _told(document, "".join([*pieces, document.text[at:]]))


def _read(page: Page) -> tuple[Document, Laid] | None:
    hints = Hints(place="address", address=page.address)
    given = Given(name=page.name, data=page.markup.encode(), hints=hints)
    root = parse_page(page.name, page.markup)
    laid = lay_out(root)
    try:
        told = tell(page.name, root, laid, address=page.address, saved=saved_from(page.markup))
        return complete(given, told), laid
    except DocumentError:
        return None  # refused: no article in it


def _told(document: Document, text: str) -> Extract:
    return Extract(
        text=text,
        title=document.title,
        published=document.published,
        publisher=document.publisher,
    )


def trafilatura(page: Page) -> Extract:
    """trafilatura with its own defaults, comments left out."""
    library: Any = importlib.import_module("trafilatura")
    found = library.bare_extraction(
        page.markup, url=page.address, include_comments=False, with_metadata=True
    )
    if found is None:
        return Extract()
    return Extract(
        text=found.text or "", title=found.title, published=found.date, publisher=found.sitename
    )


def newspaper(page: Page) -> Extract:
    """newspaper4k; English where it lacks the words of a page's language."""
    library: Any = importlib.import_module("newspaper")

    def parsed(**options: str) -> Any:
        article = library.Article(page.address or "", fetch_images=False, **options)
        article.download(input_html=page.markup)
        article.parse()
        return article

    try:
        article = parsed()
    except ImportError:  # some languages need libraries of their own there
        article = parsed(language="en")
    day = article.publish_date
    return Extract(
        text=article.text,
        title=article.title,
        published=day.date().isoformat() if day else None,
        publisher=article.meta_site_name or urlsplit(article.source_url or "").hostname,
    )


def resiliparse(page: Page) -> Extract:
    """resiliparse, which gives text alone."""
    library: Any = importlib.import_module("resiliparse.extract.html2text")
    return Extract(
        text=library.extract_plain_text(
            page.markup, main_content=True, alt_texts=False, list_bullets=False
        )
    )


EXTRACTORS: dict[str, Extractor] = {
    "pactwatch": ours,
    "… kept": kept,
    "trafilatura": trafilatura,
    "newspaper4k": newspaper,
    "resiliparse": resiliparse,
}


def score(truth: str, text: str) -> tuple[float, float, float]:
    """Precision, recall and F1 of the words of a text, each word as often as it stands there."""
    wanted, found = Counter(WORD.findall(truth)), Counter(WORD.findall(text))
    both = (wanted & found).total()
    if not both:
        return 0.0, 0.0, 0.0
    precision, recall = both / found.total(), both / wanted.total()
    return precision, recall, 2 * precision * recall / (precision + recall)


def without_title(extract: Extract) -> str:
    """The text without lines that repeat the headline."""
    title = _bare(extract.title)
    return "\n".join(line for line in extract.text.split("\n") if not title or _bare(line) != title)


def _bare(words: str | None) -> str:
    return "".join(WORD.findall(words or "")).casefold()


def is_publisher(page: Page, publisher: str | None) -> bool:
    """Whether a publisher is right; "www." and the case of letters do not count."""
    return _bare((publisher or "").removeprefix("www.")) == _bare(page.publisher)


def measure(pages: Sequence[Page], extractors: Iterable[str]) -> dict[str, dict[str, float]]:
    """The means over the pages, by library."""
    table = {}
    for name in extractors:
        extractor = EXTRACTORS[name]
        extractor(pages[0])  # loads what it needs
        sums: Counter[str] = Counter()
        spent = 0.0
        for page in pages:
            start = time.process_time()
            found = extractor(page)
            spent += time.process_time() - start
            values = score(page.body, without_title(found))
            sums.update(dict(zip(("P", "R", "F1"), values, strict=True)))
            sums["title"] += _bare(found.title) == _bare(page.title)
            sums["day"] += (found.published or "")[:10] == page.published
            sums["publisher"] += is_publisher(page, found.publisher)
        table[name] = {key: value / len(pages) for key, value in sums.items()}
        table[name]["pages/s"] = len(pages) / spent
    return table


def real_pages(folder: Path) -> list[Page]:
    """The pages of the article extraction benchmark, of which the text alone is known."""
    truth = json.loads((folder / "ground-truth.json").read_text("utf-8"))
    pages = []
    for key in sorted(truth):
        with gzip.open(
            folder / "html" / f"{key}.html.gz", "rt", encoding="utf-8", errors="replace"
        ) as file:
            markup = file.read()
        pages.append(
            Page(name=key, markup=markup, address=truth[key]["url"], body=truth[key]["articleBody"],
                 title="", publisher="", published="")
        )  # fmt: skip
    return pages


def show(heading: str, table: dict[str, dict[str, float]], columns: Sequence[str]) -> None:
    """Print a table."""
    print(f"\n{heading}")
    print(f"{'':14}" + "".join(f"{column:>11}" for column in columns))
    for name, values in table.items():
        cells = (
            f"{values[column]:11.1f}" if column == "pages/s" else f"{values[column]:11.4f}"
            for column in columns
        )
        print(f"{name:14}" + "".join(cells), flush=True)


def main() -> None:
    """Make and read the pages, measure each library, print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--examples", type=Path, default=Path("examples/northern-triangle"))
    parser.add_argument("--pages", type=Path, help="copy of the article extraction benchmark")
    parser.add_argument("--only", action="append", choices=list(EXTRACTORS), help="library")
    parser.add_argument("--every", type=int, default=1, help="only every Nth page")
    parser.add_argument("--templates", action="store_true", help="F1 for each template too")
    arguments = parser.parse_args()
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    sys.setrecursionlimit(10_000)
    chosen = arguments.only or list(EXTRACTORS)
    articles = read_articles(arguments.examples)
    pages = list(make_pages(articles))[:: arguments.every]
    table = measure(pages, chosen)
    heading = f"{len(pages)} made pages: {len(articles)} articles, {len(TEMPLATES)} templates"
    show(heading, table, ("P", "R", "F1", "title", "day", "publisher", "pages/s"))
    if arguments.templates:
        for template in TEMPLATES:
            own = list(make_pages(articles, [template]))
            columns = ("P", "R", "F1", "title", "day", "publisher")
            show(template, measure(own, chosen), columns)
    if arguments.pages:
        real = real_pages(arguments.pages)[:: arguments.every]
        show(f"{len(real)} real pages", measure(real, chosen), ("P", "R", "F1", "pages/s"))


if __name__ == "__main__":
    main()
