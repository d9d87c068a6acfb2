"""From bytes to text: what the encoding is, and what is no text at all.

Comes in: the bytes of a file or page, and the encoding it names, if any. Goes out: the text to the
letter, only a byte order mark dropped; newlines and blanks stay as they are. What is not text is
refused with the reason and the next step; nothing is guessed about its content.
"""

from __future__ import annotations

import codecs
import re

from pactwatch.documents.limits import MOST_CHARACTERS
from pactwatch.errors import DocumentError

__all__ = ["declared_charset", "decode", "storable"]

_CHARSET = re.compile(
    rb"<meta[^>]{0,200}charset=[\"' ]*([\w-]+)|<\?xml[^>]{0,100}encoding=[\"']([\w-]+)", re.I
)

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\v\b\x1b"))
_WESTERN = "“”‘’–—…•€£°©®«»¿¡§\xa0áàâãäåçéèêëíìîïñóòôõöøúùûüßæÁÀÂÃÄÅÇÉÈÊËÍÌÎÏÑÓÒÔÕÖØÚÙÛÜÆ".encode(
    "cp1252"
)
_SURROGATES = re.compile("[\ud800-\udfff]")
_SAMPLE = 200_000  # bytes that the detector sees: it is slow, and more adds nothing


def decode(name: str, data: bytes, *, declared: str | None = None) -> str:
    """Decode bytes to text, exactly.

    The order of trust: a byte order mark, strict UTF-8, the declared encoding, UTF-8 with a few
    stray bytes of Windows-1252 among it, Windows-1252 for text with few accents, and last what
    charset-normalizer takes it for.

    Args:
        name: The file or address, for the message.
        declared: The encoding that the page or server names.

    Raises:
        DocumentError: the bytes are empty, no text, or in no known encoding.
    """
    if not data:
        raise DocumentError(name, "an empty file", "Fetch or copy it again, or remove it")
    if len(data) > 4 * MOST_CHARACTERS:
        raise _too_long(name)
    text = _decode(name, data, declared)
    if len(text) > MOST_CHARACTERS:
        raise _too_long(name)
    return text


def _too_long(name: str) -> DocumentError:
    most = f"{MOST_CHARACTERS / 1e6:,.0f} million characters"
    return DocumentError(name, f"too much text (more than {most})", "Split it into documents")


def _decode(name: str, data: bytes, declared: str | None) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return storable(data[len(mark) :].decode(encoding, "replace"))
    wide = _wide_encoding(data)
    if wide:
        return storable(data.decode(wide, "replace"))
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if controls > max(2, len(data) // 50):
        raise DocumentError(
            name, "a binary file, not a text", "Convert it to text, or remove it from the folder"
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return storable(_decode_otherwise(name, data, declared))


def declared_charset(data: bytes) -> str | None:
    """The encoding that the head of a page or XML file names."""
    match = _CHARSET.search(data[:4000])
    return (match[1] or match[2]).decode("ascii") if match else None


def storable(text: str) -> str:
    """Replace lone surrogates, which no file or database holds; all else and all offsets stay."""
    return _SURROGATES.sub("\ufffd", text)


def _wide_encoding(data: bytes) -> str | None:
    """UTF-16 without a mark shows as text in which nearly every second byte is null."""
    sample = data[:4000]
    if len(sample) < 8:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > 0.7 * half and even < 0.1 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.7 * half and odd < 0.1 * half else None


def _decode_otherwise(name: str, data: bytes, declared: str | None) -> str:
    if declared and declared.lower().replace("_", "-") not in ("utf-8", "utf8"):
        try:
            return data.decode(declared)
        except (LookupError, UnicodeDecodeError):
            pass  # a page may name an encoding wrongly: what follows looks at the bytes themselves
    lenient = data.decode("utf-8", "surrogateescape")
    stray = len(_SURROGATES.findall(lenient))
    good = sum(1 for c in lenient if c > "\x7f") - stray
    if good >= stray:
        return _SURROGATES.sub(_stray_byte, lenient)
    if _is_western(data):
        return _SURROGATES.sub(_stray_byte, data.decode("ascii", "surrogateescape"))
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    if best is None:
        raise DocumentError(name, "text in an unknown encoding", "Save it as UTF-8")
    return data.decode(best.encoding, "replace")


def _is_western(data: bytes) -> bool:
    """Tell whether bytes make sense as Windows-1252: few beyond ASCII, and those the usual ones."""
    beyond = data.translate(None, bytes(range(128)))
    unusual = beyond.translate(None, _WESTERN)
    return len(beyond) <= len(data) // 5 and len(unusual) <= len(beyond) // 8


def _stray_byte(match: re.Match[str]) -> str:
    byte = bytes([ord(match[0]) - 0xDC00])
    return byte.decode("cp1252", "replace")
