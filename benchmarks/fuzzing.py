"""What mutated files of every form do to the reader: `python benchmarks/fuzzing.py --inputs 10000`.

Comes in: one small whole file of each form (tests/documents/valid_files.py). Each input is one of
them with bytes turned, dropped, doubled, moved or taken from another form, the same for the same
seed. Goes out: how many became documents and problems, how many worker processes died or hung, the
time and the memory. Exits with 1 if anything got through to this process.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from pactwatch.documents import Options, Read, Source, Workers, read_sources
from pactwatch.model import Problem

VALID = Path(__file__).parent.parent / "tests" / "documents" / "valid_files.py"


def valid_files() -> dict[str, bytes]:
    """The whole files, by name."""
    spec = spec_from_file_location("valid_files", VALID)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{VALID} is missing")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    files: dict[str, bytes] = module.FILES
    return files


def mutate(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Change a file in one to eight places."""
    out = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 3, 5, 8))):
        at = chance.randrange(len(out) + 1)
        length = chance.choice((1, 1, 2, 4, 16, 64, 256))
        piece = out[at : at + length]
        match chance.randrange(8):
            case 0:
                out[at : at + length] = chance.randbytes(len(piece))
            case 1:
                del out[at : at + length]
            case 2:
                out[at:at] = piece * chance.choice((1, 2, 50, 1000))
            case 3:
                out[at:at] = chance.randbytes(length)
            case 4 if out:
                place = min(at, len(out) - 1)
                out[place] ^= 1 << chance.randrange(8)
            case 5:
                begin = chance.randrange(len(other))
                out[at:at] = other[begin : begin + length * 4]
            case 6:
                del out[at:]
            case _:
                out[at : at + length] = chance.choice(
                    (
                        b"\0",
                        b"\xff" * 4,
                        b"-1",
                        b"99999999999",
                        b"\xed\xa0\x80",
                        b"<",
                        b"]]>",
                        b"%s",
                    )
                )
    return bytes(out)


def inputs(number: int, seed: int, folder: Path) -> Iterator[Source]:
    """Write mutated files one by one; each is removed when the next but some is asked for."""
    files = valid_files()
    names = sorted(files)
    chance = random.Random(seed)
    kept: list[Path] = []
    for count in range(number):
        name = names[count % len(names)]
        data = mutate(files[name], files[chance.choice(names)], chance)
        path = folder / f"{count:06d}-{name}"
        path.write_bytes(data)
        kept.append(path)
        if len(kept) > 64:
            kept.pop(0).unlink()
        yield Source(name=path.name, path=path)


def main() -> None:
    """Run it, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=10.0, help="bound for one document")
    given = parser.parse_args()
    counts: Counter[str] = Counter()
    by_form: dict[str, Counter[str]] = {}
    slowest: tuple[float, str] = (0.0, "")
    started = last = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, Workers(2, seconds=given.seconds) as workers:
        sources = inputs(given.inputs, given.seed, Path(folder))
        for source, outcome in read_sources(sources, Options(follow=False), workers=workers):
            form = source.name.partition("-")[2]
            of_form = by_form.setdefault(form, Counter())
            if outcome is None:
                now = time.monotonic()
                slowest = max(slowest, (now - last, source.name))
                last = now
                counts["inputs"] += 1
            elif isinstance(outcome, Read):
                of_form["documents"] += 1
            elif isinstance(outcome, Problem):
                died = "died" in outcome.fault
                hung = "not read within" in outcome.fault
                of_form["died" if died else "hung" if hung else "problems"] += 1
                if died or hung:
                    print(f"{source.name}: {outcome.fault}")
    columns = ("documents", "problems", "died", "hung")
    print(f"{'form':12}" + "".join(f"{column:>11}" for column in columns))
    for form, of_form in sorted(by_form.items()):
        print(f"{form:12}" + "".join(f"{of_form[column]:>11,}" for column in columns))
        counts.update(of_form)
    print(f"{'all':12}" + "".join(f"{counts[column]:>11,}" for column in columns))
    here = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    there = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{counts['inputs']:,} inputs in {time.monotonic() - started:.0f} s; slowest "
          f"{slowest[0]:.1f} s ({slowest[1]})")  # fmt: skip
    print(f"memory at most: {here:.0f} MB in this process, {there:.0f} MB in the largest worker")
    sys.exit(0 if counts["inputs"] == given.inputs else 1)


if __name__ == "__main__":
    main()
