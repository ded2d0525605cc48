"""Versions: read two builds, and pair what both of them hold."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    Quad,
)

from kzun_graph.diff.model import Gap
from kzun_graph.errors import SourceError
from kzun_graph.reader import read
from kzun_graph.text import Place
from kzun_graph.viewnames import ARTICLE, VIEWS

_ENDINGS = (".nq", ".trig", ".ttl")  # the first that is there is read
_WITHOUT_GRAPHS = ".ttl"
_BUILD = "'kzun build --out'"
FILE = ""  # the only "view" of a version that is one file, whatever view it holds


@dataclass(frozen=True)
class Version:
    """A build: its name as the user typed it, and the file of each view."""

    name: str
    files: Mapping[str, Path]


@dataclass(frozen=True)
class Pair:
    """One view of both versions; ``graphs``: whether both hold named graphs."""

    old: frozenset[Quad]
    new: frozenset[Quad]
    graphs: bool = True


def version(path: Path) -> Version:
    """Return the version in ``path``: a file that a build wrote, or the folder of one.

    Raises SourceError: no such file or folder, another ending, or a folder without a built file.
    """
    if path.is_dir():
        found = {view: file for view in VIEWS for file in _file(path, view)}
        if not found:
            what = "this folder holds no kzun.nq, kzun.trig or kzun.ttl"
            raise SourceError(Place(str(path)), what, f"name a folder that {_BUILD} wrote")
        return Version(str(path), found)
    if not path.exists():
        remedy = f"name a file or a folder that {_BUILD} wrote"
        raise SourceError(Place(str(path)), "there is no such file or folder", remedy)
    if path.suffix not in _ENDINGS:
        what = f"ending {path.suffix!r} is none that a build writes"
        raise SourceError(Place(str(path)), what, f"use one of {', '.join(_ENDINGS)}")
    return Version(str(path), {FILE: path})


def _file(folder: Path, view: str) -> list[Path]:
    stem = "kzun" if view == ARTICLE else f"kzun-{view}"
    paths = (folder / f"{stem}{ending}" for ending in _ENDINGS)
    return [path for path in paths if path.is_file()][:1]


def pairs(old: Version, new: Version) -> tuple[dict[str, Pair], list[Gap]]:
    """Return the views that both versions hold, read; and what one of them, or both, lack.

    Of a view that one version holds only as Turtle, the default graphs alone are compared.

    Raises SourceError: a file cannot be read or holds nothing; the two are of different kinds (a
    file and a folder, with and without named graphs), or have no view in common.
    """
    _refuse_kinds(old, new)
    shared = [view for view in (*VIEWS, FILE) if view in old.files and view in new.files]
    if not shared:
        what = f"holds no view that {old.name} holds too"
        raise SourceError(Place(new.name), what, f"compare two folders that {_BUILD} wrote")
    missing = _missing(old, new)
    return {view: _pair(old.files[view], new.files[view]) for view in shared}, missing


def _refuse_kinds(old: Version, new: Version) -> None:
    if (FILE in old.files) != (FILE in new.files):
        kinds = ("a file", "a folder") if FILE in new.files else ("a folder", "a file")
        what = f"is {kinds[0]}, and {old.name} is {kinds[1]}"
        raise SourceError(Place(new.name), what, "name two files of one view, or two folders")
    if FILE not in old.files:
        return
    lacking = [v.name for v in (old, new) if v.files[FILE].suffix == _WITHOUT_GRAPHS]
    if len(lacking) == 1:
        what = "holds no named graphs, and the other file does"
        raise SourceError(Place(lacking[0]), what, "compare two .ttl files, or two .nq or .trig")


def _missing(old: Version, new: Version) -> list[Gap]:
    found = []
    for view in VIEWS if FILE not in old.files else ():
        lacking = [version.name for version in (old, new) if view not in version.files]
        if lacking:
            found.append(Gap("view missing", (view, ", ".join(dict.fromkeys(lacking)))))
    return found


def _pair(old: Path, new: Path) -> Pair:
    before, after = _quads(old), _quads(new)
    graphs = _WITHOUT_GRAPHS not in (old.suffix, new.suffix)
    if not graphs:
        before, after = (frozenset(_default(quads)) for quads in (before, after))
    return Pair(before, after, graphs)


def _default(quads: Iterable[Quad]) -> Iterator[Quad]:
    return (quad for quad in quads if quad.graph_name == DefaultGraph())


def _quads(path: Path) -> frozenset[Quad]:
    quads = frozenset(found.quad for found in read(path))
    if not quads:
        raise SourceError(
            Place(str(path)), "holds no statement", f"name a file that {_BUILD} wrote"
        )
    return canonical(quads)


def canonical(quads: Iterable[Quad]) -> frozenset[Quad]:
    """Return ``quads`` with blank nodes named after what is said of them, so that they compare.

    Source: RDF Dataset Canonicalization (RDFC-1.0).
    """
    quads = frozenset(quads)
    if not any(isinstance(term, BlankNode) for quad in quads for term in quad):
        return quads
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return frozenset(dataset)
