"""Results: the W3C's formats, and errors that name the line."""

import json
import re
import xml.etree.ElementTree as ET

import pytest
from pyoxigraph import QueryResultsFormat, Store, parse_query_results

from kzun_graph import Dataset
from kzun_graph.errors import QueryError
from kzun_graph.results import ask

ROWS = "SELECT ?x ?y WHERE { BIND (1 AS ?x) OPTIONAL { ?x a ?y } }"


def test_formats_are_the_standard_ones(shipped: Dataset) -> None:
    result = shipped.sparql(ROWS)
    assert result.write("csv") == "x,y\r\n1,\r\n"
    assert result.write("tsv") == "?x\t?y\n1\t\n"
    assert json.loads(result.write("json"))["results"]["bindings"] == [
        {
            "x": {
                "type": "literal",
                "value": "1",
                "datatype": "http://www.w3.org/2001/XMLSchema#integer",
            }
        }
    ]
    root = ET.fromstring(result.write("xml"))  # noqa: S314 (our own text)
    assert root.tag == "{http://www.w3.org/2005/sparql-results#}sparql"


TERMS = """SELECT * {
  BIND (id:un AS ?iri) BIND ("«Ә»\\n\\u0001" AS ?text) BIND ("БҰҰ"@kk-Cyrl AS ?tagged)
  BIND ("007"^^xsd:integer AS ?number) BIND ("x"^^id:kind AS ?own) BIND (1.0 AS ?decimal)
  VALUES ?none { UNDEF } VALUES ?row { 1 2 } }"""


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
@pytest.mark.parametrize("query", [ROWS, TERMS, "ASK {}", "SELECT ?x { VALUES ?x {} }"])
def test_an_answer_is_written_as_the_engine_would(query: str, form: str) -> None:
    kind = getattr(QueryResultsFormat, form.upper())
    prefixes = "PREFIX id: <a:> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>\n"
    usual = Store().query(prefixes + query).serialize(format=kind)
    assert usual is not None and ask(Store(), prefixes + query).write(form) == usual.decode()


def test_blank_nodes_and_triples_are_written_too() -> None:
    store = Store()
    store.update("INSERT DATA { _:b <a:says> <<( <a:a> <a:b> 'ә'@kk )>> }")
    result = ask(store, "SELECT ?s ?o { ?s <a:says> ?o }")
    again = parse_query_results(result.write("json"), format=QueryResultsFormat.JSON)
    assert [tuple(row) for row in again] == result.rows  # type: ignore[union-attr]


def test_yes_and_no(shipped: Dataset) -> None:
    assert shipped.sparql("ASK { id:unifil a kzun:PeacekeepingMission }").boolean is True
    assert shipped.sparql("ASK { id:unifil a kzun:Event }").boolean is False


def test_triples_are_sorted_turtle(shipped: Dataset) -> None:
    result = shipped.sparql("CONSTRUCT { ?m a kzun:Mission } WHERE { ?m a kzun:Mission }")
    subjects = re.findall(r"^(id:\S+) a kzun:Mission", result.write("ttl"), re.MULTILINE)
    assert len(subjects) > 4
    assert subjects == sorted(subjects)


@pytest.mark.parametrize(
    ("text", "form"),
    [(ROWS, "ttl"), ("CONSTRUCT WHERE { ?s a kzun:Mission }", "csv"), (ROWS, "pdf")],
)
def test_a_format_that_does_not_fit_is_refused(text: str, form: str, shipped: Dataset) -> None:
    with pytest.raises(QueryError, match=f"cannot be written as {form}: use "):
        shipped.sparql(text).write(form)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT ?x\nWHERE { ?x a foo:Claim }", "query:2: unknown prefix 'foo:': declare it"),
        ("SELECT ?x WHERE { ?x a kzun:Claim", "query:1: column 34: unexpected 'end'"),
        ("SELECT ?x ?x {}", "query"),
        ("INSERT DATA { id:a a id:b }", "a query cannot begin with 'INSERT'"),
        ("ASK { SERVICE <http://127.0.0.1:1/x> { ?s ?p ?o } }", "ask this graph alone"),
        ("SELEKT ?x", "a query cannot begin with 'SELEKT': begin with SELECT"),
    ],
)
def test_broken_syntax_names_the_line(text: str, message: str, shipped: Dataset) -> None:
    with pytest.raises(QueryError) as caught:
        shipped.sparql(text)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_rdflib_holds_the_same_graph(shipped: Dataset) -> None:
    assert len(list(shipped.rdflib().quads())) == len(shipped.quads)
