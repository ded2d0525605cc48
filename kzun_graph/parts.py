"""Parts: the portions of a view that somebody may want alone: facts, annotations, ontology."""

from pyoxigraph import DefaultGraph, Quad

from kzun_graph.sources import Sources
from kzun_graph.terms import CLAIM, MAPPING, NIF, OA, TYPE
from kzun_graph.view import View, order

_ONTOLOGY = "ontology/"
_SEGMENTS = (NIF["Paragraph"], NIF["Sentence"])


def facts(view: View, sources: Sources, *, claims: bool) -> list[Quad]:
    """Return what is said of things, in the canonical order, for use in other datasets.

    That is what the claims state, the editors' labels, types and descriptions, and what follows;
    neither the grounding (annotations, selectors, passages), nor the evidence of the links, nor the
    ontology. With ``claims`` also the named graphs, and of each claim its quote, kind, subjects and
    author.
    """
    ontology = {found.subject for found in _written(sources)}
    ground = _ground(view)
    kept = []
    for quad in view.quads:
        of_claim = quad.subject in CLAIM or quad.graph_name != DefaultGraph()
        left_out = quad.subject in ontology or quad.subject in ground or quad.object in ground
        left_out |= quad.subject in MAPPING
        names = (quad.predicate, quad.object)
        if left_out or (of_claim and not claims) or any(n in OA or n in NIF for n in names):
            continue
        kept.append(quad)
    return kept


def _ground(view: View) -> set[object]:
    """Return the nodes that only the grounding speaks of: annotations, passages, selectors."""
    return {
        quad.subject
        for quad in view.quads
        if quad.predicate == TYPE and (quad.object in OA or quad.object in _SEGMENTS)
    }


def annotations(view: View) -> list[Quad]:
    """Return all triples of the annotations, their targets and selectors, in canonical order."""
    nodes: set[object] = {
        quad.subject
        for quad in view.quads
        if quad.predicate == TYPE and quad.object == OA["Annotation"]
    }
    for step in (OA["hasTarget"], OA["hasSelector"]):
        nodes |= {q.object for q in view.quads if q.predicate == step and q.subject in nodes}
    return [q for q in view.quads if q.graph_name == DefaultGraph() and q.subject in nodes]


def ontology(sources: Sources) -> list[Quad]:
    """Return the own and the reused terms as they are declared, in the canonical order."""
    return sorted(set(_written(sources)), key=order)


def _written(sources: Sources) -> list[Quad]:
    return [quad for quad, place in sources.located if place.file.startswith(_ONTOLOGY)]
