"""What each page shows: one module a page, from a `Look` to a frozen value that is the template's
context and the JSON twin at once. No view knows HTML, and none reads more than its page shows."""

from __future__ import annotations
