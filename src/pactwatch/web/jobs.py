"""Builds that run behind the desk, one at a time, in a process of their own.

Comes in: folders and addresses. Goes out: how far the build is, and at its end its report. The desk
answers meanwhile. A build that is stopped, or killed with the desk, goes on where it was the next
time; this is what `building` promises.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec

from pactwatch.errors import UsageError

__all__ = ["BuildState", "Builder", "Order", "Skipped"]

COMMAND = (sys.executable, "-m", "pactwatch.web.job")


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a build is to do.

    Attributes:
        dossier: Its file.
        files: To be added.
        addresses: To be fetched: pages, feeds, sitemaps.
        notes: What the report is to say first.
        published: ISO 8601 date of publication of all of them, or None.
        follow: Fetch what feeds, sitemaps and tables name.
        codebook, pipeline: As of `Dossier.build`.
    """

    dossier: str
    files: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    published: str | None = None
    follow: bool = True
    codebook: tuple[str, ...] = ()
    pipeline: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """A source or document that was not read, and why."""

    name: str
    fault: str
    next_step: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildState:
    """How far a build is.

    Attributes:
        running: It is under way.
        stage: "Adding", "Reading" or "Settling"; "" before the first.
        who: Who asked for it.
        asked: The addresses that were given, to be given again where it ended early.
        told: What it did, a line each; empty until it has ended.
        skipped: What was not read.
        fault: Why it ended early, or None.
    """

    running: bool = False
    stage: str = ""
    done: int = 0
    total: int = 0
    who: str = ""
    asked: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    fault: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A line that the process writes: of its progress, or of its end."""

    stage: str = ""
    done: int = 0
    total: int = 0
    told: tuple[str, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    fault: str | None = None
    end: bool = False


@dataclass(slots=True)
class Builder:
    """Runs builds of one dossier.

    Attributes:
        ended: Is called after each, on a thread of its own.
    """

    command: Sequence[str] = COMMAND
    ended: Callable[[], None] = lambda: None
    _state: BuildState = field(default_factory=BuildState)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _process: subprocess.Popen[str] | None = None
    _follower: threading.Thread | None = None

    @property
    def state(self) -> BuildState:
        """How far the build is, or how the latest ended."""
        with self._lock:
            return self._state

    def reserve(self, who: str) -> None:
        """Keep the place for a build whose sources are still coming.

        Raises:
            UsageError: one is under way.
        """
        with self._lock:
            if self._state.running:
                raise UsageError("build", "one is under way", "Wait until it has ended, or stop it")
            self._state = BuildState(running=True, who=who)

    def release(self) -> None:
        """Give the place up; nothing was begun."""
        with self._lock:
            self._state = BuildState()

    def begin(self, order: Order, folder: Path | None = None) -> None:
        """Begin the build whose place was reserved.

        Args:
            folder: Removed when the build has ended.
        """
        process = subprocess.Popen(
            self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            text=True, encoding="utf-8", errors="replace", start_new_session=True,
        )  # fmt: skip
        with self._lock:
            self._process = process
            self._state = replace(self._state, asked=order.addresses)
        follower = threading.Thread(target=self._follow, args=(process, order, folder), daemon=True)
        self._follower = follower
        follower.start()

    def stop(self) -> None:
        """Stop the build; what it has kept, it has kept."""
        with self._lock:
            process = self._process
        if process is not None and process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)  # with those that read for it

    def close(self) -> None:
        """Stop the build and wait for its end."""
        self.stop()
        process = self._process
        if process is not None:
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
        if self._follower is not None:
            self._follower.join(timeout=10)

    def _follow(self, process: subprocess.Popen[str], order: Order, folder: Path | None) -> None:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        said: list[str] = []
        errors = threading.Thread(target=lambda: said.extend(process.stderr or ()), daemon=True)
        errors.start()
        ended = False
        try:
            with process.stdin as orders:
                orders.write(msgspec.json.encode(order).decode())
            with process.stdout as lines:
                for line in lines:
                    ended = self._take(msgspec.json.decode(line, type=Word)) or ended
        except (OSError, msgspec.MsgspecError) as error:
            said.append(str(error))
        status = process.wait()
        errors.join(timeout=5)
        process.stdout.close()  # still open where the order could not be given
        process.stderr.close()
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)
        with self._lock:
            self._process = None
            if not ended:
                last = said[-1].strip() if said else f"status {status}"
                fault = "was stopped" if status < 0 else f"ended early ({last[:300]})"
                self._state = replace(self._state, fault=f"The build {fault}.")
            self._state = replace(self._state, running=False)
        self.ended()

    def _take(self, word: Word) -> bool:
        with self._lock:
            self._state = replace(
                self._state, stage=word.stage or self._state.stage, done=word.done,
                total=word.total, told=word.told, skipped=word.skipped, fault=word.fault,
            )  # fmt: skip
        return word.end
