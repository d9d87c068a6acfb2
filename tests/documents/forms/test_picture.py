"""Pictures of pages: read where that is asked for and tesseract is there, else told."""

from __future__ import annotations

import io
import shutil
from typing import Any

import pytest
from PIL import Image, ImageDraw, ImageFont

from pactwatch.documents.forming import read_form
from pactwatch.documents.forms import optical, picture
from pactwatch.documents.given import Given, Item, Options, Told
from pactwatch.model import Problem

LINES = (
    "Guatemala and Honduras signed a memorandum of coop-",
    "eration on Monday. It provides for the training of",
    "customs officers, and was drafted by a well-known",
    "lawyer of the capital.",
)
TEXT = (
    "Guatemala and Honduras signed a memorandum of cooperation on Monday. It provides for the "
    "training of customs officers, and was drafted by a well-known lawyer of the capital."
)
needs_tesseract = pytest.mark.skipif(
    shutil.which("tesseract") is None, reason="tesseract is not installed"
)


def draw(lines: tuple[str, ...]) -> Image.Image:
    image = Image.new("L", (1300, 900), 255)
    for n, line in enumerate(lines):
        ImageDraw.Draw(image).text((100, 100 + 60 * n), line, 0, ImageFont.load_default(40))
    return image


def saved(image: Image.Image, form: str, **options: Any) -> bytes:
    file = io.BytesIO()
    image.save(file, form, **options)
    return file.getvalue()


def items(data: bytes, *, ocr: bool = True) -> list[Item]:
    return read_form("picture", Given(name="scan.png", data=data, options=Options(ocr=ocr)))


def test_a_picture_is_a_problem_that_tells_what_to_do() -> None:
    (item,) = items(saved(draw(LINES), "PNG"), ocr=False)
    assert item == Problem(
        name="scan.png",
        fault="a picture, whose words are not read",
        next_step="Install the extra pactwatch[ocr] and tesseract, and read it with --ocr",
    )


def test_without_tesseract_that_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(optical.shutil, "which", lambda name: None)
    (item,) = items(saved(draw(LINES), "PNG"))
    assert isinstance(item, Problem)
    assert item.fault == "tesseract is not installed"


@needs_tesseract
@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF"])
def test_a_picture_is_read(form: str) -> None:
    (item,) = items(saved(draw(LINES), form, dpi=(200, 200)))
    assert isinstance(item, Told), item
    assert item.text == TEXT
    assert item.media_type == f"image/{form.lower()}"


@needs_tesseract
def test_pages_of_a_picture_are_sections() -> None:
    pages = [draw(LINES), draw(("It was all that they signed on that day.",))]
    data = saved(pages[0], "TIFF", save_all=True, append_images=pages[1:])
    (item,) = items(data)
    assert isinstance(item, Told), item
    at = item.text.index("It was all")
    assert [s.label for s in item.sections if s.start <= at < s.end] == ["2"]


@needs_tesseract
def test_an_empty_picture_is_told() -> None:
    (item,) = items(saved(Image.new("L", (300, 300), 255), "PNG"))
    assert isinstance(item, Problem)
    assert item.fault == "no words seen in the picture"


def test_hostile_pictures_are_problems(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = saved(draw(LINES), "PNG")
    monkeypatch.setattr(picture, "MOST_PIXELS", 1_000_000)
    too_large = saved(Image.new("1", (9_000, 9_000)), "PNG")
    bomb = saved(Image.new("1", (30_000, 30_000)), "PNG")
    for data in (whole[:200], whole[:50], b"\x89PNG" + bytes(500), too_large, bomb):
        (item,) = items(data)
        assert isinstance(item, Problem), item
        assert item.next_step
