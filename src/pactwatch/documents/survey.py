"""Where on a page its article is: what a library extracts, found again among the visible blocks.

Comes in: the blocks of a page, the lines that trafilatura takes for its article, and its titles.
Goes out: `Survey`, on which the judgement of single blocks rests. What was extracted counts only
where it can be of the article: below the headline, outside comments and notices, in no list of
announcements. Where nothing is left of it, the element with most prose below the headline is the
article.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from pactwatch.documents.elements import (
    SUBHEADS,
    is_embed,
    is_named_caption,
    is_named_furniture,
    is_named_head,
    is_surely_furniture,
    kind_of,
    lineage,
)
from pactwatch.documents.lines import is_prose
from pactwatch.documents.visible import Block

__all__ = ["LINKED", "Survey", "extract_lines", "is_huge", "shown_share", "squeeze", "survey"]

LINKED = 0.9
"""Share of links from which a block is a link and nothing else."""

_ROOTS = frozenset(("html", "body", "main", "article"))
_LONGEST_TEASER = 700  # letters
_FEWEST_CARDS = 3
_MOST_ELEMENTS = 25_000  # trafilatura takes some 5 seconds for these
_MOST_LETTERS = 1_000_000
_FEWEST_LETTERS = 40  # an extraction shorter than this says nothing about where the article is


@dataclass(frozen=True, slots=True)
class Survey:
    """What is known of a page as a whole.

    Attributes:
        squeezed: The words of each block without blanks, in lower case.
        aligned: Which blocks are paragraphs of the article.
        headline: The block that is the headline; None where it is not known.
        weight: Letters of the article under each element.
        total: Letters of the article.
        parents: Elements that have a paragraph of the article for a child.
        kinds: What these look like.
        teasers: Elements that announce another page.
        furniture: Elements that are furniture by a name that is believed on this page.
        first, last: First and last paragraph of the article.
        body: First paragraph of its running text.
    """

    squeezed: list[str]
    aligned: list[bool]
    headline: int | None
    weight: Mapping[Any, int]
    total: int
    parents: frozenset[Any]
    kinds: frozenset[tuple[str, ...]]
    teasers: frozenset[Any]
    first: int
    last: int
    body: int

    def is_furniture(self, element: Any, *, weak: bool) -> bool:
        """Tell whether an element stands in one that is furniture by its name.

        A name is not believed where most of the article stands under it, as on sites that wrap a
        whole page in a form; nor, short of that, a class under which much of it stands.
        """
        around = lineage(element)
        for node in around:
            if node.tag in _ROOTS or is_embed(node):
                continue
            held = self.weight.get(node, 0)
            if self.total and 2 * held > self.total:
                continue
            if node.tag == "header" and any(n.tag in ("article", "main") for n in around):
                continue
            doubted = not weak or kind_of(node) in self.kinds  # paragraphs stand under its like
            if is_named_furniture(node, weak=not doubted) and (
                4 * held <= self.total or is_surely_furniture(node) or not self.total
            ):
                return True
        return False

    def is_teaser(self, element: Any) -> bool:
        """Tell whether an element announces another page."""
        return any(node in self.teasers for node in lineage(element))


def survey(blocks: Sequence[Block], extracted: Sequence[str], titles: Sequence[str]) -> Survey:
    """Find the article among the blocks of a page.

    Args:
        extracted: As `extract_lines` gives them.
        titles: What the page's metadata and its title element call it.
    """
    squeezed = [squeeze(block.words) for block in blocks]
    headline = _headline(blocks, squeezed, titles)
    aligned = _align(squeezed, extracted)
    teasers = _teasers(blocks, squeezed, aligned, headline)
    aligned = [
        is_one and not any(node in teasers for node in lineage(block.element))
        for block, is_one in zip(blocks, aligned, strict=True)
    ]
    aligned = _outside_notices(blocks, aligned, headline)
    aligned = _below(headline, blocks, squeezed, aligned)
    if not any(aligned):
        aligned = _own(blocks, teasers, headline)
    return _surveyed(blocks, squeezed, aligned, headline, teasers)


def _surveyed(
    blocks: Sequence[Block],
    squeezed: list[str],
    aligned: list[bool],
    headline: int | None,
    teasers: frozenset[Any],
) -> Survey:
    weight, total = _weigh(blocks, squeezed, aligned)
    inside = [at for at, is_one in enumerate(aligned) if is_one]
    first, last = (inside[0], inside[-1]) if inside else (0, len(blocks) - 1)
    parents = frozenset(blocks[at].element.getparent() for at in inside)
    return Survey(
        squeezed=squeezed,
        aligned=aligned,
        headline=headline,
        weight=weight,
        total=total,
        parents=parents,
        kinds=frozenset(kind_of(parent) for parent in parents) - {()},
        teasers=frozenset(node for node in teasers if 2 * weight.get(node, 0) <= total),
        first=first,
        last=last,
        body=next((at for at in inside if _is_running(blocks[at])), first),
    )


def _headline(
    blocks: Sequence[Block], squeezed: Sequence[str], titles: Sequence[str]
) -> int | None:
    """The block that says what the page is called; a heading of the first rank before others."""
    wanted = [squeeze(title) for title in titles if title]
    exact = [at for at, words in enumerate(squeezed) if words in wanted]
    part = [
        at
        for at, words in enumerate(squeezed)
        if len(words) >= 12 and any(words in title for title in wanted)
    ]
    for found in (exact, part):
        ranked = [at for at in found if blocks[at].element.tag == "h1"]
        ranked += [at for at in found if blocks[at].element.tag in SUBHEADS]
        if ranked or found:
            return (ranked or found)[0]
    return None


def _below(
    headline: int | None, blocks: Sequence[Block], squeezed: Sequence[str], aligned: list[bool]
) -> list[bool]:
    """What stands below the headline, where that is prose and no less than what stands above."""
    if headline is None:
        return aligned
    letters = [len(words) * is_one for words, is_one in zip(squeezed, aligned, strict=True)]
    prose = any(aligned[at] and is_prose(blocks[at].words) for at in range(headline, len(blocks)))
    sure = blocks[headline].element.tag == "h1"
    if not prose or not (sure or sum(letters[headline:]) >= sum(letters[:headline])):
        return aligned
    return [is_one and at >= headline for at, is_one in enumerate(aligned)]


def _outside_notices(
    blocks: Sequence[Block], aligned: list[bool], headline: int | None
) -> list[bool]:
    """What stands outside comments, notices and the like; all of it if nothing else is left."""
    around = lineage(blocks[headline].element) if headline is not None else ()
    left = [
        is_one
        and not any(
            is_surely_furniture(node) and node not in around and node.tag not in _ROOTS
            for node in lineage(block.element)
        )
        for block, is_one in zip(blocks, aligned, strict=True)
    ]
    return left if any(left) else aligned


def _own(blocks: Sequence[Block], teasers: frozenset[Any], headline: int | None) -> list[bool]:
    """The prose of the element that holds most of it below the headline."""
    start = headline or 0
    letters: Counter[Any] = Counter()
    prose = []
    for at, block in enumerate(blocks):
        is_one = (
            at >= start
            and is_prose(block.words)
            and 2 * block.linked <= len(block.words)
            and not any(
                node in teasers or is_named_furniture(node, weak=True)
                for node in lineage(block.element)
                if node.tag not in _ROOTS
            )
        )
        prose.append(is_one)
        if is_one:
            letters[block.element.getparent()] += len(block.words)
    best = max(letters.values(), default=0)
    parent = next((node for node, size in letters.items() if size == best), None)
    return [
        is_one and block.element.getparent() is parent
        for block, is_one in zip(blocks, prose, strict=True)
    ]


def _teasers(
    blocks: Sequence[Block], squeezed: Sequence[str], aligned: Sequence[bool], headline: int | None
) -> frozenset[Any]:
    """Elements headed by a linked heading: one among several alike, or one that holds little."""
    weight, total = _weigh(blocks, squeezed, aligned)
    around = set(lineage(blocks[headline].element)) if headline is not None else set()
    cards = []
    for block in blocks:
        if block.element.tag in SUBHEADS and block.linked >= LINKED * len(block.words):
            card = _card(block.element)
            if card is not None and card not in around:
                cards.append(card)
    size: Counter[Any] = Counter()
    wanted = set(cards)
    for block, words in zip(blocks, squeezed, strict=True):
        for node in lineage(block.element):
            if node in wanted:
                size[node] += len(words)
    alike = Counter((card.getparent(), card.tag, card.get("class")) for card in cards)
    return frozenset(
        card
        for card in cards
        if size[card] < _LONGEST_TEASER
        and (
            alike[card.getparent(), card.tag, card.get("class")] >= _FEWEST_CARDS
            or weight.get(card, 0) < total / 4
        )
    )


def _card(heading: Any) -> Any:
    """The element that a linked heading heads: its parent, or the link around it and its parent."""
    above = heading.getparent()
    if above is not None and (above.tag == "a" or len(above) == 1):
        above = above.getparent()
    return above


def _is_running(block: Block) -> bool:
    element = block.element
    return (
        element.tag not in SUBHEADS
        and is_prose(block.words)
        and not is_named_head(element)
        and not is_named_caption(element)
    )


def _weigh(
    blocks: Iterable[Block], squeezed: Iterable[str], aligned: Iterable[bool]
) -> tuple[dict[Any, int], int]:
    weight: dict[Any, int] = {}
    total = 0
    for block, words, is_one in zip(blocks, squeezed, aligned, strict=True):
        if is_one:
            total += len(words)
            for element in lineage(block.element):
                weight[element] = weight.get(element, 0) + len(words)
    return weight, total


def extract_lines(root: Any) -> list[str]:
    """The paragraphs that trafilatura takes for the article, without blanks and in lower case; none
    if it finds no article, or the page is larger than it can read in a few seconds.
    """
    import trafilatura

    if is_huge(root):
        return []

    found = trafilatura.bare_extraction(
        deepcopy(root), include_comments=False, include_tables=True, with_metadata=False
    )
    text = getattr(found, "text", None) or ""
    lines = [squeeze(line).lstrip("-•") for line in text.split("\n")]
    return [line for line in lines if line] if len(text) >= _FEWEST_LETTERS else []


def is_huge(root: Any) -> bool:
    """Tell whether a page has more elements or text than the libraries that infer can take."""
    letters = 0
    for count, node in enumerate(root.iter()):
        text = "" if node.tag in ("script", "style") else node.text or ""
        letters += len(text) + len(node.tail or "")
        if count > _MOST_ELEMENTS or letters > _MOST_LETTERS:
            return True
    return False


def shown_share(blocks: Sequence[Block], extracted: Sequence[str]) -> float:
    """The share of the extracted letters that stand in these blocks; 1.0 where none are."""
    shown = "\n".join(squeeze(block.words) for block in blocks)
    total = sum(map(len, extracted))
    return sum(len(line) for line in extracted if line in shown) / total if total else 1.0


def _align(squeezed: Sequence[str], extracted: Sequence[str]) -> list[bool]:
    """Find the extracted paragraphs again: a block is one, part of one, or holds one."""
    exact = frozenset(extracted)
    whole = "\n".join(extracted)
    aligned = []
    for words in squeezed:
        is_one = words in exact or (len(words) >= 20 and words in whole)
        if not is_one and len(words) >= 60:
            is_one = any(len(line) >= 40 and line in words for line in extracted)
        aligned.append(is_one)
    return aligned


def squeeze(words: str) -> str:
    """Words without blanks and in lower case, by which two ways of laying out a text agree."""
    return "".join(words.replace("|", " ").split()).casefold()
