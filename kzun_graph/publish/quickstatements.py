"""QuickStatements: what corroborated claims have to say to Wikidata, as commands to be reviewed.

Source: QuickStatements, command syntax version 1 (statements, qualifiers, sources, dates).
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, QuerySolution, QuerySolutions

from kzun_graph.dates import bounds
from kzun_graph.errors import OutputError
from kzun_graph.publish.wikidata_names import linked, names
from kzun_graph.publish.wikidata_rules import RULES, Rule
from kzun_graph.terms import PREFIXES, WD, XSD
from kzun_graph.view import View
from kzun_graph.viewnames import ARTICLE

if TYPE_CHECKING:
    from quickstatements_client import Line, Qualifier

KINDS = ("statements", "aliases", "labels")

_PRECISION = {XSD["gYear"]: 9, XSD["gYearMonth"]: 10, XSD["date"]: 11}  # Wikibase: year, month, day
_ADDRESS, _PUBLISHED = "S854", "S577"

Value = str | Literal
Key = tuple[str, Value, tuple[tuple[str, Literal], ...]]


@dataclass(frozen=True)
class Reference:
    """A source that bears out a statement: its address, its voice, its date if one was seen."""

    source: NamedNode
    address: str
    voice: str
    published: Literal | None


@dataclass(frozen=True)
class Statement:
    """A statement proposed to Wikidata, with all that its explanation needs.

    ``value`` is an item's number or a date; ``references`` hold one source of each voice.
    """

    rule: Rule
    item: str
    value: Value
    qualifiers: tuple[tuple[str, Literal], ...]
    claims: tuple[NamedNode, ...]
    references: tuple[Reference, ...]


def proposals(view: View) -> list[Statement]:
    """Return the statements that ``view`` proposes, in the order of the rules.

    Only from claims whose overall verdict is corroborated, and only between things that have an
    exact match in Wikidata. Raises OutputError: the view has no verdicts.
    """
    if view.name == ARTICLE:
        what = "the article view has no verdicts, and Wikidata does not take the article's errors"
        raise OutputError(None, what, "use the view checked or all")
    return [statement for rule in RULES for statement in _of_rule(rule, view)]


def quickstatements_bytes(view: View, kind: str = "statements") -> bytes:
    """Return the commands of one kind, a line each, as the website takes them.

    statements: what :func:`proposals` returns, a line for each reference; they only add. aliases:
    our names of linked things; they only add. labels: labels and descriptions, which take the
    place of what Wikidata has; hence apart. The same bytes on every run.

    Raises OutputError: no such kind, the package is not installed, or as :func:`proposals`;
    SourceError: the file of descriptions is malformed.
    """
    if kind not in KINDS:
        what = f"quickstatements cannot hold the {kind}"
        raise OutputError(None, what, f"use one of {', '.join(KINDS)}")
    try:
        from quickstatements_client import TextLine, render_lines
    except ModuleNotFoundError:
        what = "the package quickstatements-client is not installed"
        raise OutputError(None, what, "pip install 'kzun-graph[wikidata]'") from None
    lines: list[Line] = []
    if kind == "statements":
        lines += (line for statement in proposals(view) for line in _lines(statement))
    else:
        lines += (
            TextLine(subject=item, predicate=command, target=text)
            for item, command, text in names(view, aliases=kind == "aliases")
        )
    return (render_lines(lines, sep="\t", newline="\n") + "\n").encode() if lines else b""


def _of_rule(rule: Rule, view: View) -> list[Statement]:
    """Return the statements of one rule; when sources date one item differently, none of it."""
    found: dict[Key, tuple[set[NamedNode], set[Reference]]] = {}
    for row in _rows(rule, view):
        value = row["value"]
        dates = tuple((prop, _literal(row[name])) for prop, name in rule.qualifiers)
        key = (_number(row["item"]), value if isinstance(value, Literal) else _number(value), dates)
        claims, references = found.setdefault(key, (set(), set()))
        claims |= {_node(row[name]) for name in rule.claims}
        references.add(_reference(row))
    dated = Counter(item for item, value, _ in found if isinstance(value, Literal))
    return [
        Statement(rule, *key, tuple(sorted(claims, key=str)), _voices(references))
        for key, (claims, references) in sorted(found.items(), key=lambda pair: str(pair[0]))
        if dated[key[0]] < 2
    ]


def _rows(rule: Rule, view: View) -> Iterable[QuerySolution]:
    """Ask ``view`` for the rule's pattern, the links, and the sources that bear out each claim.

    The sources come first, so that an OPTIONAL of the pattern may speak of the same ?source.
    """
    borne_out = "".join(
        f"""
        ?{claim} kzun:verdict kzun:Corroborated .
        ?review_{claim} schema:itemReviewed ?{claim} ;
          schema:reviewRating kzun:Corroborated ;
          schema:isBasedOn ?source ."""
        for claim in rule.claims
    )
    value = f"BIND (?{rule.value} AS ?value)"
    if rule.value == "other":
        value = linked("other", "value")
    query = f"""
      SELECT DISTINCT * WHERE {{{borne_out}
        ?source schema:url ?address ; kzun:independenceKey ?voice .
        OPTIONAL {{ ?source schema:datePublished ?published }}
        {rule.pattern}
        {"".join(f"FILTER (DATATYPE(?{name}) != xsd:gMonthDay)" for name in rule.dates)}
        {linked("thing", "item")}
        {value}
      }}"""
    rows = view.store.query(query, prefixes=PREFIXES)
    assert isinstance(rows, QuerySolutions)
    return rows


def _reference(row: QuerySolution) -> Reference:
    address = row["address"]
    published = row["published"]
    assert isinstance(address, NamedNode | Literal)
    return Reference(
        _node(row["source"]),
        address.value,
        _literal(row["voice"]).value,
        None if published is None else _literal(published),
    )


def _voices(references: Iterable[Reference]) -> tuple[Reference, ...]:
    """Return one reference of each voice: a dated one if there is one, then by address."""
    chosen: dict[str, Reference] = {}
    for reference in sorted(references, key=lambda r: (r.published is None, r.address)):
        chosen.setdefault(reference.voice, reference)
    return tuple(sorted(chosen.values(), key=lambda reference: reference.address))


def _lines(statement: Statement) -> Iterator["Line"]:
    """Yield a line for each reference: version 1 knows one reference a line."""
    from quickstatements_client import DateQualifier, EntityLine, TextQualifier

    for reference in statement.references:
        qualifiers: list[Qualifier] = [
            DateQualifier(predicate=prop, target=_date(day)) for prop, day in statement.qualifiers
        ]
        qualifiers.append(TextQualifier(predicate=_ADDRESS, target=reference.address))
        if reference.published is not None:
            published = _date(reference.published)
            qualifiers.append(DateQualifier(predicate=_PUBLISHED, target=published))
        if isinstance(statement.value, Literal):
            yield _date_line(statement, statement.value, qualifiers)
        else:
            yield EntityLine(
                subject=statement.item,
                predicate=statement.rule.predicate,
                target=statement.value,
                qualifiers=qualifiers,
            )


def _date_line(statement: Statement, value: Literal, qualifiers: list["Qualifier"]) -> "Line":
    from quickstatements_client import DateLine

    day, precision = _when(value)
    return DateLine(
        subject=statement.item,
        predicate=statement.rule.predicate,
        target=day,
        precision=precision,
        qualifiers=qualifiers,
    )


def _date(literal: Literal) -> str:
    """Return a date in the form of Wikidata, with the precision of ``literal``."""
    from quickstatements_client.model import prepare_date

    day, precision = _when(literal)
    return prepare_date(day, precision=precision)


def _when(literal: Literal) -> tuple[date, int]:
    span = bounds(literal)
    assert span, "the rules ask for dates with a year"
    return span[0], _PRECISION[literal.datatype]


def _number(term: object) -> str:
    return _node(term).value.removeprefix(WD.iri)


def _node(term: object) -> NamedNode:
    assert isinstance(term, NamedNode)
    return term


def _literal(term: object) -> Literal:
    assert isinstance(term, Literal)
    return term
