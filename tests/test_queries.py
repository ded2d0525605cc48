"""Stored queries: golden rows, the same on every engine, and the rules of portability."""

import re
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

import pytest
import rdflib
from rdflib.compare import isomorphic

from kzun_graph import Dataset
from kzun_graph.errors import QueryError, UnknownNameError
from kzun_graph.messages import LANGUAGES
from kzun_graph.queries import bind, names, read_query, stored_query
from kzun_graph.terms import PREFIXES
from kzun_graph.tokens import code, values_rows

GOLDEN = Path(__file__).parent / "golden"
NAMES = names()
CASES = [(name, None) for name in NAMES] + [
    (name, parameter) for name in NAMES for parameter in stored_query(name).parameters
]


def golden(name: str, parameter: str | None) -> str:
    stem = f"{name}.{parameter}" if parameter else name
    path = next(
        GOLDEN / f"{stem}{end}" for end in (".csv", ".nt") if (GOLDEN / f"{stem}{end}").exists()
    )
    return path.read_bytes().decode()


def values(name: str, parameter: str | None) -> dict[str, str]:
    return {parameter: stored_query(name).parameters[parameter].example} if parameter else {}


def test_queries_and_goldens_pair_up() -> None:
    wanted = {f"{name}.{parameter}" if parameter else name for name, parameter in CASES}
    found = {p.relative_to(GOLDEN).with_suffix("").as_posix() for p in GOLDEN.rglob("*.*")}
    assert len(NAMES) >= 40
    assert found == wanted


@pytest.mark.parametrize(("name", "parameter"), CASES)
def test_rows(name: str, parameter: str | None, datasets: dict[str, Dataset]) -> None:
    dataset = datasets[stored_query(name).views[0]]
    assert dataset.run(name, **values(name, parameter)).to_csv() == golden(name, parameter)


@pytest.fixture(scope="session")
def in_rdflib(datasets: dict[str, Dataset]) -> dict[str, rdflib.Dataset]:
    return {name: dataset.rdflib() for name, dataset in datasets.items()}


@pytest.mark.parametrize(("name", "parameter"), CASES)
def test_rdflib_gives_the_same_rows(
    name: str,
    parameter: str | None,
    datasets: dict[str, Dataset],
    in_rdflib: dict[str, rdflib.Dataset],
) -> None:
    text = bind(stored_query(name), values(name, parameter))
    view = stored_query(name).views[0]
    ours = datasets[view].run(name, **values(name, parameter))
    theirs = in_rdflib[view].query(text)
    if ours.triples is not None:
        assert theirs.graph is not None
        assert isomorphic(theirs.graph, rdflib.Graph().parse(data=ours.to_csv(), format="nt"))
        return
    assert [str(variable) for variable in theirs.vars or ()] == list(ours.variables)
    their_rows = [tuple(None if t is None else str(t) for t in row) for row in theirs]  # type: ignore[union-attr]
    assert their_rows == [tuple(None if t is None else t.value for t in row) for row in ours.rows]


@pytest.mark.parametrize("name", NAMES)
def test_the_second_value_gives_other_rows(name: str, datasets: dict[str, Dataset]) -> None:
    dataset = datasets[stored_query(name).views[0]]
    default = dataset.run(name).to_csv()
    for parameter in stored_query(name).parameters:
        assert dataset.run(name, **values(name, parameter)).to_csv() != default


@pytest.mark.parametrize("name", NAMES)
def test_a_query_is_portable(name: str) -> None:
    query = stored_query(name)
    parts = code(query.text)
    words = [token.text.upper() for token in parts if token.kind == "word"]
    if "SELECT" in words:
        assert "ORDER" in words, "rows need a total order"
    regex = [token.start for token in parts if token.text.upper() == "REGEX"]
    assert not regex, "LCASE and CONTAINS instead of REGEX: engines differ on Cyrillic"
    declared = set(re.findall(r"^PREFIX (\w+):", query.text, re.MULTILINE))
    used = {t.text.partition(":")[0] for t in parts if t.kind == "word" and ":" in t.text} - {""}
    assert declared == used, "declare the prefixes that are used, and no others"
    assert all(PREFIXES[prefix] in query.text for prefix in declared)


@pytest.mark.parametrize("name", NAMES)
def test_parameter_rows_stand_first_and_hold_one_value(name: str) -> None:
    query = stored_query(name)
    body = query.text.index("{", query.text.index("WHERE"))
    texts = [token.text for token in code(query.text) if token.start > body]
    for _ in query.parameters:
        assert [texts[0], texts[2]] == ["VALUES", "{"], "parameter rows stand first"
        texts = texts[texts.index("}") + 1 :]
    for parameter in query.parameters:
        for start, end in values_rows(query.text, parameter):
            terms = [t for t in code(query.text[start:end]) if t.text != "^"]
            assert len(terms) == (2 if "^^" in query.text[start:end] else 1), "one value a row"


def branches(texts: list[str]) -> Iterator[list[str]]:
    """Yield what stands between the braces before and after each UNION."""
    for number in (n for n, text in enumerate(texts) if text.upper() == "UNION"):
        for way, last in ((-1, 0), (1, len(texts))):
            inside = range(number + way, last, way)
            depth = accumulate((texts[n] == "{") - (texts[n] == "}") for n in inside)
            end = next(n for n, open_braces in zip(inside, depth, strict=True) if not open_braces)
            first, second = sorted((number + way, end))
            yield texts[first + 1 : second]


@pytest.mark.parametrize("name", NAMES)
def test_a_branch_of_a_union_repeats_the_row_of_its_parameter(name: str) -> None:
    query = stored_query(name)
    for branch in branches([token.text for token in code(query.text)]):
        for parameter in query.parameters:
            if f"?{parameter}" in branch:
                row = branch.index(f"?{parameter}") - 1
                assert branch[row].upper() == "VALUES", "engines read all claims without it"


def test_branches_are_found() -> None:
    texts = [token.text for token in code("{ { ?a } UNION { { ?b } UNION { ?c } } ?d }")]
    assert list(branches(texts)) == [
        ["?a"],
        ["{", "?b", "}", "UNION", "{", "?c", "}"],
        ["?b"],
        ["?c"],
    ]


@pytest.mark.parametrize("name", NAMES)
def test_titles_are_questions_in_three_languages(name: str) -> None:
    query = stored_query(name)
    assert set(query.title) == set(query.description) == set(LANGUAGES)
    assert len({query.title[language] for language in LANGUAGES}) == len(LANGUAGES)


def test_a_value_never_becomes_code() -> None:
    query = stored_query("memberships/admissions")
    with pytest.raises(QueryError, match="is no IRI for 'member': write one such as"):
        bind(query, {"member": "id:kazakhstan> } DROP ALL #"})
    assert "DROP" not in bind(query, {"member": "https://example.org/DROP"}).replace("/DROP>", "")


@pytest.mark.parametrize(
    ("name", "parameter", "value", "message"),
    [
        ("timelines/between", "from", "1992", "'1992' is no day for 'from': write YYYY-MM-DD"),
        ("timelines/between", "from", "2021-02-31", "is no day for 'from'"),
        ("labels/language", "lang", "de", "'de' is no language for 'lang': use one of kk, ru, en"),
        (
            "memberships/admissions",
            "place",
            "x",
            "has no parameter 'place': its parameters: member",
        ),
    ],
)
def test_a_bad_value_says_what_to_write(
    name: str, parameter: str, value: str, message: str
) -> None:
    with pytest.raises(QueryError, match=re.escape(message)):
        bind(stored_query(name), {parameter: value})


def test_an_unknown_query_gets_near_names() -> None:
    with pytest.raises(UnknownNameError, match="did you mean admissions"):
        stored_query("admisions")


def test_a_parameter_may_be_given_by_its_label(shipped: Dataset) -> None:
    by_label = shipped.run("memberships/admissions", member="Қазақстан")
    assert by_label.to_csv() == shipped.run("memberships/admissions").to_csv()


HEADER = "#+ title: {kk: а, ru: б, en: c}\n#+ description: {kk: а, ru: б, en: c}\n"


@pytest.mark.parametrize(
    ("header", "message"),
    [
        (HEADER + "#+ author: me\n", "header has the unknown key 'author': remove it"),
        (HEADER.replace(", en: c}\n#+ d", "}\n#+ d"), "title lacks the key 'en': add it"),
        ("#+ title: {kk: а\n", "header is no YAML"),
        ("", "header is no mapping"),
        (HEADER.replace("ru: б", "ru:", 1), "title has nothing under 'ru': fill it"),
        (
            HEADER + "#+ params: {x: {type: uri, example: a, label: {kk: а, ru: б, en: c}}}\n",
            "parameter 'x' has the unknown type 'uri'",
        ),
        (
            HEADER + "#+ params: {x: {type: iri, example: a, label: {kk: а, ru: б, en: c}}}\n",
            "parameter 'x' has no row: add VALUES ?x",
        ),
    ],
)
def test_a_bad_header_is_refused(header: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.rq"
    path.write_text(f"{header}SELECT * WHERE {{ ?s ?p ?o }}\n", "utf-8")
    with pytest.raises(QueryError, match=re.escape(message)):
        list(read_query(path, "bad").parameters)
