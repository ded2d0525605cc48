"""Spelling: terms as values, whatever way an engine writes them."""

from decimal import Decimal, InvalidOperation
from typing import TypeVar

from pyoxigraph import Literal

from kzun_graph.terms import XSD

_NUMBERS = {
    XSD[name]
    for name in (
        *("byte", "decimal", "double", "float", "int", "integer", "long", "short"),
        *("negativeInteger", "nonNegativeInteger", "nonPositiveInteger", "positiveInteger"),
        *("unsignedByte", "unsignedInt", "unsignedLong", "unsignedShort"),
    )
}
T = TypeVar("T")


def evened(term: T) -> T | Literal:
    """Return ``term`` so that equal values are equal terms: numbers, yes or no, language tags.

    Engines write ``"007"^^xsd:integer`` as 7, ``xsd:nonNegativeInteger`` as ``xsd:integer``, true
    as 1, and language tags in upper or lower case. Source: XML Schema 1.1 Part 2, 3.3 (values).

    >>> evened(Literal("007", datatype=XSD["nonNegativeInteger"])) == Literal(7)
    True
    """
    if not isinstance(term, Literal):
        return term
    if term.language:
        return Literal(term.value, language=term.language.lower())
    if term.datatype == XSD["boolean"] and term.value in ("0", "1"):
        return Literal("true" if term.value == "1" else "false", datatype=term.datatype)
    if term.datatype in _NUMBERS:
        return _number(term)
    return term


def _number(term: Literal) -> Literal:
    try:
        value = Decimal(term.value)
    except InvalidOperation:
        return term
    if not value.is_finite():  # INF and NaN
        return term
    if value == value.to_integral_value():
        return Literal(str(int(value)), datatype=XSD["integer"])
    return Literal(format(value, "f").rstrip("0"), datatype=XSD["decimal"])
