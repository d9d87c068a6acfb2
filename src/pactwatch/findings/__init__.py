"""The findings room: a reading in, findings and refused candidates out.

Comes in: a `Reading` and a `Codebook`. Goes out: `Found`. One module a kind; predicates of
measures, meetings and incidents share the engine in `frames`, `stages` and `phrases`. It reads no
file and remembers nothing between documents.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pactwatch.codebook import Codebook, load_codebook
from pactwatch.findings.agreements import find_agreements, find_instruments
from pactwatch.findings.context import Context
from pactwatch.findings.figures import find_figures
from pactwatch.findings.hiding import without_private_names
from pactwatch.findings.incidents import find_incidents
from pactwatch.findings.measures import find_measures
from pactwatch.findings.meetings import find_meetings
from pactwatch.findings.offices import find_offices
from pactwatch.findings.phrases import Phrases
from pactwatch.findings.statements import find_statements
from pactwatch.language import Reading
from pactwatch.model import Finding, Rejected

__all__ = ["Found", "find"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What one document says, and what was considered and refused, each in order of the text."""

    findings: tuple[Finding, ...]
    rejected: tuple[Rejected, ...]


def find(reading: Reading, codebook: Codebook | None = None) -> Found:
    """Find all that a document says, in the seven kinds of the codebook."""
    codebook = codebook or load_codebook()
    context = Context(reading=reading, codebook=codebook, phrases=Phrases(reading, codebook))
    findings: list[Finding] = []
    rejected: list[Rejected] = []

    def keep(results: Iterable[Finding | Rejected]) -> list[Finding]:
        kept = []
        for result in results:
            if isinstance(result, Finding):
                kept.append(result)
            else:
                rejected.append(result)
        findings.extend(kept)
        return kept

    context.statements = keep(find_statements(context))
    context.instruments = find_instruments(context)
    keep(find_agreements(context))
    keep(find_measures(context))
    keep(find_meetings(context))
    keep(find_incidents(context))
    keep(find_figures(context))
    keep(find_offices(context))
    found, findings = findings, []
    keep(without_private_names(context, found))
    kinds = list(codebook.kinds)
    findings.sort(key=lambda f: (f.evidence[0].start, kinds.index(f.kind), f.evidence[0].end, f.id))
    rejected.sort(key=lambda r: (r.quote.start, r.kind, r.trigger, r.reason))
    return Found(
        findings=tuple({f.id: f for f in findings}.values()),
        rejected=tuple(dict.fromkeys(rejected)),
    )
