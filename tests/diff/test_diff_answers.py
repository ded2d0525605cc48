"""Answers of two versions: rows, order, yes or no, triples, errors, and the view that is asked."""

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from kzun_graph.diff import answers
from kzun_graph.diff.model import Gap
from kzun_graph.diff.versions import FILE, Pair
from kzun_graph.errors import QueryError
from kzun_graph.queries import StoredQuery
from kzun_graph.results import ask
from kzun_graph.terms import ID, KZUN
from kzun_graph.text import Place


def query(text: str, name: str = "theme/name", views: str = "") -> StoredQuery:
    header = "".join(f"#+   {lang}: Title\n" for lang in ("kk", "ru", "en"))
    header = f"#+ title:\n{header}#+ description:\n{header}{views}"
    prefixes = "PREFIX kzun: <https://w3id.org/kzun/ontology#>\n"
    return StoredQuery(name, header + prefixes + text, Place(f"{name}.rq"))


def numbers(*values: int, graph: NamedNode | None = None) -> frozenset[Quad]:
    place = graph or DefaultGraph()
    return frozenset(
        Quad(ID[f"x{i}"], KZUN["value"], Literal(value), place) for i, value in enumerate(values)
    )


def test_rows_in_another_order_are_another_answer() -> None:
    ordered = query("SELECT ?x { ?x kzun:value ?n } ORDER BY ?n")
    pair = Pair(numbers(1, 2), numbers(2, 1))
    (change,), _ = answers.answer_changes({FILE: pair}, [ordered], str)
    assert (change.removed, change.added, change.counts) == ((), (), (2, 2))


def test_a_row_that_stands_less_often_is_a_row_that_went() -> None:
    counted = query("SELECT (1 AS ?one) { ?x kzun:value ?n }")
    pair = Pair(numbers(1, 2, 3), numbers(1))
    (change,), _ = answers.answer_changes({FILE: pair}, [counted], str)
    assert (len(change.removed), len(change.added), change.counts) == (2, 0, (3, 1))


def test_yes_or_no_and_triples_are_compared_too() -> None:
    asking = query("ASK { ?x kzun:value 2 }")
    making = query("CONSTRUCT { [] kzun:ordinal ?n } WHERE { ?x kzun:value ?n }")
    pair = Pair(numbers(1, 3), numbers(1, 2))
    (yes, made), _ = answers.answer_changes({FILE: pair}, [asking, making], str)
    assert [row[0].value for row in (*yes.removed, *yes.added) if row[0]] == ["false", "true"]
    assert [str(row[2].value) for row in (*made.removed, *made.added) if row[2]] == ["3", "2"]


def test_a_query_that_cannot_be_asked_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    pair = Pair(numbers(1), numbers(2))
    remote = query("SELECT ?x { SERVICE <http://127.0.0.1:9/> { ?x ?y ?z } }")
    changes, gaps = answers.answer_changes({FILE: pair}, [remote], str)
    assert not changes
    assert [(gap.key, gap.values[0]) for gap in gaps] == [("query failed", "theme/name")]

    def broken(store: Store, text: str, place: Place | None = None) -> answers.Result:
        if next(store.quads_for_pattern(None, None, Literal(2)), None):
            raise QueryError(place, "broken", "mend it")
        return ask(store, text, place)

    monkeypatch.setattr(answers, "ask", broken)
    queries = [query("SELECT ?x { ?x ?y ?z }"), query("SELECT ?x { ?x ?y 99 }")]
    (some, none), _ = answers.answer_changes({FILE: pair}, queries, str)
    assert (some.old_error, some.new_error) == ("", "theme/name.rq: broken: mend it")
    assert (len(some.removed), len(some.added)) == (1, 0)
    assert (none.new_error, none.counts) == (some.new_error, (0, 0))


def test_each_query_is_asked_of_its_own_view() -> None:
    text = "SELECT ?n { ?x kzun:value ?n }"
    queries = [query(text, "a"), query(text, "b", "#+ views: [all]\n")]
    queries.append(query(text, "c", "#+ views: [checked]\n"))
    pairs = {"article": Pair(numbers(1), numbers(1)), "all": Pair(numbers(1), numbers(2))}
    told: list[str] = []
    changes, gaps = answers.answer_changes(pairs, queries, told.append)
    assert [change.name for change in changes] == ["b"]
    assert gaps == [Gap("queries of view", ("1", "checked"))]
    assert told == ["a", "b", "c"]


def test_without_named_graphs_what_reads_them_is_not_asked() -> None:
    pair = Pair(numbers(1), numbers(2), graphs=False)
    reading = query("SELECT ?n { ?claim kzun:quote ?q . GRAPH ?claim { ?x kzun:value ?n } }")
    changes, gaps = answers.answer_changes({FILE: pair}, [reading], str)
    assert (changes, gaps) == ([], [Gap("queries of graphs", ("1",))])
