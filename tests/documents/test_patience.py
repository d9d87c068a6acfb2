"""What is read in the user's own process is bounded in time, and leaves no alarm behind."""

from __future__ import annotations

import re
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from pactwatch.documents import limits, read_documents, reading
from pactwatch.documents.forms import text
from pactwatch.documents.patience import bounded, each_bounded
from pactwatch.errors import DocumentError
from pactwatch.model import Document, Problem

pytestmark = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no alarms here")
ENDLESS = re.compile(r"(a+)+$")


def never() -> object:
    return ENDLESS.match("a" * 60 + "b")


@pytest.fixture(autouse=True)
def _no_alarm_is_left() -> Iterator[None]:
    yield
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
    assert signal.getsignal(signal.SIGALRM) == signal.SIG_DFL


def test_a_pattern_without_end_is_ended() -> None:
    with pytest.raises(DocumentError, match="not read within"), bounded("a.txt", 0.1):
        never()


def test_only_the_time_for_an_item_counts() -> None:
    def items() -> Iterator[int]:
        yield 1
        yield 2
        never()

    bound = each_bounded("a.zip", items(), 0.1)
    assert next(bound) == 1
    time.sleep(0.15)
    assert next(bound) == 2
    with pytest.raises(DocumentError):
        next(bound)


def test_an_alarm_of_the_users_program_is_left_alone() -> None:
    rung = []
    before = signal.signal(signal.SIGALRM, lambda *_: rung.append(1))
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.05)
        with bounded("a.txt", 0.01):
            time.sleep(0.1)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert rung == [1]


@pytest.mark.parametrize(
    ("owner", "function"), [(reading, "complete"), (text, "decode")], ids=["completing", "form"]
)
def test_one_text_without_end_does_not_hold_up_the_others(
    owner: ModuleType, function: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text(f"The ministers signed {name}.", encoding="utf-8")
    list(read_documents(tmp_path))  # what is loaded once is loaded now
    real = getattr(owner, function)

    def slow(*args: object, **options: object) -> object:
        if "b.txt" in str(args[0]):
            never()
        return real(*args, **options)

    monkeypatch.setattr(owner, function, slow)
    monkeypatch.setattr(limits, "MOST_SECONDS", 1.0)
    first, second, third = read_documents(tmp_path)
    assert isinstance(second, Problem)
    assert (second.name, second.fault) == ("b.txt", "not read within 1 seconds")
    assert all(isinstance(one, Document) for one in (first, third))


def test_outside_of_the_main_thread_texts_are_read_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The ministers signed it.", encoding="utf-8")
    found: list[Document | Problem] = []
    thread = threading.Thread(target=lambda: found.extend(read_documents(tmp_path)))
    thread.start()
    thread.join(30)
    assert [one.name for one in found] == ["a.txt"]
