"""Accessibility by axe-core: nothing serious, nothing critical, light and dark, desk and site."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

PAGES = (
    "", "records?kind=measure", "record/agreement-4", "record/measure-1", "contested", "actors",
    "actor/actor-1", "documents", "search?q=border", "time", "flows", "network", "map",
)  # fmt: skip
FILTERED = (
    "records.html", "records.html?kind=measure&stage=done", "contested.html?severity=high",
    "actors.html?kind=state", "documents.html?words=border",
)  # fmt: skip
"""Pages of the site that its script filters."""


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


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_site_has_no_serious_violation(
    open_page: Callable[..., Any], site: str, violations: Callable[[Any], list[str]], scheme: str
) -> None:
    page = open_page(color_scheme=scheme)
    found = {}
    for place in ("index.html", "search.html?q=border", *FILTERED):
        page.goto(f"{site}/{place}")
        if place in FILTERED:
            page.wait_for_selector("html[data-explore=ready]", state="attached")
        if faults := violations(page):
            found[place] = faults
    assert found == {}
