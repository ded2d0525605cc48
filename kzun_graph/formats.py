"""Formats: statements as bytes in an RDF format, the same on every run."""

from collections.abc import Iterable

from pyoxigraph import DefaultGraph, Quad, RdfFormat, Triple, serialize

from kzun_graph.terms import PREFIXES


def to_bytes(
    statements: Iterable[Quad] | Iterable[Triple], form: RdfFormat, *, short: bool = True
) -> bytes:
    """Return ``statements``, in their order, in an RDF format; ``short``: with CURIEs.

    The prefixes stand sorted at the top: Oxigraph writes them in an order that changes.
    """
    data = serialize(statements, format=form, prefixes=PREFIXES if short else None)
    assert data is not None
    lines = data.splitlines(keepends=True)
    declared = [line for line in lines if line.startswith(b"@prefix")]
    return b"".join([*sorted(declared), *lines[len(declared) :]])


def dataset_bytes(quads: Iterable[Quad], form: str) -> bytes:
    """Return ``quads``, in their order, as trig, as nq, or their default graph as ttl.

    N-Quads come sorted by line. Raises KeyError: another format.
    """
    quads = list(quads)
    if form == "ttl":
        triples = [quad.triple for quad in quads if quad.graph_name == DefaultGraph()]
        return to_bytes(triples, RdfFormat.TURTLE)
    if form == "nq":
        lines = to_bytes(quads, RdfFormat.N_QUADS, short=False).splitlines(keepends=True)
        return b"".join(sorted(lines))
    return to_bytes(quads, {"trig": RdfFormat.TRIG}[form])
