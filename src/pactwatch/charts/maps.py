"""Places on a map: countries shaded by how many records name them, cities as points.

Comes in: places with their country or coordinates. Goes out: Vega-Lite over the outlines of the
bundle.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

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
        "projection": {"type": "naturalEarth1"},
        "layer": [
            {
                "data": {"url": world, "format": {"property": "features"}},
                "mark": {"type": "geoshape", "style": "land"},
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
                "mark": {"type": "geoshape", "style": "country"},
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
                        "scale": {"range": [30, 400]},
                    },
                    "tooltip": tooltip,
                    "href": {"field": "href"},
                },
            },
        ],
    }  # fmt: skip
