"""Who is tied to whom: actors as points, agreements and measures as lines between them.

Comes in: actors and counted ties. Goes out: Vega-Lite with places worked out here, the same for the
same ties. Source of the layout: Fruchterman and Reingold, "Graph drawing by force-directed
placement" (1991), started from a circle instead of chance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Link", "Node", "network_chart"]

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
STEPS = 150  # of the layout; more change nothing that can be seen with 60 actors

Places = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """An actor; `kind` as in the model."""

    id: str
    name: str
    kind: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A tie of two actors; `kind` is "agreement" or "measure"."""

    first: str
    second: str
    kind: str
    records: int


def network_chart(nodes: Sequence[Node], links: Sequence[Link]) -> dict[str, Any]:
    """Actors and ties; the more ties, the larger the point and its name."""
    order = {node.id: place for place, node in enumerate(nodes)}
    inside = [link for link in links if link.first in order and link.second in order]
    degree = [0] * len(nodes)
    for link in inside:
        degree[order[link.first]] += link.records
        degree[order[link.second]] += link.records
    places = _lay(len(nodes), [(order[k.first], order[k.second], k.records) for k in inside])
    named = set(sorted(range(len(nodes)), key=lambda n: (-degree[n], n))[:28])
    points = [
        {
            "name": node.name, "kind": node.kind, "ties": degree[n], "href": node.href,
            "x": float(places[n, 0]), "y": float(places[n, 1]),
            "shown": _short(node.name) if n in named else "",
        }
        for n, node in enumerate(nodes)
    ]  # fmt: skip
    lines = [
        {
            "x": points[order[k.first]]["x"], "y": points[order[k.first]]["y"],
            "x2": points[order[k.second]]["x"], "y2": points[order[k.second]]["y"],
            "kind": k.kind, "records": k.records,
            "who": f"{nodes[order[k.first]].name} {'→' if k.kind == 'measure' else '–'} "
            f"{nodes[order[k.second]].name}",
        }
        for k in inside
    ]  # fmt: skip
    scale = {"domain": [-0.06, 1.06], "nice": False, "zero": False}
    x = {"field": "x", "type": "quantitative", "axis": None, "scale": scale}
    y = {"field": "y", "type": "quantitative", "axis": None, "scale": scale}
    return {
        "$schema": SCHEMA,
        "width": "container",
        "height": 560,
        "layer": [
            {
                "data": {"values": lines},
                "mark": {"type": "rule", "style": "tie"},
                "encoding": {
                    "x": x, "y": y, "x2": {"field": "x2"}, "y2": {"field": "y2"},
                    "strokeWidth": {
                        "field": "records", "type": "quantitative", "legend": None,
                        "scale": {"range": [1, 6]},
                    },
                    "strokeDash": {
                        "field": "kind", "type": "nominal", "title": None,
                        "scale": {"domain": ["agreement", "measure"], "range": [[1, 0], [4, 3]]},
                        "legend": {"orient": "top", "symbolType": "stroke"},
                    },
                    "tooltip": [{"field": "who"}, {"field": "kind"}, {"field": "records"}],
                },
            },
            {
                "data": {"values": points},
                "mark": {"type": "point", "style": "node", "filled": True},
                "encoding": {
                    "x": x, "y": y,
                    "size": {
                        "field": "ties", "type": "quantitative", "legend": None,
                        "scale": {"range": [40, 420]},
                    },
                    "shape": {
                        "field": "kind", "type": "nominal", "title": None,
                        "legend": {"orient": "top"},
                    },
                    "tooltip": [{"field": "name"}, {"field": "kind"}, {"field": "ties"}],
                    "href": {"field": "href"},
                },
            },
            {
                "data": {"values": [point for point in points if point["shown"]]},
                "mark": {"type": "text", "style": "name", "dy": -13},
                "encoding": {"x": x, "y": y, "text": {"field": "shown"}, "href": {"field": "href"}},
            },
        ],
    }  # fmt: skip


def _short(name: str) -> str:
    return name if len(name) <= 28 else name[:27].rstrip() + "…"


def _lay(size: int, ties: Sequence[tuple[int, int, int]]) -> Places:
    """Places between 0 and 1, on both axes."""
    if not size:
        return np.zeros((0, 2))
    angle = 2 * np.pi * np.arange(size) / size
    places = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    ideal = 1.6 / np.sqrt(size)
    pull = np.zeros((size, size))
    for first, second, records in ties:
        pull[first, second] = pull[second, first] = 1 + np.log(records)
    for step in range(STEPS):
        apart = places[:, None, :] - places[None, :, :]
        far = np.maximum(np.hypot(apart[..., 0], apart[..., 1]), 0.01)
        force = ideal**2 / far**2 - pull * far / ideal
        move = (apart * force[..., None]).sum(axis=1) - 0.6 * places  # and a little to the middle
        length = np.maximum(np.hypot(move[:, 0], move[:, 1]), 1e-9)[:, None]
        places = places + move / length * np.minimum(length, 0.12 * (1 - step / STEPS) + 0.002)
    low, high = places.min(axis=0), places.max(axis=0)
    even = (places - low) / np.maximum(high - low, 1e-9)
    ranks = places.argsort(axis=0, kind="stable").argsort(axis=0, kind="stable") / max(1, size - 1)
    # Half by rank: what is crowded in the middle is drawn apart, what is far out comes nearer.
    result: Places = np.round(0.5 * even + 0.5 * ranks, 4)
    return result
