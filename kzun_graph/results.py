"""Results: ask a store, keep the answer, and write it in the W3C's formats."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
    parse_query_results,
)

from kzun_graph.errors import QueryError
from kzun_graph.formats import to_bytes
from kzun_graph.terms import PREFIXES
from kzun_graph.text import Place
from kzun_graph.tokens import code

if TYPE_CHECKING:
    import pandas

_BEGINNINGS = {"BASE", "PREFIX", "SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}
Term = NamedNode | Literal | BlankNode | Triple
Row = tuple[Term | None, ...]
_TABLES = {
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
}


@dataclass(frozen=True)
class Result:
    """The answer of a query: rows (SELECT), yes or no (ASK), or triples (CONSTRUCT, DESCRIBE).

    ``variables`` are the names of the columns, without question marks; an unbound cell of ``rows``
    is None. ``boolean`` and ``triples`` are None for other kinds of queries.
    """

    variables: tuple[str, ...] = ()
    rows: Sequence[Row] = ()
    boolean: bool | None = None
    triples: tuple[Triple, ...] | None = None

    def to_csv(self) -> str:
        """Return the rows as SPARQL 1.1 CSV (or the triples as N-Triples)."""
        return self.write("nt" if self.triples is not None else "csv")

    def write(self, form: str) -> str:
        """Return the answer in ``form``: csv, tsv, json, xml for rows; ttl or nt for triples.

        Raises QueryError: the format does not fit the kind of the answer.
        """
        if self.triples is not None and form in ("ttl", "nt"):
            kind = RdfFormat.TURTLE if form == "ttl" else RdfFormat.N_TRIPLES
            return to_bytes(self.triples, kind, short=form == "ttl").decode()
        if self.triples is not None or form not in _TABLES:
            fitting = "ttl or nt" if self.triples is not None else "csv, tsv, json or xml"
            raise QueryError(None, f"this answer cannot be written as {form}", f"use {fitting}")
        found = parse_query_results(self._json(), format=QueryResultsFormat.JSON)
        return cast(bytes, found.serialize(format=_TABLES[form])).decode()

    def to_frame(self) -> pandas.DataFrame:
        """Return the rows as a pandas data frame; needs pandas (``kzun-graph[pandas]``).

        Numbers and days become Python's (``int``, ``Decimal``, ``date``), IRIs CURIEs, an unbound
        cell None.

        Raises QueryError: the answer has no rows, being triples or yes or no.
        """
        from kzun_graph.notebook import frame

        return frame(self)

    def _repr_html_(self) -> str:
        """Return the answer as HTML, for notebooks."""
        from kzun_graph.notebook import html

        return html(self)

    def _json(self) -> str:
        """Return rows, or yes or no, as pyoxigraph reads them and writes every format from."""
        if self.boolean is not None:
            return json.dumps({"head": {}, "boolean": self.boolean})
        bindings = [
            {name: as_json(term) for name, term in zip(self.variables, row, strict=True) if term}
            for row in self.rows
        ]
        return json.dumps({"head": {"vars": self.variables}, "results": {"bindings": bindings}})


def as_json(term: Term) -> dict[str, Any]:
    """Return ``term`` as the SPARQL 1.1 Query Results JSON Format has it (3.2.2).

    >>> as_json(Literal("БҰҰ", language="kk"))
    {'type': 'literal', 'value': 'БҰҰ', 'xml:lang': 'kk'}
    """
    if isinstance(term, Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {name: as_json(part) for name, part in parts.items()}}
    if not isinstance(term, Literal):
        return {"type": "uri" if isinstance(term, NamedNode) else "bnode", "value": term.value}
    found = {"type": "literal", "value": term.value}
    if term.language:
        return found | {"xml:lang": term.language}
    return found | {"datatype": term.datatype.value}


def as_result(found: QuerySolutions | QueryBoolean | QueryTriples) -> Result:
    """Return an answer of pyoxigraph, read to its end; triples once each, sorted."""
    if isinstance(found, QueryBoolean):
        return Result(boolean=bool(found))
    if isinstance(found, QueryTriples):
        return Result(triples=tuple(sorted(set(found), key=str)))
    variables = tuple(variable.value for variable in found.variables)
    return Result(variables, [cast(Row, tuple(solution)) for solution in found])


def ask(store: Store, text: str, place: Place | None = None) -> Result:
    """Return the answer of ``text``, a SPARQL 1.1 query; the project's prefixes are known to it.

    Raises QueryError: broken syntax, with the line in ``place``'s file (or in the text), or a query
    that cannot be answered here, such as one with SERVICE.
    """
    try:
        return as_result(store.query(text, prefixes=PREFIXES))
    except SyntaxError as error:
        raise _syntax_error(error, text, place) from None
    except (OSError, RuntimeError, ValueError) as error:
        what = f"the query cannot be answered ({' '.join(str(error).split())})"
        remedy = "ask this graph alone, without SERVICE, in UTF-8"
        raise QueryError(place, what, remedy) from None


def _syntax_error(error: SyntaxError, text: str, place: Place | None) -> QueryError:
    """Return an error that names the line, what stands there and what could stand there."""
    words = [token for token in code(text) if token.kind == "word"]
    if not words or words[0].text.upper() not in _BEGINNINGS:
        what = f"a query cannot begin with {words[0].text if words else ''!r}"
        return QueryError(place, what, "begin with SELECT, ASK, CONSTRUCT or DESCRIBE")
    message = " ".join(str(error.msg).split())
    position = re.search(r"error at (\d+):(\d+): (.*)", message)
    if not position:
        return QueryError(place, f"the query cannot be read ({message})", "mend its syntax")
    line, column, expected = int(position[1]), int(position[2]), position[3]
    where = Place(place.file if place else "query", line)
    written = [*text.splitlines(), ""][line - 1]
    if "Prefix not found" in expected:
        name = re.findall(r"[\w.-]*:", written[: column - 1]) or [""]
        return QueryError(where, f"unknown prefix {name[-1]!r}", "declare it with PREFIX")
    rest = written[column - 1 :].strip()[:24] or "end"
    wanted = ", ".join(re.findall(r'"([^"]+)"', expected)[:6])
    if not wanted:
        return QueryError(where, f"column {column}: {expected}", "mend the query there")
    remedy = f"write one of {wanted} there"
    return QueryError(where, f"column {column}: unexpected {rest!r}", remedy)
