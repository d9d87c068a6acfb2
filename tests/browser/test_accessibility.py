"""Accessibility by axe-core: nothing serious, nothing critical, light and dark, desk and site."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

PAGES = (
    "", "records?kind=measure", "record/agreement-4", "record/measure-1", "contested", "actors",
    "actor/actor-1", "documents", "search?q=border", "time", "flows", "network", "map",
)  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_have_no_serious_violation(
    open_page: Callable[..., Any], desk: str, violations: Callable[[Any], list[str]], scheme: str
) -> None:
    page = open_page(color_scheme=scheme)
    found = {}
    for place in PAGES:
        page.goto(f"{desk}/{place}")
        if page.locator("[data-chart]").count():
            page.wait_for_selector("html[data-charts=drawn]", state="attached")
        if faults := violations(page):
            found[place] = faults
    page.goto(f"{desk}/documents")
    page.locator("td.main a").first.click()
    page.goto(page.url + "?rejected=1")
    if faults := violations(page):
        found["document"] = faults
    assert found == {}


def test_the_site_has_no_serious_violation(
    open_page: Callable[..., Any], site: str, violations: Callable[[Any], list[str]]
) -> None:
    page = open_page(color_scheme="light")
    found = {}
    for place in ("index", "records", "search", "documents"):
        page.goto(f"{site}/{place}.html")
        if faults := violations(page):
            found[place] = faults
    assert found == {}
