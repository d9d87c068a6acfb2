"""Charts: precision stays, places don't depend on chance, the bundle is whole."""

from __future__ import annotations

from datetime import date

from pactwatch.charts import (
    Dated,
    Flow,
    Link,
    Node,
    Spot,
    bundle_file,
    flow_chart,
    map_chart,
    money_chart,
    network_chart,
    timeline_chart,
)
from pactwatch.charts.bundle import FILES


def _dated(label: str, first: date, last: date) -> Dated:
    return Dated(
        label=label, stage="promised", words="", first=first, last=last, told=False, state="open",
        href="/",
    )  # fmt: skip


def test_a_month_is_a_band_and_a_day_a_point() -> None:
    month = _dated("a", date(2019, 5, 1), date(2019, 5, 31))
    day = _dated("b", date(2019, 4, 2), date(2019, 4, 2))
    chart = timeline_chart([month, day])
    values = {value["label"]: value for value in chart["data"]["values"]}
    assert not values["a"]["point"]
    assert (values["a"]["first"], values["a"]["last"]) == ("2019-05-01", "2019-06-01")
    assert values["b"]["point"]
    assert chart["encoding"]["y"]["sort"] == ["b", "a"]  # the earliest first


def test_the_last_day_of_the_calendar_has_no_day_after() -> None:
    chart = timeline_chart([_dated("a", date.max, date.max)])
    assert chart["data"]["values"][0]["last"] == "9999-12-31"


def _flow(pair: str, stage: str, number: float) -> Flow:
    return Flow(
        pair=pair, label="", stage=stage, number=number, words="", unit="USD", approximate=False,
        accounts=1, href="/",
    )  # fmt: skip


def test_stages_stand_beside_each_other_in_their_order() -> None:
    flows = [_flow("a → b", "done", 5.0), _flow("a → b", "promised", 5.0), _flow("c", "odd", 1.0)]
    assert flow_chart(flows, unit="USD")["encoding"]["x"]["sort"] == ["promised", "done", "odd"]
    values = money_chart(flows, unit="USD")["data"]["values"]
    assert [value["number"] for value in values] == [5.0, 5.0, 1.0]  # none is added to another


def test_a_network_is_laid_the_same_way_every_time_and_within_its_frame() -> None:
    nodes = [Node(id=str(n), name=f"Actor {n}", kind="state", href="/") for n in range(12)]
    links = [Link(first="0", second=str(n), kind="measure", records=n) for n in range(1, 9)]
    first, second = network_chart(nodes, links), network_chart(nodes, links)
    assert first == second
    points = first["layer"][1]["data"]["values"]
    assert all(0 <= point["x"] <= 1 and 0 <= point["y"] <= 1 for point in points)
    assert len({(point["x"], point["y"]) for point in points}) == 12
    assert network_chart([], [])["layer"][1]["data"]["values"] == []


def test_a_map_shows_the_part_of_the_world_that_it_needs() -> None:
    def spot(country: str | None, lon: float | None, lat: float | None) -> Spot:
        return Spot(name="x", country=country, longitude=lon, latitude=lat, records=1, href="/")

    near = map_chart([spot("GT", None, None), spot(None, -87.2, 14.1)], world="w")
    assert near["projection"]["type"] == "equirectangular"
    west, south = near["projection"]["center"]
    assert -95 < west < -80
    assert 10 < south < 20
    far = map_chart([spot("GT", None, None), spot("AU", None, None)], world="w")
    assert far["projection"] == {"type": "naturalEarth1"}
    assert map_chart([], world="w")["projection"] == {"type": "naturalEarth1"}


def test_the_bundle_is_whole_and_says_its_licences() -> None:
    assert b"vegaEmbed" in bundle_file("vega.js")
    assert all(bundle_file(name) for name in FILES)
    assert b"BSD 3-Clause" in bundle_file("NOTICE.txt")
