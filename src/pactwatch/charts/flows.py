"""Money and people by stage: each amount where it stands, and from whom to whom.

Comes in: amounts of measures, each with its stage. Goes out: Vega-Lite. Stages stand beside each
other and are never added together: what is promised and then paid is one sum told twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

__all__ = ["STAGES", "Flow", "flow_chart", "money_chart"]

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"

STAGES = (
    "proposed", "threatened", "promised", "agreed", "under way", "done", "suspended", "ended",
    "refused",
)  # fmt: skip
"""Stages of measures, from a mere word to its end; as docs/codebook.md names them."""

SHORT = "replace(format(datum.value, '~s'), 'G', 'B')"
"""Labels of numbers: 350M, 1B."""

MOST = 14  # pairs of giver and receiver in one chart


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """One amount of one measure at one stage.

    Attributes:
        pair: "giver → receiver", or what is known of it.
    """

    pair: str
    label: str
    stage: str
    number: float
    words: str
    unit: str
    approximate: bool
    accounts: int
    href: str


def _values(flows: Sequence[Flow]) -> list[dict[str, Any]]:
    return [
        {
            "pair": flow.pair, "label": flow.label, "stage": flow.stage, "number": flow.number,
            "words": flow.words, "unit": flow.unit, "approximate": flow.approximate,
            "accounts": flow.accounts, "href": flow.href,
        }
        for flow in flows
    ]  # fmt: skip


_TOOLTIP = [
    {"field": "label", "title": "measure"},
    {"field": "words", "title": "amount"},
    {"field": "stage"},
    {"field": "accounts"},
]


def _sort(flows: Sequence[Flow]) -> list[str]:
    found = {flow.stage for flow in flows}
    return [*(s for s in STAGES if s in found), *sorted(found - set(STAGES))]


def money_chart(flows: Sequence[Flow], *, unit: str) -> dict[str, Any]:
    """Each amount as a point in the row of its stage, on a logarithmic axis."""
    stages = _sort(flows)
    return {
        "$schema": SCHEMA,
        "width": "container",
        "height": 30 * max(1, len(stages)),
        "data": {"values": _values(flows)},
        "mark": {"type": "point", "style": "step", "filled": True, "size": 90},
        "encoding": {
            "y": {
                "field": "stage", "type": "ordinal", "sort": stages, "title": None,
                "axis": {"grid": True, "ticks": False, "domain": False},
            },
            "x": {
                "field": "number", "type": "quantitative", "scale": {"type": "log"},
                "title": unit,
                "axis": {"labelExpr": SHORT, "labelOverlap": "greedy", "labelSeparation": 14},
            },
            "size": {
                "field": "accounts", "type": "quantitative", "legend": None,
                "scale": {"range": [50, 260]},
            },
            "fillOpacity": {"condition": {"test": "datum.approximate", "value": 0}, "value": 0.75},
            "tooltip": _TOOLTIP,
            "href": {"field": "href"},
        },
    }  # fmt: skip


def flow_chart(flows: Sequence[Flow], *, unit: str) -> dict[str, Any]:
    """Bars from giver to receiver, one column for each stage; the pairs with most measures."""
    often: dict[str, int] = {}
    for flow in flows:
        often[flow.pair] = often.get(flow.pair, 0) + 1
    pairs = sorted(often, key=lambda pair: (-often[pair], pair))[:MOST]
    shown = [flow for flow in flows if flow.pair in set(pairs)]
    largest = max((flow.number for flow in shown), default=1.0)
    return {
        "$schema": SCHEMA,
        "width": "container",
        "height": 26 * max(1, len(pairs)),
        "data": {"values": _values(shown)},
        "mark": {"type": "point", "style": "step", "filled": True},
        "encoding": {
            "x": {
                "field": "stage", "type": "ordinal", "sort": _sort(shown), "title": None,
                "axis": {"orient": "top", "labelAngle": 0, "grid": True, "domain": False},
            },
            "y": {
                "field": "pair", "type": "ordinal", "sort": pairs, "title": None,
                "axis": {"grid": True, "ticks": False, "domain": False},
            },
            "size": {
                "field": "number", "type": "quantitative", "title": unit,
                "scale": {"range": [12, 700], "domain": [0, largest]},
                "legend": {"orient": "bottom", "labelExpr": SHORT, "values": _round(largest)},
            },
            "fillOpacity": {"condition": {"test": "datum.approximate", "value": 0}, "value": 0.55},
            "tooltip": _TOOLTIP,
            "href": {"field": "href"},
        },
    }  # fmt: skip


def _round(largest: float) -> list[float]:
    """Three values of a legend: the largest to one digit, and two below."""
    if largest < 1:
        return [largest]
    step = 10 ** (len(str(int(largest))) - 1)
    top = largest // step * step
    return [top / 20, top / 4, top]
