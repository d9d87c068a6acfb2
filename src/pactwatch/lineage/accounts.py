"""From documents to accounts: how many independent origins stand behind what is told.

Comes in: documents and their findings, with what is kept of earlier times. Goes out: `Accounts`.
Copies of one text are one account. Words that a document has from another belong to that one's
account; words quoted by several from somebody belong to his; all the rest is the document's own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pactwatch.lineage.fingerprints import Fingerprint
from pactwatch.lineage.statements import quoted_spans, same_words
from pactwatch.lineage.tracing import Lines, follow
from pactwatch.lineage.values import Accounts, Sharing
from pactwatch.model import Account, Document, Finding, Span, stable_id
from pactwatch.origins import Credit, Passage

__all__ = ["trace"]

_INSIDE = 0.6  # share of a finding's sentences that must be the other's words for it to be so
_WHOLE = 0.9  # share of a copy's words from which the rest of it is no account of its own


def trace(
    documents: Sequence[Document],
    findings: Sequence[Finding],
    credits: Mapping[str, Sequence[Credit]] | None = None,
    *,
    fingerprints: Mapping[str, Fingerprint] | None = None,
    sharings: Mapping[tuple[str, str], Sharing] | None = None,
    closely: bool = True,
) -> Accounts:
    """Find the accounts behind documents and findings, whatever their order.

    Args:
        credits: What documents credit, by document id.
        fingerprints: `fingerprint(document)` of documents, where it is kept; made where not.
        sharings: `Accounts.sharings` of an earlier time; what is missing is found.
        closely: Whether to look for sentences told in other words and for slips in common, too.
    """
    lines = follow(
        documents, fingerprints=fingerprints, sharings=sharings, credits=credits, closely=closely
    )
    books = _Books(lines)
    told = sorted((f for f in findings if f.document_id in books.by_id), key=lambda f: f.id)
    books.enter_statements(told)
    of_finding = {f.id: books.account_of(f) for f in told}
    of_passage = {p.id: books.account_of_passage(p) for p in books.passages if p.kind == "copied"}
    return Accounts(
        accounts=books.closed(told, of_finding, of_passage),
        of_finding=of_finding,
        of_passage=of_passage,
        passages=books.passages,
        families=lines.families,
        directions=lines.directions,
        sharings=lines.compared,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Taken:
    """Words that a document has from another.

    Attributes:
        cited: Whether both have them in quotation marks, so that they are somebody else's.
    """

    here: Span
    there: Span
    source: str
    cited: bool


class _Books:
    """The accounts as they are opened, and whose words stand where."""

    def __init__(self, lines: Lines) -> None:
        self.by_id = {d.id: d for d in lines.documents}
        self.order = {d.id: place for place, d in enumerate(lines.documents)}
        self.passages = tuple(_passages(lines.linked))
        self._origin: dict[str, str] = {d.id: d.id for d in lines.documents}
        self._part: set[str] = set()
        self._opened: dict[str, Account] = {}
        self._of_statement: dict[str, str] = {}
        self._said: dict[str, list[tuple[Span, str]]] = defaultdict(list)
        self._taken: dict[str, list[_Taken]] = defaultdict(list)
        self._account_ids: dict[str, str] = {}
        self._handed_on: dict[str, tuple[str, _Taken]] = {}
        self._sources_of = {(d.first_id, d.second_id): d.source_id for d in lines.directions}
        for family in lines.families:
            for member in family.members:
                self._origin[member.document_id] = family.origin_id
                if member.share < _WHOLE:
                    self._part.add(member.document_id)
            self._open(
                family.origin_id,
                tuple(sorted(m.document_id for m in family.members)),
                undirected=family.members[0].relation == "undirected",
            )
        for document in lines.documents:
            if self._origin[document.id] == document.id:
                self._open(document.id, (document.id,))
        for passage in self.passages:
            if passage.kind == "copied":
                taker, taken = self._handed_on[passage.id] = self._taken_of(passage)
                self._taken[taker].append(taken)

    def enter_statements(self, findings: Sequence[Finding]) -> None:
        """Open an account for each statement that several accounts quote."""
        quoted = [f for f in findings if quoted_spans(f)]
        quoted.sort(key=lambda f: (self.order[f.document_id], f.id))
        for statements in same_words(quoted):
            found = [self._by_passages(f.document_id, quoted_spans(f), False) for f in statements]
            if len(set(found)) < 2:
                continue
            homes = [self._home(f.document_id) for f in statements]
            # Words that stand in one document in its own voice are that document's.
            source = {a for a, home in zip(found, homes, strict=True) if a != home}
            account = source.pop() if len(source) == 1 else self._open_statement(statements)
            for statement in statements:
                self._of_statement[statement.id] = account
                spans = quoted_spans(statement)
                self._said[statement.document_id] += [(span, account) for span in spans]

    def account_of(self, finding: Finding) -> str:
        """The account of a finding: of whoever's words its sentences, or its quotation, are."""
        if finding.id in self._of_statement:
            return self._of_statement[finding.id]
        evidence = tuple(Span(start=q.start, end=q.end) for q in finding.evidence)
        return self.account_at(finding.document_id, quoted_spans(finding) or evidence)

    def account_of_passage(self, passage: Passage) -> str:
        """The account of words that two documents share."""
        taker, taken = self._handed_on[passage.id]
        if taken.cited and self._said:
            return self.account_at(taker, (taken.here,))
        return self._by_passages(taken.source, (taken.there,), True)

    def account_at(self, document_id: str, spans: Sequence[Span]) -> str:
        """The account of the words in some places of a document."""
        said: dict[str, list[Span]] = defaultdict(list)
        for place, account in self._said.get(document_id, ()):
            said[account].append(place)
        for account in sorted(said):
            if all(_covered(span, said[account]) >= _INSIDE for span in spans):
                return account
        return self._by_passages(document_id, spans, True)

    def closed(
        self,
        findings: Sequence[Finding],
        of_finding: Mapping[str, str],
        of_passage: Mapping[str, str],
    ) -> tuple[Account, ...]:
        """All accounts, with all documents in which they stand."""
        standing: dict[str, set[str]] = defaultdict(set)
        for finding in findings:
            standing[of_finding[finding.id]].add(finding.document_id)
        for passage in self.passages:
            if passage.id in of_passage:
                standing[of_passage[passage.id]] |= {passage.first_id, passage.second_id}
        for account_id, documents in standing.items():
            account = self._opened[account_id]
            if not documents <= set(account.document_ids):
                every = tuple(sorted(documents.union(account.document_ids)))
                self._opened[account_id] = replace(account, document_ids=every)
        return tuple(account for _, account in sorted(self._opened.items()))

    def _by_passages(self, document_id: str, spans: Sequence[Span], cited: bool) -> str:
        """The account of the document from which words come, over as many as handed them on."""
        seen = {document_id}
        while True:
            for source, places in self._sources(document_id, spans, cited):
                if source not in seen:
                    document_id, spans = source, places
                    seen.add(source)
                    break
            else:
                return self._home(document_id)

    def _sources(
        self, document_id: str, spans: Sequence[Span], cited: bool
    ) -> Iterator[tuple[str, list[Span]]]:
        """Documents from which most words of some places come, the earliest first.

        A headline of its own over a reprinted sentence makes no account of its own.
        """
        by_source: dict[str, list[_Taken]] = defaultdict(list)
        for taken in self._taken.get(document_id, ()):
            if cited or not taken.cited:
                by_source[taken.source].append(taken)
        for source in sorted(by_source, key=self.order.__getitem__):
            here = [taken.here for taken in by_source[source]]
            if _share(spans, here) >= _INSIDE:
                touched = (t for t in by_source[source] if any(_common(t.here, s) for s in spans))
                yield source, [taken.there for taken in touched]

    def _home(self, document_id: str) -> str:
        """The account of what a document tells itself."""
        if document_id in self._part:
            return self._open(document_id, (document_id,))
        return self._open(self._origin[document_id], (document_id,))

    def _taken_of(self, passage: Passage) -> tuple[str, _Taken]:
        """Who has taken the words; where nothing decides from whom, they are the earlier one's."""
        source = self._sources_of[passage.first_id, passage.second_id]
        first, second = (passage.first_id, passage.first), (passage.second_id, passage.second)
        (giver, there), (taker, here) = (
            (second, first) if source == passage.second_id else (first, second)
        )
        taken = _Taken(here=here, there=there, source=giver, cited=passage.quoted == "both")
        return taker, taken

    def _open(
        self, document_id: str, document_ids: tuple[str, ...], *, undirected: bool = False
    ) -> str:
        account_id = self._account_ids.get(document_id)
        if account_id is None:
            account_id = self._account_ids[document_id] = stable_id(
                "account", "document", document_id
            )
            first = self.by_id[document_id]
            others = len(document_ids) - 1
            told = f" and {others} reprint{'s' if others > 1 else ''}" if others else ""
            reason = "near-identical documents" if others else "single document"
            if undirected:
                told = f" and {others} cop{'ies' if others > 1 else 'y'}, undirected"
                reason += ", undirected"
            self._opened[account_id] = Account(
                id=account_id,
                label=f"{first.publisher or first.title or first.name}{told}",
                reason=reason,
                document_ids=document_ids,
            )
        return account_id

    def _open_statement(self, statements: Sequence[Finding]) -> str:
        speakers = {f.text for s in statements for f in s.roles.get("speaker", ())}
        speaker = max(speakers, key=lambda name: (len(name), name), default="an unnamed speaker")
        account = Account(
            id=stable_id("account", "statement", statements[0].id),
            label=f"statement of {' '.join(speaker.split())}",
            reason="same quoted statement",
            document_ids=tuple(sorted({f.document_id for f in statements})),
        )
        self._opened[account.id] = account
        return account.id


def _passages(linked: Sequence[Sharing]) -> Iterator[Passage]:
    for sharing in linked:
        yield from (found.passage for found in sharing.copied)
        yield from sharing.retold


def _common(one: Span, other: Span) -> int:
    """Characters that two spans have in common."""
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def _covered(span: Span, others: Sequence[Span]) -> float:
    """Share of a span that lies in others, which are taken not to overlap each other."""
    return min(1.0, sum(_common(span, other) for other in others) / max(1, span.end - span.start))


def _share(spans: Sequence[Span], others: Sequence[Span]) -> float:
    """Share of the characters of some spans that lie in others."""
    length = sum(span.end - span.start for span in spans)
    return sum(_covered(s, others) * (s.end - s.start) for s in spans) / max(1, length)
