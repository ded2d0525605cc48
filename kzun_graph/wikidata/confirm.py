"""Confirm: what our graph and an item say alike, beside the name."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from pyoxigraph import Literal, NamedNode, Quad

from kzun_graph.links import mappings as rows
from kzun_graph.results import Term
from kzun_graph.terms import DCTERMS, GN, KZUN, ORG, SCHEMA, WD, curie
from kzun_graph.wikidata.check import CLOSE, EXACT
from kzun_graph.wikidata.items import is_item
from kzun_graph.wikidata.names import Ours

_CONTAINED = SCHEMA["containedInPlace"]
_PLACE = ("P276", "P17", "P131", "P1001", "P159", "P361")
_BEGIN, _END = ("P585", "P571", "P580", "P577"), ("P582", "P576")
# What may say the same there, beside the properties that data/links/ maps exactly or closely.
_ALIKE: dict[NamedNode, tuple[str, ...]] = {
    KZUN["operatesIn"]: _PLACE,
    KZUN["place"]: _PLACE,
    _CONTAINED: _PLACE,
    KZUN["belongsTo"]: ("P17", "P361"),
    ORG["unitOf"]: ("P361",),
    DCTERMS["isPartOf"]: ("P361",),
    KZUN["organization"]: ("P361", "P664"),
    SCHEMA["geo"]: ("P625",),
    KZUN["date"]: _BEGIN,
    KZUN["startDate"]: _BEGIN,
    KZUN["endDate"]: _END,
}
_GEONAMES = "P1566"
_CODES = (KZUN["isoAlpha2"], KZUN["isoAlpha3"])
_GEO = "geo:"
_OUR_POINT = re.compile(r"geo:(-?[\d.]+),(-?[\d.]+)")  # RFC 5870: latitude first
_THEIR_POINT = re.compile(r"Point\((-?[\d.]+) (-?[\d.]+)\)", re.IGNORECASE)  # WKT: longitude first
_NEAR = 50  # kilometres: two points of one town or site; a namesake in the region lies farther off


@dataclass(frozen=True, order=True)
class Evidence:
    """``ours`` (a CURIE or "GeoNames") and Wikidata's ``theirs`` ("P276") both give ``value``."""

    ours: str
    theirs: str
    value: str


@dataclass(frozen=True)
class Facts:
    """Our facts about entities, as items, days and numbers that Wikidata's can be held against."""

    known: Mapping[NamedNode, frozenset[tuple[str, str, str]]]

    @classmethod
    def of(cls, mappings: Collection[rows.Mapping], ours: Ours) -> "Facts":
        """Return the facts whose property has a counterpart and whose value can be compared.

        That is a value that is linked with an item (or, of a place, what contains it), a date, a
        point on the earth, a country's code, or the entity's own GeoNames number. Properties that
        are mapped exactly or closely count too.
        """
        alike = dict(_ALIKE)
        linked: dict[NamedNode, set[NamedNode]] = {}
        found: dict[NamedNode, set[tuple[str, str, str]]] = {}
        for mapping in mappings:
            target = mapping.object
            if not mapping.positive or target is None:
                continue
            name = target.value.removeprefix(WD.iri)
            if name.startswith("P") and mapping.predicate in (EXACT, CLOSE):
                alike[mapping.subject] = (*alike.get(mapping.subject, ()), name)
            elif mapping.predicate == EXACT and is_item(target):
                linked.setdefault(mapping.subject, set()).add(target)
            elif mapping.predicate == EXACT and target in GN:
                number = target.value.removeprefix(GN.iri).strip("/")
                found.setdefault(mapping.subject, set()).add(("GeoNames", _GEONAMES, number))
        for node, quads in ours.facts.items():
            for quad in quads:
                if quad.predicate in alike:
                    values = _comparable(quad, linked, ours)
                    entries = {
                        (curie(quad.predicate), name, value)
                        for name in alike[quad.predicate]
                        for value in values
                    }
                    found.setdefault(node, set()).update(entries)
        return cls({node: frozenset(facts) for node, facts in found.items()})

    def properties(self, entities: Iterable[NamedNode]) -> set[str]:
        """Return the Wikidata properties that can confirm anything of ``entities``."""
        return {name for node in entities for _, name, _ in self.known.get(node, frozenset())}

    def confirmed(
        self, entity: NamedNode, values: Mapping[str, Iterable[Term]]
    ) -> tuple[Evidence, ...]:
        """Return the facts about ``entity`` that ``values`` of an item, by property, say too."""
        return tuple(
            Evidence(ours, name, value)
            for ours, name, value in sorted(self.known.get(entity, frozenset()))
            if any(_says(term, value) for term in values.get(name, ()))
        )


def _comparable(quad: Quad, linked: Mapping[NamedNode, set[NamedNode]], ours: Ours) -> set[str]:
    value = quad.object
    if isinstance(value, Literal):
        is_date = value.value[:4].isdecimal()  # a day without year is none
        return {value.value} if is_date or quad.predicate in _CODES else set()
    if not isinstance(value, NamedNode):
        return set()
    if value.value.startswith(_GEO):
        return {value.value}
    around = {q.object for q in ours.facts.get(value, []) if q.predicate == _CONTAINED}
    nodes = {value, *(node for node in around if isinstance(node, NamedNode))}
    return {f"wd:{i.value.removeprefix(WD.iri)}" for n in nodes for i in linked.get(n, ())}


def _says(term: Term, value: str) -> bool:
    """Tell whether a value there is ours; a date of ours may be less precise, not more."""
    if isinstance(term, NamedNode):
        return f"wd:{term.value.removeprefix(WD.iri)}" == value
    if not isinstance(term, Literal) or value.startswith("wd:"):
        return False
    if value.startswith(_GEO):
        return _is_near(value, term.value)
    rest = term.value.removeprefix(value)
    within = value[:4].isdecimal() and rest != term.value and rest[:1] in ("-", "T")
    return term.value == value or within


def _is_near(ours: str, theirs: str) -> bool:
    """Tell whether two points are near each other on a sphere, whose error does not matter here."""
    here, there = _OUR_POINT.match(ours), _THEIR_POINT.fullmatch(theirs.strip())
    if not here or not there:
        return False
    latitudes = [radians(float(here[1])), radians(float(there[2]))]
    longitudes = [radians(float(here[2])), radians(float(there[1]))]
    half = [(a - b) / 2 for a, b in (latitudes, longitudes)]
    chord = sin(half[0]) ** 2 + cos(latitudes[0]) * cos(latitudes[1]) * sin(half[1]) ** 2
    return 2 * 6371 * asin(min(1.0, sqrt(chord))) <= _NEAR
