"""Header: the YAML that stands in the ``#+`` comments of a ``.rq`` file."""

from collections.abc import Iterable
from typing import Any

import yaml

from kzun_graph.errors import QueryError
from kzun_graph.text import Place


def read_header(text: str, place: Place) -> dict[str, Any]:
    """Return the header of a query's text.

    Source: the convention of grlc. Raises QueryError: it is no YAML mapping.
    """
    lines = [line[2:] for line in text.splitlines() if line.startswith("#+")]
    try:
        found = yaml.safe_load("\n".join(lines))
    except yaml.YAMLError as error:
        what = f"header is no YAML ({str(error).splitlines()[0]})"
        raise QueryError(place, what, "mend the lines that start with '#+'") from None
    if not isinstance(found, dict):
        raise QueryError(place, "header is no mapping", "start the file with '#+ title:' …")
    return found


def require(
    found: object, keys: Iterable[str], place: Place, what: str, optional: Iterable[str] = ()
) -> None:
    """Check that ``found`` is a mapping with exactly ``keys``, none of them empty.

    Raises QueryError: an unknown, missing or empty key; ``what`` names the mapping.
    """
    keys = set(keys)
    if not isinstance(found, dict):
        raise QueryError(place, f"{what} is no mapping", f"give {', '.join(sorted(keys))}")
    unknown = sorted(str(key) for key in set(found) - keys)
    missing = sorted(keys - set(found) - set(optional))
    empty = sorted(key for key, value in found.items() if value in (None, "", [], {}))
    if unknown:
        raise QueryError(place, f"{what} has the unknown key {unknown[0]!r}", "remove it")
    if missing:
        raise QueryError(place, f"{what} lacks the key {missing[0]!r}", "add it")
    if empty:
        raise QueryError(place, f"{what} has nothing under {empty[0]!r}", "fill it")
