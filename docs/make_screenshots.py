"""Make the screenshots of docs/screenshots anew, from the example reports.

    python docs/make_screenshots.py [FOLDER] [--all]

Comes in: the example reports, built and served from a folder of its own. Goes out: a picture of
each page at 1440 pixels; of some also at 1024 and 390 pixels and dark; of all of them in every way
with --all. Needs Playwright and a Chromium: of the
system, or of `playwright install chromium`; PACTWATCH_CHROMIUM names another.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parents[1]
LOOKS = ((1440, "light"), (1440, "dark"), (1024, "light"), (390, "light"), (390, "dark"))
TALLEST = 1800  # pixels shown of a page
NAMES = ("chromium", "chromium-browser", "google-chrome")

PAGES = {
    "overview": "",
    "records": "records?kind=measure",
    "agreement": "records?kind=agreement&order=accounts",
    "measure": "records?kind=measure&order=accounts",
    "meeting": "records?kind=meeting",
    "incident": "records?kind=incident",
    "statement": "records?kind=statement&contested=1",
    "figure": "records?kind=figure",
    "office": "records?kind=office",
    "contested": "contested",
    "actors": "actors",
    "actor": "actors?kind=person",
    "documents": "documents",
    "document": "documents?words=memorandum",
    "search": "search?q=border+security",
    "time": "time",
    "flows": "flows",
    "network": "network",
    "map": "map",
    "review": "review",
    "decisions": "decisions",
    "build": "build",
}
"""Name of the picture → address; of one thing, the table whose first row leads to it."""

OF_ONE = {"agreement", "measure", "meeting", "incident", "statement", "figure", "office", "actor",
          "document"}  # fmt: skip


IN_EVERY_LOOK = {"overview", "agreement", "document", "records", "review"}

DECIDED = (
    ("agreement-4", "accept", "--reason", "confirmed by the ministry", "--who", "Ann Reyes"),
    ("measure-2", "accept", "--reason", "the budget says so", "--who", "Ben Ortiz"),
)
"""Decided before, so that there is something to show."""


@contextmanager
def _desk() -> Iterator[str]:
    """A desk on the example reports; its address."""
    command = [sys.executable, "-c", "from pactwatch.cli import main; main()"]
    with tempfile.TemporaryDirectory() as folder:
        dossier = str(Path(folder) / "northern-triangle.db")
        reports = str(ROOT / "examples" / "northern-triangle")
        build = [*command, "build", reports, "--dossier", dossier]
        subprocess.run(build, check=True, capture_output=True)
        for words in DECIDED:
            decide = [*command, "decide", *words, "--dossier", dossier]
            subprocess.run(decide, check=True, capture_output=True)
        serve = [*command, "serve", dossier, "--port", "0", "--as", "Ann Reyes"]
        with subprocess.Popen(serve, stderr=subprocess.PIPE, text=True) as process:
            try:
                assert process.stderr is not None
                found = re.search(r"http://127\.0\.0\.1:\d+", process.stderr.readline())
                assert found is not None
                yield found[0]
            finally:
                process.terminate()


def _take(page: Page, address: str, path: Path, *, first: bool, width: int) -> None:
    page.goto(address)
    if first:
        page.locator("td.main a").first.click()
        page.wait_for_load_state()
    if page.locator("[data-chart]").count():
        page.wait_for_selector("html[data-charts=drawn]", state="attached")
    tall = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": width, "height": min(tall, TALLEST)})
    page.screenshot(path=path, type="jpeg", quality=75)
    page.set_viewport_size({"width": width, "height": 900})


def main() -> None:
    """Take all pictures."""
    words = [word for word in sys.argv[1:] if word != "--all"]
    every = "--all" in sys.argv
    folder = Path(words[0]) if words else ROOT / "docs" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    named = os.environ.get("PACTWATCH_CHROMIUM")
    chromium = named or next(filter(None, map(shutil.which, NAMES)), None)
    with _desk() as desk, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox"] if os.geteuid() == 0 else []
        )
        for width, scheme in LOOKS:
            context = browser.new_context(
                viewport={"width": width, "height": 900},
                color_scheme="dark" if scheme == "dark" else "light",
                reduced_motion="reduce",
            )
            page = context.new_page()
            page.set_default_timeout(10_000)
            for name, address in PAGES.items():
                if (width, scheme) != LOOKS[0] and name not in IN_EVERY_LOOK and not every:
                    continue
                path = folder / f"{name}-{width}-{scheme}.jpg"
                _take(page, f"{desk}/{address}", path, first=name in OF_ONE, width=width)
            context.close()
        browser.close()


if __name__ == "__main__":
    main()
