"""Texts of which it is known who copied what: the maker behind benchmarks/lineage.py.

Comes in: base texts (real ones, or none), a number and a seed. Goes out: `Made`: documents, the
pairs that are edited copies, excerpts, or share an inserted paragraph. The same seed makes the same
texts on every machine. Nothing of the base texts is kept here.

Of all documents about 70 % are fresh, 15 % edited copies (30 % of the sentences dropped, changed or
replaced, one moved), 10 % fresh ones into which a press paragraph of about 60 words is put that
others have too, and 5 % excerpts (a run of 40 % of the sentences).
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from pactwatch.model import Document, Span, stable_id

__all__ = ["Made", "apart", "make", "sentences_of"]

_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_CHANGED = 0.3  # share of the sentences of an edited copy
_PARAGRAPH = 60  # words
_HOLDERS = 4  # documents that one press paragraph is put into, on average
_SWAP = 3  # of so many words in a row one is swapped: four in a row at most stay as they were
_LENGTH = 780  # words of a fresh document, on average
_A_DAY = 100  # documents: a press paragraph is printed within about a week
_RUN = 9  # words in a row that two base texts must not share


@dataclass(slots=True, kw_only=True)
class Made:
    """Documents and what is true of them.

    Attributes:
        edited, excerpts: Pairs of ids, the original first.
        inserted: For each press paragraph, the documents that hold it and where.
        root: For each document the fresh one that it comes from.
    """

    documents: list[Document] = field(default_factory=list)
    edited: list[tuple[str, str]] = field(default_factory=list)
    excerpts: list[tuple[str, str]] = field(default_factory=list)
    inserted: list[list[tuple[str, Span]]] = field(default_factory=list)
    root: dict[str, str] = field(default_factory=dict)

    def related(self) -> set[tuple[str, str]]:
        """All pairs that share something by making, each in both orders; by paragraphs."""
        pairs = {(a, b) for holders in self.inserted for a, _ in holders for b, _ in holders}
        return {(self.root[a], self.root[b]) for a, b in pairs} | {(a, a) for a in self.root}


def make(count: int, seed: int, texts: Sequence[str], more: Sequence[str]) -> Made:
    """Make documents.

    Args:
        texts: Real texts. While they last, fresh documents are whole ones of them; after that they
            are put together from single sentences with words swapped.
        more: Other texts, from which these single sentences are drawn.
    """
    source = random.Random(seed)
    told = (s for text in more for s in sentences_of(text))
    sentences = list(dict.fromkeys(s for s in told if 8 <= len(s.split()) <= 60 and "/" not in s))
    words = [w for s in sentences for w in s.split()]
    pool = _drawn(source, sentences)
    press = _press(source, more)
    made = Made()
    originals: list[tuple[Document, list[str]]] = []
    paragraphs: list[tuple[str, list[tuple[str, Span]]]] = []
    whole = [s for s in map(sentences_of, texts) if len(s) > 4]
    source.shuffle(whole)
    for number in range(count):
        lot = source.random()
        if lot < 0.15 and originals:
            original, own = source.choice(originals)
            document = _document(made, number, _edited(source, own, pool, words), original)
            made.edited.append((original.id, document.id))
        elif lot < 0.20 and originals:
            original, own = source.choice(originals)
            document = _document(made, number, _excerpt(source, own), original)
            made.excerpts.append((original.id, document.id))
        else:
            own = whole.pop() if whole else _fresh(source, pool, words, _LENGTH)
            if lot < 0.30:
                _with_paragraph(source, made, number, own, paragraphs, press, pool, words)
            else:
                document = _document(made, number, own, None)
                originals.append((document, own))
    made.inserted = [holders for _, holders in paragraphs if len(holders) > 1]
    return made


def sentences_of(text: str) -> list[str]:
    """Sentences, roughly."""
    return [" ".join(s.split()) for s in _SENTENCE.split(text) if s.strip()]


def apart(texts: Sequence[str], most: int, least: int = 100) -> tuple[list[str], list[str]]:
    """Texts of which no two share `_RUN` words in a row, found by comparing all with all; and the
    other texts, with those of `least` words or fewer.

    Shorter runs are left in: they are what must not be taken for a passage.
    """
    seen: set[int] = set()
    kept: list[str] = []
    others: list[str] = []
    for text in texts:
        words = re.findall(r"[a-z0-9']+", text.lower().replace("’", "'"))
        runs = {hash(tuple(words[i : i + _RUN])) for i in range(len(words) - _RUN + 1)}
        if len(words) > least and len(kept) < most and not runs & seen:
            seen |= runs
            kept.append(text)
        else:
            others.append(text)
    return kept, others


def _press(source: random.Random, texts: Sequence[str]) -> Iterator[str]:
    """Running text from within each text, none twice."""
    running = []
    for text in texts:
        sentences = sentences_of(text)
        words = " ".join(sentences[len(sentences) // 3 :]).split()
        running.append(" ".join(words[: 2 * _PARAGRAPH]))
    kept, _ = apart(running, len(running), _PARAGRAPH)
    source.shuffle(kept)
    yield from kept


def _drawn(source: random.Random, sentences: Sequence[str]) -> Iterator[str]:
    """All sentences in a random order, again and again."""
    order = list(sentences)
    while True:
        source.shuffle(order)
        yield from order


def _document(
    made: Made, number: int, sentences: Sequence[str], original: Document | None
) -> Document:
    day = date(2001, 1, 1) + timedelta(days=number // _A_DAY)
    text = "\n".join(" ".join(sentences[i : i + 4]) for i in range(0, len(sentences), 4))
    name = f"made-{number:06}.txt"
    document = Document(
        id=stable_id("document", name, text), name=name, text=text, published=day.isoformat()
    )
    made.documents.append(document)
    made.root[document.id] = made.root[original.id] if original else document.id
    return document


def _swapped(source: random.Random, sentence: str, words: Sequence[str]) -> str:
    parts = sentence.split()
    for start in range(0, len(parts), _SWAP):
        place = start + int(source.random() * _SWAP)
        if place < len(parts):
            parts[place] = words[int(source.random() * len(words))]
    return " ".join(parts)


def _fresh(
    source: random.Random, pool: Iterator[str], words: Sequence[str], length: int
) -> list[str]:
    wanted = length * (0.3 + 1.4 * source.random())
    sentences: list[str] = []
    while wanted > 0:
        sentence = next(pool)
        sentences.append(_swapped(source, sentence, words))
        wanted -= len(sentence.split())
    return sentences


def _edited(
    source: random.Random, sentences: Sequence[str], pool: Iterator[str], words: Sequence[str]
) -> list[str]:
    kept: list[str] = []
    for sentence in sentences:
        lot = source.random()
        if lot < _CHANGED / 3:
            continue
        if lot < 2 * _CHANGED / 3:
            kept.append(_swapped(source, sentence, words))
        elif lot < _CHANGED:
            kept.append(_swapped(source, next(pool), words))
        else:
            kept.append(sentence)
    if len(kept) > 1:
        kept.insert(source.randrange(len(kept)), kept.pop(source.randrange(len(kept))))
    return kept or list(sentences)


def _excerpt(source: random.Random, sentences: Sequence[str]) -> list[str]:
    length = max(2, int(0.4 * len(sentences)))
    start = source.randrange(max(1, len(sentences) - length))
    return list(sentences[start : start + length])


def _with_paragraph(
    source: random.Random,
    made: Made,
    number: int,
    sentences: list[str],
    paragraphs: list[tuple[str, list[tuple[str, Span]]]],
    press: Iterator[str],
    pool: Iterator[str],
    words: Sequence[str],
) -> None:
    if not paragraphs or source.random() < 1 / _HOLDERS:
        told = next(press, None) or " ".join(_fresh(source, pool, words, 200))
        text = " ".join(told.split()[:_PARAGRAPH])
        paragraphs.append((text, []))
    paragraph, holders = paragraphs[-1 - int(source.random() * min(20, len(paragraphs)))]
    place = source.randrange(len(sentences) + 1)
    document = _document(made, number, [*sentences[:place], paragraph, *sentences[place:]], None)
    start = document.text.index(paragraph)
    holders.append((document.id, Span(start=start, end=start + len(paragraph))))
