"""A browser, and the desk on the example reports as `pactwatch serve` and `publish` give it.

Chromium is taken from the system (`chromium`, `google-chrome`), from PACTWATCH_CHROMIUM, or from
`playwright install chromium`; where there is none these tests are skipped and say so.
"""

from __future__ import annotations

import contextlib
import functools
import http.server
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@dataclass
class Watch:
    """What a page did that it must not: errors it told, other hosts it asked."""

    faults: list[str] = field(default_factory=list)


def _chromium() -> str | None:
    named = os.environ.get("PACTWATCH_CHROMIUM")
    return named or next(filter(None, map(shutil.which, NAMES)), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium, without a window."""
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with api.sync_playwright() as playwright:
        path = _chromium() or playwright.chromium.executable_path
        if not Path(path).exists():
            pytest.skip("no Chromium: apt-get install chromium, or playwright install chromium")
        # In a container there is no sandbox to be had; the pages are our own.
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        opened = playwright.chromium.launch(executable_path=path, args=arguments)
        yield opened
        opened.close()


def _command(*words: str) -> list[str]:
    return [sys.executable, "-c", "from pactwatch.cli import main; main()", *words]


@pytest.fixture(scope="session")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dossier of the example reports."""
    path = tmp_path_factory.mktemp("desk") / "northern-triangle.db"
    reports = str(ROOT / "examples" / "northern-triangle")
    subprocess.run(
        _command("build", reports, "--dossier", str(path)), check=True, capture_output=True
    )
    return path


@pytest.fixture(scope="session")
def command() -> Callable[..., list[str]]:
    """Makes the command of pactwatch with these words."""
    return _command


@pytest.fixture(scope="session")
def serve() -> Callable[..., Iterator[str]]:
    """Serves a dossier: gives the address of the desk, and at its end stops it."""
    return _serve


@pytest.fixture(scope="session")
def desk(dossier: Path) -> Iterator[str]:
    """The address of a running desk, without the slash at its end."""
    yield from _serve(dossier)


def _serve(dossier: Path, *words: str) -> Iterator[str]:
    process = subprocess.Popen(
        _command("serve", str(dossier), "--port", "0", *words), stderr=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    said = process.stderr.readline()
    found = re.search(r"http://127\.0\.0\.1:\d+", said)
    assert found, said + process.stderr.read()
    yield found[0]
    process.terminate()
    process.wait(timeout=10)
    process.stderr.close()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="session")
def site(dossier: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the published site, in a folder of a plain web server."""
    root = tmp_path_factory.mktemp("web")
    subprocess.run(
        _command("publish", str(dossier), str(root / "deals")), check=True, capture_output=True
    )
    with _folder_served(root) as address:
        yield f"{address}/deals"


@pytest.fixture(scope="session")
def serve_folder() -> Callable[[Path], contextlib.AbstractContextManager[str]]:
    """Serves the files of a folder, as any web server does; gives its address."""
    return _folder_served


@contextlib.contextmanager
def _folder_served(root: Path) -> Iterator[str]:
    handler = functools.partial(_Quiet, directory=str(root))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="session")
def violations() -> Callable[[Any], list[str]]:
    """What axe-core finds serious or critical on a page."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")

    def find(page: Any) -> list[str]:
        found = axe.Axe().run(page).response["violations"]
        return [
            f"{item['id']}: {node['html'][:160]} {node.get('failureSummary')}"
            for item in found
            for node in item["nodes"][:1]
            if item["impact"] in ("serious", "critical")
        ]

    return find


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page that fails its test when it tells an error or asks another host for anything."""
    yield from _page(browser, color_scheme="light")


@pytest.fixture
def open_page(browser: Any) -> Iterator[Callable[..., Any]]:
    """Opens pages of other widths and colour schemes, watched like `page`."""
    opened: list[Iterator[Any]] = []

    def make(**options: Any) -> Any:
        maker = _page(browser, **options)
        opened.append(maker)
        return next(maker)

    yield make
    for maker in opened:
        assert next(maker, None) is None


def _page(browser: Any, **options: Any) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, **options)
    page, watch = context.new_page(), Watch()

    def console(message: Any) -> None:
        if message.type in ("error", "warning"):
            watch.faults.append(f"console: {message.text}")

    def asked(request: Any) -> None:
        if not request.url.startswith(("http://127.0.0.1:", "data:", "blob:http://127.0.0.1:")):
            watch.faults.append(f"asked for {request.url}")

    page.on("console", console)
    page.on("pageerror", lambda error: watch.faults.append(f"error: {error}"))
    page.on("request", asked)
    yield page
    context.close()
    assert watch.faults == []
