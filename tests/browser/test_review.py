"""Review and building in a browser: ten things decided by keyboard alone, with undo; decisions that
outlast a rebuild; words marked in a text; files dropped and read."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

TEXT = (
    "GUATEMALA CITY, 2 June 2031. Mexico will send 900 guards to Guatemala, officials said. "
    "Panama and Honduras signed a memorandum of understanding on border control."
)


@pytest.fixture
def own(
    dossier: Path, tmp_path: Path, serve: Callable[..., Iterator[str]]
) -> Iterator[tuple[str, Path]]:
    """The address of a desk on a copy of the dossier, and the copy."""
    copy = tmp_path / "copy.db"
    shutil.copy(dossier, copy)
    running = serve(copy, "--as", "Ann Reyes")
    yield next(running), copy
    assert next(running, None) is None


def _left(page: Any) -> int:
    found = re.match(r"([\d,]+) thing", page.locator(".lead .summary").inner_text())
    return int(found[1].replace(",", "")) if found else 0


def _becomes(page: Any, left: int) -> None:
    """Wait until so many are left: on a slow machine the ledger is settled after the answer."""
    for _ in range(60):
        if _left(page) == left:
            return
        page.wait_for_timeout(1000)
        page.reload()
    assert _left(page) == left


def _press(page: Any, key: str) -> None:
    """Press a key that leads to another page."""
    with page.expect_navigation():
        page.keyboard.press(key)


def test_ten_things_are_reviewed_by_keyboard_alone_with_undo(
    page: Any, own: tuple[str, Path], command: Callable[..., list[str]]
) -> None:
    desk, copy = own
    page.goto(desk)
    page.keyboard.press("Tab")
    while page.evaluate("document.activeElement.textContent") != "Review":
        page.keyboard.press("Tab")
    _press(page, "Enter")
    start = _left(page)
    assert start >= 12
    for n in range(10):
        if n == 3:
            page.keyboard.press("b")
            page.keyboard.type("the text says so")
            page.keyboard.press("Escape")
        if n == 5:
            page.keyboard.press("2")
        _press(page, "r" if n % 3 == 2 else "a")
        assert "by Ann Reyes" in page.locator(".told").inner_text()
    left = _left(page)
    assert left < start
    label = page.locator(".judging h2").first.inner_text()
    _press(page, "a")
    _press(page, "u")
    assert "undo" in page.locator(".told").inner_text()
    assert _left(page) == left
    assert page.locator(".judging h2").first.inner_text() == label
    _press(page, "j")
    assert "at=1" in page.url
    _press(page, "k")
    assert page.url == f"{desk}/review"

    log = page.request.get(f"{desk}/decisions.json").json()["rows"]
    assert len(log) == 12
    assert sum(row["state"] == "in force" for row in log) >= 10
    assert "the text says so" in {row["reason"] for row in log}
    more = copy.with_name("more.txt")
    more.write_text("The council of Port Vell met on Monday. It will meet again in June.")
    subprocess.run(
        command("build", str(more), "--dossier", str(copy)), check=True, capture_output=True
    )
    again = page.request.get(f"{desk}/decisions.json").json()["rows"]
    assert [(row["id"], row["state"]) for row in again] == [
        (row["id"], row["state"]) for row in log
    ]


def test_letters_after_g_lead_to_pages_and_decide_nothing(page: Any, own: tuple[str, Path]) -> None:
    desk, _ = own
    page.goto(f"{desk}/review")
    page.keyboard.press("g")
    _press(page, "a")
    assert page.url == f"{desk}/actors"
    assert page.request.get(f"{desk}/decisions.jsonl").text() == ""


def test_words_marked_in_a_quotation_correct_a_value(page: Any, own: tuple[str, Path]) -> None:
    desk, _ = own
    page.goto(f"{desk}/review")
    page.evaluate(
        """() => {
            const mark = document.querySelector(".passage mark");
            const text = mark.firstChild.firstChild ?? mark.firstChild;
            const range = document.createRange();
            range.setStart(text, 0);
            const space = text.data.indexOf(" ", 1);
            range.setEnd(text, space > 0 ? space : text.data.length);
            getSelection().removeAllRanges();
            getSelection().addRange(range);
        }"""
    )
    page.wait_for_function("document.querySelector('[data-start]').value !== ''")
    words = page.locator("[data-words]").input_value()
    with page.expect_navigation():
        page.get_by_role("button", name="Correct", exact=True).click()
    assert f"“{words}”" in page.locator(".told").inner_text()
    (line,) = page.request.get(f"{desk}/decisions.jsonl").text().splitlines()
    assert f'"text":"{words}"' in line


MARK = """() => {
    const mark = document.querySelector(".passage mark");
    const text = mark.firstChild.firstChild ?? mark.firstChild;
    const range = document.createRange();
    range.setStart(text, 0);
    range.setEnd(text, Math.min(3, text.data.length));
    getSelection().removeAllRanges();
    getSelection().addRange(range);
}"""


@pytest.mark.parametrize("choice", ["value", "field"])
def test_marking_words_leaves_what_is_chosen(page: Any, own: tuple[str, Path], choice: str) -> None:
    desk, _ = own
    page.goto(f"{desk}/review")
    choices = page.locator("#decide input[name=about]")
    if choice == "value":
        choices.last.check()
    else:
        page.locator("#decide select[name=field]").select_option(index=1)
    chosen = page.locator("#decide input[name=about]:checked").get_attribute("value")
    page.evaluate(MARK)
    page.wait_for_function("document.querySelector('[data-start]').value !== ''")
    assert page.locator("#decide select[name=finding]").input_value()
    now = page.locator("#decide input[name=about]:checked").get_attribute("value")
    assert now == chosen


def test_a_sentence_marked_in_a_document_becomes_a_finding(
    page: Any, own: tuple[str, Path]
) -> None:
    desk, _ = own
    page.goto(f"{desk}/documents")
    page.locator("td.main a").first.click()
    page.get_by_label("Kind").select_option("statement")
    with page.expect_navigation():
        page.get_by_role("button", name="Choose").click()
    page.evaluate(
        """() => {
            const text = document.querySelector(".text[data-from]");
            getSelection().selectAllChildren(text);
        }"""
    )
    page.wait_for_function("document.querySelector('#adding [data-start]').value !== ''")
    sentence = page.locator("#sentence").input_value()
    page.locator("[name=role-content]").fill(sentence.split("\n")[0][:30])
    with page.expect_navigation():
        page.get_by_role("button", name="Add the statement").click()
    assert page.locator(".told").inner_text().startswith("add, by Ann Reyes.")


def test_review_and_undo_work_without_script(
    open_page: Callable[..., Any], own: tuple[str, Path]
) -> None:
    desk, _ = own
    page = open_page(java_script_enabled=False)
    page.goto(f"{desk}/review?why=low+support")
    left = _left(page)
    page.get_by_role("button", name="Reject").click()
    _becomes(page, left - 1)
    page.get_by_role("button", name="Undo").click()
    _becomes(page, left)


def test_a_file_is_uploaded_and_read_with_progress(page: Any, own: tuple[str, Path]) -> None:
    desk, _ = own
    page.goto(f"{desk}/build")
    files = [
        {"name": "pact.txt", "mimeType": "text/plain", "buffer": TEXT.encode()},
        {"name": "noise.bin", "mimeType": "application/octet-stream", "buffer": b"\0\1\2"},
    ]
    page.get_by_label("Files").set_input_files(files)
    assert page.locator("#chosen").inner_text() == "pact.txt, noise.bin"
    with page.expect_navigation():
        page.get_by_role("button", name="Add and build").click()
    assert page.locator("#progress").count() == 1
    page.wait_for_selector("#report", timeout=120_000)
    assert "1 document added" in page.locator("#report").inner_text()
    assert "noise.bin" in page.locator("#report").inner_text()
    page.goto(f"{desk}/search?q=900+guards")
    assert page.locator("blockquote", has_text="900 guards").count()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_that_decide_have_no_serious_violation(
    open_page: Callable[..., Any],
    own: tuple[str, Path],
    violations: Callable[[Any], list[str]],
    scheme: str,
) -> None:
    desk, _ = own
    page = open_page(color_scheme=scheme)
    page.goto(f"{desk}/review")
    page.keyboard.press("b")
    page.keyboard.type("because")
    page.keyboard.press("Escape")
    _press(page, "a")
    found = {}
    record = page.request.get(f"{desk}/review.json").json()["item"]["record_id"]
    places = ("review", "decisions", "build", f"decide/{record}", f"record/{record}",
              "actor/actor-1")  # fmt: skip
    for place in places:
        page.goto(f"{desk}/{place}")
        if faults := violations(page):
            found[place] = faults
    page.goto(f"{desk}/documents")
    page.locator("td.main a").first.click()
    page.wait_for_load_state()
    page.goto(page.url + "?add=measure")
    if faults := violations(page):
        found["document"] = faults
    assert found == {}
