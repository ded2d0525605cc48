"""Derive: what follows from the claims of a view: supertypes, inverses, bounds of dates."""

from collections.abc import Iterable, Iterator
from datetime import date

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, QueryTriples, Store

from kzun_graph import resources
from kzun_graph.dates import bounds, resolve
from kzun_graph.errors import DateError
from kzun_graph.terms import KZUN, SCHEMA, TYPE, XSD

_START = (KZUN["date"], KZUN["startDate"])
_END = (KZUN["date"], KZUN["endDate"])


def derive(store: Store) -> list[Quad]:
    """Add to ``store`` what follows from its default graph and its claims; return that.

    The derivations are the bounds of dates, and the CONSTRUCTs of ``ontology/derivations/``, run in
    the order of their names.
    """
    derived = list(_date_bounds(store))
    store.extend(derived)
    for path in resources.files("ontology/derivations", "*.rq"):
        result = store.query(path.read_text("utf-8"))
        assert isinstance(result, QueryTriples)
        found = [Quad(*triple) for triple in result]
        store.extend(found)
        derived += found
    return derived


def _date_bounds(store: Store) -> Iterator[Quad]:
    """Yield one earliest and one latest day a node: the narrowest that its dates leave.

    Two dates of one node say the same with more and less precision ("29 August", 29 August 1991).
    """
    found: dict[tuple[object, str], Quad] = {}
    for quad in (*_own_bounds(store), *_relative_bounds(store)):
        key = (quad.subject, quad.predicate.value)
        other = found.get(key)
        later = other is not None and str(quad.object) > str(other.object)
        if other is None or later == (quad.predicate == KZUN["earliest"]):
            found[key] = quad
    return iter(found.values())


def _own_bounds(store: Store) -> Iterator[Quad]:
    for kind, properties, pick in (("earliest", _START, 0), ("latest", _END, 1)):
        for node, literal in _literals(store, properties):
            days = _bounds(literal)
            if days:
                yield Quad(node, KZUN[kind], _day(days[pick]))


def _bounds(literal: Literal) -> tuple[date, date] | None:
    try:
        return bounds(literal)
    except DateError:  # derives nothing; the rule dates-exist reports it
        return None


def _literals(store: Store, properties: Iterable[NamedNode]) -> Iterator[tuple[NamedNode, Literal]]:
    for predicate in properties:
        for quad in store.quads_for_pattern(None, predicate, None, DefaultGraph()):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
                yield quad.subject, quad.object


def _relative_bounds(store: Store) -> Iterator[Quad]:
    issue = _issue(store)
    if not issue:
        return
    issue_node, issue_day = issue
    quantities = {
        q.subject for q in store.quads_for_pattern(None, TYPE, KZUN["Quantity"], DefaultGraph())
    }
    for quad in store.quads_for_pattern(None, KZUN["relativeTime"], None, DefaultGraph()):
        days = resolve(quad.object, issue_day) if isinstance(quad.object, NamedNode) else None
        if not days:
            continue
        node = quad.subject
        yield Quad(node, KZUN["resolvedBy"], issue_node)
        if node in quantities:
            yield Quad(node, KZUN["asOf"], _day(issue_day))
            continue
        for kind, day in zip(("earliest", "latest"), days, strict=True):
            if day:
                yield Quad(node, KZUN[kind], _day(day))


def _issue(store: Store) -> tuple[NamedNode, date] | None:
    """Return the issue and its day, as the claims give it."""
    kind = SCHEMA["PublicationIssue"]
    for quad in store.quads_for_pattern(None, TYPE, kind, DefaultGraph()):
        dates = store.quads_for_pattern(quad.subject, KZUN["date"], None, DefaultGraph())
        for found in dates:
            days = _bounds(found.object) if isinstance(found.object, Literal) else None
            if days and isinstance(quad.subject, NamedNode):
                return quad.subject, days[0]
    return None


def _day(day: date) -> Literal:
    return Literal(day.isoformat(), datatype=XSD["date"])
