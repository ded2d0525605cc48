"""Formats: statements as bytes in an RDF format, the same on every run."""

from collections.abc import Iterable

from pyoxigraph import Quad, RdfFormat, Triple, serialize

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
