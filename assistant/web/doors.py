"""Who comes in: by password and session, by the city's own sign-on, or, where neither is set, by
sitting at the machine itself."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import ipaddress
import logging
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.types import Scope

from assistant import users
from assistant.settings import Settings
from assistant.users import Access, User
from assistant.web.limits import Delays
from assistant.web.visitor import Visitor
from ingest.errors import BereddError

_log = logging.getLogger(__name__)
COOKIE = "beredd-session"
FORWARDING = (
    "forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-forwarded-port",
    "x-forwarded-prefix", "x-forwarded-server", "x-real-ip",
)  # fmt: skip
"""Headers in which a proxy says whom it speaks for."""
_SESSIONS = 10_000
_LOCAL = ("localhost", "127.0.0.1", "[::1]")

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class WaitFirst(BereddError):
    """Too many wrong passwords. `seconds`: until the next try is looked at."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"Too many wrong passwords. Wait {seconds:.0f} seconds.")
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class _Session:
    name: str
    password: str | None
    ends: float


@dataclass(slots=True)
class Doors:
    """Tells who is behind a request. Safe to use from several threads.

    A session ends with its time, with the process, and as soon as its user is removed or gets
    another password.

    Raises:
        BereddError: a setting is off, or the users file cannot be read.
    """

    settings: Settings
    clock: Callable[[], float] = time.monotonic
    delays: Delays = field(default_factory=Delays)
    _proxies: tuple[Network, ...] = ()
    _known: dict[str, User] = field(default_factory=dict)
    _stamp: tuple[int, int] | None = None
    _sessions: dict[str, _Session] = field(default_factory=dict)
    _proved: dict[bytes, float] = field(default_factory=dict)
    _secret: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    _guard: threading.RLock = field(default_factory=threading.RLock)
    _hashing: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._proxies = _networks(self.settings.trusted_proxy)
        if self.settings.user_header and not self._proxies:
            raise BereddError(
                "BEREDD_USER_HEADER is set, but nobody is trusted to send it. Set "
                "BEREDD_TRUSTED_PROXY to the address of the proxy that signs people on."
            )
        if self.settings.users and not self.settings.users.is_file():
            raise BereddError(
                f"BEREDD_USERS names {self.settings.users}, which is not there. Make it with: "
                "beredd users add NAME --role editor"
            )
        self._users()

    @property
    def closed(self) -> bool:
        """True if only those who are known come in."""
        return self.by_form or bool(self.settings.user_header)

    @property
    def by_form(self) -> bool:
        """True if people log in with a password."""
        return self.settings.users is not None or bool(self._users())

    def trusts(self, scope: Scope) -> bool:
        """True if a request comes straight from a proxy that is trusted."""
        peer = (scope.get("client") or ("", 0))[0]
        try:
            address = ipaddress.ip_address(peer)
        except ValueError:
            return False
        return any(address in network for network in self._proxies)

    def address(self, scope: Scope) -> str:
        """Where a request comes from; behind a trusted proxy, what the proxy says."""
        peer = str((scope.get("client") or ("", 0))[0])
        if not self.trusts(scope):
            return peer
        forwarded = Headers(scope=scope).get("x-forwarded-for", "").split(",")
        return forwarded[-1].strip() or peer

    def visitor(self, scope: Scope) -> Visitor | None:
        """Who is behind a request; None if they must log in first.

        Raises:
            WaitFirst: too many wrong passwords have come from there.
        """
        address = self.address(scope)
        if not self.closed:
            access = Access.EDITOR if self._at_the_machine(scope) else Access.READER
            return Visitor(access=access, address=address)
        named = self._signed_on(scope)
        if named:
            known = self._users().get(users.key(named))
            access = known.access if known else Access.READER
            return Visitor(name=users.key(named), access=access, address=address)
        return self._in_session(scope, address) or self._with_password(scope, address)

    def log_in(self, name: str, password: str, address: str) -> str | None:
        """The token of a new session; None if name or password are wrong. Raises WaitFirst."""
        user = self._proven(name, password, address)
        if user is None:
            return None
        token = secrets.token_urlsafe(32)
        ends = self.clock() + self.settings.session_hours * 3600
        with self._guard:
            now = self.clock()
            self._sessions = {t: s for t, s in self._sessions.items() if s.ends > now}
            while len(self._sessions) >= _SESSIONS:
                self._sessions.pop(next(iter(self._sessions)))
            self._sessions[_digest(token)] = _Session(users.key(name), user.password, ends)
        return token

    def log_out(self, scope: Scope) -> None:
        """Ends the session of a request."""
        with self._guard:
            self._sessions.pop(_digest(_cookie(scope)), None)

    def _at_the_machine(self, scope: Scope) -> bool:
        """True if a request comes from this machine, by its own name, and through no proxy."""
        headers = Headers(scope=scope)
        peer = str((scope.get("client") or ("", 0))[0])
        host = headers.get("host", "").rpartition(":")[0] or headers.get("host", "")
        try:
            near = ipaddress.ip_address(peer).is_loopback
        except ValueError:
            near = False
        forwarded = self._proxies or any(name in headers for name in FORWARDING)
        return near and host in _LOCAL and not forwarded

    def _signed_on(self, scope: Scope) -> str:
        """The name that the city's sign-on gives, "" where it gives none."""
        wanted = self.settings.user_header
        if not wanted or not self.trusts(scope):
            return ""
        named = Headers(scope=scope).getlist(wanted)
        return named[0].strip() if len(named) == 1 else ""

    def _in_session(self, scope: Scope, address: str) -> Visitor | None:
        with self._guard:
            session = self._sessions.get(_digest(_cookie(scope)))
        user = self._users().get(session.name) if session else None
        if session is None or user is None or session.ends <= self.clock():
            return None
        if user.password != session.password:
            return None
        return Visitor(name=session.name, access=user.access, address=address, by_form=True)

    def _with_password(self, scope: Scope, address: str) -> Visitor | None:
        """The person that a script names with HTTP Basic."""
        scheme, _, given = Headers(scope=scope).get("authorization", "").partition(" ")
        if scheme.lower() != "basic":
            return None
        try:
            name, colon, password = base64.b64decode(given, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return None
        user = self._proven(name, password, address) if colon else None
        return Visitor(name=users.key(name), access=user.access, address=address) if user else None

    def _proven(self, name: str, password: str, address: str) -> User | None:
        """The user, if the password is theirs. A right one is remembered for some minutes, so that
        a script pays for one hash and not for each call."""
        keys = (f"name {users.key(name)}", f"address {address}")
        user = self._users().get(users.key(name))
        claim = f"{users.key(name)}\n{user and user.password}\n{password}"
        proof = hmac.digest(self._secret, claim.encode("utf-8", "surrogatepass"), "sha256")
        if user is not None and self._proved.get(proof, 0.0) > self.clock():
            return user
        with self._hashing:
            wait = self.delays.wait_s(*keys)
            if wait > 0:
                raise WaitFirst(wait)
            right = users.matches(password, user.password if user else None)
            if not right:
                self.delays.failed(*keys)
                return None
            self.delays.succeeded(*keys)
            self._proved = {p: ends for p, ends in self._proved.items() if ends > self.clock()}
            self._proved[proof] = self.clock() + 300.0
        return user

    def _users(self) -> dict[str, User]:
        """The users as the file has them now. A file that has gone bad leaves those from before."""
        file = self.settings.users_file
        try:
            status = file.stat()
            stamp = (status.st_mtime_ns, status.st_ino)
        except OSError:
            # A file that goes away while people are logged in does not open the doors.
            return self._known
        with self._guard:
            if stamp != self._stamp:
                try:
                    self._known = users.read(file)
                except BereddError as error:
                    if self._stamp is None:
                        raise
                    _log.warning("%s", error)
                self._stamp = stamp
            return self._known


def _networks(text: str | None) -> tuple[Network, ...]:
    try:
        parts = (part.strip() for part in (text or "").split(","))
        return tuple(ipaddress.ip_network(part, strict=False) for part in parts if part)
    except ValueError as error:
        raise BereddError(
            f"BEREDD_TRUSTED_PROXY is off: {error}. Give addresses such as 10.0.0.4 or 10.1.0.0/16."
        ) from error


def _cookie(scope: Scope) -> str:
    return cookie_parser(Headers(scope=scope).get("cookie", "")).get(COOKIE, "")


def _digest(token: str) -> str:
    """Sessions are kept by a digest: what is in memory lets nobody in."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
