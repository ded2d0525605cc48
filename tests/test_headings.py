"""Headings: every column of a stored query has a name in the reader's language."""

import re

import pytest
from pyoxigraph import QuerySolutions, Store

from kzun_graph import Dataset
from kzun_graph.headings import _HEADINGS, column
from kzun_graph.queries import stored_queries
from kzun_graph.render import heading


@pytest.fixture(scope="module")
def variables() -> set[str]:
    """The variables of all stored queries; nothing is asked of an empty store but their names."""
    answers = [Store().query(query.text) for query in stored_queries()]
    found = {v.value for a in answers if isinstance(a, QuerySolutions) for v in a.variables}
    assert len(found) > 100
    return found


@pytest.mark.parametrize("lang", ["kk", "ru"])
def test_headings_are_short_names_in_the_language(
    lang: str, variables: set[str], datasets: dict[str, Dataset]
) -> None:
    labels = datasets["all"].labels
    shown = {variable: heading(variable, labels, lang) for variable in sorted(variables)}
    # A bare variable, an English word and a gap for a number all hold signs that no name holds.
    assert {v: text for v, text in shown.items() if re.search(r"[A-Za-z{}.:,!?]", text)} == {}
    assert {v: text for v, text in shown.items() if len(text) > 40 or text.count(" ") > 4} == {}
    proper = {"item"}  # begins with the name of Wikidata
    assert {v for v, text in shown.items() if text[0].isupper()} <= proper


def test_english_headings_are_words(variables: set[str], shipped: Dataset) -> None:
    shown = {variable: heading(variable, shipped.labels, "en") for variable in variables}
    joined = [v for v, text in shown.items() if re.search(r"[a-z][A-Z{]|[.:!?]", text)]
    assert joined == []


def test_no_heading_is_for_a_column_that_no_query_has(variables: set[str]) -> None:
    assert set(_HEADINGS) - variables == set()


def test_sentences_of_the_program_are_no_headings(shipped: Dataset) -> None:
    labels = shipped.labels
    assert heading("others", labels, "ru") == "прочее"
    assert heading("entities", labels, "kk") == "нысандар"
    assert heading("facts", labels, "en") == "facts"
    assert heading("violations", labels, "en") == "violations"
    assert column("violations", "kk") is None


def test_a_column_of_its_own_comes_before_a_term_of_that_name(shipped: Dataset) -> None:
    """``?count`` is a number, not the unit kzun:Count; ``?position`` not that of schema.org."""
    assert heading("count", shipped.labels, "ru") == "число"
    assert heading("position", shipped.labels, "kk") == "үштіктегі орны"
