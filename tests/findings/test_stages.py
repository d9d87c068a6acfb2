"""How far a measure has come, by wording: the table of the codebook on made-up sentences."""

from __future__ import annotations

import pytest

from pactwatch.codebook import load_codebook
from pactwatch.findings.frames import frames_of
from pactwatch.findings.stages import Realis, realis_of
from pactwatch.language import Sentence
from pactwatch.language.pipeline import parse

BOOK = load_codebook()
NOUNS = frozenset(n for p in BOOK.predicates for n in p.nouns) | BOOK.stages.nouns.keys()


def realis(text: str, lemma: str, *, reported: bool = False) -> Realis:
    """What a sentence asserts of its first predicate with a lemma."""
    parsed = next(parse([text]))
    assert parsed is not None
    doc, spans = parsed
    sentence = Sentence(
        index=0, start=0, end=len(text), block=0, kind="paragraph", doc=doc, spans=spans
    )
    frame = next(f for f in frames_of(sentence, doc, nouns=NOUNS) if f.lemma == lemma)
    return realis_of(frame, BOOK.stages, reported=reported)


STAGES = [
    ("Kenya sent officers.", "send", "done"),
    ("Kenya has sent officers.", "send", "done"),
    ("Officers were sent to Haiti.", "send", "done"),
    ("Kenya is sending officers.", "send", "under way"),
    ("Kenya sends officers every month.", "send", "under way"),
    ("Kenya continues to send officers.", "send", "under way"),
    ("Kenya has begun sending officers.", "send", "under way"),
    ("Kenya will send officers.", "send", "promised"),
    ("Kenya is to send officers.", "send", "promised"),
    ("Kenya is going to send officers.", "send", "promised"),
    ("Kenya plans to send officers.", "send", "promised"),
    ("Kenya repeated its promise to send officers.", "send", "promised"),
    ("Kenya agreed to send officers.", "send", "agreed"),
    ("Kenya urged Uganda to send officers.", "send", "proposed"),
    ("Kenya would send officers.", "send", "proposed"),
    ("Kenya could send officers.", "send", "proposed"),
    ("Kenya is considering sending officers.", "send", "proposed"),
    ("Kenya threatened to cut aid.", "cut", "threatened"),
    ("Kenya repeated its threat to cut aid.", "cut", "threatened"),
    ("Kenya refused to send officers.", "send", "refused"),
    ("Kenya will not send officers.", "send", "refused"),
    ("Kenya did not agree to send officers.", "send", "refused"),
    ("Kenya suspended aid.", "suspend", "suspended"),
    ("Kenya decided to suspend aid.", "suspend", "suspended"),
    ("Kenya agreed to withhold aid.", "withhold", "suspended"),
    ("Kenya threatened to suspend aid.", "suspend", "threatened"),
    ("Kenya ended patrols.", "end", "ended"),
    ("Kenya stopped sending officers.", "send", "ended"),
    ("Kenya will cancel the project.", "cancel", "promised"),
    ("Parliament approved a loan.", "approve", "agreed"),
    ("Parliament will approve a loan.", "approve", "promised"),
    ("Kenya made Uganda pay for the fence.", "pay", "done"),
    ("Kenya will force Uganda to return refugees.", "return", "promised"),
    ("Sweden helped Ghana by sending engineers.", "send", "done"),
    ("Sweden will help Ghana by sending engineers.", "send", "promised"),
    ("Kenya helped to train officers.", "train", "done"),
    ("Kenya promised to continue sending officers.", "send", "promised"),
    ("Kenya will continue to send officers.", "send", "under way"),
    ("Kenya refused to agree to send officers.", "send", "refused"),
    ("Kenya announced that it had sent officers.", "send", "done"),
    ("The suspension of aid was announced.", "suspension", "suspended"),
    ("Kenya promised a suspension of aid.", "suspension", "suspended"),
    ("The deployment of officers was announced by Kenya.", "deployment", "promised"),
    ("Kenya rejected the deployment of officers.", "deployment", "refused"),
    ("Kenya proposed the deployment of officers.", "deployment", "proposed"),
    ("Kenya will begin the deployment of officers.", "deployment", "promised"),
    ("The deployment of officers took a week.", "deployment", "done"),
    ("Kenya is exploring ways to share data.", "share", "proposed"),
    ("Kenya hopes to send officers.", "send", "promised"),
    ("Uganda was urged to send officers.", "send", "proposed"),
    (
        "If Kenya's decision to send officers was a surprise, Uganda kept silent.",
        "send",
        "promised",
    ),
    ("Kenya and Uganda signed a deal to build a fence.", "build", "agreed"),
    ("Kenya gave money in addition to sending doctors.", "send", "done"),
]


@pytest.mark.parametrize(("text", "lemma", "stage"), STAGES, ids=[s[0] for s in STAGES])
def test_wording_gives_the_stage(text: str, lemma: str, stage: str) -> None:
    found = realis(text, lemma)
    assert (found.stage, found.refused) == (stage, None)


NOTHING = [
    ("Kenya did not send officers.", "send", "negated"),
    ("Kenya sent no officers.", "send", "negated"),
    ("Did Kenya send officers?", "send", "question"),
    ("If Kenya sends officers, the mission can begin.", "send", "hypothetical"),
    ("Kenya asked whether Uganda sent officers.", "send", "hypothetical"),
    ("Kenya never sent officers.", "send", "negated"),
    ("If Kenya had agreed, it would have sent officers.", "send", "hypothetical"),
]


@pytest.mark.parametrize(("text", "lemma", "reason"), NOTHING, ids=[s[0] for s in NOTHING])
def test_nothing_is_asserted(text: str, lemma: str, reason: str) -> None:
    found = realis(text, lemma)
    assert (found.stage, found.refused) == (None, reason)


def test_would_is_a_promise_where_words_are_reported() -> None:
    assert realis("Kenya would send officers.", "send", reported=True).stage == "promised"
    assert realis("Kenya would send officers.", "send").stage == "proposed"


@pytest.mark.parametrize(
    ("text", "askers"),
    [
        ("Kenya urged Uganda to send officers.", ["Kenya"]),
        ("Kenya and Rwanda asked Uganda to send officers.", ["Kenya", "Rwanda"]),
        ("Uganda was urged to send officers.", []),
        ("Uganda promised to send officers.", []),
    ],
)
def test_who_asks_is_told_from_who_is_asked(text: str, askers: list[str]) -> None:
    assert [t.text for t in realis(text, "send").askers] == askers
