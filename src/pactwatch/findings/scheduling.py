"""Whether a meeting was held, lies ahead or was called off.

Comes in: the frame of a verb or noun of meeting. Goes out: "held", "planned" or "cancelled", or the
reason why the words assert no meeting. It reads neither who met nor where.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pactwatch.codebook.vocabularies import EventWords
from pactwatch.findings.asserted import not_asserted
from pactwatch.findings.circumstances import clause_of
from pactwatch.findings.context import Context
from pactwatch.findings.frames import Frame, frames_of, lemma_of
from pactwatch.findings.stages import realis_of

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["NO_MEETING", "cancels", "meeting_stage"]

_STAGES = {
    "done": "held",
    "under way": "held",
    "ended": "held",
    "agreed": "planned",
    "promised": "planned",
    "suspended": "cancelled",
}
NO_MEETING = frozenset(
    {
        "question",
        "hypothetical",
        "negated",
        "proposed",
        "habitual",
        "denied",
        "doubtful",
        "invented",
    }
)


def cancels(frame: Frame, words: EventWords) -> bool:
    """Whether a verb puts a meeting off, "call off" included."""
    off = frame.lemma == "call" and any(c.lower_ == "off" for c in frame.token.children)
    return off or frame.lemma in words.verbs["cancel"]


def _is_done(frame: Frame) -> bool:
    """Whether a verb tells the past ("was called off"), and no plan."""
    helpers = {c.lower_ for c in frame.token.children if c.dep_ in ("aux", "auxpass")}
    return frame.token.tag_ in ("VBD", "VBN") and not helpers & {"will", "would", "may", "to"}


def meeting_stage(context: Context, frame: Frame, noun: Token | None, words: EventWords) -> str:
    if noun is not None and {c.lower_ for c in noun.lefts} & words.modifiers["planned"]:
        return "cancelled" if cancels(frame, words) and _is_done(frame) else "planned"
    if (taken_back := not_asserted(frame.token)) is not None:
        return taken_back
    adverbs = {c.lower_ for c in frame.token.children if c.dep_ in ("advmod", "amod")}
    if adverbs & words.modifiers["habitual"]:
        return "habitual"
    if frame.nominal:
        return _stage_around(context, frame, words)
    reported = context.speaker_of(*frame.sentence.spans[frame.token.i]) is not None
    realis = realis_of(frame, context.codebook.stages, reported=reported)
    if realis.refused or realis.stage is None:
        return realis.refused or "negated"
    if frame.lemma == "call" and realis.governor is None and _is_done(frame):
        return "cancelled" if cancels(frame, words) else "held"  # a call paid, and no wish
    if (felt := _felt(frame, words)) is not None:
        return felt
    if frame.lemma in words.verbs["finish"] and _is_done(frame) and realis.stage != "refused":
        return "held"
    if realis.governor is not None and lemma_of(realis.governor) in ("continue", "keep"):
        return "habitual"
    wish = ("need", "opportunity", "chance", "time", "invitation")
    if any(lemma_of(t) in wish for t in frame.token.ancestors):
        return "proposed"
    above = lemma_of(frame.token.head)
    if frame.token.tag_ == "VB" and frame.token.dep_ != "ROOT" and above in words.verbs["urge"]:
        return "proposed"  # "called on her to hold talks"
    if cancels(frame, words):
        return (
            "cancelled"
            if realis.stage in ("done", "ended", "suspended", "under way")
            else "planned"
        )
    if frame.lemma in ("schedule", "plan", "arrange", "announce") or _looks_forward(frame.token):
        return "planned"
    if any(c.dep_ == "aux" and c.lower_ in ("will", "'ll", "shall") for c in frame.token.children):
        return "planned"
    if realis.stage == "under way" and frame.token.tag_ == "VBG" and _has_future(context, frame):
        return "planned"
    return _STAGES.get(realis.stage, "proposed")


def _felt(frame: Frame, words: EventWords) -> str | None:
    """Stage of what one "was pleased to" do, which one did; of what one "will be glad to" do."""
    above = frame.token.head
    if frame.token.dep_ != "xcomp" or above.lower_ not in words.modifiers["pleased"]:
        return None
    verb = above.head if above.dep_ in ("acomp", "oprd") else above
    helpers = {c.lower_ for c in verb.children if c.dep_ == "aux"} | {verb.lower_}
    if helpers & {"was", "were", "had"}:
        return "held"
    return "planned" if helpers & {"will", "'ll", "’ll", "shall"} else None


def _looks_forward(token: Token) -> bool:
    above = token
    for _ in range(8):
        if lemma_of(above) == "look" and any(c.lower_ == "forward" for c in above.children):
            return True
        above = above.head
    return False


def _has_future(context: Context, frame: Frame) -> bool:
    """Whether "am meeting" bears a day after the document's own."""
    published = context.document.published
    dates = context.reading.dates_in(frame.sentence.start, frame.sentence.end)
    return bool(published) and any(
        isinstance(d.value, str) and d.value[:10] > str(published) for d in dates
    )


def _stage_around(context: Context, frame: Frame, words: EventWords) -> str:
    """Stage of a noun of meeting by the verb of its clause."""
    token = frame.token
    if token.dep_ == "pobj" and token.head.lower_ in ("after", "during", "following", "since"):
        verb = clause_of(token)
        ahead = any(c.dep_ == "aux" and c.lower_ in ("will", "'ll", "shall") for c in verb.children)
        return "planned" if ahead else "held"
    if token.dep_ == "pobj" and (
        token.head.lower_ in ("before", "towards") or token.head.head.lower_ == "ahead"
    ):
        return "planned"
    if _looks_forward(token):
        return "planned"
    wished = token.dep_ == "pobj" and token.head.lower_ in ("for", "on", "to")
    if wished and lemma_of(token.head.head) in words.verbs["urge"]:
        return "proposed"  # "called for talks between …"
    verb = clause_of(token)
    for other in frames_of(frame.sentence, token.doc):
        if other.token.i == verb.i:
            realis = realis_of(other, context.codebook.stages)
            if realis.refused or realis.stage is None:
                return realis.refused or "negated"
            if cancels(other, words) and token in (*other.objects, *other.subjects):
                return "cancelled"
            return _STAGES.get(realis.stage, "proposed" if realis.stage == "proposed" else "held")
    return "held"
