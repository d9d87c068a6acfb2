"""Secrets, sessions and the tokens of forms; kept in memory, and only as hashes.

Comes in: secrets as people type them, session keys as browsers send them. Goes out: whether they
hold. A session key and a form's token are random and known here by their hash alone; a form's token
belongs to one session and serves once. Failed sign-ins are counted by address, and altogether.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

__all__ = ["Attempts", "Session", "Sessions", "hash_secret", "secret_matches"]

_COST = {"n": 2**14, "r": 8, "p": 1}  # 16 MB and some 50 ms: what OWASP asks of scrypt at the least
MOST_SESSIONS = 1000
MOST_TOKENS = 200  # of one session: forms open at a time
TRIES, WINDOW = 5, 60.0  # failed sign-ins of one address in so many seconds
TRIES_OF_ALL = 50


def hash_secret(secret: str) -> str:
    """A salted hash (scrypt) of a secret, to be kept in its stead."""
    salt = secrets.token_bytes(16)
    key = hashlib.scrypt(secret.encode("utf-8", "surrogatepass"), salt=salt, **_COST)
    return f"{salt.hex()}${key.hex()}"


def secret_matches(secret: str, kept: str) -> bool:
    """Whether a secret is the one that was hashed; takes the same time either way."""
    salt, _, key = kept.partition("$")
    given = hashlib.scrypt(
        secret.encode("utf-8", "surrogatepass"), salt=bytes.fromhex(salt), **_COST
    )
    return hmac.compare_digest(given.hex(), key)


@dataclass(slots=True, kw_only=True)
class Session:
    """A browser that has been here.

    Attributes:
        who: Name of the user, "local" on this machine, or None before signing in.
        role: What they may do, or None before signing in.
        ends: In seconds of the clock.
        told: What the next page tells them: of what they did last.
        draft: The fields of a form that was refused, to be filled in again.
    """

    who: str | None
    role: str | None
    ends: float
    tokens: OrderedDict[str, None] = field(default_factory=OrderedDict)
    told: str | None = None
    draft: Mapping[str, str] = field(default_factory=dict)


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


class Sessions:
    """Sessions by their keys. Safe to use from several threads."""

    def __init__(self, *, hours: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds = hours * 3600
        self._clock = clock
        self._sessions: OrderedDict[str, Session] = OrderedDict()
        self._lock = threading.Lock()

    def begin(self, *, who: str | None, role: str | None) -> str:
        """Open a session and return its key."""
        key = secrets.token_urlsafe(32)
        with self._lock:
            self._sessions[_digest(key)] = Session(
                who=who, role=role, ends=self._clock() + self._seconds
            )
            while len(self._sessions) > MOST_SESSIONS:
                # visitors who have not signed in go first, and so push nobody else out
                oldest = next((k for k, s in self._sessions.items() if s.role is None), None)
                self._sessions.pop(oldest or next(iter(self._sessions)))
        return key

    def find(self, key: str | None) -> Session | None:
        """The session of a key, if it has not ended."""
        if not key:
            return None
        with self._lock:
            session = self._sessions.get(_digest(key))
            if session is not None and session.ends < self._clock():
                del self._sessions[_digest(key)]
                return None
            return session

    def end(self, key: str | None) -> None:
        """Close a session."""
        with self._lock:
            self._sessions.pop(_digest(key or ""), None)

    def form_token(self, session: Session) -> str:
        """A token for one form of a session, which serves once."""
        token = secrets.token_urlsafe(24)
        with self._lock:
            session.tokens[_digest(token)] = None
            while len(session.tokens) > MOST_TOKENS:
                session.tokens.popitem(last=False)
        return token

    def spend(self, session: Session, token: str | None) -> bool:
        """Whether a form's token belongs to the session and was not spent; it is spent now."""
        with self._lock:
            return session.tokens.pop(_digest(token or ""), False) is None


class Attempts:
    """Failed sign-ins, by address and altogether."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failed: dict[str, deque[float]] = {}
        self._lock = threading.Lock()

    def wait(self, address: str) -> float:
        """Seconds that an address must wait before it may try; 0 when it need not."""
        with self._lock:
            now = self._clock()
            own, every = self._recent(address, now), self._recent("", now)
            waits = [0.0]
            if len(own) >= TRIES:
                waits.append(own[0] + WINDOW - now)
            if len(every) >= TRIES_OF_ALL:
                waits.append(every[0] + WINDOW - now)
            return max(waits)

    def failed(self, address: str) -> None:
        """Count a failed sign-in."""
        with self._lock:
            now = self._clock()
            for name in (address, ""):
                self._recent(name, now).append(now)
            for name in [name for name in self._failed if not self._recent(name, now)]:
                del self._failed[name]

    def _recent(self, name: str, now: float) -> deque[float]:
        times = self._failed.setdefault(name, deque(maxlen=TRIES_OF_ALL))
        while times and times[0] <= now - WINDOW:
            times.popleft()
        return times
