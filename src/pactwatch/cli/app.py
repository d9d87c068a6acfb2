"""The application: its commands, and the one place where errors become words and exit codes.

Comes in: the arguments of the process. Goes out: an exit code: 0; the error's own; 130 when stopped
by Ctrl-C. Rooms of the library are imported by the commands that need them, so that help is there
at once.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any

import typer
from typer.core import TyperGroup

from pactwatch.cli.asking import search, show, why
from pactwatch.cli.building import build
from pactwatch.cli.checking import audit, evaluate, find
from pactwatch.cli.lineage import lineage
from pactwatch.cli.printing import note
from pactwatch.cli.reading import read
from pactwatch.cli.reporting import report
from pactwatch.cli.reviewing import decide, decisions, queue
from pactwatch.cli.serving import publish, serve
from pactwatch.errors import PactwatchError

__all__ = ["app", "main"]

STOPPED = 130  # 128 + SIGINT, as shells count


class _Commands(TyperGroup):
    """The commands in the order of work, with all errors that are foreseen told in words."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(self.commands)

    def invoke(self, ctx: Any) -> Any:
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except PactwatchError as error:
            first, *more = str(error).split("\n")
            note(("Error: ", "bold red"), first)
            for line in more:
                note(line)
            raise typer.Exit(error.exit_code) from error
        except KeyboardInterrupt as error:
            kept = ctx.invoked_subcommand == "build"
            note(
                "Stopped.",
                " What was read is kept: the same command goes on there." if kept else "",
            )
            raise typer.Exit(STOPPED) from error
        except BrokenPipeError as error:  # the reader has seen enough ("| head")
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(0) from error
        return result


app = typer.Typer(
    cls=_Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Reads reports about deals between governments and keeps a sourced ledger of them.",
    epilog="Begin with: pactwatch build reports/",
)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"pactwatch {version('pactwatch')}")
        raise typer.Exit


@app.callback()
def _root(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Print the version."
    ),
) -> None:
    pass


_EXAMPLES: dict[str, dict[Callable[..., None], str]] = {
    "Make a ledger": {
        build: "pactwatch build reports/ --dossier northern-triangle.db",
        report: "pactwatch report northern-triangle.db -o northern-triangle.html",
    },
    "Ask it": {
        show: "pactwatch show measures --type funding --country GT --since 2019",
        why: "pactwatch why agreement-1 signed",
        lineage: "pactwatch lineage 2019-06-26-prairie-sentinel.md",
        search: "pactwatch search '\"memorandum of cooperation\" border'",
    },
    "Look at it in the browser": {
        serve: "pactwatch serve northern-triangle.db",
        publish: "pactwatch publish northern-triangle.db site/",
    },
    "Rule on it": {
        queue: "pactwatch queue --why contested",
        decide: "pactwatch decide measure-3 reject --reason 'it was a joke'",
        decisions: "pactwatch decisions export rulings.jsonl",
    },
    "Read, compare and check": {
        read: "pactwatch read memorandum.pdf https://news.example/2019/05/31/accord",
        find: "pactwatch find reports/*.txt -o findings.jsonl",
        evaluate: "pactwatch evaluate gold.jsonl --texts reports/",
        audit: "pactwatch audit northern-triangle.db",
    },
}
for _panel, _commands in _EXAMPLES.items():
    for _command, _example in _commands.items():
        app.command(epilog=f"Example: {_example}", rich_help_panel=_panel)(_command)


def main() -> None:
    """Run the command line."""
    app(prog_name="pactwatch")
