"""When things were promised and done, at the precision that the sources give.

Comes in: records with their stage history. Goes out: rows of steps, and a scale that places them
between 0 and 100 percent. A month stays a month: a step is a band from its first to its last
possible day. A step without any date is not placed and not guessed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from pactwatch.model import Record
from pactwatch.report.words import date_bounds, date_words, one_line

__all__ = ["Row", "Scale", "Step", "Tick", "lay_scale", "place", "timeline"]

_KINDS = ("agreement", "measure", "meeting", "incident")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A stage of a record on a day, in a month or in a year.

    Attributes:
        first, last: The first and the last day that the words allow.
        told: The date is that of the earliest document, not of the event itself.
        words: "27 May 2019", "May 2019", "told 31 May 2019".
    """

    stage: str
    first: date
    last: date
    told: bool
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A record with its dated steps, the earliest first."""

    record: Record
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """The start of a year on the scale, or of a gap of several years without any step (label
    "…")."""

    label: str
    left: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Years, each as wide as what happened in it asks for.

    Attributes:
        edges: ``(first day, percent)`` of each stretch in order, and one past the last.
    """

    edges: tuple[tuple[date, float], ...]
    ticks: tuple[Tick, ...]


def timeline(records: Iterable[Record]) -> list[Row]:
    """Rows of agreements, measures, meetings and incidents that have a date, the earliest first."""
    rows = []
    for record in records:
        if record.kind in _KINDS and (steps := _steps(record)):
            rows.append(Row(record=record, steps=steps))
    return sorted(rows, key=lambda row: (row.steps[0].first, row.steps[0].last))


def _steps(record: Record) -> tuple[Step, ...]:
    told = [(step.stage, step.date, step.date_from != "event") for step in record.history]
    if record.date and not any(day and not late for _, day, late in told):
        told.append((record.stage or "", record.date, False))
    dated = {stage for stage, day, late in told if date_bounds(day) and not late}
    steps: dict[tuple[str, str], Step] = {}
    for stage, day, late in told:
        bounds = date_bounds(day)
        if bounds is None or (late and stage in dated):  # its own date says more than the report's
            continue
        words = f"told {date_words(day)}" if late else date_words(day)
        step = Step(stage=one_line(stage), first=bounds[0], last=bounds[1], told=late, words=words)
        steps.setdefault((step.stage, words), step)
    return tuple(sorted(steps.values(), key=lambda step: (step.first, step.last, step.stage)))


def lay_scale(rows: Sequence[Row]) -> Scale:
    """Give every year room for what happened in it; runs of three and more empty years shrink to a
    gap.

    The width of a year grows with the square root of its steps: nine steps get three times the room
    of one, so that a crowded year can be read and a quiet one does not vanish.
    """
    steps = Counter(step.first.year for row in rows for step in row.steps)
    if not steps:
        return Scale(edges=(), ticks=())
    last = max(step.last.year for row in rows for step in row.steps)
    stretches: list[tuple[int, int, float]] = []
    year = min(steps)
    while year <= last:
        end = year + 1
        while end <= last and not steps[year] and not steps[end]:
            end += 1
        empty = end - year if not steps[year] else 0
        if empty >= 3:
            stretches.append((year, end, 0.6))
        else:
            stretches += [(y, y + 1, max(0.6, steps[y] ** 0.5)) for y in range(year, end)]
        year = end
    return _lay(stretches)


def _lay(stretches: Sequence[tuple[int, int, float]]) -> Scale:
    total = sum(weight for _, _, weight in stretches)
    edges, ticks, left = [], [], 0.0
    for start, end, weight in stretches:
        edges.append((date(start, 1, 1), round(left, 2)))
        if end - start > 1:
            ticks.append(Tick(label="…", left=round(left, 2)))
        elif (
            not ticks or left - ticks[-1].left >= 5
        ):  # labels nearer than this overprint each other
            ticks.append(Tick(label=str(start), left=round(left, 2)))
        left += 100 * weight / total
    edges.append((date(min(stretches[-1][1], 9999), 1, 1), 100.0))
    return Scale(edges=tuple(edges), ticks=tuple(ticks))


def place(scale: Scale, first: date, last: date) -> tuple[float, float]:
    """Left edge and width in percent of the days `first` to `last`."""
    left = _at(scale, first)
    return round(left, 2), round(max(_at(scale, _after(last)) - left, 0.0), 2)


def _after(day: date) -> date:
    return day + timedelta(days=1) if day < date.max else day


def _at(scale: Scale, day: date) -> float:
    for (start, left), (end, right) in pairwise(scale.edges):
        if day < end:
            return left + (right - left) * max(0, (day - start).days) / max(1, (end - start).days)
    return 100.0
