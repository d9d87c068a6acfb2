"""Blocks and sentences of a text: where its paragraphs, headings, dates and list items stand.

Comes in: a document's text and the spans in it that are no article (navigation, comments). Goes
out: blocks in reading order, each with its sentences, all as offsets into the unchanged text. It
copes with the shapes that texts are exported in: a paragraph a line, paragraphs between blank
lines, hard-wrapped lines, pages whose breaks cut sentences in two, paragraphs run together with
wide gaps. It never changes the text, and knows no meaning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from pactwatch.model import Span

__all__ = ["Block", "BlockKind", "find_label", "split_blocks"]

BlockKind = Literal["headline", "paragraph", "date", "list"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph, heading, date line or list item of a text, without surrounding whitespace.

    Attributes:
        kind: "headline" is a short line without final stop, also a lone label ("QUESTION:").
        sentences: In order, disjoint; together they cover all but whitespace. A label that opens a
            paragraph is a sentence of its own. A sentence that a page break cuts in two runs
            across it.
    """

    start: int
    end: int
    kind: BlockKind
    sentences: tuple[Span, ...]


_LINE_BREAK = re.compile(r"\r\n|[\n\r\v\f\u2028\u2029]")
_GAP = re.compile(r"\S(?=([^\S\n]{4,})\S)")  # columns, and paragraphs run together on one line
_LONG = 60  # characters from which a line is too long for most headings and may be wrapped prose
_WRAPPED = 45  # characters from which a line may be filled to the margin
_WIDEST = 130  # characters: no hard-wrapped line is wider, so a wider line is a whole paragraph
_HEADLINE = 150  # characters at most

_INNER_STOP = re.compile(r"[a-z]{2}[.?!][\"'”’]?\s+[\"'“‘]?[A-Z]")
_CLOSERS = "\"'”’»›)]}"
_TERMINAL = re.compile(rf"[.?!:;…][{re.escape(_CLOSERS)}\s]*\Z|[\"”»]\Z")
_DANGLING = re.compile(
    r"(?:[,(–—-]|\b(?:a|an|the|of|to|in|on|at|by|for|from|with|and|or|as|that|which|who|is|are|was|were|has|have"
    r"|had|be|been|will|would|its|their|his|her|our|this|between|into|under|over|Mr|Mrs|Ms|Dr))\Z"
)
_FUNCTION_WORD = re.compile(
    r"(?:The|A|An|In|On|At|By|For|From|With|But|And|Or|So|He|She|It|They|We|You|I|This|That|These|Those|There"
    r"|If|As|When|While|What|Who|How|Why|Where|Since|After|Before|Although|Though|Because|However|His|Her|Its"
    r"|Their|Our|My|Under|To|No|Not|Both|Some|Many|Most|All|Each|Such|Then|Now|Yet|Asked|According|Earlier"
    r"|Meanwhile|Last|Is|Are|Was|Were|Will|Would|Has|Have|Had|Do|Does|Did|Can|Could)(?=[\s,’']|\Z)"
)
_BULLET = re.compile(r"(?:[•·▪●◦‣∙*–—-]\s|\d{1,2}[.)]\s|\([a-z0-9]{1,3}\)\s)")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S{1,64}@\S{1,190}\.\w+")
_LABEL = re.compile(
    r"(?:[A-Z][\w.'’-]{1,30}(?:[ \xa0]{1,3}[A-Z][\w.'’-]{0,30}){0,4}|[A-Z]{2}):(?=\s|\Z)"
)
_LOWER_LABEL = re.compile(r"[a-z]{2,8}:\s")
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE = re.compile(
    r"(?:(?:published|posted|updated|last updated?|last modified|date)(?: on)?\s*:?\s*)?"
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
    rf"(?:(?:{_DAY}\s+)?{_MONTH},?\s+\d{{4}}|{_MONTH}\s+{_DAY},?\s+\d{{4}}"
    r"|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|\d{4}-\d{2}-\d{2})"
    r"(?:[\s,–-]+(?:at\s+)?\d{1,2}[:.]\d{2}\s*(?:[ap]\.?m\.?)?(?:\s+[A-Z]{2,5})?)?",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Draft:
    """A block in the making."""

    start: int
    end: int
    last: int  # start of the last line joined to it


def split_blocks(text: str, furniture: Sequence[Span] = ()) -> list[Block]:
    """Split a text into blocks, in reading order, leaving out what lies in ``furniture``."""
    lines = list(_segments(text, furniture))
    wrapped = _is_wrapped(text, lines)
    drafts: list[_Draft] = []
    prose = False  # whether a whole sentence was seen; before it stands the document's head
    for start, end, gap in lines:
        if drafts and gap != "cut" and _joins(text, drafts[-1], start, end, gap, wrapped, prose):
            drafts[-1].end, drafts[-1].last = end, start
        else:
            drafts.append(_Draft(start, end, start))
        prose = prose or _is_prose(text, drafts[-1])
    blocks: list[Block] = []
    prose = False
    for draft in drafts:
        kind = _kind(text, draft.start, draft.end, prose)
        prose = prose or _is_prose(text, draft)
        sentences = tuple(_sentences(text, draft.start, draft.end))
        blocks.append(Block(start=draft.start, end=draft.end, kind=kind, sentences=sentences))
    return blocks


def find_label(text: str, start: int, end: int) -> Span | None:
    """Find the label that opens ``start:end``, with its colon ("MARY BELL:", "Contact:")."""
    match = _LABEL.match(text, start, end)
    return Span(start=start, end=match.end()) if match else None


def _segments(text: str, furniture: Sequence[Span]) -> Iterator[tuple[int, int, str]]:
    """Yield lines as ``(start, end, what stands before: "line", "blank", "gap" or "cut")``."""
    before, position = "blank", 0
    for start, end, cut in _outside(len(text), furniture):
        before = "cut" if cut else before
        position = start
        while position <= end:
            line_break = _LINE_BREAK.search(text, position, end)
            stop = line_break.start() if line_break else end
            for piece_start, piece_end in _pieces(text, position, stop):
                yield piece_start, piece_end, before
                before = "gap"
            if line_break is None:
                break
            if before == "gap":
                before = "line"
            elif before == "line":
                before = "blank"
            position = line_break.end()


def _outside(length: int, furniture: Sequence[Span]) -> Iterator[tuple[int, int, bool]]:
    position, cut = 0, False
    for span in sorted(furniture):
        if position < min(span.start, length):
            yield position, min(span.start, length), cut
        if span.end > position:
            position, cut = span.end, True
    if position < length:
        yield position, length, cut


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the parts of one line between wide gaps; a label or bullet keeps what follows it."""
    start, end = _trim(text, start, end)
    for match in _GAP.finditer(text, start, end):
        stop = match.end()
        if stop - start <= 130 and (
            _LABEL.fullmatch(text, start, stop) or _BULLET.fullmatch(text, start, stop + 1)
        ):
            continue
        yield start, stop
        start = match.end(1)
    if start < end:
        yield start, end


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _is_wrapped(text: str, lines: Sequence[tuple[int, int, str]]) -> bool:
    """Tell whether line breaks stand inside paragraphs: most long lines then end without a stop."""
    lengths = [
        end - start if _terminal(text, start, end) or end - start > _WIDEST else -1
        for (start, end, _), (_, _, gap) in pairwise(lines)
        if gap == "line" and end - start >= _WRAPPED
    ]
    return len(lengths) > 2 * sum(length > 0 for length in lengths)


def _terminal(text: str, start: int, end: int) -> bool:
    return _TERMINAL.search(text, max(start, end - 12), end) is not None


def _is_prose(text: str, draft: _Draft) -> bool:
    if draft.end - draft.start < _LONG:
        return False
    head = min(draft.end, draft.start + 400)
    return (
        text[draft.end - 1] in '.?!"”’' or _INNER_STOP.search(text, draft.start, head) is not None
    )


def _joins(
    text: str, draft: _Draft, start: int, end: int, gap: str, wrapped: bool, prose: bool
) -> bool:
    """Decide whether the line ``start:end`` goes on with the block before it."""
    length = draft.end - draft.last
    if (
        any(pattern.match(text, start, end) for pattern in (_BULLET, _ADDRESS, _LABEL))
        or _DATE.fullmatch(text, start, min(end, start + 80))
        or _DATE.fullmatch(text, draft.start, min(draft.end, draft.start + 80))
        or (draft.end - draft.start <= 160 and _LABEL.fullmatch(text, draft.start, draft.end))
        or _ADDRESS.fullmatch(text, draft.last, draft.end)
    ):
        return False
    soft = gap == "line" and wrapped and _WRAPPED <= length <= _WIDEST >= end - start
    first = text[start]
    if _terminal(text, draft.start, draft.end):
        return soft or (first.islower() and _abbreviated(text, draft.start, draft.end))
    if first.islower():
        return not _LOWER_LABEL.match(text, start, end)
    if soft or _DANGLING.search(text, max(draft.start, draft.end - 12), draft.end):
        return True
    return (
        prose
        and length >= _LONG
        and (first.isalpha() or first.isdigit())
        and not _FUNCTION_WORD.match(text, start, end)
        and not _is_title(text, draft.start, draft.end)
        and not _is_title(text, start, end)
    )


def _kind(text: str, start: int, end: int, prose: bool) -> BlockKind:
    if _BULLET.match(text, start, end):
        return "list"
    if end - start <= _HEADLINE:
        if _DATE.fullmatch(text, start, end):
            return "date"
        if _LABEL.fullmatch(text, start, end) or _is_title(text, start, end):
            return "headline"
        limit = 80 if prose else _HEADLINE
        if (
            end - start <= limit
            and not re.search(r"[.?!:;,…][\"'”’)\]]*\Z", text[start:end])
            and not _INNER_STOP.search(text, start, end)
        ):
            return "headline"
    return "paragraph"


def _is_title(text: str, start: int, end: int) -> bool:
    """Tell whether a short line without full stop is in capitals or Title Case."""
    if end - start > _HEADLINE or text[end - 1] in ".;:,":
        return False
    words = re.findall(r"[^\W\d_][\w'’-]*", text[start:end])
    long = [word for word in words if len(word) > 3] or words
    return bool(long) and 5 * sum(word[0].isupper() for word in long) >= 4 * len(long)


_STOP = re.compile(
    rf"[.?!…]+(?:[ \xa0]\.)*[{re.escape(_CLOSERS)}]*(?:[ \xa0][”»])?"  # matches whole: linear time
)
_NEXT = re.compile(r"[^\s\"'“‘«‹(\[„]")
_WORD_BREAK = re.compile(r"[\s(\[\"“‘«/–—]")
_TITLES = frozenset(
    re.findall(
        r"\S+",
        "mr mrs ms dr prof gen sen rep reps sens gov govs lt col sgt capt cmdr adm maj brig cpl pvt"
        " hon rev fr mt ft vs e.g i.e cf pres supt insp det amb",
    )
)
_NUMBERED = frozenset(
    re.findall(
        r"\S+",
        "no nos art arts sec secs fig pp vol ch para"
        " jan feb mar apr jun jul aug sep sept oct nov dec",
    )
)
_ABBREVIATIONS = frozenset(
    re.findall(
        r"\S+",
        "st ave blvd inc corp ltd co cos bros jr sr etc al dept est assn univ approx ca"
        " mon tue tues wed thu thurs fri"
        " ariz calif colo conn fla ill mass mich minn tenn tex va wash",
    )
)


def _sentences(text: str, start: int, end: int) -> Iterator[Span]:
    label = find_label(text, start, end)
    if label is not None:
        yield label
        start, end = _trim(text, label.end, end)
    for first, last in _items(text, start, end):
        start = first
        for match in _STOP.finditer(text, first, last):
            if _ends_sentence(text, start, match.start(), match.end(), last):
                yield Span(start=start, end=match.end())
                start, _ = _trim(text, match.end(), last)
        if start < last:
            yield Span(start=start, end=last)


BULLET = re.compile(r"(?:\S{0,6}[•·▪●◦‣]|Ã¢\S{0,3}¢|Ã¢Â[\x96\x97]Â.(?:Ã¯Â¿Â»)*)(?!\S)")
"""A bullet, also one that an export wrote in a wrong encoding, wherever it stands in a block."""
_DATELINE = re.compile(
    r"[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){0,3}(?:, [A-Z][\w.]+(?: [A-Z]\w+)?)?"
    r"(?:,? (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d{1,2}(?:, \d{4})?)?"
    r"\s?(?:\([^()\n]{2,40}\)\s?(?:--|[-–—])|(?:--|[–—]))\s+(?=[A-Z\"“‘'])"
)
"""Place, day and agency before the first sentence of a report: no words of what it says."""
_ITEM = re.compile(rf"(?<=;)\s*\n\s*(?:and\s|or\s)?|\s{BULLET.pattern}")


def _items(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Parts of a block at the bullets of a list, and at lines with a semicolon at the end.

    A bullet that an export wrote in a wrong encoding keeps its dot ("Ã¯Â·").
    """
    opening = BULLET.match(text, start, end) or _DATELINE.match(text, start, end)
    if opening:
        start = opening.end()
    for match in [*_ITEM.finditer(text, start, end), None]:
        first, last = _trim(text, start, match.start() if match else end)
        if first < last:
            yield first, last
        if match:
            start = match.end()


def _ends_sentence(text: str, start: int, stop: int, after: int, end: int) -> bool:
    """Decide whether the stop and closing marks ``stop:after`` end the sentence from ``start``."""
    if after < end and not text[after].isspace():
        return False
    following = _NEXT.search(text, after, end)
    if following is None or following.group().islower():
        return False
    mark = text[stop:after].rstrip(_CLOSERS + " \xa0")
    if mark != "." or any(closer in text[stop:after] for closer in "\"'”’»›"):
        return True
    word = _word_before(text, start, stop)
    if word in _TITLES:
        return False
    if word in _NUMBERED:
        return not following.group().isdigit()
    if stop - len(word) <= start and (word.isdigit() or len(word) == 1):
        return False  # the number of a list item
    if _is_abbreviation(text, word, stop):
        return _FUNCTION_WORD.match(text, following.start(), end) is not None
    return True


def _word_before(text: str, start: int, stop: int) -> str:
    return _WORD_BREAK.split(text[max(start, stop - 40) : stop])[-1].lower()


def _is_abbreviation(text: str, word: str, stop: int) -> bool:
    initial = len(word) == 1 and word.isalpha() and text[stop - 1].isupper() and word != "i"
    dotted = re.fullmatch(r"(?:\w{1,2}\.)+\w{1,2}", word) is not None and not word[0].isdigit()
    return initial or dotted or word in _ABBREVIATIONS


def _abbreviated(text: str, start: int, end: int) -> bool:
    if text[end - 1] != ".":
        return False
    word = _word_before(text, start, end - 1)
    return word in _TITLES or word in _NUMBERED or _is_abbreviation(text, word, end - 1)
