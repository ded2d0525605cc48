"""Profile: the description keeps what DCAT-AP and VoID demand, and each shape can speak."""

from collections.abc import Mapping

import pytest
import rdflib
from pyoxigraph import Literal, Quad
from small_dataset import FILE, small

from kzun_graph.findings import Finding
from kzun_graph.publish.description import description_bytes
from kzun_graph.publish.profile import SHAPES, validate_description
from kzun_graph.shacl import shapes_graph
from kzun_graph.terms import ID, PREFIXES, SH, SKOS
from kzun_graph.view import View

_MORE = {"foaf": "http://xmlns.com/foaf/0.1/", "spdx": "http://spdx.org/rdf/terms#"}
_PREFIXES = "".join(f"PREFIX {p}: <{i}>\n" for p, i in {**PREFIXES, **_MORE}.items())
VIEW = "<https://w3id.org/kzun/view/article>"
BROKEN: Mapping[str, tuple[str, str]] = {
    "CatalogShape-title": (
        "DELETE { ?c dcterms:title ?t } WHERE { ?c a dcat:Catalog ; dcterms:title ?t }",
        "catalog",
    ),
    "CatalogShape-description": (
        """DELETE { ?c dcterms:description ?t } WHERE { ?c a dcat:Catalog ; dcterms:description ?t
        FILTER (LANG(?t) = "kk") }""",
        "catalog",
    ),
    "CatalogShape-publisher": (
        "DELETE { ?c dcterms:publisher ?p } WHERE { ?c a dcat:Catalog ; dcterms:publisher ?p }",
        "catalog",
    ),
    "CatalogShape-dataset": (
        "DELETE { ?c dcat:dataset ?d } WHERE { ?c a dcat:Catalog ; dcat:dataset ?d }",
        "catalog",
    ),
    "DescribedShape-title": (f"DELETE WHERE {{ {VIEW} dcterms:title ?t }}", "view/article"),
    "DescribedShape-description": (
        f"INSERT DATA {{ {VIEW} dcterms:description 'once more'@en }}",
        "view/article",
    ),
    "DescribedShape-publisher": (
        f"INSERT DATA {{ {VIEW} dcterms:publisher 'editors' }}",
        "view/article",
    ),
    "DescribedShape-version": (f"DELETE WHERE {{ {VIEW} dcat:version ?v }}", "view/article"),
    "DescribedShape-triples": (
        f"DELETE {{ {VIEW} void:triples ?n }} INSERT {{ {VIEW} void:triples 0 }} "
        f"WHERE {{ {VIEW} void:triples ?n }}",
        "view/article",
    ),
    "DistributionShape-accessURL": ("DELETE WHERE { ?file dcat:accessURL ?place }", "#file"),
    "DistributionShape-license": (
        "DELETE { ?f dcterms:license ?l } WHERE { ?f a dcat:Distribution ; dcterms:license ?l }",
        "#file",
    ),
    "DistributionShape-mediaType": (
        "DELETE { ?f dcat:mediaType ?t } INSERT { ?f dcat:mediaType 'text/turtle' } "
        "WHERE { ?f dcat:mediaType ?t }",
        "#file",
    ),
    "DistributionShape-byteSize": (
        "DELETE { ?f dcat:byteSize ?n } INSERT { ?f dcat:byteSize 10 } "
        "WHERE { ?f dcat:byteSize ?n }",
        "#file",
    ),
    "DistributionShape-checksum": ("DELETE WHERE { ?f spdx:checksum ?sum }", "#file"),
    "ChecksumShape-algorithm": (
        "DELETE { ?c spdx:algorithm ?a } INSERT { ?c spdx:algorithm spdx:checksumAlgorithm_md5 } "
        "WHERE { ?c spdx:algorithm ?a }",
        "#sha256",
    ),
    "ChecksumShape-checksumValue": (
        "DELETE { ?c spdx:checksumValue ?v } "
        "INSERT { ?c spdx:checksumValue 'f83545'^^xsd:hexBinary } "
        "WHERE { ?c spdx:checksumValue ?v }",
        "#sha256",
    ),
    "AgentShape-name": ("DELETE WHERE { ?agent foaf:name ?name }", "id/editors"),
    "LinksetShape-subjectsTarget": (
        "DELETE WHERE { ?l void:subjectsTarget ?t }",
        "#links-wikidata-skos-exactMatch",
    ),
    "LinksetShape-objectsTarget": (
        "DELETE { ?t a void:Dataset } WHERE { ?l void:objectsTarget ?t }",
        "#links-wikidata-skos-exactMatch",
    ),
    "LinksetShape-linkPredicate": (
        "INSERT { ?l void:linkPredicate skos:closeMatch } WHERE { ?l a void:Linkset }",
        "#links-wikidata-skos-exactMatch",
    ),
    "LinksetShape-triples": (
        "DELETE { ?l void:triples ?n } WHERE { ?l a void:Linkset ; void:triples ?n }",
        "#links-wikidata-skos-exactMatch",
    ),
}


@pytest.fixture(scope="module")
def sound() -> bytes:
    """The description of a small dataset with one linkset and one file, which keeps every shape."""
    quads = [quad for quad in small() if quad.predicate != SKOS["broadMatch"]]
    names = [Quad(ID["editors"], SKOS["prefLabel"], Literal("x", language=x)) for x in ("kk", "ru")]
    return description_bytes({"article": [*quads, *names]}, [FILE])


def said(findings: list[Finding]) -> list[str]:
    return sorted({f"{finding.check} {finding.focus.value}" for finding in findings})


def test_the_description_keeps_every_shape(views: dict[str, View], sound: bytes) -> None:
    turtle = description_bytes({name: view.quads for name, view in views.items()}, [FILE])
    assert said(validate_description(turtle)) == []
    assert said(validate_description(sound)) == []


def test_every_shape_has_a_broken_example() -> None:
    shapes = shapes_graph(SHAPES)
    message = next(p for p in shapes.predicates() if str(p) == SH["message"].value)
    speaking = {str(shape).rpartition("#")[2] for shape in shapes.subjects(message)}
    assert speaking == set(BROKEN)
    for shape in shapes.subjects(message):
        languages = sorted(text.language for text in shapes.objects(shape, message))  # type: ignore[attr-defined]
        assert languages == ["en", "kk", "ru"]


@pytest.mark.parametrize("name", BROKEN)
def test_the_broken_example_gives_just_its_finding(name: str, sound: bytes) -> None:
    update, focus = BROKEN[name]
    graph = rdflib.Graph().parse(sound, format="turtle")  # a pyoxigraph store respells some numbers
    before = set(graph)
    graph.update(_PREFIXES + update)
    assert set(graph) != before
    found = said(validate_description(graph.serialize(format="turtle", encoding="utf-8")))
    assert [line.split()[0] for line in found] == [name]
    assert found[0].endswith(focus)
