"""RDF: a view, or a part of it, in the W3C's formats, the same bytes on every run."""

from pyoxigraph import Quad

from kzun_graph import jsonld, webanno
from kzun_graph.errors import OutputError
from kzun_graph.formats import dataset_bytes
from kzun_graph.links.layer import same_as
from kzun_graph.parts import annotations, facts, ontology
from kzun_graph.sources import Sources
from kzun_graph.view import View, order

FORMATS = ("ttl", "trig", "nq", "jsonld")
PARTS = ("facts", "annotations", "ontology")


def rdf(
    view: View,
    sources: Sources,
    form: str,
    only: str | None = None,
    *,
    with_same_as: bool = False,
) -> bytes:
    """Return ``view``, or the part ``only`` of it, in an RDF format, the same on every run.

    ttl holds the default graph, and of the facts nothing of the claims; the other formats hold the
    claims as named graphs. The annotations in jsonld have the form of the W3C's Web Annotations.
    ``with_same_as`` adds owl:sameAs for the exact matches of single things.

    Raises OutputError: no such format or part.
    """
    if form == "jsonld" and only == "annotations":
        return webanno.document(view).encode()
    quads = _part(view, sources, only, claims=form != "ttl")
    if with_same_as:
        quads = sorted({*quads, *same_as(quads)}, key=order)
    if form == "jsonld":
        return jsonld.document(quads).encode()
    if form in FORMATS:
        return dataset_bytes(quads, form)
    raise OutputError(None, f"{form!r} is no RDF format", f"use one of {', '.join(FORMATS)}")


def _part(
    view: View, sources: Sources, only: str | None, *, claims: bool
) -> list[Quad] | tuple[Quad, ...]:
    if only is None:
        return view.quads
    if only == "facts":
        return facts(view, sources, claims=claims)
    if only == "annotations":
        return annotations(view)
    if only == "ontology":
        return ontology(sources)
    raise OutputError(None, f"there is no part {only!r}", f"use one of {', '.join(PARTS)}")
