"""Counts: the statistics of a set of triples, whole and by class and property, as VoID has them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad, Triple

from kzun_graph.terms import BASE, TYPE


@dataclass(frozen=True)
class Counts:
    """Numbers of distinct things in a set of triples. Source: VoID, 4.6 (statistics).

    ``entities`` are the subjects in the project's own IRI space; ``classes`` are the objects of
    rdf:type, ``properties`` the predicates.
    """

    triples: int
    entities: int
    classes: int
    properties: int
    subjects: int
    objects: int


@dataclass(frozen=True)
class Statistics:
    """The counts of the whole, of what describes the instances of each class, of each property."""

    whole: Counts
    by_class: Mapping[NamedNode, Counts]
    by_property: Mapping[NamedNode, Counts]


def triples_of(quads: Iterable[Quad]) -> set[Triple]:
    """Return the distinct triples of ``quads``, whichever graph they stand in."""
    return {quad.triple for quad in quads}


def count(triples: Iterable[Triple]) -> Counts:
    """Return the numbers of distinct things in ``triples``, which are distinct.

    >>> count([Triple(NamedNode(BASE), TYPE, NamedNode("http://example.org/Set"))])
    Counts(triples=1, entities=1, classes=1, properties=1, subjects=1, objects=1)
    """
    triples = list(triples)
    subjects = {triple.subject for triple in triples}
    return Counts(
        triples=len(triples),
        entities=sum(isinstance(s, NamedNode) and s.value.startswith(BASE) for s in subjects),
        classes=len({triple.object for triple in triples if triple.predicate == TYPE}),
        properties=len({triple.predicate for triple in triples}),
        subjects=len(subjects),
        objects=len({triple.object for triple in triples}),
    )


def statistics(triples: Iterable[Triple]) -> Statistics:
    """Return the counts of distinct ``triples``, whole and by class and property, sorted by IRI.

    The part of a class holds all triples about its instances, that of a property the triples with
    it. Source: VoID, 4.5 (partitions).
    """
    triples = list(triples)
    classes: dict[object, set[NamedNode]] = {}
    for triple in triples:
        if triple.predicate == TYPE and isinstance(triple.object, NamedNode):
            classes.setdefault(triple.subject, set()).add(triple.object)
    by_class: dict[NamedNode, list[Triple]] = {}
    by_property: dict[NamedNode, list[Triple]] = {}
    for triple in triples:
        by_property.setdefault(triple.predicate, []).append(triple)
        for kind in classes.get(triple.subject, ()):
            by_class.setdefault(kind, []).append(triple)
    return Statistics(count(triples), _counted(by_class), _counted(by_property))


def _counted(parts: Mapping[NamedNode, list[Triple]]) -> dict[NamedNode, Counts]:
    return {node: count(parts[node]) for node in sorted(parts, key=str)}
