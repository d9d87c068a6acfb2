"""What a finding says, made ready for comparing: identities, states, words, dates, quantities.

Comes in: a finding, its document, its account and the identities. Goes out: `Facts`. It never
compares.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pactwatch.ledger.countries import countries_in, country_name, is_country_code
from pactwatch.ledger.identity import Identities, Identity
from pactwatch.ledger.mentions import ACTOR_ROLES
from pactwatch.ledger.words import content_words, fold
from pactwatch.model import Document, Filler, Finding, Quantity, Quote

__all__ = ["Facts", "Report", "gather", "report_of"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One finding, ready for comparing.

    Attributes:
        account: Id of its account.
        origins: Accounts that its document shares with other documents: statements quoted by both.
        aliases: What other findings of its document call the same agreement.
        headline: Its stage is told by the headline, and by no sentence of the report in the past.
        heads: Where those of its evidence sentences start that stand in the headline.
        publisher: Of its document, folded; "" where nobody tells.
        corrects: Its document says that it corrects an earlier one.
        memo: What `once` keeps.
    """

    finding: Finding
    published: str | None
    account: str
    actors: dict[str, tuple[Identity, ...]]
    origins: frozenset[str] = frozenset()
    aliases: tuple[Filler, ...] = ()
    headline: bool = False
    heads: frozenset[int] = frozenset()
    publisher: str = ""
    corrects: bool = False
    memo: dict[tuple[str, str], Any] = field(default_factory=dict, compare=False, repr=False)

    def once(self, what: str, role: str, make: Callable[[], T]) -> T:
        """A value that depends on this finding only, made when first asked for and then kept."""
        key = (what, role)
        if key not in self.memo:
            self.memo[key] = make()
        kept: T = self.memo[key]
        return kept

    @property
    def document_id(self) -> str:
        """The document that says it."""
        return self.finding.document_id

    def fillers(self, role: str) -> tuple[Filler, ...]:
        """The fillers of a role, empty where it has none."""
        return self.finding.roles.get(role, ())

    @property
    def words(self) -> Mapping[str, frozenset[str]]:
        """Words that carry meaning, of roles that name nobody, without the names of countries."""
        return self.once("words", "", self._words)

    def _words(self) -> Mapping[str, frozenset[str]]:
        named = {i.country for group in self.actors.values() for i in group if i.country}
        country_words = frozenset(w for c in named for w in content_words(country_name(c)))
        return {
            role: frozenset().union(*(content_words(f.text) for f in fillers)) - country_words
            for role, fillers in self.finding.roles.items()
            if role not in ACTOR_ROLES
        }

    def ids(self, role: str) -> frozenset[str]:
        """Identity keys of those who fill a role."""
        return self.once("ids", role, lambda: frozenset(i.key for i in self.actors.get(role, ())))

    def states(self, role: str) -> frozenset[str]:
        """Countries that those who fill a role are, act for or belong to."""
        return self.once(
            "states",
            role,
            lambda: frozenset(i.country for i in self.actors.get(role, ()) if i.country),
        )

    def only_states(self, role: str) -> frozenset[str]:
        """The same, but empty where somebody's country isn't known."""
        identities = self.actors.get(role, ())
        return self.states(role) if all(i.country for i in identities) else frozenset()

    def places(self) -> frozenset[str]:
        """Countries of the place."""
        return self.once("places", "place", self._places)

    def _places(self) -> frozenset[str]:
        codes: set[str] = set()
        for filler in self.fillers("place"):
            if is_country_code(filler.value):
                codes.add(str(filler.value))
            else:
                codes |= countries_in(filler.text)
        return frozenset(codes)

    def place_names(self) -> frozenset[str]:
        """The places, as codes or folded words."""
        return self.once(
            "place names",
            "place",
            lambda: frozenset(
                str(f.value) if is_country_code(f.value) else fold(f.text)
                for f in self.fillers("place")
            ),
        )

    def dates(self, role: str) -> tuple[str, ...]:
        """Normalised dates of a role."""
        return tuple(f.value for f in self.fillers(role) if isinstance(f.value, str))

    def quantities(self, role: str) -> tuple[tuple[Quantity, str], ...]:
        """Quantities of a role with their words."""
        return self.once(
            "quantities",
            role,
            lambda: tuple(
                (f.value, f.text) for f in self.fillers(role) if isinstance(f.value, Quantity)
            ),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What of a document shows in the facts of its findings.

    Attributes:
        origins, publisher, corrects: As in `Facts`.
        title: Folded.
        headline: Where its first line stands, if that is a headline.
    """

    published: str | None = None
    origins: frozenset[str] = frozenset()
    publisher: str = ""
    corrects: bool = False
    title: str = ""
    headline: tuple[int, int] | None = None


def report_of(
    document: Document, origins: frozenset[str] = frozenset(), *, corrects: bool = False
) -> Report:
    """What counts of a document.

    Args:
        corrects: Whether it corrects an earlier one of its publisher.
    """
    text = document.text.strip()
    first = text.partition("\n")[0].rstrip()
    start = len(document.text) - len(document.text.lstrip())
    is_headline = len(first) < len(text) and first[-1:] not in ".!?”\"'"
    return Report(
        published=document.published,
        origins=origins,
        publisher=fold(document.publisher or ""),
        corrects=corrects,
        title=fold(document.title or ""),
        headline=(start, start + len(first)) if is_headline else None,
    )


def gather(finding: Finding, report: Report, account: str, identities: Identities) -> Facts:
    """Make the facts of one finding."""
    actors = {
        role: tuple(identities.of(finding, filler) for filler in fillers)
        for role, fillers in finding.roles.items()
        if role in ACTOR_ROLES
    }
    heads = frozenset(q.start for q in finding.evidence if _heads(q, report))
    return Facts(
        finding=finding,
        published=report.published,
        account=account,
        actors=actors,
        origins=report.origins,
        heads=heads,
        publisher=report.publisher,
        corrects=report.corrects,
        headline=finding.evidence[0].start in heads
        and not any(_PAST.search(quote.text) for quote in finding.evidence[1:]),
    )


# "has sent", "were deployed": a report that tells it so stands by its headline.
_PAST = re.compile(
    r"\b(?:has|have|had|was|were)\s+(?:\w+\s+)?\w+(?:ed|en|nt|lt|id)\b", re.IGNORECASE
)


def _heads(quote: Quote, report: Report) -> bool:
    """Whether a quotation stands in the headline: the document's title, or a first line that ends
    like one."""
    if report.title and fold(quote.text).strip(".") in report.title:
        return True
    line = report.headline
    return line is not None and line[0] <= quote.start and quote.end <= line[1]
