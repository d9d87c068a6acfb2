"""The application: its commands, and the one place where errors become words and exit codes.

Comes in: the arguments of the process. Goes out: an exit code: 0; the error's own; 130 when stopped
by Ctrl-C. Rooms of the library are imported by the commands that need them, so that help is there
at once.
"""

from __future__ import annotations

import os
import sys
from typing import Any

import typer
from typer.core import TyperGroup

from pactwatch.cli.commands import COMMANDS, list_command, load_command
from pactwatch.errors import PactwatchError

__all__ = ["app", "main"]

STOPPED = 130  # 128 + SIGINT, as shells count


class _Commands(TyperGroup):
    """The commands in the order of work, with all errors that are foreseen told in words."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        self.commands = {name: list_command(name) for name in COMMANDS}

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        name, _, rest = super().resolve_command(ctx, args)
        return name, load_command(name) if name else None, rest

    def invoke(self, ctx: Any) -> Any:
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except PactwatchError as error:
            from pactwatch.cli.printing import note

            first, *more = str(error).split("\n")
            note(("Error: ", "bold red"), first)
            for line in more:
                note(line)
            raise typer.Exit(error.exit_code) from error
        except KeyboardInterrupt as error:
            from pactwatch.cli.printing import note

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


def main() -> None:
    """Run the command line."""
    app(prog_name="pactwatch")
