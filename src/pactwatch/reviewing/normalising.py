"""The normalised value of words that a person chose, by the same rules as the engine's own.

Comes in: words of a document, and the field that they fill. Goes out: a date, a quantity, a
country, or None where the words have no standard form. It never asks a model.
"""

from __future__ import annotations

from pactwatch.model import Document, Value

__all__ = ["value_of_words"]

_TIMES = frozenset({"date", "signed", "period"})
_QUANTITIES = frozenset({"amount", "quantity"})
_NAMING = frozenset({"party", "place", "participant", "recipient", "actor", "target", "body"})


def value_of_words(field: str, words: str, document: Document) -> Value | None:
    """The value of words that fill a field, if the whole of them has one."""
    if field in _TIMES:
        from pactwatch.language.dates import find_dates

        dates = [m.value for m in find_dates(words, published=document.published) if m.value]
        return dates[0] if len(dates) == 1 else None
    if field in _QUANTITIES:
        from pactwatch.language.quantities import find_quantities

        quantities = [m.quantity for m in find_quantities(words)]
        return quantities[0] if len(quantities) == 1 else None
    if field in _NAMING:
        from pactwatch.ledger.countries import names_country

        return names_country(words)
    return None
