"""A rich text file as a document.

Comes in: an RTF. Goes out: a `Told` with its paragraphs, tables a line for each row, notes and
boxes after the paragraph that they belong to, and what its info group says. What tracked changes
deleted is left out, and so are hidden words, heads, feet, comments, pictures and the instructions
of fields. It is read here and not by striprtf, which takes deleted and hidden words for text, drops
notes, and puts the instructions of links into sentences.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pactwatch.documents.dates import parse_date
from pactwatch.documents.decoding import storable
from pactwatch.documents.forms.properties import Properties, tidy_author
from pactwatch.documents.forms.rtf_tokens import Token, tokens_of
from pactwatch.documents.forms.writing import Writing, told_of
from pactwatch.documents.given import Given, Item
from pactwatch.documents.limits import MOST_CHARACTERS
from pactwatch.errors import DocumentError

__all__ = ["read"]

_MEDIA = "application/rtf"
_DEEPEST = 2_000
_SKIPPED = frozenset(
    """fonttbl colortbl stylesheet pict object objdata fldinst themedata colorschememapping
    datastore latentstyles listtable listoverridetable rsidtbl revtbl generator xmlnstbl header
    headerl headerr headerf footer footerl footerr footerf annotation atnid atnauthor atndate atnref
    atnparent atrfstart atrfend bkmkstart bkmkend shprslt nonshppict sp sn sv pnseclvl pgptbl
    ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn formfield upr private xe tc txe rxe template docvar
    keywords comment doccomm company operator category manager subject userprops filetbl
    do""".split()  # noqa: SIM905
)
_STARRED = frozenset(["shpinst", "ud", "shptxt", "footnote"])
"""Destinations that are read though they are marked as new."""
_SIGNS = {"~": " ", "-": "", "_": "-", "{": "{", "}": "}", "\\": "\\"}
_WORDS = {
    "tab": "\t", "line": "\n", "emdash": "—", "endash": "–", "emspace": " ", "enspace": " ",
    "qmspace": " ", "bullet": "•", "lquote": "‘", "rquote": "’", "ldblquote": "“",
    "rdblquote": "”", "lbr": "\n", "softline": "\n",
}  # fmt: skip
_ENDS = frozenset(["par", "sect", "page", "column"])
_PAGES = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850", "ansi": "cp1252"}
_CHARSETS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 134: "cp936", 136: "cp950", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251",
    222: "cp874", 238: "cp1250", 254: "cp437",
}  # fmt: skip


def read(given: Given) -> Iterator[Item]:
    """Read a rich text file.

    Raises:
        DocumentError: it holds more text than is read.
    """
    reader = _Reader(given.name)
    for token in tokens_of(given.read()):
        reader.take(token)
    reader.finish()
    info = reader.info
    properties = Properties(
        title=info.get("title"),
        authors=tidy_author(info.get("author")),
        created=reader.date("creatim"),
        modified=reader.date("revtim"),
    )
    yield told_of(reader.writing.text, _MEDIA, given.name, properties, heading=None)


@dataclass(frozen=True, slots=True)
class _State:
    """What holds within a group.

    Attributes:
        goes: Where its text goes: "text", "note", "" (nowhere), or a field of the info group.
        skip: Plain characters that follow each of Unicode for old programs.
    """

    goes: str = "text"
    skip: int = 1
    unseen: bool = False
    deleted: bool = False
    font: int = -1
    listed: bool = False


class _Reader:
    """What has been read so far."""

    def __init__(self, name: str) -> None:
        self.writing = Writing()
        self.info: dict[str, str] = {}
        self._name = name
        self._times: dict[str, dict[str, int]] = {}
        self._state = _State()
        self._stack: list[_State] = []
        self._encoding = "cp1252"
        self._fonts: dict[int, str] = {}
        self._starred = False
        self._bytes = bytearray()  # of text, not yet decoded
        self._skipping = 0
        self._high = ""  # the first half of a character beyond 16 bits
        self._length = 0
        self._run: list[str] = []
        self._note: list[str] = []
        self._notes: list[str] = []
        self._table_notes: list[str] = []
        self._in_table = False
        self._row: list[str] = []
        self._rows: list[list[str]] = []

    def take(self, token: Token) -> None:
        """Read one token."""
        kind = token.kind
        if kind in ("text", "byte"):
            data = token.data
            if self._skipping:
                skipped = min(self._skipping, len(data))
                self._skipping -= skipped
                data = data[skipped:]
            self._bytes += data
            return
        self._decode()
        if kind == "open":
            self._skipping = 0
            if len(self._stack) > _DEEPEST:
                raise DocumentError(self._name, "nested too deeply", "Save it as plain text")
            self._stack.append(self._state)
        elif kind == "close":
            self._skipping = 0
            self._close()
        elif kind == "sign":
            if token.name == "*":
                self._starred = True
            elif self._skipping:
                self._skipping -= 1
            elif token.name in "\r\n":
                self._format("par", None)
            else:
                self._add(_SIGNS.get(token.name, ""))
            return
        else:
            self._control(token.name, token.number)
        self._starred = False

    def finish(self) -> None:
        """End the last paragraph, also of a file that is cut off."""
        self._decode()
        while self._stack:
            self._close()
        self._end_paragraph()
        self._end_table()

    def date(self, key: str) -> str | None:
        """A date of the info group."""
        time = self._times.get(key, {})
        if not time.get("yr"):
            return None
        parts = [f"{time['yr']:04}", f"{time.get('mo', 0):02}", f"{time.get('dy', 0):02}"]
        return parse_date("-".join(parts)) or parse_date(parts[0])

    def _close(self) -> None:
        if not self._stack:
            return
        ended, self._state = self._state, self._stack.pop()
        if ended.goes == "note" and self._state.goes != "note":
            words = " ".join("".join(self._note).split())
            self._notes += [words] if words else []
            self._note = []

    def _control(self, name: str, number: int | None) -> None:
        state = self._state
        if name == "u":
            self._unicode(number or 0)
            self._skipping = state.skip
            return
        self._skipping = 0
        if name in _SKIPPED or (self._starred and name not in _STARRED):
            goes = "fonts" if name == "fonttbl" else ""
            self._state = replace(state, goes=goes)
        elif name == "ud":
            self._state = replace(state, goes=self._stack[-2].goes if len(self._stack) > 1 else "")
        elif name == "info":
            self._state = replace(state, goes="info")
        elif state.goes == "info":
            self._state = replace(state, goes=f"info {name}")
        elif name in ("footnote", "shptxt") and state.goes == "text":
            self._state = replace(state, goes="note")
        elif name in ("listtext", "pntext"):
            self._state = replace(state, listed=True)
        else:
            self._format(name, number)

    def _format(self, name: str, number: int | None) -> None:
        state = self._state
        if name == "uc":
            self._state = replace(state, skip=max(0, min(number or 0, 10)))
        elif name == "v":
            self._state = replace(state, unseen=number != 0)
        elif name == "deleted":
            self._state = replace(state, deleted=number != 0)
        elif name == "plain":
            self._state = replace(state, unseen=False, deleted=False)
        elif name == "f":
            self._state = replace(state, font=number or 0)
        elif name == "fcharset":
            if state.goes == "fonts" and number in _CHARSETS:
                self._fonts[state.font] = _CHARSETS[number]
        elif name == "ansicpg":
            self._encoding = _known(f"cp{number}")
        elif name in _PAGES:
            self._encoding = _PAGES[name]
        elif name in ("yr", "mo", "dy"):
            self._times.setdefault(state.goes.removeprefix("info "), {})[name] = number or 0
        elif name in _WORDS:
            self._add(" " if state.listed and name == "tab" else _WORDS[name])
        elif state.goes == "note" and name in _ENDS:
            self._note.append(" ")
        elif state.goes == "text":
            self._structure(name)

    def _structure(self, name: str) -> None:
        if name == "pard":
            self._in_table = False
        elif name == "intbl":
            self._in_table = True
        elif name in ("cell", "nestcell"):
            self._row.append("".join(self._run))
            self._run = []
        elif name in ("row", "nestrow"):
            self._rows += [self._row] if self._row else []
            self._table_notes += self._notes
            self._row, self._notes = [], []
        elif name in _ENDS and (self._in_table or self._row):
            self._run.append(" ")
        elif name in _ENDS:
            self._end_paragraph()

    def _end_paragraph(self) -> None:
        words = "".join(self._run)
        self._run = []
        if words.strip() or self._notes:
            self._end_table()
        self.writing.paragraph(words)
        for note in self._notes:
            self.writing.paragraph(note)
        self._notes = []

    def _end_table(self) -> None:
        rows, self._rows, self._row = [*self._rows, self._row], [], []
        self.writing.table(row for row in rows if row)
        for note in self._table_notes:
            self.writing.paragraph(note)
        self._table_notes = []

    def _unicode(self, number: int) -> None:
        code = number & 0xFFFF
        character = chr(code)
        if 0xD800 <= code < 0xDC00:
            self._high = character
            return
        if self._high and 0xDC00 <= code < 0xE000:
            pair = (self._high + character).encode("utf-16-le", "surrogatepass")
            character = pair.decode("utf-16-le")
        self._high = ""
        self._add(storable(character))

    def _decode(self) -> None:
        if self._bytes:
            encoding = self._fonts.get(self._state.font, self._encoding)
            self._add(self._bytes.decode(encoding, "replace"))
            self._bytes.clear()

    def _add(self, words: str) -> None:
        state = self._state
        if not words or state.unseen or state.deleted:
            return
        self._length += len(words)
        if self._length > MOST_CHARACTERS:
            raise DocumentError(self._name, "too much text", "Split it into documents")
        if state.goes == "text":
            self._run.append(words)
        elif state.goes == "note":
            self._note.append(words)
        elif state.goes.startswith("info "):
            key = state.goes.removeprefix("info ")
            self.info[key] = self.info.get(key, "") + words


def _known(encoding: str) -> str:
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        return "cp1252"
