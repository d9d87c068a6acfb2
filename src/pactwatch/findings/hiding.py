"""Findings without the names of private persons: what a document tells of a name once holds for it
everywhere.

Comes in: a document's context and all its findings. Goes out: the findings with each name that the
document shows to be a private person's replaced by the words that describe that person (CODEBOOK,
rule 6), and those refused that say nothing without the name. The words of a statement and the
evidence are the document's own and stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from pactwatch.findings.context import Context, Filling
from pactwatch.findings.privacy import described, has_office, shown_private
from pactwatch.language import Person
from pactwatch.language.span_index import SpanIndex
from pactwatch.model import Filler, Finding, Rejected

__all__ = ["without_private_names"]

_VERBATIM = frozenset({"content", "cue"})
_PERSONS = frozenset(
    {"actor", "recipient", "target", "speaker", "addressee", "participant", "person", "signatory"}
    | {"party", "body"}
)
_NEEDED = {"statement": "speaker", "office": "person"}
_LINKS = re.compile(r"(?:^|\s)(?:of|for|to|by|from|with|and|in|on|against|the|a|an|,)$")
_SHORTEST = 3  # letters of a surname that is hidden where it stands alone


def without_private_names(
    context: Context, findings: Iterable[Finding]
) -> Iterator[Finding | Rejected]:
    """Yield each finding with descriptions in place of private persons' names.

    A person to whom a finding gives an office is public.
    """
    findings = list(findings)
    holders = [f for finding in findings if finding.kind == "office" for f in _of(finding)]
    places: list[tuple[int, int]] = []
    stand_ins: list[tuple[int, int]] = []
    for person, words in _hidden(context, holders):
        for span in _places(context, person):
            places.append(span)
            stand_ins.append(words)
    index = SpanIndex(places)
    for finding in findings:
        yield _cleared(context, finding, index, places, stand_ins) if places else finding


def _of(finding: Finding) -> tuple[Filler, ...]:
    return finding.roles.get("person", ())


def _hidden(context: Context, holders: list[Filler]) -> Iterator[tuple[Person, tuple[int, int]]]:
    """Private persons with the words that describe them, however often they are named."""
    named = shown_private(context)
    everyone: list[Person] = []
    known: list[Person] = []
    for person in context.reading.persons:
        same = [p for p in named if _is_one(context, p, person)]
        mentions = sorted({*person.mentions, *(at for p in same for at in p.mentions)})
        everyone.append(replace(person, mentions=mentions))
        known += same
    for person in [*everyone, *(p for p in named if p not in known)]:
        if any(s < h.end and h.start < e for h in holders for s, e in person.mentions):
            continue
        words = None if person.private else described(context, person)
        if words is not None:
            yield person, words


def _is_one(context: Context, stranger: Person, person: Person) -> bool:
    """Whether a name beside a description is that of a person known already, by the full name, or
    by the surname alone where no office stands beside it."""
    if stranger.name.casefold() == person.name.casefold():
        return True
    if " " in person.name or person.surname != stranger.surname or person.private:
        return False
    return not has_office(context, person)


def _places(context: Context, person: Person) -> list[tuple[int, int]]:
    """All places of a document that name a person: the mentions, the full name, and the surname
    where nobody else bears it."""
    text = context.reading.text
    words = person.name.split()
    names = [r"\s+".join(map(re.escape, words))]
    shared = [
        p
        for p in context.reading.persons
        if p.surname == person.surname and p.start != person.start and not p.private
    ]
    if len(words) > 1 and not shared and len(words[-1]) >= _SHORTEST:
        names.append(re.escape(words[-1]))
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(names)})(?!\w)")
    found = {m.span() for m in pattern.finditer(text) if context.reading.name_at(m.start()) is None}
    return sorted(found | set(person.mentions))


def _cleared(
    context: Context,
    finding: Finding,
    index: SpanIndex,
    places: list[tuple[int, int]],
    stand_ins: list[tuple[int, int]],
) -> Finding | Rejected:
    """One finding without the names; the same one where it names nobody private."""

    def clear(role: str, filler: Filler) -> Filling | None:
        at = next(iter(index.overlapping(filler.start, filler.end)), None)
        if at is None:
            return filler.start, filler.end, filler.value
        if role not in _PERSONS and places[at][0] > filler.start:
            end = _end_before(context.reading.text, filler.start, places[at][0])
            if end > filler.start:
                return filler.start, end, filler.value
        start, end = stand_ins[at]
        return (start, end, None) if start < end else None

    roles: dict[str, list[Filling]] = {}
    changed = False
    for role, fillers in finding.roles.items():
        if role in _VERBATIM:
            roles[role] = [(f.start, f.end, f.value) for f in fillers]
            continue
        kept = [filling for f in fillers if (filling := clear(role, f)) is not None]
        roles[role] = list(dict.fromkeys(kept))
        changed = changed or [k[:2] for k in kept] != [(f.start, f.end) for f in fillers]
    by = finding.attributed_to
    reporter = clear("speaker", by) if by is not None else None
    if not changed and (by is None or (reporter and reporter[:2] == (by.start, by.end))):
        return finding
    needed = _NEEDED.get(finding.kind)
    if finding.kind == "office" or (needed and not roles.get(needed)):
        first = finding.evidence[0]
        return context.reject(
            finding.kind, finding.trigger, "private person", first.start, first.end
        )
    return Finding.cut(
        context.document, finding.kind, type=finding.type, stage=finding.stage,
        form=finding.form, binding=finding.binding, roles=roles,
        evidence=[(q.start, q.end) for q in finding.evidence],
        attributed_to=reporter, trigger=finding.trigger,
    )  # fmt: skip


def _end_before(text: str, start: int, end: int) -> int:
    """End of what a phrase says before a name, without the words that link the two."""
    part = text[start:end].rstrip()
    while match := _LINKS.search(part):
        part = part[: match.start()].rstrip()
    return start + len(part)
