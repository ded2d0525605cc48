"""Virtuoso: the golden rows, loading, and what the adapter is for."""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace

import pytest
from pyoxigraph import Literal, NamedNode, Quad
from servers import sparql_server
from test_queries import CASES, golden, values
from virtuoso import PASSWORD, USER, Virtuoso, installed, virtuoso

from kzun_graph import Dataset
from kzun_graph.diff.against import against
from kzun_graph.doctor import Diagnosis, examine
from kzun_graph.engines.engine import StoreError
from kzun_graph.engines.memory import Memory
from kzun_graph.engines.service import Service
from kzun_graph.engines.virtuoso import Virtuoso as Adapter
from kzun_graph.engines.virtuoso import default_graph, engine_at, load_virtuoso
from kzun_graph.protocol.access import Access
from kzun_graph.protocol.fetch import EndpointError
from kzun_graph.queries import stored_query
from kzun_graph.terms import CLAIM, ID, KZUN
from kzun_graph.view import View
from kzun_graph.viewnames import ALL, VIEWS

pytestmark = pytest.mark.skipif(
    not installed() and not os.environ.get("CI"),
    reason="needs Debian's virtuoso-opensource-7",
)


@dataclass(frozen=True)
class Running:
    """A view on a server of its own."""

    server: Virtuoso
    dataset: Dataset


@pytest.fixture(scope="session")
def running(views: dict[str, View]) -> Iterator[dict[str, Running]]:
    """Load one view with isql, the others over HTTP: the server plans queries otherwise then."""
    with ExitStack() as started:
        found = {}
        for name, view in views.items():
            server = started.enter_context(virtuoso())
            if name == ALL:
                server.load(view.quads, default_graph(name).value)
            else:
                load_virtuoso(Adapter(owner(server)), view.quads, name)
            found[name] = Running(server, Dataset(engine_at(server.endpoint)))
        yield found


def owner(server: Virtuoso) -> Access:
    return Access(server.endpoint, user=USER, password=PASSWORD)


@pytest.fixture
def empty() -> Iterator[Virtuoso]:
    with virtuoso() as server:
        yield server


def count(dataset: Dataset, pattern: str) -> str:
    term = dataset.sparql(f"SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}").rows[0][0]
    return str(getattr(term, "value", None))


@pytest.mark.parametrize(("name", "parameter"), CASES)
def test_rows(name: str, parameter: str | None, running: dict[str, Running]) -> None:
    dataset = running[stored_query(name).views[0]].dataset
    assert dataset.run(name, **values(name, parameter)).to_csv() == golden(name, parameter)


def diagnosis(name: str, running: dict[str, Running], views: dict[str, View]) -> Diagnosis:
    usual = Memory(views[name].store, name)
    return examine({name: running[name].dataset.engine}, lambda _: usual)


@pytest.mark.parametrize("name", VIEWS)
def test_in_every_view_no_answer_differs(
    name: str, running: dict[str, Running], views: dict[str, View]
) -> None:
    for _ in range(2):
        found = diagnosis(name, running, views)
        assert found.asked > 100
        assert found.findings == ()
        assert found.triples[name][0] == found.triples[name][1]
        running[name].server.refresh_statistics()


@pytest.mark.parametrize("name", VIEWS)
def test_what_was_loaded_is_no_difference(name: str, running: dict[str, Running]) -> None:
    found = against(running[name].dataset, queries=True, step=str)
    assert found.empty, found


def test_the_default_graph_is_the_view_alone(running: dict[str, Running]) -> None:
    dataset = running["article"].dataset
    adapter = dataset.engine
    assert isinstance(adapter, Adapter)
    assert (adapter.view, adapter.name) == ("article", running["article"].server.endpoint)
    everything = Dataset(adapter.whole)
    assert int(count(everything, "?s ?p ?o")) > int(count(dataset, "?s ?p ?o"))
    foreign = "?s a <http://www.openlinksw.com/schemas/virtrdf#QuadMap>"
    assert int(count(everything, foreign)) > 0
    assert count(dataset, foreign) == "0"


def test_yes_or_no_and_triples(running: dict[str, Running]) -> None:
    dataset = running["article"].dataset
    assert dataset.sparql("ASK { id:kazakhstan a schema:Country }").boolean is True
    assert dataset.sparql("ASK { id:kazakhstan a kzun:Admission }").boolean is False
    made = dataset.sparql("CONSTRUCT { ?s a id:x } WHERE { VALUES ?s { id:un } ?s a ?class }")
    assert [str(t.subject) for t in made.triples or ()] == [str(ID["un"])]


TWICE = (ID["x"], KZUN["place"], ID["y"])
CLAIMED = [
    Quad(*TWICE),
    Quad(*TWICE, CLAIM["p01-01"]),
    Quad(*TWICE, CLAIM["p01-02"]),
    Quad(ID["x"], KZUN["value"], Literal("007", datatype=NamedNode("urn:x"))),
    Quad(ID["x"], KZUN["quote"], Literal('«Ә»\n"\\', language="kk")),
]


def test_a_view_is_loaded_and_replaced_over_http(empty: Virtuoso) -> None:
    adapter = Adapter(owner(empty))
    assert load_virtuoso(adapter, CLAIMED, "all") == len(CLAIMED)
    dataset = Dataset(engine_at(empty.endpoint))
    assert dataset.engine.view == adapter.view == "all"
    assert count(dataset, "id:x kzun:place ?place") == "1"  # two claims state it
    assert count(dataset, "GRAPH ?claim { id:x kzun:place ?place . ?claim ?p ?o }") == "0"
    assert count(dataset, "VALUES ?c { claim:p01-01 claim:p01-02 } GRAPH ?c { id:x ?p ?o }") == "2"
    quoted = dataset.sparql("SELECT ?q WHERE { id:x kzun:quote ?q }").rows
    assert quoted == [(Literal('«Ә»\n"\\', language="kk"),)]

    assert load_virtuoso(adapter, [*CLAIMED[:2], *CLAIMED[3:]], "article") == 4
    assert adapter.view == "article"
    graphs = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } FILTER (CONTAINS(STR(?g), 'kzun')) }"
    left = {row[0] for row in adapter.query(graphs).rows}
    assert left == {CLAIM["p01-01"], default_graph("article")}  # nothing old, nothing half-way


def test_a_refused_loading_leaves_the_old_data(empty: Virtuoso) -> None:
    empty.load(CLAIMED, default_graph("all").value)
    with pytest.raises(EndpointError, match=r"SR186:SECURITY.*: set KZUN_USER and KZUN_PASSWORD"):
        load_virtuoso(Adapter(empty.endpoint), CLAIMED[:1], "all")
    with pytest.raises(EndpointError, match=r"the credentials are refused \(HTTP 401\)"):
        load_virtuoso(Adapter(replace(owner(empty), password="x")), CLAIMED[:1], "all")  # noqa: S106
    broken = [Quad(ID["x"], KZUN["value"], Literal("x" * 20_000_000))]
    with pytest.raises(EndpointError, match="the old data still stand: load again"):
        load_virtuoso(Adapter(owner(empty)), broken, "all")
    dataset = Dataset(engine_at(empty.endpoint, "all"))
    assert count(dataset, "?s ?p ?o") == "3"


def test_a_server_says_which_view_it_holds(empty: Virtuoso) -> None:
    with pytest.raises(StoreError, match=r"/sparql: holds no view: load one with 'kzun load'"):
        _ = engine_at(empty.endpoint).view
    empty.load(CLAIMED, default_graph("all").value)
    with pytest.raises(StoreError, match="holds the view all, not article"):
        engine_at(empty.endpoint, "article").query("ASK {}")
    empty.load(CLAIMED[:1], default_graph("checked").value)
    with pytest.raises(StoreError, match="holds checked and all at once"):
        _ = engine_at(empty.endpoint).view


def test_another_server_needs_no_adapter() -> None:
    with sparql_server("<a:a> <a:b> <a:c> .") as address:
        assert isinstance(engine_at(address), Service)
    with pytest.raises(EndpointError, match="cannot be reached"):
        engine_at(address).query("ASK {}")  # ended
