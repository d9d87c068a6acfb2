"""Whose texts may not be republished: whether all that was named is there.

Comes in: names as people type them, and the documents of a dossier. Goes out: nothing; or an error
that tells the nearest names. A name that fits nothing is never passed over: it would publish the
very texts that it was to keep back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pactwatch.errors import UsageError
from pactwatch.report.words import join_words, one_line, shorten
from pactwatch.store.queries_documents import DocumentHead

__all__ = ["check_names"]

_NEAR, _LIKE = 5, 70  # names told, and how like they are at least, of 100: as in `cli.nearest`
_LISTED = 12  # names that are told whole where none is near


def check_names(names: Sequence[str], documents: Iterable[DocumentHead]) -> None:
    """Check that each name is that of a document or a publisher, or "all".

    Raises:
        UsageError: one is of neither.
    """
    publishers: dict[str, None] = {}
    own: dict[str, None] = {}
    for head in documents:
        own[head.name] = None
        if head.publisher:
            publishers[head.publisher] = None
    known = list(dict.fromkeys((*sorted(publishers), *sorted(own))))
    folded = {name.casefold() for name in known} | {"all"}
    for name in names:
        if name.casefold() not in folded:
            raise UsageError(
                f"--quotes-only {name}", "is no document and no publisher of this dossier",
                _next_step(name, known, list(publishers)),
            )  # fmt: skip


def _next_step(name: str, known: Sequence[str], publishers: Sequence[str]) -> str:
    from rapidfuzz import fuzz, process, utils

    found = process.extract(
        name, known, scorer=fuzz.WRatio, processor=utils.default_process, limit=_NEAR,
        score_cutoff=_LIKE,
    )  # fmt: skip
    near = [word for word, _, _ in found]
    listed = near or sorted(publishers)[:_LISTED] or list(known)[:_LISTED]
    words = join_words([shorten(one_line(word), 80) for word in listed])
    if not words:
        return "The dossier has no documents"
    return f"Near to it: {words}" if near else f"There is: {words}"
