"""The words of a PDF's page with their places.

Comes in: a page as PDFium opens it. Goes out: a `Sheet`, turned so that most of its words stand
upright, and what keeps a page from being read: it is a picture, or its letters have no meaning.
PDFium tells characters; places are asked of the first and last of each word only, which is what
makes this fast.
"""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from sys import intern
from typing import Any, Literal, NamedTuple

import pypdfium2.raw as pdfium

from pactwatch.documents.decoding import storable
from pactwatch.documents.layout import Sheet, Word
from pactwatch.documents.layout.hyphens import CUT

__all__ = ["MOST_PAGE_CHARACTERS", "PageWords", "read_page"]

MOST_PAGE_CHARACTERS = 200_000
"""Characters of one page; a newspaper's has 50,000."""

_TOKEN = re.compile(rf"[^\s{CUT}\x02]+[{CUT}\x02]?|[{CUT}\x02]")
_UNPRINTED = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\uffff]")
_COMPOSED = re.compile("[\ufb00-\ufb06\u0300-\u036f]")
_MEANINGLESS = re.compile("[\ue000-\uf8ff\ufffd\x00-\x08\x0e-\x1f]")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_HEAVY = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_PICTURE = 0.4  # of the page's area that pictures cover, for it to be a scan
_SPARSE = 80  # characters that are stamped on a scan rather than read from it

Direction = Literal["right", "up", "left", "down"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageWords:
    """A page as read.

    Attributes:
        fault: "scan", if the page is a picture; "letters", if what its letters mean is not told;
            "long", if it holds more characters than are read; None if all is well.
    """

    sheet: Sheet
    fault: Literal["scan", "letters", "long"] | None


class _Box(NamedTuple):
    """A word with its place in the page's own frame, in which y grows upward. A tuple for speed."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    x: float
    y: float
    direction: Direction
    size: float
    bold: bool
    raised: bool


def read_page(page: Any, label: str) -> PageWords:
    """Read the words of a page."""
    text_page = page.get_textpage()
    try:
        count = min(pdfium.FPDFText_CountChars(text_page), MOST_PAGE_CHARACTERS)
        long = pdfium.FPDFText_CountChars(text_page) > count
        text = _characters(text_page, max(count, 0))
        boxes = list(_boxes(text_page, text))
    finally:
        text_page.close()
    width, height = page.get_size()
    sheet = _upright(boxes, label, page.get_bbox())
    fault: Literal["scan", "letters", "long"] | None = "long" if long else None
    letters = len("".join(text.split()))
    if letters < _SPARSE and _covered(page) > _PICTURE * width * height:
        fault = "scan"
    elif letters and len(_MEANINGLESS.findall(text)) > 0.3 * letters:
        fault = "letters"
    return PageWords(sheet=sheet, fault=fault)


def _characters(text_page: Any, count: int) -> str:
    """The characters, one for each of PDFium's."""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = pdfium.FPDFText_GetText(text_page, 0, count, buffer)
    if written == count + 1:
        text = bytes(buffer)[: 2 * count].decode("utf-16-le", "surrogatepass")
        if len(text) == count:
            return storable(text)
    codes = (pdfium.FPDFText_GetUnicode(text_page, at) for at in range(count))
    return storable("".join(chr(code) if code < 0x110000 else "\ufffd" for code in codes))


def _boxes(text_page: Any, text: str) -> Iterator[_Box]:
    """Words with their places. The first and the last word of a line are asked for their weight,
    which tells headings, and those that run into text."""
    place = _Places(text_page)
    start = 0
    for line in text.splitlines(keepends=True) if "\x0b" not in text else [text]:
        spans = [(start + match.start(), start + match.end()) for match in _TOKEN.finditer(line)]
        start += len(line)
        if not spans:
            continue
        bold = place.is_bold(spans[0][0])
        for first, end in spans:
            yield from _word(place, text, first, end, bold)
            bold = bold and (first > spans[0][0] or place.is_bold(spans[-1][0]))


def _word(place: _Places, text: str, first: int, end: int, bold: bool) -> Iterator[_Box]:
    """A word; two, if a raised number begins or ends it, which marks a note."""
    cut = end
    if text[first].isdigit() and text[end - 1].isalpha():
        begins = first
        height = 0.8 * place.height(end - 1)
        while text[begins].isdigit() and place.height(begins) < height:
            begins += 1
        if first < begins <= first + 3:
            box = _box(place, text[first:begins].translate(_RAISED), first, begins, bold)
            if box is not None:
                yield box._replace(raised=True)
            first = begins
    if text[end - 1].isdigit() and end - first > 1:
        height = 0.8 * place.height(first)
        while cut > first + 1 and text[cut - 1].isdigit() and place.height(cut - 1) < height:
            cut -= 1
        long = end - cut > 3  # no mark of a note
        if long or (cut < end and place.origin(cut)[1] - place.origin(first)[1] < 0.1 * height):
            cut = end
    box = _box(place, text[first:cut], first, cut, bold)
    if box is not None:
        yield box
    if cut < end:
        box = _box(place, text[cut:end].translate(_RAISED), cut, end, bold)
        if box is not None:
            yield box._replace(raised=True)


def _box(place: _Places, words: str, first: int, end: int, bold: bool) -> _Box | None:
    one = place.box(first)
    if one is None:
        return None
    other = (place.box(end - 1) or one) if end - first > 1 else one
    if not (words.isascii() and words.isprintable()):
        words = _tidy(words)
        if not words:
            return None
    x, y = place.origin(first)
    left, bottom, right, top = one
    across, along = other[0] - left, other[1] - bottom
    size = top - bottom
    direction: Direction = "right"
    if across < 0 and not _reads_left(words):
        direction = "left"
    if abs(along) > abs(across):
        direction = "up" if along > 0 else "down"
        size = right - left
    return _Box(
        words,
        left if left < other[0] else other[0],
        right if right > other[2] else other[2],
        bottom if bottom < other[1] else other[1],
        top if top > other[3] else other[3],
        x,
        y,
        direction,
        size,
        bold,
        False,
    )


def _tidy(words: str) -> str:
    """Ligatures as letters, accents on theirs, nothing that is not printed."""
    if words[-1] == "\x02":
        words = words[:-1] + CUT
    words = _UNPRINTED.sub("", words)
    if "\xad" in words[:-1]:  # it shows at a line's end only
        words = words[:-1].replace("\xad", "") + words[-1]
    if _COMPOSED.search(words):
        words = unicodedata.normalize("NFC", "".join(map(_plain, words)))
    return words


def _plain(character: str) -> str:
    if "\ufb00" <= character <= "\ufb06":  # ligatures of Latin letters
        return unicodedata.normalize("NFKC", character)
    return character


def _reads_left(words: str) -> bool:
    return any("\u0590" <= character <= "\u08ff" for character in words)


class _Places:
    """Where the characters of a page stand."""

    def __init__(self, text_page: Any) -> None:
        self._page = text_page
        self._rect = pdfium.FS_RECTF()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._refs = [ctypes.byref(value) for value in (self._rect, self._x, self._y)]
        self._name = ctypes.create_string_buffer(128)
        self._flags = ctypes.c_int()

    def box(self, at: int) -> tuple[float, float, float, float] | None:
        """Left, bottom, right, top of a character's cell, which is as high as its type."""
        if not pdfium.FPDFText_GetLooseCharBox(self._page, at, self._refs[0]):
            return None
        rect = self._rect
        return rect.left, rect.bottom, rect.right, rect.top

    def height(self, at: int) -> float:
        """Height of a character's type."""
        box = self.box(at)
        return box[3] - box[1] if box else 0.0

    def origin(self, at: int) -> tuple[float, float]:
        """The point of the baseline at which a character begins."""
        pdfium.FPDFText_GetCharOrigin(self._page, at, self._refs[1], self._refs[2])
        return self._x.value, self._y.value

    def is_bold(self, at: int) -> bool:
        """Whether the type is heavy, by its font's name."""
        length = pdfium.FPDFText_GetFontInfo(
            self._page, at, self._name, 128, ctypes.byref(self._flags)
        )
        return length > 0 and bool(_HEAVY.search(self._name.value.decode("utf-8", "replace")))


def _upright(boxes: list[_Box], label: str, frame: tuple[float, float, float, float]) -> Sheet:
    """Turn a page so that most of its words stand upright, and y grows downward."""
    counts: Counter[Direction] = Counter()
    for box in boxes:
        if len(box.text) > 1:
            counts[box.direction] += len(box.text)
    main: Direction = max(counts, key=lambda key: counts[key]) if counts else "right"
    left, bottom, right, top = frame
    upright = main in ("right", "left")
    words: list[Word] = []
    turned: list[str] = []
    if main == "right":  # nearly always
        plain = [box for box in boxes if box.direction == "right" or len(box.text) == 1]
        turned = [box.text for box in boxes if box.direction != "right" and len(box.text) > 1]
        same: dict[float, float] = {}  # words of a line share their numbers, and pages their words
        share = same.setdefault
        words = [
            Word(intern(box.text), box.left - left, box.right - left,
                 share(y := top - box.y, y), share(size := box.size or 0.5, size),
                 box.bold, box.raised)
            for box in plain
        ]  # fmt: skip
        boxes = []
    for box in boxes:
        if box.direction != main and len(box.text) > 1:
            turned.append(box.text)
            continue
        if main == "left":
            x0, x1, y = right - box.right, right - box.left, box.y - bottom
        elif main == "up":
            x0, x1, y = box.bottom - bottom, box.top - bottom, box.x - left
        else:
            x0, x1, y = top - box.top, top - box.bottom, right - box.x
        size = box.size if upright or len(box.text) > 1 else box.right - box.left
        words.append(Word(box.text, x0, x1, y, max(size, 0.5), box.bold, box.raised))
    return Sheet(
        label=label,
        width=right - left if upright else top - bottom,
        height=max(top - bottom if upright else right - left, 1.0),
        words=words,
        turned=" ".join(turned).replace(CUT, "-"),
    )


def _covered(page: Any) -> float:
    """The area that pictures cover; those inside others count twice, which does no harm here."""
    area = 0.0
    for found in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = found.get_bounds()
        area += max(right - left, 0) * max(top - bottom, 0)
    return area
