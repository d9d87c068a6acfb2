"""From documents to accounts: how many independent origins stand behind what is told.

Comes in: documents and their findings. Goes out: `Accounts`. Copies of one text are one account;
words quoted by several documents are one account for the findings that stand inside the quotation.
A document's own account holds all the rest. It reads no credits and no agency names.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pactwatch.lineage.fingerprints import copies, group_by_pairs, marks, words_of
from pactwatch.model import Account, Document, Finding, stable_id

__all__ = ["Accounts", "trace"]

_RUN = 8  # quoted words in a row that two documents don't share by chance
_SHARE = 0.3  # of the shorter statement's runs
_INSIDE = 0.6  # share of a sentence that must be quoted for its findings to be the speaker's
_QUOTED = re.compile(r"[“\"]([^”\"“]+)[”\"]?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Accounts:
    """All accounts, and the account of each finding.

    Attributes:
        accounts: Sorted by id.
        of_finding: Finding id → account id.
    """

    accounts: tuple[Account, ...]
    of_finding: Mapping[str, str]


def trace(documents: Sequence[Document], findings: Sequence[Finding]) -> Accounts:
    """Find the accounts behind documents and findings, whatever their order."""
    own: dict[str, Account] = {}
    for group in copies(documents):
        account = _account_of_copies(group)
        own.update((document.id, account) for document in group)
    of_finding = {f.id: own[f.document_id].id for f in findings if f.document_id in own}
    accounts = {account.id: account for account in own.values()}
    order = {d.id: (d.published or "9999", d.id) for d in documents}
    quoted = sorted(
        (f for f in findings if _quoted_spans(f) and f.document_id in own),
        key=lambda f: (order[f.document_id], f.id),
    )
    for statements in _same_words(quoted):
        if len({own[f.document_id].id for f in statements}) < 2:
            continue
        account = _account_of_statement(statements)
        accounts[account.id] = account
        of_finding.update((f.id, account.id) for f in statements)
        spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for statement in statements:
            spans[statement.document_id] += _quoted_spans(statement)
        for finding in findings:
            inside = spans.get(finding.document_id)
            if inside and finding.kind != "statement" and _stands_inside(finding, inside):
                of_finding[finding.id] = account.id
    return Accounts(
        accounts=tuple(accounts[key] for key in sorted(accounts)),
        of_finding=dict(sorted(of_finding.items())),
    )


def _account_of_copies(group: Sequence[Document]) -> Account:
    first = group[0]
    name = first.publisher or first.title or first.name
    others = len(group) - 1
    copies_told = f" and {others} reprint{'s' if others > 1 else ''}" if others else ""
    return Account(
        id=stable_id("account", "document", first.id),
        label=f"{name}{copies_told}",
        reason="near-identical documents" if others else "single document",
        document_ids=tuple(sorted(document.id for document in group)),
    )


def _account_of_statement(statements: Sequence[Finding]) -> Account:
    speakers = {f.text for s in statements for f in s.roles.get("speaker", ())}
    speaker = max(speakers, key=lambda name: (len(name), name), default="an unnamed speaker")
    return Account(
        id=stable_id("account", "statement", statements[0].id),
        label=f"statement of {' '.join(speaker.split())}",
        reason="same quoted statement",
        document_ids=tuple(sorted({f.document_id for f in statements})),
    )


def _quoted_spans(finding: Finding) -> list[tuple[int, int]]:
    """Where the quoted words stand: all of a direct statement, the marked ones of a mixed."""
    if finding.kind != "statement" or finding.form not in {"direct", "mixed"}:
        return []
    spans: list[tuple[int, int]] = []
    for content in finding.roles.get("content", ()):
        if finding.form == "direct":
            spans.append((content.start, content.end))
        else:
            spans += [
                (content.start + m.start(1), content.start + m.end(1))
                for m in _QUOTED.finditer(content.text)
            ]
    return spans


def _quoted_words(finding: Finding) -> list[tuple[str, ...]]:
    contents = finding.roles.get("content", ())
    return [
        words_of(content.text[max(0, start - content.start) : end - content.start])
        for start, end in _quoted_spans(finding)
        for content in contents
        if content.start <= start and end <= content.end
    ]


def _same_words(statements: Sequence[Finding]) -> list[list[Finding]]:
    """Group statements that share a good part of their quoted words; short ones when equal."""
    bearers: dict[object, list[int]] = defaultdict(list)
    keys = [_keys(statement) for statement in statements]
    for index, own in enumerate(keys):
        for key in own:
            bearers[key].append(index)
    pairs = sorted({pair for members in bearers.values() for pair in pairwise(members)})
    same = [(i, j) for i, j in pairs if _alike(keys[i], keys[j])]
    return [[statements[i] for i in group] for group in group_by_pairs(len(statements), same)]


def _keys(statement: Finding) -> frozenset[object]:
    """Marks of the runs of quoted words; words too few for a run are one mark of their own."""
    keys: set[object] = set()
    for words in _quoted_words(statement):
        found = marks(words, _RUN)
        keys |= found or ({words} if len(words) > 3 else set())
    return frozenset(keys)


def _alike(one: frozenset[object], other: frozenset[object]) -> bool:
    """Less in common than this is a turn of phrase that the speaker uses again."""
    return len(one & other) >= _SHARE * min(len(one), len(other))


def _stands_inside(finding: Finding, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether all sentences that state a finding are, for the most part, the quoted words."""
    return all(
        sum(max(0, min(e, q.end) - max(s, q.start)) for s, e in spans)
        >= _INSIDE * (q.end - q.start)
        for q in finding.evidence
    )
