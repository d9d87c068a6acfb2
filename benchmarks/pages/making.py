"""Pages with known truth: articles laid into templates of sites of many kinds.

Comes in: `articles.toml`, `noise.toml`, the templates beside this module, and a folder of Markdown
or HTML examples. Goes out: `Page` values, the same on every run. The pages are written after the
patterns of news sites, ministries, blogs and publishing systems; no site's markup is copied.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from babel.dates import format_date
from lxml import html

from pactwatch.documents.frontmatter import split_front_matter

__all__ = ["TEMPLATES", "Article", "Page", "make_pages", "read_articles", "render"]

HERE = Path(__file__).parent
TEMPLATES = tuple(sorted(path.stem for path in (HERE / "templates").glob("*.html")))
_NAMELESS = frozenset(("bare", "tables"))
"""Templates whose pages do not name their site: its domain is all that can be known."""
_MARKS = {
    "## ": "subhead",
    "> ": "quote",
    "* ": "entry",
    "| ": "row",
    "! ": "caption",
    "^ ": "standfirst",
}
_AROUND = ("caption", "standfirst")


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article before it is laid out.

    Attributes:
        text: Kind ("paragraph", "subhead", "quote", "entry", "row", "caption", "standfirst") and
            words.
        published, modified: ISO 8601 days.
    """

    title: str
    publisher: str
    published: str
    text: tuple[tuple[str, str], ...]
    authors: tuple[str, ...] = ()
    modified: str | None = None
    language: str = "en"

    @property
    def host(self) -> str:
        """A host of its own, under a name that is reserved for examples."""
        return "".join(re.findall(r"[a-z]", self.publisher.lower())) + ".example"

    @property
    def slug(self) -> str:
        """Its title as it stands in addresses."""
        return "-".join(re.findall(r"[a-z]+", self.title.lower())[:8])


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page and the truth about it.

    Attributes:
        address: Where it was fetched from; None for a saved file.
        body: The running text of its article.
        around: What goes with it: headline, standfirst, captions.
    """

    name: str
    markup: str
    address: str | None
    title: str
    publisher: str
    published: str
    body: str
    around: str = field(default="")


def read_articles(folder: Path | None) -> list[Article]:
    """The articles of `articles.toml`, and those of a folder of examples."""
    data = tomllib.loads((HERE / "articles.toml").read_text("utf-8"))
    articles = [
        Article(**{**entry, "text": _marked(entry["text"]), "authors": tuple(entry["authors"])})
        for entry in data["article"]
    ]
    for path in sorted(folder.iterdir()) if folder else ():
        if path.suffix in (".md", ".html"):
            articles.append(_example(path))
    return articles


def make_pages(articles: Sequence[Article], templates: Sequence[str] = TEMPLATES) -> Iterator[Page]:
    """Lay each article into each template."""
    for template in templates:
        for article in articles:
            yield render(article, template)


def render(article: Article, template: str) -> Page:
    """Lay one article into one template."""
    day = date.fromisoformat(article.published)
    address = {
        "bare": f"https://www.{article.host}/{day:%Y/%m/%d}/{article.slug}.html",
        "saved": f"https://www.{article.host}/story/{article.slug}-4711",
    }.get(template, f"https://www.{article.host}/news/{article.slug}")
    values: dict[str, Any] = {
        "article": article,
        "address": address,
        "noise": tomllib.loads((HERE / "noise.toml").read_text("utf-8")),
        "day": day,
        "long_date": _long(day, article.language),
        "short_date": format_date(day, "dd.MM.yyyy"),
        "iso": f"{day.isoformat()}T09:30:00+00:00",
        "changed": f"{article.modified or _later(day)}T18:05:00+00:00",
        "changed_long": _long(
            date.fromisoformat(article.modified or _later(day)), article.language
        ),
        "older": [_long(date(day.year - 1, m, 9), article.language) for m in (1, 2, 3, 4)],
        "authors": " and ".join(article.authors),
    }
    markup = _environment().get_template(f"{template}.html").render(values)
    return Page(
        name=f"{template}-{article.slug}",
        markup=markup,
        address=None if template == "saved" else address,
        title=article.title,
        publisher=article.host if template in _NAMELESS else article.publisher,
        published=article.published,
        body="\n".join(
            words.replace("|", " ") for kind, words in article.text if kind not in _AROUND
        ),
        around="\n".join([article.title, *(w for kind, w in article.text if kind in _AROUND)]),
    )


def _long(day: date, language: str) -> str:
    return format_date(day, "long", locale="en_GB" if language == "en" else language)


def _later(day: date) -> str:
    """A day on which a page may have been changed: a year after, as search engines are told."""
    return day.replace(year=day.year + 1, day=min(day.day, 28)).isoformat()


@cache
def _environment() -> jinja2.Environment:
    loader = jinja2.FileSystemLoader(HERE / "templates")
    return jinja2.Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)


def _marked(lines: Sequence[str]) -> tuple[tuple[str, str], ...]:
    marked = []
    for line in lines:
        kind = next((name for mark, name in _MARKS.items() if line.startswith(mark)), "paragraph")
        words = line if kind == "paragraph" else line.split(" ", 1)[1]
        marked.append((kind, words.rstrip(" |") if kind == "row" else words))
    return tuple(marked)


def _example(path: Path) -> Article:
    if path.suffix == ".md":
        front, body = split_front_matter(path.read_text("utf-8"))
        lines = [line.strip() for line in body.split("\n") if line.strip()]
        lines = [re.sub(r"^[-*] ", "* ", re.sub(r"^#+ ", "## ", line)) for line in lines]
        title, publisher, day = (
            str(front["title"]),
            str(front["publisher"]),
            str(front["date"])[:10],
        )
        lines = lines[1:] if lines[0] == f"## {title}" else lines
        author = str(front.get("author", ""))
    else:
        root = html.fromstring(path.read_bytes())
        meta = {
            node.get("property") or node.get("name"): node.get("content")
            for node in root.iter("meta")
        }
        title = next(root.iter("h1")).text_content()
        lines = [p.text_content() for p in root.xpath("//article/p[not(@class)] | //article/h2")]
        publisher, day = meta["og:site_name"], meta["article:published_time"][:10]
        author = meta.get("author") or ""
    authors = (author,) if author else ()
    return Article(
        title=title, publisher=publisher, published=day, text=_marked(lines), authors=authors
    )
