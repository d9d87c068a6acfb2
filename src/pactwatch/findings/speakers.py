"""Who speaks: the persons and bodies behind the words for a speaker.

Comes in: a cue's subject, and what was said before it. Goes out: fillers as specific as the
document gives anywhere ("he" → the full name, "the department" → its name). It decides nothing
about what is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pactwatch.findings.context import Context, Filling
from pactwatch.findings.frames import conjuncts, lemma_of
from pactwatch.findings.privacy import described, is_kin
from pactwatch.findings.saying import Cue, Saying
from pactwatch.findings.titles import load_title_words
from pactwatch.language import Person, Sentence
from pactwatch.language.persons import load_titles

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["Before", "speakers_between", "speakers_of"]

_RULERS = frozenset({"government", "administration", "cabinet"})
_HE = frozenset({"he", "she"})
_AFTER = ("of", "from", "in", "at", "for", "on", "within", "close")
_FAR = 600  # characters: how far back a subject may stand that "he" means
_GOES_ON = frozenset({"add", "continue", "go on"})
"""Words of saying that only go on with words of the same speaker."""
_RELATIVE = frozenset(
    {
        "who",
        "which",
        "whose",
        "whom",
        "with",
        "after",
        "alongside",
        "during",
        "following",
        "at",
        "by",
        "in",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """The statement that stands close before a cue: who spoke, and where it ended."""

    speakers: tuple[Filling, ...] = ()
    end: int = 0


def speakers_of(context: Context, cue: Cue, words: Saying, before: Before) -> list[Filling]:
    """Find who says what a cue reports.

    Args:
        before: The statement before, if it stands close by; "he", "they" and "the
            statement" may mean them.
    """
    if cue.subject is None:
        return []
    sentence, subject = cue.sentence, cue.subject
    spoken = before.speakers
    lower = subject.lower_
    if lower in _HE:
        return _he(context, cue, subject, before)
    if lower in ("they", "both"):
        several = len(spoken) > 1 or any(not _is_person(context, f) for f in spoken)
        return list(spoken) if several else []
    if lower == "it":
        if spoken and not _is_person(context, spoken[0]):
            return list(spoken[:1])
        if cue.lemma not in words.always:
            return []
    if lower == "you":
        return _answerer(context, sentence.spans[subject.i][0], words)
    if lower in words.hearsay and not list(subject.children):
        return []
    if persons := _named_persons(context, cue):
        return [f for p in persons if (f := _public(context, p)) is not None]
    found: list[Filling] = []
    for head in conjuncts(subject):
        found += [f for f in _bodies(context, sentence, head, words, spoken) if f not in found]
    return found


def _public(context: Context, person: Person) -> Filling | None:
    """The name of a public person; of a private one the description instead of the name."""
    words = described(context, person)
    if words is None:
        return person.start, person.end, None
    return (*words, None) if words[0] < words[1] else None


def speakers_between(context: Context, cue: Cue, start: int, words: Saying) -> list[Filling]:
    """Find the speaker among the words between a quotation's end and its cue, where the parser
    saw no subject."""
    sentence = cue.sentence
    persons = context.reading.persons_in(start, cue.span[0])
    if persons:
        return [(persons[0].start, persons[0].end, None)]
    between = [t for t in cue.token.doc[: cue.token.i] if sentence.spans[t.i][0] >= start]
    nouns = [t for t in between if t.pos_ in ("NOUN", "PROPN") and t.head not in between]
    return _bodies(context, sentence, nouns[0], words, ()) if nouns else []


def _named_persons(context: Context, cue: Cue) -> list[Person]:
    """Persons named in the words for the speaker, titles and appositions included."""
    sentence, subject = cue.sentence, cue.subject
    assert subject is not None
    titles = load_titles()
    at = sentence.spans[subject.i]
    reading = context.reading
    doc = subject.doc
    if subject.i < cue.token.i:
        first, last = subject.left_edge.i, cue.token.i - 1
    else:
        first, last = subject.left_edge.i, subject.right_edge.i
    for token in doc[subject.i : last + 1]:
        if token.lower_ in _RELATIVE and token.i > subject.i:
            last = token.i - 1
            break
    if last < subject.i:
        return []
    start, end = sentence.span(first, last)
    persons = reading.persons_in(start, end)
    own = [p for p in persons if any(s <= at[0] and at[1] <= e for s, e in p.mentions)]
    office = subject.lower_.strip(".") in titles.heads or lemma_of(subject) in titles.heads
    if not own and not office:
        # "activist Maria Lopez, the founder": an apposition is the person too
        appositions = [c for c in subject.children if c.dep_ == "appos"]
        return [
            p
            for c in appositions
            for p in reading.persons_in(*sentence.span(c.left_edge.i, c.right_edge.i))
        ][:1]
    if subject.i > cue.token.i and not any(c.dep_ == "conj" for c in subject.children):
        return persons[:1]
    return [
        p
        for p in persons
        if not _possessive(context, p, start, end) and not _kin(context, sentence, p, subject)
    ]


def _kin(context: Context, sentence: Sentence, person: Person, subject: Token) -> bool:
    """Whether a person is only named to tell who speaks ("the son of President Ruiz said")."""
    related = load_title_words().related
    tokens = [sentence.token_at(s) for s, _ in person.mentions]
    return any(t is not None and is_kin(t, related, subject) for t in tokens)


def _possessive(context: Context, person: Person, start: int, end: int) -> bool:
    """Whether a person is only named as an owner ("Obama's envoy") inside a span."""
    text = context.reading.text
    inside = [(s, e) for s, e in person.mentions if start <= s and e <= end]
    return all(text[e : e + 2] in ("'s", "’s") for s, e in inside)


def _he(context: Context, cue: Cue, subject: Token, before: Before) -> list[Filling]:
    """The person behind "he": who was made a subject since somebody spoke, else who spoke, named
    or not, else who was named. Nobody where "he added" follows words of a body or of several."""
    reading, sentence = context.reading, cue.sentence
    offset = sentence.spans[subject.i][0]
    spoke = len(before.speakers) == 1 and _is_person(context, before.speakers[0])
    named_since = any(
        end <= offset and start >= before.end
        for start, end, _ in reading.persons_back(offset)
        if reading.quotation_around(start, end) is None
    )
    if before.speakers and not spoke and not named_since:
        if len(before.speakers) == 1 and _is_somebody(context, before.speakers[0]):
            return list(before.speakers)  # "a diplomat said. “…,” she added"
        if cue.lemma in _GOES_ON:
            return []
    since = before.end if spoke else sentence.start - _FAR
    latest = -1
    for start, end, index in reading.persons_back(offset):
        if end > offset or reading.quotation_around(start, end) is not None:
            continue
        latest = index if latest < 0 else latest
        if start < since:
            break
        host = reading.sentence_at(start)
        token = host.token_at(start) if host else None
        if token is not None and _in_subject(token):
            person = reading.persons[index]
            return [(person.start, person.end, None)]
    if spoke:
        return list(before.speakers)
    if latest >= 0:
        person = reading.persons[latest]
        return [(person.start, person.end, None)]
    return []


def _is_somebody(context: Context, filling: Filling) -> bool:
    """Whether words describe one person without a name ("a Japanese diplomat")."""
    start, end, _ = filling
    host = context.reading.sentence_at(start)
    if host is None or host.doc is None:
        return False
    inside = [t for t in host.doc if start <= host.spans[t.i][0] < end]
    tops = [t for t in inside if t.head not in inside or t.head == t]
    if not tops or tops[0].tag_ != "NN":
        return False
    titles, words = load_titles(), load_title_words()
    return lemma_of(tops[0]) in titles.heads | titles.private | words.somebody


def _in_subject(token: Token) -> bool:
    for _ in range(4):
        if token.dep_ in ("nsubj", "nsubjpass"):
            return True
        if token.dep_ not in ("compound", "appos", "flat", "conj") or token.head == token:
            return False
        token = token.head
    return False


def _is_person(context: Context, filling: Filling) -> bool:
    return any(p.start == filling[0] and p.end == filling[1] for p in context.reading.persons)


def _bodies(
    context: Context, sentence: Sentence, head: Token, words: Saying, before: Sequence[Filling]
) -> list[Filling]:
    """The body or group behind a head that names no person."""
    phrases = context.phrases
    lemma = lemma_of(head)
    if lemma in words.documents:
        for child in head.children:
            if child.dep_ == "prep" and child.lower_ in ("from", "by", "of"):
                for noun in child.children:
                    if noun.dep_ == "pobj" and (noun.pos_ == "PROPN" or lemma in words.voices):
                        return [p.filler for p in phrases.parties(sentence, noun)]
        if (
            lemma in words.voices
            and before
            and not any(c.dep_ in ("amod", "compound", "prep") for c in head.children)
        ):
            return list(before)
        return [(*phrases.noun_phrase(sentence, head, after=_AFTER), None)]
    if lemma in load_title_words().related:
        # "a spokesman for the minister", who isn't the minister
        return [(*phrases.noun_phrase(sentence, head, after=_AFTER), None)]
    parties = phrases.parties(sentence, head)
    if head.pos_ == "PRON" or head.tag_ in ("PRP", "WP", "DT"):
        return [p.filler for p in parties]
    start, end = phrases.noun_phrase(sentence, head, after=_AFTER)
    if len(parties) == 1 and parties[0].kind in ("officials", "people", "thing"):
        return [(start, end, parties[0].value)]
    if (
        lemma in _RULERS
        and len(parties) == 1
        and parties[0].kind == "state"
        and not start <= parties[0].filler[0] < end
    ):
        return [(start, end, None)]  # "the Government": a bare state elsewhere may be another
    return [p.filler for p in parties]


def _answerer(context: Context, offset: int, words: Saying) -> list[Filling]:
    """Whom a question addresses as "you": who speaks in the next turn."""
    following = [t for t in context.turns if t[0] >= offset]
    return [following[0][2]] if following else []
