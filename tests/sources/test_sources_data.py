"""The sources layer's data: complete, true to the evidence, and in the editors' own words."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Literal
from sources_problems import (
    Layer,
    Review,
    Row,
    claims_forgotten,
    findings_unsound,
    numbered,
    numbers_not_seen,
    read_layer,
    reviews_unsound,
    rows_forgotten,
    rows_not_named,
    short,
    sources_differ,
    statements_unsound,
)

from kzun_graph import resources
from kzun_graph.sources import Sources
from kzun_graph.terms import ID, KZUN, TYPE
from kzun_graph.view import View

EVIDENCE = resources.root().parent / "shared" / "evidence" / "sources.tsv"
needs_evidence = pytest.mark.skipif(
    not EVIDENCE.is_file(), reason="the editors' evidence does not lie beside this checkout"
)
DATA = resources.root() / "data" / "sources"
GROUPS, ROWS, FURTHER = 66, 172, 16


def table(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


@pytest.fixture(scope="module")
def layer(sources: Sources) -> Layer:
    return read_layer((quad for quad, _ in sources.located), table(DATA / "unreviewed.tsv"))


@pytest.fixture(scope="module")
def evidence() -> list[Row]:
    return table(EVIDENCE)


@pytest.fixture(scope="module")
def statements() -> str:
    return (DATA / "statements.trig").read_text("utf-8")


def review(
    check: str = "e01",
    claims: frozenset[str] = frozenset({"p01-01"}),
    rating: str = "Imprecise",
    source: str | None = "a",
) -> dict[str, Review]:
    return {"e01-1": Review(check, claims, rating, source)}


# A layer of one check, to break: the smallest that has nothing wrong.
SMALL = Layer(
    kinds={"p01-01": "FactualClaim", "p01-02": "FactualClaim", "p01-03": "Assessment"},
    reviews=review(),
    findings={"e01": {"en": "It was in May.", "kk": "Бұл мамырда болды.", "ru": "Это было в мае."}},
    described={
        "source/a": {
            "publisher": ["b"],
            "url": ["http://a.example/1"],
            "datePublished": ["1993-05"],
            "inLanguage": ["en"],
            "independenceKey": ["a"],
        },
        "publisher/b": {"label": ["B"], "publisherKind": ["Press"]},
    },
    mends=(("a", "corrects", "p01-01"),),
    graphs=frozenset({"a"}),
    unreviewed=(("p01-02", "not checkable"),),
)
SMALL_ROW: Row = {
    "group": "e01",
    "verdict": "imprecise",
    "source_address": "http://a.example/1",
    "publisher": "B",
    "publisher_kind": "press",
    "independence": "a",
    "source_date": "1993-05 (address)",
    "date_basis": "address",
    "source_quote": "the office of the agency opened there in May",
    "source_lang": "en",
}
SMALL_TRIG = """\
source:a kzun:corrects claim:p01-01 .
source:a {
  # e01-1
  id:opening kzun:date "1993-05"^^xsd:gYearMonth .
}
"""


def test_the_small_layer_is_sound() -> None:
    row = [SMALL_ROW]
    assert rows_forgotten(SMALL, row) == sources_differ(SMALL, row) == []
    assert reviews_unsound(SMALL) == claims_forgotten(SMALL) == statements_unsound(SMALL) == []
    assert findings_unsound(SMALL, row) == rows_not_named(SMALL, SMALL_TRIG) == []
    assert numbers_not_seen(SMALL_TRIG, row) == []


# What stands in the project


def test_all_groups_and_rows_are_there(layer: Layer) -> None:
    assert len(layer.findings) == GROUPS
    assert len(layer.reviews) == ROWS + FURTHER


@needs_evidence
def test_each_row_is_a_review_with_its_verdict_and_address(
    layer: Layer, evidence: list[Row]
) -> None:
    assert len(list(numbered(evidence))) == ROWS
    assert rows_forgotten(layer, evidence) == []


def test_reviews_are_of_claims_that_exist(layer: Layer) -> None:
    assert reviews_unsound(layer) == []


def test_no_claim_of_fact_is_forgotten(layer: Layer) -> None:
    assert claims_forgotten(layer) == []


@needs_evidence
def test_sources_are_as_the_evidence_has_them(layer: Layer, evidence: list[Row]) -> None:
    assert sources_differ(layer, evidence) == []


def test_findings_are_in_three_languages(layer: Layer) -> None:
    assert findings_unsound(layer, []) == []


@needs_evidence
def test_findings_are_in_our_own_words(layer: Layer, evidence: list[Row]) -> None:
    assert findings_unsound(layer, evidence) == []


def test_statements_are_of_sources_that_review(layer: Layer) -> None:
    assert layer.graphs
    assert statements_unsound(layer) == []


def test_statements_name_their_rows(layer: Layer, statements: str) -> None:
    assert rows_not_named(layer, statements) == []


@needs_evidence
def test_numbers_of_statements_stand_in_their_rows(statements: str, evidence: list[Row]) -> None:
    assert numbers_not_seen(statements, evidence) == []


def test_an_event_whose_class_fell_away_gets_it_from_the_correction(views: dict[str, View]) -> None:
    opening, office = ID["opening-of-representation"], ID["un-office-kz"]
    default = views["checked"].store.quads_for_pattern
    objects = {quad.object for quad in default(opening, KZUN["object"], None, DefaultGraph())}
    assert objects == {office}
    assert KZUN["Opening"] in {q.object for q in default(opening, TYPE, None, DefaultGraph())}
    kept = {quad.graph_name for quad in default(opening, TYPE, None, None)} - {DefaultGraph()}
    assert {short(graph) for graph in kept} == {
        "e-history-today-in-history",
        "kazinform-timeline-february-16",
    }


def test_the_right_number_of_rounds_stands_alone_in_checked(views: dict[str, View]) -> None:
    rounds = ID["number-of-rounds"]
    for name, value in (("article", "17"), ("checked", "21"), ("all", "17")):
        found = views[name].store.quads_for_pattern(rounds, KZUN["value"], None, DefaultGraph())
        assert [quad.object.value for quad in found if isinstance(quad.object, Literal)] == [value]


# Each check sees what is wrong


@pytest.mark.parametrize(
    ("broken", "expected"),
    [
        (replace(SMALL, reviews={}), ["e01-1: no review"]),
        (replace(SMALL, reviews=review(check="e02")), ["e01-1: in check e02"]),
        (
            replace(SMALL, reviews=review(rating="Corroborated")),
            ["e01-1: Corroborated for imprecise"],
        ),
        (replace(SMALL, reviews=review(source="c")), ["e01-1: another address"]),
        (
            replace(SMALL, findings={**SMALL.findings, "e67": {}}),
            ["e67: not in the evidence"],
        ),
    ],
)
def test_a_forgotten_row_is_seen(broken: Layer, expected: list[str]) -> None:
    assert rows_forgotten(broken, [SMALL_ROW]) == expected


@pytest.mark.parametrize(
    ("broken", "expected"),
    [
        (replace(SMALL, reviews=review(claims=frozenset({"p99-01"}))), ["e01-1: no claim p99-01"]),
        (replace(SMALL, reviews=review(claims=frozenset())), ["e01-1: no claims"]),
        (replace(SMALL, reviews=review(check="e02")), ["e01-1: check e02"]),
        (
            replace(SMALL, reviews=review(source="c")),
            ["e01-1: source c is not described", "source/a: no review"],
        ),
        (
            replace(SMALL, reviews=review(source=None)),
            ["e01-1: Imprecise without a source", "source/a: no review"],
        ),
    ],
)
def test_an_unsound_review_is_seen(broken: Layer, expected: list[str]) -> None:
    assert reviews_unsound(broken) == expected


@pytest.mark.parametrize(
    ("unreviewed", "expected"),
    [
        ((), ["p01-02: forgotten"]),
        (
            (("p01-01", "not checkable"), ("p01-02", "not checkable")),
            ["p01-01: reviewed and unreviewed"],
        ),
        (
            (("p01-02", "not checkable"), ("p01-03", "not checkable")),
            ["p01-03: no claim of fact"],
        ),
        ((("p01-02", "not checkable"),) * 2, ["p01-02: twice"]),
        ((("p01-02", "too hard"),), ["p01-02: too hard"]),
    ],
)
def test_a_forgotten_claim_is_seen(
    unreviewed: tuple[tuple[str, str], ...], expected: list[str]
) -> None:
    assert claims_forgotten(replace(SMALL, unreviewed=unreviewed)) == expected


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"independence": "un"}, ["source/a: ['a'] for ['un']"]),
        ({"source_lang": "ru"}, ["source/a: ['en'] for ['ru']"]),
        ({"publisher": "C"}, ["source/a: ['B'] for ['C']"]),
        ({"publisher_kind": "primary"}, ["source/a: ['Press'] for ['PrimarySource']"]),
        ({"source_date": "1993-06"}, ["source/a: date 1993-05"]),
        ({"date_basis": "lookup"}, ["source/a: date 1993-05"]),
        (
            {"source_address": "http://a.example/2"},
            ["http://a.example/2: no source", "source/a: address not in the evidence"],
        ),
    ],
)
def test_a_source_unlike_its_row_is_seen(change: Row, expected: list[str]) -> None:
    assert sources_differ(SMALL, [{**SMALL_ROW, **change}]) == expected


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ({"kk": "Бұл мамырда болды.", "ru": "Это было в мае."}, ["e01: languages ['kk', 'ru']"]),
        ({"en": "May.", "kk": "Мамыр.", "ru": "Мамыр."}, ["e01: languages ['en', 'kk', 'ru']"]),
        ({"en": "May.", "kk": "Мaмыр.", "ru": "Май."}, ["e01 kk: mixed scripts"]),
        (
            {"en": "The office of the agency opened.", "kk": "Мамыр.", "ru": "Май."},
            ["e01 en: words of a source"],
        ),
    ],
)
def test_an_unsound_finding_is_seen(texts: dict[str, str], expected: list[str]) -> None:
    assert findings_unsound(replace(SMALL, findings={"e01": texts}), [SMALL_ROW]) == expected


@pytest.mark.parametrize(
    ("broken", "expected"),
    [
        (replace(SMALL, mends=(("a", "refines", "p01-02"),)), ["a refines p01-02: []"]),
        (
            replace(SMALL, reviews=review(rating="Corroborated")),
            ["a corrects p01-01: ['Corroborated']"],
        ),
        (
            replace(SMALL, graphs=frozenset({"a", "c"})),
            ["c: no review", "c: not described"],
        ),
        (replace(SMALL, graphs=frozenset()), ["a corrects p01-01: states nothing"]),
    ],
)
def test_an_unsound_statement_is_seen(broken: Layer, expected: list[str]) -> None:
    assert statements_unsound(broken) == expected


def test_a_statement_without_its_row_is_seen() -> None:
    said = 'id:opening kzun:date "1993-05"^^xsd:gYearMonth .'
    assert rows_not_named(SMALL, SMALL_TRIG.replace("  # e01-1\n", "")) == [f"a : {said}"]
    assert rows_not_named(SMALL, SMALL_TRIG.replace("e01-1", "e02-1")) == [f"a e02-1: {said}"]


def test_a_number_that_the_row_lacks_is_seen() -> None:
    assert numbers_not_seen(SMALL_TRIG.replace("1993", "1992"), [SMALL_ROW]) == ["e01-1: 1992"]
    day = SMALL_TRIG.replace('"1993-05"^^xsd:gYearMonth', '"1993-05-07"^^xsd:date')
    assert numbers_not_seen(day, [SMALL_ROW]) == ["e01-1: 7"]
    number = SMALL_TRIG.replace('kzun:date "1993-05"^^xsd:gYearMonth', "kzun:value 9")
    assert numbers_not_seen(number, [SMALL_ROW]) == ["e01-1: 9"]
