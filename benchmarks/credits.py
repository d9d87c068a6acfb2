"""How many credits of annotated reports are found, and how many found are none.

    python benchmarks/credits.py [GOLD.json] [FOLDER] [--show]

GOLD is a JSON file whose "credits" hold, each, "document", "source", "source_kind" and "evidence"
with "start" and "end"; FOLDER holds the documents. Without arguments the annotation beside the
checkout is used, where it is there. A credit is found when one of the same document has words that
overlap with half of the shorter's words, and the names of the sources agree (equal, one a part of
the other, or an acronym; the speaker of "X told Reuters" counts as well). Annotations marked
"optional" count neither way.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from pathlib import Path
from typing import Any

from pactwatch.codebook import load_codebook
from pactwatch.documents import read_documents
from pactwatch.findings import find
from pactwatch.language import read
from pactwatch.lineage.credits import find_credits
from pactwatch.model import Document
from pactwatch.origins import Credit

GOLD = Path("../shared/gold/northern-triangle.dossier.json")
FOLDER = Path("../shared/reports/northern-triangle")

_SMALL = frozenset(
    [
        "the",
        "of",
        "and",
        "for",
        "to",
        "in",
        "a",
        "an",
        "mr",
        "mrs",
        "ms",
        "dr",
        "senator",
        "minister",
        "hon",
        "from",
        "by",
    ]
)
_KINDS = {
    "wire": "outlet",
    "person": "official",
    "nobody": "none",
    "unnamed outlets": "unnamed persons",
}


def words(text: str) -> list[str]:
    """Words of a text, folded."""
    return re.findall(r"\w+", text.casefold())


def overlap(credit: Credit, gold: dict[str, Any]) -> bool:
    """Whether the words of two credits overlap by half of the shorter's."""
    for item in gold["evidence"]:
        start = max(credit.quote.start, item["start"])
        end = min(credit.quote.end, item["end"])
        if start < end:
            both = words(credit.quote.text[start - credit.quote.start : end - credit.quote.start])
            least = min(len(words(credit.quote.text)), len(words(item["text"])))
            if len(both) >= max(1, least / 2):
                return True
    return False


def agree(one: str, other: str) -> bool:
    """Whether two names of a source may mean the same."""
    first, second = words(one), words(other)
    first = [w for w in first if w not in _SMALL]
    second = [w for w in second if w not in _SMALL]
    if not first or not second or first == ["none"] or second == ["none"]:
        return (not first or first == ["none"]) and (not second or second == ["none"])
    short, long = sorted((first, second), key=len)
    if set(short) <= set(long) or set(short) & set(long):
        return True
    return "".join(w[0] for w in long).endswith("".join(short))


def matches(credit: Credit, gold: dict[str, Any]) -> bool:
    """Whether a credit found is the one annotated."""
    names = [credit.source, credit.publisher or credit.source, credit.speaker or credit.source]
    return overlap(credit, gold) and any(agree(name, gold["source"]) for name in names)


def paired(found: list[Credit], gold: list[dict[str, Any]]) -> dict[int, int]:
    """Each annotated credit's partner, at most one for each (a greatest matching)."""
    partner: dict[int, int] = {}

    def place(item: int, seen: set[int]) -> bool:
        for index, credit in enumerate(found):
            if index in seen or not matches(credit, gold[item]):
                continue
            seen.add(index)
            holder = next((g for g, f in partner.items() if f == index), None)
            if holder is None or place(holder, seen):
                partner[item] = index
                return True
        return False

    for item in sorted(range(len(gold)), key=lambda i: bool(gold[i].get("optional"))):
        place(item, set())
    return partner


def main() -> None:
    """Read, find, compare, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("gold", nargs="?", default=GOLD, type=Path)
    parser.add_argument("folder", nargs="?", default=FOLDER, type=Path)
    parser.add_argument("--show", action="store_true", help="print what is missed or wrong")
    arguments = parser.parse_args()
    if not arguments.gold.exists():
        print(f"No annotation at {arguments.gold}: nothing to measure.")
        sys.exit(0)
    gold = json.loads(arguments.gold.read_text(encoding="utf-8"))["credits"]
    codebook = load_codebook()
    credits: list[tuple[str, Credit]] = []
    for document in read_documents(arguments.folder):
        if isinstance(document, Document):
            name = Path(document.name).name
            findings = find(read(document), codebook).findings
            credits += [(name, credit) for credit in find_credits(document, findings)]
    report(credits, gold, show=arguments.show)


def report(credits: list[tuple[str, Credit]], gold: list[dict[str, Any]], *, show: bool) -> None:
    """Print precision, recall and the kinds that agree."""
    hits = misses = wrong = kinds = 0
    for name in sorted({g["document"] for g in gold}):
        found = [credit for document, credit in credits if document == name]
        own = [g for g in gold if g["document"] == name]
        partner = paired(found, own)
        needed = [i for i, g in enumerate(own) if not g.get("optional")]
        hits += sum(i in partner for i in needed)
        misses += sum(i not in partner for i in needed)
        kinds += sum(
            _KINDS.get(found[partner[i]].kind, found[partner[i]].kind)
            == _KINDS.get(own[i]["source_kind"], own[i]["source_kind"])
            for i in needed
            if i in partner
        )
        extra = [c for index, c in enumerate(found) if index not in partner.values()]
        wrong += len(extra)
        if show:
            for i in needed:
                if i not in partner:
                    print(f"missed  {name}  {own[i]['source']}: {own[i]['evidence'][0]['text']}")
            for credit in extra:
                print(f"wrong   {name}  {credit.kind} {credit.source}: {credit.quote.text}")
    precision = hits / max(1, hits + wrong)
    recall = hits / max(1, hits + misses)
    print(
        f"{hits + misses} annotated, {hits} found, {wrong} wrong: precision {precision:.2f}, "
        f"recall {recall:.2f}; kind agrees in {kinds} of {hits}"
    )


if __name__ == "__main__":
    main()
