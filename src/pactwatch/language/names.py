"""States, agencies, organisations, publications and regions by their names.

Comes in: a text. Goes out: mentions with the identity and country that the codebook's actor tables
give, or that the form of the name shows ("Guatemala's Ministry of the Interior"). It never names
persons, and never guesses a country that no word beside the name tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pactwatch.language.actors import KnownName, actor_names, gazetteer, known_names
from pactwatch.language.scan import Folded, fold

__all__ = ["NameMention", "find_names", "known_names"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NameMention:
    """One place in a text where an actor is named.

    Attributes:
        actor_id: "state.GT", "agency.us.dhs", "organisation.un", "publication.reuters",
            "region.sahel"; agencies known by their form have one made of country and name
            ("agency.gt.interior-ministry"), or None where no country stands beside them.
        kind: "state", "agency", "organisation", "publication" or "region".
        country: ISO 3166-1 alpha-2, or None.
        form: "name", "demonym" or "acronym".
    """

    start: int
    end: int
    actor_id: str | None
    kind: str
    country: str | None
    form: str


_Hit = tuple[int, int, KnownName]

_NO_NAME = (
    r"(?!(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b)"
)
_CAP = rf"{_NO_NAME}[^\W\d_a-zß-öø-ÿ][\w&-]*"
_CAPS = rf"{_CAP}(?: {_CAP})*"
_RIGHT = re.compile(
    rf" (?:General )?(?:of|for|on) (?:the )?{_CAPS}(?:(?:, {_CAPS})*,? (?:and|&) {_CAPS}|)"
)
_LEFT = re.compile(rf"(?:(?:{_CAP}|[A-Z][\w&-]*'s) (?:and |& )?){{1,4}}$")
_ONE_LEFT = re.compile(rf"({_CAP}) $")
_AFTER_STATE = re.compile(
    r"(?P<own>'s?)? (?:(?:federal|central|interim|transitional|military|new|current|previous"
    r"|former|national|civil|civilian|foreign|interior|defen[cs]e|finance|justice|health|security"
    r"|border|immigration) )*(?:(?P<state>[Gg]overnment|[Aa]dministration)|(?:ministry|police|army"
    r"|navy|military|congress|parliament|senate|embassy|consulate|coast guard|coastguard|treasury"
    r"|supreme court|constitutional court|armed forces|security forces|air force|presidency"
    r"|intelligence service|migration institute|immigration service|border guard|central bank))"
    r"\b(?!-)"
)
_GOVERNMENT_OF = re.compile(r"\b[Gg]overnment of (?:the )?(?:Republic of )?$")
_OF_STATE = re.compile(r" of (?:the )?(?:Republic of )?")
_DEFINED = re.compile(r" \(\"?(?:the )?\"?([A-Z][A-Za-z]*[A-Z]\w*)\"?\)")
_LANGUAGE = re.compile(r"[- ](?:language|speaking|speakers?)\b")
_SPOKEN = re.compile(r"\b(?:in|speaks?|speaking|spoke|spoken|into|learn|fluent in|read) $")
_NEXT_WORD = re.compile(r"[ -][\w\"]")
_TITLE = re.compile(
    r"(?:Secretary|Minister|President|Director|Commissioner|Commander|Officers?|Officials?|Chief"
    r"|Spokes(?:man|woman|person)|Acting|Deputy|Assistant|Agents?|Administrator|Inspector|Mrs?|Ms"
    r"|Dr|The|General|Ambassador|Senator)"
)
_OPENER = re.compile(
    r"(?:The|An?|In|On|At|By|For|From|To|Of|And|But|Or|As|With|Under|Our|Their|His|Her|Its|This"
    r"|That|These|Those|Both|Since|After|Before|When|While|Where|If|Although|Though|Because|Each"
    r"|Every|Any|All|Some|No|Not|Former|Last|Next|New|Such|Now|Today|So|It|We|He|She|They|You|I"
    r"|Prime|Mrs?|Ms|Dr|President|Minister|Secretary|State|Federal|National|Central|Local|Interim"
    r"|Current|Previous|Senior|Meanwhile|Also|Acting)"
)


def find_names(text: str) -> list[NameMention]:
    """Find all names of actors that are no persons, sorted and disjoint."""
    folded = fold(text)
    hits = [hit for hit in _resolved(folded.text) if _meant(folded.text, hit)]
    spans = _states_with_governments(folded.text, hits)
    spans += _agencies(folded.text, hits)
    spans = _longest(spans)
    spans = _longest(spans + _defined_acronyms(folded.text, spans))
    return [_mention(folded, span) for span in spans if span[2].kind not in ("ignored", "head")]


def _mention(folded: Folded, span: _Hit) -> NameMention:
    start, end = folded.origin(span[0], span[1])
    entry = span[2]
    return NameMention(
        start=start,
        end=end,
        actor_id=entry.actor_id,
        kind=entry.kind,
        country=entry.country,
        form=entry.form,
    )


def _resolved(text: str) -> Iterator[_Hit]:
    """Choose among actors that share a name: the one whose full name or country stands too."""
    found = gazetteer().find(text)
    named = {es[0].actor_id for _, _, es in found if len(es) == 1 and es[0].form == "name"}
    countries = {es[0].country for _, _, es in found if es[0].kind == "state"}
    for start, end, entries in found:
        if len(entries) > 1:
            entries = tuple(
                sorted(
                    entries,
                    key=lambda e: (
                        e.actor_id not in named,
                        e.country not in countries,
                        e.country or "",
                    ),
                )
            )
        yield start, end, entries[0]


_CITY = re.compile(r"\s+(?:City|CITY)\b")


def _meant(text: str, hit: _Hit) -> bool:
    """Refuse languages ("in Spanish"), persons ("Michael Jordan"), "US$5", and shouted words."""
    start, end, entry = hit
    following = text[end : end + 20]
    if following.startswith(("$", "€", "£")):
        return False
    if entry.kind == "state" and entry.form == "name" and _CITY.match(following):
        return False  # "GUATEMALA CITY" is a place, and heads a dateline
    if entry.form == "demonym" and (
        _LANGUAGE.match(following)
        or (not _NEXT_WORD.match(following) and _SPOKEN.search(text[max(0, start - 12) : start]))
    ):
        return False
    if entry.person:
        before = _ONE_LEFT.search(text[max(0, start - 20) : start])
        if before and not _OPENER.fullmatch(before[1]):
            return False
    if not entry.shouted:
        line = text[max(0, start - 20) : end + 20]
        return any(char.islower() for char in line)
    return True


def _states_with_governments(text: str, hits: list[_Hit]) -> list[_Hit]:
    """Extend states to their governments; name the bodies that stand beside them."""
    spans: list[_Hit] = []
    for start, end, entry in hits:
        if entry.kind != "state":
            if entry.kind not in ("agency", "head"):
                spans.append((start, end, entry))
            continue
        government = _GOVERNMENT_OF.search(text[max(0, start - 35) : start])
        beside = _AFTER_STATE.match(text, end)
        if government:
            begin = start - (min(start, 35) - government.start())
            spans.append((begin, end, replace(entry, form="name")))
        elif beside and beside["state"]:
            spans.append((start, beside.end(), replace(entry, form="name")))
        elif beside:
            begin = end + len(beside["own"]) + 1 if beside["own"] else start
            words = text[end + len(beside["own"] or "") + 1 : beside.end()]
            spans.append((begin, beside.end(), _body(words, entry.country)))
            if beside["own"]:
                spans.append((start, end, entry))
        else:
            spans.append((start, end, entry))
    return spans


def _agencies(text: str, hits: list[_Hit]) -> list[_Hit]:
    """Give agencies their full extent and the country of the state that stands before or inside."""
    states = {end: (start, entry) for start, end, entry in hits if entry.kind == "state"}
    starts = {start: (end, entry) for start, end, entry in hits}
    spans: list[_Hit] = []
    for start, end, entry in hits:
        if entry.kind == "head":
            grown = _grown(text, start, end, starts)
            if grown is None:
                continue
            begin, stop = grown
            if text[start:end].lower() in ("government", "administration"):
                spans.append((begin, stop, KnownName(None, "agency", None, "name")))
                continue
            spans.append(_with_country(text, begin, stop, None, states, starts))
        elif entry.kind == "agency":
            spans.append(_with_country(text, start, end, entry, states, starts))
    return spans


def _grown(
    text: str, start: int, end: int, starts: dict[int, tuple[int, KnownName]]
) -> tuple[int, int] | None:
    """Grow a head word ("Ministry") over the capitalised words that make it a name."""
    if text[start:end].lower() in ("government", "administration"):
        before = _ONE_LEFT.search(text[max(0, start - 30) : start])
        if not before or _OPENER.fullmatch(before[1]) or before[1].isupper():
            return None
        return start - len(before[0]), end
    right = _RIGHT.match(text, end)
    if right:
        stop = right.end()
        for cut in (" and ", " & ", ", "):  # a list goes on with another actor
            at = text.find(cut, end, stop)
            while at >= 0:
                known = starts.get(at + len(cut))
                if known and known[1].kind != "head":
                    stop = at
                at = text.find(cut, at + 1, stop)
        stop = max([stop, *(e for s, (e, _) in starts.items() if end < s < stop)])
        words = text[start:stop].split(" ")
        while (
            len(words) > 3
            and _TITLE.fullmatch(words[-1])
            and words[-2] not in ("the", "of", "Prime")
        ):
            stop -= len(words.pop()) + 1
        if text[start:stop].count(" ") > 1:
            return start, stop
    left = _LEFT.search(text[max(0, start - 60) : start])
    if not left:
        return None
    begin = start - len(left[0])
    for word in left[0].split(" ")[:-1]:
        known = starts.get(begin)
        another = known and known[1].kind not in ("state", "ignored", "region") and known[0] < start
        if not (another or word in ("and", "&") or word.endswith("'s") or _leads(word)):
            break
        begin += len(word) + 1
    return (begin, end) if begin < start else None


def _leads(word: str) -> bool:
    return bool(_OPENER.fullmatch(word) or _TITLE.fullmatch(word))


def _with_country(
    text: str,
    start: int,
    end: int,
    entry: KnownName | None,
    states: dict[int, tuple[int, KnownName]],
    starts: dict[int, tuple[int, KnownName]],
) -> _Hit:
    """Find the state beside or inside a body's name, take in its adjective, name the body."""
    country = None
    name_start = start
    inside = starts.get(start)
    if inside and inside[1].kind == "state" and inside[0] < end:
        country, name_start = inside[1].country, inside[0] + 1
    elif start - 1 in states and text[start - 1] == " ":
        start, state = states[start - 1]
        country = state.country
    elif start - 3 in states and text[start - 3 : start] == "'s ":
        country = states[start - 3][1].country
    else:
        of = _OF_STATE.match(text, end)
        known = starts.get(of.end()) if of else None
        if known and known[1].kind == "state":
            return start, known[0], _chosen(text[name_start:end], known[1].country, entry)
        inner = (starts[at][1] for at in range(start, end) if at in starts)
        country = next((other.country for other in inner if other.kind == "state"), None)
    return start, end, _chosen(text[name_start:end], country, entry)


def _chosen(words: str, country: str | None, entry: KnownName | None) -> KnownName:
    if entry and entry.actor_id and country in (None, entry.country):
        return entry
    return _body(words, country)


def _body(words: str, country: str | None) -> KnownName:
    """Name a body by its words: "Ministry of the Interior" and "Interior Ministry" get one id."""
    words = words.strip().lower()
    of = re.fullmatch(r"(\w+) (?:of|for) (?:the )?(.+)", words)
    key = re.sub(r"\W+", "-", f"{of[2]} {of[1]}" if of else words).strip("-")
    key = key.replace("defense", "defence")
    actor_id = f"agency.{country.lower()}.{key}" if country else None
    return KnownName(actor_id, "agency", country, "name")


def _defined_acronyms(text: str, spans: list[_Hit]) -> list[_Hit]:
    """Find again what the text itself abbreviates: "Department of Works (DOW) … DOW"."""
    found: list[_Hit] = []
    for _, end, entry in spans:
        defined = _DEFINED.match(text, end) if entry.kind in ("agency", "organisation") else None
        if defined and defined[1] not in actor_names():
            acronym = replace(entry, form="acronym")
            found += (
                (m.start(), m.end(), acronym)
                for m in re.finditer(rf"(?<!\w){re.escape(defined[1])}(?!\w)", text)
            )
    return found


def _longest(spans: list[_Hit]) -> list[_Hit]:
    kept: list[_Hit] = []
    reached = 0
    for span in sorted(spans, key=lambda s: (s[0], -s[1])):
        if span[0] >= reached:
            kept.append(span)
            reached = span[1]
    return kept
