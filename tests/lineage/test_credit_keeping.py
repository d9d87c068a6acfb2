"""Credits are found again only in a document that is other than it was."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pactwatch.lineage import credit_keeping, keep_credits

TEXT = "Ada Obrecht told Reuters that the lake is calm."


def test_kept_credits_are_those_that_were_found(document, monkeypatch: pytest.MonkeyPatch):
    told = document("a", TEXT)
    found, kept = keep_credits(told, [], None)
    assert found
    monkeypatch.setattr(credit_keeping, "find_credits", None)
    assert keep_credits(told, [], kept) == (found, kept)


def test_credits_are_found_anew_when_document_or_findings_differ(document, finding):
    told = document("a", TEXT)
    found, kept = keep_credits(told, [], None)
    bare, other = keep_credits(replace(told, text="The lake is calm."), [], kept)
    assert (bare, other != kept) == ((), True)
    said = finding(told, "statement", TEXT, speaker="Ada Obrecht", cue="told", content="the lake")
    more, third = keep_credits(told, [said], kept)
    assert third != kept
    assert [credit.finding_id for credit in more] == [said.id]
    assert [credit.finding_id for credit in found] == [None]
