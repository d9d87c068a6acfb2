"""Markdown with front matter: what stands between the two fences, and the body after them.

Comes in: the text of a Markdown file. Goes out: the values of the front matter by lower-case key,
and the body to the letter. The body is not rendered: its marks are part of the text, so that
offsets count in what the author wrote.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

__all__ = ["all_of", "first_of", "split_front_matter"]

_FENCED = re.compile(
    r"\s*---[ \t]*\r?\n"
    r"(?P<inside>.{0,50000}?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|$)",
    re.S | re.M,
)
_PAIR = re.compile(r"^(\w[\w -]*):[ \t]+(\S.*)$", re.MULTILINE)


def split_front_matter(text: str) -> tuple[Mapping[str, object], str]:
    """Split a text into its front matter and its body, which is all of it where there is none.

    Values are strings, lists and mappings of strings. Where the YAML is not well formed (a title
    with a colon is often not) each line "key: value" is read by itself.
    """
    fenced = _FENCED.match(text)
    if not fenced:
        return {}, text
    import yaml

    try:
        values = yaml.load(fenced["inside"], Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError):
        values = {key: value.strip().strip("\"'") for key, value in _PAIR.findall(fenced["inside"])}
    if not isinstance(values, dict) or not values:
        return {}, text
    return {str(key).lower(): value for key, value in values.items()}, text[fenced.end() :]


def first_of(values: Mapping[str, object], *keys: str) -> str | None:
    """The first of some keys that has a value, as one line of words."""
    return next(iter(all_of(values, *keys)), None)


def all_of(values: Mapping[str, object], *keys: str) -> tuple[str, ...]:
    """All values of the first of some keys that has any; of mappings their "name"."""
    for key in keys:
        value = values.get(key)
        items = value if isinstance(value, list) else [value]
        named = [item.get("name") if isinstance(item, dict) else item for item in items]
        words = [" ".join(item.split()) for item in named if isinstance(item, str) and item.strip()]
        if words:
            return tuple(words)
    return ()
