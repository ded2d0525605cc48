"""Layers: what the article says, what other sources say, and who says it, told apart.

A quad shows its layer by where it stands: in a claim's graph, in a source's graph, or in the
default graph about a source, a publisher, a check, a review, or an entity that only a source names.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import DefaultGraph, NamedNode, Quad

from kzun_graph.terms import CHECK, DCTERMS, OWL, PUBLISHER, REVIEW, SCHEMA, SOURCE, SSSOM

_ABOUT_SOURCES = tuple(space.iri for space in (SOURCE, PUBLISHER, CHECK, REVIEW))
_SOURCE = DCTERMS["source"]
_ROW_OF = OWL["annotatedSource"]
_POINT = SCHEMA["geo"]
_ROWS = SSSOM["mappings"]


@dataclass(frozen=True)
class Layers:
    """The quads of the sources, by layer.

    ``article``: the claims, and in the default graph the ontology, the entities and the links;
    ``statements``: what sources state, each in the graph named by the source; ``reviews``: the
    sources, checks and reviews themselves; ``added``: the entities that only sources name, with
    what bears out their links.
    """

    article: tuple[Quad, ...]
    statements: tuple[Quad, ...]
    reviews: tuple[Quad, ...]
    added: tuple[Quad, ...]


def split(quads: Iterable[Quad]) -> Layers:
    """Return ``quads`` by layer, each in the order given."""
    quads = tuple(quads)
    predicates = [quad.predicate for quad in quads]  # taken once: each start splits all quads
    default = DefaultGraph()
    added = _added(quads, predicates)
    layers: dict[str, list[Quad]] = {"article": [], "statements": [], "reviews": [], "added": []}
    for quad, predicate in zip(quads, predicates, strict=True):
        graph, subject = quad.graph_name, quad.subject
        if graph != default:
            name = "statements" if graph in SOURCE else "article"
        elif isinstance(subject, NamedNode) and subject.value.startswith(_ABOUT_SOURCES):
            name = "reviews"
        elif subject in added or (predicate == _ROWS and quad.object in added):
            name = "added"
        else:
            name = "article"
        layers[name].append(quad)
    return Layers(*(tuple(layers[n]) for n in ("article", "statements", "reviews", "added")))


def _added(quads: tuple[Quad, ...], predicates: list[NamedNode]) -> set[object]:
    """Return the entities that only sources name, the rows of their links, and their points."""
    found: dict[NamedNode, list[Quad]] = {_SOURCE: [], _ROW_OF: [], _POINT: []}
    for quad, predicate in zip(quads, predicates, strict=True):
        if predicate in found:
            found[predicate].append(quad)
    added: set[object] = {quad.subject for quad in found[_SOURCE] if quad.object in SOURCE}
    added |= {quad.subject for quad in found[_ROW_OF] if quad.object in added}
    return added | {quad.object for quad in found[_POINT] if quad.subject in added}
