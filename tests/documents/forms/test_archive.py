"""Archives and compressed files: what comes out of them, and what hostile ones cost."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard
from hypothesis import given as generated
from hypothesis import strategies as st

from pactwatch.documents import read_documents
from pactwatch.documents.forms import members
from pactwatch.documents.given import Given, Hints, Item, Part
from pactwatch.documents.limits import MOST_BYTES
from pactwatch.documents.recognising import recognise
from pactwatch.errors import DocumentError
from pactwatch.model import Document, Problem

REPORT = b"Two states sign a border accord\n\nThe ministers of both states signed it on Monday.\n"
OTHER = b"Talks fail\n\nThe ministers left the talks on Tuesday without an accord.\n"


def items(name: str, data: bytes) -> list[Item]:
    """All that a file gives; a fault that ends it comes last, as a problem."""
    found: list[Item] = []
    given = Given(name=name, data=data)
    try:
        found.extend(recognise(given).reader()(given))
    except DocumentError as error:
        found.append(Problem(name=error.place, fault=error.fault, next_step=error.next_step))
    return found


def parts(found: list[Item]) -> dict[str, bytes]:
    return {item.name: item.data for item in found if isinstance(item, Part)}


def faults(found: list[Item]) -> list[str]:
    return [item.fault for item in found if isinstance(item, Problem)]


def zipped(*named: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, data in named:
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return file.getvalue()


def tarred(*named: tuple[str, bytes], form: int = tarfile.PAX_FORMAT) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w", format=form) as archive:
        for name, data in named:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return file.getvalue()


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
    ".zst": zstandard.ZstdCompressor().compress,
}


def test_members_of_a_zip_are_documents_named_by_archive_and_member(tmp_path: Path) -> None:
    place = tmp_path / "box.zip"
    place.write_bytes(zipped(("b.txt", OTHER), ("2019-05-31-a.txt", REPORT)))
    first, second = read_documents(place)
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert [first.name, second.name] == ["box.zip/2019-05-31-a.txt", "box.zip/b.txt"]
    assert (first.text, first.published) == (REPORT.decode(), "2019-05-31")


@pytest.mark.parametrize("packed", ["", *PACKERS])
@pytest.mark.parametrize(
    "form", [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT, tarfile.USTAR_FORMAT], ids=str
)
def test_members_of_a_tar_come_in_the_order_of_names(packed: str, form: int) -> None:
    name = f"{'long-' * 30}name.txt" if form != tarfile.USTAR_FORMAT else "long.txt"
    data = tarred(("z/b.txt", OTHER), ("a.txt", REPORT), (name, OTHER), form=form)
    found = items("box.tar" + packed, PACKERS[packed](data) if packed else data)
    assert list(parts(found)) == ["a.txt", name, "z/b.txt"]
    assert parts(found)["a.txt"] == REPORT
    assert not faults(found)


@pytest.mark.parametrize("ending", PACKERS)
def test_a_single_compressed_file_is_what_is_in_it(ending: str, tmp_path: Path) -> None:
    place = tmp_path / f"report.txt{ending}"
    place.write_bytes(PACKERS[ending](REPORT))
    (read,) = read_documents(place)
    assert isinstance(read, Document)
    assert (read.name, read.text) == (f"report.txt{ending}/report.txt", REPORT.decode())


def test_several_streams_in_one_file_are_one_text() -> None:
    for ending, pack in PACKERS.items():
        found = items(f"a.txt{ending}", pack(REPORT) + pack(OTHER))
        assert parts(found) == {"a.txt": REPORT + OTHER}, ending


@pytest.mark.parametrize("ending", PACKERS)
def test_a_compressed_file_cut_off_gives_its_beginning_and_a_problem(ending: str) -> None:
    words = "".join(f"{n * n} ministers signed paper {n}.\n" for n in range(60_000)).encode()
    packed = PACKERS[ending](words)
    found = items(f"a.txt{ending}", packed[: -len(packed) // 3])
    (text,) = parts(found).values()
    assert words.startswith(text)
    assert len(text) > 1000
    assert "cut off" in faults(found)[0]


def test_a_compressed_file_broken_from_the_start_is_one_problem() -> None:
    found = items("a.gz", b"\x1f\x8b\x08\x00" + b"\xff" * 200)
    assert not parts(found)
    assert len(faults(found)) == 1


HOSTILE_NAMES = {
    "../../etc/passwd.txt": "etc/passwd.txt",
    "/etc/a.txt": "etc/a.txt",
    "C:\\Users\\me\\a.txt": "Users/me/a.txt",
    "..\\..\\a.txt": "a.txt",
    "a/./b//c.txt": "a/b/c.txt",
    "http://evil.example/x.txt": "http:/evil.example/x.txt",
    "..": "unnamed",
    "a\x07\x1b[2Jb.txt": "a[2Jb.txt",
}


@pytest.mark.parametrize(("name", "clean"), HOSTILE_NAMES.items(), ids=HOSTILE_NAMES.values())
def test_names_lead_nowhere(name: str, clean: str) -> None:
    assert members.harmless(name) == clean
    assert list(parts(items("x.tar", tarred((name, REPORT))))) == [clean]


@generated(st.text(max_size=400))
def test_no_name_leads_out_or_is_an_address(name: str) -> None:
    clean = members.harmless(name)
    assert clean
    assert len(clean) <= 255
    assert not {"", ".", ".."} & set(clean.split("/"))
    assert "\\" not in clean
    assert "://" not in clean
    clean.encode("utf-8")


def test_names_with_nulls_end_where_the_archive_says() -> None:
    data = zipped(("aaaa.txt", REPORT)).replace(b"aaaa.txt", b"a\0aa.txt")
    (name,) = parts(items("x.zip", data)) or {"": b""}
    assert "\0" not in name


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("報告書.txt".encode("cp932"), "報告書.txt"),
        ("レポート.txt".encode("cp932"), "レポート.txt"),
        ("доклад.txt".encode(), "доклад.txt"),
        ("Memorándum número 5.txt".encode("cp437"), "Memorándum número 5.txt"),
        ("Übergabe.txt".encode("cp437"), "Übergabe.txt"),
    ],
)
def test_names_in_old_encodings_are_read(raw: bytes, name: str) -> None:
    placeholder = "x" * len(raw)
    data = zipped((placeholder, REPORT)).replace(placeholder.encode(), raw)
    assert list(parts(items("x.zip", data))) == [name]


def test_the_same_name_twice_is_told_apart() -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        data = zipped(("a.txt", REPORT), ("a.txt", OTHER))
    assert parts(items("x.zip", data)) == {"a.txt": REPORT, "a.txt (2)": OTHER}


def test_what_systems_add_is_left_out_silently() -> None:
    named = [(name, REPORT) for name in ("__MACOSX/._a.txt", ".DS_Store", "b/.hidden", "Thumbs.db")]
    for found in (
        items("x.zip", zipped(*named, ("a.txt", REPORT))),
        items("x.tar", tarred(*named, ("a.txt", REPORT))),
    ):
        assert list(parts(found)) == ["a.txt"]
        assert not faults(found)


def test_parts_of_pages_are_told_in_one_problem() -> None:
    named = [(name, b"p {}") for name in ("a.css", "b.js", "c.woff2", "d.MP3")]
    for found in (
        items("x.zip", zipped(*named, ("a.txt", REPORT))),
        items("x.tar", tarred(*named)),
    ):
        (fault,) = faults(found)
        assert fault.startswith("4 of its files left out (a.css, b.js, c.woff2 …)")


def test_members_of_a_fetched_archive_are_not_versions_of_one_page() -> None:
    address = "https://c.example/x.zip"
    hints = Hints(place="address", address=address, retrieved="2019-06-01T08:00:00+00:00")
    given = Given(name=address, data=zipped(("a.txt", REPORT), ("b.txt", OTHER)), hints=hints)
    for part in recognise(given).reader()(given):
        assert isinstance(part, Part)
        assert part.hints == Hints()


def test_links_and_devices_in_a_tar_are_problems_and_never_followed(tmp_path: Path) -> None:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for name, kind in (
            ("a", tarfile.SYMTYPE), ("b", tarfile.LNKTYPE), ("c", tarfile.CHRTYPE),
            ("d", tarfile.FIFOTYPE),
        ):  # fmt: skip
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
        info = tarfile.TarInfo("good.txt")
        info.size = len(REPORT)
        archive.addfile(info, io.BytesIO(REPORT))
    found = items("x.tar", file.getvalue())
    assert list(parts(found)) == ["good.txt"]
    (fault,) = faults(found)
    assert fault.startswith("4 of its files left out (a, b, c …)")


def test_a_link_in_a_zip_is_a_problem() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        info = zipfile.ZipInfo("link")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    found = items("x.zip", file.getvalue())
    assert not parts(found)
    assert "link" in faults(found)[0]


def test_locked_members_are_counted_in_one_problem() -> None:
    data = bytearray(zipped(*((f"{n}.txt", REPORT) for n in range(9)), ("open.txt", OTHER)))
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        here = -1
        for _ in range(9):
            here = data.find(sign, here + 1)
            data[here + at] |= 1
    found = items("x.zip", bytes(data))
    assert list(parts(found)) == ["open.txt"]
    (fault,) = faults(found)
    assert "9 of its files" in fault
    assert "password" in fault


def test_a_damaged_member_costs_that_member() -> None:
    words = bytes(range(256)) * 40
    data = zipped(("a.txt", REPORT), ("b.txt", words), ("c.txt", OTHER), method=zipfile.ZIP_STORED)
    found = items("x.zip", data.replace(words, words[:-1] + b"!"))
    assert list(parts(found)) == ["a.txt", "c.txt"]
    assert next(item for item in found if isinstance(item, Problem)).name == "x.zip/b.txt"


@pytest.mark.parametrize("streamed", [False, True], ids=["sizes told", "sizes told after"])
def test_a_zip_cut_off_gives_what_stands_before_the_cut(streamed: bool) -> None:
    file = io.BytesIO()

    class Pipe(io.RawIOBase):
        def writable(self) -> bool:
            return True

        def write(self, data: object) -> int:
            return file.write(data)  # type: ignore[arg-type]

    with zipfile.ZipFile(Pipe() if streamed else file, "w", zipfile.ZIP_DEFLATED) as archive:
        for n in range(3):
            archive.writestr(zipfile.ZipInfo(f"{n}.txt"), REPORT * 3, zipfile.ZIP_DEFLATED)
    data = file.getvalue()
    found = items("x.zip", data[: data.rfind(b"PK\x03\x04") + 50])
    assert parts(found) == {"0.txt": REPORT * 3, "1.txt": REPORT * 3}
    assert "first 2" in faults(found)[0]


def test_a_tar_cut_off_gives_what_stands_before_the_cut() -> None:
    data = tarred(("a.txt", REPORT), ("b.txt", OTHER * 200))
    for cut in (data[:4000], data[:1024], data[:1500]):
        found = items("x.tar", cut)
        assert list(parts(found)) == ["a.txt"]
        assert "cut off" in faults(found)[0]
    packed = gzip.compress(data)
    found = items("x.tar.gz", packed[:-20])
    assert parts(found)["a.txt"] == REPORT
    assert faults(found)


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2])
def test_a_member_larger_than_it_says_is_a_problem_in_little_memory(method: int) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        archive.writestr("good.txt", REPORT, zipfile.ZIP_DEFLATED)
        with archive.open("zeros.txt", "w", force_zip64=True) as member:
            for _ in range(150):
                member.write(bytes(1 << 20))
    lying = file.getvalue().replace(struct.pack("<I", 150 << 20), struct.pack("<I", 1000))
    tracemalloc.start()
    found = items("x.zip", lying)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert list(parts(found)) == ["good.txt"]
    assert faults(found)
    assert most < 4 * MOST_BYTES


def test_a_tar_that_unpacks_to_far_more_than_its_size_is_not_read_to_the_end() -> None:
    info = tarfile.TarInfo("zeros.txt")
    info.size = 10_000_000_000
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    data = [packer.compress(tarred(("a.txt", REPORT))[:1024] + info.tobuf())]
    zeros = bytes(1 << 20)
    data += [packer.compress(zeros) for _ in range(300)]
    found = items("x.tar.gz", b"".join([*data, packer.flush()]))
    assert list(parts(found)) == ["a.txt"]
    assert any("far more than its size" in fault or "larger" in fault for fault in faults(found))


def test_a_header_of_a_tar_that_claims_gigabytes_is_refused() -> None:
    info = tarfile.TarInfo("x")
    info.type, info.size = tarfile.XHDTYPE, 8_000_000_000
    data = tarred(("a.txt", REPORT))[:1024] + info.tobuf() + bytes(100_000)
    found = items("x.tar", data)
    assert list(parts(found)) == ["a.txt"]
    assert faults(found)


def test_a_header_of_digits_is_refused() -> None:
    digits = b"1" * 60_000
    info = tarfile.TarInfo("x")
    info.type, info.size = tarfile.XHDTYPE, len(digits)
    data = tarred(("a.txt", REPORT))[:1024] + info.tobuf() + digits + bytes(2000)
    assert list(parts(items("x.tar", data))) == ["a.txt"]


def test_archives_in_archives_end_at_a_depth(tmp_path: Path) -> None:
    data = REPORT
    for depth in range(8):
        data = zipped((f"{depth}.zip" if depth else "a.txt", data))
    (tmp_path / "x.zip").write_bytes(data)
    (read,) = read_documents(tmp_path / "x.zip")
    assert isinstance(read, Problem)
    assert "nested" in read.fault


def test_many_tiny_members_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    from pactwatch.documents.forms import archive, tar

    monkeypatch.setattr(archive, "MOST_PARTS", 50)
    monkeypatch.setattr(tar, "MOST_PARTS", 50)
    named = [(f"{n:04}.txt", b"x") for n in range(200)]
    assert len(parts(items("x.zip", zipped(*named)))) == 50
    assert len(parts(items("x.tar", tarred(*named)))) == 50


@generated(st.binary(max_size=300), st.integers(0, 2000))
def test_no_damage_to_an_archive_is_more_than_a_problem(noise: bytes, at: int) -> None:
    for name, whole in (
        ("x.zip", zipped(("a.txt", REPORT), ("b.txt", OTHER))),
        ("x.tar", tarred(("a.txt", REPORT), ("b.txt", OTHER))),
        ("x.gz", gzip.compress(REPORT)),
        ("x.zst", zstandard.compress(REPORT)),
        ("x.xz", lzma.compress(REPORT)),
    ):
        for item in items(name, whole[:at] + noise + whole[at + len(noise) :]):
            assert isinstance(item, (Part, Problem)) or item.text.strip()  # type: ignore[union-attr]
