"""Sentences told in other words are found beside passages in the same words, and not without."""

from __future__ import annotations

from pactwatch.lineage import trace

QUOTE = (
    "“We will guard the shallow lake with borrowed boats, dredge its narrow mouth and plant "
    "reeds,” Ada Obrecht said."
)
FIRST = (
    "Kenya forced the fishing company to pay for the damaged nets and the flooded harbour. "
    "Rain fell on the hills all night. "
    "Officials praised the training of rescue swimmers by foreign divers at the northern pier. "
    "Nobody was hurt in the storm that followed the ceremony. "
)
SECOND = (
    "Schools reopened on Monday with fresh paint. "
    "The company is forcing nobody, it said, but was made to pay for damages to the nets and the "
    "harbour, which had flooded. "
    "Foreign divers trained rescue swimmers at the pier in the north, which officials praise. "
    "Maize prices doubled within a week in most towns. "
)


def test_sentences_in_other_words_are_passages_of_their_own(document):
    made = [
        document("a", f"{FIRST}\n\n{QUOTE}", "2031-05-01"),
        document("b", f"{SECOND}\n\n{QUOTE}", "2031-05-02"),
    ]
    result = trace(made, [])
    retold = [p for p in result.passages if p.kind == "retold"]
    told = [
        (
            made[0].text[p.first.start : p.first.end][:8],
            made[1].text[p.second.start : p.second.end][:8],
        )
        for p in retold
    ]
    assert told == [("Kenya fo", "The comp"), ("Official", "Foreign ")]
    assert len(result.accounts) == 2, "what is told in other words is the teller's own account"


def test_a_document_that_shares_no_words_retells_nothing(document):
    made = [document("a", FIRST, "2031-05-01"), document("b", SECOND, "2031-05-02")]
    assert trace(made, []).passages == ()


def test_nobody_retells_the_news_of_another_month(document):
    made = [
        document("a", f"{FIRST}\n\n{QUOTE}", "2031-05-01"),
        document("b", f"{SECOND}\n\n{QUOTE}", "2031-07-02"),
    ]
    assert {p.kind for p in trace(made, []).passages} == {"copied"}


def test_it_is_left_out_where_only_copies_are_asked_for(document):
    made = [document("a", f"{FIRST}\n\n{QUOTE}"), document("b", f"{SECOND}\n\n{QUOTE}")]
    assert {p.kind for p in trace(made, [], closely=False).passages} == {"copied"}
