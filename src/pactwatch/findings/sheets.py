"""Fact sheets: a heading names an instrument, and short lines under it tell of it.

Comes in: the mentions of a document. Goes out: a `Sheet` for each instrument listed so ("Transit
agreement" – "Peru: signed on 3 May", "Signed in Lima by Peru and Chile"), with the lines that tell
of it and what they say: parties, persons, day, place. Lines without a verb need no parse. Sections
whose heading names no instrument are none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pactwatch.codebook.vocabularies import load_instrument_words
from pactwatch.findings.context import Context, Filling
from pactwatch.findings.parties import country_name
from pactwatch.findings.sightings import Sighting
from pactwatch.language import Sentence

__all__ = ["Sheet", "sheets_of"]

_BULLET = re.compile(r"[-–—•*·▪◦#\s]*")
_ENTRY = re.compile(r"(?:(?P<who>[A-Z][\w.'’ -]{1,40}):\s*)?(?P<verb>[A-Za-z]+)\b")
_BY = re.compile(r"\b(?:by|between|with)\s")
_IN = re.compile(r"\b(?:in|at)\s")
_HEADING = 12
"""Words that a heading of a section may have."""


@dataclass(slots=True, kw_only=True, eq=False)
class Sheet:
    """One instrument of a fact sheet.

    Attributes:
        heading: The mention in the heading of the section.
        entry: The line that says that it was signed; `lines` are all that tell of it.
    """

    heading: Sighting
    entry: Sentence
    lines: list[Sentence]
    parties: list[Filling] = field(default_factory=list)
    persons: list[Filling] = field(default_factory=list)
    date: list[Filling] = field(default_factory=list)
    place: list[Filling] = field(default_factory=list)


def sheets_of(context: Context, sightings: Sequence[Sighting]) -> list[Sheet]:
    """Find the instruments that a document lists under headings, in order."""
    found: list[Sheet] = []
    sentences = context.reading.sentences
    headings = {s.sentence.index: s for s in sightings if _is_heading(context, s.sentence)}
    for index, heading in sorted(headings.items()):
        lines: list[Sentence] = []
        for sentence in sentences[index + 1 :]:
            if _is_heading(context, sentence):
                break
            lines.append(sentence)
        entries = [(line, who) for line in lines if (who := _entry(context, line)) is not None]
        several = any(who for _, who in entries)
        for line, who in entries if several else entries[:1]:
            found.append(_sheet(context, heading, line, [line] if who else lines, who))
    return found


def _is_heading(context: Context, sentence: Sentence) -> bool:
    words = context.reading.text[sentence.start : sentence.end]
    marked = words.startswith("#") or sentence.kind == "headline"
    return marked and len(words.split()) <= _HEADING


def _entry(context: Context, line: Sentence) -> str | None:
    """Whose signing a line tells, empty where it names nobody first; None where it tells none."""
    text = context.reading.text
    start = _BULLET.match(text, line.start, line.end)
    match = _ENTRY.match(text, start.end() if start else line.start, line.end)
    if match is None or match["verb"].lower() not in load_instrument_words().heads["signed"]:
        return None
    return match["who"] or ""


def _sheet(
    context: Context, heading: Sighting, line: Sentence, lines: list[Sentence], who: str
) -> Sheet:
    reading = context.reading
    text = reading.text
    sheet = Sheet(heading=heading, entry=line, lines=lines)
    names = [m for m in reading.names_in(line.start, line.end) if m.kind == "state"]
    by = _BY.search(text, line.start, line.end)
    head_end = text.find(":", line.start, line.end) if who else line.start
    for name in names:
        if name.end <= head_end or (by is not None and name.start >= by.end()):
            sheet.parties.append(country_name(context, name))
    for person in reading.persons_in(by.end() if by else line.end, line.end):
        if not person.private:
            sheet.persons.append((person.start, person.end, None))
    dates = [d for d in reading.dates_in(line.start, line.end) if d.value]
    sheet.date = [(d.start, d.end, d.value) for d in dates[:1]]
    for match in _IN.finditer(text, line.start, line.end):
        places = [p for p in reading.places_in(match.end(), line.end) if p.start == match.end()]
        if places:
            sheet.place = [(places[0].start, places[0].end, places[0].country)]
            break
    return sheet
