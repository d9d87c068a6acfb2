"""Quotations of a thing to decide: each sentence once, with all places that print it."""

from __future__ import annotations

from pactwatch.reviewing import Context
from pactwatch.web.views.contexts import context_pieces

SENTENCE = "Panama sent 40 guards."


def context(document: str, sentence: str = SENTENCE, claim: str = "claim-1") -> Context:
    before = "It rained. "
    start = 100 + len(before)
    at = start + sentence.index("40")
    return Context(
        claim_id=claim,
        field="amount",
        value="40",
        finding_id=f"finding-{document}",
        account_id="account-1",
        document_id=document,
        document=f"{document}.txt",
        title=None,
        publisher=document.title(),
        published="2031-05-03",
        start=100,
        text=f"{before}{sentence} Then it stopped.",
        evidence=(start, start + len(sentence)),
        words=(at, at + 2),
        attributed_to=None,
    )


def test_a_sentence_printed_by_several_is_shown_once_with_all_of_them() -> None:
    (piece,) = context_pieces([context("herald"), context("post", "PANAMA sent 40 guards.")])
    assert piece.document_id == "herald"
    assert piece.also == (("post", 111, "Post, 3 May 2031"),)


def test_a_word_that_differs_and_another_value_are_shown_apart() -> None:
    found = [
        context("herald"),
        context("post", "Panama sent 40 nurses."),
        context("star", claim="claim-2"),
    ]
    assert [piece.also for piece in context_pieces(found)] == [(), (), ()]


def test_pieces_joined_are_the_text_of_the_document() -> None:
    (piece,) = context_pieces([context("herald")])
    shown = piece.before + "".join(p.text for p in piece.evidence) + piece.after
    assert shown == "It rained. Panama sent 40 guards. Then it stopped."
    assert [p.text for p in piece.evidence if p.marked] == ["40"]
    assert (piece.start, piece.quote) == (100, 111)
