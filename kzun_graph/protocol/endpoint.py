"""Endpoint: ask a SPARQL 1.1 service by its address, through SPARQLWrapper."""

from contextlib import suppress

from pyoxigraph import QueryResultsFormat, RdfFormat, parse, parse_query_results

from kzun_graph.errors import EndpointError, QueryError
from kzun_graph.protocol.access import Access
from kzun_graph.protocol.cache import Cache
from kzun_graph.protocol.fetch import Fetcher, Manners, Response, not_a_result
from kzun_graph.protocol.wire import send, sparql_request
from kzun_graph.results import Result, Term, as_result
from kzun_graph.tokens import code

_ROWS = ("SELECT", "ASK")
_FORMS = (*_ROWS, "CONSTRUCT", "DESCRIBE")
_UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH")
_YES_AS_TABLE = ("__ASK_RETVAL",)  # the column of Virtuoso 7.2.5, which has no other yes in JSON


class Endpoint:
    """A SPARQL 1.1 service that answers queries; it is asked again where it is busy."""

    def __init__(
        self, address: str | Access, manners: Manners | None = None, cache: Cache | None = None
    ) -> None:
        """Take the service's address, or that and credentials.

        Raises EndpointError: it is no http address.
        """
        self.access = Access(address) if isinstance(address, str) else address
        self.address = self.access.address
        self._fetcher = Fetcher(self.address, manners, cache)

    def query(self, text: str) -> Result:
        """Return the answer to ``text``, a whole query: every prefix is declared in it.

        Raises QueryError: it is no query. EndpointError: as :meth:`Fetcher.fetch`.
        """
        form = form_of(text)

        def ask() -> Response:
            request = sparql_request(self.access, text, form)
            return send(request, self.access, self._fetcher.manners.timeout)

        return self._fetcher.fetch(text, ask, lambda data: self._read(data, form))

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

    def _read(self, data: bytes, form: str) -> Result:
        """Return the result in ``data``, read to its end: half a result must not pass."""
        result = None
        with suppress(ValueError, SyntaxError, RecursionError):
            result = _rows(data) if form in _ROWS else _triples(data)
        if result is None:  # not raised from the parser's: that would keep its state, of one thread
            remedy = "check that the address is a SPARQL endpoint's, or ask again later"
            raise self.error(not_a_result(data), remedy)
        if form == "ASK" and result.variables == _YES_AS_TABLE:
            return Result(boolean=bool(result.rows))
        if form in _ROWS and (result.boolean is not None) is not (form == "ASK"):
            raise self.error(f"the answer does not fit a query with {form}", "check the address")
        return result


def form_of(text: str) -> str:
    r"""Return SELECT, ASK, CONSTRUCT or DESCRIBE: what ``text`` is, whatever its comments say.

    SPARQLWrapper guesses it with patterns that read comments and IRIs too.

    >>> form_of("PREFIX add: <http://x.org/load#> # INSERT what?\nselect * { ?s add:ask ?o }")
    'SELECT'

    Raises QueryError: it is none of them.
    """
    words = (token.text.upper() for token in code(text) if token.kind == "word")
    form = next((word for word in words if word in (*_FORMS, *_UPDATES)), "")
    if form not in _FORMS:
        what = f"{form or 'what asks nothing'} is not sent to an endpoint"
        raise QueryError(None, what, "begin with SELECT, ASK, CONSTRUCT or DESCRIBE")
    return form


def _rows(data: bytes) -> Result:
    """Return rows, or yes or no. Raises ValueError, SyntaxError: it is no result, or half one."""
    xml = b"<sparql" in data[:500]  # from a server that knows nothing else
    form = QueryResultsFormat.XML if xml else QueryResultsFormat.JSON
    return as_result(parse_query_results(data, format=form))


def _triples(data: bytes) -> Result:
    """Return triples, each once, sorted. Raises ValueError, SyntaxError: it is no Turtle."""
    triples = {quad.triple for quad in parse(data, format=RdfFormat.TURTLE)}
    return Result(triples=tuple(sorted(triples, key=str)))
