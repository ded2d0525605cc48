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
_TARGETS = (_SH.targetClass, _SH.targetNode, _SH.targetObjectsOf, _SH.targetSubjectsOf)

# rdflib logs a traceback for each impossible date; the rule dates-exist reports it.
logging.getLogger("rdflib.term").setLevel(logging.ERROR)


SHAPES = "ontology/shapes"


def validate_core(quads: Iterable[Quad], folder: str = SHAPES) -> list[Finding]:
    """Return what the shapes of ``folder`` find in the default graph of ``quads``.

    Raises KzunError: no shape has any node to look at, so that nothing was checked.
    """
    data = _graph(q for q in quads if q.graph_name == DefaultGraph())
    shapes = shapes_graph(folder)
    if not any(_focus_nodes(data, shapes)):
        raise KzunError(None, "no shape has a node to check", "give data that use the ontology")
    _, found, _ = pyshacl.validate(data, shacl_graph=_prepared(folder), inplace=True)
    assert isinstance(found, rdflib.Graph)
    results = found.subjects(rdflib.RDF.type, _SH.ValidationResult)
    return [_finding(found, shapes, result) for result in results]


@cache
def shapes_graph(folder: str = SHAPES) -> rdflib.Graph:
    """Return all Core shapes of ``folder`` as one rdflib graph, read once."""
    paths = resources.files(folder, "*.ttl")
    return _graph(quad for path in paths for quad in parse(path=path))


@cache
def _prepared(folder: str) -> rdflib.Graph:
    """Return the shapes of ``folder`` as pySHACL is quick with: the results are the same.

    Without what only the report needs, which it would read at every node. And each property shape
    with the targets of its node shapes: SHACL, 2.1.3, lets it have its own, and pySHACL then takes
    all nodes at once, where by way of ``sh:property`` it takes them one by one.
    """
    prepared = rdflib.Graph(bind_namespaces="none")
    for triple in shapes_graph(folder):
        if triple[1] not in (_SH.message, _SH.severity):
            prepared.add(triple)
    for shape in set(prepared.subjects(rdflib.RDF.type, _SH.NodeShape)):
        targets = [(kind, node) for kind in _TARGETS for node in prepared.objects(shape, kind)]
        for constraint in set(prepared.objects(shape, _SH.property)) if targets else ():
            prepared.remove((shape, _SH.property, constraint))
            for kind, node in targets:
                prepared.add((constraint, kind, node))
    return prepared


def _focus_nodes(data: rdflib.Graph, shapes: rdflib.Graph) -> Iterator[rdflib.term.Node]:
    for target in shapes.objects(None, _SH.targetClass):
        yield from data.subjects(rdflib.RDF.type, target)
    for target in shapes.objects(None, _SH.targetSubjectsOf):
        yield from data.subjects(target, None)
    for target in shapes.objects(None, _SH.targetObjectsOf):
        yield from data.objects(None, target)


def _graph(quads: Iterable[Quad]) -> rdflib.Graph:
    graph = rdflib.Graph(bind_namespaces="none")
    for quad in quads:
        graph.add((_term(quad.subject), _term(quad.predicate), _term(quad.object)))
    return graph


@cache
def _term(term: Term) -> rdflib.term.Node:
    return to_rdflib(term)


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
