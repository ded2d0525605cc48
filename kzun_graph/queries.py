"""Stored queries: read their headers, list them, and put values in place of their defaults."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, cast

from pyoxigraph import Literal, NamedNode

from kzun_graph import resources
from kzun_graph.errors import QueryError, UnknownNameError
from kzun_graph.messages import LANGUAGES
from kzun_graph.terms import XSD, expand
from kzun_graph.text import Place
from kzun_graph.tokens import values_rows
from kzun_graph.viewnames import VIEWS

_HEADER_KEYS = {"title", "description", "tags", "views", "params"}
_PARAM_KEYS = {"type", "label", "example"}
_VIEWS_LINE = re.compile(r"^#\+ views: \[(.*)\]$", re.MULTILINE)


@dataclass(frozen=True)
class Parameter:
    """A parameter of a stored query; ``label`` says in each language what it is."""

    name: str
    type: str
    label: Mapping[str, str]
    example: str
    default: str


@dataclass(frozen=True)
class StoredQuery:
    """A ``.rq`` file: ``name`` is its path below ``queries/`` without the ending.

    Its header is read when it is asked for; then QueryError is raised where it is wrong: no YAML, a
    missing or unknown key, a language missing, or a parameter without its VALUES row.
    """

    name: str
    text: str
    place: Place

    @property
    def theme(self) -> str:
        """The folder that the query lies in."""
        return self.name.rpartition("/")[0]

    @cached_property
    def _header(self) -> dict[str, Any]:
        from kzun_graph.header import read_header, require  # YAML is slow to import

        header = read_header(self.text, self.place)
        optional = ("params", "tags", "views")
        require(header, _HEADER_KEYS, self.place, "header", optional)
        for key in ("title", "description"):
            require(header[key], LANGUAGES, self.place, key)
        for name, settings in header.setdefault("params", {}).items():
            require(settings, _PARAM_KEYS, self.place, f"parameter {name!r}")
            require(settings["label"], LANGUAGES, self.place, f"label of {name!r}")
        return header

    @property
    def title(self) -> Mapping[str, str]:
        """The question, in each language."""
        return cast(Mapping[str, str], self._header["title"])

    @property
    def description(self) -> Mapping[str, str]:
        """What the answer holds, in each language."""
        return cast(Mapping[str, str], self._header["description"])

    @property
    def tags(self) -> tuple[str, ...]:
        """Words to group queries by."""
        return tuple(self._header.get("tags", ()))

    @property
    def views(self) -> tuple[str, ...]:
        """The views that the question is for, the usual one first; needs no header.

        Without a line ``#+ views: [...]`` it is for all of them, and usually for the article.
        """
        line = _VIEWS_LINE.search(self.text)
        return tuple(name.strip() for name in line[1].split(",")) if line else VIEWS

    def view(self, wanted: str | None) -> str:
        """Return the view to ask: ``wanted``, or the usual one.

        Raises QueryError: the question is not for the view ``wanted``.
        """
        if wanted is None:
            return self.views[0]
        if wanted not in self.views:
            what = f"{self.name} asks for what the view {wanted} does not hold"
            raise QueryError(None, what, f"use the view {' or '.join(self.views)}")
        return wanted

    @cached_property
    def parameters(self) -> Mapping[str, Parameter]:
        """The parameters by name."""
        return {
            name: _parameter(name, settings, self.text, self.place)
            for name, settings in self._header["params"].items()
        }

    def takes(self, parameter: str) -> bool:
        """Tell whether a VALUES row holds ``parameter``; needs no header."""
        return bool(values_rows(self.text, parameter))


def names() -> list[str]:
    """Return the names of all stored queries, sorted."""
    folder = resources.root() / "queries"
    paths = resources.files("queries", "*.rq")
    return [path.relative_to(folder).with_suffix("").as_posix() for path in paths]


def stored_queries() -> list[StoredQuery]:
    """Return all stored queries, sorted by name."""
    return [_stored(name) for name in names()]


def matching(words: str) -> list[StoredQuery]:
    """Return the stored queries whose name, title, description or tags hold all of ``words``.

    Case does not matter, nor does the language: ``мандат`` finds a query by its Kazakh title.
    """
    wanted = words.casefold().split()
    found = []
    for query in stored_queries():
        texts = (query.name, *query.title.values(), *query.description.values(), *query.tags)
        text = " ".join(texts).casefold()
        if all(word in text for word in wanted):
            found.append(query)
    return found


def stored_query(name: str) -> StoredQuery:
    """Return a stored query by its name, or by the last part of it where that is unique.

    Raises UnknownNameError: none or several have that name.
    """
    known = names()
    fitting = [n for n in known if name in (n, _last(n))]
    if len(fitting) != 1:
        import difflib  # only for a wrong name: it is slow to import

        near = fitting or difflib.get_close_matches(name, known + [_last(n) for n in known])
        hint = f"did you mean {', '.join(near)}?" if near else "'kzun query' lists them all"
        raise UnknownNameError(None, f"there is no stored query {name!r}", hint)
    return _stored(fitting[0])


def _stored(name: str) -> StoredQuery:
    return read_query(resources.root() / "queries" / f"{name}.rq", name)


def _last(name: str) -> str:
    return name.rpartition("/")[2]


def read_query(path: Path, name: str) -> StoredQuery:
    """Return the stored query in ``path``."""
    return StoredQuery(name, path.read_text("utf-8"), Place(resources.shown(path)))


def _parameter(name: str, settings: Mapping[str, Any], text: str, place: Place) -> Parameter:
    if settings["type"] not in TYPES:
        what = f"parameter {name!r} has the unknown type {settings['type']!r}"
        raise QueryError(place, what, f"use one of {', '.join(TYPES)}")
    rows = values_rows(text, name)
    if not rows:
        remedy = f"add VALUES ?{name} {{ its default }}"
        raise QueryError(place, f"parameter {name!r} has no row", remedy)
    default = text[slice(*rows[0])].strip()
    return Parameter(name, settings["type"], settings["label"], str(settings["example"]), default)


def bind(query: StoredQuery, values: Mapping[str, str]) -> str:
    """Return the query's text with ``values`` in place of the defaults in its VALUES rows.

    Raises QueryError: an unknown parameter, or a value that is not of its type.
    """
    text = query.text
    for name, value in values.items():
        parameter = query.parameters.get(name)
        if not parameter:
            known = ", ".join(query.parameters) or "none"
            what = f"{query.name} has no parameter {name!r}"
            raise QueryError(None, what, f"its parameters: {known}")
        term = str(TYPES[parameter.type](value, name))
        for start, end in reversed(values_rows(text, name)):
            text = f"{text[:start]} {term} {text[end:]}"
    return text


def _iri(value: str, name: str) -> NamedNode:
    node = expand(value)
    if node is None:
        what = f"{value!r} is no IRI for {name!r}"
        raise QueryError(None, what, "write one such as id:kazakhstan")
    return node


def _date(value: str, name: str) -> Literal:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise QueryError(None, f"{value!r} is no day for {name!r}", "write YYYY-MM-DD") from None
    return Literal(day.isoformat(), datatype=XSD["date"])


def _integer(value: str, name: str) -> Literal:
    if not re.fullmatch(r"[+-]?[0-9]{1,18}", value):
        raise QueryError(
            None, f"{value!r} is no whole number for {name!r}", "write up to 18 digits"
        )
    return Literal(str(int(value)), datatype=XSD["integer"])


def _language(value: str, name: str) -> Literal:
    if value not in LANGUAGES:
        remedy = f"use one of {', '.join(LANGUAGES)}"
        raise QueryError(None, f"{value!r} is no language for {name!r}", remedy)
    return Literal(value)


def _string(value: str, name: str) -> Literal:  # noqa: ARG001 (all readers take the name)
    return Literal(value)


TYPES: dict[str, Callable[[str, str], NamedNode | Literal]] = {
    "iri": _iri,
    "date": _date,
    "integer": _integer,
    "lang": _language,
    "string": _string,
}
