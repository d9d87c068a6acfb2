"""An e-mail: the words of its sender, and what is attached to it.

Comes in: the message. Goes out: a `Told` of its body, with the older messages that it quotes and
its signature marked as furniture; a `Part` for each attachment and each message inside it. Only the
name of the sender is kept, never an address of a person. Nothing that the mail refers to is
fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import policy
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser
from email.utils import parseaddr, parsedate_to_datetime
from urllib.parse import urlsplit

from pactwatch.documents.decoding import decode, storable
from pactwatch.documents.forms.members import LeftOut, Names, harmless
from pactwatch.documents.forms.quoted import quoted_spans
from pactwatch.documents.furniture import find_furniture, merge_spans
from pactwatch.documents.given import Given, Hints, Item, Part, Told
from pactwatch.documents.visible import parse_page, visible_blocks
from pactwatch.errors import DocumentError
from pactwatch.model import Span

__all__ = ["header", "page_text", "parse_message", "payload", "read"]

_MOST_PARTS = 1_000
_DEEPEST = 20
_ENDINGS = {"text/html": ".html", "text/plain": ".txt", "application/pdf": ".pdf",
            "message/rfc822": ".eml", "text/calendar": ".ics"}  # fmt: skip
_RAW = re.compile("[\udc80-\udcff]")
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
_NO_REPORT = ("image/", "audio/", "video/", "font/", "application/pgp-signature",
              "application/pkcs7-signature", "application/x-pkcs7-signature", "text/x-vcard",
              "text/vcard", "application/ms-tnef", "multipart/", "text/calendar")  # fmt: skip
_PICTURES = ("image/png", "image/jpeg", "image/tiff")  # scans, where attached and not shown inside
_MAILERS = re.compile(r"^(?:www|mail|lists?|news|newsletters?|e?mail\d*|smtp|mx\d*)\.", re.I)
_FREE = frozenset(
    ("gmail.com", "googlemail.com", "yahoo.com", "hotmail.com", "outlook.com", "live.com", "gmx.de",
     "aol.com", "icloud.com", "gmx.net", "proton.me", "protonmail.com", "mail.ru", "qq.com")
)  # fmt: skip


def parse_message(name: str, data: bytes) -> Message:
    """Parse a message, however broken.

    Raises:
        DocumentError: its parts are nested without end.
    """
    try:
        return BytesParser(policy=policy.compat32).parsebytes(data)
    except RecursionError:
        raise DocumentError(name, "nested too deeply", "Save its parts as files") from None


def read(given: Given) -> Iterator[Item]:
    """Read a message.

    Raises:
        DocumentError: it is empty, or nested without end.
    """
    message = parse_message(given.name, given.read())
    hints = _hints(message)
    left, names = LeftOut(given), Names()
    bodies: list[tuple[str, Message]] = []
    attached: list[Message] = []
    for part in _walk(given.name, message, 0, [_MOST_PARTS]):
        kind = part.get_content_type()
        if kind in ("text/plain", "text/html") and not _is_attached(part):
            bodies.append((kind, part))
        elif not kind.startswith(_NO_REPORT) or (kind in _PICTURES and _is_attached(part)):
            attached.append(part)
    told = _body(given, bodies, hints)
    if told is not None:
        yield told
    for number, part in enumerate(attached, start=1):
        name = names.give(_attachment_name(part, number))
        data = payload(part)
        if not data.strip():
            left.add(name, "an empty attachment", "Fetch the mail again")
            continue
        inner = part.get_content_type()
        inherited = Hints(place="mail header", publisher=hints.publisher, published=hints.published)
        yield Part(
            name=name,
            data=data,
            media_type="" if inner == "application/octet-stream" else inner,
            charset=part.get_content_charset(),
            hints=Hints() if inner == "message/rfc822" else inherited,
        )
    yield from left.problems()
    if told is None and not attached:
        raise DocumentError(given.name, "a mail without words", "Remove it from the folder")


def payload(part: Message) -> bytes:
    """The bytes of a part, its transfer encoding undone; of a message inside, the message."""
    inner = part.get_payload()
    if isinstance(inner, list):
        if not inner or not isinstance(inner[0], Message):
            return b""
        try:
            return inner[0].as_bytes()
        except (ValueError, LookupError, TypeError, AttributeError):
            return b""  # too broken to be written again; told as an empty attachment
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def header(message: Message, name: str) -> str | None:
    """A header in words, on one line; None if it is missing or empty."""
    found = (value for key, value in message.raw_items() if key.lower() == name.lower())
    raw = next(found, None)
    if raw is None:
        return None
    try:
        words = str(make_header(decode_header(raw)))
    except (HeaderParseError, LookupError, ValueError, UnicodeError):
        words = str(raw)
    if _RAW.search(words):  # bytes that no encoding is told of
        try:
            words = decode("", words.encode("utf-8", "surrogateescape"))
        except (DocumentError, UnicodeEncodeError):
            words = storable(words)
    line = " ".join(storable(words).replace("\x00", "").split())
    return line or None


def page_text(name: str, markup: str) -> str:
    """The visible text of a piece of HTML.

    Raises:
        DocumentError: there is nothing in it.
    """
    return storable(visible_blocks(parse_page(name, markup))[0])


def _walk(name: str, part: Message, depth: int, room: list[int]) -> Iterator[Message]:
    """The leaves of a message, with messages inside it whole."""
    room[0] -= 1
    if room[0] < 0:
        raise DocumentError(name, f"holds more than {_MOST_PARTS:,} parts", "Save its attachments")
    if depth > _DEEPEST:
        raise DocumentError(name, "nested too deeply", "Save its parts as files")
    inner = part.get_payload()
    if part.is_multipart() and isinstance(inner, list) and (
        part.get_content_maintype() == "multipart"
    ):  # fmt: skip
        for child in inner:
            if isinstance(child, Message):
                yield from _walk(name, child, depth + 1, room)
    else:
        yield part


def _is_attached(part: Message) -> bool:
    return part.get_content_disposition() == "attachment" or bool(part.get_filename())


def _attachment_name(part: Message, number: int) -> str:
    try:
        name = part.get_filename()
    except (LookupError, ValueError, TypeError):
        name = None
    if name:
        try:
            name = str(make_header(decode_header(name)))  # many mailers encode it against RFC 2231
        except (HeaderParseError, LookupError, ValueError, UnicodeError):
            name = storable(name)
        return harmless(name)
    subject = part.get_content_type()
    return f"part {number}{_ENDINGS.get(subject, '')}"


def _body(given: Given, bodies: list[tuple[str, Message]], hints: Hints) -> Told | None:
    """The text of a message: its plain parts, else its pages."""
    for wanted in ("text/plain", "text/html"):
        texts = []
        for kind, part in bodies:
            data = payload(part)
            if kind != wanted or not data.strip():
                continue
            words = decode(given.name, data, declared=part.get_content_charset())
            texts.append(_unflowed(part, words) if kind == "text/plain" else
                         page_text(given.name, words))  # fmt: skip
        text = "\n\n".join(words for words in texts if words.strip())
        if text.strip():
            return _told(text, wanted, hints)
    return None


def _told(text: str, kind: str, hints: Hints) -> Told:
    spans: list[Span] = [*find_furniture(text), *quoted_spans(text)]
    return Told(
        text=text,
        media_type="message/rfc822",
        title=hints.title,
        publisher=hints.publisher,
        authors=hints.authors,
        published=hints.published,
        address=hints.address,
        language=hints.language,
        place="mail header",
        furniture=merge_spans(text, spans),
    )


def _unflowed(part: Message, words: str) -> str:
    """Join the lines that a mailer broke softly (RFC 3676, format=flowed)."""
    if str(part.get_param("format", "")).lower() != "flowed":
        return words
    lines = [line.removeprefix(" ") if line.startswith((" >", " From", "  ")) else line
             for line in words.splitlines()]  # fmt: skip
    joined: list[str] = []
    for line in lines:
        last = joined[-1] if joined else ""
        soft = last.endswith(" ") and last != "-- " and not last.startswith(">")
        if soft and not line.startswith(">") and line != "-- ":
            joined[-1] = last + line
        else:
            joined.append(line)
    return "\n".join(joined) + "\n"


def _hints(message: Message) -> Hints:
    sender = header(message, "From") or ""
    name, mailbox = parseaddr(sender)
    listed = header(message, "List-Id")
    return Hints(
        place="mail header",
        title=_subject(header(message, "Subject")),
        publisher=_list_name(listed) if listed else _site(mailbox),
        authors=(_person(name),) if _person(name) else (),
        published=_date(header(message, "Date")),
        address=_address(message),
        language=header(message, "Content-Language"),
    )


def _subject(subject: str | None) -> str | None:
    return re.sub(r"^(?:(?:re|fwd?|aw|wg|tr|rv)(?:\[\d+\])?:\s*)+", "", subject, flags=re.I) or (
        subject
    ) if subject else None  # fmt: skip


def _person(name: str) -> str:
    """The name of a sender; none for a bare address."""
    words = re.sub(r"\s+via\s+.*$", "", name.strip("'\" ")).strip()
    return "" if "@" in words or len(words) > 100 else words


def _list_name(listed: str) -> str:
    """The words of a List-Id, else its identifier."""
    words, _, identifier = listed.partition("<")
    return words.strip('" ') or identifier.strip("> ")


def _site(mailbox: str) -> str | None:
    domain = mailbox.rpartition("@")[2].lower().strip(".> ")
    if "." not in domain or domain in _FREE or not re.fullmatch(r"[\w.-]+", domain):
        return None
    return _MAILERS.sub("", domain)


def _date(words: str | None) -> str | None:
    """The day of a date header, as its sender's clock showed it."""
    if not words:
        return None
    try:
        return parsedate_to_datetime(words).date().isoformat()
    except (ValueError, IndexError, TypeError, OverflowError):
        return None


def _address(message: Message) -> str | None:
    """Where an archive shows the message (RFC 5064); a list's own address is not its."""
    for name in ("Archived-At", "X-Archived-At", "Content-Location"):
        found = _ADDRESS.search(header(message, name) or "")
        if found:
            try:
                if urlsplit(found[0]).hostname:
                    return found[0]
            except ValueError:
                continue
    return None
