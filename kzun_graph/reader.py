"""Reader: parse RDF files line by line, so that each quad knows its file and line."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, NamedTuple, cast

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from kzun_graph.errors import SourceError
from kzun_graph.resources import shown
from kzun_graph.terms import CLAIM, curie
from kzun_graph.text import Place

_FORMATS = {
    ".ttl": RdfFormat.TURTLE,
    ".trig": RdfFormat.TRIG,
    ".nq": RdfFormat.N_QUADS,
    ".nt": RdfFormat.N_TRIPLES,
    ".jsonld": RdfFormat.JSON_LD,
    ".rdf": RdfFormat.RDF_XML,
}
_BOM = b"\xef\xbb\xbf"
_OPENS = re.compile(r"\s*(claim:[\w-]+)\s*\{")
_RENUMBER = "give one of the two a number of its own"


class Located(NamedTuple):
    """A quad and the line that states it."""

    quad: Quad
    place: Place


class _Lines:
    """A file that hands out at most one line a call and counts: the parser never reads ahead."""

    def __init__(self, data: bytes) -> None:
        self._lines = iter(data.splitlines(keepends=True))
        self._rest = b""
        self.count = 0

    def read(self, size: int) -> bytes:
        """Return the next line, or the next ``size`` bytes of a longer one."""
        if not self._rest:
            self._rest = next(self._lines, b"")
            self.count += bool(self._rest)
        part, self._rest = self._rest[:size], self._rest[size:]
        return part


def read_text(path: Path, *, strict: bool = True) -> str:
    """Return the text of a UTF-8 file; ``strict`` as for :func:`decode`.

    Raises SourceError: no such file, a folder, or as :func:`decode`.
    """
    place = Place(shown(path))
    if path.is_dir():
        raise SourceError(place, "this is a folder", "name a file in it")
    try:
        data = path.read_bytes()
    except OSError as error:
        what = f"cannot be read ({error.strerror})"
        raise SourceError(place, what, "check the name and the access rights") from None
    return decode(data, place, strict=strict)


def decode(data: bytes, place: Place, *, strict: bool = True) -> str:
    """Return UTF-8 bytes as text: ``strict`` where offsets count, so that nothing is changed.

    Else a byte order mark and the CR of line ends are left out.

    Raises SourceError: no UTF-8; if strict, a byte order mark or CR line ends.
    """
    if data.startswith(_BOM) and strict:
        raise SourceError(Place(place.file, 1), "starts with a byte order mark", "save without BOM")
    try:
        text = data.removeprefix(_BOM).decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SourceError(Place(place.file, line), "is not UTF-8", "save it as UTF-8") from None
    if "\r" in text and strict:
        line = text.count("\n", 0, text.index("\r")) + 1
        what = "has CR line ends"
        raise SourceError(Place(place.file, line), what, "save the file with LF line ends")
    return text.replace("\r\n", "\n")


def read(path: Path) -> Iterator[Located]:
    """Yield the quads of an RDF file with their places.

    A literal over several lines has its last line. The format goes by the name's ending.

    Raises SourceError: as :func:`read_text`, an ending that is no RDF, or broken syntax.
    """
    place = Place(shown(path))
    text = read_text(path)
    lines = _Lines(text.encode())
    if path.suffix not in _FORMATS:
        known = ", ".join(_FORMATS)
        raise SourceError(place, f"ending {path.suffix!r} is no RDF format", f"use one of {known}")
    _refuse_repeated(text, place)
    try:
        for quad in parse(cast(IO[bytes], lines), format=_FORMATS[path.suffix]):
            yield Located(quad, Place(place.file, lines.count))
    except SyntaxError as error:
        line = error.lineno or lines.count
        raise SourceError(Place(place.file, line), _what(error), _remedy(str(error))) from None


def _what(error: SyntaxError) -> str:
    return re.sub(r"^Parser error at [^:]*: ", "", str(error.msg)).rstrip(".")


def _remedy(message: str) -> str:
    if "LoadDocumentCallback" in message:
        return "put the context into the file: nothing is fetched"
    if "prefix" in message and "declared" in message:
        return "declare it with @prefix at the top of the file"
    return "mend the syntax of this statement"


def read_all(paths: Iterable[Path]) -> list[Located]:
    """Return the quads of all files, in the order of ``paths``.

    Raises SourceError: as :func:`read`, or a claim that is written twice.
    """
    located = [found for path in paths for found in read(path)]
    _refuse_doubles(located)
    return located


def _refuse_repeated(text: str, place: Place) -> None:
    """Refuse a claim whose braces open twice in one file: the parser would merge the two."""
    first: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        opened = _OPENS.match(line)
        if opened and first.setdefault(opened[1], number) != number:
            what = f"claim {opened[1]} is written a second time (first at line {first[opened[1]]})"
            raise SourceError(Place(place.file, number), what, _RENUMBER)


def _refuse_doubles(located: Iterable[Located]) -> None:
    """Refuse a claim in two files, or in two places of one TriG file (N-Quads have no blocks)."""
    first: dict[NamedNode, Place] = {}
    current: tuple[object, str] | None = None
    for quad, place in located:
        graph = quad.graph_name
        if graph not in CLAIM or (graph, place.file) == current:
            continue
        assert isinstance(graph, NamedNode)
        blocks = place.file.endswith(".trig")
        if graph in first and (blocks or first[graph].file != place.file):
            what = f"claim {curie(graph)} is written a second time (first at {first[graph]})"
            raise SourceError(place, what, _RENUMBER)
        first.setdefault(graph, place)
        current = graph, place.file
