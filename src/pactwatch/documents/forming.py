"""One thing read by its form, whatever it provokes.

Comes in: a form and what is given to it. Goes out: the items that the form makes of it; a problem
instead of an error, in words. This is what worker processes run.
"""

from __future__ import annotations

from collections.abc import Iterator

from pactwatch.documents.given import Given, Item
from pactwatch.documents.recognising import FORMS, Form
from pactwatch.errors import DocumentError
from pactwatch.model import Problem

__all__ = ["items_of", "problem_of", "read_form"]


def read_form(form_id: str, given: Given) -> list[Item]:
    """Read one thing whole; what a worker process runs."""
    return list(items_of(FORMS[form_id], given))


def items_of(form: Form, given: Given) -> Iterator[Item]:
    """What a form makes of a thing; whatever a hostile thing provokes is a problem of its own."""
    try:
        yield from form.reader()(given)
    except DocumentError as error:
        yield problem_of(given.name, error)
    except MemoryError:
        yield Problem(name=given.name, fault="too large for the memory that one document may take",
                      next_step="Split it")  # fmt: skip
    except Exception as error:  # parsers raise anything; it must not cost the other documents
        yield Problem(
            name=given.name,
            fault=f"broken, or no {form.name.partition(' ')[2]} ({_words(error)})",
            next_step="Open it in its own program, and save it again or as plain text",
        )


def problem_of(name: str, error: Exception) -> Problem:
    """What is told of a thing that could not be read."""
    if isinstance(error, DocumentError):
        return Problem(name=error.place, fault=error.fault, next_step=error.next_step)
    if not isinstance(error, OSError):
        step = "Save it as plain text, or report this as a bug"
        return Problem(name=name, fault=f"reading it failed ({_words(error)})", next_step=step)
    fault = error.strerror or type(error).__name__
    return Problem(name=name, fault=fault, next_step="Check the file and who may read it")


def _words(error: Exception) -> str:
    words = " ".join(str(error).split())
    return f"{type(error).__name__}: {words[:120]}" if words else type(error).__name__
