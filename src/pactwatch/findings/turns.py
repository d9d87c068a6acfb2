"""Whose words a stretch of a text is: the turns of a transcript, a release in the first person.

Comes in: the context of one document. Goes out: stretches with who speaks in them. Lines that tell
whom to call, side heads and questions have no speaker. It finds no statements.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from pactwatch.findings.context import Context, Filling
from pactwatch.findings.saying import Saying
from pactwatch.language import Person
from pactwatch.language.persons import load_titles

__all__ = ["find_turns", "find_voice"]

_FIRST_PERSON = re.compile(r"\bI(?: |['’](?:m|ve|d|ll)\b)(?!,)|\b[Mm]y \w")
_FEWEST_OWN = (
    2  # words of the first person outside quotations; one may be a slip of a quotation mark
)
_HEAD_BLOCKS = 8  # blocks in which the name of a release's author stands
_CONTACT = re.compile(r"\s*(?:[+(]?\d[\d ()./-]{4,}|\S+@\S+|https?:|www\.)")
"""What follows a label that names an office to be called, and no speaker."""
_LABEL = re.compile(
    r"(?:(?:The )?Hon\.? |Mr\.? |Mrs\.? |Ms\.? |Dr\.? |Sen(?:ator|\.) )?(?P<name>[^:]+):\s*\Z"
)


def find_turns(context: Context, words: Saying) -> list[tuple[int, int, Filling]]:
    """Find the turns of a transcript, with who speaks each; turns of those who only ask have no
    speaker and are left out."""
    reading = context.reading
    labels = list(_labels(context, words))
    names = Counter(name.casefold().strip() for _, name, _ in labels)
    if len(names) < 2 and len(labels) < 3:
        return []
    if not (names.keys() & words.askers or any(count > 1 for count in names.values())):
        return []  # "Background: …", "Contact: …": lines of a report, and nobody takes turns
    turns: list[tuple[int, int, Filling]] = []
    for index, (start, name, where) in enumerate(labels):
        end = labels[index + 1][2][0] if index + 1 < len(labels) else len(reading.text)
        if name.casefold().strip() in words.askers or name.split()[0].casefold() in words.askers:
            continue
        persons = reading.persons_in(*where)
        if not persons:
            surname = name.split()[-1].casefold()
            persons = [p for p in reading.persons if p.surname == surname]
        if not persons and not _may_speak(name):
            continue
        who: Filling = (persons[0].start, persons[0].end, None) if persons else (*where, None)
        turns.append((start, end, who))
    return turns


def _may_speak(label: str) -> bool:
    """Whether a label that names no known person is one all the same: a name in capitals, an
    office ("MINISTER", "Spokesperson")."""
    return label.isupper() or label.split()[-1].casefold().strip(".") in load_titles().heads


def _labels(context: Context, words: Saying) -> Iterator[tuple[int, str, tuple[int, int]]]:
    """Labels of turns as ``(where the turn's words start, name, span of the name)``."""
    reading = context.reading
    for sentence in reading.sentences:
        if (
            sentence.start != reading.blocks[sentence.block].start
            or sentence.end - sentence.start > 60
        ):
            continue
        match = _LABEL.match(reading.text[sentence.start : sentence.end])
        if match is None or match["name"].casefold().strip() in words.not_labels:
            continue
        if not match["name"][0].isupper() or _CONTACT.match(reading.text, sentence.end):
            continue
        start, end = match.span("name")
        yield sentence.end, match["name"], (sentence.start + start, sentence.start + end)


def _is_told_of(context: Context, person: Person, start: int, end: int) -> bool:
    """Whether a headline tells something of a person ("Bell signs the pact"), who is no author."""
    for first, _ in person.mentions:
        host = context.reading.sentence_at(first) if start <= first < end else None
        if host is not None and any(t.tag_ in ("VBZ", "VBD", "VBP", "MD") for t in host.doc or ()):
            return True
    return False


def find_voice(context: Context, spoken: Sequence[Filling]) -> list[tuple[int, int, Filling]]:
    """Find who speaks in a text in the first person: the name in its head lines, as one turn.

    Args:
        spoken: Speakers of the statements found; who is quoted as another does not write as "I".
    """
    reading = context.reading
    own_words = [
        m
        for m in _FIRST_PERSON.finditer(reading.text)
        if reading.quotation_around(*m.span()) is None and reading.sentence_at(m.start())
    ]
    if len(own_words) < _FEWEST_OWN:
        return []
    for block in reading.blocks[:_HEAD_BLOCKS]:
        if block.kind != "headline":
            continue
        for person in reading.persons_in(block.start, block.end):
            if _is_told_of(context, person, block.start, block.end):
                continue
            who = (person.start, person.end, None)
            return [] if who in spoken else [(block.end, len(reading.text), who)]
    return []
