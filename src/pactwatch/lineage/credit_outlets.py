"""Credits to publications: where a text says that another paper, broadcaster or wire told it.

Comes in: a document. Goes out: an `Attribution` for each mention of a publication that words of
crediting stand beside: in a sentence ("first reported by …", "told …"), beside a picture, in a
dateline, a byline or a foot note, in the heading of an interview, or as a link. A mention without
such words ("worked for the Post") credits nothing. It never asks whether the publication's text
is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from pactwatch.lineage.credit_statements import Attribution
from pactwatch.lineage.credit_words import (
    CreditWords,
    Publication,
    any_of,
    load_credit_words,
)
from pactwatch.model import Document

__all__ = ["attributions_of_outlets", "outlets_in"]

_BEFORE = 110  # characters before and after a name in which words of crediting stand
_AFTER = 110
_HEAD = 1500  # characters in which bylines and headings stand
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?"
)
_DAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
_DATE = (
    rf"(?:{_DAY},?\s+)?(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}|{_MONTH}\s+\d{{1,2}}\b"
    r"|\d{1,2}[/.]\d{1,2}[/.]\d{2,4})"
)
_CAPITAL = re.compile(r"\s[A-ZÀ-Þ]\w")
_NEXT_NAME = re.compile(r" ([A-Z][a-z]+)")
_DATELINE = re.compile(
    r"^[ \t]*[A-ZÀ-Þ]{3}[A-ZÀ-Þ .,'’-]{0,40}(?:[^()\n]{0,25}\s)?\((?P<name>[A-Z][\w&.’' -]{1,40})\)"
    r"\s*[–—-]",
    re.MULTILINE,
)
_LINK = re.compile(r"https?://[^\s<>\"”’)\]]+|\bwww\.[^\s<>\"”’)\]]+")
_INTERVIEW = re.compile(r"\b(?:transcript|interview|doorstop)\b", re.IGNORECASE)
_SUBJECTS = re.compile(r"\b(?:subjects?|topics?)\b", re.IGNORECASE)
_LONGEST_HEADING = 200  # characters
_SENTENCE_IN = re.compile(
    r"[a-z]{3}[.!?][\"”’')]*\s*\Z|[a-z]{3}\.\s+[A-Z]|\b(?:said|says|told|reports?|is|was)\b"
)
_SENTENCE_END = re.compile(r"(?<![A-Z])[.!?][\"”’')]*\s|\n\s*\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """A name of a publication in a text.

    Attributes:
        publication: None for one known by its form or by a dateline only.
        wire: Whether it is a news agency, which a dateline shows as well.
    """

    start: int
    end: int
    publication: Publication | None
    wire: bool = False


@dataclass(frozen=True, slots=True)
class _Patterns:
    before: re.Pattern[str]
    after: re.Pattern[str]
    not_after: re.Pattern[str]
    photo_before: re.Pattern[str]
    photo_after: re.Pattern[str]
    footer_before: re.Pattern[str]
    footer_after: re.Pattern[str]
    again_told: re.Pattern[str]
    unknown: re.Pattern[str]
    dated: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    lists = load_credit_words().lists
    sort = rf"(?:\s+(?:{any_of(lists['sorts'])}))?"
    the = r"(?:(?:the|a|an|that|its|sister|(?:to|yester)day['’]s|(?:last|this)\s+\w+['’]s)\s+)?"
    texts = any_of(lists["before.texts"])
    adverbs = any_of(lists["verbs.between"])
    kinds = any_of(lists["sorts"])
    before = "|".join(
        (
            rf"(?:{any_of(lists['before.phrases'])})",
            rf"(?:(?:documents?|memos?|emails?|letters?|drafts?|records?|reports?|video|footage"
            rf"|figures|details)\s+)?(?:(?:first|originally|previously|exclusively|was|were|been"
            rf"|as)\s+){{0,3}}(?:{any_of(lists['before.done'])})(?:,?\s+(?:{adverbs})){{0,5}}"
            rf"(?:\s+{_DATE})?\s+(?:by|in|on|with|to|from)",
            rf"(?:{any_of(lists['before.told'])})",
            rf"(?:{any_of(lists['before.given'])})(?:\s+[\w'’-]+){{0,6}}?\s+to",
            rf"(?:(?:a|an|the|his|her|their|this|recent|exclusive|one|front)\s+(?:[\w-]+\s+){{0,2}}?"
            rf")?(?:{texts})\s+(?:obtained\s+|published\s+|carried\s+|seen\s+|aired\s+)?"
            r"(?:in|by|from|with|on|to|for)",
            r"(?:(?:a|the|this)\s+(?:[\w’']+\s+)?)?front\s+page\s+of",
        )
    )
    return _Patterns(
        before=re.compile(
            rf"(?<!\w)(?:{before})\s+{the}(?:(?:{kinds})\s+)?(?:[a-z]+\s+(?=\Z))?\Z", re.IGNORECASE
        ),
        after=re.compile(
            rf"(?:(?:['’]s?)?{sort}(?:,?\s+{_DATE})?(?:,?\s+(?:{adverbs}),?){{0,6}},?"
            rf"\s+(?:{any_of(lists['verbs.forms'])})"
            rf"|(?:['’]s?)?{sort}\s+(?:[\w-]+\s+)?(?:{any_of(lists['before.after_name'])}))(?![\w-])",
            re.IGNORECASE,
        ),
        not_after=re.compile(
            rf"\b(?:{any_of(lists['verbs.not_after'])})\s+(?:the\s+)?\Z", re.IGNORECASE
        ),
        photo_before=re.compile(
            rf"(?<!\w)(?:{any_of(lists['places.photograph_before'])})\s*(?:[:/|]|\s[–—-]|\s+by|\s+from"
            rf"|\s+courtesy(?:\s+of)?|(?<=by)|(?<=courtesy))?\s*(?:©\s*)?"
            rf"(?:[\w.'’-]+(?:\s+[\w.'’-]+){{0,3}}\s*(?:/|\||,|via)\s*)?(?:the\s+)?\Z",
            re.IGNORECASE,
        ),
        photo_after=re.compile(
            rf"\s+(?:{any_of(lists['places.photograph_after'])})(?!\w)|\s?/\s?[A-Z][\w.’'-]+",
            re.IGNORECASE,
        ),
        footer_before=re.compile(
            rf"(?<!\w)(?:{any_of(lists['places.footer_before'])})\s*(?:\(c\)\s*)?(?:\d{{4}}\s+)?"
            rf"(?:the\s+)?\Z",
            re.IGNORECASE,
        ),
        footer_after=re.compile(
            rf"\s*(?:{any_of(lists['places.footer_after'])})(?!\w)", re.IGNORECASE
        ),
        again_told=re.compile(
            rf"(?<!\w)(?:told|tells|telling)\s+the\s+(?P<sort>{any_of(lists['again'])})(?![\w-])"
            rf"|(?<!\w)the\s+(?P<own>newspaper|paper|news\s+agency|magazine|broadcaster)"
            rf"(?:\s+(?:{adverbs}))?\s+(?:reported|said|says|added|wrote|writes)(?!\w)",
            re.IGNORECASE,
        ),
        unknown=re.compile(r"(?<![\w’'-])(?:[A-ZÀ-Þ][\w’'&.-]*[ \xa0]+){1,4}\Z"),
        dated=re.compile(rf",?\s*\(?(?:on\s+)?{_DATE}(?:,?\s+\d{{4}}\b)?"),
    )


def outlets_in(text: str, words: CreditWords) -> list[Outlet]:
    """Find all names of publications, known ones and such as are known by their form, sorted."""
    known = [
        Outlet(start=start, end=end, publication=publication, wire=publication.wire)
        for start, end, publication in words.publications.find(text)
        if not _goes_on(text, start, end, words)
    ]
    dateline = _DATELINE.search(text, 0, _HEAD)
    if dateline and not any(o.start < dateline.end("name") for o in known):
        again = re.compile(rf"(?<![\w-]){re.escape(dateline['name'])}(?![\w-])(?!\s+[A-ZÀ-Þ])")
        known += [
            Outlet(start=match.start(), end=match.end(), publication=None, wire=True)
            for match in again.finditer(text)
        ]
    taken = [(o.start, o.end) for o in known]
    for first, end, _ in words.heads.find(text):
        start = _form_start(text, first, words)
        named = text[start:end]
        if start < first and not any(s < end and start < e for s, e in taken):
            longer = _CAPITAL.match(text, end) is not None
            if not longer and not named.isupper() and words.no_outlets.search(named) is None:
                known.append(Outlet(start=start, end=end, publication=None))
    return sorted(known, key=lambda o: o.start)


def _form_start(text: str, head: int, words: CreditWords) -> int:
    """Where a name begins that a head word ends; at the head where it is no name."""
    before = _patterns().unknown.search(text, max(0, head - 80), head)
    if before is None:
        return head
    start = before.start()
    for word in before[0].split():
        if word.casefold() not in words.lists["openers"]:
            break
        start = text.index(word, start) + len(word)
        start += len(text[start:head]) - len(text[start:head].lstrip())
    return start


def _goes_on(text: str, start: int, end: int, words: CreditWords) -> bool:
    """Whether a name is a part of a longer one ("Washington Post Office", "non-Reuters")."""
    following = _NEXT_NAME.match(text, end)
    joined = start > 1 and text[start - 1] == "-" and text[start - 2].isalnum()
    return joined or (following is not None and following[1] in words.lists["longer"])


def attributions_of_outlets(document: Document, words: CreditWords) -> Iterator[Attribution]:
    """Yield all credits to publications, in order of the text, none twice."""
    text = document.text
    outlets = outlets_in(text, words)
    headed: set[str] = set()
    credited: list[tuple[int, Outlet]] = []
    for outlet in outlets:
        found = _credit(text, outlet, words, headed)
        if found is not None:
            credited.append((found.end, outlet))
            yield found
    first = min((end for end, _ in credited), default=len(text))
    for match in _patterns().again_told.finditer(text, first):
        earlier = [o for end, o in credited if end <= match.start()]
        sort = (match["sort"] or match["own"]).casefold()
        agency = sort in ("agency", "wire service", "news agency")
        if earlier and (earlier[-1].wire == agency or sort == "outlet"):
            yield _attribution(text, earlier[-1], match.start(), match.end(), "text")
    yield from _links(document, words)


def _credit(text: str, outlet: Outlet, words: CreditWords, headed: set[str]) -> Attribution | None:
    patterns = _patterns()
    start, end = outlet.start, outlet.end
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    line_end = len(text) if line_end < 0 else line_end
    before = text[max(0, start - _BEFORE) : start]
    own_line = before[max(0, len(before) - (start - line_start)) :]
    publication = outlet.publication
    same_line = text[end:line_end]

    def made(first: int, last: int, place: str) -> Attribution:
        return _attribution(text, outlet, first, last, place)

    dateline = re.match(r"[)\]]\s*[–—-]", text[end : end + 6])
    if dateline and before[-1:] in ("(", "[") and re.search(r"[A-Z]{3}", own_line):
        return made(line_start + _indent(own_line), end + 1, "dateline")
    photo = patterns.photo_before.search(own_line)
    if photo:
        return made(start - len(own_line) + photo.start(), end, "photograph")
    photo = patterns.photo_after.match(text, end, line_end)
    if photo and (before.rstrip()[-1:] in "([|" or not photo[0].startswith(" ")):
        return made(start, photo.end(), "photograph")
    footer = patterns.footer_before.search(own_line)
    if footer:
        return made(start - len(own_line) + footer.start(), end, "footer")
    footer = patterns.footer_after.match(text, end)
    if footer:
        return made(_with_article(text, start), footer.end(), "footer")
    byline = re.match(
        r"\s*(?:By|BY)\s+(?:[\w.'’&-]+\s+){0,8}?(?:[\w.'’-]+\s*[,|–—-]\s*(?:for\s+)?)?"
        r"(?:[Tt]he\s+)?\Z",
        own_line,
    )
    if byline and line_start < _HEAD and not same_line.strip(" .|-–—"):
        return made(line_start + _indent(own_line), end, "byline")
    if not _sentence_is_meant(text, outlet):
        return None
    if publication is not None and _heads_interview(text, line_start, line_end, start):
        if publication.id in headed or line_start > _HEAD:
            return None  # the heading again, at the top of another page
        headed.add(publication.id)
        return made(_with_article(text, start), end, "heading")
    told = patterns.before.search(before)
    if told and not _SENTENCE_END.search(told[0]):
        return made(start - len(before) + told.start(), end, "text")
    said = patterns.after.match(text, end, end + _AFTER)
    if said and not patterns.not_after.search(before):
        return made(_with_article(text, start), said.end(), "text")
    if publication is None:
        return None
    dated = patterns.dated.match(text, end, end + 40)
    if dated and publication.id not in headed and before.rstrip()[-1:] in "',’”\"(.;)…":
        return made(start, dated.end(), "citation")
    return None


def _heads_interview(text: str, line_start: int, line_end: int, start: int) -> bool:
    """Whether a line is the heading of an interview's transcript, not a sentence."""
    line = text[line_start:line_end]
    if (
        len(line) > _LONGEST_HEADING
        or _SENTENCE_IN.search(line)
        or _SUBJECTS.search(text, line_start, start)
    ):
        return False
    near = text[max(0, line_start - 160) : line_end] if line_start < _HEAD else line
    return _INTERVIEW.search(near) is not None


def _sentence_is_meant(text: str, outlet: Outlet) -> bool:
    """Whether letters that also name a body stand for the publication."""
    publication = outlet.publication
    if publication is None or not publication.doubtful:
        return True
    return publication.name.casefold() in text.casefold()


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _with_article(text: str, start: int) -> int:
    article = re.search(r"\b[Tt]he\s+\Z", text[max(0, start - 8) : start])
    return start - len(article[0]) if article else start


def _attribution(
    text: str,
    outlet: Outlet,
    start: int,
    end: int,
    place: str,
) -> Attribution:
    named = (outlet.start, outlet.end)
    return Attribution(
        kind="wire" if outlet.wire else "outlet",
        place=place,
        start=start,
        end=end,
        name=" ".join(text[named[0] : named[1]].split()),
        named=named,
        publication=outlet.publication,
    )


def _links(document: Document, words: CreditWords) -> Iterator[Attribution]:
    """Links to pages of publications other than the document's own."""
    if "http" not in document.text and "www." not in document.text:
        return
    own = domain_of(document.address or "")
    for match in _LINK.finditer(document.text):
        address = match[0].rstrip(".,;:!?'")
        domain = domain_of(address)
        publication = words.domains.get(domain)
        if publication is None or domain == own or len(urlsplit(_full(address)).path) < 2:
            continue
        end = match.start() + len(address)
        yield Attribution(
            kind="wire" if publication.wire else "outlet",
            place="link",
            start=match.start(),
            end=end,
            name=address,
            named=(match.start(), end),
            publication=publication,
            address=address,
        )


def _full(address: str) -> str:
    return address if "://" in address else f"https://{address}"


def domain_of(address: str) -> str:
    """The host of an address without "www." and the like; empty where there is none."""
    try:
        host = urlsplit(_full(address)).hostname or ""
    except ValueError:  # a bracket in a host is no address
        return ""
    for prefix in ("www.", "m.", "amp.", "mobile.", "edition."):
        host = host.removeprefix(prefix)
    return host
