"""How well findings agree with findings that people annotated (gold).

Comes in: gold and extracted findings in filed form, and the documents' texts. Goes out: an
`Evaluation` of frozen counts, with the missed and the surplus findings themselves. It reads files
only where a function says so, prints nothing, and never decides what is good enough.

An extracted finding is matched to at most one gold finding of the same document and kind, so that
the total similarity is greatest. Two findings can match when half of the shorter evidence's words
are shared and something that identifies them agrees: half of the content for statements, else at
least one role.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from pathlib import Path

from pactwatch.errors import DocumentError
from pactwatch.fileform import FiledFinding, file_finding, read_findings
from pactwatch.model import Document

__all__ = [
    "Evaluation",
    "Score",
    "Share",
    "Tally",
    "assign",
    "evaluate",
    "extract_findings",
    "read_gold",
    "similarity",
]

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?|[$€£%]")
IGNORED = frozenset({"a", "an", "and", "for", "in", "of", "s", "the", "to"})
SAME = 0.5  # half of the words: lenient on where a phrase ends, strict on what it names


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Counts of right, missed and surplus things, and the shares that follow from them (0 to 1)."""

    hits: int = 0
    misses: int = 0
    extras: int = 0

    @property
    def precision(self) -> float:
        """Share of what was found that is right."""
        return _ratio(self.hits, self.hits + self.extras)

    @property
    def recall(self) -> float:
        """Share of what is there that was found."""
        return _ratio(self.hits, self.hits + self.misses)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return _ratio(2 * self.hits, 2 * self.hits + self.misses + self.extras)


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """`right` out of `total`; the share of nothing is None."""

    right: int = 0
    total: int = 0

    @property
    def value(self) -> float | None:
        """From 0 to 1, or None where there was nothing to get right."""
        return self.right / self.total if self.total else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How well one group of findings agrees with gold.

    Attributes:
        found: Findings.
        type: Matched findings whose type (form, for a statement) is right, of those that have one.
        stage: Matched findings whose stage is right, of those that have one.
        roles: Role values over all findings: those of a missed finding are misses, those of a
            surplus finding are extras.
        by_role: The same, for each role by name.
    """

    found: Score
    type: Share
    stage: Share
    roles: Score
    by_role: Mapping[str, Score]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """The result of `evaluate`.

    Attributes:
        evidence: Pieces of extracted evidence that stand in their document to the letter.
        words: Role words of extracted findings that stand in their document.
        misses: Gold findings that were not found, by document; never optional ones.
        extras: Extracted findings that match no gold finding.
    """

    overall: Tally
    by_kind: Mapping[str, Tally]
    by_document: Mapping[str, Tally]
    evidence: Share
    words: Share
    misses: tuple[FiledFinding, ...]
    extras: tuple[FiledFinding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    """A gold finding and the extracted one that matches it; None for the missing side."""

    gold: FiledFinding | None
    found: FiledFinding | None

    @property
    def either(self) -> FiledFinding:
        finding = self.gold or self.found
        assert finding is not None
        return finding


def read_gold(path: Path) -> tuple[list[FiledFinding], tuple[str, ...]]:
    """Read gold findings, and the names of the annotated documents.

    `<stem>.documents.txt` beside a gold file lists all annotated documents, a name a line, so that
    those without any finding count too. Without it, they are the documents that have findings.

    Raises:
        DocumentError: a file can't be read, or a line is not a finding.
    """
    gold = read_findings(path)
    listed: list[str] = []
    names = path.with_suffix(".documents.txt")
    if names.exists():
        try:
            listed = [line.strip() for line in names.read_text(encoding="utf-8").splitlines()]
        except (OSError, UnicodeError) as error:
            raise DocumentError(str(names), f"can't be read ({error})") from error
    return gold, tuple(
        dict.fromkeys([g.document for g in gold] + [name for name in listed if name])
    )


def extract_findings(
    documents: Iterable[Document], codebook: Sequence[Path] = ()
) -> list[FiledFinding]:
    """Read documents and find what they say, with the default pipeline.

    Args:
        codebook: Further codebook files.
    """
    # Here and not above: comparing two files must not load the extractor.
    from pactwatch.codebook import load_codebook
    from pactwatch.findings import find
    from pactwatch.language import read

    rules = load_codebook(*codebook)
    return [
        file_finding(finding, document)
        for document in documents
        for finding in find(read(document, codebook=rules), rules).findings
    ]


def evaluate(
    gold: Sequence[FiledFinding],
    found: Sequence[FiledFinding],
    *,
    documents: Sequence[str] = (),
    texts: Mapping[str, str] | None = None,
) -> Evaluation:
    """Compare extracted findings with gold.

    Args:
        documents: Names of annotated documents that count even without gold. Findings of a document
            that is neither listed nor in gold are passed over.
        texts: Text of each document by name, to check evidence and role words; without it the two
            shares are empty.
    """
    golds, founds = _by_document(gold), _by_document(found)
    pairs: list[_Pair] = []
    for name in dict.fromkeys([*golds, *documents]):
        pairs += _match(golds.get(name, []), founds.get(name, []))
    kinds = sorted({pair.either.kind for pair in pairs})
    names = sorted({pair.either.document for pair in pairs})
    return Evaluation(
        overall=_tally(pairs),
        by_kind={kind: _tally([p for p in pairs if p.either.kind == kind]) for kind in kinds},
        by_document={n: _tally([p for p in pairs if p.either.document == n]) for n in names},
        evidence=_evidence_share(found, texts or {}),
        words=_words_share(found, texts or {}),
        misses=tuple(p.gold for p in pairs if p.gold and not p.found),
        extras=tuple(p.found for p in pairs if p.found and not p.gold),
    )


def similarity(gold: FiledFinding, found: FiledFinding) -> float:
    """How alike two findings are: 0 where they can't be the same, else up to 3."""
    evidence = max(
        (_containment(a.text, b.text) for a in gold.evidence for b in found.evidence), default=0.0
    )
    if gold.kind != found.kind or evidence < SAME:
        return 0.0
    if gold.kind == "statement":
        content = max(
            (
                _likeness(a.text, b.text)
                for a in gold.roles.get("content", ())
                for b in found.roles.get("content", ())
            ),
            default=0.0,
        )
        return 0.0 if content < SAME else 1 + content + evidence / 10
    ours, theirs, agreed = _values(gold), _values(found), len(_agreed_roles(gold, found))
    if ours and theirs and not agreed:
        return 0.0
    roles = 2 * agreed / max(1, len(ours) + len(theirs))
    return 0.5 * evidence + 1.5 * roles + (gold.type == found.type)


def assign(weights: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """Pair rows with columns, each at most once, so that the sum of the weights is greatest.

    The Hungarian method (Kuhn 1955) with shortest augmenting paths and potentials (Jonker and
    Volgenant 1987), in time cubic in the number of rows. Every row or every column gets a partner.
    """
    if not weights or not weights[0]:
        return []
    if len(weights) > len(weights[0]):
        return sorted((row, column) for column, row in assign(list(zip(*weights, strict=True))))
    rows, columns = len(weights), len(weights[0])
    root = columns  # a column that no row may keep: each search starts there
    row_price, column_price = [0.0] * rows, [0.0] * (columns + 1)
    owner: list[int | None] = [None] * (columns + 1)
    for row in range(rows):
        owner[root], column = row, root
        distance, came_from = [inf] * columns, [root] * columns
        visited: dict[int, int] = {}
        while (held := owner[column]) is not None:
            visited[column] = held
            free = [c for c in range(columns) if c not in visited]
            for c in free:
                reduced = -weights[held][c] - row_price[held] - column_price[c]
                if reduced < distance[c]:
                    distance[c], came_from[c] = reduced, column
            nearest = min(free, key=distance.__getitem__)
            step = distance[nearest]
            for c, r in visited.items():
                row_price[r] += step
                column_price[c] -= step
            for c in free:
                distance[c] -= step
            column = nearest
        while column != root:
            owner[column] = owner[came_from[column]]
            column = came_from[column]
    return sorted((row, c) for c, row in enumerate(owner[:root]) if row is not None)


def _match(gold: list[FiledFinding], found: list[FiledFinding]) -> list[_Pair]:
    """Pairs of one document; optional gold costs nothing and earns nothing."""
    weights = [[similarity(g, f) for f in found] for g in gold]
    matched = {i: j for i, j in assign(weights) if weights[i][j] > 0}
    pairs = [
        _Pair(gold=g, found=found[matched[i]] if i in matched else None)
        for i, g in enumerate(gold)
        if not g.optional
    ]
    taken = set(matched.values())
    return pairs + [_Pair(gold=None, found=f) for j, f in enumerate(found) if j not in taken]


def _tally(pairs: Sequence[_Pair]) -> Tally:
    hits: Counter[str] = Counter()
    misses: Counter[str] = Counter()
    extras: Counter[str] = Counter()
    types: list[bool] = []
    stages: list[bool] = []
    for pair in pairs:
        agreed: Counter[str] = Counter()
        if pair.gold and pair.found:
            agreed = Counter(_agreed_roles(pair.gold, pair.found))
            if label := pair.gold.form or pair.gold.type:
                types.append(label == (pair.found.form or pair.found.type))
            if pair.gold.stage:
                stages.append(pair.gold.stage == pair.found.stage)
        hits += agreed
        if pair.gold:
            misses += Counter(role for role, _ in _values(pair.gold)) - agreed
        if pair.found:
            extras += Counter(role for role, _ in _values(pair.found)) - agreed
    return Tally(
        found=Score(
            hits=sum(bool(p.gold and p.found) for p in pairs),
            misses=sum(p.found is None for p in pairs),
            extras=sum(p.gold is None for p in pairs),
        ),
        type=Share(right=sum(types), total=len(types)),
        stage=Share(right=sum(stages), total=len(stages)),
        roles=Score(hits=hits.total(), misses=misses.total(), extras=extras.total()),
        by_role={
            role: Score(hits=hits[role], misses=misses[role], extras=extras[role])
            for role in sorted({*hits, *misses, *extras})
        },
    )


def _agreed_roles(gold: FiledFinding, found: FiledFinding) -> list[str]:
    """The role of each value on which the two agree; each is used once, the most alike first."""
    ours, theirs = _values(gold), _values(found)
    candidates = [
        (alike, i, j)
        for i, (role, text) in enumerate(ours)
        for j, (other, words) in enumerate(theirs)
        if role == other and (alike := _likeness(text, words)) >= SAME
    ]
    used_ours: set[int] = set()
    used_theirs: set[int] = set()
    for _, i, j in sorted(candidates, reverse=True):
        if i not in used_ours and j not in used_theirs:
            used_ours.add(i)
            used_theirs.add(j)
    return [ours[i][0] for i in sorted(used_ours)]


def _evidence_share(found: Sequence[FiledFinding], texts: Mapping[str, str]) -> Share:
    checks = [
        bool(quote.text)
        and (
            quote.text in texts[finding.document]
            if quote.start is None
            else texts[finding.document][quote.start : quote.end] == quote.text
        )
        for finding in found
        if finding.document in texts
        for quote in finding.evidence
    ]
    return Share(right=sum(checks), total=len(checks))


def _words_share(found: Sequence[FiledFinding], texts: Mapping[str, str]) -> Share:
    checks = [
        text in texts[finding.document]
        for finding in found
        if finding.document in texts
        for _, text in _values(finding)
    ]
    return Share(right=sum(checks), total=len(checks))


def _by_document(findings: Iterable[FiledFinding]) -> dict[str, list[FiledFinding]]:
    grouped: dict[str, list[FiledFinding]] = defaultdict(list)
    for finding in findings:
        grouped[finding.document].append(finding)
    return dict(grouped)


def _values(finding: FiledFinding) -> list[tuple[str, str]]:
    return [
        (role, filler.text)
        for role, fillers in finding.roles.items()
        for filler in fillers
        if filler.text.strip()
    ]


def _bag(text: str) -> Counter[str]:
    """Words in lower case without possessive endings; little words only if there are no others."""
    words = [w.lower().replace("’", "'").removesuffix("'s") for w in WORD.findall(text)]
    return Counter([w for w in words if w not in IGNORED] or words)


def _likeness(a: str, b: str) -> float:
    """F1 of shared words, 0 to 1."""
    x, y = _bag(a), _bag(b)
    return _ratio(2 * (x & y).total(), x.total() + y.total()) if x and y else 0.0


def _containment(a: str, b: str) -> float:
    """Share of the shorter text's words that the other holds."""
    x, y = _bag(a), _bag(b)
    return (x & y).total() / max(1, min(x.total(), y.total()))


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
