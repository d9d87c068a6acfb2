"""An HTML page as a document: its visible text, what of it is furniture, and what it says of
itself.

Comes in: the bytes of a page and where it comes from. Goes out: a `Told` with text, furniture and
metadata, or links to its frames where the page is nothing but frames. A page on which no sentence
is left beside its furniture is refused.
"""

from __future__ import annotations

import logging
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from pactwatch.documents.article import Verdict, judge_blocks
from pactwatch.documents.decoding import declared_charset, decode, storable
from pactwatch.documents.furniture import find_furniture, merge_spans
from pactwatch.documents.given import Given, Hints, Item, Link, Told
from pactwatch.documents.lines import is_prose
from pactwatch.documents.pageaddress import saved_from
from pactwatch.documents.pagefacts import find_facts, find_titles
from pactwatch.documents.survey import extract_lines, is_huge, shown_share
from pactwatch.documents.visible import Block, parse_page, visible_blocks
from pactwatch.errors import DocumentError
from pactwatch.model import Span

__all__ = ["Laid", "lay_out", "read", "read_page", "tell"]

for _noisy in ("trafilatura", "htmldate"):
    logging.getLogger(_noisy).addHandler(logging.NullHandler())  # what they refuse, we report
_FEWEST_WORDS = 8  # of an article; a page with fewer is a picture, a form or a notice
_QUOTES = "\"'”’»“›)"
_STOPS = (".", "!", "?", "…", "。", "।", "؟")
_LEAST_SHOWN = 0.5


def read(given: Given) -> Iterator[Item]:
    """Read a page.

    Raises:
        DocumentError: there is no text, or no article in it.
    """
    data = given.read()
    markup = decode(given.name, data, declared=given.charset or declared_charset(data))
    root = parse_page(given.name, markup)
    frames = _frames(root, given.hints.address)
    if frames:
        yield from _links(given, frames)
    else:
        address = given.hints.address
        yield tell(given.name, root, lay_out(root), address=address, saved=saved_from(markup))


def read_page(name: str, markup: str, *, address: str | None) -> Told:
    """Read a page.

    Args:
        name: The file or address, for messages.
        address: Where it was fetched from; None for a file, which may name its address itself.

    Raises:
        DocumentError: there is no article in it.
    """
    root = parse_page(name, markup)
    return tell(name, root, lay_out(root), address=address, saved=saved_from(markup))


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """A page laid out and judged.

    Attributes:
        verdicts: One for each block.
        furniture: The blocks that are furniture, and lines that are it wherever they stand.
    """

    text: str
    blocks: Sequence[Block]
    verdicts: Sequence[Verdict]
    furniture: tuple[Span, ...]

    def article(self) -> list[str]:
        """The paragraphs of running text, without headline, captions and what else goes with it."""
        return [
            block.words
            for block, verdict in zip(self.blocks, self.verdicts, strict=True)
            if verdict == "text" and not _is_covered(block, self.furniture)
        ]


def lay_out(root: Any) -> Laid:
    """Lay out a page and tell its article from its furniture."""
    titles = find_titles(root)
    extracted = extract_lines(root)
    text, blocks = visible_blocks(root)
    if shown_share(blocks, extracted) < _LEAST_SHOWN:
        more, all_blocks = visible_blocks(root, hidden=True)  # shown by a script once it has run
        if shown_share(all_blocks, extracted) >= _LEAST_SHOWN:
            text, blocks = more, all_blocks
    text = storable(text)
    verdicts = judge_blocks(blocks, extracted, titles=titles)
    spans = [
        Span(start=block.start, end=block.end)
        for block, verdict in zip(blocks, verdicts, strict=True)
        if verdict == "furniture"
    ]
    lines = () if is_huge(root) else find_furniture(text, runs=not spans)
    furniture = merge_spans(text, [*spans, *lines])
    return Laid(text=text, blocks=blocks, verdicts=verdicts, furniture=furniture)


def tell(
    name: str, root: Any, laid: Laid, *, address: str | None, saved: str | None = None
) -> Told:
    """What a page that is laid out says.

    Args:
        name: The file or address, for messages.
        address: Where it was fetched from, if it was.
        saved: Where a browser says to have saved it from.

    Raises:
        DocumentError: there is no article in it.
    """
    if not _has_article(laid.blocks, laid.furniture):
        raise DocumentError(
            name, "a page without an article", "Save the text of the article as a .txt file"
        )
    facts = find_facts(root, laid.blocks, laid.verdicts, address=address, saved=saved)
    return Told(
        text=laid.text,
        media_type="text/html",
        place="page",
        furniture=laid.furniture,
        metadata_from={field: place for field, (_, place) in sorted(facts.items())},
        **{field: value for field, (value, _) in facts.items()},
    )


def _is_covered(block: Block, furniture: Sequence[Span]) -> bool:
    at = bisect_right(furniture, block.start, key=lambda span: span.start) - 1
    return at >= 0 and block.end <= furniture[at].end


def _has_article(blocks: Sequence[Block], furniture: Sequence[Span]) -> bool:
    """Tell whether a page has an article: a block of prose, or short sentences that add up."""
    left = [block.words for block in blocks if not _is_covered(block, furniture)]
    if any(is_prose(words) or _is_dense(words) for words in left):
        return True
    sentences = [words for words in left if words.rstrip(_QUOTES).endswith(_STOPS)]
    return sum(len(words.split()) for words in sentences) >= _FEWEST_WORDS


def _is_dense(words: str) -> bool:
    """Tell whether a block in a script without blanks between its words reads as prose."""
    return len(words) >= 30 and len(words) > 12 * len(words.split()) and "。" in words


def _frames(root: Any, address: str | None) -> list[str]:
    """The addresses of the frames of a page that is a set of frames."""
    if next(root.iter("frameset"), None) is None:
        return []
    sources = [(node.get("src") or "").strip() for node in root.iter("frame")]
    found = []
    for source in sources:
        try:
            found.append(urljoin(address or "", source) if source else "")
        except ValueError:
            continue  # not an address at all
    return list(dict.fromkeys(storable(source) for source in found if source))


def _links(given: Given, frames: Sequence[str]) -> Iterator[Item]:
    whole = [frame for frame in frames if urlsplit(frame).scheme in ("http", "https")]
    if not whole:
        raise DocumentError(
            given.name,
            f"a page of frames, whose text lies elsewhere ({', '.join(frames[:4])})",
            "Name the files or addresses of its frames",
        )
    for frame in whole:
        yield Link(address=frame, hints=Hints(place="frame"))
