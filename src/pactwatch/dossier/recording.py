"""What the ledger of a dossier says: records, actors, and the order of their days.

Comes in: ids, numbers, kinds. Goes out: records and actors as last built. Nothing is changed here.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Column, ColumnElement, or_, select

from pactwatch.dossier.holding import Holding
from pactwatch.errors import DossierError
from pactwatch.model import Actor, Ledger, Record
from pactwatch.notebook import Actors, Records
from pactwatch.store import tables
from pactwatch.store.ledger import read_accounts, read_actors, read_records

__all__ = ["Moment", "Recorded"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One dated thing of the ledger: a step of a record's stage, or the record itself.

    Attributes:
        date: ISO 8601, at the precision that is known.
        date_from: "event", or "publication" when only the day of the report is known.
        stage: The stage reached, or None.
        number: Of the record.
        document_ids: Documents that tell it.
    """

    date: str
    date_from: str
    stage: str | None
    number: str
    kind: str
    label: str
    document_ids: tuple[str, ...]


class Recorded(Holding):
    """A dossier, as to its ledger."""

    def ledger(self) -> Ledger:
        """All records, actors and accounts, as last built."""
        with self._database.reading() as connection:
            return Ledger(
                records=read_records(connection),
                actors=read_actors(connection),
                accounts=read_accounts(connection),
            )

    def record(self, id_or_number: str) -> Record:
        """One record, by its id or its number ("agreement-1").

        Raises:
            DossierError: there is none.
        """
        columns = tables.record.c
        for record in self._records(_either(columns.id, columns.number, id_or_number)):
            return record
        raise DossierError(id_or_number, "no such record", "List them: pactwatch show agreements")

    def records_in(self, document_id: str) -> Records:
        """The records for which a document says something."""
        c, s = tables.claim.c, tables.claim_support.c
        holds = select(c.record_id).join(tables.claim_support, s.claim_id == c.id)
        return self._records(tables.record.c.id.in_(holds.where(s.document_id == document_id)))

    def actor(self, id_or_number: str) -> Actor:
        """One actor, by its id or its number ("actor-1").

        Raises:
            DossierError: there is none.
        """
        columns = tables.actor.c
        with self._database.reading() as connection:
            where = _either(columns.id, columns.number, id_or_number)
            for actor in read_actors(connection, where):
                return actor
        raise DossierError(id_or_number, "no such actor", "List them: pactwatch show actors")

    def agreements(self) -> Records:
        """Instruments between governments, agencies and international organisations."""
        return self._of_kind("agreement")

    def measures(self) -> Records:
        """What governments and their bodies do, undertake, threaten or stop."""
        return self._of_kind("measure")

    def meetings(self) -> Records:
        """Talks, summits, visits and signing ceremonies."""
        return self._of_kind("meeting")

    def incidents(self) -> Records:
        """Harms, breaches and misuses reported as having happened."""
        return self._of_kind("incident")

    def statements(self) -> Records:
        """Words of speakers, quoted or paraphrased."""
        return self._of_kind("statement")

    def figures(self) -> Records:
        """Quantities asserted of the world."""
        return self._of_kind("figure")

    def offices(self) -> Records:
        """Persons holding, or having held, an office."""
        return self._of_kind("office")

    def contested(self) -> Records:
        """Records of which claims can't all be true."""
        return self._records(tables.record.c.id.in_(select(tables.contest.c.record_id)))

    def actors(self) -> Actors:
        """States, agencies, organisations, publications, persons and groups."""
        with self._database.reading() as connection:
            return Actors(read_actors(connection))

    def timeline(self) -> list[Moment]:
        """Steps of stages, and dated records without such a step, in order of their dates."""
        moments: list[Moment] = []
        for record in self._records():
            dates = {step.date for step in record.history}
            steps: list[tuple[str | None, str, str | None, tuple[str, ...]]] = [
                (step.date, step.date_from, step.stage, step.document_ids)
                for step in record.history
            ]
            if record.date not in dates:
                steps.append((record.date, "event", None, record.document_ids))
            moments += [
                Moment(
                    date=date,
                    date_from=date_from,
                    stage=stage,
                    number=record.number,
                    kind=record.kind,
                    label=record.label,
                    document_ids=document_ids,
                )
                for date, date_from, stage, document_ids in steps
                if date is not None
            ]
        return sorted(moments, key=lambda moment: moment.date)

    def _of_kind(self, kind: str) -> Records:
        return self._records(tables.record.c.kind == kind)

    def _records(self, *where: ColumnElement[bool]) -> Records:
        with self._database.reading() as connection:
            return Records(read_records(connection, *where))


def _either(identity: Column[str], number: Column[str], wanted: str) -> ColumnElement[bool]:
    return or_(identity == wanted, number == wanted)
