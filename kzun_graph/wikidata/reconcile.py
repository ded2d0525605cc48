"""Reconcile: ask a service of the W3C Reconciliation Service API, version 0.2.

Source: https://reconciliation-api.github.io/specs/0.2/ (a report of the W3C community group
"Entity Reconciliation"): a manifest, batches of queries, and the extension service for values.
"""

import json
import re
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from typing import Any, cast
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from pyoxigraph import Literal, NamedNode

from kzun_graph.protocol.cache import Cache
from kzun_graph.protocol.fetch import USER_AGENT, Fetcher, Manners, Response, not_a_result
from kzun_graph.results import Term
from kzun_graph.terms import WD, XSD
from kzun_graph.wikidata.names import LANGUAGES

_SPACES = ("http://www.wikidata.org/entity/", "https://www.wikidata.org/entity/")
_ITEM = re.compile(r"Q[1-9]\d*")
_BATCH = 10
_LIMIT = 5


class Service:
    """A reconciliation service for Wikidata's items."""

    knows_superclasses = False

    def __init__(
        self, address: str, manners: Manners | None = None, cache: Cache | None = None
    ) -> None:
        """Take the service's address. Raises EndpointError: it is no http address."""
        self.address = address
        self._fetcher = Fetcher(address, manners, cache)
        self._types: dict[NamedNode, set[NamedNode]] = {}

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """What the service says of itself.

        Raises EndpointError: it is no such service, or it names other things than Wikidata's items.
        """
        found = self._json("", _is_manifest)
        space = found.get("identifierSpace")
        if space not in _SPACES:
            what = f"the service names things of {space!r}, not Wikidata's items"
            raise self._fetcher.error(what, "give the address of a service for Wikidata")
        return found

    @property
    def extends(self) -> bool:
        """Whether the service also tells the values of properties."""
        return "extend" in self.manifest

    def candidates(
        self, names: Mapping[NamedNode, Sequence[Literal]]
    ) -> dict[NamedNode, dict[NamedNode, list[Literal]]]:
        """Return the items that the service offers for each entity, with their names there.

        The first name of each language is asked for. A name that comes back has no language tag of
        ours: it is what the service calls the item. Its scores and its "match" decide nothing.
        """
        _ = self.manifest
        asked = [(node, name) for node in names for name in _first_names(names[node])]
        found: dict[NamedNode, dict[NamedNode, list[Literal]]] = {}
        for start in range(0, len(asked), _BATCH):
            batch = {f"q{i}": pair for i, pair in enumerate(asked[start : start + _BATCH])}
            queries = {k: {"query": n.value, "limit": _LIMIT} for k, (_, n) in batch.items()}
            answer = self._json(_form("queries", queries), lambda a, b=batch: _are_results(a, b))
            for key, (node, _) in batch.items():
                for result in answer[key]["result"]:
                    self._take(found.setdefault(node, {}), result)
        return found

    def classes(self, items: Collection[NamedNode]) -> dict[NamedNode, set[NamedNode]]:
        """Return the classes of items: those that came with candidates, else P31's values."""
        unknown = {item for item in items if item not in self._types}
        for item, values in self.values(unknown, ("P31",)).items():
            self._types[item] = {v for v in values["P31"] if isinstance(v, NamedNode)}
        return {item: self._types[item] for item in items if item in self._types}

    def under(
        self, items: Collection[NamedNode], classes: Collection[NamedNode]
    ) -> dict[NamedNode, set[NamedNode]]:
        """Return of which of ``classes`` each item is directly one: no superclasses here."""
        wanted = set(classes)
        return {item: found & wanted for item, found in self.classes(items).items()}

    def values(
        self, items: Collection[NamedNode], properties: Collection[str]
    ) -> dict[NamedNode, dict[str, set[Term]]]:
        """Return the values of properties; nothing where the service does not extend data."""
        if not items or not properties or not self.extends:
            return {}
        ids = sorted(item.value.removeprefix(WD.iri) for item in items)
        asked = {"ids": ids, "properties": [{"id": name} for name in sorted(properties)]}
        rows = self._json(_form("extend", asked), _has_rows)["rows"]
        return {
            WD[item]: {
                name: {_term(cell) for cell in row.get(name, []) if cell} for name in properties
            }
            for item, row in rows.items()
            if item in ids
        }

    def _take(self, found: dict[NamedNode, list[Literal]], result: dict[str, Any]) -> None:
        item = _item(result["id"])
        if item is None:
            return
        name = Literal(str(result["name"]), language="mul")
        if name not in found.setdefault(item, []):
            found[item].append(name)
        types = result.get("type") or []
        kinds = [_item(kind["id"] if isinstance(kind, dict) else kind) for kind in types]
        if kinds:
            self._types[item] = {kind for kind in kinds if kind}

    def _json(self, body: str, fits: Any) -> dict[str, Any]:  # noqa: ANN401 (a predicate)
        """Return the answer to a POST of ``body``, or to a GET without one, where it ``fits``."""

        def send() -> Response:
            headers = {"User-Agent": USER_AGENT, "Accept": "application/json"}
            data = body.encode() if body else None
            request = Request(self.address, data, headers)  # noqa: S310 (http: see Fetcher)
            limit = self._fetcher.manners.timeout
            return cast(Response, urlopen(request, timeout=limit))  # noqa: S310

        def read(data: bytes) -> dict[str, Any]:
            try:
                found = json.loads(data)
                json.dumps(found, ensure_ascii=False).encode()  # half a surrogate pair is no text
            except (ValueError, RecursionError):
                remedy = "check that the address is a reconciliation service's"
                raise self._fetcher.error(not_a_result(data), remedy) from None
            if not isinstance(found, dict) or not fits(found):
                said = found.get("message") if isinstance(found, dict) else None
                what = "answered with JSON that is no reconciliation result"
                what += f" ({' '.join(str(said).split())[:120]})" if said else ""
                remedy = "check that the address is a service of version 0.2"
                raise self._fetcher.error(what, remedy)
            return found

        return self._fetcher.fetch(body, send, read)


def _form(name: str, value: object) -> str:
    return urlencode({name: json.dumps(value, ensure_ascii=False)})


def _first_names(names: Sequence[Literal]) -> list[Literal]:
    """Return the first name of each language; the same word in two languages once."""
    found: dict[str, Literal] = {}
    for language in LANGUAGES:
        name = next((name for name in names if name.language == language), None)
        if name is not None:
            found.setdefault(name.value, name)
    return list(found.values())


def _is_manifest(answer: dict[str, Any]) -> bool:
    return isinstance(answer.get("identifierSpace"), str) and isinstance(answer.get("name"), str)


def _are_results(answer: dict[str, Any], asked: Collection[str]) -> bool:
    """Tell whether there is a list of candidates with id and name for everything that was asked."""
    try:
        return all(
            isinstance(result["id"], str)
            and isinstance(result["name"], str)
            and all(isinstance(kind, str) or "id" in kind for kind in result.get("type") or [])
            for key in asked
            for result in answer[key]["result"]
        )
    except (KeyError, TypeError):
        return False


def _has_rows(answer: dict[str, Any]) -> bool:
    rows = answer.get("rows")
    return isinstance(rows, dict) and all(isinstance(row, dict) for row in rows.values())


def _item(name: object) -> NamedNode | None:
    """Return the item that an id such as "Q232" names, or None: it names something else."""
    return WD[name] if isinstance(name, str) and _ITEM.fullmatch(name) else None


def _term(cell: dict[str, Any]) -> Term:
    """Return the value of a cell. Source: the API's section on data extension responses."""
    if "id" in cell:
        return _item(cell["id"]) or Literal(str(cell["id"]))
    if "date" in cell:
        return Literal(str(cell["date"]), datatype=XSD["dateTime"])
    return Literal(str(next(iter(cell.values()))))
