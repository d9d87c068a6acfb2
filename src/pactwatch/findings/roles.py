"""Filling the roles of a measure from a frame: whom, what, how much, where, when, what for.

Comes in: a frame whose predicate and objects are known. Goes out: fillings, each a span of the
document with its value. It decides nothing about whether there is a measure.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from pactwatch.findings.adjuncts import bearer, date_of, is_date, place_at
from pactwatch.findings.amounts import (
    MORE,
    QUALIFIER,
    antecedent,
    before_partitive,
    is_asked_for,
    money_beside,
    of_whole_cost,
    taken_out,
)
from pactwatch.findings.context import Context, Filling
from pactwatch.findings.frames import Frame, lemma_of
from pactwatch.findings.phrases import Party
from pactwatch.findings.receivers import (
    bodies,
    helped_by,
    owner_in,
    state_before,
    states_of_goods,
    those_trained,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["Roles"]

_WHERE = frozenset({
    "in", "at", "on", "along", "across", "throughout", "near", "inside", "within", "off", "around",
})  # fmt: skip
_WHITHER = frozenset({"to", "into", "onto"})
_GIVEN = frozenset({"state", "region", "agency", "organisation", "officials"})
_TO_WHOM = frozenset({"to", "for", "with", "against", "upon", "on"})


class Roles:
    """Collects the fillings of one measure."""

    def __init__(self, context: Context, frame: Frame) -> None:
        self.context = context
        self.frame = frame
        self.filled: dict[str, list[Filling]] = {}
        self.dated_behind = False
        self.heads: list[Token] = []

    def add(self, role: str, filling: Filling) -> None:
        """Add a filling, once."""
        values = self.filled.setdefault(role, [])
        if all(filling[:2] != value[:2] for value in values):
            values.append(filling)

    def objects(
        self,
        heads: Sequence[Token],
        classes: Collection[str],
        *,
        persons: bool,
        joined: bool = True,
    ) -> None:
        """Fill object (with `persons`, recipient) and amount from the heads of the objects.

        Args:
            joined: What is coordinated with a head belongs to it.
        """
        sentence, phrases = self.frame.sentence, self.context.phrases
        self.heads = list(heads)
        if self.frame.nominal and self.frame.lemma in classes:  # "tariffs on steel" are the object
            span = phrases.noun_phrase(sentence, self.frame.token, after=("of", "on"))
            start, end, amount = taken_out(self.context, self.frame, *span)
            if amount is not None:
                self.add("amount", amount)
            self.add("object", (start, end, None))
            return
        for number, head in enumerate(heads):
            if is_asked_for(head):
                continue  # "how much of it" names nothing
            joined_before = head.dep_ == "conj" and head.head in heads
            if joined_before and not persons:
                continue  # stands in the joined phrase of the first
            after = ("of", "from") if persons else ("of", "on")
            start, end = phrases.noun_phrase(
                sentence, head, after=after, joined=joined and not persons, clauses=persons
            )
            if not joined and not persons and number == 0 and len(heads) > 1:
                end = max(end, phrases.noun_phrase(sentence, heads[-1], after=after)[1])
            receiver = state_before(self.context, self.frame, head)
            if receiver is not None:
                self.add("recipient", receiver)
                edge = sentence.spans[head.i][1]
                start = max(start, self.context.reading.trim(receiver[1], edge).start)
            if not persons and (joined or len(heads) == 1):
                end = self._with_topic(head, end)
            number_before = (
                before_partitive(self.context, self.frame, head) if number == 0 else None
            )
            if number_before is not None:
                self.add("amount", number_before)
            start, end, amount = taken_out(self.context, self.frame, start, end)
            if amount is not None and "amount" not in self.filled:
                self.add("amount", amount)
            cost = of_whole_cost(self.context, self.frame, head)
            if cost is not None and "amount" not in self.filled:
                self.add("amount", cost[0])
                self.add("object", cost[1])
                continue
            text = self.context.reading.text[start:end]
            if head.pos_ == "NUM" and (meant := antecedent(self.context, sentence, classes)):
                self.add("recipient" if persons else "object", (*meant, None))
                continue
            bare = any(
                q.start <= start and end <= q.end
                for q in self.context.reading.quantities_in(start - QUALIFIER, end + QUALIFIER)
            )
            bare = bare or all(word in MORE for word in text.casefold().split())
            if bare or not any(c.isalpha() for c in text):
                if not persons:
                    self._object_of_money(head)
                continue
            if persons and lemma_of(head) in self.context.codebook.nouns["cases"]:
                self.add("object", (start, end, None))
            elif persons and head.tag_ == "DT":  # "those aboard the ship"
                self.add("recipient", (start, max(end, sentence.spans[head.right_edge.i][1]), None))
            elif persons:
                for party in phrases.parties(sentence, head):
                    anonymous = party.kind in ("people", "officials")
                    here = party.start >= sentence.start and party.end <= sentence.end
                    whole = anonymous and here and head.tag_ != "NNP"
                    self.add("recipient", (start, end, None) if whole else party.filler)
            elif "*" in classes and (found := bodies(self.context, sentence, head)):
                for filling in found:
                    self.add("recipient", filling)
            elif "object" not in self.filled:
                self.add("object", (start, end, None))
        if self.frame.nominal and "object" not in self.filled:
            span = phrases.noun_phrase(sentence, self.frame.token, after=())
            start, end, amount = taken_out(self.context, self.frame, *span)
            if amount is not None and "amount" not in self.filled:
                self.add("amount", amount)
            self.add("object", (start, end, None) if start < end else (*span, None))

    def _with_topic(self, head: Token, end: int) -> int:
        """End of an object with the "on …" or "for …" behind it that is no party, date or place.

        Parsers hang "tariffs on almonds" and "responsibility for rescue" on the verb as often as on
        the noun.
        """
        sentence = self.frame.sentence
        if head.pos_ not in ("NOUN", "PROPN"):
            return end
        if head.i + 1 >= len(head.doc) or sentence.spans[head.i][1] != end:
            return end
        preposition = head.doc[head.i + 1]
        if preposition.lower_ not in ("on", "for") or preposition.dep_ != "prep":
            return end
        for noun in preposition.children:
            if noun.dep_ != "pobj":
                continue
            span = self.context.phrases.noun_phrase(
                sentence, noun, after=("of", "from", "at", "in")
            )
            parties = self.context.phrases.parties(sentence, noun)
            thing = all(p.kind == "thing" for p in parties) and noun.pos_ != "PRON"
            if thing and not is_date(self.context, span) and self._place(noun, span) is None:
                return span[1]
        return end

    def object_as_clause(self) -> None:
        """Fill object with the shortest verb phrase (CODEBOOK, hard case 6)."""
        clause = self.context.phrases.clause(self.frame.sentence, self.frame.token)
        self.add("object", (*clause, None))

    def _object_of_money(self, head: Token) -> None:
        """What money is for: "$60 million in technical aid", "$5 million for a liaison network"."""
        for preposition, noun in self.frame.preps:
            if preposition not in ("in", "of", "for", "towards", "toward"):
                continue
            if noun.head.head not in (head, self.frame.token) or noun == head:
                continue
            span = self.context.phrases.noun_phrase(
                self.frame.sentence, noun, after=("of", "to", "on"), joined=True
            )
            if any(s < span[1] and span[0] < e for s, e, _ in self.filled.get("amount", ())):
                continue  # "a total of $5 million"
            parties = self.context.phrases.parties(self.frame.sentence, noun)
            if all(p.kind == "thing" for p in parties) and not is_date(self.context, span):
                self.add("object", (*span, None))
                return

    def sum_is_for(self) -> None:
        """What a sum without a verb is for."""
        self._object_of_money(self.frame.token)

    def prepositions(self, *, moves: bool, withheld: bool, hits: bool = False) -> None:
        """Fill recipient and place.

        Args:
            moves: "to Haiti" is a place, else a recipient.
            withheld: "from Haiti" is a recipient ("withheld aid from Haiti").
            hits: "on smugglers" are recipients ("sanctions on smugglers"), else a topic.
        """
        sentence, phrases = self.frame.sentence, self.context.phrases
        for dative in self.frame.datives:
            owners = [c for c in dative.children if c.dep_ == "poss"]
            for head in (dative, *owners):  # "equipped Chad's ports with scanners"
                for party in phrases.parties(sentence, head):
                    if party.kind != "thing":
                        self.add("recipient", party.filler)
                if "recipient" in self.filled:
                    break
        asks = self.frame.lemma in self.context.codebook.verbs["request"]
        where, whom = _WHERE, _TO_WHOM
        if moves:
            where = where | _WHITHER | ({"from"} if withheld else set())
        else:
            whom = whom | {"into"}
        if withheld or asks:
            whom = whom | {"from"}
        taken = {v[:2] for values in self.filled.values() for v in values}
        for preposition, noun in self.frame.preps:
            span = phrases.noun_phrase(sentence, noun)
            before = noun.doc[noun.head.i - 1] if noun.head.lower_ == "with" else None
            whose = before is not None and lemma_of(before) == "border"  # "the border with Chad"
            if is_date(self.context, span) or span in taken or whose:
                continue
            place = self._place(noun, span)
            against = preposition == "on" and not moves and place is not None and bool(place[2])
            if place is not None and preposition in where and not against:
                self.add("place", place)
            elif preposition in whom:
                for party in phrases.parties(sentence, noun):
                    people = {"to", "for", "against", *(("on",) if hits else ())}
                    if party.kind in _GIVEN or (party.kind == "people" and preposition in people):
                        self.add("recipient", party.filler)
        if "place" not in self.filled:
            bodies = [n for p, n in self.frame.preps if p == "to"] if moves else []
            self._place_inside(bodies)

    def receiver(self, party: Party) -> None:
        """Fill recipient from who gets something, and amount from how many they are."""
        if party.kind not in ("officials", "people"):
            self.add("recipient", party.filler)
            return
        start, end, number = taken_out(self.context, self.frame, party.start, party.end)
        self.add("recipient", (start, end, party.value))
        if number is not None and "amount" not in self.filled:
            self.add("amount", number)

    def recipients_of(self) -> None:
        """Fill recipient from "of …", where nothing else says who gets it."""
        if "recipient" not in self.filled:
            for filling in those_trained(self.context, self.frame):
                self.add("recipient", filling)

    def demonym_of_goods(self) -> None:
        """Fill recipient from whose goods a trade measure names."""
        goods = self.filled.get("object", ())
        for filling in states_of_goods(self.context, self.frame.sentence, goods):
            self.add("recipient", filling)

    def _place_inside(self, others: Sequence[Token]) -> None:
        """A named place deeper in objects or others: "a network of offices in Indonesia"."""
        for head in [*self.frame.objects, *self.heads, *others]:
            for token in head.subtree:
                if token.dep_ != "pobj" or token.head.lower_ not in (*_WHERE, "of"):
                    continue
                offset = self.frame.sentence.spans[token.i][0]
                place = self._place(token, (offset, offset + 1))
                named = place and (token.head.lower_ != "of") and token.pos_ == "PROPN"
                known = [f[2] for f in self.filled.get("recipient", ()) if f[2]]
                if (
                    place
                    and place[2] not in known
                    and named
                    and bearer(self.frame, offset) is not None
                ):
                    self.add("place", place)

    def _place(self, noun: Token, span: tuple[int, int]) -> Filling | None:
        return place_at(self.context, self.frame.sentence, noun, span)

    def money_beside(self) -> None:
        """Fill amount from money told beside the predicate: "a grant worth $4 million"."""
        money = money_beside(self.context, self.frame) if "amount" not in self.filled else None
        if money is not None:
            self.add("amount", money)

    def date(self) -> None:
        """Fill date with the one that hangs on the predicate."""
        found = date_of(self.context, self.frame)
        if found is not None:
            date, verb = found
            self.add("date", date)
            # "promised on Monday that it would send": the Monday before
            self.dated_behind = verb != self.frame.token and verb.tag_ in ("VBD", "VBN")

    def _for_whom(self, verb: Token) -> Token:
        """Fill recipient from a purpose; its verb, or the one that says what the help is for."""
        if "recipient" in self.filled:
            return verb
        helped, verb = helped_by(self.context, self.frame.sentence, verb)
        acting = {f[:2] for f in self.filled.get("actor", ())}
        owner = None if helped else owner_in(self.context, self.frame.sentence, verb, acting)
        for filling in [*helped, *([owner] if owner else [])]:
            self.add("recipient", filling)
        return verb

    def purpose(self) -> None:
        """What for: a "to …" clause, or "for …ing"."""
        for verb in self.frame.purposes:
            verb = self._for_whom(verb)
            start, end = self.context.phrases.clause(self.frame.sentence, verb)
            if end - start > 6:
                self.add("purpose", (start, end, None))
                return
        for child in self.frame.token.children:
            if child.dep_ == "prep" and child.lower_ == "for":
                for gerund in child.children:
                    if gerund.dep_ == "pcomp":
                        span = self.context.phrases.clause(self.frame.sentence, gerund)
                        self.add("purpose", (*span, None))
                        return
