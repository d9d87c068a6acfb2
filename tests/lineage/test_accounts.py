"""Copies of texts and quoted statements count as one account."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from pactwatch.lineage import trace
from pactwatch.lineage.statements import words_of
from pactwatch.model import Finding

NOUNS = (
    "harbour lake boat minister patrol agree sign border river train police fund road market school"
)
WORDS = NOUNS.split()


def prose(seed: int, length: int = 120) -> str:
    source = random.Random(seed)
    return " ".join(source.choice(WORDS) + str(source.randrange(60)) for _ in range(length))


def copies(documents):
    """Names of the documents of each account."""
    told = {d.id: d.name for d in documents}
    return sorted(sorted(told[i] for i in a.document_ids) for a in trace(documents, []).accounts)


def test_identical_and_nearly_identical_documents_are_copies(document):
    wire = prose(1)
    made = [
        document("wire", wire),
        document("same", wire),
        document(
            "edited", "Our town, today. " + wire.replace("lake1", "sea1") + " More on page 2."
        ),
        document("cut", " ".join(wire.split()[:80])),
        document("other", prose(2)),
    ]
    assert copies(made) == [["cut", "edited", "same", "wire"], ["other"]]


def test_a_text_that_only_quotes_a_paragraph_is_no_copy(document):
    wire = prose(1, 200)
    own = prose(3, 150) + " " + " ".join(wire.split()[:40])
    result = trace([document("wire", wire), document("own", own)], [])
    assert not result.families
    assert len(result.passages) == 1
    assert len(result.accounts) == 2


def test_short_texts_are_copies_only_when_they_are_the_same(document):
    made = [
        document("a", "Kenya signs a pact with Uganda."),
        document("b", "KENYA signs a pact with Uganda"),
        document("c", "Kenya signs a pact with Rwanda."),
    ]
    assert copies(made) == [["a", "b"], ["c"]]


def test_boilerplate_shared_by_many_joins_nothing(document):
    footer = " ".join(f"subscribe{i}" for i in range(30))
    made = [document(f"d{i:02}", f"{prose(100 + i)} {footer}") for i in range(40)]
    assert len(copies(made)) == 40


QUOTE = "We will guard the whole lake together with our new boats from the first of June"


def quoting(document, finding, name, quote, own="A report of its own.", **more):
    made = document(name, f"{own} “{quote},” Ada Obrecht said.", **more)
    return made, finding(
        made, "statement", f"“{quote},” Ada Obrecht said.", form="direct",
        speaker="Ada Obrecht", content=quote,
    )  # fmt: skip


def test_a_statement_quoted_by_two_is_one_account_for_the_words_quoted(document, finding):
    one, said = quoting(document, finding, "a", QUOTE, own="Kenya sent boats.")
    short = QUOTE.removesuffix(" from the first of June")
    other, also = quoting(document, finding, "b", short, own="Uganda built a pier.")
    inside = finding(one, "measure", QUOTE, object="new boats")
    outside = finding(one, "measure", "Kenya sent boats.", object="boats")
    result = trace([one, other], [said, also, inside, outside])
    of = result.of_finding
    assert of[said.id] == of[also.id] == of[inside.id]
    assert of[outside.id] != of[said.id]
    (statement,) = [a for a in result.accounts if a.reason == "same quoted statement"]
    assert statement.label == "statement of Ada Obrecht"
    assert statement.document_ids == tuple(sorted((one.id, other.id)))
    assert len(result.accounts) == 3


def test_other_words_of_the_same_speaker_are_other_accounts(document, finding):
    one, said = quoting(document, finding, "a", QUOTE)
    other, also = quoting(document, finding, "b", "The fish will return to the lake by the autumn")
    of = trace([one, other], [said, also]).of_finding
    assert of[said.id] != of[also.id]


def test_a_turn_of_phrase_used_again_joins_no_accounts(document, finding):
    phrase = "guard the whole lake together with our new boats"
    one, said = quoting(document, finding, "a", f"We {phrase}. {prose(11, 40)}")
    other, also = quoting(document, finding, "b", f"They must {phrase}. {prose(12, 40)}")
    of = trace([one, other], [said, also]).of_finding
    assert of[said.id] != of[also.id]


def test_a_paraphrase_is_the_account_of_its_document(document, finding):
    one, said = quoting(document, finding, "a", QUOTE)
    other = document("b", f"Ada Obrecht said {QUOTE}.")
    told = finding(other, "statement", f"Ada Obrecht said {QUOTE}.", form="indirect",
                   speaker="Ada Obrecht", content=QUOTE)  # fmt: skip
    of = trace([one, other], [said, told]).of_finding
    assert of[said.id] != of[told.id]


def test_only_the_quoted_part_of_a_mixed_statement_counts(document, finding):
    one, said = quoting(document, finding, "a", QUOTE)
    content = f"the state “will guard the whole lake together with our new boats” and {prose(5, 9)}"
    other = document("b", f"Ada Obrecht said {content}.")
    told = finding(other, "statement", f"Ada Obrecht said {content}.", form="mixed",
                   speaker="Ada Obrecht", content=content)  # fmt: skip
    of = trace([one, other], [said, told]).of_finding
    assert of[said.id] == of[told.id]


def test_a_wire_story_and_its_reprints_are_one_account_with_a_label(document, finding):
    text = prose(7)
    wire = document("wire", text, "2031-05-01", "Lake Wire")
    reprints = [document(f"r{i}", f"{text} Reprint {i}.", "2031-05-02") for i in range(2)]
    told = [finding(d, "measure", text.split()[0]) for d in (wire, *reprints)]
    result = trace([*reprints, wire], told)
    (account,) = result.accounts
    assert account.label == "Lake Wire and 2 reprints"
    assert account.reason == "near-identical documents"
    assert set(result.of_finding.values()) == {account.id}


def test_copies_of_one_day_are_one_account_that_names_none_as_the_origin(document):
    text = prose(7)
    made = [document(n, f"{text} Page {n}.", "2031-05-01", n) for n in ("Gazette", "Herald")]
    (account,) = trace(made, []).accounts
    assert account.label in {"Gazette and 1 copy, undirected", "Herald and 1 copy, undirected"}
    assert account.reason == "near-identical documents, undirected"


def test_a_headline_of_its_own_over_reprinted_words_makes_no_account(document, finding):
    wire, own = prose(31, 60), prose(32, 200)
    source = document("wire", f"{wire} {prose(33, 80)}", "2031-05-01", "Lake Wire")
    copy = document("copy", f"Own headline\n\n{wire}\n\n{own}", "2031-05-02", "Gazette")

    def told(*sentences: str):
        spots = [(copy.text.index(s), copy.text.index(s) + len(s)) for s in sentences]
        return Finding.cut(copy, "measure", roles={}, evidence=spots)

    under_it = told(wire, "Own headline")
    beside_it = told(" ".join(wire.split()[:20]), " ".join(own.split()[:30]))
    result = trace([source, copy], [under_it, beside_it])
    label = {a.id: a.label for a in result.accounts}
    assert label[result.of_finding[under_it.id]] == "Lake Wire"
    assert label[result.of_finding[beside_it.id]] == "Gazette"


def test_a_quotation_repeated_in_reprints_adds_no_account(document, finding):
    text = prose(9)
    one, said = quoting(document, finding, "a", QUOTE, own=text)
    other, also = quoting(document, finding, "b", QUOTE, own=text + " Reprint.")
    result = trace([one, other], [said, also])
    assert len(result.accounts) == 1


def test_never_more_accounts_than_documents_and_statements_in_any_order(document, finding):
    @settings(max_examples=30, deadline=None)
    @given(
        picks=st.lists(st.integers(min_value=0, max_value=4), min_size=1, max_size=8),
        seed=st.integers(min_value=0, max_value=999),
    )
    def holds(picks: list[int], seed: int):
        made = [
            quoting(document, finding, f"d{at}", f"{QUOTE} {pick}", own=prose(pick))
            for at, pick in enumerate(picks)
        ]
        documents, findings = [d for d, _ in made], [f for _, f in made]
        expected = trace(documents, findings)
        assert len(expected.accounts) <= len(documents) + len(findings)
        assert set(expected.of_finding) == {f.id for f in findings}
        assert set(expected.of_finding.values()) <= {a.id for a in expected.accounts}
        random.Random(seed).shuffle(documents)
        random.Random(seed).shuffle(findings)
        assert trace(documents, findings) == expected

    holds()


def test_words_do_not_depend_on_case_accents_or_apostrophes():
    assert words_of("José’s BOAT, today!") == words_of("jose's boat today")


def test_words_copied_from_another_document_belong_to_its_account(document, finding):
    release = prose(21, 60)
    source = document("release", f"{release} The end.", "2031-05-01", "Ministry")
    own = document("own", f"{prose(22, 80)}\n\n{release}\n\nRain fell.", "2031-05-02", "Gazette")
    copied = finding(own, "measure", release, object=release.split()[0])
    told = finding(own, "measure", "Rain fell.", object="Rain")
    result = trace([own, source], [copied, told])
    label = {a.id: a.label for a in result.accounts}
    assert label[result.of_finding[copied.id]] == "Ministry"
    assert label[result.of_finding[told.id]] == "Gazette"
    (passage,) = result.passages
    assert label[result.of_passage[passage.id]] == "Ministry"


def test_words_handed_on_by_a_copy_belong_to_the_first_origin(document, finding):
    release = prose(23, 60)
    source = document("release", f"{release} The end.", "2031-05-01", "Ministry")
    second = document("second", f"{prose(24, 150)}\n\n{release}", "2031-05-02", "Gazette")
    third = document("third", f"{prose(25, 150)}\n\n{release}", "2031-05-03", "Herald")
    found = [finding(d, "measure", release) for d in (source, second, third)]
    result = trace([third, second, source], found)
    assert len(set(result.of_finding.values())) == 1
    assert len(result.accounts) == 3


def test_what_a_partial_copy_adds_is_its_own(document, finding):
    wire = prose(26, 120)
    source = document("wire", wire, "2031-05-01", "Lake Wire")
    added = prose(27, 60)
    copy = document("copy", f"{wire}\n\n{added}", "2031-05-02", "Gazette")
    of_wire, of_copy = finding(copy, "measure", wire), finding(copy, "measure", added)
    result = trace([source, copy], [of_wire, of_copy])
    label = {a.id: a.label for a in result.accounts}
    assert label[result.of_finding[of_wire.id]] == "Lake Wire and 1 reprint"
    assert label[result.of_finding[of_copy.id]] == "Gazette"


NAMES = (
    "Japan and Kenya signed the Lake Patrol Accord on 12 March in Nairobi. The accord was signed by"
    " Foreign Minister Aiko Mori and Defence Minister Amina Otieno. Under the accord Japan will"
    " provide four patrol boats to the Kenyan navy over three years, and Kenya will open the port"
    " of Mombasa to survey ships."
)
LETTERHEAD = (
    "Amina Otieno MP Minister for Defence and Veterans Parliament House Nairobi Telephone 020 22 77"
    " Facsimile 020 22 78 Media Release MR 14 Contact Moses Kamau 0700 11 22 33 Harbour Road Office"
)


def test_sentences_dense_with_names_link_and_a_letterhead_does_not(document):
    for shared, linked in ((NAMES, 1), (LETTERHEAD, 0)):
        made = [
            document("a", f"{prose(41)} {shared} {prose(42)}", "2031-05-01"),
            document("b", f"{prose(43)} {shared} {prose(44)}", "2031-05-02"),
        ]
        assert len(trace(made, []).passages) == linked
