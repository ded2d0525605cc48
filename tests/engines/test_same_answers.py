"""Same answers: the golden rows, and what a view means, on every engine."""

import subprocess
import sys
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store
from servers import sparql_server
from test_queries import CASES, golden, values

from kzun_graph import Dataset, KzunError, connect, load
from kzun_graph.engines.disk_load import load_disk
from kzun_graph.engines.memory import Memory
from kzun_graph.engines.rdflib_engine import Rdflib
from kzun_graph.engines.service import Service
from kzun_graph.engines.service_load import load_service
from kzun_graph.formats import dataset_bytes
from kzun_graph.queries import stored_query
from kzun_graph.terms import CLAIM, ID, KZUN
from kzun_graph.viewnames import VIEWS

ENGINES = ("on_disk", "on_server")


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> dict[str, Dataset]:
    found: dict[str, Dataset] = request.getfixturevalue(request.param)
    return found


@pytest.mark.parametrize(("name", "parameter"), CASES)
def test_rows(name: str, parameter: str | None, engine: dict[str, Dataset]) -> None:
    dataset = engine[stored_query(name).views[0]]
    assert dataset.run(name, **values(name, parameter)).to_csv() == golden(name, parameter)


def test_rdflib_is_an_engine_too() -> None:
    dataset = load("article", "rdflib")
    assert dataset.run("memberships/admissions").to_csv() == golden("memberships/admissions", None)
    assert dataset.sparql("ASK { id:kazakhstan a schema:Country }").boolean is True
    triples = dataset.sparql("CONSTRUCT WHERE { id:kazakhstan kzun:quote ?none }").triples
    assert triples == ()
    with pytest.raises(KzunError, match=r"^query:1: column 12: unexpected 'end'"):
        dataset.sparql("SELECT * { ")


@pytest.mark.parametrize("name", VIEWS)
def test_the_whole_view_comes_back(
    name: str, engine: dict[str, Dataset], datasets: dict[str, Dataset]
) -> None:
    ours, theirs = datasets[name].view, engine[name].view
    assert theirs.name == name
    assert set(theirs.quads) == set(ours.store)  # stores respell some literals
    assert (theirs.quotes, theirs.mentions) == (ours.quotes, ours.mentions)


def test_names_are_found_on_every_engine(engine: dict[str, Dataset]) -> None:
    assert engine["article"].labels.find("Қазақстан") == ID["kazakhstan"]
    by_label = engine["article"].run("memberships/admissions", member="Қазақстан")
    assert by_label.to_csv() == golden("memberships/admissions", None)


TWICE = (ID["x"], KZUN["place"], ID["y"])
CLAIMED = [
    Quad(*TWICE),
    Quad(*TWICE, CLAIM["p01-01"]),
    Quad(*TWICE, CLAIM["p01-02"]),
    Quad(ID["x"], KZUN["value"], Literal("007", datatype=NamedNode("urn:x"))),
]


def _count(dataset: Dataset, pattern: str) -> str:
    term = dataset.sparql(f"SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}").rows[0][0]
    return str(getattr(term, "value", None))


def test_a_triple_that_two_claims_state_counts_once(tmp_path: Path) -> None:
    load_disk(tmp_path / "store", CLAIMED, "all")
    with sparql_server("", "nq") as address:
        assert load_service(Service(address), CLAIMED, "all") == 4
        in_rdflib = rdflib.Dataset()
        in_rdflib.parse(data=dataset_bytes(CLAIMED, "nq"), format="nquads")
        in_memory = Store()
        in_memory.bulk_extend(CLAIMED)
        for dataset in (
            connect(store=tmp_path / "store"),
            connect(endpoint=address),
            Dataset(Memory(in_memory, "all")),
            Dataset(Rdflib(in_rdflib, "all")),
        ):
            assert _count(dataset, "id:x kzun:place ?place") == "1"
            assert _count(dataset, "GRAPH ?claim { id:x kzun:place ?place }") == "2"
            assert {quad.graph_name for quad in dataset.quads} == {
                DefaultGraph(),
                CLAIM["p01-01"],
                CLAIM["p01-02"],
            }


@pytest.mark.parametrize("engine_", ENGINES)
def test_a_question_for_another_view_is_refused(
    engine_: str, request: pytest.FixtureRequest
) -> None:
    article: Dataset = request.getfixturevalue(engine_)["article"]
    wanted = next(n for n, _ in CASES if "article" not in stored_query(n).views)
    with pytest.raises(KzunError, match=r"asks for what the view article does not hold"):
        article.run(wanted)
    place = {"on_disk": "store", "on_server": "endpoint"}[engine_]
    with pytest.raises(KzunError, match=r"holds the view article, not all: leave --view out"):
        connect(**{place: article.engine.name}, view="all")  # type: ignore[arg-type]


def test_a_server_that_was_filled_by_hand_is_told_its_view() -> None:
    with sparql_server("<a:a> <a:b> <a:c> .") as address:
        with pytest.raises(KzunError, match=r"does not say which view it holds: load one"):
            connect(endpoint=address)
        assert connect(endpoint=address, view="article").quads == (
            Quad(NamedNode("a:a"), NamedNode("a:b"), NamedNode("a:c")),
        )


def test_one_place_is_needed() -> None:
    for places in ({}, {"store": "x", "endpoint": "http://x/"}):
        with pytest.raises(KzunError, match="one place is needed"):
            connect(**places)
    with pytest.raises(KzunError, match="there is no engine 'jena'"):
        load("article", "jena")


def test_the_store_is_asked_without_rdflib_or_the_sources(on_disk: dict[str, Dataset]) -> None:
    code = f"""
import sys, kzun_graph
found = kzun_graph.connect(store={on_disk["article"].engine.name!r})
assert found.run("memberships/admissions").rows
print(sorted({{"rdflib", "SPARQLWrapper", "yaml"}} & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("[]\n", "")
