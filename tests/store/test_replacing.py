from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import (
    Column,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    create_engine,
    select,
)

from pactwatch.store.replacing import replace_rows

METADATA = MetaData()
PART = Table(
    "made_up_part",
    METADATA,
    Column("owner_id", Text, primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("word", Text, nullable=True),
)
OWNER = Table(
    "made_up_owner",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("position", Integer),
    Column("number", Text, unique=True),
    UniqueConstraint("position"),
)
WORDS = st.none() | st.sampled_from(["a", "b", "c"])
LEDGERS = st.dictionaries(st.sampled_from("abcdefgh"), st.lists(WORDS, max_size=3), max_size=8)


def rows_of(ledger: dict[str, list[str | None]]) -> dict[str, list[dict[str, object]]]:
    owners = [
        {"id": id_, "position": at, "number": f"record-{at}"} for at, id_ in enumerate(ledger)
    ]
    parts: list[dict[str, object]] = []
    for id_, words in ledger.items():
        for at, word in enumerate(words):
            parts.append({"owner_id": id_, "position": at, "word": word})
    return {"made_up_part": parts, "made_up_owner": owners}


@settings(max_examples=80)
@given(st.lists(LEDGERS, min_size=2, max_size=4), st.sampled_from([0.0, 0.2, 1.0]))
def test_tables_hold_the_rows_asked_for_whatever_they_held(
    ledgers: list[dict[str, list[str | None]]], few: float
) -> None:
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        METADATA.create_all(connection)
        for ledger in ledgers:
            wanted = rows_of(ledger)
            replace_rows(
                connection, (PART, OWNER), wanted, kept=frozenset({"made_up_owner"}), few=few
            )
            for table in (PART, OWNER):
                held = [dict(row._mapping) for row in connection.execute(select(table))]
                full = [{c.name: row.get(c.name) for c in table.c} for row in wanted[table.name]]
                assert sorted(map(str, held)) == sorted(map(str, full))
    engine.dispose()
