"""How well and how fast shared passages are found, beside datasketch and rensa on the same texts.

    python benchmarks/lineage.py quality [--texts FOLDER_OR_ZIP]
    python benchmarks/lineage.py speed [--texts FOLDER_OR_ZIP] [--sizes 1000 10000 100000]
    python benchmarks/lineage.py adding [--texts FOLDER_OR_ZIP] [--size 10000]

`quality` plants edited copies, excerpts and press paragraphs among real texts and counts what is
found. `speed` takes CPU seconds (all threads) and the most memory of each way, in a process of its
own, its shingling included; datasketch (MinHashLSH) and rensa (RMinHashLSH) have 128 permutations
and shingles of five words, and find pairs only. "datasketch" updates shingle by shingle, as its
documentation shows, "datasketch-batch" all of a text at once. `adding` adds one document to a
dossier of which fingerprints and comparisons are kept, and compares the outcome with a full
rebuild.

Without --texts the texts are made of the project's own words. The two peers are installed with
`pip install datasketch rensa`; what is not there is left out.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import multiprocessing
import pickle
import random
import re
import resource
import tempfile
import time
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lineage_texts import Made, apart, make

from pactwatch.lineage import Accounts, Fingerprint, fingerprint, from_bytes, to_bytes, trace
from pactwatch.model import Document, Span

PERMUTATIONS = 128
SHINGLE = 5
THRESHOLD = 0.5
BANDS = 32
SEED = 7
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What one way found, with its cost."""

    name: str
    seconds: float
    gigabytes: float
    pairs: frozenset[tuple[str, str]]
    places: dict[str, list[Span]]


def ours(documents: Sequence[Document]) -> tuple[set[tuple[str, str]], dict[str, list[Span]]]:
    """Pairs and passages of Pactwatch in the same words, families, directions and accounts
    included; sentences told in other words, which no peer looks for, are left out."""
    result = trace(documents, [], closely=False)
    places: dict[str, list[Span]] = {}
    for passage in result.passages:
        if passage.kind == "copied":
            places.setdefault(passage.first_id, []).append(passage.first)
            places.setdefault(passage.second_id, []).append(passage.second)
    return {(d.first_id, d.second_id) for d in result.directions}, places


def shingled(text: str) -> set[str]:
    """All runs of five words."""
    words = WORD.findall(text.lower())
    return {" ".join(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)}


def datasketch(documents: Sequence[Document]) -> tuple[set[tuple[str, str]], dict[str, list[Span]]]:
    """Pairs of MinHashLSH, shingle by shingle."""

    def update(sketch: Any, shingles: set[str]) -> None:
        for shingle in shingles:
            sketch.update(shingle.encode())

    return _datasketch(documents, update)


def datasketch_batch(
    documents: Sequence[Document],
) -> tuple[set[tuple[str, str]], dict[str, list[Span]]]:
    """Pairs of MinHashLSH, all shingles of a text at once."""
    return _datasketch(
        documents, lambda sketch, shingles: sketch.update_batch([s.encode() for s in shingles])
    )


def _datasketch(
    documents: Sequence[Document], update: Callable[[Any, set[str]], None]
) -> tuple[set[tuple[str, str]], dict[str, list[Span]]]:
    library: Any = importlib.import_module("datasketch")
    index = library.MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
    pairs: set[tuple[str, str]] = set()
    for document in documents:
        sketch = library.MinHash(num_perm=PERMUTATIONS, seed=SEED)
        update(sketch, shingled(document.text))
        pairs |= {(other, document.id) for other in index.query(sketch)}
        index.insert(document.id, sketch)
    return pairs, {}


def rensa(documents: Sequence[Document]) -> tuple[set[tuple[str, str]], dict[str, list[Span]]]:
    """Pairs of RMinHashLSH."""
    library: Any = importlib.import_module("rensa")
    index = library.RMinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS, num_bands=BANDS)
    pairs: set[tuple[str, str]] = set()
    for place, document in enumerate(documents):
        sketch = library.RMinHash(num_perm=PERMUTATIONS, seed=SEED)
        sketch.update(list(shingled(document.text)))
        pairs |= {(documents[other].id, document.id) for other in index.query(sketch)}
        index.insert(place, sketch)
    return pairs, {}


WAYS: dict[
    str, Callable[[Sequence[Document]], tuple[set[tuple[str, str]], dict[str, list[Span]]]]
] = {
    "pactwatch": ours,
    "rensa": rensa,
    "datasketch-batch": datasketch_batch,
    "datasketch": datasketch,
}


def run_alone(name: str, kept: Path) -> Run:
    """Run one way in a process of its own."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_run, (name, kept))


def _run(name: str, kept: Path) -> Run:
    with kept.open("rb") as file:
        documents = pickle.load(file)
    start = time.process_time()
    pairs, places = WAYS[name](documents)
    seconds = time.process_time() - start
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    return Run(name=name, seconds=seconds, gigabytes=most, pairs=frozenset(pairs), places=places)


def told(made: Made, run: Run) -> str:
    """Recall and precision of a run, in one line."""
    both = run.pairs | {(b, a) for a, b in run.pairs}
    related = made.related()
    right = sum((made.root[a], made.root[b]) in related for a, b in run.pairs)
    holders = [
        (holder, span) for held in made.inserted for holder, span in held[1:]
    ]  # the first one has it from nobody
    passages = sum(_held(span, run.places.get(holder, ())) for holder, span in holders)
    met = sum(
        any((o, h) in both for o, _ in held[:at])
        for held in made.inserted
        for at, (h, _) in enumerate(held)
        if at
    )
    parts = [
        f"edited copies {_share(sum(p in both for p in made.edited), len(made.edited))}",
        f"excerpts {_share(sum(p in both for p in made.excerpts), len(made.excerpts))}",
        f"paragraphs, as pairs {_share(met, len(holders))}",
        f"as passages {_share(passages, len(holders))}",
        f"precision of pairs {_share(right, len(run.pairs))}",
    ]
    return ", ".join(parts)


def _held(span: Span, places: Sequence[Span]) -> bool:
    """Whether a passage covers four fifths of a span."""
    common = sum(max(0, min(p.end, span.end) - max(p.start, span.start)) for p in places)
    return common >= 0.8 * (span.end - span.start)


def _share(part: int, whole: int) -> str:
    return f"{part / max(1, whole):.4f} ({part} of {whole})"


def quality(texts: Sequence[str]) -> None:
    """Plant and find among whole real texts of which no two share a run of nine words."""
    bases, others = apart(texts, len(texts) // 2)
    print(f"{len(bases)} base texts of {len(texts)} share no run of nine words with another")
    for seed in (1, 2, 3):
        made = make(int(len(bases) / 0.8), seed, bases, others)
        pairs, places = ours(made.documents)
        run = Run(name="", seconds=0, gigabytes=0, pairs=frozenset(pairs), places=places)
        print(f"seed {seed}, {len(made.documents)} documents: {told(made, run)}")


def speed(texts: Sequence[str], sizes: Sequence[int], ways: Sequence[str]) -> None:
    """Take the time of all ways on the same texts."""
    bases, others = apart(texts, 1000)
    for size in sizes:
        made = make(size, SEED, bases, others)
        words = sum(d.text.count(" ") + 1 for d in made.documents)
        print(f"{size} documents, {words / 1e6:.1f} million words")
        with tempfile.TemporaryDirectory() as folder:
            kept = Path(folder) / "documents"
            with kept.open("wb") as file:
                pickle.dump(made.documents, file, protocol=5)
            made.documents.clear()
            for name in ways:
                if name != "pactwatch" and importlib.util.find_spec(name.split("-")[0]) is None:
                    print(f"  {name} is not installed")
                    continue
                run = run_alone(name, kept)
                cost = f"{run.seconds:8.1f} CPU s  {run.gigabytes:5.2f} GB"
                print(f"  {name:16} {cost}  {told(made, run)}", flush=True)


def adding(texts: Sequence[str], size: int) -> None:
    """Add one document to many."""
    made = make(size + 1, SEED, *apart(texts, 1000))
    *old, new = made.documents
    before = trace(old, [])
    marks = {d.id: fingerprint(d).to_bytes() for d in old}
    pairs = {ids: to_bytes(sharing) for ids, sharing in before.sharings.items()}
    kept = sum(map(len, marks.values())), sum(map(len, pairs.values()))
    print(
        f"kept: {kept[0] / 1e6:.1f} MB of fingerprints, "
        f"{kept[1] / 1e6:.1f} MB of {len(pairs)} pairs"
    )
    start = time.process_time()
    fingerprints = {name: Fingerprint.from_bytes(value) for name, value in marks.items()}
    sharings = {ids: from_bytes(value) for ids, value in pairs.items()}
    loaded = time.process_time() - start
    fingerprints[new.id] = fingerprint(new)
    after: Accounts = trace([*old, new], [], fingerprints=fingerprints, sharings=sharings)
    seconds = time.process_time() - start
    start = time.process_time()
    full = trace([*old, new], [])
    print(
        f"one document added to {size}: {seconds:.2f} CPU s ({loaded:.2f} of it to read what is "
        f"kept); full rebuild {time.process_time() - start:.1f}; same outcome: {after == full}"
    )


def read_texts(place: Path | None) -> list[str]:
    """Plain texts of a folder or an archive; without one, texts of the project's own words."""
    if place is None:
        return _invented()
    if place.suffix == ".zip":
        with zipfile.ZipFile(place) as archive:
            names = sorted(n for n in archive.namelist() if n.endswith(".txt"))
            return [archive.read(name).decode("utf-8", "replace") for name in names]
    return [p.read_text("utf-8", "replace") for p in sorted(place.rglob("*.txt"))]


def _invented(count: int = 2000) -> list[str]:
    """Texts whose words are drawn from the words of the code book and the list of common words."""
    home = Path(__file__).parent.parent / "src" / "pactwatch"
    files = [*sorted((home / "codebook").rglob("*.toml")), home / "lineage" / "common_words.txt"]
    told = (re.findall(r"\b[a-z]{2,}\b", file.read_text("utf-8")) for file in files)
    words = sorted({word for found in told for word in found})
    source = random.Random(SEED)
    weights = [1 / (rank + 5) for rank in range(len(words))]
    source.shuffle(words)
    texts = []
    for _ in range(count):
        drawn = source.choices(words, weights, k=source.randrange(300, 1300))
        cuts = [drawn[i : i + 18] for i in range(0, len(drawn), 18)]
        texts.append(" ".join(" ".join(cut).capitalize() + "." for cut in cuts))
    return texts


def main() -> None:
    """Read the texts, do what is asked, print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("question", choices=("quality", "speed", "adding"))
    parser.add_argument("--texts", type=Path, help="folder or zip of .txt files")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000, 100_000])
    parser.add_argument("--size", type=int, default=10_000)
    parser.add_argument("--ways", nargs="+", choices=tuple(WAYS), default=list(WAYS))
    arguments = parser.parse_args()
    texts = read_texts(arguments.texts)
    if arguments.question == "quality":
        quality(texts)
    elif arguments.question == "speed":
        speed(texts, arguments.sizes, arguments.ways)
    else:
        adding(texts, arguments.size)


if __name__ == "__main__":
    main()
