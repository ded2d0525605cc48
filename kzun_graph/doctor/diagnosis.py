"""Diagnosis: ask an engine every stored query, and compare with the engine in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast

from pyoxigraph import Literal

from kzun_graph.engines.spelling import evened
from kzun_graph.errors import KzunError
from kzun_graph.queries import StoredQuery, bind, stored_queries

if TYPE_CHECKING:
    from kzun_graph.engines.engine import Engine
    from kzun_graph.results import Result

_COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
_Line = tuple[object, ...]


@dataclass(frozen=True)
class Finding:
    """A stored query that the engine answers otherwise.

    ``problem``: fails (``said`` is its error), cut (the first rows only), order (the same rows in
    another order), columns, or rows (``missing`` and ``extra`` ones). ``why``: limit, order, other
    data, error, or unknown.
    """

    query: str
    view: str
    values: Mapping[str, str]
    problem: str
    why: str
    missing: int = 0
    extra: int = 0
    said: str = ""


@dataclass(frozen=True)
class Diagnosis:
    """What was found: ``asked`` questions, ``respelled`` of them with values spelled otherwise.

    ``triples``: how many the default graph should hold, and holds, for each view.
    """

    engine: str
    asked: int
    respelled: int
    triples: Mapping[str, tuple[int, int]]
    findings: tuple[Finding, ...]


def examine(
    engines: Mapping[str, Engine],
    references: Callable[[str], Engine],
    step: Callable[[str], Any] = str,
) -> Diagnosis:
    """Ask ``engines`` (view → engine) all they can be asked, and compare with ``references``.

    With one view each query is asked of it, as far as it is for that view; with several, each of
    its own usual view. Every parameter is tried with its example too. ``step`` hears each query's
    name. Raises KzunError: an engine does not answer at all.
    """
    triples = {
        view: (_triples(references(view)), _triples(engine)) for view, engine in engines.items()
    }
    asked = respelled = 0
    findings = []
    for query in stored_queries():
        view = query.views[0] if len(engines) > 1 else next(iter(engines))
        if view not in query.views or view not in engines:
            continue
        step(query.name)
        for values in _cases(query):
            asked += 1
            found = _compared(query, values, view, engines[view], references(view))
            if isinstance(found, Finding):
                findings.append(_explained(found, triples[view]))
            else:
                respelled += found
    names = sorted({engine.name for engine in engines.values()})
    return Diagnosis(", ".join(names), asked, respelled, triples, tuple(findings))


def _cases(query: StoredQuery) -> Iterator[dict[str, str]]:
    yield {}
    for name, parameter in query.parameters.items():
        yield {name: parameter.example}


def _triples(engine: Engine) -> int:
    return int(cast(Literal, engine.query(_COUNT).rows[0][0]).value)


def _compared(
    query: StoredQuery, values: dict[str, str], view: str, engine: Engine, reference: Engine
) -> Finding | bool:
    """Return what is wrong; or whether values are spelled otherwise."""
    text = bind(query, values)
    right = reference.query(text, query.place)

    def finding(problem: str, missing: int = 0, extra: int = 0, said: str = "") -> Finding:
        return Finding(query.name, view, values, problem, "unknown", missing, extra, said)

    try:
        answer = engine.query(text, query.place)
    except KzunError as error:
        return finding("fails", said=f"{error.what}: {error.remedy}")
    if right.variables != answer.variables or right.boolean != answer.boolean:
        return finding("columns")
    wanted, got = _lines(right), _lines(answer)
    if wanted == got:
        return _spelling(right) != _spelling(answer)
    missing, extra = Counter(wanted) - Counter(got), Counter(got) - Counter(wanted)
    if not missing and not extra:
        return finding("order")
    problem = "cut" if got and got == wanted[: len(got)] else "rows"
    return finding(problem, missing.total(), extra.total())


def _explained(found: Finding, triples: tuple[int, int]) -> Finding:
    """Return ``found`` with the likeliest reason."""
    if triples[0] != triples[1]:
        return replace(found, why="other data")
    why = {"cut": "limit", "order": "order", "fails": "error"}.get(found.problem, "unknown")
    return replace(found, why=why)


def _lines(result: Result) -> list[_Line]:
    """Return the rows as values: numbers by value, language tags in lower case."""
    if result.triples is not None:
        triples = ((t.subject, t.predicate, t.object) for t in result.triples)
        return sorted((tuple(map(evened, row)) for row in triples), key=str)
    return [tuple(map(evened, row)) for row in result.rows]


def _spelling(result: Result) -> object:
    return result.triples if result.triples is not None else result.rows
