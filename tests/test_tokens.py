"""The tokenizer: whatever looks like code inside a string, comment or IRI stays untouched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzun_graph.tokens import code, tokens, values_rows

DECOYS = (
    "# VALUES ?x { 1 }\n",
    '"VALUES ?x { 1 }"',
    "'it\\'s'",
    '"""a "b" c"""',
    "<#x>",
)
SCRAPS = ("?x", "{", "}", "VALUES", "id:a-b.c", "1 < 2", " ", "\n", "@kk", "^^", "\\", '"', "😀")
PIECES = st.sampled_from(DECOYS + SCRAPS)


@given(st.lists(PIECES).map("".join))
def test_joined_tokens_are_the_text_again(text: str) -> None:
    assert "".join(token.text for token in tokens(text)) == text


@pytest.mark.parametrize(
    "decoy",
    [
        "# VALUES ?place { id:x }\n",
        'FILTER (?a != "VALUES ?place { id:x }")',
        "FILTER (?a != '''VALUES ?place { id:x }''')",
        "?a ?b <VALUES#?place{id:x}> .",
        "?VALUES ?place ?c .",
    ],
)
def test_decoys_are_no_rows(decoy: str) -> None:
    query = f"SELECT * {{ VALUES ?place {{ id:y }} {decoy} }}"
    assert [query[start:end] for start, end in values_rows(query, "place")] == [" id:y "]


def test_a_row_is_found_by_its_whole_variable_in_any_case() -> None:
    query = "SELECT * { values $place { id:y } VALUES ?placement { id:z } }"
    assert len(values_rows(query, "place")) == 1


def test_less_than_is_no_iri() -> None:
    assert " ".join(token.text for token in code("?a < ?b && ?c > ?d")) == "?a < ?b & & ?c > ?d"
