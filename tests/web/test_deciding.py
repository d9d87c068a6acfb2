"""Deciding at the desk: on the queue, on records, actors and documents; undo; the log; by whom."""

from __future__ import annotations

import json
import re
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select, update
from starlette.routing import Route
from starlette.testclient import TestClient

from pactwatch.store import Database
from pactwatch.store import tables as t
from pactwatch.web.app import make_app
from pactwatch.web.jobs import Builder
from pactwatch.web.rooms import LINKS, Rooms
from pactwatch.web.secrets import TRIES, hash_secret
from pactwatch.web.settings import Settings, User

USERS = tuple(
    User(name=name, role=role, secret=hash_secret(f"the secret of {name}"))
    for name, role in (("Rosa", "reader"), ("Vera", "reviewer"), ("Edda", "editor"))
)


def token(client: TestClient, path: str = "/review") -> str:
    found = re.search(r'name="form_token" value="([^"]+)"', client.get(path).text)
    assert found, path
    return found[1]


def told(client: TestClient, path: str = "/review") -> str:
    found = re.search(r'class="note told"[^>]*>([^<]*)', client.get(path).text)
    return found[1] if found else ""


def stamp(client: TestClient) -> str:
    found = re.search(r'name="stamp" value="([^"]+)"', client.get("/review").text)
    return found[1] if found else ""


def post(client: TestClient, path: str, **fields: str) -> Any:
    given = {"stamp": stamp(client)} if "other" in fields else {}
    return client.post(path, data={"form_token": token(client), **given, **fields})


def log(client: TestClient) -> list[dict[str, Any]]:
    return [json.loads(line) for line in client.get("/decisions.jsonl").text.splitlines()]


def item(client: TestClient, **query: str) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/review.json", params=query).json()["item"]
    return found


def sign_in(client: TestClient, name: str, secret: str | None = None) -> int:
    data = {
        "form_token": token(client, "/sign-in"), "name": name,
        "token": f"the secret of {name}" if secret is None else secret,
    }  # fmt: skip
    return client.post("/sign-in", data=data).status_code


def quick() -> Builder:
    """Builds that are over at once."""
    says = "import sys; sys.stdin.read(); print('{\"end\":true}')"
    return Builder(command=[sys.executable, "-c", says])


@pytest.fixture
def desk(writable: Callable[..., Any]) -> TestClient:
    client: TestClient = writable().client()
    return client


# The queue


def test_the_queue_shows_its_quotation_in_context(desk: TestClient) -> None:
    found = item(desk)
    assert found["why"] == "contested"
    context = found["contexts"][0]
    text = context["before"] + "".join(p["text"] for p in context["evidence"]) + context["after"]
    assert "guards to Guatemala on 3 May 2031" in text
    page = desk.get("/review").text
    assert f"/document/{context['document_id']}#c{context['quote']}" in page
    assert {choice["words"] for choice in found["choices"]} >= {"40", "50"}


def test_accepting_a_side_takes_it_from_the_queue_and_is_shown_on_the_record(
    desk: TestClient,
) -> None:
    before = item(desk)
    answer = post(
        desk, "/decide", action="accept", about=before["first"], reason="seen", back="/review?at=0"
    )
    assert (answer.status_code, answer.headers["location"]) == (303, "/review?at=0")
    assert "by Ann" in told(desk)
    after = item(desk)
    assert after is None or after["first"] != before["first"]
    record = desk.get(f"/record/{before['record_id']}").text
    assert re.search(r'class="rulings">.*accepted by Ann, .*: seen', record)


def test_undoing_brings_it_back(desk: TestClient) -> None:
    before = item(desk)
    post(desk, "/decide", action="reject", about=before["first"])
    assert item(desk) != before
    post(desk, "/undo")
    assert item(desk) == before
    assert [entry["action"] for entry in log(desk)] == ["reject", "undo"]
    post(desk, "/undo")
    assert "nothing left to undo" in told(desk)


def test_marked_words_correct_a_value(desk: TestClient) -> None:
    found = item(desk)
    context = next(c for c in found["contexts"] if c["value"] == "50")
    text = "".join(p["text"] for p in context["evidence"])
    start = context["quote"] + text.index("50")
    post(
        desk, "/decide", action="correct", about=context["claim_id"],
        finding=context["finding_id"], place=context["document_id"], words="50 guards",
        start=str(start), end=str(start + 9), reason="with the noun",
    )  # fmt: skip
    (made,) = log(desk)
    assert made["words"]["text"] == "50 guards"
    assert made["words"]["start"] == start
    assert "corrected to “50 guards” by Ann" in desk.get(f"/record/{found['record_id']}").text


def test_words_that_do_not_stand_there_are_looked_for_or_refused(desk: TestClient) -> None:
    context = next(c for c in item(desk)["contexts"] if c["value"] == "50")
    fields = {
        "action": "correct", "about": context["claim_id"], "finding": context["finding_id"],
        "place": context["document_id"], "start": "0", "end": "3", "reason": "typed <b>",
    }  # fmt: skip
    post(desk, "/decide", **fields, words="60 guards")
    page = desk.get("/review").text
    assert "does not stand in it to the letter" in page
    assert 'value="typed &lt;b&gt;"' in page  # what was typed is there again
    assert log(desk) == []
    post(desk, "/decide", **fields, words="50 guards")
    assert log(desk)[0]["words"]["text"] == "50 guards"


def test_a_value_is_corrected_with_a_reason_only(desk: TestClient) -> None:
    found = item(desk)
    post(desk, "/decide", action="correct", about=found["first"], value="45 guard")
    assert "Not done" in told(desk)
    post(desk, "/decide", action="correct", about=found["first"], value="45 guard", reason="seen")
    assert log(desk)[0]["value"]["number"] == "45"


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"action": "explode", "about": "measure-1"}, "be decided"),
        ({"action": "accept", "about": ""}, "no such record"),
        ({"action": "accept", "about": "claim-none"}, "no such record"),
        ({"action": "correct", "about": "measure-1", "field": "amount"}, "to what?"),
        ({"action": "correct", "about": "measure-1", "value": "1"}, "which field?"),
        ({"action": "same", "about": "measure-1"}, "other"),
        ({"action": "add", "kind": "none"}, "no kind of finding"),
        ({"action": "add", "kind": "measure", "document": "a.txt", "words": "x y z"}, "letter"),
    ],
)
def test_what_is_incomplete_is_refused_in_words(
    desk: TestClient, fields: dict[str, str], fault: str
) -> None:
    assert post(desk, "/decide", **fields).status_code == 303
    assert fault in told(desk)
    assert log(desk) == []


def test_a_form_leads_back_to_pages_of_the_desk_alone(desk: TestClient) -> None:
    for back in ("https://evil.example/review", "//evil.example", "/\\evil.example", "/static/x",
                 "/review\r\nset-cookie: a=b", "javascript:alert(1)"):  # fmt: skip
        answer = post(desk, "/decide", action="accept", about="measure-1", back=back)
        assert answer.headers["location"] == "/review", back
        assert "evil" not in str(answer.headers)


# Records, actors, documents


def test_two_records_are_made_one_and_two_again(desk: TestClient) -> None:
    records = desk.get("/records.json").json()["place"]["total"]
    post(desk, "/decide", action="same", about="measure-2", other="measure-3", back="/record/x")
    assert desk.get("/records.json").json()["place"]["total"] == records - 1
    post(desk, "/undo")
    assert desk.get("/records.json").json()["place"]["total"] == records


def test_an_actor_is_renamed(desk: TestClient) -> None:
    id_ = desk.get("/actors.json").json()["rows"][0]["id"]
    post(desk, "/decide", action="rename", about=id_, value="The <i>Republic", reason="its name")
    page = desk.get("/actors").text
    assert "The &lt;i&gt;Republic" in page
    id_ = next(
        row["id"] for row in desk.get("/actors.json").json()["rows"] if "Republic" in row["name"]
    )
    assert "renamed to" in desk.get(f"/actor/{id_}").text


def test_a_document_is_set_aside(desk: TestClient) -> None:
    rows = desk.get("/documents.json").json()["rows"]
    id_ = next(row["id"] for row in rows if row["name"] == "c.txt")
    post(desk, "/decide", action="set aside", about=id_, reason="a hoax", back=f"/document/{id_}")
    page = desk.get(f"/document/{id_}").text
    assert "set aside by Ann" in page
    assert "7 boats" not in desk.get("/records").text


def test_a_finding_is_added_from_a_document(desk: TestClient) -> None:
    rows = desk.get("/documents.json").json()["rows"]
    id_ = next(row["id"] for row in rows if row["name"] == "b.txt")
    assert 'name="role-participant"' in desk.get(f"/document/{id_}?add=meeting").text
    post(
        desk, "/decide", action="add", kind="meeting", document=id_, place=id_, start="0",
        end="16", words="The council met.", **{"role-participant": "council"},
    )  # fmt: skip
    (made,) = log(desk)
    assert made["finding"]["roles"]["participant"][0]["text"] == "council"
    assert desk.get("/records.json?kind=meeting").json()["place"]["total"] == 1


# What is chosen, shown and typed


def record_of(client: TestClient, number: str) -> dict[str, Any]:
    address = client.get(f"/record/{number}.json").headers.get("location", "")
    found: dict[str, Any] = client.get(address or f"/record/{number}.json").json()
    return found


def claim_of(client: TestClient, number: str, field: str) -> str:
    id_ = record_of(client, number)["id"]
    choices = client.get(f"/decide/{id_}.json").json()["item"]["choices"]
    found: str = next(choice["id"] for choice in choices if choice["field"] == field)
    return found


def test_the_field_that_is_chosen_goes_before_the_value_that_is_chosen(desk: TestClient) -> None:
    amount = claim_of(desk, "measure-2", "amount")
    post(desk, "/decide", action="correct", about=amount, field="recipient", words="Panama")
    (made,) = log(desk)
    assert (made["action"], made["field"]) == ("correct", "recipient")
    assert made["words"]["text"] == "Panama"
    assert made["about"][0]["filler"]["text"] != "7"


def test_correcting_a_field_that_the_record_lacks_adds_to_it(desk: TestClient) -> None:
    found = item(desk)
    context = found["contexts"][0]
    assert not any(choice["field"] == "place" for choice in found["choices"])
    post(
        desk, "/decide", action="correct", about=context["claim_id"], field="place",
        finding=context["finding_id"], words="Guatemala",
    )  # fmt: skip
    (made,) = log(desk)
    assert (made["action"], made["field"], made["words"]["text"]) == ("add", "place", "Guatemala")
    post(desk, "/decide", action="correct", about=found["record_id"], field="purpose", value="x",
         reason="seen")  # fmt: skip
    assert "nothing is told of it yet" in told(desk)


def test_a_quotation_that_does_not_tell_the_value_corrects_nothing(desk: TestClient) -> None:
    contexts = [c for c in item(desk)["contexts"] if c["field"] == "amount"]
    one, two = (next(c for c in contexts if c["value"] == v) for v in ("40", "50"))
    post(
        desk, "/decide", action="correct", about=one["claim_id"], finding=two["finding_id"],
        words="50 guards",
    )  # fmt: skip
    assert "does not tell the value" in told(desk)
    assert log(desk) == []


def test_words_marked_in_no_quotation_of_the_record_are_looked_for_as_typed(
    desk: TestClient,
) -> None:
    rows = desk.get("/documents.json").json()["rows"]
    id_ = next(row["id"] for row in rows if row["name"] == "b.txt")
    fields = {"action": "correct", "about": claim_of(desk, "measure-2", "amount"), "place": id_,
              "start": "4", "end": "11", "words": "council"}  # fmt: skip
    post(desk, "/decide", **fields)
    assert "does not stand in it to the letter" in told(desk)
    assert log(desk) == []


def test_a_number_of_another_record_holds_only_as_long_as_the_page(desk: TestClient) -> None:
    seen, other = stamp(desk), record_of(desk, "measure-3")
    post(desk, "/decide", action="reject", about="measure-1")
    post(
        desk, "/decide", action="different", about="measure-2", other="measure-3", stamp=seen,
        reason="kept", back="/review", here="/decide/x",
    )  # fmt: skip
    words = told(desk)
    assert "numbers have changed" in words
    assert "there is no measure-3 now" in words
    assert len(log(desk)) == 1
    answer = post(
        desk, "/decide", action="different", about="measure-1", stamp=seen,
        other=f"http://localhost/record/{other['id']}",
    )  # fmt: skip
    assert answer.status_code == 303
    assert log(desk)[1]["action"] == "different"


def test_the_notice_names_both_records(desk: TestClient) -> None:
    labels = [record_of(desk, f"measure-{n}")["label"] for n in (2, 3)]
    post(desk, "/decide", action="different", about="measure-2", other="measure-3")
    words = told(desk)
    assert words.startswith(f"different: “{labels[0][:20]}")
    assert "(measure-2) and “" in words
    assert "(measure-3), by Ann." in words


def test_after_a_decision_one_is_led_to_what_has_the_record_now(desk: TestClient) -> None:
    ids = [record_of(desk, f"measure-{n}")["id"] for n in (2, 3)]
    landed = []
    for about, other in (ids, ids[::-1]):
        answer = post(
            desk, "/decide", action="same", about=about, other=other, back=f"/record/{about}"
        )
        landed.append(answer.headers["location"])
        assert desk.get(landed[-1]).status_code == 200
        post(desk, "/undo", back=landed[-1])
    assert landed[0] == landed[1]
    answer = post(desk, "/decide", action="reject", about=ids[0], back=f"/record/{ids[0]}")
    assert answer.headers["location"] == "/decisions"
    assert "reject" in told(desk, "/decisions")
    actor = desk.get("/actors.json").json()["rows"][0]["id"]
    answer = post(
        desk, "/decide", action="rename", about=actor, value="Nova", reason="so",
        back=f"/actor/{actor}",
    )  # fmt: skip
    assert "Nova" in desk.get(answer.headers["location"]).text


def test_while_the_ledger_is_being_settled_one_is_led_to_the_log(
    desk: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pactwatch.web.deciding.WAIT", 0.0)
    id_ = record_of(desk, "measure-2")["id"]
    for action, place in (("accept", f"/record/{id_}"), ("reject", "/decisions")):
        answer = post(desk, "/decide", action=action, about=id_, back=f"/record/{id_}")
        assert answer.headers["location"] == place
    assert "is being settled" in told(desk, "/decisions")


def test_a_refused_form_is_there_again_on_its_own_page(desk: TestClient) -> None:
    record = record_of(desk, "measure-2")["id"]
    page = desk.get(f"/decide/{record}").text
    assert f'name="here" value="/decide/{record}"' in page
    answer = post(
        desk, "/decide", action="correct", about=record, field="amount", words="no such words",
        reason="typed", back=f"/record/{record}", here=f"/decide/{record}",
    )  # fmt: skip
    assert answer.headers["location"] == f"/decide/{record}"
    page = desk.get(f"/decide/{record}").text
    assert 'value="no such words"' in page
    assert 'value="typed"' in page
    assert '<option value="amount" selected' in page
    answer = post(desk, "/decide", action="same", about=record, other="nothing", reason="kept",
                  back=f"/record/{record}")  # fmt: skip
    page = desk.get(answer.headers["location"]).text
    assert 'value="nothing"' in page
    assert 'value="kept"' in page


def test_a_form_of_before_a_restart_is_kept_unsent(writable: Callable[..., Any]) -> None:
    made = writable()
    old, new = made.client(), made.client()
    fields = {"form_token": token(old), "action": "accept", "about": "measure-1",
              "reason": "typed long ago", "back": "/review", "here": "/review?at=1"}  # fmt: skip
    answer = new.post("/decide", data=fields)
    assert answer.status_code == 403
    assert 'href="/review?at=1"' in answer.text
    assert "kept, and not sent" in answer.text
    assert log(new) == []
    assert 'value="typed long ago"' in new.get("/review?at=1").text


def test_a_decision_on_one_value_says_which(desk: TestClient) -> None:
    amount = claim_of(desk, "measure-2", "amount")
    words = desk.get(f"/decide/{amount}.json").json()["item"]["choices"][0]["words"]
    post(desk, "/decide", action="accept", about=amount)
    record = record_of(desk, "measure-2")
    number = words.split()[0]
    assert f"amount “{number}” accepted by Ann" in record["rulings"][0]["words"]
    row = desk.get("/decisions.json").json()["rows"][0]
    assert row["words"] == f"accept amount “{number}”"
    post(desk, "/undo")
    assert told(desk).startswith(f"undo: accept amount “{number}”")
    row = desk.get("/decisions.json").json()["rows"][0]
    assert row["words"] == f"undo: accept amount “{number}” (by Ann)"
    assert row["about"]


def test_an_empty_finding_is_not_added(desk: TestClient) -> None:
    rows = desk.get("/documents.json").json()["rows"]
    id_ = next(row["id"] for row in rows if row["name"] == "b.txt")
    fields = {"action": "add", "kind": "agreement", "document": id_, "place": id_, "start": "0",
              "end": "16", "words": "The council met."}  # fmt: skip
    post(desk, "/decide", **fields)
    assert "says nothing without name or party" in told(desk)
    assert log(desk) == []
    post(desk, "/decide", **fields, **{"role-party": "council"})
    assert len(log(desk)) == 1


def test_what_another_record_says_is_decided_there(writable: Callable[..., Any]) -> None:
    made = writable()
    client = made.client()
    before, other = item(client), record_of(client, "measure-3")
    s, f = t.claim_support.c, t.record_finding.c
    say_it = select(s.finding_id).where(s.claim_id == before["first"])
    with made.database.writing() as connection:  # as of a denial, which another record tells
        connection.execute(
            update(t.record_finding)
            .where(f.finding_id.in_(say_it))
            .values(record_id=other["id"], position=f.position + 100)
        )
    after = item(client)
    assert after["record_id"] == before["record_id"]
    assert after["first"] not in (before["first"], after["record_id"])
    page = client.get("/review").text
    assert f'name="about" value="{before["first"]}"' not in page
    assert f'href="/record/{other["id"]}">measure-3: ' in page
    assert re.search(rf'value="{after["first"]}" checked', page)
    post(client, "/decide", action="accept", about=after["first"])
    assert len(log(client)) == 1


def test_what_low_support_is_is_said(desk: TestClient) -> None:
    page = desk.get("/review").text
    assert "agreements, and measures with money or with people sent" in page
    assert item(desk, why="low support")["explanation"] == "One account alone tells this measure."


# The log


def test_the_log_filters_and_undoes(desk: TestClient) -> None:
    post(desk, "/decide", action="accept", about="measure-1", reason="first")
    post(desk, "/decide", action="reject", about="measure-2", reason="second")
    page = desk.get("/decisions.json").json()
    assert [row["action"] for row in page["rows"]] == ["reject", "accept"]
    for query, n in (("action=reject", 1), ("who=Ann", 2), ("who=Bob", 0), ("words=second", 1),
                     ("state=in+force", 2), ("state=undone", 0), ("words=%25", 0)):  # fmt: skip
        assert len(desk.get(f"/decisions.json?{query}").json()["rows"]) == n, query
    post(desk, "/undo", decision=page["rows"][1]["id"], back="/decisions")
    states = {r["id"]: r["state"] for r in desk.get("/decisions.json").json()["rows"]}
    assert states[page["rows"][1]["id"]] == "undone"


def test_decisions_are_joined_from_a_file_and_a_faulty_one_is_refused(
    writable: Callable[..., Any],
) -> None:
    here, there = writable().client(), writable().client()
    post(here, "/decide", action="reject", about="measure-2")
    lines = here.get("/decisions.jsonl").content

    def upload(body: bytes) -> str:
        data = {"form_token": token(there)}
        sent = there.post("/decisions/import", data=data, files={"file": ("../a.jsonl", body)})
        assert sent.headers["location"] == "/review"
        return told(there)

    assert "1 new" in upload(lines)
    assert "0 new" in upload(lines)
    assert log(there) == log(here)
    assert "was changed" in upload(lines.replace(b"reject", b"accept"))
    assert "is a dossier" in upload(b"SQLite format 3\0" + b"x" * 100)
    assert "Not done" in upload(b"\xff\xfe{")
    assert len(log(there)) == 1


def test_reviewers_who_disagree_are_shown(writable: Callable[..., Any]) -> None:
    made = writable()
    ann, bob = made.client(), made.client()
    post(bob, "/name", name="  Bob   Ray ")
    post(ann, "/decide", action="reject", about="measure-2")
    id_ = log(ann)[0]["about"][0]["finding_id"]
    post(bob, "/decide", action="accept", about=id_)
    found = item(ann, why="disagreement")
    assert {"Ann", "Bob Ray"} <= set(re.findall(r"Ann|Bob Ray", found["explanation"]))
    assert "reviewers disagree" in ann.get(f"/record/{found['record_id']}").text


def test_two_sessions_at_once_lose_nothing(writable: Callable[..., Any]) -> None:
    made = writable()
    faults: list[str] = []

    def work(name: str) -> None:
        client = made.client()
        post(client, "/name", name=name)
        for n in range(8):
            answer = post(
                client, "/decide", action="accept", about=f"measure-{n % 3 + 1}", reason=str(n)
            )
            if answer.status_code != 303:
                faults.append(answer.text)

    threads = [threading.Thread(target=work, args=(name,)) for name in ("Ann", "Bob")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    made.rooms.renewer.close()
    assert faults == []
    kept = [(entry["who"], entry["reason"]) for entry in log(made.client())]
    assert sorted(kept) == sorted((who, str(n)) for who in ("Ann", "Bob") for n in range(8))
    assert made.rooms.dossier.is_current


# Who may


WRITING = ("/decide", "/undo", "/name", "/decisions/import", "/build", "/build/stop")


def _writing(client: TestClient) -> set[str]:
    return {
        route.path
        for route in client.app.routes  # type: ignore[attr-defined]
        if isinstance(route, Route) and "POST" in (route.methods or ())
    }


def _send(client: TestClient, path: str, form_token: str | None, **headers: str) -> int:
    data = {"action": "accept", "about": "measure-1", "name": "Eve"}
    if form_token is not None:
        data["form_token"] = form_token
    files = {"file": ("a.txt", b"x")} if path in ("/build", "/decisions/import") else None
    return client.post(path, data=data, files=files, headers=headers).status_code


def test_every_route_that_writes_is_known_here(desk: TestClient) -> None:
    assert _writing(desk) == {*WRITING, "/sign-in", "/sign-out"}


@pytest.mark.parametrize("path", WRITING)
def test_no_form_is_taken_without_its_token_twice_or_from_elsewhere(
    writable: Callable[..., Any], path: str
) -> None:
    made = writable(builder=quick())
    desk = made.client()
    given = token(desk)
    assert _send(desk, path, None) == 403
    assert _send(desk, path, "x" * 32) == 403
    assert _send(desk, path, given, origin="https://evil.example") == 403
    assert _send(desk, path, given, **{"sec-fetch-site": "cross-site"}) == 403
    assert log(desk) == []
    assert _send(desk, path, given) == 303
    while made.rooms.builder.state.running:
        time.sleep(0.02)
    assert _send(desk, path, given) == 403


@pytest.mark.parametrize("path", WRITING)
def test_roles_may_what_they_may(writable: Callable[..., Any], path: str) -> None:
    made = writable(users=USERS, builder=quick())
    least = {"/decisions/import": 2, "/build": 2, "/build/stop": 2}.get(path, 1)
    anonymous = made.client()
    assert _send(anonymous, path, token(anonymous, "/sign-in")) == 401
    for rank, user in enumerate(USERS):
        client = made.client()
        assert sign_in(client, user.name) == 303
        status = _send(client, path, token(client, "/decisions"))
        if path == "/name":
            assert status == 403  # their names are those of the file
        else:
            assert status == (303 if rank >= least else 403), user.role


def test_readers_look_and_are_offered_nothing(writable: Callable[..., Any]) -> None:
    client = writable(users=USERS).client()
    sign_in(client, "rosa", "the secret of Rosa")
    record = client.get("/record/measure-1", follow_redirects=True)
    for page in (client.get("/review"), record):
        assert page.status_code == 200
        assert 'action="/decide"' not in page.text
    assert client.get("/build").status_code == 403
    assert 'href="/build"' not in client.get("/").text


def test_decisions_bear_the_name_of_the_user(writable: Callable[..., Any]) -> None:
    client = writable(users=USERS).client()
    sign_in(client, "Vera")
    post(client, "/decide", action="accept", about="measure-1", who="Edda")
    assert [entry["who"] for entry in log(client)] == ["Vera"]


def test_wrong_secrets_unknown_names_and_too_many_tries_are_refused(
    writable: Callable[..., Any],
) -> None:
    client = writable(users=USERS).client()
    assert sign_in(client, "Vera", "the secret of Edda") == 403
    assert sign_in(client, "Nobody", "") == 403
    assert sign_in(client, "", "") == 403
    for _ in range(TRIES - 3):
        assert sign_in(client, "Vera", "no") == 403
    assert sign_in(client, "Vera") == 429


def test_where_all_have_one_token_the_name_is_asked(writable: Callable[..., Any]) -> None:
    client = writable(token="a token of twenty signs").client()
    assert sign_in(client, "Ann Reyes", "a token of twenty signs") == 303
    post(client, "/decide", action="accept", about="measure-1")
    assert [entry["who"] for entry in log(client)] == ["Ann Reyes"]


def test_a_hostile_dossier_breaks_no_page_that_decides(hostile: Database) -> None:
    rooms = Rooms(hostile)
    app = make_app(hostile, Settings(who="<b>Ann</b>"), routes=rooms.routes, links_more=LINKS)
    client = TestClient(app, base_url="http://localhost", follow_redirects=True)
    places = ["/review", "/decisions", "/build", "/decide/measure-evil", "/record/measure-evil",
              "/documents"]  # fmt: skip
    for row in client.get("/records.json").json()["rows"]:
        places += [f"/record/{row['id']}", f"/decide/{row['id']}"]
    for row in client.get("/documents.json").json()["rows"]:
        places.append(f"/document/{row['id']}?add=measure")
    for place in places:
        answer = client.get(place)
        assert answer.status_code in (200, 404), place
        assert "<script>window" not in answer.text, place
        assert "<b>Ann" not in answer.text, place
        assert "\u202e" not in answer.text, place
        assert len(answer.content) < 400_000, place
