"""Errors: one family, each with the place, what is wrong and what to do."""

from kzun_graph.text import Place


class KzunError(Exception):
    """Something that stops the work; ``str()`` is the one line that a user reads.

    ``place`` is where it is wrong (None: nowhere in a file), ``what`` says what is wrong,
    ``remedy`` what to do about it.

    >>> str(KzunError(Place("p01.trig", 3), "no such prefix 'x'", "declare it"))
    "p01.trig:3: no such prefix 'x': declare it"
    """

    def __init__(self, place: Place | None, what: str, remedy: str) -> None:
        self.place = place
        self.what = what
        self.remedy = remedy
        start = f"{place}: " if place else ""
        super().__init__(f"{start}{what}: {remedy}")


class SourceError(KzunError):
    """A source file cannot be read: its encoding, its line ends or its syntax."""


class GroundingError(KzunError):
    """A quote is empty, absent from the article, or stands in it more than once."""


class DateError(KzunError):
    """A date that no calendar has, or a datatype that is no date."""


class QueryError(KzunError):
    """A query, its header, its parameters or their values are wrong."""


class UnknownNameError(KzunError):
    """A name that nothing in the dataset, or no stored query, has."""


class OutputError(KzunError):
    """The result cannot be written."""


class EndpointError(KzunError):
    """A server cannot be reached, or what it answers is no result."""
