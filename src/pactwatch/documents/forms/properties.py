"""What office programs write into the properties of a file, and what of it means something.

Comes in: a title and an author as stored, and the file's name. Goes out: the same tidied, or
nothing where a program filled them in itself ("Microsoft Word - final2.doc", "Administrator").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from pactwatch.documents.decoding import storable

__all__ = ["Properties", "tidy_author", "tidy_title"]

_LONGEST = 300  # characters of a title
_FROM_PROGRAM = re.compile(
    r"^(?:microsoft (?:office )?(?:word|powerpoint|excel|publisher) ?[-–] ?)", re.I
)
_FILE = re.compile(
    r"\.(?:docx?|odt|rtf|pdf|indd|qxp|qxd|pptx?|xlsx?|pub|wpd|tex|dvi|ps|pages|txt|html?|p65|cdr|ai)\s*$",
    re.IGNORECASE,
)
_EMPTY = re.compile(
    r"(?:untitled(?: document| \d+)?|no title|title|document\s?\d*|doc\d*|slide \d+|layout \d+"
    r"|print|page \d+|powerpoint presentation|presentation\d*|(?:word|blank) document|template"
    r"|draft|test|new|scan(?:ned)?(?: document| image)?|image\d*|microsoft word|none|null|unknown"
    r"|about:blank|full page|[\W\d_]+|\S*[_\\/]\S*|https?://\S+|<.*>)",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"(?:admin(?:istrator)?|user|owner|author|default|guest|unknown|none|null|n/?a|pc|computer|staff|editor"
    r"|microsoft.*|hewlett.*|hp|dell|lenovo|acer|adobe.*|apple|windows.*|openoffice.*|libreoffice.*"
    r"|anonymous|anon|scanner|xerox.*|canon.*|ricoh.*|konica.*|python-docx|reportlab.*|\(?anonymous\)?|\W*)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Properties:
    """What a file's properties say; dates in ISO 8601."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    created: str | None = None
    modified: str | None = None
    language: str | None = None


def tidy_title(title: str | None, name: str) -> str | None:
    """The title, or None where it is only a file's name or a program's words.

    Args:
        name: Of the file itself.
    """
    words = storable(" ".join((title or "").split()))
    words = _FROM_PROGRAM.sub("", words)
    stem = PurePosixPath(name.rpartition("/")[2]).stem.casefold()
    if not words or len(words) > _LONGEST or _FILE.search(words) or _EMPTY.fullmatch(words):
        return None
    if words.casefold() == stem or (" " not in words and not words.isalpha()):
        return None
    return words


def tidy_author(author: str | None) -> tuple[str, ...]:
    """The authors; none where the name is a program's or a user's of a computer ("jdoe2")."""
    names = [storable(" ".join(one.split())) for one in re.split(r"[;\n]| and ", author or "")]
    return tuple(
        name
        for name in names
        if name
        and not _NOBODY.fullmatch(name)
        and " " in name
        and name[0].isupper()
        and len(name) < 100
    )
