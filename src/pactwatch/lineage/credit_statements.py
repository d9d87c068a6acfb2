"""Credits that statements give: who is said to have said it, in the words that say so.

Comes in: a document and its findings of kind statement. Goes out: one `Attribution` for each
statement with a cue. The speaker is the finding's own; what kind of source a speaker is, is told
by the words for it and by who holds an office in the document. It finds no statements.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from pactwatch.lineage.credit_words import (
    CreditWords,
    Publication,
    any_of,
    bare_name,
    load_credit_words,
)
from pactwatch.model import Document, Filler, Finding

__all__ = ["Attribution", "attributions_of_statements", "kind_of_source"]

_FURTHEST = 110  # characters of a clause beside a cue that are still shown with it
_LONGEST = 70  # characters of a clause before a cue; a longer one tells more than who says it
_CLOSE = 20  # characters between a cue and a name right after it
_BREAK = re.compile(
    r"(?<![A-Z])(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bDr)(?<!\bSen)(?<!\bGen)(?<!\bGov)(?<!\bRep)(?<!\bSt)"
    r"\.(?=[\s\"”’'“(])|[!?;:](?=\s|[\"”’'])|,(?=[\s\"”’'])|[\"“”]|(?<=[.,!?])['’]+|\n\s*\n"
    r"|(?<=\s)[—–-](?=\s)"
)
_TAIL = re.compile(
    r"\s+(?:(?:in|on|at|during|through|via)\s+(?:a|an|the|his|her|its|their)\s+"
    r"(?:\w+\s+){0,2}?(?:statement|interview|letter|email|e-mail|press\s+release|release|speech"
    r"|tweet|briefing|news\s+conference|press\s+conference|testimony|report|memo|memorandum|video"
    r"|post|hearing|call)|to\s+reporters|to\s+journalists|publicly|today|yesterday)\b"
)
_LEAD = re.compile(
    r"(?:^|(?<=[.!?\n“\"]))\s*((?:In|On|At|During|Through|By)\s+(?:a|an|the|his|her|its|their)\s+"
    r"(?:\w+\s+){0,3}?(?:statement|interview|letter|email|press\s+release|release|speech|tweet"
    r"|briefing|testimony|report|memo|memorandum|video|post)\b[^.,]{0,40}),\s*$"
)
_PREPOSITION = re.compile(
    r"\s+(?:of|from|in|for|with|who|on|at|that|which|familiar|close|to|by|near)\s"
)
_NAME_BEFORE = re.compile(r"(?:[^\W\da-z_][\w.'’-]*\s+){1,6}\Z")
_CLOSED = re.compile(r"[.!?][\"”’']*\s|[\"“”]")
_ARTICLES = frozenset({"the", "a", "an"})
_TITLE_BEFORE = re.compile(r"(?:Mr|Mrs|Ms|Dr|Sir|Lord|Lady|Hon)\.?\s")
_COUNT = re.compile(r"(?:two|three|four|five|six|several|many|some|senior|top|other|both)\b", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Words of a document that credit a source, before they are cut to a `Credit`.

    Attributes:
        start, end: The words that credit.
        named: Span of the source's name in the document, where it has one.
        cue: Span of the word of saying behind it, where there is one.
        name: The source as the document names it; empty where nobody is named.
    """

    kind: str
    place: str
    start: int
    end: int
    name: str
    named: tuple[int, int] | None = None
    cue: tuple[int, int] | None = None
    publication: Publication | None = None
    speaker: str | None = None
    finding_id: str | None = None
    address: str | None = None


def attributions_of_statements(
    document: Document, findings: Sequence[Finding], words: CreditWords
) -> Iterator[Attribution]:
    """Yield the source of each statement that has a cue, and of quotations that a name and a verb
    close without having made a statement; in order of the text."""
    holders = frozenset(
        word.casefold().strip(".'’")
        for finding in findings
        if finding.kind == "office"
        for filler in finding.roles.get("person", ())
        for word in filler.text.split()[-1:]
    )
    statements = [f for f in findings if f.kind == "statement" and f.roles.get("cue")]
    found: list[Attribution] = []
    for statement in sorted(statements, key=lambda f: (f.roles["cue"][0].start, f.id)):
        speakers = statement.roles.get("speaker", ())
        if not speakers:
            continue
        cue = statement.roles["cue"][0]
        speaker = speakers[0]
        name = " and ".join(" ".join(s.text.split()) for s in speakers)
        publication = words.publication_of.get(bare_name(speaker.text).casefold())
        kind = kind_of_source(speaker.text, words, holders)
        if (
            publication is not None
            and kind in ("outlet", "wire")
            and _is_acronym_of_body(document.text, publication, speaker, words)
        ):
            kind, publication = "body", None
        start, end = _clause(document.text, statement, cue, speakers, words)
        attribution = Attribution(
            kind=kind,
            place="text",
            start=start,
            end=end,
            name=name,
            named=(speaker.start, speaker.end),
            cue=(cue.start, cue.end),
            publication=publication,
            finding_id=statement.id,
        )
        found.append(attribution)
    cues = [a.cue for a in found if a.cue]
    for plain in _plain_to_see(document.text, words, holders):
        if not any(start < plain.end and plain.start < end for start, end in cues):
            found.append(plain)
    yield from sorted(found, key=lambda a: (a.start, a.end, a.finding_id or ""))


@cache
def _unparsed() -> tuple[re.Pattern[str], ...]:
    """Ways of naming a speaker that are plain without a parse; each with groups who and cue."""
    lists = load_credit_words().lists
    return (
        re.compile(
            r"(?<=[.,!?…])[”\"’']{1,2}\s+(?P<who>"
            rf"(?:(?:{any_of(lists['titles'])})\.?\s+)?(?:[A-ZÀ-Þ][\w’'-]+\s+){{1,3}})"
            rf"(?P<cue>{any_of(lists['closing'])})(?=[\s.,;:])"
        ),
        re.compile(
            rf"\b(?P<cue>(?:{any_of(lists['passive'])})\s+by)\s+"
            r"(?P<who>[^.,;:!?“”\"()]{3,60}?)\s+(?=that\b)"
        ),
        re.compile(
            r"(?:(?<=[.!?”\"]\s)A|(?<=\n)A|(?<=,\s)a|(?<=[–—-]\s)a)s\s+"
            r"(?P<who>(?:[\w’'-]+\s+){1,5}?)"
            rf"(?P<cue>{any_of(lists['as_clause'])})(?=[,.?])"
        ),
    )


def _plain_to_see(text: str, words: CreditWords, holders: frozenset[str]) -> Iterator[Attribution]:
    """Names with words of saying, for what made no statement."""
    for pattern in _unparsed():
        for match in pattern.finditer(text):
            first = match.start("who")
            last = first + len(match["who"].rstrip())
            name = " ".join(text[first:last].split())
            opening = name.split()[0].casefold()
            if opening in words.lists["nobody"]:
                continue
            if match.end("cue") > last and opening in _not_articles(words):
                continue
            yield Attribution(
                kind=kind_of_source(name, words, holders),
                place="text",
                start=match.start() + _indent(match[0]),
                end=max(last, match.end("cue")),
                name=name,
                named=(first, last),
                cue=match.span("cue"),
            )


def _not_articles(words: CreditWords) -> frozenset[str]:
    return frozenset(words.lists["openers"]) - _ARTICLES


def _indent(words: str) -> int:
    """Length of the marks and blanks before the first letter."""
    return next((index for index, char in enumerate(words) if char.isalnum()), 0)


def _is_acronym_of_body(
    text: str, publication: Publication, speaker: Filler, words: CreditWords
) -> bool:
    """Whether letters that stand for a publication and for a body mean the body in this text."""
    found = words.publication_of[bare_name(speaker.text).casefold()]
    return found.doubtful and publication.name.casefold() not in text.casefold()


def kind_of_source(name: str, words: CreditWords, holders: frozenset[str] = frozenset()) -> str:
    """Tell the kind of a source by the words for it.

    Args:
        holders: Last names of persons who hold an office in the document, folded.
    """
    bare = bare_name(name)
    publication = words.publication_of.get(bare.casefold())
    if publication is not None:
        return "wire" if publication.wire else "outlet"
    if bare.casefold() in words.hearsay_outlets:
        return "unnamed outlets"
    head_part = _PREPOSITION.split(bare.split(",")[0], maxsplit=1)[0]
    tokens = [token.strip(".'’()\"“”") for token in head_part.split()]
    tokens = [token for token in tokens if token]
    if not tokens:
        return "unnamed persons"
    head = tokens[-1]
    lower = head.casefold()
    common = len(tokens) == 1 and _is_common(lower, words)
    if head[0].islower() or _COUNT.match(tokens[0]) or common:
        for kind, words_of_kind in (
            ("document", words.lists["sources.documents"]),
            ("unnamed officials", words.lists["sources.officials"]),
            ("body", words.lists["sources.bodies"]),
        ):
            if lower in words_of_kind:
                return kind
        return "unnamed persons"
    if _TITLE_BEFORE.match(f"{bare} ") or lower in holders:
        return "official" if lower in holders else "person"
    folded = {token.casefold() for token in tokens}
    if head_part.casefold() in words.bodies or bare.casefold() in words.bodies:
        return "body"
    if folded & words.offices:
        return "official"
    if lower in words.lists["sources.documents"] and len(tokens) > 1:
        return "document"
    if head in words.lists["heads"] and len(tokens) > 1:
        return "outlet"
    if folded & words.no_person or (head.isupper() and len(head) > 1) or len(tokens) > 4:
        return "body"
    if len(tokens) >= 2:
        return "person"
    return "body"


def _is_common(word: str, words: CreditWords) -> bool:
    """Whether a lone word is no name, though it may open a sentence ("Officials say")."""
    lists = words.lists
    kinds = ("sources.documents", "sources.officials", "sources.bodies", "sources.persons")
    return word not in words.bodies and any(word in lists[kind] for kind in kinds)


def _clause(
    text: str, statement: Finding, cue: Filler, speakers: Sequence[Filler], words: CreditWords
) -> tuple[int, int]:
    """The words around a cue that say whose words these are."""
    low, high = next(
        ((q.start, q.end) for q in statement.evidence if q.start <= cue.start < q.end),
        (cue.start, cue.end),
    )
    start = _clause_start(text, max(low, cue.start - _FURTHEST), cue.start)
    right = text[cue.end : min(high, cue.end + _FURTHEST)]
    following = _BREAK.search(right)
    clause_end = cue.end + (following.start() if following else len(right))
    named = [s.end for s in speakers if cue.end <= s.start <= cue.end + _CLOSE]
    addressees = [
        a.end
        for a in statement.roles.get("addressee", ())
        if cue.end <= a.start <= cue.end + _CLOSE
    ]
    end = cue.end
    if " ".join(cue.text.casefold().split()) in words.lists["before.phrases"]:
        start = cue.start
        end = named[-1] if named else clause_end
    elif text[start : cue.start].strip():
        end = addressees[0] if addressees else cue.end
    elif (mention := _mention_before(text, low, cue.start, speakers[0])) is not None:
        start = mention  # "Ada Obrecht, the minister, said"
    else:
        end = clause_end  # "… ,” said Ada Obrecht"
    tail = _TAIL.match(text, end, high)
    end = tail.end() if tail else end
    lead = _LEAD.search(text[low:start])
    start = low + lead.start(1) if lead else start
    while start < cue.start and text[start].isspace():
        start += 1
    while end > cue.end and text[end - 1].isspace():
        end -= 1
    return start, end


def _clause_start(text: str, low: int, at: int) -> int:
    """Where the clause that ends at an offset begins; at the offset where that is too far."""
    breaks = [match.end() for match in _BREAK.finditer(text, low, at)]
    start = breaks[-1] if breaks else low
    return start if at - start <= _LONGEST else at


def _mention_before(text: str, low: int, at: int, speaker: Filler) -> int | None:
    """Where the words begin that name a speaker before a cue, in the same sentence."""
    first = max(low, at - _FURTHEST)
    last_word = re.escape(speaker.text.split()[-1])
    found = [m.start() for m in re.finditer(rf"\b{last_word}\b", text[first:at])]
    if not found or _CLOSED.search(text, first + found[-1], at):
        return None
    mention = first + found[-1]
    name = _NAME_BEFORE.search(text, first, mention)
    start = name.start() if name else mention
    clause = _clause_start(text, first, start)
    return clause if clause < start else start
