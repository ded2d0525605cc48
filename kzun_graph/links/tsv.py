"""SSSOM/TSV: a header of YAML in ``#`` lines and a table, read with plain means, cell by cell.

The header is read without a YAML library, whose import alone takes longer than all files: it has
``key: value`` lines and one map, ``curie_map``. Source: SSSOM 1.1, "The SSSOM/TSV format".
"""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pyoxigraph import NamedNode

from kzun_graph import resources
from kzun_graph.errors import SourceError
from kzun_graph.reader import read_text
from kzun_graph.text import Place

COLUMNS = (
    "subject_id",
    "subject_label",
    "predicate_id",
    "predicate_modifier",
    "object_id",
    "object_label",
    "mapping_justification",
    "reviewer_id",
    "reviewer_label",
    "mapping_date",
    "confidence",
    "see_also",
    "other",
    "comment",
)
REQUIRED = ("subject_id", "predicate_id", "object_id", "mapping_justification")
BETWEEN = "|"  # stands between several values of one cell
_LINE = re.compile(r"#( *)([A-Za-z_][\w.-]*):(?: +(.*))?")
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
_KEYS = (
    "curie_map",
    "license",
    "mapping_set_description",
    "mapping_set_id",
    "mapping_set_title",
    "mapping_set_version",
    "object_source",
    "sssom_version",
    "subject_source",
)


class Cells:
    """Named texts of one place, and what they mean: the header, or a row."""

    def __init__(
        self,
        texts: Mapping[str, str],
        prefixes: Mapping[str, str],
        place: Place,
        known: dict[str, NamedNode] | None = None,
    ) -> None:
        self._texts = texts
        self.prefixes = prefixes
        self.place = place
        self._known = {} if known is None else known  # CURIEs already expanded: most come again

    def row(self, texts: Mapping[str, str], place: Place) -> "Cells":
        """Return the cells of a row, which shares the prefixes of this header."""
        return Cells(texts, self.prefixes, place, self._known)

    def text(self, name: str) -> str:
        """Return the text called ``name``, empty where there is none."""
        return self._texts.get(name, "")

    def several(self, name: str) -> tuple[str, ...]:
        """Return the values that stand in one text, with "|" between them."""
        return tuple(filter(None, self.text(name).split(BETWEEN)))

    def reference(self, name: str) -> NamedNode | None:
        """Return what the CURIE called ``name`` stands for, or None where there is none.

        Raises SourceError: no CURIE, or a prefix that the header does not declare.
        """
        text = self.text(name)
        return self._expand(name, text) if text else None

    def references(self, name: str) -> tuple[NamedNode, ...]:
        """Return what several CURIEs stand for; raises SourceError as :meth:`reference`."""
        return tuple(self._expand(name, text) for text in self.several(name))

    def need(self, name: str) -> NamedNode:
        """Return as :meth:`reference`; raises SourceError also where there is none."""
        found = self.reference(name)
        if found is None:
            raise SourceError(self.place, f"{name} is empty", "fill it")
        return found

    def iri(self, name: str) -> NamedNode:
        """Return the absolute IRI called ``name``. Raises SourceError: there is none."""
        return self._node(name, self.text(name), "write an absolute IRI")

    def choice(self, name: str, allowed: Sequence[str]) -> str:
        """Return the text called ``name``. Raises SourceError: it is none of ``allowed``."""
        text = self.text(name)
        if text not in allowed:
            remedy = f"use one of {', '.join(repr(word) for word in allowed)}"
            raise SourceError(self.place, f"{name} is {text!r}", remedy)
        return text

    def match(self, name: str, pattern: re.Pattern[str], remedy: str) -> str:
        """Return the text called ``name``. Raises SourceError: neither empty nor a ``pattern``."""
        text = self.text(name)
        if text and not pattern.fullmatch(text):
            raise SourceError(self.place, f"{name} {text!r} is not well formed", remedy)
        return text

    def _expand(self, name: str, text: str) -> NamedNode:
        if text in self._known:
            return self._known[text]
        prefix, colon, local = text.partition(":")
        if not colon or local.startswith("//"):
            remedy = "write a CURIE of a prefix in the header, such as wd:Q232"
            raise SourceError(self.place, f"{name} {text!r} is no CURIE", remedy)
        if prefix not in self.prefixes:
            remedy = "declare it in the curie_map of the header"
            raise SourceError(self.place, f"unknown prefix {prefix + ':'!r} in {name}", remedy)
        self._known[text] = self._node(name, self.prefixes[prefix] + local, "correct it")
        return self._known[text]

    def _node(self, name: str, iri: str, remedy: str) -> NamedNode:
        try:
            if _IRI.fullmatch(iri):
                return NamedNode(iri)
        except ValueError:  # what the pattern lets through and RFC 3987 does not
            pass
        raise SourceError(self.place, f"{name} {iri!r} is no IRI", remedy)


def read_table(path: Path) -> tuple[Cells, list[Cells]]:
    """Return the header and the rows of an SSSOM/TSV file.

    Raises SourceError: as :func:`kzun_graph.reader.read_text`, or malformed.
    """
    lines = read_text(path).split("\n")
    shown = resources.shown(path)
    first = next((i for i, line in enumerate(lines) if not line.startswith("#")), len(lines))
    header = _header(lines[:first], shown)
    return header, list(_rows(lines[first:], first, header, shown))


def _header(lines: list[str], file: str) -> Cells:
    texts: dict[str, str] = {}
    prefixes: dict[str, str] = {}
    inside = ""
    for number, line in enumerate(lines, 1):
        place = Place(file, number)
        found = _LINE.fullmatch(line)
        if not found:
            remedy = "write it as '#key: value', and prefixes as '#  prefix: IRI' under curie_map"
            raise SourceError(place, "this line of the header is not understood", remedy)
        indent, key, value = found[1], found[2], _scalar(found[3] or "", place)
        target = prefixes if indent and inside == "curie_map" else texts
        if target is texts and key not in _KEYS:
            what = f"the header has the key {key!r}, which is not kept"
            raise SourceError(place, what, f"use one of {', '.join(_KEYS)}")
        if key in target:
            raise SourceError(place, f"{key!r} stands in the header twice", "keep one")
        target[key] = value
        inside = inside if indent else key
    return Cells(texts, prefixes, Place(file, 1))


def _scalar(text: str, place: Place) -> str:
    """Return a YAML scalar: plain, or in double quotes, whose escapes are those of JSON."""
    text = text.strip()
    if text[:1] == text[-1:] == '"' and not {'"', "\\"} & set(text[1:-1]):
        return text[1:-1]
    if not text.startswith(('"', "'", "[", "{", "|", ">", "&", "*", "!")):
        return text
    import json  # only for the rare value with escapes

    try:
        found = json.loads(text)
    except ValueError:
        found = None
    if not isinstance(found, str):
        remedy = "write one plain value, or one in double quotes"
        raise SourceError(place, f"cannot read the value {text!r}", remedy)
    return found


def _rows(lines: list[str], before: int, header: Cells, file: str) -> Iterator[Cells]:
    reader = csv.reader((f"{line}\n" for line in lines), delimiter="\t", strict=True)
    columns: list[str] = []
    start = before + 1
    try:
        for cells in reader:
            place = Place(file, start)
            start = before + reader.line_num + 1
            if not columns:
                columns = _columns(cells, place)
            elif cells:
                yield header.row(
                    dict(zip(columns, _full(cells, columns, place), strict=True)), place
                )
    except csv.Error as error:
        remedy = "put a cell with tabs, quotes or line ends into double quotes, and double these"
        raise SourceError(Place(file, start), f"malformed row ({error})", remedy) from None


def _columns(cells: list[str], place: Place) -> list[str]:
    unknown = [cell for cell in cells if cell not in COLUMNS]
    missing = [name for name in REQUIRED if name not in cells]
    if unknown:
        what = f"column {unknown[0]!r} is not kept"
        raise SourceError(place, what, f"use columns of {', '.join(COLUMNS)}")
    if missing:
        raise SourceError(place, f"there is no column {missing[0]!r}", "add it")
    if len(set(cells)) < len(cells):
        raise SourceError(place, "a column stands twice", "keep one")
    return cells


def _full(cells: list[str], columns: list[str], place: Place) -> list[str]:
    if len(cells) != len(columns):
        what = f"the row has {len(cells)} cells, and there are {len(columns)} columns"
        raise SourceError(place, what, "put one tab between two cells, also between empty ones")
    return cells
