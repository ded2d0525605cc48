"""Description: what VoID and DCAT say of the data is so, counted again by SPARQL."""

import csv
import re
from collections import Counter

import pytest
from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Store,
    Triple,
    parse,
)
from small_dataset import FILE, small

from kzun_graph import resources
from kzun_graph.errors import KzunError
from kzun_graph.formats import dataset_bytes
from kzun_graph.publish.about import DATASET
from kzun_graph.publish.counts import triples_of
from kzun_graph.publish.description import CATALOG, describe, description_bytes, view_node
from kzun_graph.terms import (
    BASE,
    DCAT,
    GN,
    ID,
    KZUN,
    PREFIXES,
    SKOS,
    TYPE,
    VOID,
    WD,
    XSD,
    curie,
    expand,
)
from kzun_graph.view import View
from kzun_graph.viewnames import VIEWS

_MORE = {"foaf": "http://xmlns.com/foaf/0.1/", "spdx": "http://spdx.org/rdf/terms#"}
_PREFIXES = "".join(f"PREFIX {p}: <{i}>\n" for p, i in {**PREFIXES, **_MORE}.items())
_QUAD = re.compile(r"<[^>]*> <[^>]*> (.+?)(?: <https://w3id\.org/kzun/(?:claim|source)/[^>]*>)? \.")
_OWN = f'STRSTARTS(STR(?s), "{BASE}")'


@pytest.fixture(scope="module")
def quads(views: dict[str, View]) -> dict[str, tuple[Quad, ...]]:
    return {name: view.quads for name, view in views.items()}


@pytest.fixture(scope="module")
def turtle(quads: dict[str, tuple[Quad, ...]]) -> bytes:
    return description_bytes(quads, [FILE])


@pytest.fixture(scope="module")
def described(turtle: bytes) -> Store:
    return store_of(turtle)


@pytest.fixture(scope="module")
def lines(quads: dict[str, tuple[Quad, ...]]) -> dict[str, bytes]:
    return {name: dataset_bytes(view, "nq") for name, view in quads.items()}


@pytest.fixture(scope="module")
def merged(lines: dict[str, bytes]) -> dict[str, Store]:
    """Each view as its N-Quads say it, with the triples of all graphs in one."""
    found = {}
    for name, text in lines.items():
        found[name] = Store()
        quads = parse(text, format=RdfFormat.N_QUADS)
        found[name].bulk_extend({Quad(*quad.triple) for quad in quads})
    return found


def store_of(turtle: bytes) -> Store:
    store = Store()
    store.load(turtle, format=RdfFormat.TURTLE)
    return store


def rows(store: Store, query: str) -> list[tuple[str, ...]]:
    found = store.query(_PREFIXES + query)
    return sorted(tuple(value.value for value in row) for row in found)  # type: ignore[union-attr]


def numbers(store: Store, node: NamedNode) -> dict[str, int]:
    """Return the VoID numbers that the description gives for ``node``."""
    return {
        quad.predicate.value.removeprefix(VOID.iri): int(quad.object.value)
        for quad in store.quads_for_pattern(node, None, None)
        if isinstance(quad.object, Literal) and quad.object.datatype == XSD["integer"]
    }


def counted(store: Store, *texts: bytes) -> dict[str, int]:
    """Return the same numbers, by SPARQL; of objects by text: a store respells some numbers."""
    asked = {
        "triples": "SELECT DISTINCT ?s ?p ?o WHERE { ?s ?p ?o }",
        "distinctSubjects": "SELECT DISTINCT ?s WHERE { ?s ?p ?o }",
        "properties": "SELECT DISTINCT ?p WHERE { ?s ?p ?o }",
        "classes": "SELECT DISTINCT ?o WHERE { ?s a ?o }",
        "entities": f"SELECT DISTINCT ?s WHERE {{ ?s ?p ?o FILTER (ISIRI(?s) && {_OWN}) }}",
    }
    objects = {
        _QUAD.fullmatch(line)[1]  # type: ignore[index]
        for text in texts
        for line in text.decode().splitlines()
    }
    found = {name: len(rows(store, query)) for name, query in asked.items()}
    return found | {"distinctObjects": len(objects)}


@pytest.mark.parametrize("name", VIEWS)
def test_the_counts_of_a_view_are_those_of_its_triples(
    name: str, described: Store, merged: dict[str, Store], lines: dict[str, bytes]
) -> None:
    found = numbers(described, view_node(name))
    assert found == counted(merged[name], lines[name])
    assert found["triples"] > 10_000
    assert found["classes"] > 50


def test_the_whole_counts_a_triple_of_several_views_once(
    described: Store, merged: dict[str, Store], lines: dict[str, bytes]
) -> None:
    union = Store()
    for store in merged.values():
        union.bulk_extend(store)
    assert numbers(described, DATASET) == counted(union, *lines.values())
    one = numbers(described, view_node("article"))["triples"]
    assert one <= len(union) < sum(len(store) for store in merged.values())


@pytest.mark.parametrize("name", VIEWS)
def test_the_parts_by_class_hold_what_is_said_of_its_instances(
    name: str, described: Store, merged: dict[str, Store]
) -> None:
    query = f"""SELECT ?c (COUNT(*) AS ?n) (COUNT(DISTINCT ?s) AS ?all) (SUM(?own) AS ?ours)
    WHERE {{ SELECT DISTINCT ?c ?s ?own {{ ?s a ?c BIND (IF({_OWN}, 1, 0) AS ?own) }} }}
    GROUP BY ?c"""
    instances = {row[0]: (int(row[2]), int(row[3])) for row in rows(merged[name], query)}
    query = "SELECT ?c (COUNT(*) AS ?n) WHERE { ?s a ?c ; ?p ?o } GROUP BY ?c"
    triples = {row[0]: int(row[1]) for row in rows(merged[name], query)}
    parts = parts_of(described, name, "class")
    assert {kind: (n["distinctSubjects"], n["entities"]) for kind, n in parts.items()} == instances
    assert {kind: n["triples"] for kind, n in parts.items()} == triples
    assert len(parts) == numbers(described, view_node(name))["classes"]


@pytest.mark.parametrize("name", VIEWS)
def test_the_parts_by_property_hold_its_triples(
    name: str, described: Store, merged: dict[str, Store]
) -> None:
    query = """SELECT ?p (COUNT(*) AS ?n) (COUNT(DISTINCT ?s) AS ?from) (COUNT(DISTINCT ?o) AS ?to)
    WHERE { ?s ?p ?o } GROUP BY ?p"""
    wanted = {
        row[0]: dict(
            zip(("triples", "distinctSubjects", "distinctObjects"), map(int, row[1:]), strict=True)
        )
        for row in rows(merged[name], query)
    }
    assert parts_of(described, name, "property") == wanted


def parts_of(described: Store, name: str, kind: str) -> dict[str, dict[str, int]]:
    node = view_node(name)
    found = {}
    for quad in described.quads_for_pattern(node, VOID[f"{kind}Partition"], None):
        part = quad.object
        assert isinstance(part, NamedNode)
        assert part.value.startswith(f"{node.value}#{kind}-")
        (of,) = described.quads_for_pattern(part, VOID[kind], None)
        assert of.object.value not in found, "one part for each"
        found[of.object.value] = numbers(described, part)
    return found


@pytest.mark.parametrize(("target", "space"), [("wikidata", WD), ("geonames", GN)])
@pytest.mark.parametrize("name", VIEWS)
def test_the_linksets_hold_the_positive_rows_of_the_mappings(
    name: str, target: str, space: object, described: Store, merged: dict[str, Store]
) -> None:
    """Rows about a thing that only sources name count in the views that name it."""
    prefix = {"wikidata": "wd:", "geonames": "gn:"}[target]
    named = {row[0] for row in rows(merged[name], "SELECT ?s { ?s skos:prefLabel ?label }")}
    wanted: Counter[str] = Counter()
    for path in resources.files("data/links", "*.sssom.tsv"):
        lines = [ln for ln in path.read_text("utf-8").splitlines() if not ln.startswith("#")]
        for row in csv.DictReader(lines, delimiter="\t"):
            positive = row["object_id"].startswith(prefix) and not row["predicate_modifier"]
            subject = expand(row["subject_id"])
            assert subject
            if positive and (subject in KZUN or subject.value in named):
                wanted[row["predicate_id"]] += 1
    query = f"""SELECT ?p ?n WHERE {{ <{view_node(name).value}> void:subset ?set .
      ?set a void:Linkset ; void:linkPredicate ?p ; void:triples ?n ; void:objectsTarget ?target .
      ?target void:uriSpace "{space.iri}" }}"""  # type: ignore[attr-defined]
    found = {curie(NamedNode(row[0])): int(row[1]) for row in rows(described, query)}
    assert sum(wanted.values()) > 10
    assert found == wanted


def test_a_small_dataset_is_described_as_counted_by_hand() -> None:
    store = store_of(description_bytes({"article": small()}))
    view = view_node("article")
    assert numbers(store, view) == {
        "triples": 11 + 1 + 2 + 1 + 3 + 2 + 4,  # dataset, editors, types, near, links, others, row
        "entities": 7,  # dataset, editors, a, b, Place, mapping set, row
        "classes": 2,
        "properties": 17,
        "distinctSubjects": 8,
        "distinctObjects": 11 + 1 + 1 + 1 + 2 + 2 + 3,
    }
    links = rows(
        store,
        """SELECT ?set ?p ?n ?from ?to ?target WHERE { ?set a void:Linkset ; void:linkPredicate ?p ;
        void:triples ?n ; void:distinctSubjects ?from ; void:distinctObjects ?to ;
        void:subjectsTarget <https://w3id.org/kzun/view/article> ; void:objectsTarget ?target }""",
    )
    wikidata = "https://bioregistry.io/registry/wikidata"
    start = f"{view.value}#links-wikidata-skos-"
    assert links == [
        (f"{start}broadMatch", SKOS["broadMatch"].value, "1", "1", "1", wikidata),
        (f"{start}exactMatch", SKOS["exactMatch"].value, "2", "2", "2", wikidata),
    ]
    rows_of = rows(store, "SELECT ?set ?rows WHERE { ?set a void:Linkset ; dcterms:source ?rows }")
    assert rows_of == [(f"{start}exactMatch", f"{BASE}mapping/wikidata")]


def test_there_are_no_blank_nodes_and_the_order_is_one(
    quads: dict[str, tuple[Quad, ...]], turtle: bytes
) -> None:
    found = describe(quads, [FILE])
    assert not [q for q in found if BlankNode in (type(q.subject), type(q.object))]
    backwards = {name: tuple(reversed(quads[name])) for name in reversed(VIEWS)}
    assert description_bytes(backwards, [FILE]) == turtle


def test_the_examples_and_the_vocabularies_are_in_the_data(
    described: Store, merged: dict[str, Store]
) -> None:
    for name, store in merged.items():
        examples = (
            [
                q.object
                for q in described.quads_for_pattern(view_node(name), VOID["exampleResource"])
            ]
            if False
            else [
                q.object
                for q in described.quads_for_pattern(view_node(name), VOID["exampleResource"], None)
            ]
        )
        assert examples
        assert all(any(store.quads_for_pattern(node, None, None)) for node in examples)
        spaces = [
            q.object.value
            for q in described.quads_for_pattern(view_node(name), VOID["vocabulary"], None)
        ]
        used = {row[0] for row in rows(store, "SELECT DISTINCT ?p WHERE { ?s ?p ?o }")}
        assert KZUN.iri.removesuffix("#") in spaces
        unnamed = [term for term in used if not any(term.startswith(space) for space in spaces)]
        assert unnamed == []


def test_the_catalogue_lists_the_dataset_and_every_view(described: Store) -> None:
    listed = {q.object for q in described.quads_for_pattern(CATALOG, DCAT["dataset"], None)}
    assert listed == {DATASET, *map(view_node, VIEWS)}
    subsets = {q.object for q in described.quads_for_pattern(DATASET, VOID["subset"], None)}
    assert subsets == set(map(view_node, VIEWS))


def test_the_editors_words_are_taken_over_as_they_are(
    quads: dict[str, tuple[Quad, ...]], described: Store
) -> None:
    stated = [quad for quad in quads["article"] if quad.subject == DATASET]
    assert len(stated) > 10
    assert all(quad in described for quad in stated)


def test_a_file_is_a_distribution_with_size_and_checksum(described: Store) -> None:
    place = f"{BASE}release/{version(described)}/kzun.ttl"
    (row,) = rows(
        described,
        """SELECT ?view ?access ?download ?type ?size ?algorithm ?sum ?dump ?feature WHERE {
          ?view dcat:distribution ?file ; void:dataDump ?dump ; void:feature ?feature .
          ?file dcat:accessURL ?access ; dcat:downloadURL ?download ; dcat:mediaType ?type ;
            dcat:byteSize ?size ; spdx:checksum ?node .
          ?node spdx:algorithm ?algorithm ; spdx:checksumValue ?sum }""",
    )
    assert row == (
        view_node("article").value,
        place,
        place,
        "https://www.iana.org/assignments/media-types/text/turtle",
        "10",
        "http://spdx.org/rdf/terms#checksumAlgorithm_sha256",
        "5e49ea838dc30f3eeacf6ca7815f6e3adcf77f467a970d978676790fd90377e1",
        place,
        "http://www.w3.org/ns/formats/Turtle",
    )


def version(described: Store) -> str:
    ((found,),) = rows(described, f"SELECT ?v WHERE {{ <{BASE}> dcat:version ?v }}")
    return found


def test_a_dataset_without_version_is_an_error_with_its_place() -> None:
    quads = [quad for quad in small() if quad.predicate != DCAT["version"]]
    with pytest.raises(KzunError, match=r"^data/dataset\.ttl: the dataset has no .*#version>: add"):
        describe({"article": quads})


def test_a_triple_is_a_triple_whichever_graph_it_stands_in() -> None:
    twice = [Quad(ID["a"], TYPE, KZUN["Place"]), Quad(ID["a"], TYPE, KZUN["Place"], ID["g"])]
    assert triples_of(twice) == {Triple(ID["a"], TYPE, KZUN["Place"])}
