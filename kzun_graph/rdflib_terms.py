"""RDFLib terms: pyoxigraph's terms as rdflib's and back, spelled as they were."""

import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kzun_graph.terms import XSD

Term = NamedNode | BlankNode | Literal


def to_rdflib(term: NamedNode | BlankNode | Literal | Triple) -> rdflib.term.Node:
    """Return ``term`` as rdflib's; a literal keeps its spelling. RDF 1.1 has no triple terms."""
    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, BlankNode):
        return rdflib.BNode(term.value)
    assert isinstance(term, Literal)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    if term.datatype == XSD["string"]:  # the same as plain in RDF 1.1, not in rdflib
        return rdflib.Literal(term.value)
    datatype = rdflib.URIRef(term.datatype.value)
    return rdflib.Literal(term.value, datatype=datatype, normalize=False)


def from_rdflib(node: object) -> Term | None:
    """Return rdflib's ``node`` as pyoxigraph's; None for None."""
    if isinstance(node, rdflib.URIRef):
        return NamedNode(str(node))
    if isinstance(node, rdflib.BNode):
        return BlankNode(str(node))
    if isinstance(node, rdflib.Literal):
        if node.language:
            return Literal(str(node), language=node.language)
        return Literal(str(node), datatype=NamedNode(str(node.datatype)) if node.datatype else None)
    return None
