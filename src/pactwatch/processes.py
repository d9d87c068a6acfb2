"""Worker processes that start afresh and end with the process that started them.

Comes in: nothing. Goes out: a context for multiprocessing, and what a worker does first. Used to
read documents in parallel, and to keep what a hostile file provokes out of the user's process.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from functools import partial
from multiprocessing.context import SpawnContext, SpawnProcess
from types import ModuleType

__all__ = ["FreshContext", "begin"]


class FreshProcess(SpawnProcess):
    """A process that starts afresh, since a copy of this one would share its locks and open files.

    By itself such a process runs the user's script again, to find functions in it. No function that
    goes to a worker is in a script, and a script that is not written for it would add and build
    again, or delete what it has begun with; so the script is hidden while processes start.
    """

    def start(self) -> None:
        script = sys.modules["__main__"]
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            super().start()
        finally:
            sys.modules["__main__"] = script


class FreshContext(SpawnContext):
    Process = FreshProcess


def begin() -> None:
    """Leave Ctrl-C to the process that hands out the work, and end with it, however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=partial(_end_with, parent), daemon=True).start()


def _end_with(parent: multiprocessing.process.BaseProcess) -> None:
    parent.join()
    os._exit(1)
