"""Notebook: results as pandas data frames and as HTML; pandas is optional."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from html import escape
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode

from kzun_graph.errors import QueryError
from kzun_graph.results import Result, Term
from kzun_graph.terms import XSD, curie

if TYPE_CHECKING:
    import pandas

_READERS: dict[NamedNode, Callable[[str], object]] = {
    XSD["boolean"]: lambda text: text in ("true", "1"),
    XSD["date"]: date.fromisoformat,
    XSD["decimal"]: Decimal,
    XSD["double"]: float,
    XSD["integer"]: int,
    XSD["nonNegativeInteger"]: int,
}


def frame(result: Result) -> pandas.DataFrame:
    """Return the rows of ``result`` as a data frame of plain values.

    Raises QueryError: the answer has no rows, being triples or yes or no; pandas is not there.
    """
    if result.boolean is not None or result.triples is not None:
        raise QueryError(None, "only rows make a data frame", "ask with SELECT")
    try:
        import pandas
    except ImportError:
        remedy = "install it: pip install 'kzun-graph[pandas]'"
        raise QueryError(None, "a data frame needs pandas", remedy) from None
    rows = [[plain(term) for term in row] for row in result.rows]
    return pandas.DataFrame(rows, columns=list(result.variables), dtype=object)


def plain(term: Term | None) -> object:
    """Return a term as a plain Python value: number, day, CURIE or text; None for None.

    >>> plain(Literal(28)), plain(NamedNode("https://w3id.org/kzun/id/un"))
    (28, 'id:un')
    """
    if not isinstance(term, Literal):
        return _short(term) or None
    reader = _READERS.get(term.datatype)
    try:
        return reader(term.value) if reader else term.value
    except (ArithmeticError, ValueError):  # "2024-02-31" and the like stay text
        return term.value


def html(result: Result) -> str:
    """Return ``result`` as an HTML table; triples and yes or no as text."""
    if result.boolean is not None or result.triples is not None:
        shown = result.write("ttl") if result.triples is not None else str(result.boolean)
        return f"<pre>{escape(shown)}</pre>"
    head = "".join(f"<th>{escape(name)}</th>" for name in result.variables)
    rows = ("".join(f"<td>{escape(_short(term))}</td>" for term in row) for row in result.rows)
    body = "".join(f"<tr>{cells}</tr>" for cells in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _short(term: Term | None) -> str:
    if term is None:
        return ""
    if isinstance(term, NamedNode):
        return curie(term)
    return term.value if isinstance(term, (Literal, BlankNode)) else str(term)
