"""Wire: send one HTTP request with credentials, certificate checks on, and see its answer whole."""

import hashlib
import http.client
import ssl
import urllib.error
import urllib.request
from collections.abc import Callable
from socket import gaierror
from typing import IO, NoReturn, cast

from kzun_graph.errors import EndpointError
from kzun_graph.protocol.access import Access
from kzun_graph.protocol.fetch import USER_AGENT, Response
from kzun_graph.text import Place

_CREDENTIALS = "set KZUN_USER and KZUN_PASSWORD, or KZUN_TOKEN, or see docs/engines.md"
_LONGEST_GET = 1500  # characters of an encoded query; servers take 2,000 or more in an address
_WRITING = 600.0  # seconds: a server may need minutes for millions of triples

_Hash = Callable[[str], str]
_KeyedHash = Callable[[str, str], str]


class _Stay(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: a token must not travel to another server, nor data get lost."""

    def redirect_request(self, *_: object) -> None:
        return None


class _Offered(urllib.request.BaseHandler):
    """Authenticates in one way, where the server offers it; urllib raises where it does not."""

    scheme: str

    def http_error_401(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
    ) -> http.client.HTTPResponse | None:
        """Answer the server's demand where it offers this scheme, as urllib does."""
        offers = headers.get_all("WWW-Authenticate", [])
        if not any(offer.lower().startswith(self.scheme) for offer in offers):
            return None
        fp.close()  # urllib leaves it to the garbage collector
        answer = super().http_error_401(req, fp, code, msg, headers)  # type: ignore[misc]
        return cast("http.client.HTTPResponse | None", answer)


class _Basic(_Offered, urllib.request.HTTPBasicAuthHandler):
    scheme = "basic"


class _Digest(_Offered, urllib.request.HTTPDigestAuthHandler):
    """Digest authentication in UTF-8 (RFC 7616), with SHA-256 too."""

    scheme = "digest"

    def get_algorithm_impls(self, algorithm: str) -> tuple[_Hash, _KeyedHash]:
        """Return the two functions of a digest. Raises ValueError: an unknown algorithm."""
        known = {"MD5": "md5", "SHA": "sha1", "SHA-256": "sha256"}
        if algorithm.upper() not in known:
            raise ValueError(f"unknown scheme: digest with {algorithm}")

        def hashed(text: str) -> str:
            return hashlib.new(known[algorithm.upper()], text.encode()).hexdigest()

        return hashed, lambda secret, data: hashed(f"{secret}:{data}")


class _Whole:
    """A response that raises where the connection ends before the length that was announced."""

    def __init__(self, response: http.client.HTTPResponse) -> None:
        self._response = response
        self._left = response.length

    def read1(self, n: int = -1, /) -> bytes:
        """Return the next bytes. Raises IncompleteRead: the connection ended too early."""
        data = self._response.read1(n)
        if self._left is not None:
            self._left -= len(data)
            if not data and n and self._left > 0:
                raise http.client.IncompleteRead(b"", self._left)
        return data

    def close(self) -> None:
        self._response.close()


def send(request: urllib.request.Request, access: Access, timeout: float) -> Response:
    """Send ``request``; ``timeout`` in seconds is for each wait.

    A redirect is followed where only a GET without credentials is sent. Raises EndpointError: the
    credentials or the server's certificate are not accepted. HTTPError, OSError, HTTPException: as
    urllib.
    """
    if access.token:
        request.add_unredirected_header("Authorization", f"Bearer {access.token}")
    try:
        response = _opener(access, request).open(request, timeout=timeout)
        if limit := response.headers.get("X-SPARQL-MaxRows"):  # Virtuoso, where it has cut
            response.close()
            remedy = "raise its limit (Virtuoso: ResultSetMaxRows)"
            raise EndpointError(Place(access.address), f"cut the answer at {limit} rows", remedy)
        return _Whole(response)
    except urllib.error.HTTPError as error:
        if error.code == 401 or (error.code == 403 and access.is_secret):
            error.close()
            _refused(access, error.code)
        raise
    except urllib.error.URLError as error:
        if isinstance(error.reason, ssl.SSLCertVerificationError):
            what = f"its certificate is not valid ({error.reason.verify_message})"
            remedy = "have it renewed; SSL_CERT_FILE may name a certificate authority of your own"
            raise EndpointError(Place(access.address), what, remedy) from None
        raise
    except ValueError as error:  # urllib, on a way to authenticate that it does not know
        if "scheme" not in str(error):
            raise
        _refused(access, 401)


def write(request: urllib.request.Request, access: Access, lost: str) -> None:
    """Send ``request``, which changes data, once, and wait up to ten minutes for its end.

    ``lost`` is the remedy where the connection is lost: what the data are then. Raises HTTPError:
    the server refuses. EndpointError: as :func:`send`, or it cannot be reached, or breaks off.
    """
    place = Place(request.full_url)
    try:
        response = send(request, access, _WRITING)
        try:
            while response.read1(65_536):
                pass
        finally:
            response.close()
    except urllib.error.HTTPError:
        raise
    except (OSError, http.client.HTTPException) as error:
        reason = error.reason if isinstance(error, urllib.error.URLError) else error
        if isinstance(reason, (ConnectionRefusedError, gaierror)):  # nothing was sent
            what = f"cannot be reached ({reason.strerror or reason})"
            raise EndpointError(place, what, "check the address and the network") from None
        raise EndpointError(place, "the connection was lost while writing", lost) from None


def _opener(access: Access, request: urllib.request.Request) -> urllib.request.OpenerDirector:
    context = ssl.create_default_context()
    handlers: list[urllib.request.BaseHandler] = [urllib.request.HTTPSHandler(context=context)]
    if access.is_secret or request.get_method() != "GET":
        handlers.append(_Stay())
    if access.user and not access.token:
        known = urllib.request.HTTPPasswordMgrWithDefaultRealm()
        for address in (access.address, access.update, access.graph_store):
            if address:
                known.add_password(None, address, access.user, access.password or "")
        handlers += [_Digest(known), _Basic(known)]
    return urllib.request.build_opener(*handlers)


def _refused(access: Access, code: int) -> NoReturn:
    given = "the credentials are refused" if access.is_secret else "wants credentials"
    raise EndpointError(Place(access.address), f"{given} (HTTP {code})", _CREDENTIALS) from None


def sparql_request(access: Access, text: str, form: str) -> urllib.request.Request:
    """Return the request for ``text``; ``form`` is what it is (SELECT, …; INSERT for an update).

    SPARQLWrapper makes it, and is told the form: its own guess reads comments and strings too.
    Queries go by GET or as a form, updates as a form: some servers hang on a bare query.
    """
    from urllib.parse import quote_plus

    from SPARQLWrapper import GET, JSON, POST, TURTLE, SPARQLWrapper

    update = form == "INSERT"
    kind = JSON if form in ("SELECT", "ASK") or update else TURTLE
    wrapper = SPARQLWrapper(access.address, access.update, returnFormat=kind, agent=USER_AGENT)
    wrapper.queryString, wrapper.queryType = text, form  # setQuery would guess the form
    wrapper.onlyConneg = True  # the answer's format by the Accept header, as the protocol has it
    short = len(quote_plus(text)) <= _LONGEST_GET and "?" not in access.address and not update
    wrapper.setMethod(GET if short else POST)
    return wrapper._createRequest()  # its query() would send it with no say in the opener
