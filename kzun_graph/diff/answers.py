"""Answers: ask the stored queries of both versions, and find those that answer otherwise."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, Quad, Store

from kzun_graph.diff.model import AnswerChange, Gap
from kzun_graph.diff.versions import FILE, Pair, canonical
from kzun_graph.errors import QueryError
from kzun_graph.messages import LANGUAGES
from kzun_graph.queries import StoredQuery, bind
from kzun_graph.results import Result, Row, ask
from kzun_graph.terms import XSD
from kzun_graph.tokens import code

Step = Callable[[str], None]
_TRIPLE = ("subject", "predicate", "object")


@dataclass(frozen=True)
class _Answer:
    variables: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    error: str = ""


class _Asked:
    """The two versions of one view, ready to be asked."""

    def __init__(self, pair: Pair) -> None:
        self.graphs = pair.graphs
        self.same = pair.old == pair.new
        self._stores = (Store(), Store())
        for store, quads in zip(self._stores, (pair.old, pair.new), strict=True):
            if not self.same:
                store.bulk_extend(quads)

    def answers(self, query: StoredQuery, values: Mapping[str, str]) -> tuple[_Answer, _Answer]:
        """Return the old and the new answer of ``query``."""
        old, new = (_answer(store, query, values) for store in self._stores)
        return old, new


def answer_changes(
    pairs: Mapping[str, Pair], queries: Iterable[StoredQuery], step: Step
) -> tuple[list[AnswerChange], list[Gap]]:
    """Return the queries whose answers differ, and what could not be asked.

    A query is asked of the first of its views that both versions hold, and of single files as they
    are; one that takes a language in each language, otherwise with its defaults. ``step`` is told
    the name of each query before it is asked.
    """
    asked = {view: _Asked(pair) for view, pair in pairs.items()}
    changes: list[AnswerChange] = []
    unasked: Counter[Gap] = Counter()
    failed = []
    for query in queries:
        step(query.name)
        view = next((v for v in (FILE, *query.views) if v in asked), None)
        if view is None:
            unasked[Gap("queries of view", (query.views[0],))] += 1
        elif not asked[view].graphs and _reads_graphs(query):
            unasked[Gap("queries of graphs", ())] += 1
        elif not asked[view].same:
            for values in _values(query):
                old, new = asked[view].answers(query, values)
                if old.error and old.error == new.error:
                    failed.append(Gap("query failed", (query.name, old.error)))
                elif old != new:
                    changes.append(_change(query, values, old, new))
    counted = [Gap(gap.key, (str(n), *gap.values)) for gap, n in sorted(unasked.items())]
    return changes, counted + failed


def _values(query: StoredQuery) -> Iterator[dict[str, str]]:
    if not query.takes("lang"):
        yield {}
        return
    for language in LANGUAGES:
        yield {"lang": language}


def _reads_graphs(query: StoredQuery) -> bool:
    return any(t.kind == "word" and t.text.upper() == "GRAPH" for t in code(query.text))


def _answer(store: Store, query: StoredQuery, values: Mapping[str, str]) -> _Answer:
    try:
        result = ask(store, bind(query, values), query.place)
    except QueryError as error:
        return _Answer(error=str(error))
    if result.triples is not None:
        triples = canonical(Quad(*triple) for triple in result.triples)
        rows = ((q.subject, q.predicate, q.object) for q in triples)
        return _Answer(_TRIPLE, tuple(sorted(rows, key=str)))
    if result.boolean is not None:
        return _Answer(("answer",), ((_truth(result),),))
    return _Answer(result.variables, tuple(result.rows))


def _truth(result: Result) -> Literal:
    return Literal(str(result.boolean).lower(), datatype=XSD["boolean"])


def _change(
    query: StoredQuery, values: Mapping[str, str], old: _Answer, new: _Answer
) -> AnswerChange:
    return AnswerChange(
        query.name,
        query.title,
        values,
        new.variables or old.variables,
        counts=(len(old.rows), len(new.rows)),
        removed=_without(old.rows, new.rows),
        added=_without(new.rows, old.rows),
        old_error=old.error,
        new_error=new.error,
    )


def _without(rows: Iterable[Row], others: Iterable[Row]) -> tuple[Row, ...]:
    """Return the rows that ``others`` lack, in their order, each as often as it is lacking."""
    left = Counter(others)
    found = []
    for row in rows:
        if left[row]:
            left[row] -= 1
        else:
            found.append(row)
    return tuple(found)
