"""Sources become documents, or problems, one by one and in their order.

Comes in: `Source` values, and how to read them. Goes out: for each, what it holds: documents with
the bytes they were made of, and problems that say what is wrong and what to do; a broken source
never raises and never ends the rest. Containers are opened to a bounded depth; complex forms are
parsed in worker processes, a few ahead of the one that is waited for.
"""

from __future__ import annotations

import stat
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pactwatch.documents import limits
from pactwatch.documents.answers import Unchanged
from pactwatch.documents.budget import Budget
from pactwatch.documents.completing import complete, original_of
from pactwatch.documents.dates import parse_date
from pactwatch.documents.forming import items_of, problem_of, read_form
from pactwatch.documents.given import Given, Hints, Item, Link, Options, Told
from pactwatch.documents.isolation import Workers
from pactwatch.documents.limits import (
    MOST_CHARACTERS,
    MOST_DEPTH,
)
from pactwatch.documents.patience import bounded, each_bounded
from pactwatch.documents.recognising import Form, recognise
from pactwatch.documents.sources import Source, leads_inside, list_sources
from pactwatch.errors import DocumentError, UsageError
from pactwatch.model import Document, Problem

if TYPE_CHECKING:
    from pactwatch.documents.fetching import Fetcher

__all__ = ["Outcome", "Read", "read_documents", "read_sources"]

AHEAD = 3
"""Documents handed out for each worker process, so that none waits for the next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A document as it was read.

    Attributes:
        original: The bytes it was made of.
        address: Where it was in fact retrieved from, whatever address it claims for itself; None
            for files, and for parts of what was retrieved.
        stands_for: The address of a page that was not read, where this is what a feed carries of
            it.
    """

    document: Document
    original: bytes
    address: str | None
    stands_for: str | None = None


Outcome = Read | Problem | Unchanged


def read_documents(
    source: str | Path,
    *,
    published: str | None = None,
    columns: Mapping[str, str] | None = None,
    ocr: bool = False,
    follow: bool = True,
    allow_private: bool = False,
) -> Iterator[Document | Problem]:
    """Read a file, a folder or an address: its documents in the order of their names.

    Args:
        published, columns, ocr, follow, allow_private: As in `Options`.

    Raises:
        UsageError: there is no such file or folder, it is no address of the web, or the date is
            none.
    """
    options = Options(
        published=published,
        columns=columns or {},
        ocr=ocr,
        follow=follow,
        allow_private=allow_private,
    )
    _check(options)
    return _documents(list_sources(source), options)


def _documents(sources: Iterable[Source], options: Options) -> Iterator[Document | Problem]:
    for _, outcome in read_sources(sources, options):
        if isinstance(outcome, Read):
            yield outcome.document
        elif isinstance(outcome, Problem):
            yield outcome


def read_sources(
    sources: Iterable[Source],
    options: Options,
    *,
    fetcher: Fetcher | None = None,
    workers: Workers | None = None,
) -> Iterator[tuple[Source, Outcome | None]]:
    """Read sources in their order.

    Args:
        fetcher: Fetches addresses; one that remembers nothing if None.
        workers: Processes for complex forms; made when needed, and ended at the end, if None.

    Yields:
        A source with each thing that was read from it, and last with None, when it is done.

    Raises:
        UsageError: an option makes no sense.
    """
    _check(options)
    from pactwatch.documents.fetching import Fetcher

    with ExitStack() as stack:
        own = fetcher or stack.enter_context(Fetcher(allow_private=options.allow_private))
        pool = workers or stack.enter_context(Workers())
        yield from _Walk(options, own, pool).sources(sources)


def _check(options: Options) -> None:
    published = options.published
    if published is not None and parse_date(published) != published:
        raise UsageError(published, "not a date", "Write it as 2019-05-28, 2019-05 or 2019")


@dataclass(frozen=True, slots=True)
class _Begun:
    """A thing being read: its outcome, or what is known until it is there."""

    given: Given | None = None
    budget: Budget | None = None
    outcome: Outcome | None = None
    form: Form | None = None
    future: Future[list[Item]] | None = None
    instead: Outcome | None = None  # what stands for it where it gives no document


class _Walk:
    """One pass over sources and what is in them."""

    def __init__(self, options: Options, fetcher: Fetcher, workers: Workers) -> None:
        self.options, self.fetcher, self.workers = options, fetcher, workers

    def sources(self, sources: Iterable[Source]) -> Iterator[tuple[Source, Outcome | None]]:
        named: deque[Source] = deque()  # begun, and not yet finished

        def begin() -> Iterator[_Begun]:
            for source in sources:
                named.append(source)
                yield self.begin(source)

        for thing in self.ahead(begin()):
            source = named.popleft()
            for outcome in self.finish(thing, 0):
                yield source, outcome
            yield source, None

    def ahead(self, things: Iterator[_Begun]) -> Iterator[_Begun]:
        """The same things in the same order, some of them begun before they are asked for."""
        window: deque[_Begun] = deque()
        for thing in things:
            window.append(thing)
            while len(window) > AHEAD * self.workers.most or (window and window[0].future is None):
                yield window.popleft()
        yield from window

    def begin(self, source: Source) -> _Begun:
        try:
            given = self.fetch(source) if source.address else _file(source, self.options)
        except Exception as error:  # whatever a source provokes must not cost the others
            return _Begun(outcome=problem_of(source.name, error))
        if isinstance(given, Unchanged):
            return _Begun(outcome=given)
        return self.recognised(given, Budget(given.size))

    def fetch(self, source: Source) -> Given | Unchanged:
        assert source.address is not None  # asked by `begin`
        return self.fetched(source.address, Hints())

    def fetched(self, address: str, hints: Hints) -> Given | Unchanged:
        answer = self.fetcher.fetch(address)
        if isinstance(answer, Unchanged):
            return answer
        return Given(
            name=address,
            data=answer.data,
            media_type=answer.media_type,
            charset=answer.charset,
            hints=replace(
                hints,
                place=hints.place or "address",
                address=answer.address,
                retrieved=answer.retrieved,
            ),
            options=self.options,
        )

    def recognised(self, given: Given, budget: Budget) -> _Begun:
        try:
            with bounded(given.name, _patience(given)):
                form = recognise(given)
        except Exception as error:
            return _Begun(outcome=problem_of(given.name, error))
        future = None
        if form.isolated:
            future = self.workers.start(partial(read_form, form.id), given)
        return _Begun(given, budget, form=form, future=future)

    def finish(self, thing: _Begun, depth: int) -> Iterator[Outcome]:
        if thing.instead is None:
            yield from self.outcomes(thing, depth)
            return
        failed: list[Problem] = []
        for outcome in (found := self.outcomes(thing, depth)):
            if not isinstance(outcome, Problem):
                yield from (*failed, outcome)
                yield from found
                return
            failed.append(outcome)
        for problem in failed:
            fault = f"{problem.fault}; what the feed carries of it is kept instead"
            yield replace(problem, fault=fault)
        yield thing.instead

    def outcomes(self, thing: _Begun, depth: int) -> Iterator[Outcome]:
        if thing.outcome is not None or thing.given is None or thing.budget is None:
            if thing.outcome is not None:
                yield thing.outcome
            return
        given, budget = thing.given, thing.budget
        items: Iterable[Item]
        if thing.future is not None:
            items = self.workers.finish(given, thing.future)
        else:
            assert thing.form is not None  # a thing without outcome has a form
            items = each_bounded(given.name, items_of(thing.form, given), _patience(given))
        for inner in self.ahead(self.unfold(given, items, budget, depth)):
            yield from self.finish(inner, depth + 1)

    def unfold(
        self, given: Given, items: Iterable[Item], budget: Budget, depth: int
    ) -> Iterator[_Begun]:
        """Begin to read what a form has yielded."""
        told_any = False
        for item in items:
            told_any = True
            try:
                budget.take(given.name, item)
                yield self.unfolded(given, item, budget, depth)
            except Exception as error:  # of this item alone
                problem = problem_of(given.name, error)
                yield _Begun(outcome=problem)
                if budget.bytes < 0 or budget.parts < 0 or budget.links < 0:
                    return
        if not told_any:
            fault, step = "nothing to read in it", "Look into it, or remove it"
            yield _Begun(outcome=Problem(name=given.name, fault=fault, next_step=step))

    def unfolded(self, given: Given, item: Item, budget: Budget, depth: int) -> _Begun:
        if isinstance(item, Problem):
            return _Begun(outcome=item)
        if isinstance(item, Told):
            return _Begun(outcome=_read(given, item))
        if depth >= MOST_DEPTH:
            raise DocumentError(given.name, "nested too deeply", "Unpack it yourself")
        if isinstance(item, Link):
            instead = None
            if item.instead is not None:
                instead = _read(given, item.instead)
                if isinstance(instead, Read):
                    instead = replace(instead, stands_for=item.address)
            if not self.options.follow:
                if isinstance(instead, Read):
                    return _Begun(outcome=instead)
                raise DocumentError(item.address, "an address that was not asked for",
                                    "Name it, or leave --no-follow out")  # fmt: skip
            try:
                inner = self.fetched(item.address, item.hints)
            except Exception as error:
                return _Begun(outcome=problem_of(item.address, error), instead=instead)
            if isinstance(inner, Unchanged):
                return _Begun(outcome=inner)
            return replace(self.recognised(inner, budget), instead=instead)
        name = item.name if "://" in item.name else f"{given.name}/{item.name}"
        part = Given(
            name=name,
            data=item.data,
            media_type=item.media_type,
            charset=item.charset,
            hints=item.hints,
            options=given.options,
        )
        return self.recognised(part, budget)


def _read(given: Given, told: Told) -> Outcome:
    name = f"{given.name}/{told.part}" if told.part else given.name
    if not told.text.strip():
        fault, step = "no words in it", "Fetch or copy it again, or remove it"
        return Problem(name=name, fault=fault, next_step=step)
    if len(told.text) > MOST_CHARACTERS:
        fault = f"too much text ({len(told.text) / 1e6:,.0f} million characters)"
        return Problem(name=name, fault=fault, next_step="Split it into documents")
    with bounded(name, _patience(given)):
        document = complete(given, told)
    address = given.hints.address if document.retrieved is not None else None
    return Read(document=document, original=original_of(given, told), address=address)


def _patience(given: Given) -> float:
    """Seconds that one step may take in this process."""
    return limits.MOST_SECONDS + given.size / limits.LEAST_SPEED


def _file(source: Source, options: Options) -> Given:
    path = source.path
    if path is None:
        raise DocumentError(source.name, "neither a file nor an address", "Name one of them")
    if path.is_symlink():
        if source.folder and not leads_inside(path, source.folder):
            raise DocumentError(
                source.name, "a link that leads outside the folder", "Copy the file into it"
            )
        if not path.exists():
            raise DocumentError(source.name, "a link that leads nowhere", "Mend or remove the link")
    state = path.stat()
    if stat.S_ISDIR(state.st_mode):
        raise DocumentError(source.name, "a folder that can't be listed", "Check who may read it")
    if not stat.S_ISREG(state.st_mode):
        raise DocumentError(source.name, "not a regular file", "Copy its content into a file")
    return Given(name=source.name, path=path, options=options)
