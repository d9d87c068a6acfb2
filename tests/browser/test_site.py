"""The published site in a browser: links, search, filters, charts, deep links to quotations."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "web"))
import hostile_dossier

from pactwatch.web.publishing import publish

READY = "html[data-explore=ready]"
QUERIES = (
    "records?", "records?kind=measure&stage=done", "records?kind=measure&order=accounts",
    "records?contested=1", "records?accounts=2&order=date", "records?country=GT&kind=agreement",
    "records?since=2019-05&until=2019-06", "records?area=border-security&order=label",
    "records?place=Guatemala+City", "records?words=memorandum&kind=statement", "records?page=2",
    "records?kind=nothing", "actors?", "actors?kind=person&country=US", "actors?words=security",
    "documents?", "documents?order=oldest", "documents?publisher=Harbor+Ledger",
    "documents?since=2019-05-30&until=2019-06-26&order=name", "documents?words=tariff",
    "contested?", "contested?severity=medium",
)  # fmt: skip
"""Asked of the desk and of the site."""


def shown(page: Any) -> dict[str, list[str]]:
    """What a table shows: its rows, and its facets with counts."""
    place = page.locator("main")
    rows = place.locator("table.rows tbody tr, article.row")
    texts = [re.sub(r"\s+", " ", words).strip() for words in rows.all_inner_texts()]
    facets = place.locator(".facet li a")
    return {
        "rows": texts,
        "facets": [re.sub(r"\s+", " ", words).strip() for words in facets.all_inner_texts()],
    }


def test_the_site_is_browsed_from_the_overview_to_the_words(page: Any, site: str) -> None:
    page.goto(f"{site}/index.html")
    page.wait_for_selector("html[data-charts=drawn]", state="attached")
    page.locator(".heads a", has_text="memorandum of cooperation").first.click()
    page.locator(".fields .peek a").first.click()
    page.wait_for_url(re.compile(r"/document/document-\w+\.html#c\d+"))
    anchor = page.url.partition("#")[2]
    assert page.locator(f"#{anchor} + mark").inner_text()
    page.locator("nav a", has_text="Records").click()
    page.locator(".facet a", has_text="measure").click()
    page.wait_for_selector("h1:text-is('Measures')")


def test_the_site_is_searched_by_a_script_of_its_own(page: Any, site: str) -> None:
    page.goto(f"{site}/index.html")
    page.keyboard.press("/")
    page.keyboard.type("mcaleenan memorandum")
    page.keyboard.press("Enter")
    page.wait_for_selector("#found blockquote")
    page.locator("#found blockquote a", has_text=re.compile("McAleenan")).first.click()
    page.wait_for_url(re.compile(r"/(document|record)/"))
    assert "McAleenan" in page.locator("main").inner_text()


def test_charts_of_the_site_are_drawn(page: Any, site: str) -> None:
    for place in ("time", "flows", "network", "map"):
        page.goto(f"{site}/{place}.html")
        page.wait_for_selector("html[data-charts=drawn]", state="attached")
        assert page.locator('[data-drawn="no"]').count() == 0


def test_flows_are_shown_in_every_unit(page: Any, site: str) -> None:
    page.goto(f"{site}/flows.html")
    other = page.locator(".chips a:not(.on)").first
    unit = other.inner_text().split(" ")[0]
    other.click()
    page.wait_for_url(re.compile(r"/flows-\d+\.html"))
    page.wait_for_selector("html[data-charts=drawn]", state="attached")
    assert unit in page.locator("h2").first.inner_text()
    assert page.locator('[data-drawn="no"]').count() == 0


@pytest.mark.parametrize("query", QUERIES)
def test_a_filter_leaves_on_the_site_what_it_leaves_on_the_desk(
    page: Any, desk: str, site: str, query: str
) -> None:
    page.goto(f"{desk}/{query}")
    wanted = shown(page)
    page.goto(f"{site}/{query.replace('?', '.html?')}")
    page.wait_for_selector(READY, state="attached")
    found = shown(page)
    assert found["rows"] == wanted["rows"]
    assert found["facets"] == wanted["facets"]


def test_the_site_is_filtered_and_the_address_is_shared(
    page: Any, open_page: Callable[..., Any], site: str
) -> None:
    page.goto(f"{site}/records.html")
    page.wait_for_selector(READY, state="attached")
    page.locator(".facet a", has_text="measure").click()
    page.wait_for_url("**/records.html?kind=measure")
    page.wait_for_selector("h1:text-is('Measures')")
    page.locator(".facet", has_text="stage").locator("a", has_text="done").click()
    page.wait_for_url("**/records.html?kind=measure&stage=done")
    page.wait_for_selector(".chips a:has-text('done')")
    found = shown(page)
    assert found["rows"]
    assert all("done" in row and "measure" in row for row in found["rows"])
    page.reload()
    page.wait_for_selector(READY, state="attached")
    assert shown(page) == found
    other = open_page(color_scheme="dark")
    other.goto(page.url)
    other.wait_for_selector(READY, state="attached")
    assert shown(other) == found
    page.go_back()
    page.wait_for_selector("h1:text-is('Measures')")
    page.locator(".chips a", has_text="done").wait_for(state="detached")
    page.go_back()
    page.wait_for_selector("h1:text-is('Records')")


def test_words_and_dates_are_asked_for_in_the_form(page: Any, site: str) -> None:
    page.goto(f"{site}/records.html?kind=agreement")
    page.wait_for_selector(READY, state="attached")
    page.locator("input[name=since]").fill("2019-05")
    page.locator("input[name=words]").fill("memorandum")
    page.locator("form.filters button").click()
    page.wait_for_url("**/records.html?kind=agreement&since=2019-05&words=memorandum")
    page.wait_for_selector(".chips a:has-text('memorandum')")
    assert "memorandum" in page.locator("table.rows tbody").inner_text()
    page.locator(".chips a", has_text="take all away").click()
    page.wait_for_selector("h1:text-is('Records')")
    assert page.locator("input[name=words]").input_value() == ""


def test_a_list_of_one_kind_is_filtered_further(page: Any, site: str) -> None:
    page.goto(f"{site}/records-measure.html")
    page.wait_for_selector(READY, state="attached")
    page.locator(".facet", has_text="stage").locator("a", has_text="done").click()
    page.wait_for_url("**/records.html?kind=measure&stage=done")
    page.wait_for_selector(READY, state="attached")
    assert page.locator("h1").inner_text() == "Measures"


def test_links_to_filtered_tables_lead_to_them(page: Any, site: str) -> None:
    page.goto(f"{site}/map.html")
    page.locator("table.rows td.main a").first.click()
    page.wait_for_url(re.compile(r"/records\.html\?place="))
    page.wait_for_selector(READY, state="attached")
    assert page.locator(".chips li").count() == 2
    assert page.locator("table.rows tbody tr").count() > 0


def test_without_a_script_the_site_has_the_plain_lists(browser: Any, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/records.html?kind=measure")
    assert page.locator("table.rows tbody tr").count() == 50
    assert not page.locator("form.filters").is_visible()
    page.locator("a[rel=next]").click()
    page.locator(".chips a", has_text="measures").click()
    assert page.locator("h1").inner_text() == "Measures"
    context.close()


def test_where_pieces_are_missing_the_list_stays_and_says_so(browser: Any, site: str) -> None:
    context = browser.new_context()
    context.route("**/explore/**", lambda route: route.fulfill(status=404))
    page = context.new_page()
    page.goto(f"{site}/records.html")
    page.wait_for_selector(".note:has-text('could not be loaded')")
    assert page.locator("table.rows tbody tr").count() == 50
    context.close()


def test_a_hostile_dossier_runs_and_breaks_nothing(
    page: Any, serve_folder: Callable[[Path], Any], tmp_path: Path
) -> None:
    database = hostile_dossier.make(tmp_path / "hostile.db")
    publish(database, tmp_path / "site", name=hostile_dossier.EVIL)
    database.close()
    with serve_folder(tmp_path / "site") as site:
        for place in ("records", "actors", "documents", "contested"):
            page.goto(f"{site}/{place}.html?words=told&severity=high&order=name&page=999")
            page.wait_for_selector(READY, state="attached")
            assert page.evaluate("window.broken") is None
        page.goto(f"{site}/records.html")
        page.wait_for_selector(READY, state="attached")
        page.locator(".facet", has_text="stage").locator("a").first.click()
        page.wait_for_selector(".chips a.all")
        assert page.evaluate("window.broken") is None
        assert page.locator("main script, main img").count() == 0
        page.goto(f"{site}/search.html?q=ministers")
        page.wait_for_selector("#found blockquote")
        assert page.evaluate("window.broken") is None


def test_the_part_that_an_actor_takes_is_filtered_as_on_the_desk(
    page: Any, desk: str, site: str
) -> None:
    page.goto(f"{desk}/actors?kind=state&words=United+States")
    actor = page.locator("td.main a").first.get_attribute("href").rpartition("/")[2]
    query = f"kind=agreement&actor={actor}&role=party"

    def chips() -> list[str]:
        return [" ".join(words.split()) for words in page.locator(".chips li").all_inner_texts()]

    page.goto(f"{desk}/records?{query}")
    wanted, chosen = shown(page), chips()
    assert wanted["rows"]
    page.goto(f"{site}/records.html?{query}")
    page.wait_for_selector(READY, state="attached")
    assert shown(page) == wanted
    assert chips() == chosen
