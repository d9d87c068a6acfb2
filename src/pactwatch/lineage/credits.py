"""From a document and its findings to credits: where it says that it has what it tells from.

Comes in: a document and its findings. Goes out: `Credit` values, each with the exact words that
credit: publications and wires ("told Reuters", "first reported by …", "Photo: …", datelines,
bylines, links), officials, bodies and documents ("according to the department"), and sources
without a name. It doesn't judge whether a credit is true, nor what was taken from whom.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pactwatch.lineage.credit_outlets import attributions_of_outlets
from pactwatch.lineage.credit_sentences import sentence_around
from pactwatch.lineage.credit_statements import Attribution, attributions_of_statements
from pactwatch.lineage.credit_words import CreditWords, load_credit_words
from pactwatch.model import Document, Finding, Quote, stable_id
from pactwatch.origins import Credit

__all__ = ["find_credits"]

_NEAR = 40  # characters between "said" and "in an interview with …" of the same credit
_STOP = re.compile(r"[.;:!?\"”“\n]")


def find_credits(
    document: Document, findings: Sequence[Finding], *, words: CreditWords | None = None
) -> tuple[Credit, ...]:
    """Find all credits of a document, in order of its text.

    Args:
        findings: Findings of any documents, in any order; those of other documents are left out.
    """
    words = words or load_credit_words()
    own = [f for f in findings if f.document_id == document.id]
    outlets = list(attributions_of_outlets(document, words))
    statements = list(attributions_of_statements(document, own, words))
    merged = _merged(document, outlets, statements)
    merged += _hearsay(document, words, merged)
    inside = (a for a in merged if not _in_furniture(document, a))
    ordered = sorted(inside, key=lambda a: (a.start, -a.end, a.kind, a.name, a.finding_id or ""))
    return tuple(_credit(document, attribution) for attribution in ordered)


def _merged(
    document: Document, outlets: Sequence[Attribution], statements: Sequence[Attribution]
) -> list[Attribution]:
    """One credit for a statement told to a publication: the publication's, with its speaker."""
    partners: dict[int, Attribution] = {}
    taken: set[int] = set()
    for is_one in (_shares_cue, _says_where, _names_within):
        for number, outlet in enumerate(outlets):
            if number in partners or outlet.place != "text":
                continue
            for index, statement in enumerate(statements):
                if index not in taken and is_one(document.text, outlet, statement):
                    taken.add(index)
                    partners[number] = statement
                    break
    kept = [
        _joined(outlet, partners[number]) if number in partners else outlet
        for number, outlet in enumerate(outlets)
    ]
    return kept + [s for index, s in enumerate(statements) if index not in taken]


def _joined(outlet: Attribution, statement: Attribution) -> Attribution:
    speaker = None if _same_source(outlet, statement) else statement.name
    return replace(outlet, finding_id=statement.finding_id, speaker=speaker)


def _same_source(outlet: Attribution, statement: Attribution) -> bool:
    if outlet.publication is not None and statement.publication is not None:
        return outlet.publication.id == statement.publication.id
    return outlet.name.casefold() in statement.name.casefold()


def _shares_cue(text: str, outlet: Attribution, statement: Attribution) -> bool:
    """ "told Reuters": the word of saying is a part of the words that credit."""
    return (
        statement.cue is not None
        and outlet.start < statement.cue[1]
        and statement.cue[0] < outlet.end
    )


def _says_where(text: str, outlet: Attribution, statement: Attribution) -> bool:
    """ "said on Monday in an interview with Reuters"."""
    if statement.cue is None or not 0 <= outlet.start - statement.cue[1] <= _NEAR:
        return False
    return _STOP.search(text, statement.cue[1], outlet.start) is None


def _names_within(text: str, outlet: Attribution, statement: Attribution) -> bool:
    """ "The article in the Post by Ada Obrecht alleges": the publication stands in the subject."""
    return (
        statement.cue is not None
        and statement.publication is None
        and statement.start <= outlet.start
        and outlet.end <= statement.cue[0]
        and outlet.named is not None
        and outlet.named[1] == outlet.end  # else it has a verb of its own
    )


def _hearsay(
    document: Document, words: CreditWords, found: Iterable[Attribution]
) -> Iterator[Attribution]:
    """Phrases such as "reportedly" in sentences that credit nobody."""
    spans = sorted((a.start, a.end) for a in found if a.place == "text")
    for start, end, _ in words.hearsay.find(document.text):
        low, high = sentence_around(document.text, start, end)
        if not any(s < high and low < e for s, e in spans):
            yield Attribution(kind="nobody", place="text", start=start, end=end, name="")


def _in_furniture(document: Document, attribution: Attribution) -> bool:
    return any(
        span.start <= attribution.start and attribution.end <= span.end
        for span in document.furniture
    )


def _credit(document: Document, found: Attribution) -> Credit:
    credited = None
    if found.place == "text":
        credited = Quote.cut(document, *sentence_around(document.text, found.start, found.end))
    quote = Quote.cut(document, found.start, found.end)
    return Credit(
        id=stable_id(
            "credit",
            document.id,
            found.kind,
            found.place,
            quote.start,
            quote.end,
            found.finding_id or "",
        ),
        document_id=document.id,
        kind=found.kind,
        place=found.place,
        source=found.name,
        named=Quote.cut(document, *found.named) if found.named else None,
        publisher_id=found.publication.id if found.publication else None,
        publisher=found.publication.name if found.publication else None,
        speaker=found.speaker,
        quote=quote,
        credited=credited,
        finding_id=found.finding_id,
        address=found.address,
    )
