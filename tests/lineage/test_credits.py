"""Whom a document credits is told with its exact words, and resolved where the source is known."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pactwatch.codebook.vocabularies import load_table
from pactwatch.lineage.credit_sources import resolve_credits
from pactwatch.lineage.credits import find_credits
from pactwatch.model import Document, Finding, Span, stable_id

TABLE = load_table("credits.toml")


def report(text: str, name: str = "report", **more) -> Document:
    return Document(id=stable_id("document", name, text), name=name, text=text, **more)


def statement(document: Document, sentence: str, speaker: str, cue: str, addressee: str = ""):
    base = document.text.index(sentence)

    def spot(words: str, start: int = 0) -> tuple[int, int, None]:
        at = document.text.index(words, start)
        return at, at + len(words), None

    roles = {"speaker": [spot(speaker)], "cue": [spot(cue, base)]}
    if addressee:
        roles["addressee"] = [spot(addressee, base)]
    return Finding.cut(
        document,
        "statement",
        form="indirect",
        roles=roles,
        evidence=[(base, base + len(sentence))],
    )


def office(document: Document, person: str, title: str):
    start, at = document.text.index(person), document.text.index(title)
    return Finding.cut(
        document,
        "office",
        roles={
            "person": [(start, start + len(person), None)],
            "title": [(at, at + len(title), None)],
        },
        evidence=[(min(start, at), max(start + len(person), at + len(title)))],
    )


@pytest.mark.parametrize("example", TABLE["examples"], ids=lambda e: e["quote"][:40])
def test_every_example_of_the_codebook_is_credited_with_its_words(example):
    (credit,) = find_credits(report(example["text"]), [])
    assert credit.source == example["source"]
    assert credit.quote.text == example["quote"]
    assert credit.place == example.get("place", "text")


@pytest.mark.parametrize("miss", TABLE["near_misses"], ids=lambda m: m["why"])
def test_near_misses_credit_nobody(miss):
    assert find_credits(report(miss["text"]), []) == ()


@pytest.mark.parametrize(
    ("speaker", "kind"),
    [
        ("two U.S. officials with knowledge of the plan", "unnamed officials"),
        ("Officials", "unnamed officials"),
        ("a fisherman from the lake", "unnamed persons"),
        ("Critics of the pact", "unnamed persons"),
        ("a memorandum of understanding with Uganda", "document"),
        ("the Ministry of Fisheries", "body"),
        ("UNHCR", "body"),
        ("the police", "body"),
        ("Foreign Minister Ada Obrecht", "official"),
        ("Ada Obrecht", "official"),
        ("Bela Quist", "person"),
        ("local media", "unnamed outlets"),
        ("Le Monde", "outlet"),
        ("Kyodo News", "wire"),
    ],
)
def test_the_kind_of_a_source_is_told_by_the_words_for_it(speaker, kind):
    said = f"The boats are late, {speaker} said."
    document = report(f"{said} Minister Ada Obrecht smiled.")
    findings = [statement(document, said, speaker, "said"), office(document, "Ada Obrecht", "Mini")]
    (credit,) = find_credits(document, findings)
    assert credit.kind == kind
    assert credit.finding_id == findings[0].id


def test_a_statement_told_to_a_wire_is_one_credit_with_its_speaker():
    said = "“The boats are late,” Ada Obrecht told Reuters."
    document = report(said)
    found = statement(document, said, "Ada Obrecht", "told", addressee="Reuters")
    (credit,) = find_credits(document, [found])
    assert (credit.kind, credit.source, credit.speaker) == ("wire", "Reuters", "Ada Obrecht")
    assert credit.quote.text == "told Reuters"
    assert credit.finding_id == found.id


def test_words_of_a_statement_show_who_and_where():
    text = "In a statement, Ada Obrecht said the boats are late. He said so too."
    document = report(text)
    first = statement(document, text.split(" He ")[0], "Ada Obrecht", "said")
    second = statement(document, "He said so too.", "Ada Obrecht", "said")
    quotes = [credit.quote.text for credit in find_credits(document, [second, first])]
    assert quotes == ["In a statement, Ada Obrecht said", "He said"]


def test_short_names_are_resolved_to_the_publication():
    (credit,) = find_credits(report("The boats are late, according to WaPo."), [])
    assert (credit.publisher_id, credit.publisher) == (
        "publication.washington-post",
        "Washington Post",
    )


def test_letters_that_also_name_a_police_force_need_the_publications_name():
    assert find_credits(report("The boats are late, according to AFP."), []) == ()
    named = report("Agence France-Presse has a bureau here. The boats are late, according to AFP.")
    assert [c.source for c in find_credits(named, [])] == ["AFP"]


def test_the_agency_named_in_a_dateline_is_credited_again_by_its_short_name():
    text = "NAIROBI, May 3 (Lakewire) - Four boats are late, according to a note seen by Lakewire."
    credits = find_credits(report(text), [])
    assert [(c.kind, c.place) for c in credits] == [("wire", "dateline"), ("wire", "text")]


def test_the_newspaper_is_the_one_credited_before():
    text = "The boats are late, as the Harbour City Gazette reported. The newspaper says two sank."
    assert [c.source for c in find_credits(report(text), [])] == ["Harbour City Gazette"] * 2


def test_hearsay_counts_only_where_the_sentence_credits_nobody():
    both = "According to Reuters, Kenya is reportedly buying boats. Uganda is reportedly selling."
    assert [c.kind for c in find_credits(report(both), [])] == ["wire", "nobody"]


def test_page_furniture_credits_nobody():
    text = "The boats are late. Photo: Reuters"
    start = text.index("Photo")
    document = report(text, furniture=(Span(start=start, end=len(text)),))
    assert find_credits(document, []) == ()


def test_a_page_of_the_documents_own_site_is_no_source():
    text = "More at https://www.reuters.com/world/pact."
    own = report(text, address="https://www.reuters.com/world/lake")
    assert find_credits(own, []) == ()
    (credit,) = find_credits(report(text, address="https://lake.example/1"), [])
    assert credit.address == "https://www.reuters.com/world/pact"


STORY = "Kenya will send four patrol boats to Uganda before the rains begin in October."


def sources():
    return [
        report(STORY, "post", publisher="The Washington Post", published="2030-05-01"),
        report(
            "Uganda votes on Sunday.", "vote", publisher="Washington Post", published="2030-05-02"
        ),
        report(STORY + " Later.", "late", publisher="Washington Post", published="2030-06-01"),
    ]


def crediting():
    text = f"{STORY[:-1]}, according to WaPo. See https://reuters.com/lake/1."
    return report(text, "ours", publisher="Lakeside Courier", published="2030-05-03")


def test_a_credit_means_the_document_of_that_publisher_that_tells_it_and_was_out_by_then():
    ours, documents = crediting(), sources()
    linked = report("x", "link", address="https://www.reuters.com/lake/1/?utm=2")
    credits = resolve_credits(find_credits(ours, []), [ours, *documents, linked])
    assert [c.resolved_document_id for c in credits] == [documents[0].id, linked.id]


def test_two_documents_that_may_be_meant_alike_leave_a_credit_open():
    ours, documents = crediting(), sources()
    twin = report(STORY, "twin", publisher="Washington Post", published="2030-05-01")
    credits = resolve_credits(find_credits(ours, []), [ours, *documents, twin])
    assert credits[0].resolved_document_id is None


@settings(max_examples=30, deadline=None)
@given(st.randoms(use_true_random=False))
def test_order_of_documents_and_findings_changes_nothing(source: random.Random):
    text = (
        "Ada Obrecht said the boats are late. The police said two sank. "
        "“All will sail,” Bela Quist told the Miami Herald."
    )
    document = report(text)
    findings = [
        statement(document, "Ada Obrecht said the boats are late.", "Ada Obrecht", "said"),
        statement(document, "The police said two sank.", "The police", "said"),
        statement(document, "Bela Quist told the Miami Herald.", "Bela Quist", "told"),
    ]
    ours, documents = crediting(), sources()
    mixed = [*findings]
    source.shuffle(mixed)
    source.shuffle(documents)
    assert find_credits(document, mixed) == find_credits(document, findings)
    assert resolve_credits(find_credits(ours, []), [*documents, ours]) == resolve_credits(
        find_credits(ours, []), [ours, *sources()]
    )


PIECES = st.sampled_from(
    [e["text"] for e in TABLE["examples"]]
    + ["\n\n", "  ", " – ", "Åland’s ", "(Reuters)", "told\nthe  Miami Herald ", "“", "”", "By "]
    + ["https://", "https://[reuters.com/x", "www.bbc.com/a", "Photo: ", "the newspaper said ", "A"]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=12)), max_size=12))
def test_every_quote_is_the_documents_words_to_the_letter(pieces):
    document = report("".join(pieces))
    credits = find_credits(document, [])
    for credit in credits:
        for quote in (credit.quote, credit.named, credit.credited):
            if quote is not None:
                assert document.text[quote.start : quote.end] == quote.text != ""
        if credit.credited is not None:
            assert credit.credited.start <= credit.quote.start
            assert credit.quote.end <= credit.credited.end
    assert len({credit.id for credit in credits}) == len(credits)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(TABLE["examples"]), st.integers(0, 30))
def test_a_planted_credit_is_found_where_it_stands(example, blanks):
    lead = "Four boats lie in the harbour." + "\n" * (2 + blanks)
    document = report(lead + example["text"])
    (credit,) = find_credits(document, [])
    assert credit.quote.text == example["quote"]
    assert credit.quote.start == len(lead) + example["text"].index(example["quote"])
