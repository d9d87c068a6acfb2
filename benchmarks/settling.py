"""How long a decision, or one report more, takes to reach the ledger.

    python benchmarks/settling.py DOSSIER [--documents 1000] [--rounds 3] [--anew]

DOSSIER is built from real reports (a few hundred are enough). It is multiplied with changes until
it holds as many documents as asked for: each copy has dates and plain words of its own, and the
names of all. Then records are rejected, two are joined, a document is set aside and a report is
added, and for each the time is shown until the ledger follows: reading, settling, writing, and all
of it; seconds on the clock, and of the processor, for machines that do other things as well. With
`--anew` all is settled anew each time, as it would be with nothing kept. The promise: 2 s at 1,000
documents, 15 s at 10,000.
"""

from __future__ import annotations

import argparse
import random
import re
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from pactwatch import settling
from pactwatch.dossier import Dossier, Request
from pactwatch.engine import ENGINE, Job
from pactwatch.model import Document, Finding, stable_id
from pactwatch.store import Database, open_database
from pactwatch.store.documents import add_document, documents
from pactwatch.store.findings import findings, publish, stage
from pactwatch.store.keeping import forget

_PLAIN = re.compile(r"\b[a-z]{6,}\b")  # words that are no names, of which lineage makes its marks
_ORIGIN = {"codebook_version": "1", "engine_version": "1", "pipeline": "1"}


def changed(document: Document, copy: int) -> Document:
    """A document with plain words and a date of its own, of the same length; the first as it is."""
    shifted = {ord("a") + n: ord("a") + (n + copy) % 26 for n in range(26)}
    text = _PLAIN.sub(lambda match: match[0].translate(shifted), document.text)
    day = document.published
    if copy and day and len(day) == len("2031-05-20"):
        day = (date.fromisoformat(day) + timedelta(days=61 * copy)).isoformat()
    name = f"{copy}-{document.name}"
    return replace(
        document,
        id=stable_id("document", name, text),
        name=name,
        text=text,
        published=day,
        original_sha256=None,
    )


def moved(finding: Finding, document: Document) -> Finding:
    """The finding at the same places of a changed document."""
    told = finding.attributed_to
    return Finding.cut(
        document,
        finding.kind,
        type=finding.type,
        stage=finding.stage,
        form=finding.form,
        binding=finding.binding,
        roles={role: [(f.start, f.end, f.value) for f in fs] for role, fs in finding.roles.items()},
        evidence=[(quote.start, quote.end) for quote in finding.evidence],
        attributed_to=(told.start, told.end, told.value) if told else None,
        trigger=finding.trigger,
    )


def multiply(source: Database, target: Database, wanted: int) -> None:
    """Fill a dossier with changed copies of the documents of another."""
    with source.reading() as connection:
        texts = list(documents(connection))
        found: dict[str, list[Finding]] = {}
        for finding in findings(connection):
            found.setdefault(finding.document_id, []).append(finding)
    with target.writing() as connection:
        keys: dict[str, str] = {}
        for number in range(wanted):
            copy, place = divmod(number, len(texts))
            document = changed(texts[place], copy)
            add_document(connection, document, document.name)
            own = [moved(finding, document) for finding in found.get(texts[place].id, ())]
            stage(connection, document.id, "k", own, ())
            keys[document.id] = "k"
        publish(connection, keys, _ORIGIN)


class Watch:
    """Seconds of the clock and of the processor, by what they were spent on."""

    def __init__(self) -> None:
        self.spent: dict[str, tuple[float, float]] = {}

    @contextmanager
    def on(self, what: str) -> Iterator[None]:
        """Count the time until the end."""
        clock, processor = time.perf_counter(), time.process_time()
        yield
        self.spent[what] = (time.perf_counter() - clock, time.process_time() - processor)


def settle(dossier: Dossier, watch: Watch, *, anew: bool) -> int:
    """Settle as a decision does; how many records were made."""
    database = dossier._database
    version = ENGINE.versions(Job()).settling
    if anew:
        with database.writing() as connection:
            for what in ("ledger", "credits"):
                forget(connection, what)
    with watch.on("all"):
        with watch.on("reading"), database.reading() as connection:
            inputs = settling.read_inputs(connection, version, again=not anew)
        with watch.on("settling"):
            settled = settling.settle_inputs(ENGINE, inputs)
        with watch.on("writing"), database.writing() as connection:
            settling.write_settled(connection, inputs, settled)
    return len(settled.ledger.records)


def decide(dossier: Dossier, request: Request) -> None:
    """Keep a decision, and leave the ledger as it is."""
    dossier.decide(request, who="Ann", renew=False)


def add(dossier: Dossier, number: int) -> None:
    """One report more, with what it tells."""
    first = dossier.documents()[number]
    own = dossier.findings(document_id=first.id)
    document = changed(first, 25)
    with dossier._database.writing() as connection:
        add_document(connection, document, document.name)
        stage(connection, document.id, "k", [moved(finding, document) for finding in own], ())
        publish(connection, {d.id: "k" for d in documents(connection)}, _ORIGIN)


def changes(dossier: Dossier, chance: random.Random) -> list[tuple[str, Callable[[], None]]]:
    """What happens to the ledger, one after the other."""
    measures, statements = dossier.measures(), dossier.statements()
    one, other = chance.sample(list(measures), 2)
    said, aside = chance.choice(statements), chance.choice(dossier.documents())
    return [
        ("reject a measure", partial(decide, dossier, Request(action="reject", about=one.id))),
        ("reject a statement", partial(decide, dossier, Request(action="reject", about=said.id))),
        (
            "join two measures",
            partial(decide, dossier, Request(action="same", about=other.id, other=measures[0].id)),
        ),
        (
            "set a document aside",
            partial(decide, dossier, Request(action="set aside", about=aside.id)),
        ),
        ("add a report", partial(add, dossier, chance.randrange(100))),
    ]


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("dossier", type=Path)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--anew", action="store_true")
    given = parser.parse_args()
    chance = random.Random(1)
    with tempfile.TemporaryDirectory() as folder:
        source, target = open_database(given.dossier), open_database(Path(folder) / "many.db")
        multiply(source, target, given.documents)
        source.close()
        dossier, watch = Dossier(target), Watch()
        made = settle(dossier, watch, anew=False)
        print(f"{given.documents} documents, {made} records; seconds on the clock (processor)")
        parts = ("reading", "settling", "writing", "all")
        print(f"{'':24}{'records':>8}" + "".join(f"{part:>16}" for part in parts))
        line("the first time", made, watch, parts)
        for _ in range(given.rounds):
            for name, change in changes(dossier, chance):
                change()
                made = settle(dossier, watch, anew=given.anew)
                line(name, made, watch, parts)
        dossier.close()


def line(name: str, made: int, watch: Watch, parts: tuple[str, ...]) -> None:
    """Print one line of the table."""
    told = (f"{watch.spent[part][0]:.2f} ({watch.spent[part][1]:.2f})" for part in parts)
    print(f"{name:24}{made:>8}" + "".join(f"{words:>16}" for words in told), flush=True)


if __name__ == "__main__":
    main()
