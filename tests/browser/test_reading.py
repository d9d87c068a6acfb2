"""Reading in a browser: from the overview to the words, search, filters, keys, charts."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

PLACES = ("", "records", "contested", "actors", "documents", "time", "flows", "network", "map",
          "search?q=border")  # fmt: skip


def _total(page: Any) -> int:
    words = page.locator(".lead .summary").inner_text()
    found = re.match(r"([\d,]+)", words)
    assert found, words
    return int(found[1].replace(",", ""))


def test_from_the_overview_to_the_words_of_a_document(page: Any, desk: str) -> None:
    page.goto(desk)
    page.locator(".heads a", has_text="memorandum of cooperation").first.click()
    assert page.locator("h1").inner_text().startswith("memorandum of cooperation")
    source = page.locator(".fields .peek a").first
    tip = page.locator(".fields .tip").first
    assert not tip.is_visible()
    source.hover()
    assert tip.is_visible()
    words = tip.inner_text().strip("“”")
    page.keyboard.press("Escape")
    assert not tip.is_visible()
    source.click()
    page.wait_for_url(re.compile(r"/document/document-\w+#c\d+"))
    anchor = page.url.partition("#")[2]
    mark = page.locator(f"#{anchor} + mark")
    assert mark.inner_text()[:20] == words[:20]
    assert mark.evaluate("node => getComputedStyle(node).boxShadow") != "none"
    top = mark.bounding_box()["y"]
    assert 0 <= top <= 900


def test_search_leads_to_quotations_and_passages(page: Any, desk: str) -> None:
    page.goto(desk)
    page.keyboard.press("/")
    page.keyboard.type('"memorandum of cooperation"')
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=*")
    quotation = page.locator("section", has_text="Quotations").locator("blockquote a").first
    assert "memorandum of cooperation" in quotation.inner_text().lower()
    passage = page.locator("section", has_text="Documents").locator("blockquote p a").last
    passage.click()
    page.wait_for_url("**#sought")
    assert "memorandum" in " ".join(page.locator(".sought").all_inner_texts()).lower()


@pytest.mark.parametrize(
    "facet", ["kind", "type", "stage", "actor", "country", "area", "place", "accounts", "contested"]
)
def test_every_facet_leaves_as_many_as_it_says(page: Any, desk: str, facet: str) -> None:
    page.goto(f"{desk}/records")
    everything = _total(page)
    titles = {"area": "areas"}
    section = page.locator(".facet").filter(
        has=page.get_by_role("heading", name=re.compile(rf"^{titles.get(facet, facet)}$", re.I))
    )
    link = section.locator("a").first
    number = int(link.locator(".n").inner_text())
    link.click()
    assert _total(page) == number <= everything
    page.locator(".chips a").first.click()
    assert _total(page) == everything


def test_filters_of_the_form_join(page: Any, desk: str) -> None:
    page.goto(f"{desk}/records?kind=measure")
    page.get_by_label("From").fill("2019-06")
    page.get_by_label("Accounts at least").fill("2")
    page.get_by_label("Order").select_option("accounts")
    page.get_by_role("button", name="Show").click()
    assert "kind=measure" in page.url
    assert page.locator(".chips li").count() == 4  # kind, date, accounts, take all away
    counts = [int(n.split()[0]) for n in page.locator("td.n").all_inner_texts()]
    assert counts == sorted(counts, reverse=True)
    assert min(counts) >= 2


def test_findings_of_a_document_by_kind_and_refused_candidates(page: Any, desk: str) -> None:
    page.goto(f"{desk}/documents")
    page.locator("td.main a").first.click()
    everything = page.locator(".text mark").count()
    page.locator(".facet a", has_text="statements").click()
    assert 0 < page.locator(".text mark").count() <= everything
    assert page.locator('.text mark:not([data-kinds~="statement"])').count() == 0
    page.locator(".facet a", has_text="refused candidates").click()
    assert page.locator(".refused li b").count() > 0


def test_by_keyboard_alone(page: Any, desk: str) -> None:
    page.goto(desk)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("g")
    page.keyboard.press("r")
    page.wait_for_url("**/records")
    page.keyboard.press("j")
    page.keyboard.press("j")
    second = page.locator("table.rows tbody tr").nth(1)
    assert "here" in second.get_attribute("class")
    label = second.locator("a").first.inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url("**/record/*")
    assert page.locator("h1").inner_text()[:20] == label[:20]
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('.peek') !== null"):
            break
    assert page.locator(".peek:focus-within .tip").is_visible()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/document/.*#c\d+"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_charts_are_drawn_in_the_colours_of_the_page(
    open_page: Callable[..., Any], desk: str, scheme: str
) -> None:
    page = open_page(color_scheme=scheme)
    for place in ("", "time", "flows", "network", "map"):
        page.goto(f"{desk}/{place}")
        page.wait_for_selector("html[data-charts=drawn]", state="attached")
        charts = page.locator("[data-chart]")
        for n in range(charts.count()):
            assert charts.nth(n).get_attribute("data-drawn") == "yes"
            assert charts.nth(n).locator("svg path").count() > 0
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    light = sum(map(int, re.findall(r"\d+", ground)[:3])) > 380
    assert light == (scheme == "light")


@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_pages_fit_their_window(open_page: Callable[..., Any], desk: str, width: int) -> None:
    page = open_page(color_scheme="light")
    page.set_viewport_size({"width": width, "height": 900})
    for place in (*PLACES, "record/agreement-1", "record/measure-1", "actor/actor-1"):
        page.goto(f"{desk}/{place}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, place


def test_pages_work_without_a_script(browser: Any, desk: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for place in PLACES:
        page.goto(f"{desk}/{place}")
        assert page.locator("main h1").count() == 1
    page.goto(f"{desk}/network")
    assert page.locator("tbody tr").count() > 0
    context.close()
