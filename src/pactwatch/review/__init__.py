"""Review: what people rule on what was found, as an append-only log that outlives every reading.

Comes in: findings, documents and decisions. Goes out: the findings as ruled on, what must be merged
or kept apart, and how each decision stands. It never asks who may decide, and stores nothing.
"""

from __future__ import annotations

from pactwatch.review.anchors import anchor_of, anchor_of_document, anchor_of_mention
from pactwatch.review.checking import check, clean_name, parse_value, vocabulary
from pactwatch.review.following import Former
from pactwatch.review.judging import judge
from pactwatch.review.lines import decode, encode, read_lines, write_lines
from pactwatch.review.marks import mark_records, rivals_in_contests, without_marks
from pactwatch.review.values import (
    ADDED,
    WORD_FIELDS,
    ActorRuling,
    Anchor,
    Decision,
    Mark,
    Mention,
    Rulings,
    Standing,
    documents_of,
    plain_words,
)
from pactwatch.review.votes import undone
from pactwatch.review.voting import added_findings

__all__ = [
    "ADDED",
    "WORD_FIELDS",
    "ActorRuling",
    "Anchor",
    "Decision",
    "Former",
    "Mark",
    "Mention",
    "Rulings",
    "Standing",
    "added_findings",
    "anchor_of",
    "anchor_of_document",
    "anchor_of_mention",
    "check",
    "clean_name",
    "decode",
    "documents_of",
    "encode",
    "judge",
    "mark_records",
    "parse_value",
    "plain_words",
    "read_lines",
    "rivals_in_contests",
    "undone",
    "vocabulary",
    "without_marks",
    "write_lines",
]
