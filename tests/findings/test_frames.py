"""Who does what to whom: syntax turned into frames, on made-up sentences."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from pactwatch.findings.frames import Frame, frames_of, governor
from pactwatch.language import Sentence
from pactwatch.language.pipeline import parse

NOUNS = frozenset({"deployment", "arrest", "extradition", "stop"})


def frame(text: str, lemma: str) -> Frame:
    """The first frame of a predicate in a sentence."""
    parsed = next(parse([text]))
    assert parsed is not None
    doc, spans = parsed
    sentence = Sentence(
        index=0, start=0, end=len(text), block=0, kind="paragraph", doc=doc, spans=spans
    )
    return next(f for f in frames_of(sentence, doc, nouns=NOUNS) if f.lemma == lemma)


class Case(NamedTuple):
    why: str
    text: str
    lemma: str
    subjects: str = ""
    objects: str = ""
    datives: str = ""
    preps: str = ""
    purposes: str = ""


CASES = [
    Case("plain order", "Kenya deployed forty officers to Haiti.", "deploy",
         "Kenya", "officers", preps="to Haiti"),
    Case("a passive with its agent", "Forty officers were deployed to Haiti by Kenya.", "deploy",
         "Kenya", "officers", preps="to Haiti"),
    Case("coordinated subjects and objects", "Kenya and Uganda sent trucks, tents and doctors.",
         "send", "Kenya Uganda", "trucks tents doctors"),
    Case("a shared object, first verb", "Kenya trained and equipped the coast guard.", "train",
         "Kenya", "guard"),
    Case("a shared object, last verb", "Kenya trained and equipped the coast guard.", "equip",
         "Kenya", "guard"),
    Case("a shared subject", "Peru donated boats and sold radios to Chile.", "sell",
         "Peru", "radios", preps="to Chile"),
    Case("object control", "Norway urged Jordan to accept refugees.", "accept",
         "Jordan", "refugees"),
    Case("object control as a clause", "Kenya wants Uganda to return the refugees.", "return",
         "Uganda", "refugees"),
    Case("subject control", "Norway agreed to accept refugees.", "accept", "Norway", "refugees"),
    Case("control by a noun", "Kenya has a plan to send officers.", "send", "Kenya", "officers"),
    Case("a relative clause with its own subject",
         "The vehicles which Japan donated reached Manila.", "donate", "Japan", "vehicles"),
    Case("a relative pronoun as subject", "Fiji, which closed its border, returned ten boats.",
         "close", "Fiji", "border"),
    Case("a passive relative clause", "Officers who were sent by Kenya arrived in Haiti.", "send",
         "Kenya", "Officers"),
    Case("a reduced passive clause", "The officers sent by Kenya arrived in Haiti.", "send",
         "Kenya", "officers"),
    Case("a reduced active clause", "Troops patrolling the border arrested two smugglers.",
         "patrol", "Troops", "border"),
    Case("a noun with possessor and of", "Kenya's deployment of officers to Haiti was delayed.",
         "deployment", "Kenya", "officers", preps="to Haiti"),
    Case("a noun with of and by", "The arrest of three smugglers by police followed.", "arrest",
         "police", "smugglers"),
    Case("a noun announced", "Kenya announced the deployment of officers.", "deployment",
         "Kenya", "officers"),
    Case("a noun announced in passive voice",
         "The deployment of officers was announced by Kenya.", "deployment", "Kenya", "officers"),
    Case("a light verb", "Japan put a stop on deliveries.", "stop", "Japan",
         preps="on deliveries"),
    Case("the object behind with", "Canada supplied the coast guard with boats.", "supply",
         "Canada", "boats", "guard", "with boats"),
    Case("an aspect without object", "Joint patrols have begun.", "begin", "", "patrols"),
    Case("an aspect with object", "Kenya has begun joint patrols.", "begin", "Kenya", "patrols"),
    Case("two objects", "Chile gave Bolivia two boats.", "give", "Chile", "boats", "Bolivia"),
    Case("a purpose", "Chile gave two boats to Bolivia to patrol the lake.", "give", "Chile",
         "boats", preps="to Bolivia", purposes="patrol"),
    Case("by doing", "Sweden helped Ghana by sending engineers.", "send", "Sweden", "engineers"),
    Case("a decree that approves", "The president signed a decree approving the loan.", "approve",
         "president", "loan"),
    Case("a source is no recipient", "According to the ministry, Kenya sent officers to Haiti.",
         "send", "Kenya", "officers", preps="to Haiti"),
    Case("an infinitive behind what is finished", "Kenya finalised arrangements to send boats.",
         "send", "Kenya", "boats"),
    Case("of behind a place", "The arrest in Chile of forty smugglers was praised.", "arrest",
         "", "smugglers", preps="in Chile"),
    Case("back to", "Kenya will force them back to Chad.", "force", "Kenya", "them",
         preps="to Chad"),
    Case("it says nothing", "It appears Kenya is changing course, sending officers to Haiti.",
         "send", "Kenya", "officers", preps="to Haiti"),
    Case("in addition to doing", "Kenya sent boats in addition to training the coast guard.",
         "train", "Kenya", "guard"),
    Case("a verb that a parser takes for a noun",
         "Kenyan officers will train police, as well as assist in raids.", "assist",
         "officers", preps="in raids"),
    Case("what the next verb works with serves the first",
         "Kenya will train and cooperate with border guards.", "train", "Kenya", "guards"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.why)
def test_frame_has_its_arguments(case: Case) -> None:
    found = frame(case.text, case.lemma)
    assert " ".join(t.text for t in found.subjects) == case.subjects
    assert " ".join(t.text for t in found.objects) == case.objects
    assert " ".join(t.text for t in found.datives) == case.datives
    assert " ".join(f"{p} {t.text}" for p, t in found.preps) == case.preps
    assert " ".join(t.text for t in found.purposes) == case.purposes


def test_a_particle_belongs_to_the_predicate() -> None:
    assert frame("Kenya handed over three boats to Somalia.", "hand").phrase == "hand over"


def test_a_possessor_that_is_acted_on_is_noted() -> None:
    found = frame("His extradition to Peru was refused.", "extradition")
    assert (found.nominal, found.possessed) == (True, True)


@pytest.mark.parametrize(
    ("text", "lemma", "above"),
    [
        ("Kenya agreed to send officers.", "send", "agreed"),
        ("Kenya repeated its threat to cut aid.", "cut", "threat"),
        ("Kenya agreed to train and equip officers.", "equip", "agreed"),
        ("Kenya is ready to send officers.", "send", "ready"),
        ("Kenya sent officers.", "send", None),
        ("The officers, who trained pilots, left.", "train", None),
    ],
)
def test_governor_is_the_word_above(text: str, lemma: str, above: str | None) -> None:
    token = governor(frame(text, lemma).token)
    assert (token.text if token is not None else None) == above
