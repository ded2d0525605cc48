"""Index: the triples of one graph, found by subject or by object, in the order they came."""

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Quad


class Index:
    """The triples of some quads, whatever graphs these stand in."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._by_subject: dict[object, list[Quad]] = {}
        self._by_object: dict[object, list[Quad]] = {}
        for quad in quads:
            self._by_subject.setdefault(quad.subject, []).append(quad)
            self._by_object.setdefault(quad.object, []).append(quad)

    def of(self, subject: object) -> list[Quad]:
        """Return the triples with this subject."""
        return self._by_subject.get(subject, [])

    def to(self, value: object) -> list[Quad]:
        """Return the triples with this object."""
        return self._by_object.get(value, [])

    def nodes(self, subject: object, predicate: NamedNode) -> Iterator[NamedNode]:
        """Yield the objects of ``predicate`` that are nodes."""
        for quad in self.of(subject):
            if quad.predicate == predicate and isinstance(quad.object, NamedNode):
                yield quad.object

    def literals(self, subject: object, predicate: NamedNode) -> Iterator[Literal]:
        """Yield the objects of ``predicate`` that are literals."""
        for quad in self.of(subject):
            if quad.predicate == predicate and isinstance(quad.object, Literal):
                yield quad.object

    def subjects(self, predicate: NamedNode, value: object) -> Iterator[NamedNode]:
        """Yield the nodes that have ``value`` under ``predicate``."""
        for quad in self.to(value):
            if quad.predicate == predicate and isinstance(quad.subject, NamedNode):
                yield quad.subject
