"""Coordinates and codes of places: each as it stands in the editors' evidence."""

import csv

import pytest
from pyoxigraph import Literal, NamedNode

from kzun_graph import resources
from kzun_graph.sources import Sources
from kzun_graph.terms import ID, KZUN, RDFS, SCHEMA, SKOS, TYPE

EVIDENCE = resources.root().parent / "shared" / "evidence"
needs_evidence = pytest.mark.skipif(
    not EVIDENCE.is_dir(), reason="the editors' evidence does not lie beside this checkout"
)
COORDINATES = (SCHEMA["latitude"], SCHEMA["longitude"])


def values(sources: Sources, *predicates: NamedNode) -> dict[NamedNode, list[str]]:
    """Return the values of each subject, in the order of ``predicates``."""
    found: dict[NamedNode, list[str]] = {}
    for predicate in predicates:
        for quad, _ in sources.located:
            if quad.predicate == predicate and isinstance(quad.object, (Literal, NamedNode)):
                assert isinstance(quad.subject, NamedNode)
                found.setdefault(quad.subject, []).append(quad.object.value)
    return found


def test_a_point_is_called_after_its_coordinates_and_says_where_they_were_seen(
    sources: Sources,
) -> None:
    points = values(sources, *COORDINATES)
    assert {point.value for point in points} == {f"geo:{a},{b}" for a, b in points.values()}
    seen = values(sources, RDFS["seeAlso"])
    assert all(seen[point][0].startswith("http") for point in points)
    types = values(sources, TYPE)
    assert all(types[point] == [SCHEMA["GeoCoordinates"].value] for point in points)
    assert len(points) == 16


def test_every_point_belongs_to_one_place(sources: Sources) -> None:
    places = values(sources, SCHEMA["geo"])
    assert sorted(geo for found in places.values() for geo in found) == sorted(
        point.value for point in values(sources, *COORDINATES)
    )
    assert places[ID["almaty"]] == ["geo:43.25249,76.9115"]
    assert places[ID["semey-test-site"]] == ["geo:50.117,78.717"]


def _short(number: str) -> str:
    """Return a decimal number in its canonical form: 45, not 45.0."""
    return number.removesuffix(".0")


@needs_evidence
def test_coordinates_and_codes_are_those_of_the_evidence(sources: Sources) -> None:
    labelled = values(sources, SKOS["prefLabel"])
    with (EVIDENCE / "places.tsv").open(encoding="utf-8", newline="") as file:
        rows = {
            ID[row["key"].replace("_", "-")]: row for row in csv.DictReader(file, delimiter="\t")
        }
    ours = {node: row for node, row in rows.items() if node in labelled}
    assert values(sources, SCHEMA["geo"]) == {
        node: [f"geo:{_short(row['latitude'])},{_short(row['longitude'])}"]
        for node, row in ours.items()
        if row["latitude"]
    }
    assert values(sources, KZUN["isoAlpha2"], KZUN["isoAlpha3"]) == {
        node: [row["iso2"], row["iso3"]] for node, row in ours.items() if row["iso2"]
    }
