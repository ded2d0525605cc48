"""Context: derive the JSON-LD context from the declared terms and the prefixes.

The result is stored as ``ontology/context/kzun.jsonld`` (a test compares); to write it anew:
``python -m kzun_graph.context > ontology/context/kzun.jsonld``.
"""

from collections import Counter
from collections.abc import Iterable

from pyoxigraph import NamedNode, Quad

from kzun_graph.terms import (
    DC,
    DCTERMS,
    KZUN,
    NIF,
    OA,
    OWL,
    PREFIXES,
    RDFS,
    SCHEMA,
    SKOS,
    SSSOM,
    TYPE,
    curie,
)

Definition = str | dict[str, str]

_PROPERTIES = {
    OWL["ObjectProperty"],
    OWL["DatatypeProperty"],
    OWL["AnnotationProperty"],
}
_TEXTS = {  # always with a language, so that a language map holds them
    DCTERMS["description"],
    DC["rights"],
    DCTERMS["title"],
    KZUN["finding"],
    KZUN["form"],
    KZUN["quote"],
    KZUN["subheading"],
    RDFS["label"],
    SCHEMA["name"],
    SCHEMA["reviewBody"],
    SKOS["altLabel"],
    SKOS["definition"],
    SKOS["hiddenLabel"],
    SKOS["prefLabel"],
}
_LINKS = {  # annotation properties whose values are nodes
    RDFS["isDefinedBy"],
    RDFS["seeAlso"],
    SKOS["closeMatch"],
    SKOS["example"],
    SKOS["relatedMatch"],
    *(SKOS[f"{kind}Match"] for kind in ("exact", "broad", "narrow")),
    SSSOM["mapping_justification"],
    SSSOM["mappings"],
    SSSOM["object_source"],
    SSSOM["predicate_modifier"],
    SSSOM["reviewer_id"],
    SSSOM["subject_source"],
}
_DAYS = {
    DCTERMS["created"],
    DCTERMS["modified"],
    KZUN["asOf"],
    KZUN["earliest"],
    KZUN["latest"],
}
_OFFSETS = {NIF["beginIndex"], NIF["endIndex"], OA["end"], OA["start"]}


def build_context(ontology: Iterable[Quad]) -> dict[str, Definition]:
    """Return the context for the terms that ``ontology`` declares: prefixes, classes, properties.

    A term's key is its local name; where two vocabularies share one, ours has it and the others
    have their CURIEs, and so has a term whose name is a prefix. Source: JSON-LD 1.1, 4.1 (context),
    4.2 (coercion), 4.6 (language maps).
    """
    kinds: dict[NamedNode, set[object]] = {}
    for quad in ontology:
        if quad.predicate == TYPE and isinstance(quad.subject, NamedNode):
            kinds.setdefault(quad.subject, set()).add(quad.object)
    shared = Counter(_local(term) for term in kinds)
    terms: dict[str, Definition] = {}
    for term, types in kinds.items():
        free = shared[_local(term)] == 1 and _local(term) not in PREFIXES
        key = _local(term) if term in KZUN or free else curie(term)
        if types & _PROPERTIES:
            terms[key] = _property(term, types)
        elif OWL["Class"] in types:
            terms[key] = curie(term)
    return {**PREFIXES, **dict(sorted(terms.items()))}


def _local(term: NamedNode) -> str:
    return curie(term).partition(":")[2]


def _property(term: NamedNode, types: set[object]) -> Definition:
    if term in _TEXTS:
        return {"@id": curie(term), "@container": "@language"}
    if OWL["ObjectProperty"] in types or term in _LINKS:
        return {"@id": curie(term), "@type": "@id"}
    if term in _DAYS:
        return {"@id": curie(term), "@type": "xsd:date"}
    if term in _OFFSETS:
        return {"@id": curie(term), "@type": "xsd:nonNegativeInteger"}
    return curie(term)


def main() -> None:
    """Print the context as the shipped file holds it."""
    from kzun_graph.jsonld import dumps
    from kzun_graph.parts import ontology
    from kzun_graph.sources import read_sources

    print(dumps({"@context": build_context(ontology(read_sources()))}), end="")


if __name__ == "__main__":
    main()
