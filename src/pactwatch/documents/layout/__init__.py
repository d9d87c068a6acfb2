"""Words with their places on pages become a text to read: lines, columns, paragraphs, notes.

Comes in: `Sheet` values, the words of pages with their places, from a PDF or from character
recognition. Goes out: one text in reading order, with the pages as sections. Nothing here knows
PDF.
"""

from __future__ import annotations

from pactwatch.documents.layout.flow import Laid, lay_out
from pactwatch.documents.layout.words import Sheet, Word

__all__ = ["Laid", "Sheet", "Word", "lay_out"]
