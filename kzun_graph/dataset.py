"""Dataset: a view that can be asked, on any engine: stored queries, SPARQL, rdflib."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Quad, Store

from kzun_graph.engines.engine import Engine, naming_quads, other_view, quads_of
from kzun_graph.engines.memory import Memory
from kzun_graph.errors import QueryError
from kzun_graph.labels import Labels
from kzun_graph.queries import bind, stored_query
from kzun_graph.results import Result
from kzun_graph.sources import Sources, read_sources
from kzun_graph.terms import PREFIXES, expand
from kzun_graph.text import Place
from kzun_graph.view import View, build_view, order
from kzun_graph.viewnames import ARTICLE

if TYPE_CHECKING:
    import rdflib


class Dataset:
    """One view: an unnamed default graph, and a named graph for each claim (and source).

    ``engine`` is where it is kept and asked; a ``View`` is kept in memory.
    """

    def __init__(self, source: View | Engine) -> None:
        if isinstance(source, View):
            self.view = source
            source = Memory(source.store, source.name)
        self.engine: Engine = source

    @cached_property
    def sources(self) -> Sources:
        """The shipped sources. Raises SourceError: one cannot be read."""
        return read_sources()

    @cached_property
    def view(self) -> View:
        """The whole view, fetched from the engine, with the quotes where the article has them.

        Raises KzunError: the engine does not answer, or a source cannot be read.
        """
        from kzun_graph.engines.fetched import fetched_view

        return fetched_view(self.engine, self.sources)

    @cached_property
    def quads(self) -> tuple[Quad, ...]:
        """All quads, in the canonical order; an engine may have respelled literals."""
        if isinstance(self.engine, Memory):
            return self.view.quads
        return tuple(sorted(quads_of(self.engine), key=order))

    @property
    def store(self) -> Store:
        """The view in an Oxigraph store in memory."""
        return self.view.store

    @cached_property
    def labels(self) -> Labels:
        """The labels of the default graph, to show nodes and to find them by name."""
        if isinstance(self.engine, Memory):
            return Labels(self.view.stated)
        return Labels(naming_quads(self.engine))

    def run(self, name: str, /, **values: str) -> Result:
        """Return the answer of a stored query, with ``values`` for its parameters.

        Where a parameter is an IRI, its value may be a CURIE, an IRI, or a label in any language.

        Raises QueryError, UnknownNameError: no such query or parameter, a bad value, or a question
        for another view. EndpointError: a server that does not answer.
        """
        query = stored_query(name)
        query.view(self.engine.view)
        for parameter, value in values.items():
            kind = query.parameters[parameter].type if query.takes(parameter) else None
            if kind == "iri":
                values[parameter] = self._node(value).value
        return self.engine.query(bind(query, values), query.place)

    def _node(self, value: str) -> NamedNode:
        """Return the node that a CURIE, an IRI or a label means, and that the data speak of."""
        node = expand(value)
        if node and self.engine.query(f"ASK {{ {node} ?property ?value }}").boolean:
            return node
        return self.labels.find(value)

    def sparql(self, text: str, place: Place | None = None) -> Result:
        """Return the answer of a SPARQL 1.1 query; the project's prefixes need no declaration.

        Raises QueryError: broken syntax, with the line in ``place`` (the file it comes from).
        EndpointError: a server that does not answer.
        """
        return self.engine.query(text, place)

    def rdflib(self) -> rdflib.Dataset:
        """Return the view as a plain rdflib ``Dataset``, with the project's prefixes bound."""
        import rdflib

        from kzun_graph.rdflib_terms import to_rdflib

        found = rdflib.Dataset()
        for quad in self.quads:
            graph = found.default_graph
            if isinstance(quad.graph_name, NamedNode):
                graph = found.graph(rdflib.URIRef(quad.graph_name.value))
            graph.add((to_rdflib(quad.subject), to_rdflib(quad.predicate), to_rdflib(quad.object)))
        for prefix, iri in PREFIXES.items():
            found.bind(prefix, iri, replace=True)
        return found


def load(view: str = ARTICLE, engine: str = "memory") -> Dataset:
    """Return a view, built from the shipped sources: article, checked or all.

    ``engine`` is memory (Oxigraph's) or rdflib. Raises KzunError: there is no such view or engine,
    or a source cannot be read.

    >>> load().run("memberships/admissions", member="id:kazakhstan").rows[0][1].value
    '1992-03-02'
    """
    if engine not in ("memory", "rdflib"):
        raise QueryError(None, f"there is no engine {engine!r} to load", "use memory or rdflib")
    sources = read_sources()
    dataset = Dataset(build_view(sources, view))
    dataset.sources = sources
    if engine == "memory":
        return dataset
    from kzun_graph.engines.rdflib_engine import Rdflib

    return Dataset(Rdflib(dataset.rdflib(), view))


def connect(
    *, store: str | Path | None = None, endpoint: str | None = None, view: str | None = None
) -> Dataset:
    """Return the view in a store folder, or on a SPARQL 1.1 service, as ``kzun load`` put it there.

    ``view``: the one that it must hold (None: whichever it is). Where the data of a service do not
    say which view they are, ``view`` says it.

    Raises KzunError: neither or both are given, there is no such store, it holds another view, or
    the service does not answer.
    """
    if (store is None) is (endpoint is None):
        raise QueryError(None, "one place is needed to connect to", "give a store or an endpoint")
    if store is not None:
        from kzun_graph.engines.disk import Disk

        on_disk = Disk(Path(store))
        if view not in (None, on_disk.view):
            raise other_view(on_disk.name, on_disk.view, str(view))
        return Dataset(on_disk)
    from kzun_graph.engines.places import engine_for
    from kzun_graph.protocol.access import access

    service = engine_for(access(str(endpoint)), view)
    _ = service.view  # asked now: a wrong address or view is no surprise later
    return Dataset(service)
