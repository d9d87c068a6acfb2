"""When things were promised and done: rows of stages on one axis of time, and how many in a month.

Comes in: dated stages with the first and last day that their words allow. Goes out: Vega-Lite. A
day is a point, a month or a longer range is a bar, and the stages of one record are joined by a
line. A date that is only that of the report is drawn hollow.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

__all__ = ["Dated", "density_chart", "timeline_chart"]

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
ROW = 22  # pixels of a row


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A stage on the axis.

    Attributes:
        label: Of the record; rows are kept apart by it.
        first, last: The first and the last day that the words allow.
        told: The date is that of the report, not of the event.
        state: "open" (proposed, promised …), "done" or "off" (suspended, ended, refused).
        href: Where a click leads.
    """

    label: str
    stage: str
    words: str
    first: date
    last: date
    told: bool
    state: str
    href: str


def timeline_chart(steps: Sequence[Dated]) -> dict[str, Any]:
    """Rows of records in the order of their first stage."""
    order: dict[str, date] = {}
    for step in steps:
        order[step.label] = min(order.get(step.label, step.first), step.first)
    rows = sorted(order, key=lambda label: (order[label], label))
    values = [
        {
            "label": step.label,
            "stage": step.stage,
            "when": step.words,
            "first": step.first.isoformat(),
            "last": _after(step.last).isoformat(),
            "told": step.told,
            "state": step.state,
            "point": step.first == step.last,
            "href": step.href,
        }
        for step in steps
    ]
    y = {
        "field": "label", "type": "ordinal", "sort": rows, "title": None,
        "axis": {"ticks": False, "domain": False, "grid": True},
    }  # fmt: skip
    x = {"field": "first", "type": "temporal", "title": None}
    tooltip = [
        {"field": "label", "title": "what"},
        {"field": "stage", "title": "stage"},
        {"field": "when", "title": "when"},
    ]
    state = {"field": "state", "type": "nominal"}
    scale = {"domain": ["open", "done", "off"]}
    shape = {**state, "scale": {**scale, "range": ["circle", "square", "triangle-down"]}}
    shape["legend"] = {"orient": "top", "title": None, "symbolStrokeWidth": 1.5}
    return {
        "$schema": SCHEMA,
        "width": "container",
        "height": ROW * max(1, len(rows)),
        "data": {"values": values},
        "encoding": {"y": y},
        "layer": [
            {
                "mark": {"type": "rule", "style": "link"},
                "encoding": {
                    "x": {"field": "first", "type": "temporal", "aggregate": "min"},
                    "x2": {"field": "last", "aggregate": "max"},
                },
            },
            {
                "transform": [{"filter": "!datum.point"}],
                "mark": {"type": "bar", "style": "band", "height": 7, "cornerRadius": 3},
                "encoding": {
                    "x": x, "x2": {"field": "last"}, "tooltip": tooltip,
                    "href": {"field": "href"},
                    "fillOpacity": {"condition": {"test": "datum.told", "value": 0}, "value": 0.55},
                },
            },
            {
                "transform": [{"filter": "datum.point"}],
                "mark": {"type": "point", "style": "step", "filled": True, "size": 70},
                "encoding": {
                    "x": x, "shape": shape, "tooltip": tooltip, "href": {"field": "href"},
                    "fillOpacity": {"condition": {"test": "datum.told", "value": 0}, "value": 1},
                },
            },
        ],
    }  # fmt: skip


def density_chart(months: Iterable[tuple[str, str, int]]) -> dict[str, Any]:
    """Dated stages by month ("2019-05", kind, number), stacked by kind."""
    values = [{"month": f"{month}-01", "kind": kind, "n": n} for month, kind, n in months]
    return {
        "$schema": SCHEMA,
        "width": "container",
        "height": 110,
        "data": {"values": values},
        "mark": {"type": "bar", "binSpacing": 1},
        "encoding": {
            "x": {"field": "month", "type": "temporal", "timeUnit": "yearmonth", "title": None},
            "y": {"field": "n", "type": "quantitative", "title": "records dated"},
            "color": {
                "field": "kind", "type": "nominal", "sort": None,
                "legend": {"orient": "top", "title": None},
            },
            "tooltip": [
                {"field": "month", "type": "temporal", "timeUnit": "yearmonth", "title": "month"},
                {"field": "kind"}, {"field": "n", "title": "records"},
            ],
        },
    }  # fmt: skip


def _after(day: date) -> date:
    return day + timedelta(days=1) if day < date.max else day
