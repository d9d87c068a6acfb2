"""Measures: what governments and organisations do, undertake, threaten or stop.

Comes in: the context of one document. Goes out: findings of kind measure, one for each distinct measure, and the
candidates refused. Each verb or deverbal noun is held against the codebook's predicates; the frame gives the roles,
`stages` the stage; `same` puts mentions of one measure together.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pactwatch.codebook import Predicate
from pactwatch.findings.context import Context, Filling, Instrument
from pactwatch.findings.frames import Frame, frames_of, lemma_of
from pactwatch.findings.phrases import Party
from pactwatch.findings.same import Draft, merged
from pactwatch.findings.stages import Realis, realis_of
from pactwatch.model import Finding, Rejected, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["find_measures"]

_PLACE_PREPS = frozenset(
    {
        "in",
        "at",
        "on",
        "along",
        "across",
        "throughout",
        "near",
        "inside",
        "within",
        "to",
        "into",
        "from",
        "off",
        "onto",
        "around",
    }
)
_PLACE_NOUNS = frozenset(
    {
        "border",
        "region",
        "area",
        "zone",
        "island",
        "coast",
        "airport",
        "port",
        "city",
        "town",
        "village",
        "centre",
        "center",
        "province",
        "district",
        "department",
        "country",
        "checkpoint",
        "camp",
        "sea",
        "capital",
        "neighbourhood",
        "crossing",
        "waters",
        "offices",
        "office",
    }
)
_MOVES = frozenset({"deployment", "border", "operation"})
_SUBJECT_THINGS = frozenset(
    {
        "project",
        "programme",
        "program",
        "funding",
        "fund",
        "package",
        "initiative",
        "plan",
        "money",
        "commitment",
        "budget",
        "measure",
        "grant",
        "scheme",
        "operation",
        "deal",
        "mission",
        "assistance",
        "aid",
    }
)
_INCLUDES = frozenset(
    {"include", "cover", "involve", "contain", "provide", "entail", "comprise", "feature"}
)
_AMOUNT_KINDS = frozenset({"money", "count", "share"})


def find_measures(context: Context) -> Iterator[Finding | Rejected]:
    """Yield the measures that a document tells, and the candidates refused with their reason."""
    nouns = frozenset(n for p in context.codebook.predicates for n in p.nouns)
    drafts: list[Draft] = []
    for sentence, doc in context.reading.parsed():
        if sentence.kind in ("headline", "date"):
            continue
        for frame in frames_of(sentence, doc, nouns=nouns):
            for result in _of_frame(context, frame):
                if isinstance(result, Draft):
                    drafts.append(result)
                else:
                    yield result
    for draft in merged(context, drafts):
        for amount in draft.roles.get("amount", ()):
            context.spent.add((amount[0], amount[1]))
        yield draft.cut(context, "measure")


def _of_frame(context: Context, frame: Frame) -> Iterator[Draft | Rejected]:
    best: tuple[int, Predicate, list[Token]] | None = None
    for predicate in context.codebook.predicates:
        if frame.lemma not in (predicate.nouns if frame.nominal else predicate.verbs):
            continue
        strength, heads = _objects_fit(context, frame, predicate)
        if strength and (best is None or strength > best[0]):
            best = strength, predicate, heads
    if best is None:
        return
    _, predicate, heads = best
    span = (frame.sentence.start, frame.sentence.end)
    at = frame.sentence.spans[frame.token.i]
    if frame.token.dep_ in ("advcl", "acl") and _is_purpose(frame.token):
        yield context.reject("measure", predicate.id, "purpose of another measure", *span)
        return
    speaker = context.speaker_of(*at)
    realis = realis_of(frame, context.codebook.stages, reported=speaker is not None)
    if realis.refused or realis.stage is None:
        yield context.reject("measure", predicate.id, realis.refused or "no stage", *span)
        return
    draft = _draft(context, frame, predicate, realis, heads)
    if isinstance(draft, str):
        yield context.reject("measure", predicate.id, draft, *span)
        return
    draft.attributed_to = speaker
    yield draft


def _is_purpose(token: Token) -> bool:
    """A "to …" clause that says what another measure is for is no measure of its own."""
    if not any(c.dep_ == "aux" and c.lower_ == "to" for c in token.children):
        return False
    return token.dep_ == "advcl" or token.head.pos_ in ("NOUN", "PROPN")


def _objects_fit(context: Context, frame: Frame, predicate: Predicate) -> tuple[int, list[Token]]:
    """How well the frame's objects fit a predicate (0: not at all), and the heads that do."""
    if frame.nominal and not frame.objects:
        return (2, []) if "*" in predicate.objects or frame.lemma in predicate.objects else (1, [])
    fitting: list[Token] = []
    strength = 0
    for head in frame.objects:
        fit = _fits(context, frame, head, predicate)
        if fit:
            fitting.append(head)
            strength = max(strength, fit)
    return strength, fitting


def _fits(context: Context, frame: Frame, head: Token, predicate: Predicate) -> int:
    lemma = lemma_of(head)
    if "$" in predicate.objects and _money(context, frame, head):
        return 4
    compounds = [lemma_of(c) for c in head.lefts if c.dep_ in ("compound", "amod")]
    if any(f"{c} {lemma}" in predicate.objects for c in compounds):
        return 3
    if lemma in predicate.objects:
        return 2
    if head.pos_ == "PRON" and predicate.recipient_is_object and lemma in ("they", "them", "those"):
        return 1
    if "*" in predicate.objects and head.pos_ != "PRON":
        parties = context.phrases.parties(frame.sentence, head)
        if not predicate.recipient_is_object or any(p.kind != "thing" for p in parties):
            return 1
    if "*person" in predicate.objects:
        if any(p.kind == "person" for p in context.phrases.parties(frame.sentence, head)):
            return 1
    return 0


def _money(context: Context, frame: Frame, head: Token) -> bool:
    start = frame.sentence.spans[head.left_edge.i][0]
    end = frame.sentence.spans[head.right_edge.i][1]
    at = frame.sentence.spans[head.i]
    return any(
        q.kind == "money" and (q.start <= at[0] < q.end)
        for q in context.reading.quantities_in(start, end)
    )


def _draft(
    context: Context, frame: Frame, predicate: Predicate, realis: Realis, heads: list[Token]
) -> Draft | str:
    """Fill the roles of a measure, or say why it is none."""
    sentence, phrases = frame.sentence, context.phrases
    roles: dict[str, list[Filling]] = {}

    def add(role: str, filling: Filling) -> None:
        values = roles.setdefault(role, [])
        if all(filling[:2] != v[:2] for v in values):
            values.append(filling)

    subjects = [p for token in frame.subjects for p in phrases.parties(sentence, token)]
    askers = [p for token in realis.askers for p in phrases.parties(sentence, token)]
    instrument = _instrument(context, frame)
    actors = [p for p in subjects if p.acts]
    if askers and any(p.acts for p in askers):
        for party in actors:
            add("recipient", party.filler)
        actors = [p for p in askers if p.acts]
    if not actors and subjects and not instrument and not _thing_acts(frame):
        return "no actor that makes measures"
    for party in actors:
        add("actor", party.filler)
    if instrument:
        add("agreement", instrument.name)
        if not actors:
            for filling in instrument.parties:
                add("actor", filling)
    _fill_objects(context, frame, predicate, heads, add)
    people = _fill_prepositions(context, frame, predicate, add)
    if "amount" not in roles:
        _fill_amount_beside(context, frame, add)
    _fill_date(context, frame, add)
    _fill_purpose(context, frame, add)
    if (
        not actors
        and not instrument
        and not ({"recipient", "amount"} & roles.keys())
        and not people
    ):
        return "nobody takes part"
    if not ({"object", "recipient", "amount", "place"} & roles.keys()):
        return "nothing told but the word"
    stage = realis.stage or "done"
    if instrument and stage in ("promised", "under way") and not realis.governor:
        stage = "agreed"
    return Draft(
        type=predicate.type,
        stage=stage,
        trigger=predicate.id,
        roles=roles,
        evidence=[(sentence.start, sentence.end)],
        at=sentence.spans[frame.token.i],
        lemma=frame.lemma,
    )


def _thing_acts(frame: Frame) -> bool:
    """Projects and funds act for those who set them up."""
    return any(lemma_of(t) in _SUBJECT_THINGS for t in frame.subjects)


def _instrument(context: Context, frame: Frame) -> Instrument | None:
    """The instrument under which, or which itself, the frame speaks of."""
    sentence = frame.sentence
    current = frame.token
    preps = list(frame.preps)
    for _ in range(3):  # "Under the agreement, both will …" may hang on a verb above
        for child in current.children:
            if child.dep_ == "prep":
                preps += [(child.lower_, g) for g in child.children if g.dep_ == "pobj"]
        if current.dep_ not in ("xcomp", "conj", "ccomp"):
            break
        current = current.head
    for preposition, noun in preps:
        if preposition in ("under", "by", "through") or (
            preposition in ("in", "to", "with") and noun.i and _is_instrument_phrase(noun)
        ):
            start, end = sentence.spans[noun.i]
            found = context.instrument_at(start, end)
            if found:
                return found
    for subject in frame.subjects:
        found = context.instrument_at(*sentence.spans[subject.i])
        if found:
            return found
    return None


def _is_instrument_phrase(noun: Token) -> bool:
    """ "in accordance with the treaty", "according to a memorandum"."""
    above = noun.head
    return above.lower_ in ("to", "with") and above.head.lower_ in (
        "according",
        "accordance",
        "line",
    )


def _fill_objects(
    context: Context, frame: Frame, predicate: Predicate, heads: list[Token], add: object
) -> None:
    sentence, phrases = frame.sentence, context.phrases
    assert callable(add)
    first = True
    for head in heads:
        if head.dep_ == "conj" and head.head in heads and not predicate.recipient_is_object:
            continue  # stands in the joined phrase of the first
        start, end = phrases.noun_phrase(
            sentence,
            head,
            after=("of", "on"),
            joined=not predicate.recipient_is_object,
            clauses=predicate.recipient_is_object,
        )
        amounts = [q for q in context.reading.quantities_in(start, end) if q.kind in _AMOUNT_KINDS]
        if amounts and first:
            quantity = amounts[0]
            add("amount", (quantity.start, quantity.end, quantity.quantity))
            if quantity.start <= start:
                start = context.reading.trim(min(quantity.end, end), end).start
            elif quantity.kind == "money":
                end = quantity.start
                start, end = _without_tail(context, start, end)
        if start < end and any(c.isalpha() for c in context.reading.text[start:end]):
            if predicate.recipient_is_object:
                for party in phrases.parties(sentence, head):
                    if party.kind == "people":
                        add("recipient", (start, end, None))
                    else:
                        add("recipient", party.filler)
            elif first:
                add("object", (start, end, None))
        elif first and not predicate.recipient_is_object:
            _fill_object_of_money(context, frame, head, add)
        elif predicate.recipient_is_object:
            for preposition, noun in frame.preps:
                if preposition == "of" and noun.head.head is head:
                    add("recipient", (*phrases.noun_phrase(sentence, noun, clauses=True), None))
        first = False
    if frame.nominal:
        add("object", (*phrases.noun_phrase(sentence, frame.token, after=()), None))


def _without_tail(context: Context, start: int, end: int) -> tuple[int, int]:
    """Drop a dangling preposition: "grant of" → "grant"."""
    words = context.reading.text[start:end].rstrip()
    for tail in (" of", " worth", " worth of", " for"):
        if words.lower().endswith(tail):
            words = words[: -len(tail)].rstrip()
    return start, start + len(words)


def _fill_object_of_money(context: Context, frame: Frame, head: Token, add: object) -> None:
    """ "$60 million in technical aid", "$5 million for a liaison network"."""
    assert callable(add)
    for preposition, noun in frame.preps:
        if preposition in ("in", "of", "for", "towards", "toward") and noun.head.head in (
            head,
            frame.token,
        ):
            span = context.phrases.noun_phrase(
                frame.sentence, noun, after=("of", "to", "on"), joined=True
            )
            parties = context.phrases.parties(frame.sentence, noun)
            if all(p.kind == "thing" for p in parties) and not context.reading.dates_in(*span):
                add("object", (*span, None))
                return


def _fill_prepositions(context: Context, frame: Frame, predicate: Predicate, add: object) -> bool:
    """Fill recipient and place; says whether people are moved."""
    assert callable(add)
    sentence, phrases = frame.sentence, context.phrases
    for dative in frame.datives:
        for party in phrases.parties(sentence, dative):
            if party.kind != "thing":
                add("recipient", party.filler)
    for preposition, noun in frame.preps:
        span = phrases.noun_phrase(sentence, noun)
        if context.reading.dates_in(*span):
            continue
        place = _place(context, frame, noun, span)
        parties = phrases.parties(sentence, noun)
        if place and preposition in _PLACE_PREPS and (
            preposition not in ("to", "into", "from") or predicate.type in _MOVES
        ):  # fmt: skip
            if preposition != "from":
                add("place", place)
        elif preposition in ("to", "for", "with", "against", "upon", "on"):
            for party in parties:
                if party.kind != "thing" and party.kind != "person":
                    add("recipient", party.filler)
    return predicate.recipient_is_object


def _place(context: Context, frame: Frame, noun: Token, span: tuple[int, int]) -> Filling | None:
    at = frame.sentence.spans[noun.i]
    for name in context.reading.names_in(*span):
        if name.start <= at[0] and at[1] <= name.end and name.kind in ("state", "region"):
            return (name.start, name.end, name.country)
    for place in context.reading.places_in(*span):
        if place.start <= at[0] and at[1] <= place.end:
            return (place.start, place.end, None)
    if lemma_of(noun) in _PLACE_NOUNS and lemma_of(noun) != "country":
        return (*span, None)
    return None


def _fill_amount_beside(context: Context, frame: Frame, add: object) -> None:
    """Money told beside the predicate: "a grant worth $4 million"."""
    assert callable(add)
    sentence = frame.sentence
    edges = [frame.token, *frame.objects]
    for head in edges:
        start = sentence.spans[head.left_edge.i][0]
        end = sentence.spans[head.right_edge.i][1]
        for quantity in context.reading.quantities_in(start, end):
            if quantity.kind == "money":
                add("amount", (quantity.start, quantity.end, quantity.quantity))
                return


def _fill_date(context: Context, frame: Frame, add: object) -> None:
    assert callable(add)
    sentence = frame.sentence
    for date in context.reading.dates_in(sentence.start, sentence.end):
        token = sentence.token_at(date.start)
        for _ in range(6):
            if token is None or token is frame.token:
                break
            if token.pos_ in ("VERB", "AUX") and token.dep_ not in ("xcomp", "aux"):
                token = None
                break
            token = token.head if token.head is not token else None
        if token is frame.token:
            add("date", (date.start, date.end, date.value))
            return


def _fill_purpose(context: Context, frame: Frame, add: object) -> None:
    assert callable(add)
    for verb in frame.purposes:
        if verb is frame.token:
            continue
        start, end = context.phrases.clause(frame.sentence, verb)
        if end - start > 8:
            add("purpose", (start, end, None))
            return
    for child in frame.token.children:
        if child.dep_ == "prep" and child.lower_ == "for":
            for gerund in child.children:
                if gerund.dep_ == "pcomp":
                    add("purpose", (*context.phrases.clause(frame.sentence, gerund), None))
                    return
