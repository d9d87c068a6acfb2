"""The language room: a document in, a `Reading` out.

Comes in: a `Document`. Goes out: blocks, sentences (parsed where they can matter), quotations,
names, dates, quantities, places and persons, all with offsets into the document's own text. It
makes no findings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pactwatch.language.pipeline import DEFAULT_PIPELINE, parse, pipeline_version
from pactwatch.language.reading import Person, Reading, Sentence

if TYPE_CHECKING:
    from pactwatch.codebook import Codebook
    from pactwatch.model import Document

__all__ = ["DEFAULT_PIPELINE", "Person", "Reading", "Sentence", "pipeline_version", "read"]


def read(
    document: Document, *, codebook: Codebook | None = None, pipeline: str = DEFAULT_PIPELINE
) -> Reading:
    """Understand a document.

    Args:
        codebook: Its words choose the sentences worth a parse; the codebook that comes with
            Pactwatch if None.
        pipeline: Name or path of a spaCy pipeline for English.

    Raises:
        UsageError: the pipeline is not installed.
    """
    from pactwatch.codebook import load_codebook
    from pactwatch.language.blocks import split_blocks
    from pactwatch.language.dates import find_dates
    from pactwatch.language.gate import Gate
    from pactwatch.language.headlines import in_sentence_case, title_lines
    from pactwatch.language.names import find_names
    from pactwatch.language.persons import find_persons
    from pactwatch.language.places import find_places
    from pactwatch.language.quantities import find_quantities
    from pactwatch.language.quotations import find_quotations

    text = document.text
    blocks = split_blocks(text, document.furniture)
    sentences = [
        Sentence(index=0, start=span.start, end=span.end, block=number, kind=block.kind)
        for number, block in enumerate(blocks)
        for span in block.sentences
    ]
    gate = Gate.of(codebook or load_codebook())
    for index, sentence in enumerate(sentences):
        sentence.index = index
    chosen = [s for s in sentences if gate.lets_through(text[s.start : s.end])]
    names = find_names(text)
    places = find_places(text)
    proper = [(m.start, m.end) for m in names] + [(m.start, m.end) for m in places]
    titles = [replace(s) for s in title_lines(text, sentences) if s in chosen]
    texts = [text[s.start : s.end] for s in chosen]
    prose = [s for s in sentences if s.kind == "paragraph"] if titles else []
    recased = [in_sentence_case(text, line, prose, proper) for line in titles]
    texts += recased
    parses = parse(texts, pipeline=pipeline)
    for sentence, parsed in zip([*chosen, *titles], parses, strict=True):
        if parsed is not None:
            sentence.doc = parsed[0]
            sentence.spans = [(sentence.start + a, sentence.start + b) for a, b in parsed[1]]
    dates = find_dates(text, published=document.published)
    taken = [(m.start, m.end) for m in names]
    taken += [(m.start, m.end) for m in dates]
    return Reading(
        document=document,
        blocks=blocks,
        sentences=sentences,
        quotations=find_quotations(text, blocks),
        names=names,
        dates=dates,
        quantities=find_quantities(_with(text, titles, recased)),
        places=places,
        persons=find_persons(sentences, taken, text),
        titles=[line for line in titles if line.doc is not None],
    )


def _with(text: str, lines: Sequence[Sentence], words: Sequence[str]) -> str:
    """A text with other words of the same length in some of its lines."""
    for line, said in zip(lines, words, strict=True):
        text = text[: line.start] + said + text[line.end :]
    return text
