"""SSSOM: the mappings as one table for other tools, with those that the ontology itself states."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from pyoxigraph import Literal, NamedNode

from kzun_graph import __version__
from kzun_graph.errors import OutputError, UnknownNameError
from kzun_graph.links import mappings as rows
from kzun_graph.links.mappings import NO_TERM_FOUND, MappingSet
from kzun_graph.links.tsv import BETWEEN, COLUMNS
from kzun_graph.reader import Located
from kzun_graph.terms import BASE, KZUN, MAPPING, PREFIXES, RDFS, SEMAPV
from kzun_graph.text import Place

_SPECIFICATION = "1.1"  # the first with record_id
_LICENSE = NamedNode("https://creativecommons.org/licenses/by/4.0/")
_ONTOLOGY = "https://w3id.org/kzun/ontology"
_MATCHES = {*rows.PREDICATES, RDFS["subClassOf"], RDFS["subPropertyOf"]}
_PREFIXES = PREFIXES | {"bioregistry": "https://bioregistry.io/registry/", "w3id": BASE[:-5]}
_ALL = MappingSet(
    node=MAPPING["all"],
    title="kzun-graph mappings",
    description="All sets of mappings of kzun-graph in one: entities and terms beside Wikidata, "
    "places beside GeoNames, and what the ontology says its terms refine.",
    version=__version__,
    license=_LICENSE,
    subject_source=None,
    object_source=None,
    prefixes=(),
    place=Place("data/links"),
)
_OF_ONTOLOGY = replace(
    _ALL,
    node=MAPPING["ontology"],
    title="kzun-graph terms and other vocabularies",
    description="What the terms of kzun-graph refine or resemble in schema.org, ORG, PROV-O and "
    "other vocabularies, as the ontology itself states it.",
    subject_source=NamedNode(_ONTOLOGY),
    place=Place("ontology/kzun.ttl"),
)


def sssom(
    mappings: Iterable[rows.Mapping], located: Iterable[Located], name: str | None = None
) -> bytes:
    """Return all sets of mappings as one SSSOM/TSV, or the set called ``name`` alone.

    Each row has the IRI that the graph gives it as its ``record_id``. Source: SSSOM 1.1, "The
    SSSOM/TSV format"; columns that no row fills are left out.

    Raises UnknownNameError: no set has that name; OutputError: an IRI without a prefix.
    """
    found = [*mappings, *of_ontology(located)]
    sets = {mapping.set.name: mapping.set for mapping in found}
    if name is None:
        return _document(_ALL, found).encode()
    if name not in sets:
        remedy = f"choose of {', '.join(sorted(sets))}"
        raise UnknownNameError(None, f"no set of mappings is called {name!r}", remedy)
    return _document(sets[name], [m for m in found if m.set == sets[name]]).encode()


def of_ontology(located: Iterable[Located]) -> list[rows.Mapping]:
    """Return what the ontology states of own terms and other vocabularies, as mappings.

    They are written once, in ``ontology/kzun.ttl``, where the derivations need them; here they are
    repeated for tools that read mappings.
    """
    labels: dict[object, str] = {
        q.subject: q.object.value
        for q, _ in located
        if q.predicate == RDFS["label"]
        and isinstance(q.object, Literal)
        and q.object.language == "en"
    }
    found = [
        _stated(found, labels)
        for found in located
        if found.place.file == _OF_ONTOLOGY.place.file
        and found.quad.subject in KZUN
        and found.quad.predicate in _MATCHES
        and isinstance(found.quad.object, NamedNode)
        and found.quad.object not in KZUN
    ]
    return sorted(found, key=lambda mapping: mapping.node.value)


def _stated(located: Located, labels: Mapping[object, str]) -> rows.Mapping:
    quad = located.quad
    assert isinstance(quad.subject, NamedNode)
    assert isinstance(quad.object, NamedNode)
    return rows.Mapping(
        subject=quad.subject,
        predicate=quad.predicate,
        negative=False,
        object=quad.object,
        subject_label=labels.get(quad.subject, ""),
        object_label=labels.get(quad.object, ""),
        justification=SEMAPV["ManualMappingCuration"],
        confidence="1",
        comment="Stated in the ontology.",
        see_also=(_ONTOLOGY,),
        other="",
        reviewer_ids=(),
        reviewer_labels=(),
        date="",
        set=_OF_ONTOLOGY,
        place=located.place,
    )


def _document(described: MappingSet, mappings: Sequence[rows.Mapping]) -> str:
    writer = _Writer(described, mappings)
    cells = [writer.cells(mapping) for mapping in mappings]
    columns = [name for name in writer.columns if any(row[name] for row in cells)]
    table = io.StringIO()
    lines = csv.writer(table, delimiter="\t", lineterminator="\n")
    lines.writerow(columns)
    lines.writerows([row[name] for name in columns] for row in cells)
    return "".join(f"#{line}\n" for line in writer.header()) + table.getvalue()


class _Writer:
    """Writes nodes as CURIEs, and knows which prefixes it has used."""

    def __init__(self, described: MappingSet, mappings: Iterable[rows.Mapping]) -> None:
        self._set = described
        self._one = described != _ALL
        sources = () if self._one else ("subject_source", "object_source")
        self.columns = ("record_id", *COLUMNS[:-3], *sources, *COLUMNS[-3:])
        self._prefixes = dict(_PREFIXES)
        self._used: set[str] = set()
        for mapping in mappings:
            for prefix, iri in mapping.set.prefixes:
                self._prefixes.setdefault(prefix, iri)

    def cells(self, mapping: rows.Mapping) -> dict[str, str]:
        """Return a row by the names of its columns."""
        return {
            "record_id": self._curie(mapping.node),
            "subject_id": self._curie(mapping.subject),
            "subject_label": mapping.subject_label,
            "predicate_id": self._curie(mapping.predicate),
            "predicate_modifier": "Not" if mapping.negative else "",
            "object_id": self._curie(mapping.object or NO_TERM_FOUND),
            "object_label": mapping.object_label,
            "mapping_justification": self._curie(mapping.justification),
            "reviewer_id": BETWEEN.join(self._curie(node) for node in mapping.reviewer_ids),
            "reviewer_label": BETWEEN.join(mapping.reviewer_labels),
            "mapping_date": mapping.date,
            "confidence": mapping.confidence,
            "subject_source": "" if self._one else self._curie(mapping.set.subject_source),
            "object_source": "" if self._one else self._curie(mapping.set.object_source),
            "see_also": BETWEEN.join(mapping.see_also),
            "other": mapping.other,
            "comment": mapping.comment,
        }

    def header(self) -> Iterator[str]:
        """Yield the lines of the header: the prefixes that were used, and what the set is."""
        described = self._set
        sources = [
            f"{slot}: {self._curie(node)}"
            for slot, node in (
                ("subject_source", described.subject_source),
                ("object_source", described.object_source),
            )
            if node
        ]
        yield "curie_map:"
        yield from (f"  {prefix}: {self._prefixes[prefix]}" for prefix in sorted(self._used))
        yield f'sssom_version: "{_SPECIFICATION}"'
        yield f"mapping_set_id: {described.node.value}"
        for slot in ("version", "title", "description"):
            if text := getattr(described, slot):
                yield f"mapping_set_{slot}: {json.dumps(text, ensure_ascii=False)}"
        yield f"license: {described.license.value}"
        yield from sources

    def _curie(self, node: NamedNode | None) -> str:
        """Return ``node`` by its longest prefix; the format takes no bare IRI."""
        if node is None:
            return ""
        fitting = [p for p, iri in self._prefixes.items() if node.value.startswith(iri)]
        if not fitting:
            remedy = "in the file in data/links, give its prefix a name that nothing else has"
            raise OutputError(None, f"no prefix stands for <{node.value}>", remedy)
        prefix = max(fitting, key=lambda name: (len(self._prefixes[name]), name))
        self._used.add(prefix)
        return f"{prefix}:{node.value.removeprefix(self._prefixes[prefix])}"
