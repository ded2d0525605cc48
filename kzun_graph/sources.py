"""Sources: all files of the project that state something, read with their places."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Quad

from kzun_graph import resources
from kzun_graph.article import Article, load_article
from kzun_graph.ground import Grounded, Ungrounded, ground
from kzun_graph.layers import Layers, split
from kzun_graph.links.layer import links
from kzun_graph.links.mappings import read_mappings
from kzun_graph.reader import Located, read_all
from kzun_graph.terms import KZUN, MAPPING, SSSOM

_ONTOLOGY = ("kzun.ttl", "reused.ttl")
_TABLE = ".sssom.tsv"
_MENDING = (KZUN["corrects"], KZUN["refines"])


@dataclass(frozen=True)
class Sources:
    """What the files state, quad by quad with its place, and the article."""

    located: tuple[Located, ...]
    article: Article

    @cached_property
    def layers(self) -> Layers:
        """The quads by layer, split once for all views."""
        return split(quad for quad, _ in self.located)

    @cached_property
    def grounding(self) -> tuple[tuple[Grounded, ...], tuple[Ungrounded, ...]]:
        """The quotes and forms found in the article, in the order of the text, and those missing.

        They are looked for once, for all views.
        """
        found, missing = ground(self.located, self.article)
        return tuple(sorted(found, key=lambda one: one.span)), tuple(missing)

    @cached_property
    def defined(self) -> set[object]:
        """The claims and the subjects of the default graph that the files write.

        A table of mappings writes its rows; the things that it links are described elsewhere. So
        are sources of which a file only says which claim they mend.
        """
        return {
            q.subject if q.graph_name == DefaultGraph() else q.graph_name
            for q, place in self.located
            if q.subject in MAPPING or not place.file.endswith(_TABLE)
            if q.predicate not in _MENDING
        }


def read_sources() -> Sources:
    """Return the ontology, the data and the article as shipped.

    Raises SourceError: as :func:`kzun_graph.reader.read_all`, and as
    :func:`kzun_graph.links.mappings.read_mappings`.
    """
    paths = [resources.root() / "ontology" / name for name in _ONTOLOGY]
    paths += resources.files("data", "*.ttl") + resources.files("data", "*.trig")
    return Sources(_read([*paths, *resources.files("data", f"*{_TABLE}")]), load_article())


def _read(paths: Iterable[Path]) -> tuple[Located, ...]:
    """Return what RDF files and tables of mappings state."""
    paths = list(paths)
    tables = [path for path in paths if path.name.endswith(_TABLE)]
    rdf = read_all(path for path in paths if path not in tables)
    return (*rdf, *links(read_mappings(tables)))


def overlay(base: Sources, paths: Iterable[Path]) -> tuple[Sources, Sources]:
    """Return ``base`` with the claims and subjects that ``paths`` write in place of its own.

    A file of ``base`` itself takes its own place, and a set of mappings is replaced as a whole. The
    second value is what the files state by themselves. Raises SourceError: as :func:`read_sources`.
    """
    own = Sources(_read(paths), base.article)
    same = {place.file for _, place in base.located} & {place.file for _, place in own.located}
    new = Sources(
        tuple(found for found in own.located if found.place.file not in same), own.article
    )
    gone = same | {
        place.file
        for quad, place in base.located
        if quad.object == SSSOM["MappingSet"] and quad.subject in own.defined
    }
    kept = (
        found
        for found in base.located
        if found.place.file not in gone
        and (found.place.file.endswith(_TABLE) or not _replaced(found.quad, new.defined))
    )
    return Sources((*kept, *own.located), base.article), own


def _replaced(quad: Quad, defined: set[object]) -> bool:
    if isinstance(quad.graph_name, NamedNode):
        return quad.graph_name in defined
    return quad.subject in defined
