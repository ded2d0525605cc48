"""Sources: all files of the project that state something, read with their places."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Quad

from kzun_graph import resources
from kzun_graph.article import Article, load_article
from kzun_graph.reader import Located, read_all

_ONTOLOGY = ("kzun.ttl", "reused.ttl")


@dataclass(frozen=True)
class Sources:
    """What the files state, quad by quad with its place, and the article."""

    located: tuple[Located, ...]
    article: Article

    @cached_property
    def defined(self) -> set[object]:
        """The claims and the subjects of the default graph that the files write."""
        return {
            q.subject if q.graph_name == DefaultGraph() else q.graph_name for q, _ in self.located
        }


def read_sources() -> Sources:
    """Return the ontology, the data and the article as shipped.

    Raises SourceError: as :func:`kzun_graph.reader.read_all`.
    """
    paths = [resources.root() / "ontology" / name for name in _ONTOLOGY]
    paths += resources.files("data", "*.ttl") + resources.files("data", "*.trig")
    return Sources(tuple(read_all(paths)), load_article())


def overlay(base: Sources, paths: Iterable[Path]) -> tuple[Sources, Sources]:
    """Return ``base`` with the claims and subjects that ``paths`` write in place of its own.

    The second value is what the files state by themselves. Raises SourceError: as
    :func:`kzun_graph.reader.read_all`.
    """
    own = Sources(tuple(read_all(paths)), base.article)
    kept = (found for found in base.located if not _replaced(found.quad, own.defined))
    return Sources((*kept, *own.located), base.article), own


def _replaced(quad: Quad, defined: set[object]) -> bool:
    if isinstance(quad.graph_name, NamedNode):
        return quad.graph_name in defined
    return quad.subject in defined
