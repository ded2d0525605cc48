"""Endpoint: ask a SPARQL 1.1 service by its address, through SPARQLWrapper."""

import json
from collections.abc import Callable
from typing import Any, cast
from urllib.error import HTTPError
from urllib.parse import quote_plus

from pyoxigraph import QueryResultsFormat, parse_query_results

from kzun_graph.errors import EndpointError, QueryError
from kzun_graph.results import Result, Term
from kzun_graph.tokens import code
from kzun_graph.wikidata.cache import Cache
from kzun_graph.wikidata.fetch import USER_AGENT, Fetcher, Manners, Response, Status, not_a_result

__all__ = ["Endpoint", "EndpointError", "Manners"]

_FORMS = ("SELECT", "ASK")
_OTHERS = ("CONSTRUCT", "DESCRIBE", "INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "WITH")
_NO_RESULT = (ValueError, SyntaxError, KeyError, TypeError, AttributeError)
_LONGEST_GET = 1500  # characters of an encoded query; servers take 2,000 or more in an address


class Endpoint:
    """A SPARQL 1.1 service that answers SELECT and ASK."""

    def __init__(
        self, address: str, manners: Manners | None = None, cache: Cache | None = None
    ) -> None:
        """Take the service's address. Raises EndpointError: it is no http address."""
        self._fetcher = Fetcher(address, manners, cache)
        self.address = address

    def query(self, text: str) -> Result:
        """Return the answer to ``text``, a whole query: every prefix is declared in it.

        Raises QueryError: it is no SELECT and no ASK. EndpointError: as :meth:`Fetcher.fetch`.
        """
        form = form_of(text)

        def send() -> Response:
            return _send(self.address, text, form, self._fetcher.manners.timeout)

        return self._fetcher.fetch(text, send, self._reader(form))

    def select(self, text: str) -> list[dict[str, Term]]:
        """Return the rows of a SELECT: what each variable is bound to, unbound ones left out.

        Raises QueryError, EndpointError: as :meth:`query`.
        """
        result = self.query(text)
        names = result.variables
        return [
            {name: term for name, term in zip(names, row, strict=True) if term is not None}
            for row in result.rows
        ]

    def ask(self, text: str) -> bool:
        """Return the answer to an ASK. Raises QueryError, EndpointError: as :meth:`query`."""
        return bool(self.query(text).boolean)

    def error(self, what: str, remedy: str) -> EndpointError:
        """Return an error at this address."""
        return self._fetcher.error(what, remedy)

    def _reader(self, form: str) -> Callable[[bytes], Result]:
        def read(data: bytes) -> Result:
            try:
                result = Result(_normal(data))
                yes_or_no = result.boolean is not None
                _ = result.rows  # to the last one: half a result must not pass
            except (*_NO_RESULT, RecursionError):
                what = not_a_result(data)
                remedy = "check that the address is a SPARQL endpoint's, or ask again later"
                raise self.error(what, remedy) from None
            if yes_or_no is not (form == "ASK"):
                what = f"the answer does not fit a query with {form}"
                raise self.error(what, "ask another endpoint")
            return result

        return read


def form_of(text: str) -> str:
    r"""Return SELECT or ASK: what kind of query ``text`` is, whatever its comments say.

    SPARQLWrapper guesses it with patterns that read comments and IRIs too.

    >>> form_of("PREFIX add: <http://example.org/load#> # INSERT what?\nselect * { ?s ?p ?o }")
    'SELECT'

    Raises QueryError: it is neither.
    """
    words = (token.text.upper() for token in code(text) if token.kind == "word")
    form = next((word for word in words if word in (*_FORMS, *_OTHERS)), "")
    if form not in _FORMS:
        what = f"a query with {form or 'neither SELECT nor ASK'} is not sent to an endpoint"
        raise QueryError(None, what, "begin with SELECT or ASK")
    return form


def _send(address: str, text: str, form: str, timeout: float) -> Response:
    """Make one request.

    Raises Status: an HTTP error that SPARQLWrapper names. HTTPError, OSError: as urllib.
    """
    from SPARQLWrapper import GET, JSON, POST, SPARQLWrapper
    from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException

    wrapper = SPARQLWrapper(address, returnFormat=JSON, agent=USER_AGENT)
    wrapper.queryString, wrapper.queryType = text, form  # setQuery would guess the form
    wrapper.onlyConneg = True  # the answer's format by the Accept header, as the protocol has it
    wrapper.timeout = cast(int, timeout)  # setTimeout cuts 0.5 to 0, which means no limit
    short = len(quote_plus(text)) <= _LONGEST_GET and "?" not in address
    wrapper.setMethod(GET if short else POST)
    try:
        return cast(Response, wrapper.query().response)
    except SPARQLWrapperException as error:
        raise _status(error) from None


def _status(error: Exception) -> Status:
    """Return the HTTP status behind an exception of SPARQLWrapper, which read the answer."""
    from ast import literal_eval

    original = error.__context__
    if not isinstance(original, HTTPError):
        return Status(500)
    original.close()
    answer = str(error).partition("Response:\n")[2]
    try:
        said = cast(bytes, literal_eval(answer)).decode(errors="replace").strip() if answer else ""
    except (ValueError, SyntaxError, AttributeError):
        said = ""
    line = "" if said.startswith("<") else " ".join(said.split())[:120]
    return Status(original.code, said=line)


def _normal(data: bytes) -> bytes:
    """Return a result as plain SPARQL JSON: servers add keys, and send them in any order.

    Raises ValueError, SyntaxError, KeyError, TypeError, AttributeError: it is none, or half of one.
    """
    if b"<sparql" in data[:500]:  # a server that knows only XML
        found = parse_query_results(data, format=QueryResultsFormat.XML)
        return cast(bytes, found.serialize(format=QueryResultsFormat.JSON))
    whole: dict[str, Any] = json.loads(data)
    if "boolean" in whole:
        return json.dumps({"head": {}, "boolean": whole["boolean"]}).encode()
    head, rows = whole["head"]["vars"], whole["results"]["bindings"]
    plain = {"head": {"vars": head}, "results": {"bindings": rows}}
    return json.dumps(plain, ensure_ascii=False).encode()
