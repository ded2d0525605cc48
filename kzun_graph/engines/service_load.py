"""Service load: put a view on a server, so that readers see the old one or the new one.

One PUT of the whole dataset where the server takes it (SPARQL 1.1 Graph Store HTTP Protocol, with
the dataset's own address as in Oxigraph), else one update request. Neither is ever sent twice.
"""

import urllib.error
import urllib.request
from collections.abc import Collection, Iterable
from typing import cast

from pyoxigraph import DefaultGraph, Quad

from kzun_graph.engines.engine import refuse_view, view_quads
from kzun_graph.engines.service import Service
from kzun_graph.errors import EndpointError
from kzun_graph.formats import dataset_bytes
from kzun_graph.protocol.fetch import USER_AGENT, said_by
from kzun_graph.protocol.wire import sparql_request, write
from kzun_graph.text import Place

_NOT_TAKEN = (400, 404, 405, 406, 415, 501)  # no such address, method or format: try an update


def load_service(service: Service, quads: Collection[Quad], view: str) -> int:
    """Replace what ``service`` holds by ``quads``, the whole of ``view``; return how many it has.

    Raises EndpointError: the server refuses, cannot be reached, or holds something else afterwards.
    """
    refuse_view(view)
    whole = [*quads, *view_quads(view)]
    if not _put(service, whole):
        _update(service, whole)
    service.__dict__.pop("view", None)  # what it held before
    count = _count(service)
    if count != len(set(whole)):
        what = f"holds {count} quads after the loading, not {len(set(whole))}"
        remedy = "give the service a dataset of its own, with an empty default graph"
        raise EndpointError(Place(service.name), what, remedy)
    return len(set(quads))


def _put(service: Service, quads: Collection[Quad]) -> bool:
    """Put the dataset; tell whether the server takes such a request."""
    address = service.access.graph_store
    if address is None:
        return False
    headers = {"Content-Type": "application/n-quads", "User-Agent": USER_AGENT}
    data = dataset_bytes(quads, "nq")
    request = urllib.request.Request(address, data, headers, method="PUT")  # noqa: S310
    return _write(service, request, fallback=service.access.update is not None)


def _update(service: Service, quads: Collection[Quad]) -> None:
    if service.access.update is None:
        what = "nobody said where it takes new data"
        remedy = "name its address with --graph-store or --update"
        raise EndpointError(Place(service.name), what, remedy)
    request = sparql_request(service.access, update_text(quads), "INSERT")
    _write(service, request, fallback=False)


def update_text(quads: Collection[Quad]) -> str:
    """Return one update request that replaces everything by ``quads``, sorted."""
    return "CLEAR ALL ;\n" + insert_data(sorted(quads, key=str))


def insert_data(quads: Iterable[Quad]) -> str:
    """Return the update that inserts ``quads``, graph by graph (SPARQL 1.1 Update, 3.1.1)."""
    graphs: dict[str, list[str]] = {}
    for quad in quads:
        name = "" if quad.graph_name == DefaultGraph() else str(quad.graph_name)
        graphs.setdefault(name, []).append(f"{quad.subject} {quad.predicate} {quad.object} .")
    parts = []
    for name in sorted(graphs):
        triples = "\n".join(graphs[name])
        parts.append(f"GRAPH {name} {{\n{triples}\n}}" if name else triples)
    return "INSERT DATA {\n" + "\n".join(parts) + "\n}"


def _write(service: Service, request: urllib.request.Request, *, fallback: bool) -> bool:
    try:
        write(request, service.access, "the server holds the old data or the new: load again")
    except urllib.error.HTTPError as error:
        said = said_by(error)
        error.close()
        if fallback and error.code in _NOT_TAKEN:
            return False
        what = f"answered HTTP {error.code}{f' ({said})' if said else ''}, and took nothing"
        remedy = "check the address, and load again"
        raise EndpointError(Place(request.full_url), what, remedy) from None
    return True


def _count(service: Service) -> int:
    text = """SELECT (COUNT(*) AS ?n) WHERE {
      { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"""
    return int(cast(str, getattr(service.query(text).rows[0][0], "value", "0")))
