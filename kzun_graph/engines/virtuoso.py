"""Virtuoso: a view on a server that has no default graph of its own."""

from __future__ import annotations

import urllib.error
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from itertools import islice
from typing import cast
from urllib.parse import quote, urlsplit, urlunsplit

from pyoxigraph import Literal, NamedNode, Quad

from kzun_graph.engines.engine import StoreError, other_view, refuse_view
from kzun_graph.engines.service import Service
from kzun_graph.engines.service_load import insert_data
from kzun_graph.errors import EndpointError
from kzun_graph.protocol.access import Access, access
from kzun_graph.protocol.fetch import Manners, said_by
from kzun_graph.protocol.wire import sparql_request, write
from kzun_graph.results import Result
from kzun_graph.terms import BASE, VIEW
from kzun_graph.text import Place
from kzun_graph.viewnames import VIEWS

_LOADING = f"{BASE}loading/"  # where new data wait until they are all there
_PORTION = 1000  # quads in one update: the compiler of 7.2.5 runs out of memory near 5,000 lines
_IDENTITY = 'SELECT (<bif:sys_stat>("st_dbms_name") AS ?name) WHERE {}'


class Virtuoso:
    """Answers from a Virtuoso server (*measured* on 7.2.5).

    The default graph of a view is a graph named https://w3id.org/kzun/view/NAME there, and every
    query goes out with it as ``default-graph-uri``. Without that, the default graph would be the
    union of all graphs, Virtuoso's own included. ``named-graph-uri`` is left out: 393 claims of it
    break the answer's headers, and without it ``GRAPH ?claim`` sees all graphs.
    """

    def __init__(
        self, address: str | Access, view: str | None = None, manners: Manners | None = None
    ) -> None:
        """Take the service's address (…/sparql), and the view that it must hold (None: any).

        Raises EndpointError: it is no http address. KzunError: as :func:`access.access`.
        """
        self.access = address if isinstance(address, Access) else access(address)
        self.name = self.access.address
        self.whole = Service(self.access, manners=manners)  # with all graphs as the default graph
        self._wanted = view
        self._manners = manners

    @cached_property
    def view(self) -> str:
        """The view that it holds: the one whose default graph has triples.

        Raises StoreError: it holds none, several, or another than the caller wants.
        """
        asked = ((name, f"ASK {{ GRAPH <{VIEW.iri}{name}> {{ ?s ?p ?o }} }}") for name in VIEWS)
        held = [name for name, text in asked if self.whole.query(text).boolean]
        if len(held) != 1:
            what = f"holds {' and '.join(held)} at once" if held else "holds no view"
            raise StoreError(Place(self.name), what, "load one with 'kzun load'")
        if self._wanted is not None and self._wanted != held[0]:
            raise other_view(self.name, held[0], self._wanted)
        return held[0]

    @cached_property
    def _asked(self) -> Service:
        address = with_default_graph(self.access.address, default_graph(self.view).value)
        return Service(replace(self.access, address=address), manners=self._manners)

    def query(self, text: str, place: Place | None = None) -> Result:
        """Return the answer.

        Raises QueryError: broken syntax. EndpointError: no answer, or one that is no result.
        StoreError: as :attr:`view`.
        """
        return self._asked.query(text, place)


def engine_at(
    address: str | Access, view: str | None = None, manners: Manners | None = None
) -> Service | Virtuoso:
    """Return the engine for the service at ``address``: the adapter where it is a Virtuoso.

    Raises EndpointError, KzunError: as :class:`Service`.
    """
    service = Service(address, view, manners)
    return Virtuoso(service.access, view, manners) if is_virtuoso(service) else service


def is_virtuoso(service: Service) -> bool:
    """Tell whether a Virtuoso answers: only it knows the function that names the database.

    A proxy hides the Server header; any error means no, and comes again with the first query.
    """
    try:
        row = service.query(_IDENTITY).rows[0]
    except (EndpointError, IndexError):
        return False
    return isinstance(row[0], Literal) and "Virtuoso" in row[0].value


def default_graph(view: str) -> NamedNode:
    """Return the graph that stands for the default graph of ``view`` on a Virtuoso.

    >>> default_graph("article").value
    'https://w3id.org/kzun/view/article'
    """
    return VIEW[view]


def with_default_graph(address: str, graph: str) -> str:
    """Return ``address`` with ``graph`` as the default graph (SPARQL 1.1 Protocol, 2.1.4).

    >>> with_default_graph("http://localhost:8890/sparql", "https://w3id.org/kzun/view/all")
    'http://localhost:8890/sparql?default-graph-uri=https%3A%2F%2Fw3id.org%2Fkzun%2Fview%2Fall'
    """
    parts = urlsplit(address)
    query = f"{parts.query}&" if parts.query else ""
    return urlunsplit(parts._replace(query=f"{query}default-graph-uri={quote(graph, safe='')}"))


def load_virtuoso(engine: Virtuoso, quads: Collection[Quad], view: str) -> int:
    """Replace the view on the server by ``quads``, the whole of ``view``; return how many.

    The new data wait in graphs of their own until all are there; the old ones stay whole until
    then. The switch at the end is one request, but no transaction: for its moment a reader may see
    some graphs new and others old or empty. Nothing is sent twice.

    Raises EndpointError: the server refuses or breaks off; where the old data still stand, it says
    so. QueryError: there is no such view.
    """
    refuse_view(view)
    address = engine.access.update or _guarded(engine.access)
    service = Service(replace(engine.access, update=address), manners=engine._manners)
    whole = sorted({_placed(quad, view) for quad in quads}, key=_key)
    _drop(service, _graphs(service, _LOADING))
    for portion in _portions(map(_aside, whole)):
        _update(service, insert_data(portion), "the old data still stand: load again")
    waiting = _count(service)
    if waiting != len(whole):
        what = f"took {waiting} of {len(whole)} quads"
        raise EndpointError(Place(service.name), what, "the old data still stand: load again")
    new = {str(quad.graph_name) for quad in whole}
    old = [name for name in _graphs(service, BASE) if not name.startswith(f"<{_LOADING}")]
    steps = [f"DROP SILENT GRAPH {name}" for name in old if name not in new]
    steps += [f"MOVE GRAPH {_waiting(name)} TO GRAPH {name}" for name in sorted(new)]
    _update(service, " ;\n".join(steps), "old and new data may be mixed: load again")
    engine.__dict__.pop("view", None)  # what it held before
    engine.__dict__.pop("_asked", None)
    return len(whole)


def _guarded(given: Access) -> str:
    """Return where updates go: /sparql-auth asks for the name and the password (Digest)."""
    parts = urlsplit(given.address)
    named = given.user is not None and parts.path.endswith("/sparql")
    return urlunsplit(parts._replace(path=f"{parts.path}-auth")) if named else given.address


def _placed(quad: Quad, view: str) -> Quad:
    graph = quad.graph_name if isinstance(quad.graph_name, NamedNode) else default_graph(view)
    return Quad(quad.subject, quad.predicate, quad.object, graph)


def _key(quad: Quad) -> tuple[str, str]:
    return str(quad.graph_name), str(quad)


def _waiting(graph: str) -> str:
    return f"<{_LOADING}{graph[1:]}"


def _aside(quad: Quad) -> Quad:
    graph = NamedNode(_LOADING + cast(NamedNode, quad.graph_name).value)
    return Quad(quad.subject, quad.predicate, quad.object, graph)


def _portions(quads: Iterable[Quad]) -> Iterator[list[Quad]]:
    rest = iter(quads)
    while portion := list(islice(rest, _PORTION)):
        yield portion


def _graphs(service: Service, start: str) -> list[str]:
    text = f"""SELECT DISTINCT ?g WHERE {{
      GRAPH ?g {{ ?s ?p ?o }} FILTER (STRSTARTS(STR(?g), "{start}")) }} ORDER BY STR(?g)"""
    return [str(row[0]) for row in service.query(text).rows]


def _count(service: Service) -> int:
    text = f"""SELECT (COUNT(*) AS ?n) WHERE {{
      GRAPH ?g {{ ?s ?p ?o }} FILTER (STRSTARTS(STR(?g), "{_LOADING}")) }}"""
    return int(cast(Literal, service.query(text).rows[0][0]).value)


def _drop(service: Service, graphs: list[str]) -> None:
    if graphs:
        steps = " ;\n".join(f"DROP SILENT GRAPH {name}" for name in graphs)
        _update(service, steps, "the old data still stand: load again")


def _update(service: Service, text: str, state: str) -> None:
    """Send an update, once. Raises EndpointError: refused or broken off; ``state`` goes with it."""
    request = sparql_request(service.access, text, "INSERT")
    try:
        write(request, service.access, state)
    except urllib.error.HTTPError as error:
        said = said_by(error)
        error.close()
        denied = "SECURITY" in said
        remedy = "set KZUN_USER and KZUN_PASSWORD of one who may update" if denied else state
        what = f"answered HTTP {error.code} ({said})"
        raise EndpointError(Place(request.full_url), what, remedy) from None
