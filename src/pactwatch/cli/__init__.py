"""The command line. Each command parses, asks the library, and prints; `main` is its entry
point."""

from __future__ import annotations

from pactwatch.cli.app import app, main

__all__ = ["app", "main"]
