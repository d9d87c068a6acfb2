"""Decisions where they rule, and in the log.

Comes in: a `Look`, ids of decisions. Goes out: one line for each decision, with how it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import Connection

from pactwatch.report.rulings import action_words, ruling_words, unnamed
from pactwatch.report.words import date_words, one_line, shorten
from pactwatch.review import Decision, Standing
from pactwatch.review.values import ACTIONS, STATES
from pactwatch.store.queries_decisions import (
    DecisionFilter,
    count_decisions,
    decision_rows,
    people,
    standings_of,
)
from pactwatch.web.looking import Look, Pages

__all__ = [
    "DecisionPiece",
    "DecisionsPage",
    "RulingPiece",
    "decisions",
    "rulings",
    "rulings_of",
]

_SHOWN = 6  # records and actors named beside a decision


@dataclass(frozen=True, slots=True, kw_only=True)
class RulingPiece:
    """A decision where it rules.

    Attributes:
        words: "corrected to “14 guards” by Ann Reyes, 20 May 2031: the text says so".
        disputed: Reviewers disagree, so it does not rule.
    """

    id: str
    words: str
    state: str
    disputed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionPiece:
    """A decision in the log.

    Attributes:
        about: The words that it is about.
        on: Numbers of the records and actors on which it stands.
        rivals: Decisions that say otherwise.
    """

    id: str
    when: str
    who: str
    action: str
    words: str
    reason: str
    about: str
    document_id: str | None
    start: int
    state: str
    rivals: tuple[str, ...]
    records: tuple[str, ...]
    actors: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionsPage:
    """The part of the log that a filter leaves."""

    query: dict[str, str]
    rows: tuple[DecisionPiece, ...]
    place: Pages
    people: tuple[str, ...]
    actions: tuple[str, ...]
    states: tuple[str, ...]


def rulings(standings: Iterable[Standing], *, hide: Sequence[str] = ()) -> tuple[RulingPiece, ...]:
    """A line for each decision, in the order of time.

    Args:
        hide: Names of reviewers that are not shown.
    """
    return tuple(
        RulingPiece(
            id=standing.decision.id,
            words=shorten(ruling_words(unnamed(standing, hide)), 600),
            state=standing.state,
            disputed=standing.state == "disputed",
        )
        for standing in sorted(standings, key=lambda s: (s.decision.when, s.decision.id))
    )


def rulings_of(
    connection: Connection, owners: Mapping[str, Iterable[str]], *, hide: Sequence[str] = ()
) -> dict[str, tuple[RulingPiece, ...]]:
    """Lines for the decisions that stand on each of some things, by what they stand on."""
    known = standings_of(connection, [id_ for ids in owners.values() for id_ in ids])
    return {
        owner: rulings((known[id_] for id_ in ids if id_ in known), hide=hide)
        for owner, ids in owners.items()
    }


def piece(standing: Standing, undone: Decision | None = None) -> DecisionPiece:
    """A row of the log.

    Args:
        undone: What it takes back, if it does.
    """
    decision = standing.decision
    told = undone or decision  # an undoing is about what it takes back
    anchor = told.about[0] if told.about else None
    quote = told.finding.evidence[0] if told.finding is not None else None
    return DecisionPiece(
        id=decision.id,
        when=f"{date_words(decision.when[:10])}, {decision.when[11:16]} UTC",
        who=one_line(decision.who),
        action=decision.action,
        words=action_words(decision, undone),
        reason=shorten(decision.reason, 400),
        about=shorten(quote.text if quote else anchor.text if anchor else "", 160),
        document_id=quote.document_id if quote else anchor.document_id if anchor else None,
        start=quote.start if quote else anchor.start if anchor else 0,
        state=standing.state,
        rivals=standing.rivals,
        records=standing.records[:_SHOWN],
        actors=standing.actors[:_SHOWN],
    )


def decisions(look: Look) -> DecisionsPage:
    """The log of decisions."""
    connection = look.connection
    wanted = DecisionFilter(
        who=look.words("who"),
        action=look.words("action"),
        state=look.words("state"),
        words=look.words("words"),
    )
    place = look.pages(count_decisions(connection, wanted))
    shown = decision_rows(connection, wanted, offset=place.offset)
    undone = standings_of(connection, [s.decision.undoes for s in shown if s.decision.undoes])
    return DecisionsPage(
        query={k: v for k, v in asdict(wanted).items() if v},
        rows=tuple(
            piece(s, undone[s.decision.undoes].decision if s.decision.undoes in undone else None)
            for s in shown
        ),
        place=place,
        people=tuple(people(connection)),
        actions=ACTIONS,
        states=STATES,
    )
