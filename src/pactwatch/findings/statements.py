"""Statements: the words of a speaker, quoted or told.

Comes in: a document's context. Goes out: findings of kind statement, and refused candidates with
the reason. A cue with its content makes a statement; a quotation without a cue joins the
statement before it, or is one of its own after an indirect one (CODEBOOK, hard case 13). Turns of
transcripts are noted in the context and are no statements.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pactwatch.findings.context import Context, Filling
from pactwatch.findings.frames import lemma_of
from pactwatch.findings.paraphrased import cut_content
from pactwatch.findings.quoted import alone, bare, beside, whole
from pactwatch.findings.saying import Cue, Saying, find_cues, load_saying
from pactwatch.findings.speakers import Before, speakers_between, speakers_of
from pactwatch.findings.turns import find_turns, find_voice
from pactwatch.language import Reading
from pactwatch.language.persons import load_titles
from pactwatch.language.quotations import Quotation
from pactwatch.language.span_index import SpanIndex
from pactwatch.model import Finding, Rejected

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["find_statements"]

_NEAR = (
    2  # blocks: a statement that ends further back speaks no longer for "he" or a bare quotation
)
_FEWEST = 2  # words of content that make a statement
_DATELINE = re.compile(
    r"[A-Z][A-Z .'’-]{2,40}(?:,\s[\w .]{2,30})?(?:\s\([^)]{2,30}\))?\s*(?:—|–|--|\s-)\s+"
)
_BROKEN_OFF = 16  # words between a cue and the quotation that goes on after it
_SCARE = 4  # words: a shorter quotation on its own is a title or a slogan


@dataclass(slots=True, kw_only=True, eq=False)
class _Draft:
    """A statement in the making; `pieces` are spans of the document."""

    speakers: list[Filling]
    cue: tuple[int, int] | None
    pieces: list[tuple[int, int]]
    form: str
    addressee: list[Filling] = field(default_factory=list)
    quotation: Quotation | None = None

    @property
    def end(self) -> int:
        return max([self.pieces[-1][1], *([self.cue[1]] if self.cue else [])])


def find_statements(context: Context) -> Iterator[Finding | Rejected]:
    """Yield the statements of a document in order of their cues."""
    words = load_saying()
    context.turns = find_turns(context, words)
    drafts: list[_Draft] = []
    taken: dict[int, _Draft] = {}  # start of a quotation → the statement it belongs to
    for sentence, doc in context.reading.parsed():
        for cue in find_cues(sentence, doc, words):
            if cue.refused is not None and not (cue.refused == "no speaker" and _tells(cue, words)):
                if cue.refused != "no speaker":
                    yield context.reject("statement", cue.lemma, cue.refused, *cue.span)
                continue
            if sentence.kind == "headline" and not _introduces(context, cue):
                yield context.reject("statement", cue.lemma, "headline", *cue.span)
                continue
            draft = _draft(context, cue, words, drafts, taken)
            if isinstance(draft, _Draft):
                drafts.append(draft)
                if draft.quotation is not None:
                    taken[draft.quotation.opened.start] = draft
            elif draft is not None:
                yield context.reject("statement", cue.lemma, draft, *cue.span)
    yield from _join_quotations(context, drafts, taken)
    if not context.turns:
        context.turns = find_voice(context, [f for draft in drafts for f in draft.speakers])
    told = [(d, piece) for d in drafts if d.speakers for piece in d.pieces]
    places = SpanIndex(piece for _, piece in told)
    for draft in drafts:
        start, end = draft.cue or draft.pieces[0]
        around = [told[place] for place in places.around(start, end - 1)]
        outer = [(last - first, d.speakers[0]) for d, (first, last) in around if d is not draft]
        yield _finding(context, draft, outer)


def _tells(cue: Cue, words: Saying) -> bool:
    """Whether a verb without a subject that the parser saw may still close a quotation ("…,” Mr
    Bell, MP, said")."""
    return (
        cue.subject is None
        and cue.lemma in words.always
        and cue.token.tag_ in ("VBD", "VBZ", "VBP", "VBN")
    )


def _introduces(context: Context, cue: Cue) -> bool:
    """Whether a short line such as "Mr Bell said:" stands before its quotation."""
    line = context.reading.text[cue.sentence.start : cue.sentence.end]
    return line.rstrip().endswith((":", ",")) and beside(context.reading, cue) is not None


def _draft(
    context: Context, cue: Cue, words: Saying, drafts: list[_Draft], taken: dict[int, _Draft]
) -> _Draft | str | None:
    """The statement that a cue makes, the reason why it makes none, or None where it reports
    nothing."""
    reading = context.reading
    inside = whole(reading, *cue.span)
    before = _before(context, cue, drafts)
    quoted = beside(reading, cue) if inside is None else None
    if quoted is not None and (cue.phrase or cue.lemma not in words.thanks):
        quotation, side = quoted
        if quotation.opened.start in taken:
            return None  # a second cue of one quotation: "X said: “… ,” he added"
        speakers = _closing_speakers(context, cue, quotation, side, words, before)
        pieces = [bare(reading.text, p.start, p.end) for p in quotation.pieces]
        addressee = _whom(context, cue, _told(cue))
        return _Draft(
            speakers=speakers, cue=cue.span, form="direct",
            pieces=[p for p in pieces if p[0] < p[1]],
            addressee=addressee, quotation=quotation,
        )  # fmt: skip
    if cue.subject is None:
        return None
    first, last = _limits(cue, inside)
    said = cut_content(cue, words, first=first, last=last)
    if said is None:
        return None
    pieces = []
    for start, end in said.pieces:
        if start > end or end >= len(cue.sentence.spans):  # "they are saying that", and no more
            continue
        first_word, last_word = cue.sentence.span(start, end)
        if first_word == cue.sentence.start and (
            place := _DATELINE.match(reading.text, first_word)
        ):
            first_word = min(place.end(), last_word)
        span = bare(reading.text, first_word, last_word)
        if inside is None:
            span = _to_closing_mark(context, *span)
        if span[0] < span[1]:
            pieces.append(span)
    if sum(len(reading.text[s:e].split()) for s, e in pieces) < _FEWEST:
        return "no content"
    if cue.lemma in words.objects and cue.lemma not in words.always and _is_text(context, cue):
        return "words of an instrument"  # "the treaty reaffirms …": told with the agreement
    if cue.lemma in words.objects and cue.lemma not in words.always and _is_thing(context, cue):
        return "no speaker"  # "instability characterises the region"
    speakers = speakers_of(context, cue, words, before)
    if not speakers:
        return "no speaker"
    inner = (
        [
            q
            for q in reading.quotations_from(min(pieces)[0], max(end for _, end in pieces))
            if any(s <= q.opened.start < e for s, e in pieces)
        ]
        if inside is None
        else []
    )
    form = "mixed" if inner else "indirect"
    only: Quotation | None = None
    if len(inner) == 1 and len(pieces) == 1 and _is_all(reading.text, pieces[0], inner[0]):
        form, only = "direct", inner[0]
        pieces = [bare(reading.text, p.start, p.end) for p in only.pieces]
    draft = _Draft(
        speakers=speakers, cue=cue.span, pieces=pieces, form=form,
        addressee=[f for f in _whom(context, cue, said.addressee) if f not in speakers],
        quotation=only,
    )  # fmt: skip
    for part in inner:
        taken.setdefault(part.opened.start, draft)
    return draft


def _closing_speakers(
    context: Context,
    cue: Cue,
    quotation: Quotation,
    side: str,
    words: Saying,
    before: Before,
) -> list[Filling]:
    """Who says a quotation; a subject that the parser sees inside the quotation is none."""
    end = quotation.pieces[-1].end
    subject = cue.subject
    if side == "before" and (subject is None or cue.sentence.spans[subject.i][0] < end):
        return speakers_between(context, cue, end, words)
    return speakers_of(context, cue, words, before)


def _is_text(context: Context, cue: Cue) -> bool:
    """Whether what speaks is an agreement itself."""
    return cue.subject is not None and lemma_of(cue.subject) in context.codebook.nouns["instrument"]


def _is_thing(context: Context, cue: Cue) -> bool:
    """Whether what is said to describe or express something is no person, body or document."""
    subject = cue.subject
    if subject is None or subject.tag_ != "NN":
        return False
    if lemma_of(subject) in load_saying().documents | load_titles().heads:
        return False
    return all(p.kind == "thing" for p in context.phrases.parties(cue.sentence, subject))


def _is_all(text: str, span: tuple[int, int], quotation: Quotation) -> bool:
    """Whether a quotation is all of a span but for marks."""
    first, last = quotation.pieces[0], quotation.pieces[-1]
    marks = " ,.;:!?“”\"'’‘»«"
    return not text[span[0] : max(span[0], first.start)].strip(marks) and not text[
        min(last.end, span[1]) : span[1]
    ].strip(marks)


def _told(cue: Cue) -> Token | None:
    if cue.phrase or cue.token.lemma_.lower() not in ("tell", "inform", "assure", "remind", "warn"):
        return None
    return next(
        (c for c in cue.token.rights if c.dep_ in ("dobj", "dative") and c.pos_ != "ADP"), None
    )


def _whom(context: Context, cue: Cue, head: Token | None) -> list[Filling]:
    """Who is addressed, as the document names them; pronouns of the speaker are nobody."""
    if head is None or head.lower_ in ("me", "us", "you", "themselves", "himself", "herself", "it"):
        return []
    persons = context.reading.persons_in(*cue.sentence.span(head.left_edge.i, head.i))
    if persons:
        return [(persons[-1].start, persons[-1].end, None)]
    return [p.filler for p in context.phrases.parties(cue.sentence, head)][:1]


def _limits(cue: Cue, inside: Quotation | None) -> tuple[int, int]:
    """First and last token that may hold the content: the sentence, or the quotation around a
    cue."""
    doc, spans = cue.token.doc, cue.sentence.spans
    first, last = 0, len(doc) - 1
    if inside is not None:
        at = spans[cue.token.i][0]
        for piece in inside.pieces:
            if piece.start <= at < piece.end:
                while spans[first][0] < piece.start:
                    first += 1
                while spans[last][1] > piece.end:
                    last -= 1
    return first, last


def _to_closing_mark(context: Context, start: int, end: int) -> tuple[int, int]:
    """Widen a span that ends inside a quotation begun in it to the closing mark, however many
    sentences follow."""
    text = context.reading.text
    for quotation in context.reading.quotations_from(start):
        last = quotation.pieces[-1]
        if quotation.opened.start >= end:
            break
        if end <= last.end + 1 and len(quotation.pieces) == 1:
            end = last.end
            while end < len(text) and text[end] in "”\"’'»" and end - last.end < 2:
                end += 1
    return start, end


def _before(context: Context, cue: Cue, drafts: list[_Draft]) -> Before:
    """The statement that ends close before a cue."""
    reading = context.reading
    for draft in reversed(drafts):
        if draft.cue is None or draft.cue[0] >= cue.span[0] or not draft.speakers:
            continue
        host = reading.sentence_at(draft.end - 1) or reading.sentence_at(draft.end - 2)
        if host is None or cue.sentence.block - host.block > _NEAR:
            break
        return Before(speakers=tuple(draft.speakers), end=draft.end)
    return Before()


def _join_quotations(
    context: Context, drafts: list[_Draft], taken: dict[int, _Draft]
) -> Iterator[Rejected]:
    """Give quotations without a cue to the statement that they go on from, or make them
    statements."""
    reading = context.reading
    waiting: list[Quotation] = []
    for quotation in reading.quotations:
        start, end = quotation.opened.start, quotation.pieces[-1].end
        if start in taken:
            draft = taken[start]
            if waiting and draft.form == "direct" and draft.quotation is quotation:
                pieces = [bare(reading.text, p.start, p.end) for q in waiting for p in q.pieces]
                draft.pieces[:0] = pieces
                waiting = []
            continue
        last = _last_before(drafts, start)
        if last is not None and _resumes(reading, quotation, last):
            last.pieces += [bare(reading.text, p.start, p.end) for p in quotation.pieces]
            taken[start] = last
            continue
        words = sum(len(reading.text[p.start : p.end].split()) for p in quotation.pieces)
        least = _FEWEST if _goes_on(reading, quotation) else _SCARE
        if not alone(reading, quotation) or words < least or _headline(context, quotation):
            yield context.reject("statement", "quotation", "words in quotation marks", start, end)
            continue
        if last is not None and _close(context, last.end, start):
            pieces = [bare(reading.text, p.start, p.end) for p in quotation.pieces]
            if last.form == "direct":
                last.pieces += pieces
            else:
                drafts.append(
                    _Draft(
                        speakers=last.speakers,
                        cue=None,
                        pieces=pieces,
                        form="direct",
                        quotation=quotation,
                    )
                )
            taken[start] = last if last.form == "direct" else drafts[-1]
            continue
        waiting = (
            [*waiting, quotation]
            if not waiting or _close(context, waiting[-1].pieces[-1].end, start)
            else [quotation]
        )
        yield context.reject("statement", "quotation", "no speaker", start, end)


def _resumes(reading: Reading, quotation: Quotation, draft: _Draft) -> bool:
    """Whether a quotation goes on in the sentence in which a cue broke it off ("“We stay,” she
    said on Monday, “and we fight.”")."""
    if draft.form != "direct" or draft.cue is None or draft.quotation is None:
        return False
    if draft.quotation.pieces[-1].end > draft.cue[0]:
        return False
    between = reading.text[draft.cue[1] : quotation.opened.start].rstrip()
    told = between.rstrip(",:")
    return (
        between.endswith((",", ":"))
        and len(between.split()) <= _BROKEN_OFF
        and not re.search(r"[.!?](?:\s|$)|\n\n|[“”\"]", re.sub(r"\b[A-Z]\w{0,3}\.", "", told))
    )


def _goes_on(reading: Reading, quotation: Quotation) -> bool:
    """Whether a quotation begins the sentence after another in one block ("…,” she said. “We
    won.”)."""
    here = reading.sentence_at(quotation.opened.start)
    if here is None or not here.index:
        return False
    before = reading.sentences[here.index - 1]
    closed = reading.last_quotation_ended(here.start)
    return (
        before.block == here.block and closed is not None and closed.pieces[-1].end > before.start
    )


def _last_before(drafts: list[_Draft], offset: int) -> _Draft | None:
    """The statement that ends last before an offset."""
    before = [d for d in drafts if d.end <= offset]
    return max(before, key=lambda d: d.end) if before else None


def _close(context: Context, end: int, start: int) -> bool:
    """Whether two places stand in the same or neighbouring blocks."""
    one, other = context.reading.sentence_at(end - 1), context.reading.sentence_at(start)
    if one is None:
        one = context.reading.sentence_at(end - 2)
    return one is not None and other is not None and other.block - one.block <= 1


def _headline(context: Context, quotation: Quotation) -> bool:
    host = context.reading.sentence_at(quotation.opened.start)
    return host is not None and host.kind == "headline"


def _finding(context: Context, draft: _Draft, outer: list[tuple[int, Filling]]) -> Finding:
    roles: dict[str, list[Filling]] = {
        "speaker": draft.speakers,
        "cue": [(*draft.cue, None)] if draft.cue else [],
        "content": [(start, end, None) for start, end in draft.pieces],
        "addressee": draft.addressee,
    }
    return Finding.cut(
        context.document,
        "statement",
        form=draft.form,
        roles=roles,
        evidence=_evidence(context, draft),
        attributed_to=_reporter(context, draft, outer),
        trigger="statement.quotation" if draft.cue is None else "statement.cue",
    )


def _reporter(context: Context, draft: _Draft, outer: list[tuple[int, Filling]]) -> Filling | None:
    """Who reports the statement: the speaker of the statement or of the turn around it.

    Args:
        outer: Length and speaker of each other statement in whose words it is made.
    """
    at = draft.cue or draft.pieces[0]
    reporter = min(outer, key=lambda found: found[0])[1] if outer else context.speaker_of(*at)
    own = reporter is not None and [f[:2] for f in draft.speakers] == [reporter[:2]]
    return None if own else reporter  # "Peru said … and has accused …": its own words


def _evidence(context: Context, draft: _Draft) -> list[tuple[int, int]]:
    """The sentences that hold cue and content, joined where they stand side by side in one
    block."""
    reading = context.reading
    spans = [*([draft.cue] if draft.cue else []), *draft.pieces]
    hosts = sorted({s.index for start, end in spans for s in reading.sentences_over(start, end)})
    found: list[tuple[int, int]] = []
    last_index = last_block = -2
    for index in hosts:
        sentence = reading.sentences[index]
        if index == last_index + 1 and sentence.block == last_block:
            found[-1] = found[-1][0], sentence.end
        else:
            found.append((sentence.start, sentence.end))
        last_index, last_block = index, sentence.block
    return found
