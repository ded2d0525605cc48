"""Formats and values: whatever text goes in comes out again, in every format and every query."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, Quad, RdfFormat, Store, parse

from kzun_graph.formats import to_bytes
from kzun_graph.jsonld import document
from kzun_graph.queries import StoredQuery, bind
from kzun_graph.results import ask
from kzun_graph.tables import to_csv
from kzun_graph.terms import CLAIM, ID, KZUN, XSD, expand
from kzun_graph.text import Place

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=30)
NAMES = st.from_regex(r"[a-z][a-z0-9]{0,5}(-[a-z0-9]{1,4})?", fullmatch=True)
NODES = NAMES.map(lambda name: ID[name])
LITERALS = st.one_of(
    TEXT.map(Literal),
    st.builds(Literal, TEXT, language=st.sampled_from(["kk", "ru", "en"])),
    st.integers().map(lambda n: Literal(f"{n:03}", datatype=XSD["integer"])),
)
GRAPHS = st.one_of(st.just(DefaultGraph()), NAMES.map(lambda name: CLAIM[name]))
QUADS = st.builds(
    Quad, NODES, st.sampled_from([KZUN["topic"], KZUN["quote"]]), st.one_of(NODES, LITERALS), GRAPHS
)

QUERY = StoredQuery(
    "test/echo",
    "#+ title: {kk: а, ru: б, en: c}\n"
    "#+ description: {kk: а, ru: б, en: c}\n"
    "#+ params: {text: {type: string, example: x, label: {kk: а, ru: б, en: c}}}\n"
    '# VALUES ?text { "decoy" }\n'
    'SELECT ?text ?same WHERE { VALUES ?text { "a" } BIND ("VALUES ?text { 1 }" AS ?same) }\n',
    Place("echo.rq"),
)


@given(st.sets(QUADS, max_size=8))
def test_quads_survive_trig_and_nquads(quads: set[Quad]) -> None:
    ordered = sorted(quads, key=lambda q: (str(q.graph_name), str(q)))
    for form, short in ((RdfFormat.TRIG, True), (RdfFormat.N_QUADS, False)):
        assert set(parse(to_bytes(ordered, form, short=short), format=form)) == quads


@given(st.sets(QUADS, max_size=8))
def test_triples_survive_turtle_and_ntriples(quads: set[Quad]) -> None:
    triples = sorted({quad.triple for quad in quads}, key=str)
    for form, short in ((RdfFormat.TURTLE, True), (RdfFormat.N_TRIPLES, False)):
        found = parse(to_bytes(triples, form, short=short), format=form)
        assert {quad.triple for quad in found} == set(triples)


@given(st.sets(QUADS, max_size=8))
@settings(deadline=None)
def test_quads_survive_jsonld(quads: set[Quad]) -> None:
    ordered = sorted(quads, key=lambda q: (str(q.graph_name), str(q)))
    found = parse(document(ordered).encode(), format=RdfFormat.JSON_LD)
    assert set(found) == quads


@given(st.lists(st.lists(TEXT, min_size=2, max_size=2), max_size=6))
def test_rows_survive_csv(rows: list[list[str]]) -> None:
    data = to_csv(("a", "b"), rows).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(data, newline=""))) == [["a", "b"], *rows]


@given(TEXT)
@settings(deadline=None)
def test_a_string_value_reaches_the_query_as_it_is(text: str) -> None:
    row = ask(Store(), bind(QUERY, {"text": text})).rows[0]
    assert row == (Literal(text), Literal("VALUES ?text { 1 }"))


@given(NAMES, st.sampled_from(["}", ">", '"', " ", "{", "|", "^", "`", "\\", "%zz", "["]), NAMES)
def test_no_iri_breaks_out_of_its_brackets(before: str, breaker: str, after: str) -> None:
    assert expand(f"id:{before}{breaker}{after}") is None


@pytest.mark.parametrize("form", [RdfFormat.TURTLE, RdfFormat.TRIG])
def test_prefixes_stand_sorted(form: RdfFormat) -> None:
    quad = Quad(ID["a"], KZUN["topic"], ID["b"])
    given = [quad.triple] if form == RdfFormat.TURTLE else [quad]
    lines = to_bytes(given, form).decode().splitlines()
    prefixes = [line for line in lines if line.startswith("@prefix")]
    assert len(prefixes) > 10
    assert lines[: len(prefixes)] == sorted(prefixes)
