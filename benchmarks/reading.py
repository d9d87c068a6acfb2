"""How fast documents are read, beside the plain spaCy pipeline over the same text, in one run.

    python benchmarks/reading.py [FOLDER] [--repeat N]

Prints words per CPU second (all threads) of

  plain      `nlp(text)` for each document with every component of the pipeline
  piped      `nlp.pipe(texts)`, likewise
  reading    `pactwatch.language.read`: blocks, gate, parse, quotations, names, dates, quantities,
             places, persons
  findings   reading and `pactwatch.findings.find` together

each on the same documents after one warm-up, in alternation, best of N.
"""

from __future__ import annotations

import argparse
import importlib
import os
import time
from collections.abc import Callable
from pathlib import Path

# Threads of the linear algebra would count as CPU time; said before anything loads it.
os.environ.setdefault("OMP_NUM_THREADS", "1")

from pactwatch.codebook import load_codebook
from pactwatch.documents import read_documents
from pactwatch.findings import find
from pactwatch.language import DEFAULT_PIPELINE, read
from pactwatch.model import Document


def measure(work: Callable[[], object], words: int) -> float:
    """Words per CPU second of one run of `work`."""
    start = time.process_time()
    work()
    return words / (time.process_time() - start)


def main() -> None:
    """Read the documents, run each way, print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", nargs="?", default="examples/northern-triangle", type=Path)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--most", type=int, default=200, help="documents at most")
    arguments = parser.parse_args()
    documents = [d for d in read_documents(arguments.folder) if isinstance(d, Document)]
    documents = documents[: arguments.most]
    texts = [d.text for d in documents]
    words = sum(len(text.split()) for text in texts)
    nlp = importlib.import_module(DEFAULT_PIPELINE).load()
    codebook = load_codebook()
    ways: dict[str, Callable[[], object]] = {
        "plain": lambda: [nlp(text) for text in texts],
        "piped": lambda: list(nlp.pipe(texts)),
        "reading": lambda: [read(d) for d in documents],
        "findings": lambda: [find(read(d), codebook) for d in documents],
    }
    for work in (lambda: nlp(texts[0]), lambda: find(read(documents[0]), codebook)):
        work()
    best = dict.fromkeys(ways, 0.0)
    for _ in range(arguments.repeat):
        for name, work in ways.items():
            best[name] = max(best[name], measure(work, words))
    readings = [read(d) for d in documents]
    parsed = sum(s.doc is not None for r in readings for s in r.sentences)
    sentences = sum(len(r.sentences) for r in readings)
    print(f"{len(documents)} documents, {words} words; {parsed} of {sentences} sentences parsed")
    for name, speed in best.items():
        print(f"{name:10} {speed:8.0f} words per CPU second   {speed / best['plain']:5.2f} × plain")


if __name__ == "__main__":
    main()
