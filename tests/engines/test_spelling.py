"""Spelling: equal values are equal terms, and others are not."""

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode

from kzun_graph.engines.spelling import evened
from kzun_graph.terms import XSD


def literal(value: str, kind: str) -> Literal:
    return Literal(value, datatype=XSD[kind])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (literal("007", "integer"), literal("7", "nonNegativeInteger")),
        (literal("7.00", "decimal"), literal("7", "integer")),
        (literal("1E2", "double"), literal("100", "decimal")),
        (literal("0.50", "decimal"), literal("5.0E-1", "double")),
        (literal("-0", "integer"), literal("0.0", "decimal")),
        (literal("12345678901234567890123456789012345", "integer"),) * 2,
        (literal("1", "boolean"), literal("true", "boolean")),
        (Literal("ә", language="KK"), Literal("ә", language="kk")),
    ],
)
def test_the_same_value(one: Literal, other: Literal) -> None:
    assert evened(one) == evened(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (literal("7", "integer"), literal("8", "integer")),
        (literal("7", "integer"), Literal("7")),
        (literal("1", "integer"), literal("1", "boolean")),
        (
            literal("12345678901234567890123456789012345", "integer"),
            literal("12345678901234567890123456789012346", "integer"),
        ),
        (literal("2024-03-05", "date"), Literal("2024-03-05")),
        (Literal("ә", language="kk"), Literal("ә", language="ru")),
        (Literal("ә", language="kk"), Literal("ә")),
        (NamedNode("a:7"), Literal("a:7")),
    ],
)
def test_another_value(one: Literal, other: Literal) -> None:
    assert evened(one) != evened(other)


@pytest.mark.parametrize(
    "term",
    [
        literal("INF", "double"),
        literal("NaN", "double"),
        literal("seven", "integer"),
        literal("maybe", "boolean"),
        BlankNode("b"),
        None,
    ],
)
def test_what_is_no_number_stays(term: object) -> None:
    assert evened(term) == term
