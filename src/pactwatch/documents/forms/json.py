"""A JSON file: one article, or a list of them however wrapped.

Comes in: the file. Goes out: for each article what its keys tell (see `rows`); a list that breaks
off gives what stands before the break. Articles inside wrappings are stored as JSON of their own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from pactwatch.documents.decoding import decode
from pactwatch.documents.forms.members import LeftOut, harmless
from pactwatch.documents.forms.rows import columns_of, item_of, known
from pactwatch.documents.forms.values import is_address, strings
from pactwatch.documents.given import Given, Item, Link
from pactwatch.errors import DocumentError

__all__ = ["MEDIA_TYPE", "NOTHING", "item_of_value", "load", "read"]

MEDIA_TYPE = "application/json"
NOTHING = ("neither text nor address in it", "Look into it; name its columns with --column")
"""Fault and next step of an object of which nothing can be made."""

_WRAPPERS = ("fields", "_source", "article", "attributes", "metadata", "meta", "properties")
_LISTS = ("articles", "items", "documents", "docs", "stories", "news", "results", "records", "rows",
          "hits", "data", "entries", "posts", "response", "@graph", "matches")  # fmt: skip
_DEEPEST = 4
_STEP = "Save it again, or name its columns with --column"
_BLANKS = " \t\r\n"


def _whole_number(digits: str) -> int | str:
    return int(digits) if len(digits) < 20 else digits  # Python refuses 5,000 digits


_DECODER = json.JSONDecoder(strict=False, parse_int=_whole_number)


def load(words: str) -> object:
    """Read JSON, control characters in strings and all.

    Raises:
        ValueError: it is none, or nested too deeply.
    """
    try:
        return _DECODER.decode(words)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def read(given: Given) -> Iterator[Item]:
    """Read a JSON file.

    Raises:
        DocumentError: it is broken, or holds no articles.
    """
    words = decode(given.name, given.read(), declared=given.charset)
    if words.lstrip(_BLANKS)[:1] == "[":
        yield from _array(given, words)
        return
    try:
        value = load(words)
    except ValueError as error:
        raise DocumentError(given.name, f"broken JSON ({_short(error)})", _STEP) from None
    if isinstance(value, dict) and _is_article(given, value):
        item = item_of_value(given, value, part="", original=None)
        if item is None:
            columns_of(given, value)
            raise DocumentError(given.name, *NOTHING)
        yield item
        return
    rows = [(label, row, _bytes(row)) for label, row in _find_rows(given, value, 0)]
    if not rows:
        columns_of(given, value if isinstance(value, dict) else ())
        raise DocumentError(given.name, *NOTHING)
    yield from _items(given, iter(rows))


def _array(given: Given, words: str) -> Iterator[Item]:
    broken: list[DocumentError] = []
    yield from _items(given, _elements(given, words, broken))
    if broken:
        raise broken[0]


def _elements(
    given: Given, words: str, broken: list[DocumentError]
) -> Iterator[tuple[str, object, bytes]]:
    """The elements of an array, each with its bytes; they are never in memory together."""
    at, number = _skip(words, words.index("[") + 1), 0
    while at < len(words) and words[at] != "]":
        number += 1
        try:
            value, end = _DECODER.raw_decode(words, at)
        except (ValueError, RecursionError) as error:
            fault = f"broken JSON from item {number:,} on ({_short(error)})"
            broken.append(DocumentError(given.name, fault, _STEP))
            return
        yield str(number), value, words[at:end].encode("utf-8", "backslashreplace")
        at = _skip(words, end)
        if words[at : at + 1] == ",":
            at = _skip(words, at + 1)
        elif words[at : at + 1] != "]":
            break
    if words[at : at + 1] != "]":
        fault = f"broken JSON after item {number:,}"
        broken.append(DocumentError(given.name, fault, _STEP))


def _skip(words: str, at: int) -> int:
    while at < len(words) and words[at] in _BLANKS:
        at += 1
    return at


def _items(given: Given, rows: Iterator[tuple[str, object, bytes]]) -> Iterator[Item]:
    left, keys, any_made = LeftOut(given), dict[str, None](), False
    for part, value, original in rows:
        item = item_of_value(given, value, part=part, original=original)
        if item is not None:
            any_made = True
            yield item
        else:
            left.add(part, *NOTHING)
            if isinstance(value, dict) and len(keys) < 100:
                keys.update(dict.fromkeys(map(str, value)))
    if not any_made:
        columns_of(given, keys)
    yield from left.problems()


def item_of_value(given: Given, value: object, *, part: str, original: bytes | None) -> Item | None:
    """What one JSON value tells: an object, or a string that is an address."""
    if isinstance(value, str) and is_address(value.strip()):
        return Link(address=value.strip())
    if not isinstance(value, dict):
        return None
    flat = dict(value)
    for key in _WRAPPERS:
        inner = value.get(key)
        if isinstance(inner, dict):
            flat = {**inner, **flat}
    return item_of(given, flat, part=part, original=original, place="json", media_type=MEDIA_TYPE)


def _is_article(given: Given, value: Mapping[str, object]) -> bool:
    if given.options.columns:
        return any(column.partition(".")[0] in value for column in given.options.columns.values())
    told = {key for key, inner in value.items() if strings(inner)}
    inner = {key for name in _WRAPPERS if isinstance(value.get(name), dict) for key in value[name]}  # type: ignore[attr-defined]  # a dict, by the line above
    fields = known(map(str, told | inner))
    return "text" in fields or {"title", "address"} <= fields


def _find_rows(given: Given, value: object, deep: int) -> list[tuple[str, object]]:
    """The first list of articles in a value, best-named wrappings first."""
    if deep > _DEEPEST:
        return []
    if isinstance(value, list):
        numbered = [(str(n), row) for n, row in enumerate(value, start=1)]
        return numbered if any(_is_row(given, row) for row in value[:100]) else []
    if not isinstance(value, dict):
        return []
    names = sorted(value, key=lambda name: (name not in _LISTS, _LISTS.index(name)
                                            if name in _LISTS else 0))  # fmt: skip
    for name in names:
        found = _find_rows(given, value[name], deep + 1)
        if found:
            return found
    if len(value) > 1 and all(_is_row(given, row) for row in value.values()):
        return [(harmless(str(name)), row) for name, row in value.items()]
    return []


def _is_row(given: Given, row: object) -> bool:
    return item_of_value(given, row, part="1", original=b"") is not None


def _bytes(row: object) -> bytes:
    return json.dumps(row, ensure_ascii=False).encode("utf-8", "backslashreplace")


def _short(error: Exception) -> str:
    return "nested too deeply" if isinstance(error, RecursionError) else str(error)[:80]
