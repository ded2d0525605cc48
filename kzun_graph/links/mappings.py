"""Mappings: the SSSOM/TSV files of ``data/links/``, row by row, each with its place."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from pyoxigraph import NamedNode

from kzun_graph import resources
from kzun_graph.errors import SourceError
from kzun_graph.links.tsv import Cells, read_table
from kzun_graph.terms import GN, ID, KZUN, MAPPING, OWL, RDFS, SKOS, SSSOM, WD, curie
from kzun_graph.text import Place

NO_TERM_FOUND = SSSOM["NoTermFound"]
PREDICATES = (
    SKOS["exactMatch"],
    SKOS["closeMatch"],
    SKOS["broadMatch"],
    SKOS["narrowMatch"],
    SKOS["relatedMatch"],
)
EVIDENCE = "evidence="  # the key in "other" for evidence that has no address, such as a book
_PREDICATES = {*PREDICATES, RDFS["subClassOf"], RDFS["subPropertyOf"], OWL["sameAs"]}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
_NUMBER = re.compile(r"0(\.\d+)?|1(\.0+)?")
_UPPER = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_OTHER = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class MappingSet:
    """One file of mappings: what it is called, and between which two datasets it maps.

    ``prefixes`` are pairs of the header's ``curie_map``: a prefix and the IRI that it stands for.
    """

    node: NamedNode
    title: str
    description: str
    version: str
    license: NamedNode
    subject_source: NamedNode | None
    object_source: NamedNode | None
    prefixes: tuple[tuple[str, str], ...]
    place: Place

    @property
    def name(self) -> str:
        """The short name, such as "wikidata"."""
        return self.node.value.removeprefix(MAPPING.iri)


@dataclass(frozen=True)
class Mapping:
    """One row: a thing of ours, how it matches, and what; or what it does not match.

    ``object`` is None where a match was looked for and none was found. ``negative``: the match is
    denied. ``confidence`` is between 0 and 1, as it is written; ``date`` an ISO day, or empty.
    Source: SSSOM 1.1, the slots of Mapping.
    """

    subject: NamedNode
    predicate: NamedNode
    negative: bool
    object: NamedNode | None
    subject_label: str
    object_label: str
    justification: NamedNode | None
    confidence: str
    comment: str
    see_also: tuple[str, ...]
    other: str
    reviewer_ids: tuple[NamedNode, ...]
    reviewer_labels: tuple[str, ...]
    date: str
    set: MappingSet
    place: Place

    @property
    def positive(self) -> bool:
        """Whether the row says that the match holds: it is then a link."""
        return self.object is not None and not self.negative

    @property
    def reviewed(self) -> bool:
        """Whether somebody has reviewed the row."""
        return bool(self.reviewer_ids or self.reviewer_labels)

    @cached_property
    def node(self) -> NamedNode:
        """The IRI of the row: subject, kind of match and object, such as ``unifil-exact-q160805``.

        Another statement is another mapping and gets another IRI, so that none changes its sense.
        """
        kind = _slug(self.predicate.value.rpartition("#")[2].removesuffix("Match"))
        parts = [_subject_name(self.subject), "not" if self.negative else "", kind]
        name = f"none-{self.set.name}" if self.object is None else _object_name(self.object)
        return MAPPING["-".join(filter(None, [*parts, name]))]


def read_mappings(paths: Iterable[Path] | None = None) -> tuple[Mapping, ...]:
    """Return the rows of ``paths``, or of all files in ``data/links/``, in their order.

    Raises SourceError: a file that cannot be read, a malformed header or row, an unknown CURIE
    prefix, a link without evidence, or a mapping that is written twice.
    """
    if paths is None:
        paths = resources.files("data/links", "*.sssom.tsv")
    found = tuple(mapping for path in paths for mapping in _read(path))
    _refuse_doubles(found)
    return found


def _read(path: Path) -> list[Mapping]:
    header, rows = read_table(path)
    described = MappingSet(
        node=header.iri("mapping_set_id"),
        title=header.text("mapping_set_title"),
        description=header.text("mapping_set_description"),
        version=header.text("mapping_set_version"),
        license=header.iri("license"),
        subject_source=header.reference("subject_source"),
        object_source=header.reference("object_source"),
        prefixes=tuple(sorted(header.prefixes.items())),
        place=header.place,
    )
    return [_mapping(row, described) for row in rows]


def _mapping(row: Cells, described: MappingSet) -> Mapping:
    target = row.need("object_id")
    modifier = row.choice("predicate_modifier", ("", "Not"))
    found = Mapping(
        subject=row.need("subject_id"),
        predicate=_predicate(row),
        negative=modifier == "Not",
        object=None if target == NO_TERM_FOUND else target,
        subject_label=row.text("subject_label"),
        object_label=row.text("object_label"),
        justification=row.reference("mapping_justification"),
        confidence=row.match("confidence", _NUMBER, "write a number from 0 to 1, such as 0.8"),
        comment=row.text("comment"),
        see_also=_addresses(row),
        other=row.text("other"),
        reviewer_ids=row.references("reviewer_id"),
        reviewer_labels=row.several("reviewer_label"),
        date=_day(row),
        set=described,
        place=row.place,
    )
    _check(found)
    return found


def _predicate(row: Cells) -> NamedNode:
    predicate = row.need("predicate_id")
    if predicate not in _PREDICATES:
        what = f"{row.text('predicate_id')!r} is no kind of match"
        raise SourceError(row.place, what, "use skos:exactMatch, closeMatch, broadMatch …")
    return predicate


def _addresses(row: Cells) -> tuple[str, ...]:
    found = row.several("see_also")
    for address in found:
        if not _ADDRESS.fullmatch(address):
            what = f"see_also holds {address!r}, which is no address"
            raise SourceError(row.place, what, "give web addresses, with | between them")
    return found


def _day(row: Cells) -> str:
    remedy = "write a day of the calendar as YYYY-MM-DD"
    text = row.match("mapping_date", _DAY, remedy)
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        what = f"mapping_date {text!r} is not well formed"
        raise SourceError(row.place, what, remedy) from None


def _check(mapping: Mapping) -> None:
    if mapping.object is None and mapping.negative:
        remedy = "take Not away: NoTermFound says by itself that there is no match"
        raise SourceError(mapping.place, "Not stands beside sssom:NoTermFound", remedy)
    if mapping.positive and not mapping.see_also and EVIDENCE not in mapping.other:
        what = f"the link of {mapping.subject_label or mapping.subject.value!r} has no evidence"
        remedy = f"give an address in see_also, or {EVIDENCE}… in other"
        raise SourceError(mapping.place, what, remedy)


def _refuse_doubles(mappings: Iterable[Mapping]) -> None:
    first: dict[object, Place] = {}
    for mapping in mappings:
        target = mapping.object or mapping.set.node
        for key in (mapping.node, (mapping.subject, mapping.predicate, target)):
            if key in first:
                what = f"this mapping is written a second time (first at {first[key]})"
                remedy = "keep one of the two rows; a match cannot both hold and be denied"
                raise SourceError(mapping.place, what, remedy)
        first[mapping.node] = mapping.place
        first[(mapping.subject, mapping.predicate, target)] = mapping.place


def _slug(text: str) -> str:
    return _OTHER.sub("-", _UPPER.sub("-", text).lower()).strip("-")


def _subject_name(node: NamedNode) -> str:
    if node in KZUN:  # an entity, a term and a property may be called the same
        name = node.value.removeprefix(KZUN.iri)
        return f"{'term' if name[:1].isupper() else 'property'}-{_slug(name)}"
    return _slug(node.value.removeprefix(ID.iri))


def _object_name(node: NamedNode) -> str:
    if node in WD:
        return _slug(node.value.removeprefix(WD.iri))
    if node in GN:
        return f"gn-{_slug(node.value.removeprefix(GN.iri))}"
    return _slug(curie(node))  # such as schema-event
