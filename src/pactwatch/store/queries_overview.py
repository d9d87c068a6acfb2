"""What an overview needs of a dossier: counts, contests, money by stage, dated steps, newest
documents.

Comes in: a connection. Goes out: counted and short rows. Nothing is added up over stages: what is
promised and then paid is one sum told twice.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, case, func, select, text

from pactwatch.store import tables as t
from pactwatch.store.documents import CURRENT
from pactwatch.store.ledger import WRITTEN
from pactwatch.store.queries import LABEL, PAGE
from pactwatch.store.queries_ruled_out import is_set_aside

__all__ = [
    "Amount",
    "ContestRow",
    "Counts",
    "StepRow",
    "amounts",
    "contest_rows",
    "counts",
    "ledger_stamp",
    "months",
    "step_rows",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much a dossier holds.

    Attributes:
        documents: Those that count; beside them `set_aside` are set aside.
        accounts: Independent accounts that are texts of their own.
        kinds: Kind of record → number, only where there are any.
        contested: Contested fields.
        first, last: Publication dates of the earliest and the latest document.
        problems: Sources that could not be read, or only in part.
    """

    documents: int
    set_aside: int
    publishers: int
    accounts: int
    actors: int
    kinds: dict[str, int]
    contested: int
    first: str | None
    last: str | None
    rejected: int
    problems: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ContestRow:
    """A contested field with its sides, the best-backed first: words, plain value, accounts."""

    record_id: str
    number: str
    record_kind: str
    label: str
    field: str
    kind: str
    severity: str
    explanation: str
    sides: tuple[tuple[str, str | None, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRow:
    """A dated stage of a record.

    Attributes:
        date_from: "event" or "publication".
        accounts: Of the record.
    """

    record_id: str
    kind: str
    label: str
    stage: str
    date: str
    date_from: str
    accounts: int
    contests: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """An amount of a measure at one stage.

    Attributes:
        number: As a decimal number in words ("750000000").
        unit: Currency (ISO 4217) or what is counted.
        approximate: The words are "about", "up to" or the like.
    """

    record_id: str
    label: str
    stage: str
    words: str
    number: float
    unit: str
    money: bool
    approximate: bool
    date: str | None
    accounts: int
    givers: str
    receivers: str


def ledger_stamp(connection: Connection) -> str:
    """What changes whenever the ledger or the documents do: a key for what is kept of them. Marks
    that decisions leave on records don't change it."""
    state = t.state.c
    keys = select(state.name, state.value).where(state.name.in_((WRITTEN, "ledger_key")))
    told = {row.name: row.value for row in connection.execute(keys)}
    last = connection.execute(select(func.max(t.document.c.number))).scalar_one() or 0
    return f"{told.get(WRITTEN) or told.get('ledger_key', '')}-{last}"


def counts(connection: Connection) -> Counts:
    """Count what the dossier holds."""
    d, a = t.document.c, t.account.c
    one = connection.execute(
        select(
            func.count(), func.count(d.publisher.distinct()), func.min(d.published),
            func.max(d.published),
        ).where(CURRENT, ~is_set_aside(d.id))
    ).one()  # fmt: skip
    kinds = select(t.record.c.kind, func.count()).group_by(t.record.c.kind)
    own = select(func.count()).where(a.reason != "same quoted statement")

    def number(query: object) -> int:
        return int(connection.execute(query).scalar_one() or 0)  # type: ignore[call-overload]

    return Counts(
        documents=one[0],
        set_aside=number(select(func.count()).where(CURRENT, is_set_aside(d.id))),
        publishers=one[1],
        accounts=number(own),
        actors=number(select(func.count()).select_from(t.actor)),
        kinds={row[0]: row[1] for row in connection.execute(kinds)},
        contested=number(select(func.count()).select_from(t.contest)),
        first=one[2],
        last=one[3],
        rejected=number(select(func.sum(t.reading.c.rejected))),
        problems=number(select(func.count()).select_from(t.problem)),
    )


_WEIGHT = case({"high": 0, "medium": 1, "low": 2}, value=t.contest.c.severity, else_=3)


def contest_rows(
    connection: Connection,
    *,
    severity: str | None = None,
    kind: str | None = None,
    offset: int = 0,
    limit: int | None = PAGE,
) -> list[ContestRow]:
    """Contested fields, the gravest first, then those with most accounts."""
    c, r = t.contest.c, t.record.c
    query = (
        select(
            c.record_id, c.position, r.number, r.kind.label("record_kind"),
            func.substr(r.label, 1, LABEL).label("label"), c.field, c.kind, c.severity,
            func.substr(c.explanation, 1, LABEL).label("explanation"),
        )
        .join(t.record, r.id == c.record_id)
        .order_by(_WEIGHT, r.accounts.desc(), r.position, c.position)
        .limit(limit)
        .offset(offset)
    )  # fmt: skip
    if severity is not None:
        query = query.where(c.severity == severity)
    if kind is not None:
        query = query.where(c.kind == kind)
    found = []
    for row in connection.execute(query).all():
        values = dict(row._mapping)
        place = values.pop("position")
        found.append(ContestRow(**values, sides=_sides(connection, row.record_id, place)))
    return found


def _sides(
    connection: Connection, record_id: str, place: int
) -> tuple[tuple[str, str | None, int], ...]:
    s, a, m, c = t.contest_side.c, t.contest_side_account.c, t.contest_claim.c, t.claim.c
    told = (
        select(func.count())
        .where(
            a.record_id == s.record_id, a.contest_position == s.contest_position,
            a.side_position == s.position,
        )
        .scalar_subquery()
    )  # fmt: skip
    own = t.contest_side_claim.c
    value = (
        select(c.value)
        .join(t.contest_side_claim, own.claim_id == c.id)
        .where(
            own.record_id == s.record_id, own.contest_position == s.contest_position,
            own.side_position == s.position, c.text == s.text,
        )
        .limit(1)
        .scalar_subquery()
    )  # fmt: skip
    sides = (
        select(func.substr(s.text, 1, LABEL), value, told)
        .where(s.record_id == record_id, s.contest_position == place)
        .order_by(s.position)
        .limit(4)
    )
    rows = connection.execute(sides).all()
    if not rows:  # a ledger settled before sides were kept
        claims = (
            select(func.substr(c.text, 1, LABEL), c.value, c.accounts)
            .join(t.contest_claim, m.claim_id == c.id)
            .where(m.record_id == record_id, m.contest_position == place)
            .order_by(m.position)
            .limit(4)
        )
        rows = connection.execute(claims).all()
    return tuple((words, value, n) for words, value, n in rows)


def step_rows(connection: Connection, *, records: int = 40) -> list[StepRow]:
    """Dated stages of the agreements, measures, meetings and incidents with most accounts.

    Args:
        records: How many records.
    """
    r, s, k = t.record.c, t.stage_step.c, t.contest.c
    contested = select(func.count()).where(k.record_id == r.id).scalar_subquery()
    head = (
        select(r.id)
        .where(
            r.kind.in_(("agreement", "measure", "meeting", "incident")),
            r.id.in_(select(s.record_id).where(s.date.is_not(None))),
        )
        .order_by(r.accounts.desc(), r.position)
        .limit(records)
    )
    query = (
        select(
            r.id.label("record_id"), r.kind, func.substr(r.label, 1, LABEL).label("label"),
            s.stage, s.date, s.date_from, r.accounts, contested.label("contests"),
        )
        .join(t.stage_step, s.record_id == r.id)
        .where(s.date.is_not(None), r.id.in_(head))
        .order_by(r.position, s.position)
    )  # fmt: skip
    return [StepRow(**row._mapping) for row in connection.execute(query)]


def months(connection: Connection) -> list[tuple[str, str, int]]:
    """Dated stages by month and kind of record: ("2019-05", "measure", 12).

    Stages of which only the year is known are left out.
    """
    r, s = t.record.c, t.stage_step.c
    month = func.substr(s.date, 1, 7)
    query = (
        select(month, r.kind, func.count(r.id.distinct()))
        .join(t.record, r.id == s.record_id)
        .where(func.length(s.date) >= 7, func.substr(s.date, 5, 1) == "-")
        .group_by(month, r.kind)
        .order_by(month, r.kind)
    )
    return [(row[0], row[1], row[2]) for row in connection.execute(query)]


_AMOUNTS = text(
    """
    WITH told AS (
        SELECT record_id, position, stage, amount, date, accounts, quantity,
            json_extract(quantity, '$.currency') AS currency,
            json_extract(quantity, '$.unit') AS counted,
            CAST(coalesce(json_extract(quantity, '$.number'), json_extract(quantity, '$.maximum'),
                json_extract(quantity, '$.minimum')) AS REAL) AS number
        FROM delivery_step WHERE quantity IS NOT NULL
    )
    SELECT told.record_id, substr(r.label, 1, 400) AS label, told.stage,
        substr(told.amount, 1, 400) AS words, told.number,
        coalesce(told.currency, told.counted) AS unit, told.currency IS NOT NULL AS money,
        (json_extract(quantity, '$.approximate') OR json_extract(quantity, '$.number') IS NULL)
            AS approximate,
        told.date, told.accounts,
        (SELECT coalesce(group_concat(substr(a.name, 1, 80), ', '), '') FROM (
            SELECT DISTINCT c.actor_id FROM claim c WHERE c.record_id = r.id AND c.field = 'actor'
            AND c.actor_id IS NOT NULL ORDER BY c.position LIMIT 3) x
            JOIN actor a ON a.id = x.actor_id) AS givers,
        (SELECT coalesce(group_concat(substr(a.name, 1, 80), ', '), '') FROM (
            SELECT DISTINCT c.actor_id FROM claim c WHERE c.record_id = r.id
            AND c.field = 'recipient' AND c.actor_id IS NOT NULL ORDER BY c.position LIMIT 3) x
            JOIN actor a ON a.id = x.actor_id) AS receivers
    FROM told JOIN record r ON r.id = told.record_id
    WHERE unit IS NOT NULL AND told.number > 0 AND (:unit IS NULL OR unit = :unit)
        AND (:money IS NULL OR (told.currency IS NOT NULL) = :money)
    ORDER BY told.accounts DESC, r.position, told.position LIMIT :limit
    """
)


def amounts(
    connection: Connection,
    *,
    money: bool | None = None,
    unit: str | None = None,
    limit: int = 400,
) -> list[Amount]:
    """Amounts of measures by stage, those with most accounts first.

    Args:
        money: Only money, or only what is counted.
        unit: Only this currency, or this that is counted.
    """
    values = {"money": None if money is None else int(money), "unit": unit, "limit": limit}
    return [
        Amount(
            **{
                **row._mapping,
                "money": bool(row.money),
                "approximate": bool(row.approximate),
            }
        )
        for row in connection.execute(_AMOUNTS, values)
    ]
