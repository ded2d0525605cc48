"""The made-up articles that the benchmarks measure with."""

import sys
from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, parse

from kzun_graph.findings import Finding
from kzun_graph.terms import BASE, ID, KZUN, OA, TYPE
from kzun_graph.validate import check

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

import synthetic
from synthetic import FAULTS, PARAGRAPHS, SENTENCES_EACH, SPACE, Plan, articles_for, dataset

ARTICLES = 10


def quads_of(plan: Plan) -> list[Quad]:
    return list(parse(b"".join(dataset(plan)), format=RdfFormat.N_QUADS))


def violations(quads: list[Quad]) -> list[Finding]:
    store = Store()
    store.bulk_extend(quads)
    return [found for found in check(quads, store) if found.severity == "Violation"]


@pytest.fixture(scope="module")
def made() -> list[Quad]:
    return quads_of(Plan(ARTICLES))


def test_the_seed_decides_every_byte() -> None:
    first = b"".join(dataset(Plan(2, seed=5)))
    assert first == b"".join(dataset(Plan(2, seed=5)))
    assert first != b"".join(dataset(Plan(2, seed=6)))


def test_an_article_does_not_depend_on_those_before_it_but_for_the_shared_things() -> None:
    """So that a greater dataset is made in the memory of a small one."""
    whole = list(dataset(Plan(3)))
    assert len(whole) == 1 + 3
    assert all(f"{SPACE}{n}/claim/p01-01>".encode() in whole[n] for n in (1, 2, 3))
    assert f"{SPACE}1/".encode() not in whole[2]


def test_all_is_valid_and_no_quad_is_there_twice(made: list[Quad]) -> None:
    assert len(made) == len(set(made))
    assert violations(made) == []


def test_counts(made: list[Quad]) -> None:
    """Of each article: its sentences, each with a situation, and a claim in a graph of its own."""
    kinds = Counter(q.object for q in made if q.predicate == TYPE and _synthetic(q.subject))
    situations = {
        q.subject
        for q in made
        if q.predicate in (KZUN["date"], KZUN["startDate"], KZUN["value"], KZUN["quality"])
        and q.graph_name == DefaultGraph()
        and "synthetic-" in str(q.subject)
    }
    assert len(situations) == ARTICLES * PARAGRAPHS * SENTENCES_EACH
    graphs = {q.graph_name for q in made if _synthetic(q.graph_name)}
    assert len(graphs) == kinds[KZUN["Claim"]]
    assert kinds[OA["Annotation"]] == kinds[KZUN["Claim"]] + kinds[KZUN["Mention"]]


def test_names_keep_to_the_policy_or_to_the_space_of_their_own(made: list[Quad]) -> None:
    for quad in made:
        if "synthetic" in str(quad.subject):
            assert isinstance(quad.subject, NamedNode)
            assert quad.subject.value.startswith((SPACE, ID["synthetic-"].value))
        else:
            assert "synthetic" not in str(quad.object)
    assert not SPACE.startswith(BASE)


def test_things_are_shared_by_zipfs_law(made: list[Quad]) -> None:
    """The first of a kind is named about as often as the law has it, and the last seldom."""
    start = ID["synthetic-country-"].value
    named = Counter(
        int(str(q.object)[1:-1].removeprefix(start))
        for q in made
        if q.graph_name != DefaultGraph() and str(q.object).startswith(f"<{start}")
    )
    total, ranks = named.total(), len(synthetic._pools(Plan(ARTICLES))["country"])
    expected = total / sum(1 / rank for rank in range(1, ranks + 1))
    assert 0.7 * expected < named[1] < 1.3 * expected
    assert named[1] > named[4] > sum(named[rank] for rank in range(30, 40)) / 10
    holders = {
        str(q.graph_name).split("/")[4]
        for q in made
        if q.graph_name != DefaultGraph() and q.object == ID["synthetic-country-1"]
    }
    assert len(holders) == ARTICLES  # all articles speak of it


def test_the_share_of_broken_articles_is_found_by_name() -> None:
    plan = Plan(ARTICLES, broken=0.5)
    faults = [fault for n in range(1, ARTICLES + 1) if (fault := plan.fault(n))]
    assert faults == list(FAULTS)  # five of ten articles, one fault each
    found = violations(quads_of(plan))
    assert sorted((f.check, _article(f.focus)) for f in found) == [
        ("AdmissionShape-organization", 10),
        ("SituationShape-date", 2),  # no such day is no xsd:date either
        ("claim-grounded", 8),  # other words are not those of the annotation
        ("dates-exist", 2),
        ("mixed-scripts", 6),
        ("quote-in-sentence", 8),
        ("selector-equals-quote", 8),
        ("start-before-end", 4),
    ]


@pytest.mark.parametrize(("share", "broken"), [(0, 0), (0.1, 10), (0.25, 25), (1, 100)])
def test_the_share_is_kept(share: float, broken: int) -> None:
    plan = Plan(100, broken=share)
    assert sum(plan.fault(number) is not None for number in range(1, 101)) == broken


def test_the_size_is_about_what_is_asked_for(made: list[Quad]) -> None:
    assert articles_for(100_000) == 21
    assert abs(articles_for(len(made)) - ARTICLES) <= 1


def _synthetic(node: object) -> bool:
    return isinstance(node, NamedNode) and node.value.startswith(SPACE)


def _article(focus: object) -> int:
    assert isinstance(focus, NamedNode)
    if focus.value.startswith(SPACE):
        return int(focus.value.removeprefix(SPACE).partition("/")[0])
    return int(focus.value.split("-")[-2])
