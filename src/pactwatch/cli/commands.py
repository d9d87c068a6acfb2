"""The commands in the order of work: what the list of them says of each, and where it is.

Comes in: the name of a command. Goes out: the command. The list is told without importing any of
them, since help is to be there at once; a command is imported when it is run.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import Any

import typer
from typer.core import TyperCommand

__all__ = ["COMMANDS", "Listing", "list_command", "load_command"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What the list of commands says of one.

    Attributes:
        panel: The headline under which it stands.
        room: Module of `pactwatch.cli` that holds the function of its name.
        words: The first paragraph of the function's docstring.
        example: Shown under its help.
    """

    panel: str
    room: str
    words: str
    example: str


_MAKE, _ASK, _LOOK = "Make a ledger", "Ask it", "Look at it in the browser"
_RULE, _CHECK = "Rule on it", "Read, compare and check"

COMMANDS: Mapping[str, Listing] = MappingProxyType({
    "build": Listing(
        panel=_MAKE, room="building",
        words="Read reports, find what they say, and settle it into a ledger.",
        example="pactwatch build reports/ --dossier northern-triangle.db",
    ),
    "report": Listing(
        panel=_MAKE, room="reporting",
        words="Write the report page: one HTML file with everything in it, to be read offline.",
        example="pactwatch report northern-triangle.db -o northern-triangle.html",
    ),
    "show": Listing(
        panel=_ASK, room="asking",
        words="List what the dossier holds: one line each, with stage, date and independent "
        "accounts.",
        example="pactwatch show measures --type funding --country GT --since 2019",
    ),
    "why": Listing(
        panel=_ASK, room="asking",
        words="Show why the ledger says so: each value with its quotations, sources and accounts.",
        example="pactwatch why agreement-1 signed",
    ),
    "lineage": Listing(
        panel=_ASK, room="lineage",
        words="Show who copies whom: families of copies, shared passages, what was dropped or "
        "changed.",
        example="pactwatch lineage 2019-06-26-prairie-sentinel.md",
    ),
    "search": Listing(
        panel=_ASK, room="asking",
        words="Search the documents, and see which records stand on the passages.",
        example="pactwatch search '\"memorandum of cooperation\" border'",
    ),
    "serve": Listing(
        panel=_LOOK, room="serving",
        words="Open the desk: look at a dossier in the browser, follow every value to its words, "
        "decide.",
        example="pactwatch serve northern-triangle.db",
    ),
    "publish": Listing(
        panel=_LOOK, room="serving",
        words="Write the desk's pages as a static site, search and filters included, for any web "
        "server.",
        example="pactwatch publish northern-triangle.db site/",
    ),
    "queue": Listing(
        panel=_RULE, room="reviewing",
        words="List what awaits a decision: contested, told by one account alone, or garbled.",
        example="pactwatch queue --why contested",
    ),
    "decide": Listing(
        panel=_RULE, room="reviewing",
        words="Decide on a record, a value, an actor or a document; it lasts, and can be undone.",
        example="pactwatch decide measure-3 reject --reason 'it was a joke'",
    ),
    "decisions": Listing(
        panel=_RULE, room="reviewing",
        words="List what was decided, hand it on as a file, join another's, or undo one decision.",
        example="pactwatch decisions export rulings.jsonl",
    ),
    "read": Listing(
        panel=_CHECK, room="reading",
        words="Show what files and addresses become: text, and what is known of it and from where.",
        example="pactwatch read memorandum.pdf https://news.example/2019/05/31/accord",
    ),
    "find": Listing(
        panel=_CHECK, room="checking",
        words="Read documents and print what they say as JSON Lines, a finding a line; no dossier "
        "is needed.",
        example="pactwatch find reports/*.txt -o findings.jsonl",
    ),
    "evaluate": Listing(
        panel=_CHECK, room="checking",
        words="Score findings against annotated ones: precision, recall and F1 for each kind and "
        "role.",
        example="pactwatch evaluate gold.jsonl --texts reports/",
    ),
    "audit": Listing(
        panel=_CHECK, room="checking",
        words="Prove a dossier: every stored text unchanged, every quotation in its document to "
        "the letter.",
        example="pactwatch audit northern-triangle.db",
    ),
})  # fmt: skip


def list_command(name: str) -> TyperCommand:
    """A command as the list shows it; it can't be run."""
    listing = COMMANDS[name]
    return TyperCommand(name, help=listing.words, rich_help_panel=listing.panel)


def load_command(name: str) -> Any:
    """The command itself, from its module."""
    listing = COMMANDS[name]
    alone = typer.Typer(
        add_completion=False,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    function = getattr(import_module(f"pactwatch.cli.{listing.room}"), name)
    alone.command(
        name, epilog=f"Example: {listing.example}", rich_help_panel=listing.panel
    )(function)  # fmt: skip
    return typer.main.get_command(alone)
