"""The overview: what a dossier says in one screen.

Comes in: a `Look`. Goes out: counts, the agreements and measures with most accounts, the gravest
contested values, amounts by stage, the newest documents.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from pactwatch.charts.flows import STAGES
from pactwatch.report.words import count, date_words
from pactwatch.store.history import is_unfinished
from pactwatch.store.queries import RecordFilter, RecordRow, record_rows
from pactwatch.store.queries_documents import DocumentFilter, DocumentHead, document_rows
from pactwatch.store.queries_overview import (
    Amount,
    ContestRow,
    Counts,
    amounts,
    contest_rows,
    counts,
    months,
)
from pactwatch.store.queries_review import counted
from pactwatch.web.looking import Look
from pactwatch.web.views.review import waiting

__all__ = ["OverviewPage", "StageRow", "overview", "stage_table"]

AGREEMENTS, MEASURES, CONTESTS, DOCUMENTS = 6, 6, 5, 6


@dataclass(frozen=True, slots=True, kw_only=True)
class StageRow:
    """Amounts told at one stage, in one currency or unit.

    Attributes:
        least, most: The smallest and the largest, in their words.
    """

    stage: str
    unit: str
    amounts: int
    least: str
    most: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewPage:
    """All that the overview shows.

    Attributes:
        dated: Whether anything has a date, so that there is a time axis.
        unit: The currency of the chart of money; None where no money is told.
        review: How much awaits a decision, by the reason.
        unfinished: A build was stopped, or is under way.
    """

    counts: Counts
    summary: str
    agreements: tuple[RecordRow, ...]
    measures: tuple[RecordRow, ...]
    contests: tuple[ContestRow, ...]
    documents: tuple[DocumentHead, ...]
    money: tuple[StageRow, ...]
    unit: str | None
    dated: bool
    review: dict[str, int] = field(default_factory=dict)
    unfinished: bool = False


def overview(look: Look) -> OverviewPage:
    """The overview of the dossier."""
    page = look.memory.recall(look.connection, "overview", lambda: _overview(look))
    if look.static:
        return page
    unfinished = is_unfinished(look.connection)
    return replace(page, review=counted(waiting(look)), unfinished=unfinished)


def _overview(look: Look) -> OverviewPage:
    connection = look.connection
    found = counts(connection)
    money = amounts(connection, money=True)
    return OverviewPage(
        counts=found,
        summary=_summary(found),
        agreements=_head(look, "agreement", AGREEMENTS),
        measures=_head(look, "measure", MEASURES),
        contests=tuple(contest_rows(connection, limit=CONTESTS)),
        documents=tuple(document_rows(connection, DocumentFilter(), limit=DOCUMENTS)),
        money=stage_table(money),
        unit=most_common_unit(money),
        dated=bool(months(connection)),
    )


def _head(look: Look, kind: str, most: int) -> tuple[RecordRow, ...]:
    wanted = RecordFilter(kind=kind)
    return tuple(record_rows(look.connection, wanted, order="accounts", limit=most))


def _summary(found: Counts) -> str:
    words = count(found.documents, "document")
    if found.publishers:
        words += f" by {count(found.publishers, 'publisher')}"
    if found.set_aside:
        words += f", {found.set_aside:,} set aside"
    if found.first:
        between = list(dict.fromkeys([date_words(found.first), date_words(found.last)]))
        words += f", {' to '.join(between)}"
    return f"{words}. Behind them: {count(found.accounts, 'independent account')}."


def stage_table(found: list[Amount]) -> tuple[StageRow, ...]:
    """Amounts by stage and unit, in the order of stages; nothing is added up."""
    groups: dict[tuple[str, str], list[Amount]] = {}
    for amount in found:
        groups.setdefault((amount.stage, amount.unit), []).append(amount)
    order = {stage: place for place, stage in enumerate(STAGES)}
    rows = []
    for stage, unit in sorted(groups, key=lambda key: (order.get(key[0], 99), key[0], key[1])):
        own = sorted(groups[stage, unit], key=lambda amount: amount.number)
        rows.append(
            StageRow(
                stage=stage, unit=unit, amounts=len(own), least=own[0].words, most=own[-1].words
            )
        )
    return tuple(rows)


def most_common_unit(found: list[Amount]) -> str | None:
    """The unit of most amounts."""
    often: dict[str, int] = {}
    for amount in found:
        often[amount.unit] = often.get(amount.unit, 0) + 1
    return min(often, key=lambda unit: (-often[unit], unit)) if often else None
