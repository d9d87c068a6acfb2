"""Decisions on the report page: shown where they rule, without the names of reviewers."""

from __future__ import annotations

import re

import pytest

from pactwatch.dossier import Dossier, Request
from pactwatch.report import render_report


@pytest.fixture
def decided(dossier: Dossier) -> Dossier:
    """A dossier in which a side of a contest, a record and a document were ruled on."""
    about = Request(
        action="accept", about="measure-1", field="amount", claim="50", reason="Ann Reyes saw it"
    )
    dossier.decide(about, who="Ann Reyes")
    [boats] = [r for r in dossier.measures() if "boats" in r.label]
    dossier.decide(Request(action="accept", about=boats.id, reason="<b>sure</b>"), who="Ben")
    aside = Request(action="set aside", about="d.txt", reason="satire")
    dossier.decide(aside, who="Ben")
    return dossier


def _rulings(html: str) -> list[str]:
    return re.findall(r"<li>([^<]*(?:accepted|set aside)[^<]*)</li>", html)


def test_report_shows_decisions_where_they_rule(decided: Dossier) -> None:
    html = render_report(decided, name="pacts", reviewers=True)
    told = _rulings(html)
    assert any(
        re.match(r"amount “50” accepted by Ann Reyes, .*: Ann Reyes", words) for words in told
    )
    assert any(re.match(r"set aside by Ben, .*: satire", words) for words in told)
    assert "&lt;b&gt;sure&lt;/b&gt;" in html
    assert "<b>sure" not in html


def test_report_names_no_reviewer_unless_asked(decided: Dossier) -> None:
    html = render_report(decided, name="pacts")
    assert "Ann Reyes" not in html
    told = _rulings(html)
    assert any(words.startswith("accepted by a reviewer") for words in told)
    assert any("a reviewer saw it" in words for words in told)


def test_report_without_decisions_shows_none(dossier: Dossier) -> None:
    assert 'class="rulings"' not in render_report(dossier, name="pacts")
