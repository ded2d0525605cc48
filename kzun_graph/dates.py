"""Dates: the earliest and the latest day that a date of the text can mean."""

import re
from datetime import date, timedelta

from pyoxigraph import Literal, NamedNode

from kzun_graph.errors import DateError
from kzun_graph.terms import KZUN, XSD

_FORMS = {
    XSD["date"]: re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"),
    XSD["gYearMonth"]: re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})"),
    XSD["gYear"]: re.compile(r"(?P<year>[0-9]{4})"),
    XSD["gMonthDay"]: re.compile(r"--(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"),
}
_LEAP_YEAR = 2024  # a day without a year may be 29 February


def bounds(literal: Literal) -> tuple[date, date] | None:
    """Return the first and the last day that ``literal`` can mean; None for a day without a year.

    Source: XML Schema 1.1 Part 2, 3.3.9 to 3.3.13; no time zones, as the text has none.

    >>> bounds(Literal("2009-12", datatype=XSD["gYearMonth"]))
    (datetime.date(2009, 12, 1), datetime.date(2009, 12, 31))
    >>> bounds(Literal("--08-29", datatype=XSD["gMonthDay"])) is None
    True

    Raises DateError: another datatype, another form, or a day that the calendar lacks.
    """
    form = _FORMS.get(literal.datatype)
    match = form.fullmatch(literal.value) if form else None
    if not match:
        raise DateError(None, f"{literal} is no date", "write YYYY-MM-DD, YYYY-MM, YYYY or --MM-DD")
    parts = {name: int(number) for name, number in match.groupdict().items()}
    year = parts.get("year", _LEAP_YEAR)
    try:
        first = date(year, parts.get("month", 1), parts.get("day", 1))
        last = first if "day" in parts else _last_day(year, parts.get("month", 12))
    except ValueError:
        what = f"the calendar has no day {literal.value}"
        raise DateError(None, what, "write a day that exists") from None
    return (first, last) if "year" in parts else None


def _last_day(year: int, month: int) -> date:
    return date(year, 12, 31) if month == 12 else date(year, month + 1, 1) - timedelta(days=1)


def resolve(relative: NamedNode, issue: date) -> tuple[date | None, date | None] | None:
    """Return the bounds of a relative time, understood from the day of the issue.

    "Now" is that day, "this year" its calendar year, "until now" ends on it, and the future
    begins with it. None: another individual, which the day of the issue does not bound.
    """
    known: dict[NamedNode, tuple[date | None, date | None]] = {
        KZUN["Now"]: (issue, issue),
        KZUN["ThisYear"]: (date(issue.year, 1, 1), date(issue.year, 12, 31)),
        KZUN["UntilNow"]: (None, issue),
        KZUN["Future"]: (issue, None),
    }
    return known.get(relative)
