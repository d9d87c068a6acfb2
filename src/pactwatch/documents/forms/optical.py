"""Words recognised in a picture, by tesseract if it is installed.

Comes in: a picture. Goes out: a `Sheet` of words with their places, laid out like any page. It is
an extra, and slow; without it there is a problem that tells what to install.
"""

from __future__ import annotations

import os
import shutil
from typing import Any

from pactwatch.documents.decoding import storable
from pactwatch.documents.layout import Sheet, Word
from pactwatch.errors import DocumentError

__all__ = ["DOTS", "INSTALL", "MOST_PIXELS", "recognise_words"]

DOTS = 300
"""Pixels to an inch, for which tesseract is made."""
MOST_PIXELS = 40_000_000
"""Of a picture to be recognised: A2 at `DOTS`."""
INSTALL = "Install the extra pactwatch[ocr] and tesseract, and read it with --ocr"
"""What to do about pictures."""

_SURE = 20  # percent below which what tesseract sees is a stain
_SECONDS = 50  # for one page


def recognise_words(name: str, image: Any, *, scale: float, label: str) -> Sheet:
    """Recognise the words of a picture.

    Args:
        name: Of the document, for messages.
        image: A Pillow image.
        scale: Pixels to a point (1/72 of an inch).

    Raises:
        DocumentError: tesseract or its door is missing, or it fails.
    """
    try:
        import pytesseract
    except ImportError as error:
        raise DocumentError(name, "characters can't be recognised here", INSTALL) from error
    if shutil.which("tesseract") is None:
        raise DocumentError(name, "tesseract is not installed", INSTALL)
    os.environ["OMP_THREAD_LIMIT"] = "1"  # documents are read side by side; threads only wait
    try:
        table = pytesseract.image_to_data(
            image, output_type=pytesseract.Output.DICT, timeout=_SECONDS
        )
    except (pytesseract.TesseractError, RuntimeError) as error:
        fault = f"tesseract failed ({' '.join(str(error).split())[:100]})"
        raise DocumentError(name, fault, "Scan it again, upright and clear") from error
    width, height = image.size
    return Sheet(
        label=label, width=width / scale, height=height / scale, words=_words(table, scale)
    )


def _words(table: dict[str, list[Any]], scale: float) -> list[Word]:
    """Tesseract's table as words. Its lines tell baseline and size, since a word's own box depends
    on its letters."""
    words: list[Word] = []
    line = (0.0, 1.0)
    for at, level in enumerate(table["level"]):
        left, top, width, height = (
            float(table[key][at]) / scale for key in ("left", "top", "width", "height")
        )
        if level == 4:
            line = (top + 0.8 * height, max(height, 1.0))
        text = storable(str(table["text"][at]).strip())
        if level == 5 and text and float(table["conf"][at]) >= _SURE:
            words.append(Word(text, left, left + width, *line))
    return words
