"""How far a measure has come, from tense, modality and the words above the predicate.

Comes in: a frame and the codebook's stage words. Goes out: a stage, or the reason why the sentence
asserts nothing (a question, a condition, a plain negation). CODEBOOK: "Stage by wording".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pactwatch.codebook import StageWords
from pactwatch.codebook.grammar import load_grammar
from pactwatch.findings.frames import (
    Frame,
    governor,
    is_carried,
    is_kept,
    lemma_of,
    subjects_of,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["Realis", "realis_of"]

_FUTURE = frozenset({"will", "shall", "'ll", "wo"})
_MODAL = frozenset({"would", "could", "might", "may", "should", "can", "must", "'d"})
_FINAL = frozenset({"suspended", "ended"})
_CONDITION = frozenset({"if", "unless", "whether"})


@dataclass(slots=True, kw_only=True)
class Realis:
    """What a sentence asserts of a predicate.

    Attributes:
        stage: A stage of the codebook, or None where `refused` says why nothing is asserted.
        refused: "question", "hypothetical", "negated", or None.
        askers: Who urges another to do it: heads of phrases; the frame's subjects are then the ones
            asked.
        governor: The governing word that gave the stage, if one did.
    """

    stage: str | None
    refused: str | None = None
    askers: list[Token] = field(default_factory=list)
    governor: Token | None = None


def realis_of(
    frame: Frame,
    words: StageWords,
    *,
    reported: bool = False,
    plain: bool = False,
    penalty: bool = False,
) -> Realis:
    """Read the stage of a frame.

    Args:
        reported: The predicate stands in indirect speech, where "would" is the past of "will".
        plain: The verb bears no stage of its own.
        penalty: What is done hurts another, so that doing it under a condition is a threat.
    """
    token = frame.token
    text = frame.sentence.doc.text if frame.sentence.doc is not None else ""
    if text.rstrip("\"' )").endswith("?"):
        return Realis(stage=None, refused="question")
    hurts = penalty or words.inherent.get(frame.lemma) in _FINAL
    if hurts and not frame.nominal and _announced_under_condition(token):
        return Realis(stage="threatened")
    if _conditional(token):
        return Realis(stage=None, refused="hypothetical")
    if frame.nominal:
        return _nominal(token, words, reported)
    own = words.inherent.get(frame.phrase) or words.inherent.get(frame.lemma)
    inherent = None if plain else own
    if frame.sentence.kind == "headline" and token.dep_ == "ROOT" and _simple_present(token):
        return Realis(stage=inherent or "done")  # headlines tell what happened in the present
    act = token.head.head
    if token.dep_ == "acl" and token.tag_ == "VBG" and token.head.dep_ == "dobj":
        enacted = words.inherent.get(lemma_of(act))  # "passed a bill providing $4 million"
        if enacted is not None and lemma_of(token.head) in load_grammar().legal_act:
            return _of_verb(act, enacted, words, reported)
    if is_carried(token):  # "launched a programme to train officers"
        return _of_verb(act, words.inherent.get(lemma_of(act)), words, reported)
    if is_kept(token):
        return _of_verb(token.head.head, inherent, words, reported)
    return _of_verb(token, inherent, words, reported)


def _simple_present(token: Token) -> bool:
    return token.tag_ in ("VBZ", "VBP") and not any(
        c.dep_ in ("aux", "neg") for c in token.children
    )


def _of_verb(
    token: Token, inherent: str | None, words: StageWords, reported: bool, depth: int = 0
) -> Realis:
    """Read tense, modality and governors of a verb."""
    leader = _leader(token)
    if leader is not None and depth < 4:
        # "by drumming up investment": as far as the clause it belongs to
        led = _of_verb(leader, inherent, words, reported, depth + 1)
        return led if led.stage != "done" or not inherent else Realis(stage=inherent)
    stage = _tense(token, inherent, reported)
    negated = _negated(token)
    if stage != "done" and _turned_down(token, words):
        return Realis(stage="refused")
    askers: list[Token] = []
    above, decided, inner = governor(token), None, token
    for _ in range(5):
        if above is None:
            break
        lemma = lemma_of(above)
        if above.pos_ not in ("VERB", "AUX", "ADJ"):
            found = words.nouns.get(lemma)
            if lemma in words.transparent_nouns and above.dep_ == "dobj" and decided is None:
                verb = above.head
                found = words.governors.get(lemma_of(verb)) or _tense(verb, None, reported)
                found = "proposed" if found == "under way" else found
            if found is not None and (decided is None or found == "threatened"):
                decided = above
                if inherent not in _FINAL or found not in ("promised", "agreed"):
                    stage = _of_plan(above, words) or found
            break
        if _conditional(above):
            return Realis(stage=None, refused="hypothetical")
        found = words.governors.get(lemma)
        if _is_to(token, above):
            pass  # "is to send", "is going to send": the tense of the infinitive says it
        elif lemma in words.governors_of_others and _has_object_or_subject(above, token):
            if _negated(above):
                negated = True
            elif decided is None:
                passive = any(c.dep_ == "nsubjpass" for c in above.children)
                askers = [] if passive else subjects_of(above)
                decided, stage = above, "proposed"
        elif lemma in words.causative and _has_object_or_subject(above, token):
            if decided is None:
                askers = subjects_of(above)
                stage = _tense(above, inherent, reported)
                negated = negated or _negated(above)
        elif found is not None and not _reports(token) and not _reports(inner):
            if _negated(above):
                if any(c.dep_ == "nsubj" for c in token.children):  # "can't expect others to take"
                    return Realis(stage=None, refused="negated")
                return Realis(stage="refused", governor=above)
            settled = lemma in load_grammar().settling  # a decision to withhold is a withholding
            if inherent in _FINAL and found in ("promised", "agreed") and settled:
                decided = above
            elif decided is None or found in ("refused", "threatened", "proposed"):
                decided, stage = above, found
                ahead = _tense(above, None, reported) == "promised"
                if found in _FINAL and ahead:  # "will stop training"
                    stage = "promised"
                if found == "under way" and ahead:
                    goes_on = words.inherent.get(lemma) == found and _will(above)
                    stage = found if goes_on else "promised"  # "will continue to send" sends now
        elif lemma in words.transparent:
            if decided is None:  # "will help train": the tense stands on the transparent verb
                stage = _tense(above, inherent, reported)
                negated = negated or _negated(above)
        else:
            negated = negated or (decided is None and _negated(above))
            break
        inner, above = above, governor(above)
    if negated:
        if stage in ("promised", "agreed", "refused") or decided is not None:
            return Realis(stage="refused", governor=decided)
        return Realis(stage=None, refused="negated")
    return Realis(stage=stage, askers=askers, governor=decided)


def _turned_down(token: Token, words: StageWords) -> bool:
    """Whether somebody else at once refuses what is offered: "offered boats, but Fiji refused"."""
    top, above = token, governor(token)
    while above is not None and above != top and above.pos_ in ("VERB", "AUX"):
        if any(t.text == ";" for t in top.doc[top.i : above.i]):
            break
        top, above = above, governor(above)
    contrasted = any(c.dep_ == "cc" and c.lower_ in ("but", "yet") for c in top.children)
    answers = list(top.rights) if contrasted else []
    if top.dep_ == "ccomp" and any(t.text == ";" for t in top.doc[top.i : top.head.i]):
        answers.append(top.head)  # "offered boats; Fiji refused them"
    for answer in answers:
        refuses = words.inherent.get(lemma_of(answer)) or words.governors.get(lemma_of(answer))
        if answer.dep_ not in ("conj", "ROOT") or refuses != "refused" or _negated(answer):
            continue
        objects = [c for c in answer.children if c.dep_ in ("dobj", "xcomp", "ccomp") and c != top]
        offered = all(c.pos_ == "PRON" or lemma_of(c) in words.nouns for c in objects)
        if offered and any(c.dep_ == "nsubj" for c in answer.children):
            return True
    return False


def _of_plan(noun: Token, words: StageWords) -> str | None:
    """What becomes of a plan by the verb above it: "rejected a proposal", "dropped plans"."""
    if noun.dep_ not in ("dobj", "nsubjpass") or _negated(noun.head):
        return None
    stage = words.inherent.get(lemma_of(noun.head))
    return stage if stage in ("refused", "suspended", "ended") else None


def _leader(token: Token) -> Token | None:
    """The verb that a bare "-ing" clause accompanies and takes its stage from ("by sending")."""
    while token.dep_ == "conj" and token.head.pos_ == "VERB":
        if _auxiliaries(token):
            return None
        token = token.head
    if token.tag_ != "VBG" or _auxiliaries(token):
        return None
    if token.dep_ == "pcomp" and token.head.lower_ in ("by", "in", "through", "while", "after"):
        above = token.head.head
        return above if above.pos_ == "VERB" else None
    beside = token.head.head if token.dep_ == "pcomp" else token
    if beside.lower_ == "addition" and beside.dep_ == "pobj":
        above = beside.head.head
        return above if above.pos_ == "VERB" else None
    if token.dep_ == "advcl" and token.head.pos_ == "VERB":
        return token.head
    return None


def _has_object_or_subject(above: Token, token: Token) -> bool:
    """Whether a governor asks somebody else ("urged Mexico to", "wants Mexico to")."""
    asked = any(c.dep_ in ("dobj", "dative", "nsubjpass") for c in above.children)
    return asked or any(c.dep_ == "nsubj" for c in token.children)


def _reports(token: Token) -> bool:
    """Whether a governor only reports a finite clause ("announced that X gave")."""
    finite = token.tag_ in ("VBD", "VBZ", "VBP", "MD") or any(
        c.dep_ in ("aux", "auxpass") and c.tag_ in ("VBD", "VBZ", "VBP", "MD")
        for c in token.children
    )
    return finite and any(c.dep_ in ("nsubj", "nsubjpass") for c in token.children)


def _auxiliaries(token: Token) -> list[Token]:
    found = [c for c in token.children if c.dep_ in ("aux", "auxpass")]
    shared = not found and token.dep_ == "conj" and token.head.pos_ in ("VERB", "AUX")
    if shared and not any(c.dep_ in ("nsubj", "nsubjpass") for c in token.children):
        return _auxiliaries(token.head)
    return found


def _tense(token: Token, inherent: str | None, reported: bool) -> str:
    """Stage by tense and modality alone; `inherent` is what the verb means when it is done."""
    auxiliaries = _auxiliaries(token)
    lowers = {a.lower_ for a in auxiliaries}
    done = inherent or "done"
    if lowers & _FUTURE:
        return "promised"
    if "would" in lowers or "'d" in lowers:
        return "promised" if reported else "proposed"
    if lowers & _MODAL:
        return "proposed"
    if "to" in lowers:
        return "promised" if _is_to(token, token.head) else inherent or "promised"
    tag = token.tag_
    if "did" in lowers:
        return done
    if lowers & {"do", "does"}:
        return inherent or "under way"
    if "being" in lowers or tag in ("VBG", "VBZ", "VBP"):
        return inherent or "under way"
    if tag == "VBN" and lowers and lowers <= {"is", "are", "am", "'s", "'re"}:
        return inherent or "under way"
    if tag == "VB":
        return inherent or "promised"
    return done


def _will(verb: Token) -> bool:
    return any(a.lower_ in _FUTURE for a in _auxiliaries(verb))


def _is_to(token: Token, above: Token) -> bool:
    """Whether a word above only makes a future of an infinitive ("is to", "is going to")."""
    if token.dep_ != "xcomp" or token.head != above or lemma_of(above) not in ("be", "go"):
        return False
    return any(a.lower_ == "to" for a in _auxiliaries(token))


def _negated(token: Token) -> bool:
    if any(c.dep_ == "neg" for c in token.children):
        return True
    for child in token.children:
        if child.dep_ in ("nsubj", "nsubjpass", "dobj") and any(
            c.dep_ == "det" and c.lower_ == "no" for c in child.children
        ):
            return True
    return (
        token.dep_ == "conj"
        and token.head.pos_ in ("VERB", "AUX")
        and _shares_aux(token)
        and _negated(token.head)
    )


def _shares_aux(token: Token) -> bool:
    return not any(c.dep_ in ("aux", "auxpass", "nsubj", "nsubjpass") for c in token.children)


def _conditional(token: Token) -> bool:
    """Whether a word stands in a condition ("if …", "whether to …") at any depth, or under one.

    "If it had been passed, we would have sent" asserts neither the passing nor the sending.
    """
    current = token
    for _ in range(len(token.doc)):  # a parse may be no tree in all odd text
        if any(c.dep_ == "mark" and c.lower_ in _CONDITION for c in current.children):
            return True
        if current.pos_ == "NOUN" and current != token and _is_given(current):
            return False  # "if their decision to send troops fails": they did decide
        if current.pos_ in ("VERB", "AUX"):
            lowers = {a.lower_ for a in _auxiliaries(current)}
            if lowers & {"would", "could", "might", "'d"} and any(
                c.dep_ == "advcl" and any(m.dep_ == "mark" and m.lower_ == "if" for m in c.children)
                for c in current.children
            ):
                return True
        if current.dep_ in ("ROOT", "relcl") or current.head == current:
            return False
        current = current.head
    return False


def _announced_under_condition(token: Token) -> bool:
    """Whether a verb says what follows if something happens: "will impose tariffs if …"."""
    lowers = {a.lower_ for a in _auxiliaries(token)}
    own = any(
        c.dep_ == "advcl" and any(m.dep_ == "mark" and m.lower_ == "if" for m in c.children)
        for c in token.children
    )
    marked = any(c.dep_ == "mark" and c.lower_ in _CONDITION for c in token.children)
    modal = lowers & (_FUTURE | {"would", "could", "can", "may", "might"})
    return own and not marked and bool(modal) and "have" not in lowers and not _negated(token)


def _is_given(noun: Token) -> bool:
    """Whether a noun speaks of something that there is, by naming whose it is."""
    return noun.dep_ == "nsubj" and any(c.dep_ == "poss" for c in noun.children)


def _nominal(token: Token, words: StageWords, reported: bool) -> Realis:
    """Stage of a deverbal noun: its own, that of the verb or noun above it, else done."""
    own = words.inherent_nouns.get(lemma_of(token)) or words.nouns.get(lemma_of(token))
    for child in token.rights:  # "tariffs announced by the president"
        if own is None and child.dep_ == "acl" and child.tag_ == "VBN":
            own = words.inherent.get(lemma_of(child))
    current: Token = token
    for _ in range(4):
        head = current.head
        if current.dep_ == "ROOT":
            break
        lemma = lemma_of(head)
        if head.pos_ in ("VERB", "AUX"):
            if _conditional(head):
                return Realis(stage=None, refused="hypothetical")
            through = current.dep_ == "prep" and lemma in load_grammar().through
            if through or current.dep_ in ("dobj", "nsubjpass", "pobj", "nsubj", "attr", "conj"):
                stage = words.inherent.get(lemma) or words.governors.get(lemma)
                tense = _tense(head, stage, reported)
                if (own in _FINAL or own == "done") and stage in ("promised", "agreed"):
                    stage = own  # a suspension decided on is a suspension
                elif stage == "under way" and tense == "promised":
                    stage = tense  # "will begin the deployment"
                if _negated(head):
                    return Realis(stage=None, refused="negated")
                if own == "agreed" and current == token and stage in ("proposed", None, "agreed"):
                    ahead = _tense(head, None, reported)  # "hopes to sign an agreement on relief"
                    if stage == "proposed" or ahead in ("promised", "proposed"):
                        return Realis(stage="proposed", governor=head)
                if stage is None and own is None and tense in ("promised", "proposed"):
                    return Realis(stage=tense, governor=head)
                return Realis(stage=stage or own or "done", governor=head)
            break
        if head.pos_ in ("NOUN", "PROPN") and lemma in words.nouns:
            above = words.nouns[lemma]
            unsettled = own == "agreed" and above == "proposed"  # "talks on an agreement on relief"
            return Realis(stage=above if unsettled else own or above, governor=head)
        current = head
    return Realis(stage=own or "done")
