"""Hostile files: each is bounded in time and memory, reported, and costs nothing else."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

from pactwatch.documents import Options, Read, Source, Workers, read_sources
from pactwatch.model import Problem

_spec = spec_from_file_location("hostile_files", Path(__file__).with_name("hostile_files.py"))
assert _spec is not None
assert _spec.loader is not None
hostile = module_from_spec(_spec)
_spec.loader.exec_module(hostile)

SECONDS = 30.0
"""What a worker may take for one document here."""

MOST_GROWTH = 700_000_000
"""Bytes by which the process that reads may grow: some times the size of the largest document."""


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(1, seconds=SECONDS) as pool:
        yield pool


def peak() -> int:
    """The most memory that this process has had, in bytes."""
    resource = pytest.importorskip("resource")
    most: int = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


@pytest.mark.parametrize("name", sorted(hostile.FILES))
def test_a_hostile_file_is_bounded_and_reported(
    name: str, workers: Workers, tmp_path: Path
) -> None:
    place = tmp_path / name
    place.write_bytes(hostile.FILES[name]())
    good = tmp_path / "good.txt"
    good.write_text(hostile.WORDS, encoding="utf-8")
    sources = [Source(name=name, path=place), Source(name="good.txt", path=good)]
    before, started = peak(), time.monotonic()
    outcomes = [
        (source.name, outcome)
        for source, outcome in read_sources(sources, Options(follow=False), workers=workers)
        if outcome is not None
    ]
    assert time.monotonic() - started < 2 * SECONDS + 10
    assert peak() - before < MOST_GROWTH
    own = [outcome for source, outcome in outcomes if source == name]
    assert own, "every file is a document or a problem"
    problems = [outcome for outcome in own if isinstance(outcome, Problem)]
    assert all(problem.fault and problem.next_step for problem in problems)
    texts = [outcome.document.text for outcome in own if isinstance(outcome, Read)]
    assert not any("root:x:" in text or "root:*:" in text for text in texts)
    if name in hostile.READ:
        assert any("signed the border accord" in text for text in texts), problems
    (last,) = [outcome for source, outcome in outcomes if source == "good.txt"]
    assert isinstance(last, Read), "the next file is read all the same"


def test_there_are_tricks_of_every_sort() -> None:
    assert len(hostile.FILES) >= 60
    assert hostile.FILES.keys() >= hostile.READ
