"""What one form of document gave: the value that the readers of text, Markdown and pages hand on.

Comes in: nothing. Goes out: `Told`, which `reading` completes from address, name and text and
makes a `Document`.
"""

from __future__ import annotations

from dataclasses import dataclass

from pactwatch.model import Span

__all__ = ["Told"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A text with what its own form says about it; the fields mean what they mean in `Document`.

    Attributes:
        language: As declared, not yet checked against the text.
    """

    text: str
    media_type: str
    title: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    published_from: str | None = None
    address: str | None = None
    language: str | None = None
    note: str | None = None
    furniture: tuple[Span, ...] = ()
