"""Decisions of people in words: what was decided, by whom, when, why, and whether it rules.

Comes in: decisions with how they stand. Goes out: one line each. It judges nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pactwatch.model import Value
from pactwatch.report.words import date_words, field_words, one_line, shorten
from pactwatch.review import Decision, Standing

__all__ = ["action_words", "amount_words", "ruling_words", "unnamed"]

_DONE = {
    "accept": "accepted",
    "reject": "rejected",
    "correct": "corrected",
    "add": "added",
    "same": "ruled to be one",
    "different": "ruled to be two",
    "rename": "renamed",
    "set aside": "set aside",
    "undo": "undone",
}
_LONGEST = 80

REVIEWER = "a reviewer"
"""Stands for a name that is not shown."""


def action_words(decision: Decision, undone: Decision | None = None) -> str:
    """What is decided: "correct amount “40” → “14 guards”", "accept signed", "undo 958adda1".

    Args:
        undone: What an undoing takes back, to be told instead of its id.
    """
    field = _field_words(decision)
    said = f"{decision.action} {field}" if field else decision.action
    if undone is not None:
        return f"undo: {action_words(undone)} (by {one_line(undone.who)})"
    if new := _new_words(decision):
        return f"{said} → {new}"
    if decision.undoes is not None:
        return f"{said} {decision.undoes.removeprefix('decision-')[:8]}"
    return said


def _new_words(decision: Decision) -> str:
    """What the decision gives instead, or adds; "" where it gives nothing."""
    if decision.words is not None:
        return f"“{shorten(one_line(decision.words.text), _LONGEST)}”"
    if decision.value is not None:
        return shorten(one_line(amount_words(decision.value)), _LONGEST)
    return ""


def _field_words(decision: Decision) -> str:
    """The field and, of one value of it, its words: "amount “40”"; "" for the whole."""
    if decision.field is None:
        return ""
    ruled = next((anchor.filler for anchor in decision.about if anchor.filler is not None), None)
    name = field_words(decision.field)
    return f"{name} “{shorten(one_line(ruled.text), _LONGEST)}”" if ruled is not None else name


def ruling_words(standing: Standing) -> str:
    """Who decided what: "amount “40” corrected to “14 guards” by Ann Reyes, 20 May 2031: the text
    says so"; of the whole "accepted by Ann Reyes, 20 May 2031"."""
    decision = standing.decision
    done = _DONE.get(decision.action, decision.action)
    if new := _new_words(decision):
        done += f" to {new}" if decision.action in {"correct", "rename"} else f": {new},"
    field = _field_words(decision)
    told = f"{field} {done}" if field else done
    told += f" by {one_line(decision.who)}, {date_words(decision.when[:10])}"
    if standing.state == "disputed":
        told += " (reviewers disagree)"
    return f"{told}: {one_line(decision.reason)}" if decision.reason else told


def unnamed(standing: Standing, names: Sequence[str]) -> Standing:
    """A decision in which "a reviewer" stands for each of these names: who decided, and whom the
    reason names."""
    if not names:
        return standing
    decision = standing.decision
    anyone = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True) if name)
    hidden = re.compile(rf"(?<!\w)(?:{anyone})(?!\w)", re.IGNORECASE)
    return replace(
        standing,
        decision=replace(
            decision,
            who=REVIEWER if decision.who in names else decision.who,
            reason=hidden.sub(REVIEWER, one_line(decision.reason)) if anyone else decision.reason,
        ),
    )


def amount_words(value: Value) -> str:
    """A value as words: "USD 750,000,000", "50 to 100 agent", "2031-05-20"."""
    if isinstance(value, str):
        return value
    least, most = value.minimum, value.maximum
    both = f"{least:,f} to {most:,f}" if least is not None and most is not None else ""
    one = next((f"{n:,f}" for n in (value.number, most, least) if n is not None), "")
    return " ".join(filter(None, (value.currency, both or one, value.unit)))
