"""Renew the excerpts of README.md, so that what it shows is what `make demo` prints.

    make docs

Comes in: the example reports, built in a folder of its own. Goes out: README.md with the lines
between its markers replaced. Lines are left out, marked by "…", and never changed; a test checks
that the committed README is up to date.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
DOSSIER = "demo/northern-triangle.db"
STYLES = re.compile(r"\x1b\[[0-9;]*m")
SCREEN = {"FORCE_COLOR": "1", "NO_COLOR": "1", "COLUMNS": "100"}  # as on a terminal of 100 columns

RECORDS, ROWS, LINES = 3, 5, 20  # of agreements, of measures, of an answer


def renewed(readme: str) -> str:
    """The README with both excerpts made anew."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / DOSSIER).parent.mkdir()
        built = _run(
            folder, "build", str(ROOT / "examples/northern-triangle"), "--dossier", DOSSIER
        )
        question = next(line for line in built if line.startswith("  pactwatch why ")).strip()
        answer = _run(folder, *shlex.split(question)[1:])
    readme = _put(readme, "overview", ["$ make demo", *_overview(built)])
    return _put(readme, "why", [f"$ {question}", *_shortened(answer, LINES)])


def _run(folder: str, *words: str) -> list[str]:
    command = [str(Path(sys.executable).with_name("pactwatch")), *words]
    done = subprocess.run(
        command, cwd=folder, env=os.environ | SCREEN, stdout=subprocess.PIPE, text=True, check=True
    )
    return STYLES.sub("", done.stdout).splitlines()


def _overview(lines: list[str]) -> list[str]:
    """Head and next steps as they are, of each section its beginning."""
    shown: list[str] = []
    for section in "\n".join(lines).split("\n\n"):
        head, *rows = section.splitlines()
        groups = _groups(rows)
        if head == "AGREEMENTS":
            rows = [row for group in groups[:RECORDS] for row in group] + ["  …"]
        elif head == "MEASURES":
            rows = _shortened(rows, ROWS)
        elif head.startswith("CONTESTED"):
            rows = [*groups[0], "  …"]
        shown += [head, *rows, ""]
    return shown[:-1]


def _groups(rows: list[str]) -> list[list[str]]:
    """Rows with the deeper ones below them."""
    groups: list[list[str]] = []
    for number, row in enumerate(rows):
        deeper = row.startswith("   ")
        if not number or (not deeper and rows[number - 1].startswith("   ")):
            groups.append([])
        groups[-1].append(row)
    return groups


def _shortened(rows: list[str], most: int) -> list[str]:
    return [*rows[:most], "  …"] if len(rows) > most else rows


def _put(readme: str, name: str, lines: list[str]) -> str:
    begin, end = f"<!-- {name}: made by docs/make_excerpt.py -->\n", f"<!-- /{name} -->"
    before, rest = readme.split(begin)
    after = rest.split(end)[1]
    body = "\n".join(line.rstrip() for line in lines)
    return f"{before}{begin}```\n{body}\n```\n{end}{after}"


if __name__ == "__main__":
    README.write_text(renewed(README.read_text(encoding="utf-8")), encoding="utf-8")
