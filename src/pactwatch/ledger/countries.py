"""Which country words speak of: names, everyday short forms and demonyms.

Comes in: a few words of a document. Goes out: ISO 3166-1 alpha-2 codes, or a country's usual name.
It knows only what is the same the world over; capitals and politicians stand for themselves and
never for their country.
"""

from __future__ import annotations

import re
from functools import cache

import pycountry

from pactwatch.ledger.words import fold, tokens

__all__ = ["countries_in", "country_name", "is_country_code", "names_country", "without_country"]

# What ISO's own names don't give: short forms in news language, and demonyms that no ending makes.
_EVERYDAY = {
    "US": "us|usa|united states of america|america|american|americans",
    "GB": "uk|britain|great britain|british|briton|britons",
    "RU": "russia|russian|russians",
    "KR": "south korea|south korean|south koreans",
    "KP": "north korea|north korean|north koreans",
    "IR": "iran|iranian|iranians",
    "SY": "syria|syrian|syrians",
    "LA": "laos|lao",
    "CD": "drc|dr congo|democratic republic of congo|congo-kinshasa",
    "PG": "png|papua new guinean|papua new guineans",
    "TL": "east timor|east timorese|timorese",
    "AE": "uae|emirati|emiratis",
    "TR": "turkey|turkish|turks",
    "CZ": "czech republic|czech|czechs",
    "PS": "palestine|palestinian|palestinians",
    "SV": "salvadoran|salvadorans|salvadorean|salvadoreans|salvadorian|salvadorians",
    "FR": "french",
    "NL": "dutch|holland",
    "DE": "german|germans",
    "ES": "spanish|spaniards",
    "PT": "portuguese",
    "PL": "polish|poles",
    "DK": "danish|danes",
    "SE": "swedish|swedes",
    "FI": "finnish|finns",
    "NO": "norwegian|norwegians",
    "GR": "greek|greeks",
    "CH": "swiss",
    "BE": "belgian|belgians",
    "IE": "irish",
    "CY": "cypriot|cypriots",
    "TH": "thai|thais",
    "PH": "filipino|filipinos|philippine",
    "PK": "pakistani|pakistanis",
    "AF": "afghan|afghans",
    "NZ": "new zealander|new zealanders",
    "LK": "sri lankan|sri lankans",
    "SA": "saudi|saudis",
    "PE": "peruvian|peruvians",
    "EC": "ecuadorian|ecuadorean",
    "AR": "argentine|argentines|argentinian",
    "MM": "burma|burmese",
    "CI": "ivory coast|ivorian",
    "CV": "cape verde",
    "SZ": "swaziland",
}
_ENDINGS = ("n", "an", "ian", "ese", "i", "ish")
_AMBIGUOUS = frozenset({"dominican", "guinean", "congolese", "nigerian", "georgia", "georgian"})
_REGIONS = "north america|north american|central america|central american|central americans"
_REGIONS += "|south america|south american|latin america|latin american|american samoa"
_STATE_WORDS = "government governments administration republic state kingdom federal the of"
_STATE_FRAME = frozenset(_STATE_WORDS.split()) | {"authorities"}


@cache
def _names() -> dict[str, str]:
    """Folded name, short form or demonym → code ("" for a region). Earlier entries win."""
    names: dict[str, str] = dict.fromkeys(_REGIONS.split("|"), "")
    for code, forms in _EVERYDAY.items():
        names.update((form, code) for form in forms.split("|"))
    countries = sorted(pycountry.countries, key=lambda c: c.alpha_2)
    for country in countries:
        for name in (country.name, getattr(country, "common_name", None)):
            if name:
                names.setdefault(" ".join(tokens(name)), country.alpha_2)
                names.setdefault(" ".join(tokens(name.split(",")[0])), country.alpha_2)
    for ending in _ENDINGS:
        for country in countries:
            base = fold(country.name.split(",")[0])
            for root in (base, base.rstrip("aeiouy"), base.removesuffix("s")):
                if " " not in base and len(root) >= 4 and root + ending not in _AMBIGUOUS:
                    names.setdefault(root + ending, country.alpha_2)
                    names.setdefault(root + ending + "s", country.alpha_2)
    names["nigerian"] = names["nigerians"] = "NG"
    return names


_CODE_LENGTH = 2


@cache
def _codes() -> frozenset[str]:
    return frozenset(country.alpha_2 for country in pycountry.countries)


def is_country_code(value: object) -> bool:
    """Whether a normalised value is an ISO 3166-1 alpha-2 code."""
    return isinstance(value, str) and len(value) == _CODE_LENGTH and value in _codes()


@cache
def country_name(code: str) -> str:
    """The usual English name of a country ("Bolivia", not "Bolivia, Plurinational State of")."""
    country = pycountry.countries.get(alpha_2=code)
    return str(
        getattr(country, "common_name", None) or getattr(country, "name", code).split(",")[0]
    )


@cache
def _spots(text: str) -> tuple[tuple[int, int, str], ...]:
    """Where a text names countries: ``(first token, token after the last, code)``."""
    names, words = _names(), tokens(text)
    spots: list[tuple[int, int, str]] = []
    i = 0
    while i < len(words):
        for width in (5, 4, 3, 2, 1):
            code = names.get(" ".join(words[i : i + width])) if i + width <= len(words) else None
            if code is not None and not (
                words[i] == "us" and not re.search(r"\bU\.?\s?S\b|\bUSA?\b", text)
            ):
                spots.append((i, i + width, code))
                i += width
                break
        else:
            i += 1
    return tuple(spot for spot in spots if spot[2])


def countries_in(text: str) -> frozenset[str]:
    """Codes of all countries that the words name, by name or demonym."""
    return frozenset(code for _, _, code in _spots(text))


@cache
def names_country(text: str) -> str | None:
    """The country that the words mean as a whole ("the Government of Nauru"), or None.

    A people ("Guatemalans") is not its country.
    """
    spots = _spots(text)
    people = tokens(text)[-1:] and tokens(text)[-1].endswith(("ns", "is"))
    if len({code for _, _, code in spots}) != 1 or people:
        return None
    rest = without_country(text)
    return spots[0][2] if all(word in _STATE_FRAME for word in rest) else None


def without_country(text: str) -> tuple[str, ...]:
    """The tokens of a text that name no country."""
    named = {i for start, end, _ in _spots(text) for i in range(start, end)}
    return tuple(word for i, word in enumerate(tokens(text)) if i not in named)
