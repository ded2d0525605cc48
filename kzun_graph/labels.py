"""Labels: what a node is called in a language, and which node a name means."""

from collections.abc import Iterable
from functools import cached_property

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kzun_graph.errors import UnknownNameError
from kzun_graph.terms import ARTICLE, CLAIM, DCTERMS, ID, RDFS, SKOS, curie, expand

_PREFERRED = (SKOS["prefLabel"], RDFS["label"], DCTERMS["title"])
_OTHER = (SKOS["altLabel"], SKOS["hiddenLabel"])
NAMING = (*_PREFERRED, *_OTHER)
_FALLBACK = ("en", "ru", "kk")


class Labels:
    """The labels of a dataset's default graph."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._labels: dict[NamedNode, dict[str, str]] = {}
        self._names: dict[str, set[NamedNode]] = {}
        self._known: set[NamedNode] = set()
        for quad in quads:
            if isinstance(quad.subject, NamedNode):
                self._known.add(quad.subject)
                if quad.graph_name == DefaultGraph() and isinstance(quad.object, Literal):
                    self._add(quad.subject, quad.predicate, quad.object)

    def _add(self, node: NamedNode, predicate: NamedNode, text: Literal) -> None:
        if predicate in _PREFERRED:
            self._labels.setdefault(node, {}).setdefault(text.language or "", text.value)
        if predicate in NAMING:
            self._names.setdefault(text.value.casefold(), set()).add(node)

    def label(self, node: NamedNode, language: str) -> str:
        """Return the preferred label in ``language``, else in another, else the CURIE."""
        labels = self._labels.get(node, {})
        for candidate in (language, *_FALLBACK, *sorted(labels)):
            if candidate in labels:
                return labels[candidate]
        return curie(node)

    def find(self, name: str) -> NamedNode:
        """Return the one node that ``name`` means: a CURIE, an IRI, or a label in any language.

        Raises UnknownNameError: nothing, or several things, have that name; near ones are named.
        """
        node = expand(name)
        if node in self._known:
            return node
        name = name.strip().strip("«»“”\"'")
        found = _things(self._names.get(name.casefold(), set()) or self._local.get(name, set()))
        if len(found) == 1:
            return next(iter(found))
        if found:
            several = ", ".join(sorted(curie(n) for n in found))
            raise UnknownNameError(None, f"{name!r} names several things", f"choose of {several}")
        raise UnknownNameError(None, f"nothing is called {name!r}", self._hint(name))

    @cached_property
    def _local(self) -> dict[str, set[NamedNode]]:
        """The nodes by the local part of their CURIE."""
        found: dict[str, set[NamedNode]] = {}
        for node in self._known:
            found.setdefault(curie(node).partition(":")[2], set()).add(node)
        return found

    def _hint(self, name: str) -> str:
        import difflib  # only for a wrong name: it is slow to import

        bare = name.partition(":")[2] if expand(name) else name
        near = difflib.get_close_matches(bare.casefold(), self._names, n=4, cutoff=0.7)
        nodes = {node for text in near for node in self._names[text]}
        close = difflib.get_close_matches(bare, self._local, n=3, cutoff=0.8)
        nodes |= {node for local in close for node in self._local[local]}
        if not (things := _things(nodes)):
            return "the names are in 'kzun query labels/language', or search: labels/find --text …"
        return f"did you mean {', '.join(sorted(curie(node) for node in things))}?"


def _things(nodes: set[NamedNode]) -> set[NamedNode]:
    """Return what the article speaks of, if there is any, and only else terms and the like."""
    return {n for n in nodes if n in ID or n in ARTICLE or n in CLAIM} or nodes
