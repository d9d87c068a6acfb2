"""What two wordings of one thing do not share, for marking.

Comes in: wordings that stand side by side. Goes out: each of them in pieces, of which those that
the wording nearest to it does not hold are marked. Pieces, joined, are the wording as one line;
nothing here says which of two is right.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import groupby

from pactwatch.report.marks import Words
from pactwatch.report.words import one_line, shorten

__all__ = ["around_marks", "mark_differences"]

NEAR = 0.5  # share of words in common; below it nearly all would be marked, which says nothing
SHORTEST = 6  # words; of shorter values everybody sees where they differ
_EDGES = "\"'“”‘’«».,;:!?()[]…"


def mark_differences(wordings: Sequence[str]) -> list[tuple[Words, ...]]:
    """Each wording in pieces; words that the wording nearest to it lacks are marked.

    Capitals and marks of quotation count for nothing. A wording with none near it has no marks.
    """
    split = [one_line(wording).split(" ") for wording in wordings]
    bare = [[word.strip(_EDGES).casefold() for word in words] for words in split]
    return [_pieces(split[n], _own(n, bare)) for n in range(len(split))]


def _own(place: int, bare: Sequence[Sequence[str]]) -> set[int]:
    """Places of the words of one wording that the nearest of the others does not share."""
    own = bare[place]
    if len(own) < SHORTEST:
        return set()
    others = [
        SequenceMatcher(None, own, other, autojunk=False)
        for n, other in enumerate(bare)
        if n != place
    ]
    nearest = max(others, key=lambda matcher: matcher.ratio(), default=None)
    if nearest is None or nearest.ratio() < NEAR:
        return set()
    shared = {n for at, _, size in nearest.get_matching_blocks() for n in range(at, at + size)}
    return {n for n in range(len(own)) if n not in shared and own[n]}


def _pieces(words: Sequence[str], marked: set[int]) -> tuple[Words, ...]:
    runs = [
        (is_marked, " ".join(words[n] for n in places))
        for is_marked, group in groupby(range(len(words)), lambda n: n in marked)
        if (places := list(group))
    ]
    pieces = []
    for n, (is_marked, text) in enumerate(runs):
        before = " " if n and not is_marked else ""
        after = " " if n + 1 < len(runs) and not is_marked else ""
        pieces.append(Words(text=f"{before}{text}{after}", marked=is_marked))
    return tuple(pieces)


def around_marks(pieces: Sequence[Words], width: int) -> tuple[Words, ...]:
    """Pieces cut to about `width` characters, so that the words around the marks stay.

    What is left out is marked with an ellipsis; marked words are never cut.
    """
    whole = "".join(piece.text for piece in pieces)
    if len(whole) <= width:
        return tuple(pieces)
    if not any(piece.marked for piece in pieces):
        return (Words(text=shorten(whole, width), marked=False),)
    marked = sum(len(piece.text) for piece in pieces if piece.marked)
    plain = [n for n, piece in enumerate(pieces) if not piece.marked]
    sides = 2 * len(plain) - (0 in plain) - (len(pieces) - 1 in plain)
    room = max(12, (width - marked) // max(1, sides))
    return tuple(
        piece if piece.marked else Words(text=_middle(piece.text, room, n, pieces), marked=False)
        for n, piece in enumerate(pieces)
    )


def _middle(text: str, room: int, place: int, pieces: Sequence[Words]) -> str:
    """The beginning and end of what stands between two marks; of the first piece only its end."""
    first, last = place == 0, place == len(pieces) - 1
    if len(text) <= room * (1 if first or last else 2):
        return text
    head = "" if first else text[:room].rpartition(" ")[0]
    tail = "" if last else text[-room:].partition(" ")[2]
    return f"… {tail}" if first else f"{head} …" if last else f"{head} … {tail}"
