"""Fetch: ask a server of others politely, and say in one line what went wrong."""

import http.client
import time
import urllib.error
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Protocol, TypeVar
from urllib.parse import urlsplit

from kzun_graph import __version__
from kzun_graph.errors import EndpointError
from kzun_graph.protocol.cache import Cache
from kzun_graph.text import Place

USER_AGENT = f"kzun-graph/{__version__} (https://w3id.org/kzun/)"
_CHUNK = 65_536
_BUSY = {429: "too many requests", 502: "bad gateway", 503: "unavailable", 504: "gateway timeout"}
_LOOPBACK = ("127.", "[::1]", "localhost")

T = TypeVar("T")


class Response(Protocol):
    """What ``send`` returns: as much of ``http.client.HTTPResponse`` as is read here."""

    def read1(self, n: int = ..., /) -> bytes:
        """Return the next bytes that are there, at most ``n``; none at the end."""

    def close(self) -> None:
        """Close the connection."""


@dataclass(frozen=True)
class Manners:
    """How a server is asked; all times in seconds.

    ``timeout`` is for one whole answer. ``interval`` is the least time between two requests; None
    means a second, and no pause for a server on this machine. A busy server is asked ``attempts``
    times, one that is silent twice; the pauses double from ``backoff``, or are what ``Retry-After``
    says, but no longer than ``longest_wait``. ``largest`` is how many bytes an answer may have.
    """

    timeout: float = 65.0
    interval: float | None = None
    attempts: int = 4
    backoff: float = 2.0
    longest_wait: float = 120.0
    largest: int = 64 * 2**20
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    now: Callable[[], float] = time.time


@dataclass(frozen=True)
class _Problem:
    what: str
    remedy: str
    attempts: int = 1
    wait: float | None = None


class Fetcher:
    """Asks one address: one request at a time, with pauses, retries and a cache."""

    def __init__(
        self, address: str, manners: Manners | None = None, cache: Cache | None = None
    ) -> None:
        """Take ``address`` (http or https, without a password in it).

        Raises EndpointError: it is no such address.
        """
        host = _host(address)
        self.address = address
        self.manners = manners or Manners()
        self._cache = cache
        local = host.startswith(_LOOPBACK)
        self._interval = self.manners.interval
        if self._interval is None:
            self._interval = 0.0 if local else 1.0
        self._last: float | None = None

    def fetch(self, question: str, send: Callable[[], Response], read: Callable[[bytes], T]) -> T:
        """Return what ``read`` makes of the answer to ``question``, from the cache or the server.

        ``send`` makes the request, which must be one that only reads: it may be repeated. ``read``
        raises EndpointError where the answer is none; such an answer is never kept.

        Raises EndpointError: no network, no such host, an HTTP error, silence, or no result.
        """
        kept = self._cache.get(self.address, question) if self._cache else None
        if kept is not None:
            try:
                return read(kept)
            except EndpointError:  # the file was changed: ask again
                pass
        data = self._ask(send)
        found = read(data)
        if self._cache:
            self._cache.put(self.address, question, data)
        return found

    def error(self, what: str, remedy: str) -> EndpointError:
        """Return an error at this address."""
        return EndpointError(Place(self.address), what, remedy)

    def _ask(self, send: Callable[[], Response]) -> bytes:
        tries = 0
        while True:
            self._pace()
            try:
                return self._receive(send)
            except (OSError, http.client.HTTPException, UnicodeError) as error:
                problem = self._problem(error)
            tries += 1
            if tries >= min(problem.attempts, self.manners.attempts):
                times = f", {tries} times" if tries > 1 else ""
                raise self.error(problem.what + times, problem.remedy)
            wait = problem.wait
            if wait is None:
                wait = self.manners.backoff * 2 ** (tries - 1)
            self.manners.sleep(wait)

    def _pace(self) -> None:
        now = self.manners.clock()
        pause = 0.0 if self._last is None else self._last + (self._interval or 0.0) - now
        if pause > 0:
            self.manners.sleep(pause)
        self._last = self.manners.clock()

    def _receive(self, send: Callable[[], Response]) -> bytes:
        """Return the whole answer; the time limit is for all of it, however slowly it drips."""
        end = self.manners.clock() + self.manners.timeout
        response = send()
        try:
            data = bytearray()
            while chunk := response.read1(_CHUNK):
                data += chunk
                if self.manners.clock() > end:
                    raise TimeoutError
                if len(data) > self.manners.largest:
                    what = f"the answer is larger than {self.manners.largest // 2**20} MiB"
                    raise self.error(what, "ask for less at a time")
            return bytes(data)
        finally:
            response.close()

    def _problem(self, error: Exception) -> _Problem:
        if isinstance(error, urllib.error.HTTPError):
            return self._status(error)
        reason = error.reason if isinstance(error, urllib.error.URLError) else error
        if isinstance(reason, TimeoutError):
            what = f"no answer within {self.manners.timeout:g} s"
            return _Problem(what, "try again later, or ask another endpoint", attempts=2)
        broken = isinstance(reason, (http.client.HTTPException, ConnectionResetError))
        if broken and not isinstance(reason, http.client.InvalidURL):
            what = "the connection was closed before the answer was whole"
            return _Problem(what, "try again later", attempts=self.manners.attempts)
        said = getattr(reason, "strerror", None) or str(reason) or type(reason).__name__
        what = f"cannot be reached ({' '.join(str(said).split())})"
        return _Problem(what, "check the address and the network")

    def _status(self, error: urllib.error.HTTPError) -> _Problem:
        moved = 300 <= error.code < 400
        said = str(error.headers.get("Location", "")) if moved else said_by(error)
        error.close()
        if error.code not in _BUSY:
            what = f"answered HTTP {error.code}" + (f" and said {said!r}" if said else "")
            return _Problem(what, _remedy(error.code))
        what = f"answered HTTP {error.code} ({_BUSY[error.code]})"
        wait = self._seconds(str(error.headers.get("Retry-After", "")))
        if wait is not None and wait > self.manners.longest_wait:
            return _Problem(what, f"ask again after {wait:.0f} s, as it says")
        return _Problem(what, "try again later", self.manners.attempts, wait)

    def _seconds(self, retry_after: str) -> float | None:
        """Return how long to wait. Source: RFC 9110, 10.2.3: a number of seconds, or a date."""
        if retry_after.strip().isdecimal():
            return float(retry_after)
        try:
            return max(0.0, parsedate_to_datetime(retry_after).timestamp() - self.manners.now())
        except (TypeError, ValueError):
            return None


def said_by(error: urllib.error.HTTPError) -> str:
    """Return the beginning of what a server says with an error, on one line; nothing of a page."""
    try:
        said = error.read(2000).decode(errors="replace").strip()
    except (OSError, http.client.HTTPException):
        return ""
    return "" if said.startswith("<") else " ".join(said.split())[:120]


def not_a_result(data: bytes) -> str:
    """Return what an answer is that should have been a result, for an error."""
    start = data[:1000].lstrip().lower()
    if not data.strip():
        return "answered with nothing, not with a result"
    if start.startswith((b"<!doctype html", b"<html")) or b"<html" in start:
        return "answered with an HTML page, not with a result"
    if start.startswith((b"{", b"[")):
        return f"answered with half a result: the JSON breaks off or is broken ({len(data)} bytes)"
    return "answered with something that is no result"


def _remedy(code: int) -> str:
    if code == 400:
        return "the server does not understand the question: does it speak the protocol?"
    if code in (401, 403):
        return "ask an endpoint that is open to you"
    if code in (404, 405, 410) or 300 <= code < 400:
        return "check the address"
    return "try again later, or ask another endpoint"


def _host(address: str) -> str:
    """Return the host of ``address``. Raises EndpointError: it is none that can be asked."""
    address = address if address.isprintable() and " " not in address else ""
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        parts, host = None, None
    if parts is None or parts.scheme not in ("http", "https") or not host or not address.isascii():
        shown = address if "@" not in address else address.rpartition("@")[2]
        what = f"{shown!r} is no address of a server"
        raise EndpointError(None, what, "write http://… or https://…")
    if "@" in parts.netloc:  # a password would end in messages and in the cache
        what = f"the address of {host} holds a name or a password"
        raise EndpointError(None, what, "leave them out")
    return f"[{host}]" if ":" in host else host
