"""What comes back again and again makes no link; what many print within days does."""

from __future__ import annotations

from datetime import date, timedelta

from made_prose import prose

from pactwatch.lineage import trace

SHARED = prose(999, 40)


def printed(document, count: int, apart: int, words: str = SHARED, **more):
    start = date(2031, 5, 1)
    return [
        document(
            f"d{i:02}",
            f"{prose(i, 100)}\n\n{words}",
            (start + timedelta(days=apart * i)).isoformat(),
            **more,
        )
        for i in range(count)
    ]


def test_a_statement_printed_by_many_within_days_links_them_all(document):
    made = printed(document, 30, 1)
    linked = {d.id for d in made[1:]}
    assert {p.second_id for p in trace(made, []).passages} == linked


def test_words_that_come_back_over_months_are_a_formula(document):
    assert trace(printed(document, 6, 20), []).passages == ()


def test_words_that_all_have_in_quotation_marks_are_none(document):
    assert trace(printed(document, 6, 20, f"“{SHARED},” Ada Obrecht said."), []).passages


def test_words_of_all_documents_of_one_publisher_are_its_formula(document):
    assert trace(printed(document, 6, 0, publisher="Gazette"), []).passages == ()
    mixed = [
        *printed(document, 5, 0, publisher="Gazette"),
        *printed(document, 1, 0, prose(50, 100)),
    ]
    other = document("herald", f"{prose(77, 100)}\n\n{SHARED}", "2031-05-01", "Herald")
    assert trace([*mixed, other], []).passages


def test_versions_of_an_article_of_one_publisher_are_copies_all_the_same(document):
    made = [
        document(f"v{i}", f"{prose(1, 100)}\n\n{prose(100 + i, 30)}", "2031-05-01", "Gazette")
        for i in range(6)
    ]
    (family,) = trace(made, []).families
    assert len(family.members) == 6


def test_the_same_text_over_years_is_one_text(document):
    made = [document(f"d{i}", f"{SHARED}{'.' * i}", f"203{i}-05-01") for i in range(8)]
    (family,) = trace(made, []).families
    assert len(family.members) == 8
