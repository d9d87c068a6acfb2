from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pactwatch.codebook import load_codebook
from pactwatch.codebook.vocabularies import load_instrument_words, load_table
from pactwatch.findings.agreements import find_agreements, find_instruments
from pactwatch.findings.areas import area_named
from pactwatch.findings.context import Context
from pactwatch.findings.phrases import Phrases
from pactwatch.findings.statements import find_statements
from pactwatch.language import read
from pactwatch.model import Document, Finding, Rejected

TABLE = load_table("instruments.toml")


def context_of(text: str, published: str = "2019-05-31") -> Context:
    document = Document(id="d", name="d.txt", text=text, published=published)
    codebook = load_codebook()
    reading = read(document, codebook=codebook)
    context = Context(reading=reading, codebook=codebook, phrases=Phrases(reading, codebook))
    context.statements = [f for f in find_statements(context) if isinstance(f, Finding)]
    context.instruments = find_instruments(context)
    return context


def agreements(text: str) -> list[Finding]:
    return [f for f in find_agreements(context_of(text)) if isinstance(f, Finding)]


def words(finding: Finding, role: str) -> list[str]:
    return [f.text for f in finding.roles.get(role, ())]


@pytest.mark.parametrize("example", TABLE["examples"], ids=lambda e: e["text"][:40])
def test_codebook_example_is_found(example: dict[str, str | list[str]]) -> None:
    found = agreements(str(example["text"]))
    assert [n for f in found for n in words(f, "name")] == example["names"]
    assert found[0].type == example["type"]
    assert found[0].stage == example.get("stage", found[0].stage)


@pytest.mark.parametrize("miss", TABLE["near_misses"], ids=lambda m: m["why"])
def test_codebook_near_miss_is_not_found(miss: dict[str, str]) -> None:
    assert agreements(miss["text"]) == [], miss["why"]


def test_the_deal_and_the_memorandum_are_one_agreement() -> None:
    text = (
        "Kenya signed a memorandum of understanding with Uganda on Tuesday. "
        "The deal covers cattle theft. Critics say the agreement is too weak."
    )
    (found,) = agreements(text)
    assert len(found.evidence) == 3
    assert found.type == "memorandum"
    assert sorted(words(found, "party")) == ["Kenya", "Uganda"]


def test_two_instruments_with_different_parties_stay_two() -> None:
    text = (
        "Kenya signed a trade agreement with Uganda in 2015. "
        "Kenya also signed an extradition agreement with Peru."
    )
    found = agreements(text)
    assert [sorted(words(f, "party")) for f in found] == [["Kenya", "Uganda"], ["Kenya", "Peru"]]


def test_a_successor_is_an_agreement_of_its_own() -> None:
    text = (
        "The Pact for Rivers joined Kenya and Uganda. "
        "Kenya wants a revamped pact with Uganda and Rwanda."
    )
    found = agreements(text)
    assert [f.stage for f in found] == ["in force", "proposed"]


def test_acronym_stands_for_the_name() -> None:
    text = (
        "Peru joined the Andean Fisheries Convention (AFC) with Chile. "
        "Ministers praised the AFC on Monday."
    )
    (found,) = agreements(text)
    assert words(found, "name") == ["Andean Fisheries Convention"]
    assert len(found.evidence) == 2


def test_signatories_day_and_place_are_read() -> None:
    text = (
        "Foreign Minister Ana Ruiz of Peru and Kenyan Foreign Minister Peter Otieno "
        "signed a memorandum of understanding on fisheries in Lima on 27 May 2019."
    )
    (found,) = agreements(text)
    assert found.stage == "signed"
    assert words(found, "signatory") == ["Ana Ruiz", "Peter Otieno"]
    assert [f.value for f in found.roles["signed"]] == ["2019-05-27"]
    assert words(found, "place") == ["Lima"]
    assert words(found, "area") == ["fisheries"]


def test_areas_bear_the_value_of_the_codebook() -> None:
    text = (
        "Kenya and Uganda signed an agreement to combat human trafficking. "
        "The agreement will also target money laundering and drug trafficking."
    )
    (found,) = agreements(text)
    assert [f.value for f in found.roles["area"]] == [
        "human-trafficking",
        "illicit-trade-finance",
        "drug-trafficking",
    ]


@pytest.mark.parametrize(
    ("words_", "value"),
    [
        ("smuggling of illegal goods", "illicit-trade-finance"),
        ("people smuggling", "migrant-smuggling"),
        ("important matters", None),
        ("border management", "border-security"),
    ],
)
def test_area_is_named_by_its_terms(words_: str, value: str | None) -> None:
    assert area_named(words_, load_codebook().areas) == value


def test_non_binding_is_said() -> None:
    (found,) = agreements(
        "Kenya and Uganda signed a memorandum of understanding. The memorandum is non-binding."
    )
    assert found.binding == "no"


def test_a_refused_candidate_is_noted() -> None:
    results = list(find_agreements(context_of("The union reached a wage deal with Kenya.")))
    assert [r.reason for r in results if isinstance(r, Rejected)] == ["no instrument"]


def test_every_head_class_holds_known_heads_only() -> None:
    table = load_instrument_words()
    for name in ("strong", "named", "weak", "generic", "vague"):
        assert table.heads[name] - {"document"} <= set(table.types), name


PIECES = st.lists(
    st.sampled_from(
        [
            "Kenya signed a treaty with Uganda.",
            "The Treaty of Taipa (TT) binds Peru, Chile and Kenya.",
            "No deal was reached!",
            "“The agreement”, he said, “is dead”.",
            "Deal Deal Deal",
            "a plan (the",
            "\n\n",
            "ÄÖ\u00a0MOU with\u00a0Fiji ",
        ]
    ),
    max_size=6,
)


@settings(max_examples=15, deadline=None)
@given(PIECES)
def test_every_word_of_a_finding_stands_in_the_document(pieces: list[str]) -> None:
    text = " ".join(pieces)
    if not text.strip():
        return
    for found in agreements(text):
        for filler in [f for fs in found.roles.values() for f in fs]:
            assert text[filler.start : filler.end] == filler.text
        assert all(text[q.start : q.end] == q.text for q in found.evidence)


@pytest.mark.parametrize(
    ("sentence", "binding"),
    [
        ("The memorandum isn't binding.", "no"),
        ("The memorandum is in no way legally binding.", "no"),
        ("The memorandum is legally binding.", "yes"),
        ("Is the memorandum binding?", None),
        ("Nobody said whether the memorandum is binding.", None),
    ],
)
def test_binding_is_what_the_sentence_asserts(sentence: str, binding: str | None) -> None:
    (found,) = agreements(f"Kenya and Uganda signed a memorandum of understanding. {sentence}")
    assert found.binding == binding


SHEET = """What Kenya has signed this year

## Cattle memorandum with Uganda

- Signed in Kampala on 27 March 2019 by Foreign Minister Ana Ruiz and Interior Minister Li Roe.
- Areas: border security; human trafficking.
- Not binding.

## Transit agreements

- Peru: signed on 26 July 2019.
- Chile: signed on 20 September 2019.

Under these agreements, trucks cross without a fee.

## Background

The ministry was founded in 1964.
"""


def test_a_fact_sheet_lists_agreements_under_headings() -> None:
    found = agreements(SHEET)
    assert [words(f, "name") for f in found] == [
        ["Cattle memorandum with Uganda"],
        ["Transit agreements"],
        ["Transit agreements"],
    ]
    assert [[p.value for p in f.roles["party"]] for f in found] == [["UG"], ["PE"], ["CL"]]
    assert [f.roles["signed"][0].value for f in found] == [
        "2019-03-27",
        "2019-07-26",
        "2019-09-20",
    ]
    assert words(found[0], "signatory") == ["Ana Ruiz", "Li Roe"]
    assert [a.value for a in found[0].roles["area"]] == ["border-security", "human-trafficking"]
    assert found[0].binding == "no"
    assert "Not binding" in " ".join(q.text for q in found[0].evidence)


def test_it_goes_on_with_the_agreement_of_the_sentence_before() -> None:
    text = (
        "The Kenyan Ministry of Labour and Uganda have concluded a memorandum of cooperation. It "
        "was signed on 27 May by Kenyan Minister Peter Otieno and Ugandan Minister Ann Bell."
    )
    (found,) = agreements(text)
    assert [f.value for f in found.roles["signed"]] == ["2019-05-27"]
    assert words(found, "signatory") == ["Peter Otieno", "Ann Bell"]
    assert len(found.evidence) == 2


def test_it_that_stands_for_nothing_tells_of_no_agreement() -> None:
    text = "Kenya signed a treaty with Uganda. It was agreed on Monday that roads stay shut."
    (found,) = agreements(text)
    assert not words(found, "signed")


def test_the_sentence_that_tells_whether_it_binds_is_evidence() -> None:
    text = (
        "Kenya and Uganda signed a memorandum of understanding. Cattle may cross. Officials admit "
        "that the memorandum is not binding."
    )
    (found,) = agreements(text)
    assert found.binding == "no"
    assert any("binding" in q.text for q in found.evidence)


def test_the_day_is_no_part_of_the_name() -> None:
    (found,) = agreements(
        "Norway and Ghana signed a maritime security agreement on Monday, March 13."
    )
    assert words(found, "name") == ["maritime security agreement"]
    assert words(found, "area") == ["security"]


def test_a_parliament_that_ratifies_is_no_party_its_state_is() -> None:
    (found,) = agreements("Kenya's parliament ratified the defence agreement with Peru on Friday.")
    assert sorted(words(found, "party")) == ["Kenya", "Peru"]


def test_a_capital_stands_for_its_state_beside_with() -> None:
    (found,) = agreements("Parliament voted to terminate the gas agreement with Lima.")
    assert words(found, "party") == ["Lima"]
    assert found.roles["party"][0].value == "PE"


def test_who_leaves_a_deal_named_after_another_stands_in_it() -> None:
    (found,) = agreements("The United States pulled out of the Kenya fishing deal in 2018.")
    assert sorted(words(found, "party")) == ["Kenya", "United States"]


def test_parties_stand_behind_what_an_agreement_sets_up() -> None:
    (found,) = agreements(
        "The agreement establishing a joint commission between Kenya and Peru was signed on Friday."
    )
    assert sorted(words(found, "party")) == ["Kenya", "Peru"]


def test_an_agreement_that_the_report_speaks_of_itself_is_nobodys_word() -> None:
    (found,) = agreements(
        "Kenya signed a fishing agreement with Peru. Minister Ana Ruiz said the agreement is good."
    )
    assert found.attributed_to is None


def test_an_agreement_known_by_one_speaker_alone_is_told_by_him() -> None:
    (found,) = agreements("Minister Ana Ruiz said Kenya had signed a fishing agreement with Peru.")
    assert found.attributed_to is not None
    assert found.attributed_to.text == "Ana Ruiz"


def test_a_memorandum_after_the_deal_of_years_ago_is_another() -> None:
    text = (
        "President Ana Ruiz will discuss the 2015 fishing deal between Kenya and Peru in Lima. "
        "The two sides signed a memorandum of understanding on border security."
    )
    found = agreements(text)
    assert sorted(f.type or "" for f in found) == ["agreement", "memorandum"]


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("Togo withdrew from the fishing agreement with Ghana in May 2018.", "ended"),
        ("Togo has pulled out of the treaty with Ghana.", "ended"),
        # left by one of many, only threatened, planned, or told by a rumour
        ("Togo withdrew from the fishing agreement between Togo, Ghana and Benin.", "in force"),
        ("Togo threatened to withdraw from the fishing agreement with Ghana.", "in force"),
        ("Togo will withdraw from the fishing agreement with Ghana.", "in force"),
        ("According to a rumour, Togo has withdrawn from the fishing agreement with Ghana.",
         "in force"),
        ("The fishing agreement between Togo and Ghana has not yet been signed.", "negotiating"),
        ("Togo refused to sign the fishing agreement with Ghana.", "rejected"),
    ],
)  # fmt: skip
def test_leaving_ends_and_not_yet_signing_rejects_nothing(text: str, stage: str) -> None:
    (found,) = agreements(text)
    assert found.stage == stage


@pytest.mark.parametrize(
    "older",
    ["It replaces a 2009 memorandum, which expired in 2017.", "It supersedes a 2009 memorandum.",
     "It replaces an agreement of 2009."],
)  # fmt: skip
def test_what_an_agreement_replaces_is_another_one(older: str) -> None:
    head = "Togo, Ghana sign coast pact\n\n"
    new = "Togo and Ghana signed the coast agreement in Lome on 11 June 2018."
    found = {words(f, "name")[0]: f for f in agreements(f"{head}{new} {older}")}
    assert words(found["coast agreement"], "signed") == ["11 June 2018"]
    for name, finding in found.items():
        if name != "coast agreement":
            assert words(finding, "place") == []
            assert "11 June 2018" not in words(finding, "signed")
            assert all("pact" not in q.text for q in finding.evidence)


def test_a_document_that_is_replaced_itself_stays_the_one_told_of() -> None:
    text = "Togo and Ghana signed a memorandum in Lome on 11 June 2018. It will replace the "
    text += "memorandum's annex. The memorandum covers fishing."
    (found,) = agreements(text)
    assert words(found, "signed") == ["11 June 2018"]


def test_a_headline_is_no_evidence_for_what_somebody_says() -> None:
    text = (
        "Togo, Ghana conclude coast pact\n\nTogo and Ghana signed a coast pact on 16 March 2018, "
    )
    (found,) = agreements(f"{text}the Ghanaian Ministry of Defence said on Thursday.")
    assert found.attributed_to is not None
    assert [q.text for q in found.evidence if "conclude" in q.text] == []
