"""Web annotations: the annotations of a view as the W3C's Web Annotation JSON-LD."""

from pyoxigraph import Quad

from kzun_graph.jsonld import WEB_ANNOTATION, Compactor, Node, dumps, load_context
from kzun_graph.parts import annotations
from kzun_graph.terms import KZUN, OA, TYPE
from kzun_graph.view import View

_OURS = {KZUN.prefix: KZUN.iri}  # the W3C's context does not know our terms


def web_annotations(view: View) -> list[Node]:
    """Return each annotation as a JSON object of its own, with its target and selectors inside.

    Source: Web Annotation Data Model, 3.1 (annotations), 4 (specific resources), 4.2.4 and 4.2.5
    (selectors); Web Annotation Vocabulary, appendix A (the context).
    """
    nodes: dict[object, list[Quad]] = {}
    for quad in annotations(view):
        nodes.setdefault(quad.subject, []).append(quad)
    own = {
        node: quads
        for node, quads in nodes.items()
        if any(q.predicate == TYPE and q.object == OA["Annotation"] for q in quads)
    }
    rest = {node: quads for node, quads in nodes.items() if node not in own}
    compactor = Compactor({**load_context(WEB_ANNOTATION), **_OURS}, nested=rest)
    context = {"@context": [WEB_ANNOTATION, _OURS]}
    return [context | compactor.node(node, quads) for node, quads in own.items()]


def document(view: View) -> str:
    """Return all annotations as one JSON array: each element is a whole JSON-LD document."""
    return dumps(web_annotations(view))
