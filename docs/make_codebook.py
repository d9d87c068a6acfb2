"""Write docs/codebook.md from the codebook's data, so that page and data never differ.

    make docs

Comes in: the TOML files of `pactwatch.codebook`. Goes out: the page, in the order of the files. It
adds nothing that the data doesn't say; a test checks that the committed page is up to date.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

from pactwatch.codebook.vocabularies import load_table

PAGE = Path(__file__).with_name("codebook.md")

HEAD = """\
# Codebook

<!-- Made by docs/make_codebook.py from src/pactwatch/codebook. Change the data, then: make docs -->

A *finding* is one thing that one document says, with the exact words that say it. This page lists
what findings there are, which roles they have, and the words by which measures are found. It is
made from the data that the engine works with. To add to the data, see
[CONTRIBUTING](../CONTRIBUTING.md#a-predicate-for-the-codebook); to add to it for work of your own,
see [How to use a codebook of your own](how-to.md#use-a-codebook-of-your-own).

What holds for every finding:

- Evidence is one or several sentences of the document, to the letter.
- A role is filled with words of the document, to the letter. A normalised value stands beside them
  where there is a standard form: countries in ISO 3166-1 alpha-2, dates in ISO 8601 at the
  precision of the words, money with its ISO 4217 currency, counts with their bounds.
- What a document reports somebody as saying bears `attributed_to`, the words for the speaker.
"""


def codebook_page() -> str:
    """The page as Markdown."""
    kinds = load_table("kinds.toml")["kinds"]
    lexicon, stages = load_table("lexicon.toml"), load_table("stages.toml")
    measures = [load_table(f"measures/{name}") for name in _names("measures")]
    lines = [
        HEAD,
        "## Kinds",
        *_kinds(kinds),
        "## Types of agreement",
        *_instruments(load_table("instruments.toml")),
        "## Types of measure",
        *_table(("type", "what it covers"), [(t["type"], t["definition"]) for t in measures]),
        "## Stages of a measure",
        *_stages(stages, lexicon["verbs"], kinds["measure"]["stages"]),
        "## Areas of cooperation",
        "The first area of which a term stands in the words gives the value. "
        "A star stands for any ending.\n",
        *_table(
            ("area", "definition", "terms"),
            [(f"`{a['id']}`", a["definition"], _words(a["terms"])) for a in _areas()],
        ),
        "## Predicates of measures",
        "A predicate is a way to say that a measure is taken. Verbs and nouns are lemmas; `@name` "
        "is a class of words, listed at the end; `$` asks for a sum of money, `*` takes any "
        "object, `*person` any person.\n",
        *(line for table in measures for line in _predicates(table)),
        "## Classes of words",
        "### Nouns",
        *_classes(lexicon["nouns"]),
        "### Verbs",
        *_classes(lexicon["verbs"]),
    ]
    return "\n".join(line if line.endswith("\n") else f"{line}\n" for line in lines)


def _names(folder: str) -> list[str]:
    entries = (resources.files("pactwatch.codebook") / folder).iterdir()
    return sorted(entry.name for entry in entries if entry.name.endswith(".toml"))


def _areas() -> list[dict[str, Any]]:
    areas: list[dict[str, Any]] = load_table("areas.toml")["area"]
    return areas


def _kinds(kinds: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    for name, kind in kinds.items():
        yield f"### {name}"
        yield kind["definition"]
        yield from _table(
            ("role", "meaning", "values"),
            [
                (f"`{role}`", about["meaning"], "several" if about.get("many") else "one")
                for role, about in kind["roles"].items()
            ],
        )
        for part in ("types", "stages", "forms", "binding"):
            if part in kind:
                yield f"{part.capitalize()}: {_words(kind[part])}."


def _instruments(table: Mapping[str, Any]) -> Iterator[str]:
    yield from _table(
        ("type", "words"), [(kind, _words(words)) for kind, words in table["types"].items()]
    )


def _stages(
    table: Mapping[str, Any], verbs: Mapping[str, Sequence[str]], stages: Sequence[str]
) -> Iterator[str]:
    yield (
        "Where no other word tells, tense does: “will send” is promised, “is sending” under way, "
        "“sent” done. Otherwise the verbs or nouns above the predicate do (“agreed to send”, "
        "“a promise to send”), or the predicate bears a stage of its own (“froze”)."
    )
    rows = []
    for stage in stages:
        above = table["governors"].get(stage, {}).get("verbs", ())
        asked = table["governors"]["proposed_by_other"]["verbs"] if stage == "proposed" else ()
        own = [
            word
            for word_class, given in table["inherent"].items()
            if given == stage
            for word in verbs[word_class]
        ]
        nouns = [*table["nouns"].get(stage, ()), *table["inherent_nouns"].get(stage, ())]
        rows.append((stage, _words(dict.fromkeys([*above, *asked])), _words(nouns), _words(own)))
    yield from _table(("stage", "verbs above", "nouns", "verbs of its own"), rows)


def _predicates(table: Mapping[str, Any]) -> Iterator[str]:
    yield f"### {table['type']}"
    for entry in table["predicate"]:
        yield f"#### measure.{entry['id']}"
        told = [("verbs", "Verbs"), ("nouns", "Nouns"), ("objects", "Objects")]
        told.append(("through", "Object through"))
        yield "\n".join(
            f"- {label}: {_words(entry[key], code=True)}" for key, label in told if key in entry
        )
        yield "\n\n".join(map(_example, entry["examples"]))
        misses = entry.get("near_misses", ())
        if misses:
            yield "\n\n".join(f"> {miss['text']}\n\nNot found: {miss['why']}." for miss in misses)


def _example(example: Mapping[str, Any]) -> str:
    roles = (f"{role} *{'; '.join(words)}*" for role, words in example.get("roles", {}).items())
    stage = f"stage *{example['stage']}*" if "stage" in example else ""
    return f"> {example['text']}\n\nFound: {', '.join(filter(None, [stage, *roles]))}."


def _classes(classes: Mapping[str, Sequence[str]]) -> Iterator[str]:
    rows = [(f"`@{name}`", _words(words)) for name, words in classes.items()]
    yield from _table(("class", "words"), rows)


def _words(words: Iterable[str], *, code: bool = False) -> str:
    return ", ".join(f"`{word}`" if code else word for word in words)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    lines = [heads, ["---"] * len(heads), *rows]
    cells = ((cell.replace("|", "\\|").replace("*", "\\*") for cell in line) for line in lines)
    yield "\n".join(f"| {' | '.join(line)} |" for line in cells)


if __name__ == "__main__":
    PAGE.write_text(codebook_page(), encoding="utf-8")
