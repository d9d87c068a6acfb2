"""How much may come out of one source, so that a small file does not become a large disk.

Comes in: the size of a source, and each thing that comes out of it. Goes out: nothing, or an error
once it is too much.
"""

from __future__ import annotations

from pactwatch.documents.given import Item, Link, Part, Told
from pactwatch.documents.limits import MOST_LINKS, MOST_PARTS, MOST_RATIO, SPARE_BYTES
from pactwatch.errors import DocumentError

__all__ = ["Budget"]


class Budget:
    """How much may still come out of one source."""

    def __init__(self, size: int) -> None:
        self.bytes = MOST_RATIO * size + SPARE_BYTES
        self.parts = MOST_PARTS
        self.links = MOST_LINKS

    def take(self, name: str, item: Item) -> None:
        """Count an item.

        Raises:
            DocumentError: too much has come out.
        """
        step = "Unpack it yourself, and name the folder"
        self.parts -= 1
        if isinstance(item, Part):
            self.bytes -= len(item.data)
        elif isinstance(item, Told):
            self.bytes -= len(item.text)
        elif isinstance(item, Link):
            self.links -= 1
        if self.bytes < 0:
            raise DocumentError(name, "unpacks to far more than its size: not read further", step)
        if self.parts < 0:
            raise DocumentError(name, f"holds more than {MOST_PARTS:,} parts", step)
        if self.links < 0:
            fault = f"names more than {MOST_LINKS:,} addresses; the rest was left out"
            raise DocumentError(name, fault, "Name the other addresses in a list of their own")
