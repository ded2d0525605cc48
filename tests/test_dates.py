"""Dates: bounds of every date that a text can hold, and the refusal of all others."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from kzun_graph.dates import bounds, resolve
from kzun_graph.errors import DateError
from kzun_graph.terms import KZUN, XSD

ONE_DAY = timedelta(days=1)
# One day is added below, which no calendar of Python can at the end of the year 9999.
days = st.dates(max_value=date(9998, 12, 31))
ISSUE = date(2024, 3, 5)


def typed(text: str, kind: str) -> Literal:
    return Literal(text, datatype=XSD[kind])


@given(days)
def test_a_day_is_its_own_bounds(day: date) -> None:
    assert bounds(typed(day.isoformat(), "date")) == (day, day)


@given(days)
def test_bounds_of_a_month_bracket_it(day: date) -> None:
    found = bounds(typed(day.isoformat()[:7], "gYearMonth"))
    assert found
    first, last = found
    month = (day.year, day.month)
    assert first <= day <= last
    assert (first.year, first.month) == (last.year, last.month) == month
    assert first.day == (last + ONE_DAY).day == 1


@given(days)
def test_bounds_of_a_year_bracket_it(day: date) -> None:
    found = bounds(typed(day.isoformat()[:4], "gYear"))
    assert found
    first, last = found
    assert first <= day <= last
    assert (first.day, first.month, first.year) == (1, 1, day.year)
    assert last + ONE_DAY == date(day.year + 1, 1, 1)


@given(days)
def test_a_day_without_year_has_no_bounds(day: date) -> None:
    assert bounds(typed(f"--{day.isoformat()[5:]}", "gMonthDay")) is None


@pytest.mark.parametrize(
    ("text", "kind", "first", "last"),
    [
        ("1992-03-02", "date", "1992-03-02", "1992-03-02"),
        ("2024-02-29", "date", "2024-02-29", "2024-02-29"),
        ("2024-02", "gYearMonth", "2024-02-01", "2024-02-29"),
        ("2023-02", "gYearMonth", "2023-02-01", "2023-02-28"),
        ("1900-02", "gYearMonth", "1900-02-01", "1900-02-28"),
        ("2000-02", "gYearMonth", "2000-02-01", "2000-02-29"),
        ("2021-12", "gYearMonth", "2021-12-01", "2021-12-31"),
        ("2022", "gYear", "2022-01-01", "2022-12-31"),
    ],
)
def test_bounds_by_hand(text: str, kind: str, first: str, last: str) -> None:
    expected = (date.fromisoformat(first), date.fromisoformat(last))
    assert bounds(typed(text, kind)) == expected


def test_29_february_without_year_is_a_day() -> None:
    assert bounds(typed("--02-29", "gMonthDay")) is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("2023-02-29", "date"),
        ("2024-02-31", "date"),
        ("1992-13-02", "date"),
        ("1992-00-02", "date"),
        ("1992-03-00", "date"),
        ("0000-01-01", "date"),
        ("2009-13", "gYearMonth"),
        ("2009-00", "gYearMonth"),
        ("0000", "gYear"),
        ("--02-30", "gMonthDay"),
        ("--13-01", "gMonthDay"),
    ],
)
def test_a_day_that_no_calendar_has(text: str, kind: str) -> None:
    with pytest.raises(DateError, match=f"the calendar has no day {text}"):
        bounds(typed(text, kind))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", "date"),
        ("2 наурыз 1992", "date"),
        ("1992-3-2", "date"),
        ("1992-03", "date"),
        ("1992-03-02Z", "date"),
        ("1992-03-02\n", "date"),
        ("19920302", "date"),
        ("-0044-03-15", "date"),
        ("\u0661\u0669\u0669\u0662-03-02", "date"),  # XML Schema has ASCII digits only
        ("1992-03-02", "gYearMonth"),
        ("92", "gYear"),
        ("08-29", "gMonthDay"),
        ("---29", "gMonthDay"),
        ("1992-03-02T00:00:00", "dateTime"),
        ("1992", "integer"),
        ("1992-03-02", "string"),
    ],
)
def test_a_wrong_form(text: str, kind: str) -> None:
    with pytest.raises(DateError, match="is no date"):
        bounds(typed(text, kind))


@pytest.mark.parametrize(
    ("relative", "expected"),
    [
        (KZUN["Now"], (ISSUE, ISSUE)),
        (KZUN["ThisYear"], (date(2024, 1, 1), date(2024, 12, 31))),
        (KZUN["UntilNow"], (None, ISSUE)),
        (KZUN["Future"], (ISSUE, None)),
        (KZUN["Year"], None),
    ],
)
def test_relative_times(
    relative: NamedNode, expected: tuple[date | None, date | None] | None
) -> None:
    assert resolve(relative, ISSUE) == expected


@given(days)
def test_this_year_is_the_year_as_a_date(issue: date) -> None:
    assert resolve(KZUN["ThisYear"], issue) == bounds(typed(f"{issue.year:04}", "gYear"))
