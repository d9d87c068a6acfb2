"""How long the desk's pages take, and how large they are, on a dossier of many documents.

    python benchmarks/desk.py DOSSIER [--documents 10000] [--rounds 60] [--keep FILE]

DOSSIER is built from real reports (a few hundred are enough). It is multiplied with changes until
it holds as many documents as asked for: each copy has names, dates and words of its own, people
and bodies of its own, and the states of all. Then every page is asked for many times, with filters,
words and places in the list chosen by turns, from the application within this process; shown are
the time it takes (median, 95th percentile, longest), the processor's share of it, for machines that
do other things as well, and the size of the largest page before packing. The promise: 200 ms at the
95th percentile, 150 kB.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from starlette.types import Message

from pactwatch.model import Account, Actor, Claim, Document, Ledger, Quote, Record, Support
from pactwatch.report.words import date_bounds
from pactwatch.reviewing import Request, queue
from pactwatch.store import Database, open_database
from pactwatch.store.documents import add_document, documents
from pactwatch.store.findings import findings, publish, rejections, stage
from pactwatch.store.ledger import read_accounts, read_actors, read_records, write_ledger
from pactwatch.web.app import make_app, warm
from pactwatch.web.rooms import LINKS, Rooms
from pactwatch.web.settings import Settings

SLOWEST, LARGEST = 0.200, 150_000


def multiply(source: Database, target: Database, wanted: int) -> int:
    """Fill a dossier with changed copies of another; the number of its documents."""
    with source.reading() as connection:
        texts = list(documents(connection))
        found = {d.id: findings(connection, document_id=d.id) for d in texts}
        refused = {d.id: rejections(connection, document_id=d.id) for d in texts}
        ledger = Ledger(
            records=read_records(connection),
            actors=read_actors(connection),
            accounts=read_accounts(connection),
        )
    copies = max(1, -(-wanted // len(texts)))
    states = {actor.id for actor in ledger.actors if actor.kind == "state"}
    whole = Ledger(records=(), actors=(), accounts=())
    with target.writing() as connection:
        keys: dict[str, str] = {}
        for n in range(copies):
            change = _Change(n, states)
            for document in texts:
                copy = change.document(document)
                add_document(connection, copy, copy.name)
                own = [_renamed(finding, change) for finding in found[document.id]]
                no = [
                    replace(r, document_id=copy.id, quote=change.quote(r.quote))
                    for r in refused[document.id]
                ]
                stage(connection, copy.id, "k", own, no)
                keys[copy.id] = "k"
            whole = Ledger(
                records=(*whole.records, *map(change.record, ledger.records)),
                actors=(
                    *whole.actors,
                    *(change.actor(a) for a in ledger.actors if n == 0 or a.id not in states),
                ),
                accounts=(*whole.accounts, *map(change.account, ledger.accounts)),
            )
        origin = {"codebook_version": "1", "engine_version": "1", "pipeline": "none"}
        publish(connection, keys, origin)
        numbers: dict[str, int] = {}

        def number(kind: str) -> str:
            numbers[kind] = numbers.get(kind, 0) + 1
            return f"{kind}-{numbers[kind]}"

        whole = Ledger(
            records=tuple(replace(r, number=number(r.kind)) for r in whole.records),
            actors=tuple(replace(a, number=number("actor")) for a in whole.actors),
            accounts=whole.accounts,
        )
        write_ledger(connection, whole, "key")
    return copies * len(texts)


class _Change:
    """What makes a copy another: a suffix of ids, other days, words at the end of texts."""

    def __init__(self, n: int, states: set[str]) -> None:
        self.n, self.states = n, states

    def id(self, old: str) -> str:
        return f"{old}-{self.n}"

    def who(self, old: str | None) -> str | None:
        return old if old is None or old in self.states else self.id(old)

    def ids(self, old: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(map(self.id, old))

    def day(self, old: str | None) -> str | None:
        bounds = date_bounds(old)
        if old is None or bounds is None or "/" in old:
            return old
        moved = min(bounds[0] + timedelta(days=37 * self.n), date.max)
        return moved.isoformat()[: len(old)]

    def quote(self, old: Quote) -> Quote:
        return replace(old, document_id=self.id(old.document_id))

    def document(self, old: Document) -> Document:
        return replace(
            old,
            id=self.id(old.id),
            name=f"{self.n}/{old.name}",
            title=f"{old.title or old.name} ({self.n})",
            text=f"{old.text}\nEdition {self.n} of word{self.n}.",
            published=self.day(old.published),
            publisher=f"{old.publisher or 'Somebody'} {self.n % 7}",
            original_sha256=None,
        )

    def support(self, old: Support) -> Support:
        return Support(
            finding_id=self.id(old.finding_id), document_id=self.id(old.document_id),
            account_id=self.id(old.account_id), words=self.quote(old.words),
            evidence=self.quote(old.evidence), attributed_to=old.attributed_to,
        )  # fmt: skip

    def claim(self, old: Claim) -> Claim:
        value = self.day(old.value) if isinstance(old.value, str) else old.value
        return replace(
            old, id=self.id(old.id), actor_id=self.who(old.actor_id), value=value,
            support=tuple(map(self.support, old.support)),
        )  # fmt: skip

    def record(self, old: Record) -> Record:
        delivery = old.delivery and replace(
            old.delivery,
            steps=tuple(
                replace(
                    s, date=self.day(s.date), claim_ids=self.ids(s.claim_ids),
                    document_ids=self.ids(s.document_ids),
                )
                for s in old.delivery.steps
            ),
        )  # fmt: skip
        return replace(
            old, id=self.id(old.id), label=f"{old.label} ({self.n})", date=self.day(old.date),
            claims=tuple(map(self.claim, old.claims)),
            contests=tuple(
                replace(
                    c, claim_ids=self.ids(c.claim_ids),
                    sides=tuple(
                        replace(
                            s, claim_ids=self.ids(s.claim_ids),
                            account_ids=self.ids(s.account_ids),
                            document_ids=self.ids(s.document_ids),
                        )
                        for s in c.sides
                    ),
                )
                for c in old.contests
            ),
            history=tuple(
                replace(
                    s, date=self.day(s.date), claim_id=self.id(s.claim_id),
                    document_ids=self.ids(s.document_ids),
                )
                for s in old.history
            ),
            finding_ids=self.ids(old.finding_ids), document_ids=self.ids(old.document_ids),
            delivery=delivery,
        )  # fmt: skip

    def actor(self, old: Actor) -> Actor:
        state = old.id in self.states
        return replace(
            old, id=old.id if state else self.id(old.id),
            name=old.name if state else f"{old.name} {self.n}",
            office_ids=self.ids(old.office_ids), document_ids=self.ids(old.document_ids),
        )  # fmt: skip

    def account(self, old: Account) -> Account:
        return replace(old, id=self.id(old.id), document_ids=self.ids(old.document_ids))


def _renamed(finding: Any, change: _Change) -> Any:
    return replace(
        finding, id=change.id(finding.id), document_id=change.id(finding.document_id),
        evidence=tuple(map(change.quote, finding.evidence)),
    )  # fmt: skip


Get = Callable[[str], tuple[float, float, int]]


def asking(database: Database, rooms: Rooms) -> Get:
    """A function that asks the application for an address: seconds, seconds of the processor, and
    bytes before packing."""
    app = make_app(database, Settings(), routes=rooms.routes, links_more=LINKS)
    start = time.perf_counter()
    warm(app.state.desk)  # as the server does when it starts
    print(f"counted over the whole ledger in {time.perf_counter() - start:.1f} s")

    async def ask(address: str) -> tuple[float, float, int]:
        path, _, query = address.partition("?")
        size = 0
        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET",
            "scheme": "http", "path": path, "raw_path": path.encode(), "root_path": "",
            "query_string": query.encode(), "headers": [(b"host", b"localhost")],
            "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80),
        }  # fmt: skip

        async def receive() -> Message:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Message) -> None:
            nonlocal size
            if message["type"] == "http.response.start":
                assert message["status"] == 200, (address, message["status"])
            size += len(message.get("body", b""))

        start, worked = time.perf_counter(), time.process_time()
        await app(scope, receive, send)
        return time.perf_counter() - start, time.process_time() - worked, size

    loop = asyncio.new_event_loop()
    return lambda address: loop.run_until_complete(ask(address))


def addresses(database: Database, rounds: int) -> Iterator[tuple[str, str]]:
    """Kind of page and address, by turns over the whole dossier."""
    with database.reading() as connection:

        def ids(table: str) -> list[str]:
            query = f"SELECT id FROM {table} ORDER BY id"
            every = [row[0] for row in connection.exec_driver_sql(query)]
            return [every[(n * 7919) % len(every)] for n in range(rounds)]

        records, actors, texts = ids("record"), ids("actor"), ids("document")
        crowded = connection.exec_driver_sql(
            "SELECT actor_id FROM claim WHERE actor_id IS NOT NULL GROUP BY actor_id "
            "ORDER BY count(*) DESC LIMIT 20"
        )
        busy = [row[0] for row in crowded]
    kinds = ("agreement", "measure", "statement", "meeting", "incident", "figure", "office")
    words = ("border security", "australia", "the", "agreement signed", "million", "minister",
             "detention centre", "word3", '"prime minister"', "nauru")  # fmt: skip
    for n in range(rounds):
        kind, word = kinds[n % len(kinds)], words[n % len(words)].replace(" ", "+")
        year = 1998 + n % 18
        yield "overview", "/"
        yield "record", f"/record/{records[n]}"
        yield "actor", f"/actor/{(busy[n % 20] if n % 2 else actors[n])}"
        yield "document", f"/document/{texts[n]}" + ("?rejected=1" if n % 3 == 0 else "")
        yield "records", f"/records?page={1 + n * 13}"
        yield "records, one filter", f"/records?kind={kind}&order=accounts&page={1 + n % 5}"
        yield "records, two filters", f"/records?kind={kind}&since={year}&until={year + 2}"
        yield "records, by actor", f"/records?actor={busy[n % 20]}&accounts={1 + n % 3}"
        yield "records, by words", f"/records?words={word}&country={('AU', 'US', 'NR')[n % 3]}"
        yield "documents", f"/documents?page={1 + n}&order={('newest', 'name')[n % 2]}"
        yield "documents, by words", f"/documents?words={word}"
        yield "actors", f"/actors?page={1 + n}"
        yield "search", f"/search?q={word}&page={1 + n % 3}"
        yield "contested", f"/contested?page={1 + n % 4}"
        yield "review", f"/review?at={n * 17}" + ("&kind=measure" if n % 4 == 3 else "")
        yield "review, by reason", f"/review?why={('contested', 'low+support')[n % 2]}&at={n}"
        yield "decide", f"/decide/{records[n]}"
        yield "decisions", "/decisions"
        yield "build", "/build"
        yield "time", "/time"
        yield "flows", "/flows"
        yield "network", "/network"
        yield "map", "/map"
        for chart in ("overview-time", "months", "money", "flows", "network", "map"):
            yield f"chart {chart}", f"/charts/{chart}.json"


def main() -> None:
    """Multiply, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("dossier", type=Path)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--keep", type=Path, help="where the large dossier stays, or is")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = given.keep or Path(folder) / "large.db"
        fresh = not path.exists()
        database = open_database(path)
        if fresh:
            start = time.perf_counter()
            source = open_database(given.dossier, create=False)
            many = multiply(source, database, given.documents)
            source.close()
            print(f"{many:,} documents written in {time.perf_counter() - start:.0f} s")
        _measure(database, given.rounds)
        database.close()


def _measure(database: Database, rounds: int) -> None:
    rooms = Rooms(database)
    get = asking(database, rooms)
    times: dict[str, list[float]] = {}
    processor: dict[str, list[float]] = {}
    sizes: dict[str, int] = {}
    first: dict[str, float] = {}
    slowest: dict[str, str] = {}
    for kind, address in addresses(database, rounds):
        seconds, worked, size = get(address)
        processor.setdefault(kind, []).append(worked)
        first.setdefault(kind, seconds)
        if seconds >= max(times.get(kind, [0])):
            slowest[kind] = address
        times.setdefault(kind, []).append(seconds)
        sizes[kind] = max(sizes.get(kind, 0), size)
    print(f"{'page':24}{'first':>9}{'median':>9}{'p95':>9}{'longest':>9}{'CPU p95':>9}{'kB':>7}")
    for kind, seconds_of in times.items():
        ordered = sorted(seconds_of)
        p95 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
        work = sorted(processor[kind])[min(len(ordered) - 1, int(len(ordered) * 0.95))]
        shown = (first[kind], ordered[len(ordered) // 2], p95, ordered[-1], work)
        flag = "" if p95 <= SLOWEST and sizes[kind] <= LARGEST else f"  !  {slowest[kind][:60]}"
        cells = "".join(f"{1000 * value:7.0f}ms" for value in shown)
        print(f"{kind:24}{cells}{sizes[kind] / 1000:7.0f}{flag}")
    _decide(database, rooms, get)
    rooms.close()


def _decide(database: Database, rooms: Rooms, get: Get) -> None:
    """Decisions that change no value, and the next thing of the queue after each."""
    kept: list[float] = []
    after: list[float] = []
    made: list[str] = []
    with database.reading() as connection:
        items = queue(connection, limit=10)
    for item in items:
        start = time.perf_counter()
        wish = Request(action="accept", about=item.record_id)
        made.append(rooms.dossier.decide(wish, who="A reader", renew=False).decision.id)
        kept.append(time.perf_counter() - start)
        after.append(get("/review")[0])
    print(
        f"{len(items)} decisions: kept in {1000 * max(kept):.0f} ms at most, the next thing shown "
        f"in {1000 * max(after):.0f} ms at most"
    )
    for decision_id in made:
        rooms.dossier.undo(decision_id, who="A reader", renew=False)


if __name__ == "__main__":
    main()
