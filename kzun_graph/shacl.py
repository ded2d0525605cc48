"""SHACL: run the Core shapes of ``ontology/shapes/`` with pySHACL."""

import logging
from collections.abc import Iterable, Iterator
from functools import cache
from typing import cast

import pyshacl
import rdflib
from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, parse

from kzun_graph import resources
from kzun_graph.errors import KzunError
from kzun_graph.findings import Finding
from kzun_graph.rdflib_terms import Term, from_rdflib, to_rdflib
from kzun_graph.terms import SH

_SH = rdflib.Namespace(SH.iri)

# rdflib logs a traceback for each impossible date; the rule dates-exist reports it.
logging.getLogger("rdflib.term").setLevel(logging.ERROR)


def validate_core(quads: Iterable[Quad]) -> list[Finding]:
    """Return what the shapes find in the default graph of ``quads``.

    Raises KzunError: no shape has any node to look at, so that nothing was checked.
    """
    data = _graph(q for q in quads if q.graph_name == DefaultGraph())
    shapes = shapes_graph()
    if not any(_focus_nodes(data, shapes)):
        raise KzunError(None, "no shape has a node to check", "give data that use the ontology")
    _, found, _ = pyshacl.validate(data, shacl_graph=_bare(shapes), inplace=True)
    assert isinstance(found, rdflib.Graph)
    results = found.subjects(rdflib.RDF.type, _SH.ValidationResult)
    return [_finding(found, shapes, result) for result in results]


def shapes_graph() -> rdflib.Graph:
    """Return all Core shapes as one rdflib graph."""
    paths = resources.files("ontology/shapes", "*.ttl")
    return _graph(quad for path in paths for quad in parse(path=path))


def _bare(shapes: rdflib.Graph) -> rdflib.Graph:
    """Return the shapes without what only the report needs: pySHACL reads it at every node."""
    bare = rdflib.Graph(bind_namespaces="none")
    for triple in shapes:
        if triple[1] not in (_SH.message, _SH.severity):
            bare.add(triple)
    return bare


def _focus_nodes(data: rdflib.Graph, shapes: rdflib.Graph) -> Iterator[rdflib.term.Node]:
    for target in shapes.objects(None, _SH.targetClass):
        yield from data.subjects(rdflib.RDF.type, target)
    for target in shapes.objects(None, _SH.targetSubjectsOf):
        yield from data.subjects(target, None)


def _graph(quads: Iterable[Quad]) -> rdflib.Graph:
    graph = rdflib.Graph(bind_namespaces="none")
    convert = cache(to_rdflib)
    for quad in quads:
        graph.add((convert(quad.subject), convert(quad.predicate), convert(quad.object)))
    return graph


def _finding(found: rdflib.Graph, shapes: rdflib.Graph, result: rdflib.term.Node) -> Finding:
    def one(name: str) -> Term | None:
        return from_rdflib(found.value(result, _SH[name]))

    shape = found.value(result, _SH.sourceShape)
    messages = {
        message.language: str(message)
        for message in shapes.objects(shape, _SH.message)
        if isinstance(message, rdflib.Literal) and message.language
    }
    path, focus, value = one("resultPath"), one("focusNode"), one("value")
    return Finding(
        check=str(shape).rpartition("#")[2],
        severity=str(shapes.value(shape, _SH.severity, default=_SH.Violation)).rpartition("#")[2],
        focus=cast(NamedNode | BlankNode, focus),
        path=path if isinstance(path, NamedNode) else None,
        value=None if path is None and value == focus else value,  # SHACL 3.6.2.3 repeats it
        messages=messages,
        source=NamedNode(str(shape)),
        component=cast(NamedNode, one("sourceConstraintComponent")),
    )
