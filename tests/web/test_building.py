"""Building from the desk: uploads under harmless names, addresses of the web alone, one build at a
time behind a desk that goes on answering, and the report of what was skipped."""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from pactwatch.store.history import note_begun
from pactwatch.web.jobs import Builder
from pactwatch.web.uploads import harmless

HOSTILE = (
    "../../etc/passwd", "..\\..\\boot.ini", "/etc/passwd", "C:\\a.txt", "..", ".", "", ".hidden",
    "a\0b.txt", "con.txt", "<script>alert(1)</script>.txt", "\u202efdp.txt", "x" * 5000 + ".txt",
    "aux", "a\r\nset-cookie: b", "~root", "-rf", "%2e%2e%2fx", "файл.txt",
)  # fmt: skip

WAITS = """
import json, sys, time
order = json.load(sys.stdin)
with open(order["dossier"] + ".order", "w") as file: json.dump(order, file)
print(json.dumps({"stage": "Reading", "done": 1, "total": 2}), flush=True)
time.sleep(60)
"""

TELLS = """
import json, pathlib, sys
order = json.load(sys.stdin)
names = sorted(pathlib.Path(path).name for path in order["files"])
with open(order["dossier"] + ".order", "w") as file: json.dump(order | {"names": names}, file)
skipped = [{"name": "<b>x", "fault": "is no text", "next_step": "Leave it"}]
print(json.dumps({"told": ["2 documents added."], "skipped": skipped, "end": True}), flush=True)
"""


def builder(script: str) -> Builder:
    return Builder(command=[sys.executable, "-c", script])


def token(client: TestClient) -> str:
    found = re.search(r'name="form_token" value="([^"]+)"', client.get("/build").text)
    assert found
    return found[1]


def told(client: TestClient) -> str:
    found = re.search(r'class="note told"[^>]*>([^<]*)', client.get("/build").text)
    return found[1] if found else ""


def send(client: TestClient, *files: tuple[str, bytes], **fields: str) -> int:
    data = {"form_token": token(client), "follow": "yes", **fields}
    parts = [("files", file) for file in files] or [("files", ("", b""))]
    return client.post("/build", data=data, files=parts).status_code


def state(client: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/build.json").json()["state"]
    return found


def end_of(client: TestClient, seconds: float = 60) -> dict[str, Any]:
    limit = time.monotonic() + seconds
    while (now := state(client))["running"]:
        assert time.monotonic() < limit
        time.sleep(0.05)
    return now


def order_of(made: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Path(f"{made.database.path}.order").read_text())
    return found


@given(st.text(max_size=300))
def test_a_name_never_leads_out_of_its_folder(name: str) -> None:
    _check_name(harmless(name))


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_become_harmless(name: str) -> None:
    _check_name(harmless(name))


def _check_name(made: str) -> None:
    assert made
    assert not made.startswith(".")
    assert not set(made) & set('/\\:*?"<>|\0\r\n\u202e')
    assert len(made.encode()) <= 255
    assert Path("/folder", made).resolve().parent == Path("/folder")


def test_uploads_come_in_under_harmless_names_and_leave_no_trace(
    writable: Callable[..., Any],
) -> None:
    made = writable(builder=builder(TELLS))
    client = made.client()
    folder = made.database.path.parent
    before = {path.name for path in folder.iterdir()}
    names = [name for name in HOSTILE if name and len(name) < 1000 and not set(name) & set("\n\0")]
    assert send(client, *((name, b"text") for name in names), ("../a.txt", b"1")) == 303
    end_of(client)
    given_names = order_of(made)["names"]
    assert set(given_names) == {*map(harmless, names), "a.txt"}
    after = {path.name for path in folder.iterdir()}
    assert after - before == {f"{made.database.path.name}.order"}


def test_two_files_of_one_name_are_both_kept(writable: Callable[..., Any]) -> None:
    made = writable(builder=builder(TELLS))
    client = made.client()
    send(client, ("a.txt", b"1"), ("b/a.txt", b"2"), ("c/a.txt", b"1"))
    end_of(client)
    assert order_of(made)["names"] == ["a.txt", "a.txt"]  # the third is the first once more
    first, second = order_of(made)["files"]
    assert Path(first).parent != Path(second).parent


def test_the_report_says_what_was_skipped(writable: Callable[..., Any]) -> None:
    client = writable(builder=builder(TELLS)).client()
    send(client)
    assert end_of(client)["told"] == ["2 documents added."]
    page = client.get("/build").text
    assert "2 documents added." in page
    assert "&lt;b&gt;x" in page
    assert "is no text" in page


@pytest.mark.parametrize(
    "address",
    ["/etc/passwd", "file:///etc/passwd", "ftp://a.example/", "etc", "http://", "//a.example",
     "javascript:alert(1)", "~/x", "http://[::1"],
)  # fmt: skip
def test_what_is_no_address_of_the_web_is_refused(
    writable: Callable[..., Any], address: str
) -> None:
    made = writable(builder=builder(TELLS))
    client = made.client()
    send(client, addresses=f"https://a.example/feed\n{address}")
    page = client.get("/build").text
    assert "is no address of the web" in page
    assert "https://a.example/feed" in page  # what was typed is there again
    assert not Path(f"{made.database.path}.order").exists()
    assert not state(client)["running"]


def test_addresses_of_a_build_that_ended_early_are_there_again(
    writable: Callable[..., Any],
) -> None:
    made = writable(builder=builder("import sys; sys.stdin.read(); sys.exit('no such date')"))
    client = made.client()
    send(client, addresses="https://a.example/feed https://b.example/x", published="2031-13")
    while state(client)["running"]:
        time.sleep(0.02)
    page = client.get("/build").text
    assert "no such date" in page
    assert ">https://a.example/feed\nhttps://b.example/x</textarea>" in page


def test_addresses_go_to_the_build_with_what_was_asked(writable: Callable[..., Any]) -> None:
    made = writable(builder=builder(TELLS))
    client = made.client()
    send(client, addresses="https://a.example/feed  http://b.example/x", published="2031-05")
    end_of(client)
    order = order_of(made)
    assert order["addresses"] == ["https://a.example/feed", "http://b.example/x"]
    assert (order["published"], order["follow"]) == ("2031-05", True)
    send(client, published="yesterday")
    assert "is no date" in told(client)


def test_one_build_at_a_time_while_the_desk_answers_and_it_can_be_stopped(
    writable: Callable[..., Any],
) -> None:
    made = writable(builder=builder(WAITS))
    client = made.client()
    send(client, ("a.txt", b"1"))
    while not state(client)["total"]:
        time.sleep(0.02)
    now = state(client)
    assert (now["stage"], now["done"], now["total"], now["who"]) == ("Reading", 1, 2, "Ann")
    assert "1 of 2" in client.get("/build").text
    assert client.get("/records").status_code == 200
    form_token = token(client)
    client.post("/build", data={"form_token": form_token}, files={"files": ("", b"")})
    assert "one is under way" in told(client)
    client.post("/build/stop", data={"form_token": token(client)})
    assert end_of(client)["fault"] == "The build was stopped."
    assert send(client) == 303  # there is room for the next


def test_a_build_that_breaks_says_so(writable: Callable[..., Any]) -> None:
    client = writable(builder=builder("import sys; sys.exit('no room <b>')")).client()
    send(client)
    assert "no room" in end_of(client)["fault"]
    assert "no room &lt;b&gt;" in client.get("/build").text


def test_too_large_a_body_is_refused_and_gives_its_place_up(writable: Callable[..., Any]) -> None:
    client = writable(builder=builder(TELLS), largest_upload=10_000).client()
    assert send(client, ("a.txt", b"x" * 20_000)) == 413
    assert not state(client)["running"]
    many = [(f"{n}.txt", b"") for n in range(60)]
    assert send(client, *many, **{f"field{n}": "x" for n in range(60)}) in (413, 415)
    assert not state(client)["running"]
    assert send(client, ("a.txt", b"x")) == 303


def test_a_real_build_adds_reads_and_settles(writable: Callable[..., Any]) -> None:
    made = writable()
    client = made.client()
    text = (
        b"Panama and Honduras signed a memorandum of understanding on border control in May 2031."
    )
    assert send(client, ("../pact.txt", text), ("noise.bin", b"\0\1\2\3")) == 303
    report = end_of(client, 120)
    assert report["fault"] is None, report
    assert "1 document added" in report["told"][0]
    assert [one["name"] for one in report["skipped"]] == ["noise.bin"]
    names = [row["name"] for row in client.get("/documents.json").json()["rows"]]
    assert "pact.txt" in names
    assert client.get("/records.json?kind=agreement").json()["place"]["total"] == 1
    changed = text + b" It was renewed in June 2031."
    send(client, ("pact.txt", changed), versions="yes")
    assert "1 replaced by a newer version" in end_of(client, 120)["told"][0]
    other = b"Peru signed a memorandum of understanding on ports with Chile in May 2031."
    send(client, ("pact.txt", other))
    assert end_of(client, 120)["told"][:2] == [
        "A file called pact.txt was added before; if this is another, both are kept.",
        "1 document added, 0 replaced by a newer version, 0 mended, 0 there already.",
    ]
    send(client, ("pact.txt", other))  # the same file again
    again = end_of(client, 120)["told"]
    assert "0 documents added" in again[0]
    assert "1 there already" in again[0]
    rows = client.get("/documents.json").json()["rows"]
    assert [row["name"] for row in rows].count("pact.txt") == 2
    send(client, ("pact.txt", changed + b" It ended."), versions="yes")
    assert "is the name of 2 different files here" in told(client)
    send(client, ("noise.txt", b"1"))
    end_of(client, 120)
    send(client, ("noise.txt", b"2"), ("noise.txt", b"3"), versions="yes")
    assert "is the name of two of these files" in told(client)


def test_the_overview_tells_of_a_build_that_was_stopped(writable: Callable[..., Any]) -> None:
    made = writable()
    client = made.client()
    assert "A build was stopped" not in client.get("/").text
    with made.database.writing() as connection:
        note_begun(connection)
    assert "A build was stopped" in client.get("/").text
    assert client.get("/index.json").json()["unfinished"] is True
