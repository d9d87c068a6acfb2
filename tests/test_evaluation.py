from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactwatch.evaluation import Score, Share, assign, evaluate, read_gold, similarity
from pactwatch.fileform import FiledFiller, FiledFinding, FiledQuote, to_json_line

TEXT = "Ruritania will send up to 89 advisers to Syldavia. “We are ready,” Ana Berg said on Monday."


def filed(kind: str, evidence: str, roles: dict[str, str], **rest: str) -> FiledFinding:
    return FiledFinding(
        document="a.md",
        kind=kind,
        roles={role: (FiledFiller(text=text),) for role, text in roles.items()},
        evidence=(FiledQuote(text=evidence),),
        **rest,  # type: ignore[arg-type]
    )


SENDING = filed(
    "measure",
    "Ruritania will send up to 89 advisers to Syldavia.",
    {"actor": "Ruritania", "object": "advisers", "amount": "up to 89", "place": "Syldavia"},
    type="deployment",
    stage="promised",
)
SAYING = filed(
    "statement",
    "“We are ready,” Ana Berg said on Monday.",
    {"speaker": "Ana Berg", "cue": "said", "content": "We are ready"},
    form="direct",
)
GOLD = [SENDING, SAYING]


def test_gold_agrees_with_itself() -> None:
    result = evaluate(GOLD, GOLD, texts={"a.md": TEXT})
    assert result.overall.found == Score(hits=2)
    assert result.overall.found.f1 == result.overall.roles.f1 == 1.0
    assert result.overall.type == Share(right=2, total=2)
    assert result.overall.stage == Share(right=1, total=1)
    assert result.evidence == Share(right=2, total=2)
    assert result.words == Share(right=7, total=7)
    assert (result.misses, result.extras) == ((), ())
    assert list(result.by_kind) == ["measure", "statement"]
    assert list(result.by_document) == ["a.md"]


def test_nothing_found_is_all_missed() -> None:
    result = evaluate(GOLD, [])
    assert result.overall.found == Score(misses=2)
    assert result.overall.roles == Score(misses=7)
    assert result.overall.found.precision == result.overall.found.recall == 0.0
    assert result.misses == (SENDING, SAYING)
    assert result.evidence.value is None


def test_a_wrong_role_is_a_miss_and_an_extra_of_that_role() -> None:
    wrong = replace(SENDING, roles={**SENDING.roles, "actor": (FiledFiller(text="Borduria"),)})
    measures = evaluate(GOLD, [wrong, SAYING]).by_kind["measure"]
    assert measures.found == Score(hits=1)
    assert measures.roles == Score(hits=3, misses=1, extras=1)
    assert measures.by_role["actor"] == Score(misses=1, extras=1)
    assert measures.by_role["place"] == Score(hits=1)


def test_a_wrong_type_or_stage_still_matches_and_is_counted() -> None:
    wrong = replace(SENDING, type="training", stage="done")
    overall = evaluate([SENDING], [wrong]).overall
    assert overall.found == Score(hits=1)
    assert (overall.type.value, overall.stage.value) == (0.0, 0.0)


def test_other_evidence_is_another_finding() -> None:
    elsewhere = replace(SENDING, evidence=(FiledQuote(text="Borduria rejected the plan."),))
    result = evaluate(GOLD, [elsewhere, SAYING])
    assert result.overall.found == Score(hits=1, misses=1, extras=1)
    assert (result.misses, result.extras) == ((SENDING,), (elsewhere,))


def test_nothing_identifying_in_common_is_another_finding() -> None:
    other = replace(SENDING, roles={"actor": (FiledFiller(text="Borduria"),)})
    assert similarity(SENDING, other) == 0.0
    other = replace(SAYING, roles={"content": (FiledFiller(text="Nobody knows why"),)})
    assert similarity(SAYING, other) == 0.0


def test_optional_gold_costs_nothing_either_way() -> None:
    gold = [replace(SENDING, optional=True), SAYING]
    for found in ([SAYING], [SENDING, SAYING]):
        assert evaluate(gold, found).overall.found == Score(hits=1)


def test_a_twin_of_a_matched_finding_is_an_extra() -> None:
    assert evaluate(GOLD, [*GOLD, SENDING]).overall.found == Score(hits=2, extras=1)


def test_a_listed_document_without_gold_counts_and_an_unlisted_one_does_not() -> None:
    stray = replace(SENDING, document="b.md")
    assert evaluate(GOLD, [stray]).overall.found.extras == 0
    assert evaluate(GOLD, [stray], documents=["b.md"]).extras == (stray,)


def test_words_that_are_not_in_the_document_are_counted() -> None:
    moved = replace(SENDING, evidence=(FiledQuote(text=TEXT[:9], start=1, end=10),))
    invented = replace(SAYING, roles={"speaker": (FiledFiller(text="Bea Carl"),)})
    result = evaluate(GOLD, [moved, invented], texts={"a.md": TEXT})
    assert result.evidence == Share(right=1, total=2)
    assert result.words == Share(right=4, total=5)


def test_gold_lists_documents_without_findings(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text(to_json_line(SENDING) + "\n", encoding="utf-8")
    assert read_gold(tmp_path / "x.jsonl") == ([SENDING], ("a.md",))
    (tmp_path / "x.documents.txt").write_text("b.md\na.md\n\n", encoding="utf-8")
    assert read_gold(tmp_path / "x.jsonl")[1] == ("a.md", "b.md")


@pytest.mark.parametrize(
    ("weights", "pairs"),
    [
        ([], []),
        ([[]], []),
        ([[1.0, 2.0], [0.0, 1.5]], [(0, 0), (1, 1)]),
        ([[1.0, 2.0], [0.0, 0.5]], [(0, 1), (1, 0)]),
        ([[1.0], [2.0]], [(1, 0)]),
    ],
)
def test_assign_known_cases(weights: list[list[float]], pairs: list[tuple[int, int]]) -> None:
    assert assign(weights) == pairs


@st.composite
def tables(draw: st.DrawFn) -> list[list[int]]:
    columns = draw(st.integers(1, 5))
    return draw(
        st.lists(
            st.lists(st.integers(0, 9), min_size=columns, max_size=columns), min_size=1, max_size=5
        )
    )


@given(tables())
def test_assign_is_as_good_as_trying_everything(weights: list[list[int]]) -> None:
    pairs = assign(weights)
    rows, columns = len(weights), len(weights[0])
    assert len({r for r, _ in pairs}) == len({c for _, c in pairs}) == min(rows, columns)
    if rows <= columns:
        tries = (list(enumerate(p)) for p in permutations(range(columns), rows))
    else:
        tries = ([(r, c) for c, r in enumerate(p)] for p in permutations(range(rows), columns))
    best = max(sum(weights[r][c] for r, c in t) for t in tries)
    assert sum(weights[r][c] for r, c in pairs) == best
