"""`pactwatch queue`, `decide` and `decisions`: review on the command line.

Comes in: a dossier, and what a reviewer says. Goes out: lines for people, or JSON Lines. Whatever
is decided can be undone; nothing is asked back.
"""

from __future__ import annotations

import getpass
import sys
from collections import Counter
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pactwatch.cli.options import (
    AsJson,
    DossierOption,
    choose_dossier,
    command_line,
    open_existing,
)
from pactwatch.cli.printing import Part, Screen, note, print_json
from pactwatch.errors import DossierError, UsageError
from pactwatch.report.rulings import action_words
from pactwatch.report.words import count, date_words, field_words, one_line, shorten, value_words

if TYPE_CHECKING:
    from pactwatch.dossier import Decided, Dossier, QueueItem
    from pactwatch.review import Standing
    from pactwatch.reviewing import Ruled

__all__ = ["decide", "decisions", "queue"]


_LISTED = 6  # records on which a decision stands


class Why(StrEnum):
    """Why something awaits a decision."""

    contested = "contested"
    disagreement = "disagreement"
    low_support = "low support"
    uncertain = "uncertain"


class Action(StrEnum):
    """What can be decided."""

    accept = "accept"
    reject = "reject"
    correct = "correct"
    add = "add"
    same = "same"
    different = "different"
    rename = "rename"
    set_aside = "set-aside"


class Doing(StrEnum):
    """What to do with the log."""

    list = "list"
    export = "export"
    bring = "import"
    undo = "undo"


Who = Annotated[
    str | None,
    typer.Option(
        metavar="NAME", envvar="PACTWATCH_WHO", help="Who decides; your login name if left out."
    ),
]
Reason = Annotated[str, typer.Option(metavar="WORDS", help="Why; kept and shown with it.")]


def queue(
    why: Annotated[
        Why | None,
        typer.Option(
            help="Only what waits for this reason. Low support: an agreement, or a measure with "
            "money or people sent, that one account alone tells."
        ),
    ] = None,
    kind: Annotated[
        str | None, typer.Option(metavar="KIND", help="Only records of this kind: measure …")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="At most so many.")] = 10,
    dossier: DossierOption = None,
    as_json: AsJson = False,
) -> None:
    """List what awaits a decision: contested, told by one account alone, or garbled."""
    path = choose_dossier(dossier)
    with open_existing(path) as opened:
        items = opened.queue(limit=limit, why=why.value if why else None, kind=kind)
        waiting = opened.queue_counts()
    if as_json:
        print_json(items)
        return
    screen = Screen()
    told = [f"{n} {reason}" for reason, n in waiting.items()]
    screen.line(("To decide: ", "bold"), ", ".join(told) if told else "nothing")
    for item in items:
        _print_item(screen, item)
    if items:
        first = items[0]
        words = [first.number, "accept"]
        if first.field and first.contexts:
            words += ["--field", first.field, "--claim", one_line(first.contexts[0].value)]
        screen.line()
        screen.line("Next: ", command_line("decide", *words, dossier=dossier), whole=True)


def _print_item(screen: Screen, item: QueueItem) -> None:
    screen.line()
    field = f" · {field_words(item.field)}" if item.field else ""
    screen.line((one_line(item.label), "bold"), (f"   {item.number}{field}", "dim"))
    screen.line((f"{item.why}: ", "red"), one_line(item.explanation), indent=2)
    for context in item.contexts[:4]:
        start, end = (place - context.start for place in context.evidence)
        source = context.publisher or context.document
        day = f", {date_words(context.published)}" if context.published else ""
        value = value_words(context.value, None)
        screen.line((shorten(one_line(value), 60), "bold"), (f"   {source}{day}", "dim"), indent=4)
        screen.line(f"“{shorten(one_line(context.text[start:end]), 300)}”", indent=6)
    left = item.quotations - len(item.contexts[:4])
    if left > 0:
        screen.line((f"… and {count(left, 'quotation')} more", "dim"), indent=4)


def decide(
    about: Annotated[
        str,
        typer.Argument(
            metavar="WHAT",
            help="Id or number of a record or actor (numbers shift with every decision, ids stay), "
            "id of a claim or finding, name of a document.",
        ),
    ],
    action: Annotated[Action, typer.Argument(help="What to decide.")],
    field: Annotated[
        str | None, typer.Option(metavar="FIELD", help="The role, type, stage, form or binding.")
    ] = None,
    claim: Annotated[
        str | None, typer.Option(metavar="WORDS", help="Which value, where a field has several.")
    ] = None,
    words: Annotated[
        str | None,
        typer.Option(metavar="WORDS", help="The right words, to the letter; or START:END."),
    ] = None,
    value: Annotated[
        str | None,
        typer.Option(
            metavar="VALUE",
            help="The right value (USD 750 million, 2019-05-27, GT), or an actor's name.",
        ),
    ] = None,
    other: Annotated[
        list[str] | None,
        typer.Option(
            "--other", metavar="WHAT", help="The second of two that are the same or different."
        ),
    ] = None,
    name: Annotated[
        list[str] | None,
        typer.Option("--name", metavar="NAME", help="Of an actor: only this of its names."),
    ] = None,
    document: Annotated[
        str | None, typer.Option(metavar="NAME", help="Only what this document says.")
    ] = None,
    reason: Reason = "",
    who: Who = None,
    dossier: DossierOption = None,
    as_json: AsJson = False,
) -> None:
    """Decide on a record, a value, an actor or a document; it lasts, and can be undone."""
    from pactwatch.dossier import Request

    request = Request(
        action=action.value.replace("-", " "),
        about=about,
        other=(other[0] if len(other) == 1 else tuple(other)) if other else None,
        field=field,
        claim=claim,
        words=_place(words),
        value=value,
        document=document,
        names=tuple(name or ()),
        reason=reason,
    )
    with open_existing(choose_dossier(dossier)) as opened:
        done = opened.decide(request, who=_name(who))
    _print_decided(done, dossier, as_json)


def decisions(
    do: Annotated[
        Doing, typer.Argument(help="List them; write or join a file of them; undo one.")
    ] = Doing.list,
    what: Annotated[
        str | None,
        typer.Argument(
            metavar="[FILE|ID]",
            help="The file to write or to join; the decision to undo, else your latest.",
        ),
    ] = None,
    state: Annotated[
        str | None,
        typer.Option(
            metavar="STATE",
            help="Only those in force, disputed, superseded, undone, dormant or pending.",
        ),
    ] = None,
    reason: Reason = "",
    who: Who = None,
    dossier: DossierOption = None,
    as_json: AsJson = False,
) -> None:
    """List what was decided, hand it on as a file, join another's, or undo one decision."""
    path = choose_dossier(dossier)
    if do is Doing.bring and what is None:
        raise UsageError("decisions import", "needs a file", "pactwatch decisions import FILE")
    if do is Doing.export:
        _export(path, what)
        return
    with open_existing(path) as opened:
        if do is Doing.undo:
            name = _name(who)
            done = opened.undo(what or _latest(opened, name), who=name, reason=reason)
            _print_decided(done, dossier, as_json)
        elif do is Doing.bring:
            report = opened.import_decisions(what or "")
            if as_json:
                print_json([report])
                return
            Screen().line(
                f"{count(report.decisions, 'decision')} in {what}: {report.added} new, "
                f"{report.dormant} of them about what is not here. "
                f"Reviewers disagree over {count(report.disputed, 'decision')} in all."
            )
        else:
            _list(opened.decisions(), state, who, as_json)


def _list(
    standings: list[Standing],
    state: str | None,
    who: str | None,
    as_json: bool,
) -> None:
    known = [s for s in standings if state in (None, s.state)]
    known = [s for s in known if who is None or s.decision.who.casefold() == who.casefold()]
    if as_json:
        print_json(map(_plain, known))
        return
    screen = Screen()
    if not known:
        screen.line("Nothing is decided." if not standings else "None.")
        return
    for standing in known:
        decision = standing.decision
        numbers = ", ".join((*standing.records, *standing.actors)[:6])
        state_words: Part = (standing.state, "red" if standing.state == "disputed" else "dim")
        screen.line(
            (decision.id.removeprefix("decision-")[:8], "dim"), f"  {decision.when[:16]}  ",
            (decision.who, "bold"), f" {action_words(decision)}", f"  {numbers}  ", state_words,
        )  # fmt: skip
        if decision.reason:
            screen.line((f"because: {one_line(decision.reason)}", "dim"), indent=10)
        elif decision.about:
            screen.line((f"“{shorten(one_line(decision.about[0].text), 100)}”", "dim"), indent=10)
    states = Counter(s.state for s in known)
    note(count(len(known), "decision"), ": ", ", ".join(f"{n} {s}" for s, n in states.items()))


def _plain(standing: Standing) -> dict[str, Any]:
    return {
        "decision": standing.decision.plain(),
        "state": standing.state,
        "rivals": standing.rivals,
        "records": standing.records,
        "actors": standing.actors,
        "findings": standing.finding_ids,
        "documents": standing.document_ids,
    }


def _print_decided(done: Decided, dossier: Path | None, as_json: bool) -> None:
    standing = done.standing
    if as_json:
        print_json([_plain(standing) | {"about": done.about, "records": done.records,
                                        "now": done.now}])  # fmt: skip
        return
    screen = Screen()
    screen.line(
        f"{done.decision.who}: {action_words(done.decision)}", *_called(done.about), ".  ",
        (standing.state, "dim"),
    )  # fmt: skip
    for record in done.now[:_LISTED]:
        if record != done.about:
            screen.line(("It stands on", "dim"), *_called(record), indent=2)
    left = len(done.now) - _LISTED
    if left > 0:
        screen.line((f"… and {count(left, 'record')} more", "dim"), indent=2)
    if standing.rivals:
        screen.line(("Reviewers disagree: what the reports say stands.", "red"))
    short = done.decision.id.removeprefix("decision-")[:8]
    command = command_line("decisions", "undo", short, dossier=dossier)
    screen.line(("Take it back: ", "dim"), command, whole=True)


def _called(one: Ruled | None) -> tuple[Part, ...]:
    """Number, label and id: numbers shift with every decision, the id stays."""
    if one is None:
        return ()
    return f" {one.number} ", (one_line(one.label), "bold"), (f"  {one.id}", "dim")


def _export(path: Path, goal: str | None) -> None:
    """Write the log; of a dossier that another Pactwatch has made too."""
    from pactwatch.reviewing import read_decisions_of

    text = "".join(f"{line}\n" for line in read_decisions_of(path))
    if goal is None:
        sys.stdout.write(text)
        return
    try:
        Path(goal).write_text(text, encoding="utf-8")
    except OSError as error:
        raise DossierError(goal, f"can't be written ({error})", "Name another file") from error
    note(f"{count(text.count(chr(10)), 'decision')} written to {goal}")


def _latest(opened: Dossier, who: str) -> str:
    """The latest decision of a person that is not undone."""
    for standing in reversed(opened.decisions()):
        decision = standing.decision
        own = decision.who.casefold() == who.casefold()
        if own and decision.action != "undo" and standing.state != "undone":
            return decision.id
    raise UsageError("undo", f"{who} has decided nothing", "Name one: pactwatch decisions")


def _place(words: str | None) -> tuple[int, int] | str | None:
    """Words, or their place in the document as START:END."""
    start, _, end = (words or "").partition(":")
    if start.isdecimal() and end.isdecimal():
        return int(start), int(end)
    return words


def _name(who: str | None) -> str:
    if who:
        return who
    try:
        return getpass.getuser()
    except (OSError, KeyError) as error:
        raise UsageError("--who", "nobody is named", "Say who decides: --who NAME") from error
