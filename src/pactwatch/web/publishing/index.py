"""The index for search in a site, in pieces that its script loads as it needs them.

Comes in: records and documents. Goes out: words by the sum of their first letters, items in files
of `ITEMS`, and for each quotation the places of its records. An item is [kind, title, words,
address]. Items are records in the order of the ledger, then quotations, then documents in the order
of their list; so the script knows the row of a record or document by the number of its item. Of
texts that may not be republished only the quotations are indexed. The scripts are static/words.js
and static/search.js.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence

import msgspec
from sqlalchemy import Connection

from pactwatch.report.words import shorten
from pactwatch.store.queries import RecordRow
from pactwatch.store.queries_documents import DocumentHead
from pactwatch.store.queries_site import quotations_of
from pactwatch.store.queries_stretches import stretch
from pactwatch.web.links import Links
from pactwatch.web.publishing.folder import Folder
from pactwatch.web.views.pieces import document_title, source

__all__ = ["folded_words", "piece_of", "write_index"]

PIECES = 64
WHOLE = 10**9  # characters: no text is longer
ITEMS = 500  # of one file
PLACES = 10_000  # quotations of one file that leads to records
_LETTERS = re.compile(r"[^\W_]+")

Item = tuple[str, str, str, str]
Withheld = Callable[[str, str | None], bool]


def write_index(
    folder: Folder,
    connection: Connection,
    records: Sequence[RecordRow],
    documents: Sequence[DocumentHead],
    withheld: Withheld,
) -> None:
    """Write the index as `search/…`."""

    def write(name: str, value: object) -> None:
        folder.write(f"search/{name}.json", msgspec.json.encode(value))

    pieces: list[dict[str, list[int]]] = [{} for _ in range(PIECES)]
    items: list[Item] = []
    places: list[tuple[int, ...]] = []
    count = 0
    for item, words, led in _items(connection, records, documents, withheld):
        for word in sorted(set(folded_words(words))):
            pieces[piece_of(word)].setdefault(word, []).append(count)
        items.append(item)
        if item[0] == "quotation":
            places.append(led)
        count += 1
        if len(items) == ITEMS:
            write(f"items-{count // ITEMS - 1}", items)
            items = []
    if items:
        write(f"items-{count // ITEMS}", items)
    for number, piece in enumerate(pieces):
        if piece:
            write(f"words-{number}", piece)
    for at in range(0, len(places), PLACES):
        write(f"places-{at // PLACES}", [p[0] if len(p) == 1 else p for p in places[at:][:PLACES]])
    about = {
        "pieces": [number for number, piece in enumerate(pieces) if piece],
        "size": ITEMS,
        "items": count,
        "places": PLACES,
        "quotations": len(records),
        "documents": len(records) + len(places),
    }
    write("about", about)


def _items(
    connection: Connection,
    records: Sequence[RecordRow],
    documents: Sequence[DocumentHead],
    withheld: Withheld,
) -> Iterator[tuple[Item, str, tuple[int, ...]]]:
    """Yield items with the words that they are found by, and places of records."""
    links = Links(up="", static=True)
    for row in records:
        yield (row.kind, shorten(row.label, 160), "", links.record(row.id)), row.label, ()
    for head in documents:
        name = source(head)
        for found in quotations_of(connection, head.id):
            where = links.quotation(head.id, found.start)
            item = ("quotation", name, shorten(found.text[:1000], 240), where)
            yield item, found.text, found.records
    for head in documents:
        text = head.title or ""
        if not withheld(head.name, head.publisher):
            text += " " + stretch(connection, head.id, 0, WHOLE).text
        item = ("document", shorten(document_title(head), 160), "", links.document(head.id))
        yield item, text, ()


def folded_words(text: str) -> list[str]:
    """Words folded as words.js folds them: letters and digits, without accents and case."""
    plain = unicodedata.normalize("NFKD", text)
    kept = "".join(
        c for c in plain if not unicodedata.combining(c) and unicodedata.category(c)[0] != "M"
    )
    return [word[:40] for word in _LETTERS.findall(kept.lower())]


def piece_of(word: str) -> int:
    """Which piece of the index holds a word; the same sum is in words.js."""
    total = 0
    for sign in word[:3]:
        total = (total * 31 + ord(sign)) % PIECES
    return total
