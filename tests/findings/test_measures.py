"""Measures of whole texts: what is told under an instrument, what is refused and why."""

from __future__ import annotations

import pytest

from pactwatch.findings import Found, find
from pactwatch.language import read
from pactwatch.model import Document, Quantity

SIGNED = "Peru and Chile signed a memorandum of understanding on Monday. "
NEGOTIATED = "Peru and Chile are negotiating a memorandum of understanding. "


def found_in(text: str) -> Found:
    return find(read(Document(id="d", name="d.txt", text=text, published="2024-05-10")))


REFUSED = [
    ("Will Kenya send officers to Haiti?", "question"),
    ("If Kenya sends officers to Haiti, the mission can begin.", "hypothetical"),
    ("Kenya did not send officers to Haiti.", "negated"),
    ("The company sent engineers to Haiti.", "no actor that makes measures"),
    ("The team received training from a former champion.", "nobody takes part"),
    ("A court ordered the company to pay $4 million.", "no actor that makes measures"),
    ("The storm stopped the patrols.", "no actor that makes measures"),
    ("Parents give money to the school.", "no actor that makes measures"),
    ("The aid was suspended.", "nobody takes part"),
    ("The arrest shocked the town.", "nobody takes part"),
    ("Chile is working with Bolivia.", "no purpose"),
    ("Officials in Lima said that no Peruvian troops would be stationed in Chile.", "negated"),
]


@pytest.mark.parametrize(("text", "reason"), REFUSED, ids=[r[0] for r in REFUSED])
def test_a_near_miss_is_refused_with_its_reason(text: str, reason: str) -> None:
    found = found_in(text)
    assert [f for f in found.findings if f.kind == "measure"] == []
    assert [r.reason for r in found.rejected if r.kind == "measure"] == [reason]


@pytest.mark.parametrize("text", ["The house cost $4 million.", "The grant was praised."])
def test_a_mention_proposes_nothing(text: str) -> None:
    found = found_in(text)
    assert [x for x in (*found.findings, *found.rejected) if x.kind == "measure"] == []


def test_a_purpose_is_no_measure_of_its_own() -> None:
    found = found_in("Kenya sent officers to Haiti to arrest smugglers.")
    assert [f.type for f in found.findings if f.kind == "measure"] == ["deployment"]
    assert "purpose of another measure" in {r.reason for r in found.rejected}


@pytest.mark.parametrize(
    ("text", "stage", "agreement"),
    [
        (SIGNED + "Chile will send forty officers to Bolivia.", "agreed", True),
        (SIGNED + "Fiji will send forty officers to Samoa.", "promised", False),
        (NEGOTIATED + "Chile will send forty officers to Bolivia.", "promised", False),
        (SIGNED + "Chile sent forty officers to Bolivia in March.", "done", False),
    ],
    ids=["of a party", "of a stranger", "of an instrument not signed", "told as past"],
)
def test_what_will_be_done_after_a_signing_is_a_provision(
    text: str, stage: str, agreement: bool
) -> None:
    (found,) = (f for f in found_in(text).findings if f.kind == "measure")
    assert found.stage == stage
    assert ("agreement" in found.roles) is agreement


def test_parties_act_in_what_their_instrument_provides() -> None:
    text = (
        "The memorandum of understanding between Peru and Chile provides for "
        "the deployment of officers to Lima."
    )
    (found,) = (f for f in found_in(text).findings if f.kind == "measure")
    assert [a.text for a in found.roles["actor"]] == ["Peru", "Chile"]
    assert found.stage == "agreed"


def test_a_memorandum_that_speaks_is_what_is_agreed() -> None:
    text = (
        "According to an arrangement with the Kenyan government that Okoth signed, "
        "approximately officers will be deployed to Nairobi."
    )
    (found,) = (f for f in found_in(text).findings if f.kind == "measure")
    assert (found.type, found.stage) == ("deployment", "agreed")
    (amount,) = found.roles["amount"]
    assert amount.text == "approximately"
    assert amount.value == Quantity(unit="officer", approximate=True, suspect=True)


def test_those_who_bear_arms_are_no_deployment() -> None:
    text = "Kenyan soldiers are expected to bear arms, and the town is quiet."
    (found,) = (f for f in found_in(text).findings if f.kind == "measure")
    assert (found.type, found.stage) == ("other", "promised")
    assert [a.text for a in found.roles["actor"]] == ["Kenyan soldiers"]


def test_a_commitment_that_an_instrument_lays_down_is_agreed() -> None:
    text = SIGNED + "The memorandum reaffirms Peru's commitment to accept 400 refugees."
    (found,) = (f for f in found_in(text).findings if f.kind == "measure")
    assert (found.stage, "agreement" in found.roles) == ("agreed", True)


def test_words_of_a_speaker_are_attributed() -> None:
    text = "“Kenya will send forty officers to Haiti,” Interior Minister Ana Ruiz said."
    (found,) = (f for f in found_in(text).findings if f.kind == "measure")
    assert found.attributed_to is not None
    assert found.attributed_to.text == "Ana Ruiz"


@pytest.mark.parametrize(
    "sentence",
    [
        "Kenya denied that it had sent troops to Somalia.",
        "It is not true that Kenya sent 200 troops to Somalia.",
        "In the film, Kenya sends troops to Mars.",
        "Officials rejected reports that Peru had paid $4 million to Chile.",
        "Suppose that Peru had given Chile nine trucks. Nobody would mind.",
        "Had Peru given Chile nine trucks, the road would be open.",
        "Peru would have sent 40 officers to Chile.",
        "“Peru will give Chile nine trucks,” a driver quipped.",
    ],
)
def test_what_is_denied_or_made_up_is_no_measure(sentence: str) -> None:
    document = Document(id="d", name="d.txt", text=sentence)
    assert [f for f in find(read(document)).findings if f.kind == "measure"] == []


HEADED = "\n\nThe mood in the capital was calm on Friday. Shops were open.\n"


def measures_of(text: str) -> list[tuple[str | None, str | None, int]]:
    found = found_in(text).findings
    return [(f.type, f.stage, len(f.evidence)) for f in found if f.kind == "measure"]


HEADLINES = [
    ("Japan Gives Fiji Six Boats" + HEADED, [("equipment", "done", 1)]),
    ("Chad To Send 80 Officers To Togo" + HEADED, [("deployment", "promised", 1)]),
    ("Kenya Deploys 80 Officers To Haiti\n\nKenya deployed 80 officers to Haiti on Monday.",
     [("deployment", "done", 2)]),
    ("Kenya Deploys 80 Officers To Haiti\n\nKenya will deploy 80 officers to Haiti in May.",
     [("deployment", "done", 1), ("deployment", "promised", 1)]),
    ("80 Officers Sent To Haiti" + HEADED, []),
    ("Why Kenya Sends Officers To Haiti" + HEADED, []),
    ("Should Kenya Send Officers To Haiti?" + HEADED, []),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "measures"), HEADLINES, ids=[t.partition("\n")[0] for t, _ in HEADLINES]
)
def test_a_headline_tells_a_measure(
    text: str, measures: list[tuple[str | None, str | None, int]]
) -> None:
    assert measures_of(text) == measures


DATES = [
    ("Kenya sent officers to Haiti on Wednesday.", "2024-05-08"),
    ("Kenya will send officers to Haiti on Wednesday.", "2024-05-15"),
    ("Kenya will send officers to Haiti in September.", "2024-09"),
    ("Kenya sent officers to Haiti in March.", "2024-03"),
    ("Kenya agreed to send officers to Haiti on 3 May 2025.", "2025-05-03"),
    ("Kenya promised on Wednesday that it would send officers to Haiti.", "2024-05-08"),
]


@pytest.mark.parametrize(("text", "date"), DATES, ids=[t for t, _ in DATES])
def test_what_is_planned_lies_ahead_and_what_is_done_behind(text: str, date: str) -> None:
    (found,) = (f for f in found_in(text).findings if f.kind == "measure")
    (told,) = found.roles["date"]
    assert told.value == date


@pytest.mark.parametrize(
    "text",
    [
        "Kenya said on Wednesday that it would send officers to Haiti.",
        "Kenya will send officers to Haiti, a spokesman for Kenya said on Wednesday.",
        "Kenya announced in Nairobi on Wednesday that it had sent officers to Haiti.",
    ],
)
def test_day_and_place_of_the_saying_are_not_those_of_the_measure(text: str) -> None:
    (found,) = (f for f in found_in(text).findings if f.kind == "measure")
    assert "date" not in found.roles
    assert "Nairobi" not in [place.text for place in found.roles.get("place", ())]


def test_one_verb_with_two_sorts_of_objects_tells_two_measures() -> None:
    found = found_in("The ministry of Peru cut off training and equipment for border guards.")
    told = [(f.type, f.roles["object"][0].text) for f in found.findings if f.kind == "measure"]
    assert sorted(map(str, told)) == ["('equipment', 'equipment')", "('training', 'training')"]


LISTS = [
    (
        "Oman donated four boats, 40 million euros and 60 trainers to Fiji.",
        [
            ("equipment", "boats", "four"),
            ("funding", "", "40 million euros"),
            ("deployment", "trainers", "60"),
        ],
    ),
    (
        "Peru will provide Chad with $8 million and 20 armoured vehicles.",
        [("funding", "", "$8 million"), ("equipment", "armoured vehicles", "20")],
    ),
    (
        "Chile handed over ten trucks, 50 radios and body armour to Benin.",
        [
            ("equipment", "trucks", "ten"),
            ("equipment", "radios", "50"),
            ("equipment", "body armour", ""),
        ],
    ),
    (
        "Kenya sent forty doctors and nurses to Malawi.",
        [("deployment", "doctors and nurses", "forty")],
    ),
    (
        "Fiji will give Tonga trucks, training and fuel.",
        [("equipment", "trucks", ""), ("training", "training", ""), ("equipment", "fuel", "")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), LISTS, ids=[t for t, _ in LISTS])
def test_a_list_tells_a_measure_for_each_sort_and_each_number(
    text: str, expected: list[tuple[str, str, str]]
) -> None:
    measures = [f for f in found_in(text).findings if f.kind == "measure"]
    told = [
        (
            f.type,
            "".join(v.text for v in f.roles.get("object", ())),
            "".join(v.text for v in f.roles.get("amount", ())),
        )
        for f in measures
    ]
    assert sorted(told) == sorted(expected)


TOLD = [
    ("Sweden to supply Ghana with 50 trucks.", "equipment", "promised", "Sweden"),
    ("Italy has 300 soldiers stationed in Niger.", "deployment", "under way", "Italy"),
    ("A donation of helicopters by Oman to Fiji was announced.", "equipment", "promised", "Oman"),
    ("Nearly 150 Polish soldiers arrived in Latvia on Monday.", "deployment", "done", "Polish"),
    ("UNHCR ended its projects in Nepal.", "development", "ended", "UNHCR"),
    ("Norway has resumed funding for UNRWA.", "funding", "under way", "Norway"),
    ("Nauru will cut diplomatic ties with Taiwan.", "other", "promised", "Nauru"),
    ("Six migrants were expelled from Algeria to Niger in May.", "border", "done", "Algeria"),
    ("India will cut aid to Nepal if talks fail.", "funding", "threatened", "India"),
    ("Under the deal, Chile will send police to Peru.", "deployment", "agreed", "Chile"),
    ("Chile launched an initiative to train nurses of Peru.", "training", "done", "Chile"),
    ("Oman announced a campaign to deport migrants.", "border", "promised", "Oman"),
    ("Fiji launched a programme to create jobs in Samoa.", "development", "done", "Fiji"),
    ("Sweden froze aid to Mali.", "funding", "suspended", "Sweden"),
    ("Mali took delivery of fighter jets from Russia.", "equipment", "done", "Russia"),
    ("Peru delivered $2 million worth of trucks to Chad.", "equipment", "done", "Peru"),
    ("Congress passed a bill providing $6 million for Ghana.", "funding", "agreed", "Congress"),
    ("Niger agreed on the exchange of intelligence with Chad.", "information", "agreed", "Niger"),
]


@pytest.mark.parametrize(("text", "sort", "stage", "actor"), TOLD, ids=[t[0] for t in TOLD])
def test_the_actor_is_found_where_the_sentence_names_it(
    text: str, sort: str, stage: str, actor: str
) -> None:
    [measure] = [f for f in found_in(text).findings if f.kind == "measure"]
    assert (measure.type, measure.stage) == (sort, stage)
    assert [v.text for v in measure.roles["actor"]] == [actor]


def test_those_who_will_not_send_refuse() -> None:
    text = "Peru said that its troops would not be deployed in Chile."
    for said in ("Peru will not send troops to Chile.", text):
        (found,) = (f for f in found_in(said).findings if f.kind == "measure")
        assert (found.stage, [a.text for a in found.roles["actor"]]) == ("refused", ["Peru"])


def test_a_bare_number_counts_things_and_not_what_stands_before_them() -> None:
    text = "Peru gave Chile two more patrol boats. It completed the four in March."
    assert [f.type for f in found_in(text).findings if f.kind == "measure"] == ["equipment"]


def test_more_is_said_of_its_own_number_only() -> None:
    text = "Peru sent Chile two more patrol boats. Bolivia sent four to Chile in March."
    objects = [f.roles["object"][0].text for f in found_in(text).findings if f.kind == "measure"]
    assert objects[1:] == ["patrol boats"]


WEIGHED = [
    ("Peru and Chile are negotiating an agreement on disaster relief.", "proposed"),
    ("Peru and Chile hope to sign an agreement on disaster relief.", "proposed"),
    ("Peru and Chile signed an agreement on disaster relief.", "agreed"),
    ("Peru offered to lend Chile a third tug, but Chile refused.", "refused"),
    ("Peru offered Chile nine trucks, but Chile declined the offer.", "refused"),
    ("Peru offered Chile nine trucks, but Bolivia refused to let them pass.", "promised"),
    ("Peru offered Chile nine trucks; Chile refused them.", "refused"),
    ("Peru gave Chile nine trucks, but Bolivia refused.", "done"),
]


@pytest.mark.parametrize(("text", "stage"), WEIGHED, ids=[t for t, _ in WEIGHED])
def test_what_is_negotiated_or_turned_down_is_not_agreed(text: str, stage: str) -> None:
    assert [f.stage for f in found_in(text).findings if f.kind == "measure"] == [stage]


def test_a_part_delivered_is_told_apart_from_the_whole_promised() -> None:
    text = "Only 40 of the 90 trucks that Peru promised have been delivered."
    told = {
        (f.stage, f.roles["amount"][0].text) for f in found_in(text).findings if f.kind == "measure"
    }
    assert told == {("done", "40"), ("promised", "90")}


def test_a_government_is_named_by_its_seat() -> None:
    text = "The government in Lima will give Chile $4 million for a school."
    (found,) = (f for f in found_in(text).findings if f.kind == "measure")
    assert [(a.text, a.value) for a in found.roles["actor"]] == [("government in Lima", "PE")]


def test_a_government_in_another_town_is_named_by_nothing() -> None:
    text = "The government in Arequipa will give Chile $4 million for a school."
    (found,) = (f for f in found_in(text).findings if f.kind == "measure")
    assert [a.value for a in found.roles["actor"]] == [None]


@pytest.mark.parametrize(
    "text",
    ["Peru had been expected to pay the rest by March.", "Peru asked how many trucks Chile sent."],
)
def test_what_is_left_over_or_asked_for_is_nobody_and_nothing(text: str) -> None:
    assert [f for f in found_in(text).findings if f.kind == "measure"] == []


@pytest.mark.parametrize(
    ("text", "recipients"),
    [
        ("Peru paid $4 million to Peru.", []),
        ("Peru paid $4 million to Peru and Chile.", ["CL"]),
        ("Peru and Chile paid $4 million to Peru.", ["PE"]),
    ],
)
def test_a_state_gives_nothing_to_itself(text: str, recipients: list[str]) -> None:
    (found,) = (f for f in found_in(text).findings if f.kind == "measure")
    assert [r.value for r in found.roles.get("recipient", ())] == recipients


PLANNED_AT = [
    ("Peru had been expected to send 40 officers to Chile by December.", "2023-12"),
    ("Peru was expected to send 40 officers to Chile by December.", "2023-12"),
    ("Peru has promised to send 40 officers to Chile by December.", "2024-12"),
]


@pytest.mark.parametrize(("text", "date"), PLANNED_AT, ids=[t for t, _ in PLANNED_AT])
def test_what_had_been_planned_lies_behind(text: str, date: str) -> None:
    (found,) = (f for f in found_in(text).findings if f.kind == "measure")
    assert [d.value for d in found.roles["date"]] == [date]


ASKED = [
    ("Chile asked Peru to pay $4 million to Bolivia.", ["CL"], ["PE", "BO"]),
    ("Chile asked Peru to send 40 officers.", ["CL"], ["PE"]),
    ("Chile begged Peru to send 40 officers.", ["CL"], ["PE"]),
    ("Chile would like Peru to send 40 officers.", ["CL"], ["PE"]),
    ("Chile urged Peru to deport 40 migrants.", ["CL"], ["PE"]),
]


@pytest.mark.parametrize(("text", "actors", "recipients"), ASKED, ids=[t for t, _, _ in ASKED])
def test_who_asks_is_the_actor_and_who_is_asked_the_recipient(
    text: str, actors: list[str], recipients: list[str]
) -> None:
    (found,) = (f for f in found_in(text).findings if f.kind == "measure")
    assert found.stage == "proposed"
    assert [a.value for a in found.roles["actor"]] == actors
    assert [r.value for r in found.roles.get("recipient", ())] == recipients
