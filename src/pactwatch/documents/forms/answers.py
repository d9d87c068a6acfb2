"""An answer of a web server as web archives keep it: status, type, and body as it was meant.

Comes in: the bytes of the answer. Goes out: an `Answer`, whose body is freed of transfer and
content encodings, within bounds. A body that is not encoded as its headers say is taken as it
stands, since many crawlers store it decoded.
"""

from __future__ import annotations

import http.client
import io
import zlib
from dataclasses import dataclass
from email.message import Message

from pactwatch.documents.limits import MOST_BYTES

__all__ = ["Answer", "answer_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server answered.

    Attributes:
        media_type: Lower case, without parameters; "" if it names none.
        body: At most one byte more than `MOST_BYTES`, by which a larger one shows.
    """

    status: int
    media_type: str
    charset: str | None
    body: bytes

    @classmethod
    def of_type(cls, content_type: str, body: bytes, status: int = 200) -> Answer:
        """An answer with a Content-Type header."""
        head = Message()
        head["Content-Type"] = content_type or "application/octet-stream"
        return cls(
            status=status,
            media_type=head.get_content_type() if content_type else "",
            charset=head.get_content_charset() if content_type else None,
            body=body,
        )


def answer_of(block: bytes) -> Answer | None:
    """Read an answer; None if it is none."""
    stream = io.BytesIO(block)
    words = stream.readline(10_000).split(None, 2)
    if len(words) < 2 or not words[0].startswith(b"HTTP/") or not words[1].isdigit():
        return None
    try:
        headers = http.client.parse_headers(stream)
    except http.client.HTTPException:
        return None
    body = stream.read()
    if "chunked" in (headers.get("Transfer-Encoding") or "").lower():
        body = _joined(body)
    for encoding in reversed((headers.get("Content-Encoding") or "").lower().split(",")):
        body = _decoded(body, encoding.strip())
    return Answer.of_type(headers.get("Content-Type") or "", body, int(words[1][:3]))


def _joined(body: bytes) -> bytes:
    """The chunks of a body put together (RFC 9112, 7.1)."""
    stream = io.BytesIO(body)
    pieces: list[bytes] = []
    while True:
        line = stream.readline(1000).partition(b";")[0].strip()
        try:
            size = int(line, 16)
        except ValueError:
            return b"".join(pieces) if pieces else body  # cut off, or stored without chunks
        if size <= 0:
            return b"".join(pieces)
        pieces.append(stream.read(size))
        stream.readline(1000)


def _decoded(body: bytes, encoding: str) -> bytes:
    from fastwarc.stream_io import BrotliReader, ZstdReader

    if encoding in ("gzip", "x-gzip", "deflate"):
        return _inflated(body, (47,) if encoding != "deflate" else (47, -15))
    reader = {"br": BrotliReader, "zstd": ZstdReader}.get(encoding)
    if reader is None:
        return body
    try:
        return bytes(reader(io.BytesIO(body)).read(MOST_BYTES + 1))
    except (OSError, ValueError):
        return body


def _inflated(body: bytes, windows: tuple[int, ...]) -> bytes:
    """Inflate, by the first of some kinds of stream that fits; the body itself if none does."""
    for window in windows:
        try:
            return zlib.decompressobj(window).decompress(body, MOST_BYTES + 1)
        except zlib.error:
            continue
    return body
