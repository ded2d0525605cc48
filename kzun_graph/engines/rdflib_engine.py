"""Rdflib engine: a view in an rdflib ``Dataset``, slower, to compare with and to build on."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from pyoxigraph import QueryResultsFormat, Triple, parse_query_results

from kzun_graph.engines.engine import check_syntax
from kzun_graph.errors import QueryError
from kzun_graph.results import Result, as_result
from kzun_graph.terms import PREFIXES
from kzun_graph.text import Place

if TYPE_CHECKING:
    import rdflib


class Rdflib:
    """Answers from an rdflib ``Dataset``."""

    name = "rdflib"

    def __init__(self, dataset: rdflib.Dataset, view: str) -> None:
        self.dataset = dataset
        self.view = view

    def query(self, text: str, place: Place | None = None) -> Result:
        """Return the answer.

        Raises QueryError: broken syntax, or something of SPARQL 1.1 that rdflib lacks.
        """
        check_syntax(text, place)
        try:
            found = self.dataset.query(text, initNs=PREFIXES)
            if found.graph is not None:
                return Result(triples=_triples(found.graph))
            answer = cast(bytes, found.serialize(format="json"))
            return as_result(parse_query_results(answer, format=QueryResultsFormat.JSON))
        except Exception as error:  # rdflib raises whatever went wrong inside it
            what = f"rdflib cannot answer it ({' '.join(str(error).split())[:200]})"
            raise QueryError(place, what, "ask the engine in memory") from None


def _triples(graph: rdflib.Graph) -> tuple[Triple, ...]:
    from kzun_graph.rdflib_terms import from_rdflib

    found = [Triple(*(from_rdflib(term) for term in triple)) for triple in graph]  # type: ignore[arg-type]
    return tuple(sorted(found, key=str))
