"""Dataset: a view that can be asked: stored queries, SPARQL, rdflib."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Quad, Store

from kzun_graph.labels import Labels
from kzun_graph.queries import bind, stored_query
from kzun_graph.results import Result, ask
from kzun_graph.sources import read_sources
from kzun_graph.terms import PREFIXES
from kzun_graph.text import Place
from kzun_graph.view import View, build_view
from kzun_graph.viewnames import ARTICLE

if TYPE_CHECKING:
    import rdflib


class Dataset:
    """One view: an unnamed default graph, and a named graph for each claim (and source)."""

    def __init__(self, view: View) -> None:
        self.view = view

    @property
    def quads(self) -> tuple[Quad, ...]:
        """All quads, in the canonical order."""
        return self.view.quads

    @property
    def store(self) -> Store:
        """The view in an Oxigraph store in memory."""
        return self.view.store

    @cached_property
    def labels(self) -> Labels:
        """The labels of the default graph, to show nodes and to find them by name."""
        return Labels(self.view.stated)

    def run(self, name: str, /, **values: str) -> Result:
        """Return the answer of a stored query, with ``values`` for its parameters.

        Where a parameter is an IRI, its value may be a CURIE, an IRI, or a label in any language.

        Raises QueryError, UnknownNameError: no such query or parameter, a bad value, or a question
        for another view.
        """
        query = stored_query(name)
        query.view(self.view.name)
        for parameter, value in values.items():
            kind = query.parameters[parameter].type if query.takes(parameter) else None
            if kind == "iri":
                values[parameter] = self.labels.find(value).value
        return ask(self.store, bind(query, values), query.place)

    def sparql(self, text: str, place: Place | None = None) -> Result:
        """Return the answer of a SPARQL 1.1 query; the project's prefixes need no declaration.

        Raises QueryError: broken syntax, with the line in ``place`` (the file it comes from).
        """
        return ask(self.store, text, place)

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


def load(view: str = ARTICLE) -> Dataset:
    """Return a view, built from the shipped sources: article, checked or all.

    Raises KzunError: there is no such view, or a source cannot be read.

    >>> load().run("memberships/admissions", member="id:kazakhstan").rows[0][1].value
    '1992-03-02'
    """
    return Dataset(build_view(read_sources(), view))
