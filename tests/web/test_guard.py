"""Who may ask the desk, and how: every route with and without the token, by other names, from
other sites, with missing and replayed tokens of forms."""

from __future__ import annotations

import re

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.testclient import TestClient

from pactwatch.errors import UsageError
from pactwatch.store import Database
from pactwatch.web.app import Desk, make_app
from pactwatch.web.guard import Guard, own_path
from pactwatch.web.secrets import (
    MOST_SESSIONS,
    TRIES,
    Attempts,
    Sessions,
    hash_secret,
    secret_matches,
)
from pactwatch.web.settings import Settings, checked

TOKEN = "a token of twenty signs"


def _addresses(app: Starlette) -> list[str]:
    return [
        re.sub(r"\{\w+\}", "measure-evil", route.path)
        for route in app.routes
        if isinstance(route, Route)
    ]


def _form_token(client: TestClient, path: str) -> str:
    found = re.search(r'name="form_token" value="([^"]+)"', client.get(path).text)
    assert found
    return found[1]


def _sign_in(client: TestClient, token: str = TOKEN) -> int:
    data = {"token": token, "form_token": _form_token(client, "/sign-in")}
    return client.post("/sign-in", data=data).status_code


def test_without_the_token_every_route_is_shut(locked: TestClient) -> None:
    known = set(_addresses(locked.app))  # type: ignore[arg-type]
    assert known >= {"/", "/records", "/review", "/decide", "/decisions.jsonl", "/build"}
    for path in _addresses(locked.app):  # type: ignore[arg-type]
        answer = locked.get(path)
        if path.startswith(("/static/", "/sign-in")):
            assert answer.status_code in (200, 404), path
        else:
            assert answer.status_code == 401, path
            assert "evil" not in answer.text
        assert locked.post(path).status_code in (401, 403, 405, 415), path


def test_a_browser_without_the_token_is_led_to_sign_in(locked: TestClient) -> None:
    answer = locked.get("/", headers={"accept": "text/html"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")


def test_signing_in_leads_to_the_page_that_was_asked_for(locked: TestClient) -> None:
    html = {"accept": "text/html"}
    answer = locked.get("/records?kind=measure&page=2", headers=html)
    assert answer.headers["location"] == "/sign-in?to=/records%3Fkind%3Dmeasure%26page%3D2"
    page = locked.get(answer.headers["location"]).text
    assert 'name="to" value="/records?kind=measure&amp;page=2"' in page
    data = {"token": "wrong", "to": "/records?kind=measure", "form_token": _form_token(
        locked, "/sign-in")}  # fmt: skip
    assert 'name="to" value="/records?kind=measure"' in locked.post("/sign-in", data=data).text
    data |= {"token": TOKEN, "form_token": _form_token(locked, "/sign-in")}
    answer = locked.post("/sign-in", data=data)
    assert (answer.status_code, answer.headers["location"]) == (303, "/records?kind=measure")


@pytest.mark.parametrize(
    "place",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "x",
     "/\r\nset-cookie: a=b", "/" + "x" * 1000],
)  # fmt: skip
def test_signing_in_never_leads_elsewhere(locked: TestClient, place: str) -> None:
    assert own_path(place) is None
    data = {"token": TOKEN, "to": place, "form_token": _form_token(locked, "/sign-in")}
    assert locked.post("/sign-in", data=data).headers["location"] == "/"
    assert locked.get("/sign-in", params={"to": place}).headers["location"] == "/"


def test_a_form_sent_after_the_session_ended_leads_to_sign_in_and_back(
    locked: TestClient,
) -> None:
    headers = {"accept": "text/html", "referer": "http://localhost/review?at=3"}
    answer = locked.post("/decide", headers=headers)
    assert answer.headers["location"] == "/sign-in?to=/review%3Fat%3D3"
    headers["referer"] = "https://evil.example/review"
    assert locked.post("/decide", headers=headers).headers["location"] == "/sign-in"


def test_pages_behind_a_sign_in_are_stored_nowhere(locked: TestClient, desk: TestClient) -> None:
    assert locked.get("/").headers["cache-control"] == "no-store"
    _sign_in(locked)
    for path in ("/", "/records", "/records.json", "/decisions.jsonl", "/nowhere"):
        assert locked.get(path).headers["cache-control"] == "no-store", path
    assert "max-age" in locked.get("/static/desk.css").headers["cache-control"]
    assert desk.get("/").headers["cache-control"] == "no-cache, private"


def test_with_the_token_every_route_is_open(locked: TestClient) -> None:
    assert _sign_in(locked) == 303
    for path in _addresses(locked.app):  # type: ignore[arg-type]
        assert locked.get(path).status_code in (200, 303, 404, 405), path
    assert locked.get("/").status_code == 200


def test_signing_in_gives_a_new_key_and_signing_out_ends_it(locked: TestClient) -> None:
    locked.get("/sign-in")
    before = locked.cookies["pactwatch"]
    _sign_in(locked)
    after = locked.cookies["pactwatch"]
    assert before != after
    token = _form_token(locked, "/")
    assert locked.post("/sign-out", data={"form_token": token}).status_code == 303
    locked.cookies.set("pactwatch", after)
    assert locked.get("/").status_code == 401


def test_cookies_are_for_the_browser_alone(hostile: Database) -> None:
    app = make_app(hostile, Settings(token=TOKEN, secure=True))
    with TestClient(app, base_url="https://localhost") as client:
        cookie = client.get("/sign-in").headers["set-cookie"]
    assert cookie.startswith("__Host-pactwatch=")
    assert {"Secure", "HttpOnly", "SameSite=Strict", "Path=/"} <= set(cookie.split("; "))


def test_wrong_tokens_are_counted_and_then_refused(locked: TestClient) -> None:
    assert [_sign_in(locked, "wrong") for _ in range(TRIES)] == [403] * TRIES
    assert _sign_in(locked, "wrong") == 429
    assert _sign_in(locked) == 429


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "", "127.0.0.1.nip.io"])
def test_other_names_than_our_own_are_refused(desk: TestClient, host: str) -> None:
    answer = desk.get("/", headers={"host": host})
    assert answer.status_code == 421
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("host", ["localhost:8765", "127.0.0.1", "[::1]:80", "LOCALHOST"])
def test_our_own_names_are_known_with_any_port(desk: TestClient, host: str) -> None:
    assert desk.get("/", headers={"host": host}).status_code == 200


def test_every_answer_carries_the_policy(desk: TestClient) -> None:
    for path in ("/", "/none", "/records.csv", "/static/desk.js", "/index.json"):
        headers = desk.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "http" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
    assert desk.get("/", headers={"host": "evil.example"}).headers["content-security-policy"]


# A room that writes, as others will bring


def _writes(desk: Desk) -> list[BaseRoute]:
    async def write(request: Request) -> Response:
        guard: Guard = request.state.guard
        fields = await guard.form(request, "reviewer")
        return PlainTextResponse(f"kept {sorted(fields)}")

    async def token(request: Request) -> Response:
        guard: Guard = request.state.guard
        return PlainTextResponse(guard.token(request))

    return [Route("/write", write, methods=["POST"]), Route("/token", token)]


@pytest.fixture
def writing(hostile: Database) -> TestClient:
    app = make_app(hostile, Settings(), routes=_writes)
    return TestClient(app, base_url="http://localhost:8765")


def test_a_form_with_its_token_is_taken_once(writing: TestClient) -> None:
    token = writing.get("/token").text
    data = {"form_token": token, "what": "accept"}
    assert writing.post("/write", data=data).text == "kept ['what']"
    assert writing.post("/write", data=data).status_code == 403


def test_a_form_without_a_token_of_its_session_is_refused(writing: TestClient) -> None:
    token = writing.get("/token").text
    assert writing.post("/write", data={"what": "accept"}).status_code == 403
    assert writing.post("/write", data={"form_token": "x" * 32}).status_code == 403
    writing.cookies.clear()
    assert writing.post("/write", data={"form_token": token}).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"}, {"origin": "null"}, {"origin": "http://localhost:1"},
        {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"},
    ],
)  # fmt: skip
def test_a_form_from_another_site_is_refused(writing: TestClient, headers: dict[str, str]) -> None:
    data = {"form_token": writing.get("/token").text}
    assert writing.post("/write", data=data, headers=headers).status_code == 403
    assert writing.post("/write", data=data).status_code == 200  # its token was not spent


def test_a_body_that_is_no_form_or_too_large_is_refused(writing: TestClient) -> None:
    assert writing.post("/write", json={"a": 1}).status_code == 415
    assert writing.post("/write", data={"a": "x" * 70_000}).status_code == 413

    def endless():  # type: ignore[no-untyped-def]
        for _ in range(100):
            yield b"a" * 1000

    kind = {"content-type": "application/x-www-form-urlencoded"}
    assert writing.post("/write", content=endless(), headers=kind).status_code == 413


def test_other_methods_are_refused(desk: TestClient) -> None:
    assert desk.request("DELETE", "/records").status_code == 405
    assert desk.request("TRACE", "/").status_code == 405


# Settings and secrets


@pytest.mark.parametrize(
    "settings",
    [
        Settings(host="192.0.2.1"), Settings(host="192.0.2.1", token="short"),
        Settings(host="0.0.0.0", token=TOKEN),
    ],
)  # fmt: skip
def test_settings_that_let_others_in_are_refused(settings: Settings) -> None:
    with pytest.raises(UsageError):
        checked(settings)


def test_settings_that_keep_others_out_are_taken() -> None:
    for settings in (
        Settings(),
        Settings(host="::1"),
        Settings(host="192.0.2.1", token=TOKEN),
        Settings(host="0.0.0.0", token=TOKEN, hosts=("desk.example",)),
    ):
        assert checked(settings) is settings


def test_secrets_are_kept_as_salted_hashes() -> None:
    first, second = hash_secret(TOKEN), hash_secret(TOKEN)
    assert first != second
    assert TOKEN not in first
    assert secret_matches(TOKEN, first)
    assert not secret_matches(TOKEN + "x", first)


def test_visitors_push_nobody_out_who_has_signed_in() -> None:
    sessions = Sessions(hours=1)
    key = sessions.begin(who="Nia", role="editor")
    for _ in range(MOST_SESSIONS + 10):
        sessions.begin(who=None, role=None)
    found = sessions.find(key)
    assert found is not None
    assert found.who == "Nia"


def test_sessions_end_with_their_time() -> None:
    now = [0.0]
    sessions = Sessions(hours=1, clock=lambda: now[0])
    key = sessions.begin(who="local", role="reader")
    assert sessions.find(key)
    now[0] = 3601.0
    assert sessions.find(key) is None


def test_attempts_are_forgiven_after_a_while() -> None:
    now = [0.0]
    attempts = Attempts(clock=lambda: now[0])
    for _ in range(TRIES):
        attempts.failed("192.0.2.1")
    assert attempts.wait("192.0.2.1") > 0
    assert attempts.wait("192.0.2.2") == 0
    now[0] = 61.0
    assert attempts.wait("192.0.2.1") == 0
