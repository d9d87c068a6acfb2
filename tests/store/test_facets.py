"""The index of records gives what the database gives, for filters of every kind."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pactwatch.dossier import open_dossier
from pactwatch.store import Database, open_database
from pactwatch.store.queries import RecordFilter, count_matching, record_rows
from pactwatch.store.queries_documents import (
    DocumentFilter,
    count_documents,
    document_rows,
    matching_documents,
)
from pactwatch.store.queries_facets import facet_index, facets, mask_of, page_of

REPORTS = {
    "2031-05-03-one.txt": "Mexico signed a memorandum on border security with Panama on 2 May 2031."
    " The minister said that Mexico would send 40 guards to Panama.",
    "2031-06-07-two.txt": "Mexico sent 40 guards to Panama in June 2031. Panama received $3 million"
    " from Canada for training in 2030.",
    "2032-01-09-three.txt": "Canada and Mexico held talks on trade in Ottawa on 8 January 2032."
    " Canada will donate ten boats to Mexico.",
}


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    folder = tmp_path_factory.mktemp("facets")
    for name, words in REPORTS.items():
        (folder / name).write_text(words, encoding="utf-8")
    with open_dossier(folder / "facets.db") as dossier:
        dossier.add(*(folder / name for name in REPORTS))
        dossier.build(workers=1)
    copy = folder / "copy.db"
    shutil.copy(folder / "facets.db", copy)
    opened = open_database(copy)
    yield opened
    opened.close()


DAYS = st.sampled_from([None, "2029", "2030", "2031", "2031-05", "2031-05-02", "2032-01-08"])
FILTERS = st.builds(
    RecordFilter,
    kind=st.sampled_from([None, "agreement", "measure", "statement", "meeting", "pact"]),
    stage=st.sampled_from([None, "signed", "done", "promised"]),
    country=st.sampled_from([None, "MX", "PA", "CA", "XX"]),
    since=DAYS,
    until=DAYS,
    accounts=st.sampled_from([None, 1, 2]),
    contested=st.sampled_from([None, True, False]),
    words=st.sampled_from([None, "mexico", "guards panama", '"border security"', "…", "nowhere"]),
)


@given(wanted=FILTERS)
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_masks_leave_the_records_that_the_database_leaves(
    database: Database, wanted: RecordFilter
) -> None:
    with database.reading() as connection:
        index = facet_index(connection)
        mask = mask_of(connection, index, wanted, lambda part, make: make())
        assert int(mask.sum()) == count_matching(connection, wanted)
        assert page_of(connection, index, mask) == record_rows(connection, wanted)
        for facet in facets(connection, index, wanted, lambda part, make: make()):
            assert all(count for _, _, count in facet.values)


def test_the_reports_give_records_with_dates_and_words(database: Database) -> None:
    with database.reading() as connection:
        assert count_matching(connection, RecordFilter(since="2031", until="2031")) > 0
        assert count_matching(connection, RecordFilter(words="guards")) > 0
        assert count_matching(connection, RecordFilter(country="MX")) > 0


@pytest.mark.parametrize(
    ("words", "names"), [("guards", 2), ("ottawa", 1), ("…", 3), (None, 3), ("nowhere", 0)]
)
def test_documents_that_hold_words_are_looked_up_once(
    database: Database, words: str | None, names: int
) -> None:
    with database.reading() as connection:
        wanted = DocumentFilter(words=words)
        matching = matching_documents(connection, words)
        assert count_documents(connection, wanted, matching=matching) == names
        assert document_rows(connection, wanted, matching=matching) == document_rows(
            connection, wanted
        )
