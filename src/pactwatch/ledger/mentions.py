"""Where a document names somebody: the raw material of identities.

Comes in: findings. Goes out: `Mention`s, in an order that does not depend on that of the findings.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pactwatch.ledger.countries import countries_in
from pactwatch.model import Filler, Finding

__all__ = [
    "ACTOR_ROLES",
    "MAY_BE_PERSON",
    "REIGN",
    "Mention",
    "country_of",
    "mentions_in",
    "reigns",
]

ACTOR_ROLES = frozenset(
    {
        "actor",
        "addressee",
        "body",
        "participant",
        "party",
        "person",
        "recipient",
        "signatory",
        "speaker",
        "target",
    }
)
"""Roles whose fillers name somebody."""

MAY_BE_PERSON = frozenset({"actor", "addressee", "participant", "speaker"})
"""Roles that a person may fill, or a state, or a body."""

REIGN = re.compile(r"\b(?:administration|government|cabinet|presidency)\b", re.IGNORECASE)


@lru_cache(maxsize=65536)
def reigns(text: str) -> bool:
    """Whether words name a government by its word."""
    return REIGN.search(text) is not None


@dataclass(frozen=True, slots=True)
class Mention:
    """One filler of a role that names somebody."""

    document_id: str
    filler: Filler
    role: str
    finding: Finding


def mentions_in(findings: Sequence[Finding]) -> list[Mention]:
    """All mentions, sorted by document, finding, role and place."""
    return sorted(
        (
            Mention(f.document_id, filler, role, f)
            for f in findings
            for role, fillers in f.roles.items()
            if role in ACTOR_ROLES
            for filler in fillers
        ),
        key=lambda m: (m.document_id, m.finding.id, m.role, m.filler.start, m.filler.end),
    )


def country_of(text: str) -> str | None:
    """The one country that words name, or None."""
    codes = countries_in(text)
    return next(iter(codes)) if len(codes) == 1 else None
