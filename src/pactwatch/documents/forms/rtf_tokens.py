"""A rich text file cut into its tokens.

Comes in: the bytes of an RTF. Goes out: tokens in order: braces, control words with their numbers,
bytes of text. It knows the syntax and no meaning but that of binary data, which it skips.

Source: Rich Text Format Specification 1.9.1, "RTF Syntax".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

__all__ = ["Token", "tokens_of"]

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])"
    rb"|([^\\{}\r\n]+)|[\r\n\\]"
)


class Token(NamedTuple):
    """One token. A tuple, since a file has millions.

    Attributes:
        kind: "word" a control word ("\\par"), "sign" a control symbol ("\\~"), "open" and "close"
            braces, "byte" one byte of text written in figures, "text" the bytes of plain text.
    """

    kind: Literal["word", "sign", "open", "close", "byte", "text"]
    name: str = ""
    number: int | None = None
    data: bytes = b""


def tokens_of(data: bytes) -> Iterator[Token]:
    """Cut a file into tokens."""
    at = 0
    while match := _TOKEN.match(data, at):
        at = match.end()
        word, number, figures, sign, brace, text = match.groups()
        if text is not None:
            yield Token("text", data=text)
        elif word is not None:
            name = word.decode("ascii")
            if name == "bin":
                at += max(int(number or 0), 0)
            else:
                yield Token("word", name, int(number) if number else None)
        elif figures is not None:
            yield Token("byte", data=bytes.fromhex(figures.decode("ascii")))
        elif brace is not None:
            yield Token("open" if brace == b"{" else "close")
        elif sign is not None:
            yield Token("sign", sign.decode("latin-1"))
