"""Linksets: the links of a dataset to others, sorted by what they lead to and by predicate."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode, Triple

from kzun_graph.terms import BASE, GN, OWL, RDFS, SCHEMA, SKOS, SSSOM, WD


@dataclass(frozen=True)
class Target:
    """Another dataset or vocabulary that ours links to; its IRIs begin with ``space``."""

    key: str
    title: str
    homepage: str
    space: str

    @property
    def node(self) -> NamedNode:
        """Its IRI as a dataset: the one that the mappings have as their ``object_source``."""
        return NamedNode(f"https://bioregistry.io/registry/{self.key}")


TARGETS = (
    Target("geonames", "GeoNames", "https://www.geonames.org/", GN.iri),
    Target("schema", "schema.org", "https://schema.org/", SCHEMA.iri),
    Target("wikidata", "Wikidata", "https://www.wikidata.org/", WD.iri),
)
LINKS = (
    OWL["equivalentClass"],
    OWL["equivalentProperty"],
    OWL["sameAs"],
    RDFS["subClassOf"],
    RDFS["subPropertyOf"],
    SKOS["broadMatch"],
    SKOS["closeMatch"],
    SKOS["exactMatch"],
    SKOS["narrowMatch"],
    SKOS["relatedMatch"],
)


def linksets(triples: Iterable[Triple]) -> Mapping[tuple[Target, NamedNode], list[Triple]]:
    """Return the links among distinct ``triples`` by target and predicate, sorted.

    A link leads from a node of ours into the IRI space of a target. Each set has one predicate, as
    void:linkPredicate wants. Source: VoID, 5 (linksets).
    """
    found: dict[tuple[Target, NamedNode], list[Triple]] = {}
    for triple in triples:
        target = _target(triple.object)
        ours = isinstance(triple.subject, NamedNode) and triple.subject.value.startswith(BASE)
        if target and ours and triple.predicate in LINKS:
            found.setdefault((target, triple.predicate), []).append(triple)
    return dict(sorted(found.items(), key=lambda item: (item[0][0].key, item[0][1].value)))


def mapping_sets(triples: Iterable[Triple]) -> dict[tuple[object, ...], set[NamedNode]]:
    """Return, by subject, predicate and object, the mapping sets whose rows are about a link.

    Source: SSSOM 1.1, "The SSSOM/RDF format".
    """
    parts = (OWL["annotatedSource"], OWL["annotatedProperty"], OWL["annotatedTarget"])
    rows: dict[object, dict[object, object]] = {}
    sets: dict[object, NamedNode] = {}
    for triple in triples:
        if triple.predicate in parts:
            rows.setdefault(triple.subject, {})[triple.predicate] = triple.object
        elif triple.predicate == SSSOM["mappings"] and isinstance(triple.subject, NamedNode):
            sets[triple.object] = triple.subject
    found: dict[tuple[object, ...], set[NamedNode]] = {}
    for row, values in rows.items():
        if row in sets:
            link = tuple(values.get(part) for part in parts)
            found.setdefault(link, set()).add(sets[row])
    return found


def _target(node: object) -> Target | None:
    if not isinstance(node, NamedNode):
        return None
    return next((target for target in TARGETS if node.value.startswith(target.space)), None)
