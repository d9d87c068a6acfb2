"""The folder of a site: what of ours lies in it, what is written, and what may be removed.

Comes in: names and bytes. Goes out: files, and a mark that names every one of them. A name is in
the mark before its file is written, and leaves it only once the file is gone; so whoever is killed
halfway leaves a mark by which the next can finish. A file that the mark doesn't name is never
removed, and nothing is touched outside the folder.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import IO

from pactwatch.errors import DossierError, UsageError

__all__ = ["SITE_MARK", "Folder"]

SITE_MARK = ".pactwatch-site"
"""A file by which a folder is known as ours to write over: a line for people, then one name a
line."""

_HEAD = "Written by pactwatch publish; the next one writes these files again or removes them."


class Folder:
    """A folder to write a site into.

    Attributes:
        earlier: Names of the files of earlier sites, as the mark gives them.
        written: Names of those written now.
    """

    def __init__(self, path: Path) -> None:
        """Make the folder, or see that it holds nothing but a site of ours.

        Raises:
            UsageError: it holds something else, or can't be made.
        """
        self.path = path
        self.mark = path / SITE_MARK
        if path.exists() and not path.is_dir():
            raise UsageError(str(path), "is a file", "Name a folder")
        if path.exists() and any(path.iterdir()) and not self.mark.exists():
            raise UsageError(str(path), "holds something else", "Name a new or empty folder")
        try:
            path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            fault = f"can't be made ({error.strerror or error})"
            raise UsageError(str(path), fault, "Name another folder") from error
        self._root = path.resolve()
        self.earlier = frozenset(self._marked())
        self.written: set[str] = set()
        self.size = 0
        self._inside: dict[str, bool] = {}
        self._made: set[Path] = set()
        self._journal: IO[str] | None = None

    def __enter__(self) -> Folder:
        self._remember(self.earlier)
        self._journal = self.mark.open("a", encoding="utf-8", newline="\n")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._journal is not None:
            self._journal.close()
            self._journal = None

    def write(self, name: str, body: bytes) -> None:
        """Write a file by its name below the folder ("record/agreement-1.html").

        Raises:
            DossierError: the name leads outside the folder.
        """
        path = self.path / name
        if not _plain(name) or not self._is_inside(path):
            raise DossierError(name, "would be written outside the site", "Report this as a bug")
        if self._journal is not None and name not in self.earlier and name not in self.written:
            self._journal.write(f"{name}\n")
            self._journal.flush()
        self.written.add(name)
        if path.parent not in self._made:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._made.add(path.parent)
        path.write_bytes(body)
        self.size += len(body)

    def gone(self) -> list[str]:
        """Names of earlier files that are not written now."""
        return sorted(self.earlier - self.written)

    def clear(self) -> int:
        """Remove earlier files that are not written now, and leave a mark of those that are.

        Returns:
            How many were removed.
        """
        # Where the file system knows no case, "A.html" may be the "a.html" just written.
        there = {name.casefold() for name in self.written}
        removed = 0
        for name in self.gone():
            path = self.path / name
            if name.casefold() in there or not self._is_inside(path):
                continue
            if path.is_file():
                path.unlink()
                removed += 1
        self._remember(self.written)
        return removed

    def _marked(self) -> Iterable[str]:
        """Names in the mark; a last line without its end was never written to."""
        if not self.mark.is_file():
            return []
        lines = self.mark.read_text(encoding="utf-8", errors="replace").split("\n")
        return [name for name in lines[1:-1] if _plain(name)]

    def _remember(self, names: Iterable[str]) -> None:
        """Write the mark anew, whole or not at all."""
        fresh = self.path / f"{SITE_MARK}.new"
        fresh.unlink(missing_ok=True)
        lines = "".join(f"{line}\n" for line in (_HEAD, *sorted(names)))
        fresh.write_bytes(lines.encode("utf-8"))
        fresh.replace(self.mark)

    def _is_inside(self, path: Path) -> bool:
        """Whether a file lies in the folder, all links followed."""
        parent = str(path.parent)
        if parent not in self._inside:
            self._inside[parent] = path.parent.resolve().is_relative_to(self._root)
        return self._inside[parent] and (
            not path.is_symlink() or path.resolve().is_relative_to(self._root)
        )


def _plain(name: str) -> bool:
    """Whether a name is that of a file below a folder, and of nothing else."""
    parts = PurePosixPath(name).parts
    return (
        bool(parts)
        and "/".join(parts) == name
        and not name.startswith(("/", SITE_MARK))
        and ".." not in parts
        and not any(sign in name for sign in "\\\0\r\n:")
    )
