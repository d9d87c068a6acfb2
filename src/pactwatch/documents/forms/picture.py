"""A picture of a page as a document, read by character recognition where that is asked for.

Comes in: a PNG, JPEG, TIFF or the like; a TIFF may hold several pages. Goes out: a `Told` with the
words that tesseract sees, laid out like those of any page, or a problem that tells what to do.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from typing import Any

from pactwatch.documents.forms.optical import DOTS, INSTALL, MOST_PIXELS, recognise_words
from pactwatch.documents.given import Given, Item, Told
from pactwatch.documents.layout import Sheet, lay_out
from pactwatch.errors import DocumentError

__all__ = ["read"]

_MOST_FRAMES = 100
_MEDIA = {"PNG": "image/png", "JPEG": "image/jpeg", "TIFF": "image/tiff", "WEBP": "image/webp",
          "GIF": "image/gif", "BMP": "image/bmp"}  # fmt: skip
_LEAST, _MOST = 100, 1200
"""Dots to the inch that a scanner may have had; what a picture tells beyond is its program's."""


def read(given: Given) -> Iterator[Item]:
    """Read a picture.

    Raises:
        DocumentError: recognition is not asked for or not installed, or there are no words.
    """
    if not given.options.ocr:
        raise DocumentError(given.name, "a picture, whose words are not read", INSTALL)
    data = given.read()
    try:
        from PIL import Image
    except ImportError as error:
        raise DocumentError(given.name, "characters can't be recognised here", INSTALL) from error
    import io

    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            image = Image.open(io.BytesIO(data), formats=list(_MEDIA))
            sheets = [_sheet(given.name, image, at) for at in range(_frames(image))]
        except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
            raise _too_large(given.name) from error
    laid = lay_out(sheets)
    if not laid.text:
        raise DocumentError(given.name, "no words seen in the picture", "Scan it again, upright")
    yield Told(
        text=laid.text,
        media_type=_MEDIA[str(image.format)],
        title=laid.headline,
        place="text",
        sections=laid.sections if len(sheets) > 1 else (),
    )


def _frames(image: Any) -> int:
    """Pages; an animation is one picture."""
    return min(getattr(image, "n_frames", 1), _MOST_FRAMES) if image.format == "TIFF" else 1


def _sheet(name: str, image: Any, at: int) -> Sheet:
    from PIL import ImageOps

    image.seek(at)
    width, height = image.size
    if width * height > MOST_PIXELS:
        raise _too_large(name)
    told = image.info.get("dpi", (DOTS,))[0]
    dots = float(told) if _LEAST <= float(told) <= _MOST else DOTS
    upright = ImageOps.exif_transpose(image).convert("L")
    return recognise_words(name, upright, scale=dots / 72, label=str(at + 1))


def _too_large(name: str) -> DocumentError:
    fault = f"too large (at most {MOST_PIXELS / 1e6:.0f} million pixels)"
    return DocumentError(name, fault, "Make it smaller, or cut it into pages")
