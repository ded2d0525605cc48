"""Layer: what the mappings state as RDF: the links themselves, and how each is borne out."""

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Quad

from kzun_graph.links.mappings import NO_TERM_FOUND, Mapping, MappingSet
from kzun_graph.reader import Located
from kzun_graph.terms import DCTERMS, ID, KZUN, OWL, RDFS, SKOS, SSSOM, TYPE, XSD

_NOTIONS = (SKOS["Concept"], KZUN["Group"])
# What every row has, taken once: there are hundreds of rows, and each start reads them all.
_MAPPINGS = SSSOM["mappings"]
_AXIOM = OWL["Axiom"]
_SOURCE = OWL["annotatedSource"]
_PROPERTY = OWL["annotatedProperty"]
_TARGET = OWL["annotatedTarget"]
_JUSTIFICATION = SSSOM["mapping_justification"]
_CONFIDENCE = SSSOM["confidence"]
_CREATED = DCTERMS["created"]
_DATE = XSD["date"]
_DOUBLE = XSD["double"]


def links(mappings: Iterable[Mapping]) -> list[Located]:
    """Return the triples of ``mappings``, each with the row that states it.

    A row that is positive and has an object is a link, stated directly. Each row is a node too,
    also one that denies a match or found none; each file is a mapping set. Source: SSSOM 1.1,
    "The SSSOM/RDF format": the type ``owl:Axiom``, a property for each slot, the IRI of the row in
    place of its ``record_id``, and what a file says of all its rows said of each.
    """
    found = []
    sets: dict[MappingSet, None] = {}
    for mapping in mappings:
        sets[mapping.set] = None
        found += [Located(quad, mapping.place) for quad in _row(mapping)]
        if mapping.positive and mapping.object:
            link = Quad(mapping.subject, mapping.predicate, mapping.object)
            found.append(Located(link, mapping.place))
    for described in sets:
        found += [Located(quad, described.place) for quad in _set(described)]
    return found


def _row(mapping: Mapping) -> Iterator[Quad]:
    node = mapping.node
    yield Quad(mapping.set.node, _MAPPINGS, node)
    yield Quad(node, TYPE, _AXIOM)
    yield Quad(node, _SOURCE, mapping.subject)
    yield Quad(node, _PROPERTY, mapping.predicate)
    yield Quad(node, _TARGET, mapping.object or NO_TERM_FOUND)
    if mapping.negative:
        yield Quad(node, SSSOM["predicate_modifier"], SSSOM["NegatedPredicate"])
    if mapping.justification:
        yield Quad(node, _JUSTIFICATION, mapping.justification)
    if mapping.confidence:
        yield Quad(node, _CONFIDENCE, Literal(mapping.confidence, datatype=_DOUBLE))
    if mapping.date:
        yield Quad(node, _CREATED, Literal(mapping.date, datatype=_DATE))
    yield from _evidence(node, mapping)


def _evidence(node: NamedNode, mapping: Mapping) -> Iterator[Quad]:
    """Yield what a person reads: labels, reasons, addresses, and who has reviewed the row."""
    texts = (
        (SSSOM["subject_label"], mapping.subject_label),
        (SSSOM["object_label"], mapping.object_label),
        (RDFS["comment"], mapping.comment),
        (SSSOM["other"], mapping.other),
        *((SSSOM["reviewer_label"], label) for label in mapping.reviewer_labels),
    )
    nodes = (
        (SSSOM["subject_source"], mapping.set.subject_source),
        (SSSOM["object_source"], mapping.set.object_source),
        *((SSSOM["reviewer_id"], reviewer) for reviewer in mapping.reviewer_ids),
        *((RDFS["seeAlso"], NamedNode(address)) for address in mapping.see_also),
    )
    yield from (Quad(node, slot, Literal(text)) for slot, text in texts if text)
    yield from (Quad(node, slot, value) for slot, value in nodes if value)


def _set(described: MappingSet) -> Iterator[Quad]:
    node = described.node
    yield Quad(node, TYPE, SSSOM["MappingSet"])
    yield Quad(node, DCTERMS["license"], described.license)
    # SSSOM gives these two no language; all other titles and descriptions of the graph have one.
    for slot, text in (("title", described.title), ("description", described.description)):
        if text:
            yield Quad(node, DCTERMS[slot], Literal(text, language="en"))
    if described.version:
        yield Quad(node, OWL["versionInfo"], Literal(described.version))


def same_as(quads: Iterable[Quad]) -> list[Quad]:
    """Return an ``owl:sameAs`` for each exact match of a single thing among ``quads``.

    Only for an export that asks for it: whoever reasons with it merges all that both sides say. So
    not for terms, concepts and groups, whose match is a notion and no single thing, and not where
    the match is not exact. ``quads`` hold the derived types too.
    """
    quads = list(quads)
    notions = {q.subject for q in quads if q.predicate == TYPE and q.object in _NOTIONS}
    return [
        Quad(quad.subject, OWL["sameAs"], quad.object)
        for quad in quads
        if quad.predicate == SKOS["exactMatch"]
        and quad.subject in ID
        and quad.subject not in notions
        and not isinstance(quad.object, Literal)
    ]
