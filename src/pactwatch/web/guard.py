"""What stands before every page: the host asked for, the session, the role, the token of forms; and
the headers that go with every answer.

Comes in: requests. Goes out: requests that may pass, with their session in `request.state`, or a
refusal in words. It knows no page. Routes that change something ask `Guard.form`, which reads the
form, checks where it comes from and spends its token; which role a route needs is said where it is
composed (`app`).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from types import MappingProxyType
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit

from starlette.requests import HTTPConnection, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from pactwatch.errors import PactwatchError
from pactwatch.review import clean_name
from pactwatch.web.secrets import Attempts, Session, Sessions, hash_secret, secret_matches
from pactwatch.web.settings import ROLES, Settings

__all__ = [
    "HEADERS",
    "SITE_POLICY",
    "Guard",
    "NotAForm",
    "Refusal",
    "Spent",
    "TooLarge",
    "TooMany",
    "own_path",
]

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

SITE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'"
)
"""Nothing inline, nothing from elsewhere."""

HEADERS = (
    ("content-security-policy", f"{SITE_POLICY}; frame-ancestors 'none'"),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "same-origin"),  # with none at all, forms of ours would give no origin
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
)

OPEN = ("/sign-in", "/static/")
"""Addresses that can be seen before signing in."""

TOKEN_FIELD = "form_token"
MOST_FIELDS = 200


class Refusal(PactwatchError):
    """A request that must not pass; its class says the status of the answer."""

    status = 403


class TooLarge(Refusal):
    """More bytes than are taken."""

    status = 413


class TooMany(Refusal):
    """Too many tries."""

    status = 429


class NotAForm(Refusal):
    """A body of another kind than is taken."""

    status = 415


class Spent(Refusal):
    """A form whose token is missing, spent, or of another session.

    Attributes:
        fields: What it says.
    """

    fields: Mapping[str, str] = MappingProxyType({})


def own_path(address: str) -> str | None:
    """An address, if it is one of a page of this desk; None for any other."""
    plain = "\\" not in address and address.isprintable() and address.isascii()
    here = address.startswith("/") and not address.startswith("//")
    return address if here and plain and len(address) < 1000 else None


class Guard:
    """The middleware, and what routes ask of it."""

    def __init__(self, app: App, settings: Settings) -> None:
        self.app = app
        self.settings = settings
        self.sessions = Sessions(hours=settings.hours)
        self.attempts = Attempts()
        self._secret = hash_secret(settings.token) if settings.token else None
        self._users = {user.name.casefold(): user for user in settings.users}
        self._nobody = hash_secret("") if settings.users else ""
        secure = settings.secure
        self.cookie = "__Host-pactwatch" if secure else "pactwatch"

    @property
    def local(self) -> bool:
        """Nobody needs to sign in: the desk is for this machine alone."""
        return self._secret is None and not self._users

    @property
    def by_name(self) -> bool:
        """People sign in with a name and a secret of their own."""
        return bool(self._users)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return  # no web sockets
        connection = HTTPConnection(scope)
        refusal = self._refused(scope, connection)
        fresh: str | None = None
        if refusal is None:
            session = self.sessions.find(connection.cookies.get(self.cookie))
            if session is None:
                who, role = (self.settings.who, ROLES[-1]) if self.local else (None, None)
                # Files need no session; pages do, for the tokens of their forms.
                if not scope["path"].startswith("/static/"):
                    fresh = self.sessions.begin(who=who, role=role)
                    session = self.sessions.find(fresh)
            scope.setdefault("state", {})
            scope["state"]["session"], scope["state"]["guard"] = session, self
            if (session is None or session.role is None) and not scope["path"].startswith(OPEN):
                refusal = self._sign_in_first(scope, connection)

        async def answer(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                headers = message.setdefault("headers", [])
                there = {name for name, _ in headers}
                for name, value in HEADERS:
                    if name.encode() not in there:
                        headers.append((name.encode(), value.encode()))
                if b"cache-control" not in there:
                    kept = b"no-cache, private" if self.local else b"no-store"
                    headers.append((b"cache-control", kept))
                if fresh is not None:
                    headers.append((b"set-cookie", self.set_cookie(fresh).encode()))
            await send(message)

        if refusal is not None:
            await refusal(scope, receive, answer)
        else:
            await self.app(scope, self._bounded(scope, receive), answer)

    def _refused(self, scope: Scope, connection: HTTPConnection) -> Response | None:
        host = urlsplit(f"//{connection.headers.get('host', '')}")
        try:
            name = host.hostname or ""
        except ValueError:
            name = ""
        name = f"[{name}]" if ":" in name else name
        if name.lower() not in self.settings.allowed_hosts:
            return PlainTextResponse(
                "This desk is not served under that name. Add it with --host-name.\n", 421
            )
        if scope["method"] not in ("GET", "HEAD", "POST"):
            return PlainTextResponse("Not allowed.\n", 405, {"allow": "GET, HEAD, POST"})
        length = connection.headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > self._largest(scope):
            return PlainTextResponse("Too large.\n", 413)
        return None

    def _largest(self, scope: Scope) -> int:
        settings = self.settings
        upload = scope["path"] in settings.upload_paths
        return settings.largest_upload if upload else settings.largest_form

    def _bounded(self, scope: Scope, receive: Receive) -> Receive:
        """Bodies that give no length, or a wrong one, end at the bound as well."""
        left = self._largest(scope)

        async def bounded() -> MutableMapping[str, Any]:
            nonlocal left
            message = await receive()
            left -= len(message.get("body", b""))
            if left < 0:
                raise TooLarge("request", "is too large")
            return message

        return bounded

    def _sign_in_first(self, scope: Scope, connection: HTTPConnection) -> Response:
        page = "text/html" in connection.headers.get("accept", "")
        if page:
            if scope["method"] == "GET":
                query = scope["query_string"].decode("latin-1")
                wanted = quote(scope["path"]) + (f"?{query}" if query else "")
            else:  # a form of a page that was open longer than the session
                wanted = _came_from(connection)
            to = own_path(wanted)
            asked = f"?to={quote(to, safe='/')}" if to and to != "/" else ""
            return RedirectResponse(f"/sign-in{asked}", 303)
        return PlainTextResponse("Sign in first.\n", 401)

    def set_cookie(self, key: str) -> str:
        """The header that hands a session's key to the browser, and to no script."""
        secure = "; Secure" if self.settings.secure else ""
        seconds = int(self.settings.hours * 3600)
        return f"{self.cookie}={key}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}"

    # What routes ask

    def session(self, request: Request) -> Session | None:
        """The session of a request."""
        session: Session | None = request.state.session
        return session

    def may(self, request: Request, role: str) -> bool:
        """Whether the request comes from somebody of this role, or a higher one."""
        session = self.session(request)
        if session is None or session.role is None:
            return False
        return ROLES.index(session.role) >= ROLES.index(role)

    def token(self, request: Request) -> str:
        """A token for a form on the page that answers this request."""
        session = self.session(request)
        return self.sessions.form_token(session) if session is not None else ""

    async def form(self, request: Request, role: str | None) -> dict[str, str]:
        """The fields of a form that may do what it asks; its token is spent.

        Args:
            role: The least role, or None for a form that can be sent before signing in.

        Raises:
            Refusal: it comes from another site, from nobody of this role, its token is missing,
                spent or of another session, or it is no form.
        """
        self.same_origin(request)
        if role is not None and not self.may(request, role):
            raise Refusal("form", f"needs the role {role}")
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind != "application/x-www-form-urlencoded":
            raise NotAForm("request", "is no form")
        body = await request.body()
        try:
            pairs = parse_qsl(
                body.decode("utf-8"), keep_blank_values=True, max_num_fields=MOST_FIELDS
            )
        except ValueError as error:
            raise NotAForm("form", "can't be read") from error
        fields = dict(pairs)
        self.spend(request, fields)
        return fields

    def spend(self, request: Request, fields: MutableMapping[str, str]) -> None:
        """Take the token out of a form's fields, and spend it.

        Raises:
            Spent: it is missing, spent, or of another session.
        """
        token, session = fields.pop(TOKEN_FIELD, None), self.session(request)
        if session is None or not self.sessions.spend(session, token):
            error = Spent(
                "form", "was sent before, or its page was made before the desk was started",
                "Nothing was done now; look at the page again",
            )  # fmt: skip
            error.fields = fields
            raise error

    def keep_unsent(self, request: Request, fields: Mapping[str, str]) -> str | None:
        """Keep what a refused form says for its page, and return the address of that page; None
        where it is not known. Nothing is kept of whoever has not signed in."""
        session = self.session(request)
        back = fields.get("here") or fields.get("back") or _came_from(request)
        if session is not None and session.role is not None:
            session.draft = dict(fields)
        return own_path(back)

    def same_origin(self, request: Request) -> None:
        """Refuse what another site has sent.

        Raises:
            Refusal: it has.
        """
        site = request.headers.get("sec-fetch-site")
        if site is not None and site not in ("same-origin", "none"):
            raise Refusal("form", "was sent from another site")
        origin = request.headers.get("origin")
        if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
            raise Refusal("form", "was sent from another site")

    def sign_in(self, request: Request, name: str, secret: str) -> str:
        """Open a session for whoever knows the secret, and return its key.

        Args:
            name: Of the user; where all have one token, the name under which they decide.

        Raises:
            Refusal: name or secret is wrong, or too many were.
        """
        address = request.client.host if request.client else "?"
        if wait := self.attempts.wait(address):
            raise TooMany("sign-in", "too many tries", f"Try again in {int(wait) + 1} seconds")
        who, role = self._known(name, secret)
        if role is None:
            self.attempts.failed(address)
            fault = "name and secret do not fit" if self.by_name else "that is not the token"
            raise Refusal("sign-in", fault)
        self.sessions.end(request.cookies.get(self.cookie))  # a new key for the new role
        return self.sessions.begin(who=who, role=role)

    def _known(self, name: str, secret: str) -> tuple[str, str | None]:
        """Name and role of whoever knows a secret; an unknown name takes as long as a known one."""
        if self.by_name:
            user = self._users.get(" ".join(name.split()).casefold())
            known = secret_matches(secret, user.secret if user else self._nobody)
            return (user.name, user.role) if user and known else ("", None)
        known = self._secret is not None and secret_matches(secret, self._secret)
        return clean_name(name) or "token", ROLES[-1] if known else None


def _came_from(connection: HTTPConnection) -> str:
    """Path and query of the page that a request says it comes from; "" where it does not say."""
    try:
        parts = urlsplit(connection.headers.get("referer", ""))
    except ValueError:
        return ""
    if parts.netloc != connection.headers.get("host"):
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")
