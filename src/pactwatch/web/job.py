"""The process of one build from the desk: `python -m pactwatch.web.job`.

Comes in: an order as JSON, on the standard input. Goes out: lines of JSON on the standard output,
of the progress and at last of what was done and skipped. It opens no address of its own and serves
nobody.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable
from pathlib import Path

import msgspec

from pactwatch.errors import PactwatchError
from pactwatch.model import Problem
from pactwatch.report.words import count
from pactwatch.web.jobs import Order, Skipped, Word

__all__ = ["main", "run"]

PAUSE = 0.2  # seconds between lines of progress
MOST = 500  # skipped sources told one by one


def main() -> None:
    """Do what the standard input says."""
    order = msgspec.json.decode(sys.stdin.buffer.read(), type=Order)
    try:
        _say(run(order))
    except PactwatchError as error:
        _say(Word(fault=str(error), end=True))


def run(order: Order) -> Word:
    """Add what is to be added, and build.

    Raises:
        PactwatchError: the dossier can't be written, or an option makes no sense.
    """
    from pactwatch.dossier import open_dossier

    told: list[str] = list(order.notes)
    skipped: list[Skipped] = []
    progress = _Progress()
    with open_dossier(order.dossier, create=False) as dossier:
        if order.files or order.addresses:
            added = dossier.add(
                *map(Path, order.files), *order.addresses, published=order.published,
                follow=order.follow, progress=progress,
            )  # fmt: skip
            told.append(
                f"{count(added.added, 'document')} added, {added.replaced} replaced by a newer "
                f"version, {added.mended} mended, {added.unchanged} there already."
            )
            skipped += _skipped(added.problems)
        built = dossier.build(codebook=order.codebook, pipeline=order.pipeline, progress=progress)
    told.append(
        f"{count(built.documents_read, 'document')} read, {built.documents_cached} as before. "
        f"{count(built.findings, 'finding')}, {count(built.records, 'record')}."
    )
    skipped += _skipped(built.problems)
    skipped += [Skipped(name=name, fault="is not in English") for name in built.not_read]
    if len(skipped) > MOST:
        told.append(f"{len(skipped)} were skipped; shown are the first {MOST}.")
    return Word(told=tuple(told), skipped=tuple(skipped[:MOST]), end=True)


def _skipped(problems: Iterable[Problem]) -> list[Skipped]:
    return [Skipped(name=p.name, fault=p.fault, next_step=p.next_step) for p in problems]


class _Progress:
    """Tells of the progress, not too often."""

    def __init__(self) -> None:
        self._last = ("", 0.0)

    def __call__(self, stage: str, done: int, total: int) -> None:
        now = time.monotonic()
        if stage != self._last[0] or done == total or now - self._last[1] > PAUSE:
            self._last = (stage, now)
            _say(Word(stage=stage, done=done, total=total))


def _say(word: Word) -> None:
    sys.stdout.write(msgspec.json.encode(word).decode() + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
