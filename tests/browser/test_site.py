"""The published site in a browser: links, search, charts, deep links to quotations."""

from __future__ import annotations

import re
from typing import Any


def test_the_site_is_browsed_from_the_overview_to_the_words(page: Any, site: str) -> None:
    page.goto(f"{site}/index.html")
    page.wait_for_selector("html[data-charts=drawn]", state="attached")
    page.locator(".heads a", has_text="memorandum of cooperation").first.click()
    page.locator(".fields .peek a").first.click()
    page.wait_for_url(re.compile(r"/document/document-\w+\.html#c\d+"))
    anchor = page.url.partition("#")[2]
    assert page.locator(f"#{anchor} + mark").inner_text()
    page.locator("nav a", has_text="Records").click()
    page.locator(".chips a", has_text="measures").click()
    assert page.locator("h1").inner_text() == "Measures"


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
