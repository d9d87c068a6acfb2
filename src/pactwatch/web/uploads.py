"""Files that a form brings, in a folder, under harmless names.

Comes in: a request with a multipart body. Goes out: its fields, and its files in a folder of the
desk's, each under a folder named after its content: so two files of one name lie apart, and the
same file always lies in the same place. A name is never a path: what could lead out of the folder,
hide a file or drive a terminal is taken out of it. Nothing of a file is understood here.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from pactwatch.report.words import one_line
from pactwatch.web.guard import Guard, NotAForm, Refusal

__all__ = ["MOST_FILES", "PLACE", "Upload", "harmless", "taken"]

MOST_FILES = 1000
PLACE = 12  # digits of the content's hash that name a file's folder
LONGEST_NAME = 150  # characters; file systems take 255 bytes
_DANGEROUS = re.compile(r'[\x00-\x1f<>:"/\\|?*]')
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """What a form brought."""

    fields: dict[str, str]
    files: tuple[Path, ...]


def harmless(name: str) -> str:
    """A file name that stays in its folder and shows as what it is: the last part of a path,
    without signs that systems take for more than letters, and never hidden."""
    last = PurePosixPath(name.replace("\\", "/")).name
    plain = _DANGEROUS.sub("_", one_line(last)).strip(". ")
    stem, dot, suffix = plain.rpartition(".")
    if dot and len(suffix) <= 10:
        plain = f"{stem[:LONGEST_NAME].strip('. ')}.{suffix}"
    plain = plain[: LONGEST_NAME + 11].encode()[:240].decode("utf-8", "ignore").strip(". ")
    return f"_{plain}" if _DEVICES.match(plain) else plain or "file"


async def taken(
    request: Request, guard: Guard, role: str, folder: Path, *, most: int = MOST_FILES
) -> Upload:
    """Take a form with files, and spend its token.

    Args:
        folder: Where the files go; it is there.

    Raises:
        Refusal: the form comes from another site, from nobody of this role, its token is missing
            or spent, it is no such form, or has too many parts.
    """
    guard.same_origin(request)
    if not guard.may(request, role):
        raise Refusal("form", f"needs the role {role}")
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "multipart/form-data":
        raise NotAForm("request", "is no form with files")
    try:
        form = await request.form(max_files=most, max_fields=50, max_part_size=256 * 1024)
    except HTTPException as error:
        raise NotAForm("form", f"can't be read ({error.detail})") from error
    try:
        fields = {name: value for name, value in form.items() if isinstance(value, str)}
        guard.spend(request, fields)
        files = await run_in_threadpool(_write, form, folder)
    finally:
        await form.close()
    return Upload(fields=fields, files=files)


def _write(form: FormData, folder: Path) -> tuple[Path, ...]:
    written: dict[Path, None] = {}
    for _, upload in form.multi_items():
        if not isinstance(upload, UploadFile) or not upload.filename:
            continue
        content = hashlib.file_digest(upload.file, "sha256").hexdigest()  # type: ignore[arg-type]  # a spooled file has all that it asks for
        place = folder / content[:PLACE]
        place.mkdir(mode=0o700, exist_ok=True)
        path = place / harmless(upload.filename)
        if path not in written:
            upload.file.seek(0)
            with path.open("xb") as file:
                shutil.copyfileobj(upload.file, file)
        written[path] = None
    return tuple(written)
