"""Missing: which things have no match, because none was found or because nobody has looked."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kzun_graph.labels import Labels
from kzun_graph.links.mappings import Mapping
from kzun_graph.reader import Located
from kzun_graph.terms import ID, SCHEMA, SKOS, TYPE, curie

NOT_FOUND, NEVER_LOOKED_FOR = "not-found", "never-looked-for"
_TITLES = {"wikidata": "Wikidata", "geonames": "GeoNames"}
_PLACES = frozenset(SCHEMA[name] for name in ("City", "Continent", "Country", "Place"))
_COLUMNS = ("status", "dataset", "id", "label", "type", "nearest", "comment")
_PHRASES = {
    "kk": {
        NOT_FOUND: "Ізделген, бірақ табылмаған: {}",
        NEVER_LOOKED_FOR: "Әлі ізделмеген: {}",
    },
    "ru": {
        NOT_FOUND: "Искали и не нашли: {}",
        NEVER_LOOKED_FOR: "Ещё не искали: {}",
    },
    "en": {
        NOT_FOUND: "Looked for and not found: {}",
        NEVER_LOOKED_FOR: "Never looked for: {}",
    },
}


@dataclass(frozen=True)
class Missing:
    """A thing without a match in a dataset.

    ``nearest`` names looser matches there, if any; ``comment`` says where one has looked.
    """

    status: str
    dataset: str
    node: NamedNode
    label: str
    type: str
    nearest: str
    comment: str

    def cells(self) -> tuple[str, ...]:
        """Return the cells of a table, in the order of the columns."""
        name = curie(self.node)
        return self.status, self.dataset, name, self.label, self.type, self.nearest, self.comment


def missing(
    mappings: Iterable[Mapping], located: Iterable[Located], language: str
) -> list[Missing]:
    """Return what was looked for and not found, then what was never looked for.

    Both by dataset and label. A thing has been looked for in a dataset when any row of its file
    speaks of it. GeoNames holds places only, so that nothing else is missing there.
    """
    entries = _Entries(located, language)
    sets: dict[str, dict[NamedNode, list[Mapping]]] = {}
    for mapping in mappings:
        if mapping.subject in ID:
            rows = sets.setdefault(mapping.set.name, {})
            rows.setdefault(mapping.subject, []).append(mapping)
    found = []
    for name, looked in sets.items():
        found += [
            entries.entry(NOT_FOUND, name, node, rows)
            for node, rows in looked.items()
            if any(row.object is None for row in rows)
        ]
        found += [
            entries.entry(NEVER_LOOKED_FOR, name, node, ())
            for node in entries.things(places_only=name == "geonames")
            if node not in looked
        ]
    return sorted(found, key=_order)


class _Entries:
    """The things of the data, what they are called and what they are."""

    def __init__(self, located: Iterable[Located], language: str) -> None:
        self._labels = Labels(found.quad for found in located)
        self._types = _types(located)
        self._language = language

    def things(self, *, places_only: bool) -> list[NamedNode]:
        """Return what can have a match: whatever has a label, schemes apart."""
        return [
            node
            for node, kinds in self._types.items()
            if SKOS["ConceptScheme"] not in kinds and (not places_only or _PLACES & kinds)
        ]

    def entry(self, status: str, name: str, node: NamedNode, rows: Iterable[Mapping]) -> Missing:
        """Return one line of the list, from the rows that speak of ``node``."""
        label = self._labels.label
        kinds = sorted(label(kind, self._language) for kind in self._types.get(node, ()))
        return Missing(
            status=status,
            dataset=_TITLES.get(name, name),
            node=node,
            label=label(node, self._language),
            type=", ".join(kinds),
            nearest=", ".join(
                sorted(near for row in rows if row.positive and (near := self._near(row)))
            ),
            comment=" ".join(sorted(row.comment for row in rows if row.object is None)),
        )

    def _near(self, row: Mapping) -> str:
        if not row.object:
            return ""
        kind = self._labels.label(row.predicate, self._language)
        return f"{kind}: {curie(row.object)} {row.object_label}".strip()


def _order(found: Missing) -> tuple[bool, str, str, str]:
    never = found.status == NEVER_LOOKED_FOR
    return never, found.dataset, found.label.casefold(), found.node.value


def _types(located: Iterable[Located]) -> dict[NamedNode, set[NamedNode]]:
    """Return the classes of each thing that has a label, as they are written."""
    types: dict[NamedNode, set[NamedNode]] = {}
    for quad, _ in located:
        if quad.subject in ID and quad.predicate == SKOS["prefLabel"]:
            assert isinstance(quad.subject, NamedNode)
            types.setdefault(quad.subject, set())
    for quad, _ in located:
        if quad.predicate == TYPE and quad.subject in types:
            assert isinstance(quad.subject, NamedNode)
            assert isinstance(quad.object, NamedNode)
            types[quad.subject].add(quad.object)
    return types


def as_csv(found: Iterable[Missing]) -> str:
    """Return a table with a row for each thing and dataset."""
    table = io.StringIO()
    lines = csv.writer(table, lineterminator="\n")
    lines.writerow(_COLUMNS)
    lines.writerows(row.cells() for row in found)
    return table.getvalue()


def as_objects(found: Sequence[Missing]) -> dict[str, list[dict[str, str]]]:
    """Return plain objects, the two kinds apart."""
    return {
        status.replace("-", "_"): [
            dict(zip(_COLUMNS[1:], row.cells()[1:], strict=True))
            for row in found
            if row.status == status
        ]
        for status in (NOT_FOUND, NEVER_LOOKED_FOR)
    }


def as_lines(found: Sequence[Missing], language: str) -> Iterator[str]:
    """Yield what a person reads: each kind under its heading, each thing with its reason."""
    for status in (NOT_FOUND, NEVER_LOOKED_FOR):
        rows = [row for row in found if row.status == status]
        yield _PHRASES[language][status].format(len(rows))
        for row in rows:
            yield f"  {row.dataset}: {row.label} ({curie(row.node)}), {row.type}"
            yield from (f"    {text}" for text in (row.comment, row.nearest) if text)
        yield ""
