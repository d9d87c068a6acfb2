from __future__ import annotations

import pytest

from pactwatch.cli.printing import Screen


def _lines(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return capsys.readouterr().out.splitlines()


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> Screen:
    """A terminal of forty columns."""
    for name, value in {"FORCE_COLOR": "1", "NO_COLOR": "1", "TERM": "dumb"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setattr("pactwatch.cli.printing.WIDEST", 40)
    screen = Screen()
    assert screen.width == 40
    return screen


def test_columns_stand_under_one_another_with_lines_below(
    narrow: Screen, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [["a treaty on the fishing of the northern sea", "signed 2019"], ["a pact", "ended"]]
    narrow.rows(rows, indent=2, below=["of two coasts", "of none"])
    first, under, second, last = _lines(capsys)
    assert max(map(len, (first, under, second, last))) <= 40
    assert first.index("signed") == second.index("ended")
    assert (under, last) == ("    of two coasts", "    of none")


def test_the_first_column_to_give_gives_first(
    narrow: Screen, capsys: pytest.CaptureFixture[str]
) -> None:
    narrow.rows([["28 May (“Tuesday”)", "Harbour Wire, 29 May 2019; Lake Post"]], give=(1, 0))
    assert _lines(capsys) == ["28 May (“Tuesday”)  Harbour Wire, 29…"]


def test_items_are_not_broken(narrow: Screen, capsys: pytest.CaptureFixture[str]) -> None:
    narrow.items(["8 agreements", "47 measures", "3 contested values"])
    assert _lines(capsys) == ["8 agreements   47 measures", "3 contested values"]
    Screen().line("pactwatch show", " agreements --dossier of-the-northern-seas.db", whole=True)
    assert len(_lines(capsys)) == 1
