"""Doctor: each way in which an engine may answer otherwise is told, with its likeliest reason."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import CliRunner
from pyoxigraph import Literal, QueryResultsFormat, Store, parse_query_results
from servers import Reply, Stub, sparql_server
from test_queries import CASES

from kzun_graph import Dataset
from kzun_graph.cli.doctor import doctor
from kzun_graph.doctor import Diagnosis, Finding, examine, report
from kzun_graph.engines.memory import Memory
from kzun_graph.errors import KzunError, QueryError
from kzun_graph.messages import LANGUAGES
from kzun_graph.queries import names, stored_query
from kzun_graph.results import Result, as_result
from kzun_graph.text import Place
from kzun_graph.view import View
from kzun_graph.viewnames import VIEWS

XSD = "http://www.w3.org/2001/XMLSchema#"
NAME = "numbers/counts"  # nine rows, no parameters
Change = Callable[[Result], Result]


class Odd:
    """Answers the query NAME otherwise."""

    name, view = "odd", "article"

    def __init__(self, usual: Memory, change: Change) -> None:
        self.usual, self.change = usual, change

    def query(self, text: str, place: Place | None = None) -> Result:
        answer = self.usual.query(text, place)
        return self.change(answer) if place == stored_query(NAME).place else answer


@pytest.fixture(scope="session")
def usual(view: View) -> Memory:
    return Memory(view.store, "article")


def bindings(change: Callable[[list[dict[str, Any]]], object]) -> Change:
    def changed(answer: Result) -> Result:
        whole = json.loads(answer.write("json"))
        change(whole["results"]["bindings"])
        return as_result(parse_query_results(json.dumps(whole), format=QueryResultsFormat.JSON))

    return changed


def fails(_: Result) -> Result:
    raise QueryError(None, "no", "never")


def yes(_: Result) -> Result:
    return Result(boolean=True)


def spell(key: str, value: str) -> Change:
    return bindings(lambda found: found[0][key].update(value=value))


def examined(usual: Memory, change: Change) -> Diagnosis:
    return examine({"article": Odd(usual, change)}, lambda _: usual)


@pytest.mark.parametrize(
    ("change", "problem", "why", "missing", "extra"),
    [
        (bindings(lambda found: found.pop()), "cut", "limit", 1, 0),
        (bindings(lambda found: found.pop(0)), "rows", "unknown", 1, 0),
        (bindings(lambda found: found.clear()), "rows", "unknown", 9, 0),
        (bindings(lambda found: found.append(found[0])), "rows", "unknown", 0, 1),
        (bindings(lambda found: found.reverse()), "order", "order", 0, 0),
        (spell("value", "18"), "rows", "unknown", 1, 1),
        (fails, "fails", "error", 0, 0),
        (yes, "columns", "unknown", 0, 0),
    ],
)
def test_a_wrong_answer_is_told(
    usual: Memory, change: Change, problem: str, why: str, missing: int, extra: int
) -> None:
    found = examined(usual, change)
    (told,) = found.findings
    assert (told.query, told.view, told.values) == (NAME, "article", {})
    assert (told.problem, told.why) == (problem, why)
    assert (told.missing, told.extra) == (missing, extra)
    assert told.said == ("no: never" if problem == "fails" else "")
    assert found.respelled == 0
    assert found.asked == sum("article" in stored_query(name).views for name, _ in CASES)


@pytest.mark.parametrize(
    ("change", "respelled"),
    [
        (spell("value", "017"), 1),
        (
            bindings(
                lambda found: found[0]["value"].update(datatype=f"{XSD}decimal", value="17.0")
            ),
            1,
        ),
        # pyoxigraph itself writes language tags in lower case
        (bindings(lambda found: found[0]["quote"].update({"xml:lang": "KK"})), 0),
    ],
)
def test_a_value_that_is_spelled_otherwise_is_the_same(
    usual: Memory, change: Change, respelled: int
) -> None:
    found = examined(usual, change)
    assert (found.findings, found.respelled) == ((), respelled)


def test_other_data_explain_other_answers(usual: Memory) -> None:
    found = examine({"article": Memory(Store(), "article")}, lambda _: usual)
    assert found.triples["article"] == (usual_count(usual), 0)
    assert {told.why for told in found.findings} == {"other data"}
    lines = report.text(found, "en")
    assert lines[1] == (
        f"article: the default graph should hold {usual_count(usual)} triples, and holds 0"
    )
    assert "  the server holds other data than this version builds" in lines[3]


def usual_count(usual: Memory) -> int:
    term = usual.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows[0][0]
    assert isinstance(term, Literal)
    return int(term.value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_problem_and_reason_has_words(language: str) -> None:
    problems = ("fails", "cut", "order", "columns", "rows")
    reasons = ("limit", "order", "other data", "error", "unknown")
    findings = [
        Finding("q", "all", {"a": "b"}, problem, why, 1, 2, "said")
        for problem, why in zip(problems, reasons, strict=True)
    ]
    found = Diagnosis("x", 9, 1, {"all": (1, 2)}, tuple(findings))
    lines = report.text(found, language)
    assert len(lines) == 13
    assert all("{" not in line for line in lines)
    assert lines[2].startswith("q --a b (all): ")


def test_the_engine_in_memory_answers_all(datasets: dict[str, Dataset]) -> None:
    engines = {name: datasets[name].engine for name in VIEWS}
    heard: list[str] = []
    found = examine(engines, engines.__getitem__, heard.append)
    assert (found.asked, found.findings, found.respelled) == (len(CASES), (), 0)
    assert heard == names()


def test_servers_and_stores_agree(
    on_server: dict[str, Dataset], on_disk: dict[str, Dataset]
) -> None:
    for place in (
        ["--endpoint", on_server["checked"].engine.name],
        ["--store", on_disk["checked"].engine.name, "--view", "checked"],
    ):
        done = CliRunner().invoke(doctor, [*place, "--format", "json", "--lang", "en"])
        found = json.loads(done.output)
        assert (done.exit_code, found["findings"]) == (0, [])
        assert found["asked"] == found["same"] > 100
        assert found["triples"]["checked"]["expected"] == found["triples"]["checked"]["found"]


def test_differences_are_exit_code_1() -> None:
    with sparql_server("<a:a> <a:b> <a:c> .") as address:
        done = CliRunner().invoke(
            doctor, ["--endpoint", address, "--view", "article", "--format", "json", "--lang", "en"]
        )
    assert done.exit_code == 1
    found = json.loads(done.output)
    assert found["engine"] == address
    assert found["triples"]["article"]["found"] == 1
    first = found["findings"][0]
    assert (first["query"], first["values"]) == (names()[0], {})
    assert first["cause"].startswith("the server holds other data")


def test_what_cannot_run_is_one_error() -> None:
    with Stub(Reply("<html>", kind="text/html")) as stub:
        done = CliRunner().invoke(doctor, ["--endpoint", stub.address])
    assert isinstance(done.exception, KzunError)
    assert str(done.exception).startswith(stub.address)
    done = CliRunner().invoke(doctor, ["--endpoint", "http://x/", "--store", "y"])
    assert (done.exit_code, "Choose --store or --endpoint." in done.output) == (2, True)
