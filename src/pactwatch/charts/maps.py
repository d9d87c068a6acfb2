"""Places on a map: countries shaded by how many records name them, cities as points.

Comes in: places with their country or coordinates. Goes out: Vega-Lite over the outlines of the
bundle.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import radians
from typing import Any

import msgspec

from pactwatch.charts.bundle import bundle_file

__all__ = ["Spot", "map_chart"]

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place with its records.

    Attributes:
        country: ISO 3166-1 alpha-2 where the place is a whole country with an outline, else None.
        longitude, latitude: In degrees; of a whole country None.
    """

    name: str
    country: str | None
    longitude: float | None
    latitude: float | None
    records: int
    href: str


def map_chart(spots: Sequence[Spot], *, world: str) -> dict[str, Any]:
    """Shaded countries and points, as large a part of the world as they need.

    Args:
        world: Address of world.json.
    """
    shaded = [
        {"id": s.country, "name": s.name, "records": s.records, "href": s.href}
        for s in spots
        if s.country and s.longitude is None
    ]
    points = [
        {
            "name": s.name,
            "records": s.records,
            "lon": s.longitude,
            "lat": s.latitude,
            "href": s.href,
        }
        for s in spots
        if s.longitude is not None
    ]
    tooltip = [{"field": "name"}, {"field": "records"}]
    return {
        "$schema": SCHEMA,
        "width": "container",
        "height": 460,
        "projection": _projection(spots),
        "layer": [
            {
                "data": {"url": world, "format": {"property": "features"}},
                "mark": {"type": "geoshape", "style": "land", "clip": True},
            },
            {
                "data": {"url": world, "format": {"property": "features"}},
                "transform": [
                    {
                        "lookup": "id",
                        "from": {
                            "data": {"values": shaded}, "key": "id",
                            "fields": ["name", "records", "href"],
                        },
                    },
                    {"filter": "isValid(datum.records)"},
                ],
                "mark": {"type": "geoshape", "style": "country", "clip": True},
                "encoding": {
                    "fillOpacity": {
                        "field": "records", "type": "quantitative", "legend": None,
                        "scale": {"type": "sqrt", "range": [0.25, 0.9]},
                    },
                    "tooltip": tooltip,
                    "href": {"field": "href"},
                },
            },
            {
                "data": {"values": points},
                "mark": {"type": "circle", "style": "city"},
                "encoding": {
                    "longitude": {"field": "lon", "type": "quantitative"},
                    "latitude": {"field": "lat", "type": "quantitative"},
                    "size": {
                        "field": "records", "type": "quantitative", "legend": None,
                        "scale": {"domainMin": 0, "range": [20, 260]},
                    },
                    "tooltip": tooltip,
                    "href": {"field": "href"},
                },
            },
        ],
    }  # fmt: skip


MARGIN = 8.0  # degrees around what is shown
LEAST = 24.0  # degrees across, so that one city does not fill the map
WORLD = 150.0  # degrees across from which the whole world is shown

Box = tuple[float, float, float, float]


def _projection(spots: Sequence[Spot]) -> dict[str, Any]:
    """The part of the world that holds all places, or the whole."""
    boxes = [box for spot in spots if (box := _box(spot)) is not None]
    if not boxes:
        return {"type": "naturalEarth1"}
    west, south = min(b[0] for b in boxes) - MARGIN, min(b[1] for b in boxes) - MARGIN
    east, north = max(b[2] for b in boxes) + MARGIN, max(b[3] for b in boxes) + MARGIN
    wide, high = max(LEAST, east - west), max(LEAST, north - south)
    if wide > WORLD:
        return {"type": "naturalEarth1"}
    scale = f"min(width / {radians(wide):.4f}, height / {radians(high):.4f})"
    return {
        "type": "equirectangular",
        "center": [round((west + east) / 2, 2), round((south + north) / 2, 2)],
        "scale": {"expr": scale},
        "translate": {"expr": "[width / 2, height / 2]"},
    }


def _box(spot: Spot) -> Box | None:
    if spot.longitude is not None and spot.latitude is not None:
        return spot.longitude, spot.latitude, spot.longitude, spot.latitude
    return _outlines().get(spot.country or "")


@cache
def _outlines() -> dict[str, Box]:
    """West, south, east and north of each country's largest piece."""
    world = msgspec.json.decode(bundle_file("world.json"))
    found = {}
    for feature in world["features"]:
        boxes = []
        for polygon in feature["geometry"]["coordinates"]:
            xs, ys = [x for x, _ in polygon[0]], [y for _, y in polygon[0]]
            boxes.append((min(xs), min(ys), max(xs), max(ys)))
        found[feature["id"]] = max(boxes, key=lambda b: (b[2] - b[0]) * (b[3] - b[1]))
    return found
