"""Who says what: quotations, indirect speech, and what is no statement."""

from __future__ import annotations

import pytest

from pactwatch.codebook import load_codebook
from pactwatch.findings.context import Context
from pactwatch.findings.phrases import Phrases
from pactwatch.findings.statements import find_statements
from pactwatch.language import read
from pactwatch.model import Document, Finding, Rejected


def said(text: str) -> list[dict[str, object]]:
    """Statements of a text as plain values: form, and the words of each role."""
    found = []
    for finding in results(text):
        if isinstance(finding, Finding):
            roles = {r: [" ".join(f.text.split()) for f in fs] for r, fs in finding.roles.items()}
            found.append({"form": finding.form, **roles})
    return found


def results(text: str) -> list[Finding | Rejected]:
    document = Document(id="d", name="d.txt", text=text)
    reading, codebook = read(document), load_codebook()
    context = Context(reading=reading, codebook=codebook, phrases=Phrases(reading, codebook))
    return list(find_statements(context))


@pytest.mark.parametrize(
    "text",
    [
        "“The talks will go on in spring,” President Ana Ruiz said on Monday.",
        "“The talks will go on in spring,” said President Ana Ruiz.",
        "President Ana Ruiz said: “The talks will go on in spring.”",
        "In a statement, President Ana Ruiz said, “The talks will go on in spring.”",
        "'The talks will go on in spring,' President Ana Ruiz said.",
        "“The talks will go on in spring,” according to President Ana Ruiz.",
    ],
)
def test_a_quotation_with_a_cue_is_a_direct_statement(text):
    (statement,) = said(text)
    assert statement["form"] == "direct"
    assert statement["speaker"] == ["Ana Ruiz"]
    assert statement["content"] == ["The talks will go on in spring"]


def test_a_speaker_told_after_the_quotation_in_a_long_apposition_is_found():
    (statement,) = said(
        "“The ships will be ready,” Tomas Bell, MP, Member for Ashby and Parliamentary Secretary "
        "to the Minister for Trade, said today."
    )
    assert statement["speaker"] == ["Tomas Bell"]
    assert statement["cue"] == ["said"]


def test_the_pieces_of_an_interrupted_quotation_are_one_statement():
    (statement,) = said(
        "“The talks will go on,” President Ana Ruiz said. “We have all the time that we need.”"
    )
    assert statement["content"] == ["The talks will go on", "We have all the time that we need"]


@pytest.mark.parametrize(
    "text",
    [
        "“We stay in the port,” President Ana Ruiz said on Monday, “and we fight.”",
        '"We stay in the port," said President Ana Ruiz, "and we fight."',
    ],
)
def test_a_quotation_goes_on_in_the_sentence_that_broke_it_off(text):
    (statement,) = said(text)
    assert statement["content"] == ["We stay in the port", "and we fight"]


def test_what_is_put_before_a_sentence_with_as_is_who_says_it():
    (statement,) = said("As Minister Ana Ruiz said last week, Peru will join the alliance.")
    assert statement["content"] == ["Peru will join the alliance"]


def test_a_quotation_that_runs_over_paragraphs_has_a_value_for_each():
    (statement,) = said(
        "“We shall send a team of doctors to the islands next week.\n\n"
        "“They will stay for as long as they are needed,” Senator Ana Ruiz said."
    )
    assert len(statement["content"]) == 2
    assert statement["speaker"] == ["Ana Ruiz"]


def test_a_closed_paragraph_without_a_cue_joins_and_one_with_a_cue_begins_anew():
    first, second = said(
        "“The port will be open by June,” Senator Ana Ruiz said.\n\n"
        "“It is the largest port of the whole region.”\n\n"
        "“Nobody will have to pay more than today,” she said."
    )
    assert first["content"] == [
        "The port will be open by June",
        "It is the largest port of the whole region",
    ]
    assert second["speaker"] == ["Ana Ruiz"]


def test_a_quotation_after_an_indirect_statement_is_one_of_its_own_without_a_cue():
    first, second = said(
        "Mr Bell said the port would be closed for a year. Tomas Bell is a minister.\n\n"
        "“It is the largest port of the whole region.”"
    )
    assert first["form"] == "indirect"
    assert second["form"] == "direct"
    assert "cue" not in second
    assert second["speaker"] == first["speaker"]


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        ("Minister Ana Ruiz said that Peru would send doctors.", "said", "Peru would send doctors"),
        ("Peru would send doctors to Chile, Minister Ana Ruiz said.", "said",
         "Peru would send doctors to Chile"),
        ("According to Minister Ana Ruiz, Peru would send doctors.", "According to",
         "Peru would send doctors"),
        ("Minister Ana Ruiz praised the work of the two navies.", "praised",
         "the work of the two navies"),
        ("Minister Ana Ruiz pointed out that the port was closed.", "pointed out",
         "the port was closed"),
        ("Minister Ana Ruiz has made clear that the port is closed.", "made clear",
         "the port is closed"),
    ],
)  # fmt: skip
def test_indirect_speech_gives_cue_and_content(text, cue, content):
    (statement,) = said(text)
    assert statement == {
        "form": "indirect", "speaker": ["Ana Ruiz"], "cue": [cue], "content": [content],
    }  # fmt: skip


def test_what_is_asked_of_somebody_names_the_addressee():
    (statement,) = said("Minister Ana Ruiz asked Peru to send more doctors.")
    assert statement["addressee"] == ["Peru"]
    assert statement["content"] == ["send more doctors"]


def test_thanks_name_the_addressee_and_what_for():
    (statement,) = said("Minister Ana Ruiz thanked Peru for its generous help.")
    assert statement["addressee"] == ["Peru"]
    assert statement["content"] == ["its generous help"]


def test_what_the_speaker_goes_on_to_do_is_no_content():
    (statement,) = said("Minister Ana Ruiz said that Peru was ready, but has given no details.")
    assert statement["content"] == ["Peru was ready"]


def test_a_quotation_inside_indirect_speech_makes_it_mixed_and_keeps_its_marks():
    (statement,) = said("Minister Ana Ruiz said the deal would “change the whole region for good.”")
    assert statement["form"] == "mixed"
    assert statement["content"] == ["the deal would “change the whole region for good.”"]


def test_joint_speakers_are_several_values():
    (statement,) = said(
        "Prime Minister Ana Ruiz and Foreign Minister Tomas Bell announced that the port was open."
    )
    assert statement["speaker"] == ["Ana Ruiz", "Tomas Bell"]


def test_he_is_the_last_one_made_a_subject():
    *_, last = said(
        "President Ana Ruiz said the port was closed. Minister Tomas Bell met her in Lima. "
        "He said that the port was open."
    )
    assert last["speaker"] == ["Tomas Bell"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Minister Ana Ruiz did not say whether Peru would sign.", "negated"),
        ("Minister Ana Ruiz will announce that the port is open.", "not yet said"),
        ("Minister Ana Ruiz declined to say that the port is open.", "infinitive"),
        ("Peru was described by critics as slow.", "passive"),
        ("I said that the port would be open.", "first person"),
        ("Peru took a more “muscular” approach to smuggling.", "words in quotation marks"),
        ("The treaty reaffirms the commitment of Peru to free trade.", "words of an instrument"),
        ("It was a step that Minister Ana Ruiz announced in March.", "in passing"),
        ("Sometimes Minister Ana Ruiz speaks about common sense.", "in passing"),
        ("Ministers from Peru and Chile agreed that the port would open.", "an act"),
        ("Peru left the talks without confirming or denying the report.", "negated"),
        ("Instability characterises much of the region.", "no speaker"),
    ],
)
def test_what_is_no_statement_is_refused_with_a_reason(text, reason):
    found = results(text)
    assert not [f for f in found if isinstance(f, Finding)]
    assert reason in [r.reason for r in found if isinstance(r, Rejected)]


@pytest.mark.parametrize(
    "text",
    ["Minister Ana Ruiz fears that Peru will leave.", "Minister Ana Ruiz hopes to open the port."],
)
def test_thoughts_are_no_statements(text):
    assert said(text) == []


TRANSCRIPT = (
    "JOURNALIST: You’ve said that the port could cost $30 million. Is that so?\n\n"
    "ANA RUIZ: Mr Bell says that the port is too small. We will open it in June.\n\n"
    "JOURNALIST: Thank you.\n\n"
    "ANA RUIZ: Thank you."
)


def test_turns_give_who_speaks_and_are_no_statements():
    document = Document(id="d", name="d.txt", text=TRANSCRIPT)
    reading, codebook = read(document), load_codebook()
    context = Context(reading=reading, codebook=codebook, phrases=Phrases(reading, codebook))
    context.statements = [f for f in find_statements(context) if isinstance(f, Finding)]
    speakers = [f.roles["speaker"][0].text for f in context.statements]
    assert speakers == ["ANA RUIZ", "Bell"]
    assert context.statements[1].attributed_to.text == "ANA RUIZ"
    at = TRANSCRIPT.index("We will open")
    start, end, _ = context.speaker_of(at, at + 10)
    assert TRANSCRIPT[start:end] == "ANA RUIZ"
    assert context.speaker_of(0, 10) is None


def test_evidence_and_roles_stand_in_the_text():
    text = TRANSCRIPT + "\n\n“The port will be open,” Mr Bell said."
    for finding in results(text):
        if isinstance(finding, Finding):
            for quote in (*finding.evidence, *(f for fs in finding.roles.values() for f in fs)):
                assert text[quote.start : quote.end] == quote.text


def test_a_release_in_the_first_person_is_the_turn_of_the_name_in_its_head():
    text = (
        "Tomas Bell MP\n\nMinister for Trade\n\nPort to open in June\n\n"
        "I am pleased that the port will open. I have asked Peru to send a team of engineers.\n\n"
        "The team will be paid by the Government."
    )
    document = Document(id="d", name="d.txt", text=text)
    reading, codebook = read(document), load_codebook()
    context = Context(reading=reading, codebook=codebook, phrases=Phrases(reading, codebook))
    context.statements = [f for f in find_statements(context) if isinstance(f, Finding)]
    at = text.index("The team")
    start, end, _ = context.speaker_of(at, at + 8)
    assert text[start:end] == "Tomas Bell"


def test_a_private_person_speaks_as_a_description():
    (statement,) = said("“It was dark,” said Rosa Vega, 34, a mother of two from the coast.")
    assert statement["speaker"] == ["mother of two from the coast"]


def test_a_dateline_is_no_content():
    (statement,) = said("LIMA, Peru (XYZ) — Peru will send doctors, Minister Ana Ruiz said Monday.")
    assert statement["content"] == ["Peru will send doctors"]


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        ("The document showed that Peru had paid.", "showed", "Peru had paid"),
        ("Minister Ana Ruiz called the move a mistake.", "called", "the move a mistake"),
        ("Peru called for a ban on sand mining.", "called for", "a ban on sand mining"),
        ("Chile rejected the claim that it had spied.", "rejected", "the claim that it had spied"),
        ("Peru voiced its concern over the port.", "voiced", "its concern over the port"),
        ("Analysts warned Peru of the dangers of debt.", "warned", "the dangers of debt"),
        ("Officials divulged that Peru had paid.", "divulged", "Peru had paid"),
    ],
)
def test_words_of_saying_with_an_object_make_a_statement(text, cue, content):
    (statement,) = said(text)
    assert statement["cue"] == [cue]
    assert statement["content"] == [content]


def test_who_is_warned_is_addressed():
    (statement,) = said("Analysts warned Peru of the dangers of debt.")
    assert statement["addressee"] == ["Peru"]


def test_rejecting_a_bill_is_an_act_and_no_words():
    assert said("Chile rejected the bill on sand mining.") == []


def test_a_short_quotation_goes_on_from_the_one_before_it_in_a_paragraph():
    (statement,) = said("“The port stays shut,” Minister Ana Ruiz said on Monday. “We want peace.”")
    assert statement["content"] == ["The port stays shut", "We want peace"]


def test_a_clause_that_only_names_who_spoke_closes_a_quotation():
    (statement,) = said("“The minister must open the port.” Senator Ana Ruiz concluded.")
    assert statement["speaker"] == ["Ana Ruiz"]


def test_lines_that_tell_whom_to_call_are_no_turns():
    text = (
        "Minister’s Office: 02 555 7500\n\nDepartment: 02 555 1555\n\n"
        "Peru sent 200 officers to Haiti on Monday."
    )
    document = Document(id="d", name="d.txt", text=text)
    reading, codebook = read(document), load_codebook()
    context = Context(reading=reading, codebook=codebook, phrases=Phrases(reading, codebook))
    assert not [f for f in find_statements(context) if isinstance(f, Finding)]
    assert not context.turns


def test_nobody_reports_his_own_words():
    found = results("Peru said it wanted a recount and has accused Chile of stealing fish.")
    assert [f.attributed_to for f in found if isinstance(f, Finding)] == [None, None]


@pytest.mark.parametrize(
    "text",
    [
        "We have heard from people in the port. At least some of them are saying that",
        "The talks failed. The ministers of both states have been saying that.",
    ],
)
def test_a_saying_that_breaks_off_says_nothing(text):
    assert said(text) == []


@pytest.mark.parametrize(
    ("before", "speaker"),
    [
        ("Togo refused, a Ghanaian diplomat said.", ["Ghanaian diplomat"]),
        ("Togo refused, Foreign Minister Ana Ruiz said.", ["Ana Ruiz"]),
        # who was named since then goes on
        ("Togo refused, a Ghanaian diplomat said. Foreign Minister Ana Ruiz left for Lome.",
         ["Ana Ruiz"]),
        # a body or several people are no "she", and who was named before them did not speak last
        ("Togo refused, the ministry said.", None),
        ("Togo refused, two Ghanaian diplomats said.", None),
    ],
)  # fmt: skip
def test_she_added_goes_on_with_the_last_speaker_named_or_not(before, speaker):
    text = f"Deputy Minister Tomas Bell said the talks went on. {before} “We never agreed,” she "
    assert said(f"{text}added.")[-1].get("speaker") == speaker


@pytest.mark.parametrize(
    ("first", "noun", "speaker"),
    [
        ("The Ministry of Defence", "ministry", "Ministry of Defence"),
        ("The Ghanaian embassy", "ministry", "ministry"),
        ("The United Nations", "agency", "agency"),
        ("DHS", "department", "DHS"),
    ],
)
def test_a_body_told_by_a_noun_is_one_whose_name_bears_the_noun(first, noun, speaker):
    found = said(f"{first} said that boats had come to Togo. The {noun} said that two had left.")
    assert found[-1]["speaker"] == [speaker]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("The minister denied that aid to Chad had been cut.", "aid to Chad had been cut"),
        ("The minister denied that aid had been cut.", "aid had been cut"),
        # "that" points at a noun
        ("The minister denied that charge when he came home.", "that charge"),
    ],
)
def test_a_denial_keeps_its_whole_clause(text, content):
    (statement,) = said(text)
    assert statement["content"] == [content]
    assert "addressee" not in statement
