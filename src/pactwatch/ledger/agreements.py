"""When two findings tell of one agreement: by name, else by parties, signatories and time.

Comes in: facts of agreements. Goes out: `Rules`, names cut to what identifies, and the agreement
that a measure names. A name that any instrument could bear ("the memorandum") proves nothing by
itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from pactwatch.ledger.compare import days_apart
from pactwatch.ledger.earlier import days_between, signed_together, signed_within
from pactwatch.ledger.facts import Facts
from pactwatch.ledger.instruments import InstrumentName, alike, has_form, instrument_name
from pactwatch.ledger.merge import Rules
from pactwatch.ledger.words import fold, likeness

__all__ = ["find_agreement", "rules_for"]

_LOOSE_TYPES = frozenset({None, "agreement", "other"})
_FORMED = frozenset({"memorandum", "treaty", "compact", "declaration"})
_FAR_IN_DAYS = 60  # signing dates further apart are two signings
_FAR_REPORTS = 400  # reports further apart don't speak of one "memorandum" without a name


def _names(facts: Facts) -> list[InstrumentName]:
    return facts.once("names", f"{len(facts.aliases)} aliases", lambda: _make_names(facts))


def _make_names(facts: Facts) -> list[InstrumentName]:
    names = [instrument_name(f.text) for f in (*facts.fillers("name"), *facts.aliases)]
    specific = [n for n in names if n.specific or n.acronyms]
    return specific or names


Base = frozenset[str]


def _bases(facts: Facts, instruments: Mapping[str, Sequence[InstrumentName]]) -> frozenset[Base]:
    """What a reshaped instrument was before: names of its document that hold all its words."""
    bases: set[Base] = set()
    for name in _names(facts):
        for known in instruments.get(facts.document_id, ()) if name.successor else ():
            if not known.successor and name.specific <= known.specific:
                bases.add(known.specific)
    return frozenset(bases)


def _one_base(one: Iterable[Base], other: Iterable[Base]) -> bool:
    """Whether two reshaped instruments come of one: the shorter name's words are in the longer."""
    return any(((x <= y or y <= x) and len(x & y) > 1) or x == y for x in one for y in other)


def rules_for(everything: Sequence[Facts]) -> Rules:
    """The rules for the agreements of a dossier."""
    instruments: dict[str, list[InstrumentName]] = {}
    for facts in everything:
        instruments.setdefault(facts.document_id, []).extend(_names(facts))
    bases = {f.finding.id: _bases(f, instruments) for f in everything}

    def blocks(facts: Facts) -> Iterable[str]:
        for name in _names(facts):
            yield from (f"acronym {a}" for a in name.acronyms | name.initials)
            yield from (f"word {w}" for w in name.specific)
        if facts.states("party"):
            yield "parties " + " ".join(sorted(facts.states("party")))
        yield from (f"signatory {key}" for key in facts.ids("signatory"))
        yield from (f"base {word}" for base in bases[facts.finding.id] for word in base)
        yield from (f"{f} {day[:7]}" for f in _form_of(facts) for day in facts.dates("signed"))

    def score(a: Facts, b: Facts) -> float:
        if _one_base(bases[a.finding.id], bases[b.finding.id]):
            return 5.0
        likest = max((alike(x, y) for x in _names(a) for y in _names(b)), default=0.0)
        if likest >= 3:
            return likest
        return _by_circumstance(a, b)

    def forbids(a: Facts, b: Facts) -> bool:
        if bool(bases[a.finding.id]) != bool(bases[b.finding.id]):
            return True
        if _one_base(bases[a.finding.id], bases[b.finding.id]):
            return False
        return _contradict(a, b)

    def same_here(facts: Facts) -> str | None:
        names = [n for n in _names(facts) if n.proper or n.acronyms]
        if bases[facts.finding.id]:
            return None
        if not names:
            told_as = fold(facts.fillers("name")[0].text) if facts.fillers("name") else ""
            return f"instrument called {told_as}" if " " in told_as else None
        name = names[0]
        told = {a for known in instruments[facts.document_id] for a in known.acronyms}
        if (name.acronyms | name.initials) & told:
            return f"instrument {min((name.acronyms | name.initials) & told)}"
        return f"instrument {' '.join(sorted(name.specific))} {' '.join(sorted(name.digits))}"

    return Rules(
        blocks=blocks, score=score, forbids=forbids, same_here=same_here, apart_here=_apart_here
    )


def _apart_here(a: Facts, b: Facts) -> bool:
    """Two instruments of one name in one document: signed far apart, or each with a party more."""
    one, other = a.states("party"), b.states("party")
    closed = not {a.finding.type, b.finding.type} & {"treaty", "programme"}
    distances = [days_apart(x, y) for x in a.dates("signed") for y in b.dates("signed")]
    far = bool(distances) and all(d is not None and d > _FAR_IN_DAYS for d in distances)
    return far or (closed and bool(one - other and other - one))


def _form_of(facts: Facts) -> frozenset[str]:
    return frozenset(
        form
        for filler in (*facts.fillers("name"), *facts.aliases)
        for form in re.findall(
            r"memorandum of \w+|treaty|compact|declaration|convention", fold(filler.text)
        )
    )


def _by_circumstance(a: Facts, b: Facts) -> float:
    """Score two instruments of which one has no name of its own."""
    parties = a.states("party"), b.states("party")
    equal = bool(parties[0]) and parties[0] == parties[1] and len(parties[0]) > 1
    score = 0.0
    if _form_of(a) & _form_of(b):
        score += 2
    if a.ids("signatory") & b.ids("signatory"):
        score += 2
    distance = days_between(signed_within(a), signed_within(b))
    if distance is not None and distance <= 1:
        score += 2
        score += 1 if a.finding.type == b.finding.type and a.finding.type in _FORMED else 0
    areas = _areas(a), _areas(b)
    if a.origins & b.origins:
        score += 2
    if areas[0] & areas[1]:
        score += 1 if likeness(*areas) >= 0.3 else 0.5
    apart = days_apart(a.published, b.published)
    if apart is not None and apart <= 30:
        score += 1
    needed = 3 if equal else 5
    return score if score >= needed else 0.0


def _areas(facts: Facts) -> frozenset[str]:
    return frozenset(f.value for f in facts.fillers("area") if isinstance(f.value, str))


def _contradict(a: Facts, b: Facts) -> bool:
    """Whether two agreements can't be one instrument."""
    names_a, names_b = _names(a), _names(b)
    own_a, own_b = any(n.specific for n in names_a), any(n.specific for n in names_b)
    likest = max((alike(x, y) for x in names_a for y in names_b), default=0.0)
    if own_a and own_b and likest < 3:
        return True
    digits = [frozenset().union(*(n.digits for n in names)) for names in (names_a, names_b)]
    if digits[0] and digits[1] and not digits[0] & digits[1]:
        return True
    distance = days_between(signed_within(a), signed_within(b))
    if distance is not None and distance > _FAR_IN_DAYS:
        return True
    parties = a.states("party"), b.states("party")
    subject = any(has_form(f.text) for x in (a, b) for f in x.fillers("name"))
    if parties[0] and parties[1] and not parties[0] & parties[1] and (likest < 4 or subject):
        return True
    if any(n.successor for n in names_a) != any(n.successor for n in names_b):
        return True
    open_ = bool({a.finding.type, b.finding.type} & {"treaty", "programme"})  # others join
    other_partner = len(parties[0] & parties[1]) < 2 and not open_
    if _cross(*parties) and (_only_described([*names_a, *names_b]) or other_partner):
        return not signed_together(a, b)
    if likest >= 4:
        return False
    if a.places() and b.places() and not a.places() & b.places() and not signed_together(a, b):
        return True
    return _contradict_unnamed(a, b, parties)


def _only_described(names: Iterable[InstrumentName]) -> bool:
    """Whether none is a proper name: any two states can have a "free trade agreement"."""
    return not any(n.proper or n.acronyms for n in names)


def _cross(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether each of two lists of states has one that the other lacks."""
    return min(len(one), len(other)) > 1 and bool(one - other and other - one)


def _contradict_unnamed(a: Facts, b: Facts, parties: tuple[frozenset[str], frozenset[str]]) -> bool:
    if parties[0] and parties[1]:
        small, large = sorted(parties, key=len)
        # One state more or less weighs little where both quote the same statement of a signatory.
        quoted = a.origins & b.origins and a.ids("signatory") & b.ids("signatory")
        slack = 1 if quoted or (_form_of(a) & _form_of(b) and signed_together(a, b)) else 0
        if not small <= large or (len(small) > 1 and len(large) - len(small) > slack):
            return True
    types = {a.finding.type, b.finding.type} - _LOOSE_TYPES
    if len(types) > 1:
        return True
    people = [frozenset(k for k in f.ids("signatory") if k.startswith("person:")) for f in (a, b)]
    if people[0] and people[1] and not people[0] & people[1]:
        return True
    apart = days_apart(a.published, b.published)
    return apart is not None and apart > _FAR_REPORTS


def find_agreement(facts: Facts, words: str, groups: Sequence[Sequence[Facts]]) -> int | None:
    """The one group of agreements that words of a finding name, or None where several fit.

    Args:
        words: A filler of the role `agreement`, or an object that may name an instrument.
        groups: The agreements told by the finding's own document.
    """
    name = instrument_name(words)
    fitting: dict[int, float] = {}
    for index, group in enumerate(groups):
        here = [f for f in group if f.document_id == facts.document_id]
        letter = any(fold(n.text) == fold(words) for f in here for n in f.fillers("name"))
        likest = max((alike(name, known) for f in group for known in _names(f)), default=0.0)
        if letter:
            fitting[index] = 9.0
        elif likest:
            fitting[index] = likest
        elif here and not name.specific and not name.acronyms and has_form(words):
            fitting[index] = 1.0 if _form_fits(words, here) else 0.0
    best = max(fitting.values(), default=0.0)
    winners = [index for index, value in fitting.items() if value == best]
    one = len({_first_name(groups[index]) for index in winners}) == 1 and not any(
        _apart_here(groups[i][0], groups[j][0]) for i, j in combinations(winners, 2)
    )
    return winners[0] if best > 0 and one else None


def _first_name(group: Sequence[Facts]) -> str:
    """The name of an agreement as first told; two findings of one name are mostly one agreement."""
    names = [filler for facts in group for filler in facts.fillers("name")]
    return fold(names[0].text) if names else group[0].finding.id


def _form_fits(words: str, here: Sequence[Facts]) -> bool:
    memorandum = re.search(r"(?i)memorandum|\bmou\b", words) is not None
    types = {f.finding.type for f in here}
    named = any("memorandum" in fold(n.text) for f in here for n in f.fillers("name"))
    return (
        "memorandum" in types or named if memorandum else not types <= {"programme", "declaration"}
    )
