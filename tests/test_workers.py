from __future__ import annotations

import pytest

from pactwatch.workers import WORTH_A_WORKER, choose_workers


@pytest.mark.parametrize(
    ("wanted", "documents", "processors", "workers"),
    [
        pytest.param(None, 0, 8, 1, id="nothing to read"),
        pytest.param(None, 14, 8, 1, id="a small set is read in this process"),
        pytest.param(None, 3 * WORTH_A_WORKER, 8, 3, id="as many as are worth their start"),
        pytest.param(None, 10_000, 8, 8, id="never more than processors"),
        pytest.param(4, 14, 2, 4, id="as many as were asked for"),
        pytest.param(4, 3, 8, 3, id="but never more than documents"),
        pytest.param(4, 0, 8, 1, id="and never none"),
    ],
)
def test_number_of_workers_suits_the_work(
    monkeypatch: pytest.MonkeyPatch,
    wanted: int | None,
    documents: int,
    processors: int,
    workers: int,
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: processors)
    assert choose_workers(wanted, documents) == workers
