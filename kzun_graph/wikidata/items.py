"""Items: what a Wikidata-shaped SPARQL endpoint says of items and properties, in batches.

Source: the RDF of Wikibase (mediawiki.org, Wikibase/Indexing/RDF Dump Format): labels are
``rdfs:label`` and ``skos:altLabel``, the statements of the best rank ``wdt:``, a redirect is
``wd:Qold owl:sameAs wd:Qnew`` and all that is left of the old item; of a deleted one nothing is.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from pyoxigraph import Literal, NamedNode

from kzun_graph.protocol.endpoint import Endpoint
from kzun_graph.results import Term
from kzun_graph.terms import OWL, RDFS, SKOS, WD, Namespace
from kzun_graph.wikidata.names import WIKIDATA_TAGS, agreeing, spellings

WDT = Namespace("wdt", "http://www.wikidata.org/prop/direct/")
_PREFIXES = "".join(f"PREFIX {n.prefix}: <{n.iri}>\n" for n in (OWL, RDFS, SKOS, WD, WDT))
_TAGS = ", ".join(f'"{tag}"' for tags in WIKIDATA_TAGS.values() for tag in tags)
_HOPS = 5
_NAMES = 200  # in one question, which then goes by POST
_MANY = 500

Node = TypeVar("Node", NamedNode, Literal)


class Items:
    """Asks ``endpoint`` in batches of ``batch`` items; each question is plain SPARQL 1.1."""

    knows_superclasses = True

    def __init__(self, endpoint: Endpoint, batch: int = 50) -> None:
        self.endpoint = endpoint
        self._batch = batch

    def known(self, items: Collection[NamedNode]) -> set[NamedNode]:
        """Return those of ``items`` that the endpoint says anything of, redirects too."""
        return {item for item, _ in self._pairs(items, "?item ?p ?value", "?item", "?item")}

    def redirects(self, items: Collection[NamedNode]) -> dict[NamedNode, NamedNode]:
        """Return where those of ``items`` that redirect lead, over several redirects if need be."""
        found: dict[NamedNode, NamedNode] = {}
        asked = set(items)
        for _ in range(_HOPS):
            new = {
                item: target
                for item, target in self._pairs(asked, "?item owl:sameAs ?value")
                if isinstance(target, NamedNode) and target in WD
            }
            asked = set(new.values()) - found.keys() - new.keys()
            found |= new
            if not asked:
                break
        return {item: _end(item, found) for item in items if item in found}

    def labels(self, items: Collection[NamedNode]) -> dict[NamedNode, list[Literal]]:
        """Return labels and other names in kk, ru and en, labels first."""
        found: dict[NamedNode, list[Literal]] = {}
        for path in ("rdfs:label", "skos:altLabel"):
            pattern = f"?item {path} ?value . FILTER(LANG(?value) IN ({_TAGS}))"
            for item, label in self._pairs(items, pattern):
                if isinstance(label, Literal):
                    found.setdefault(item, []).append(label)
        return found

    def under(
        self, items: Collection[NamedNode], classes: Collection[NamedNode]
    ) -> dict[NamedNode, set[NamedNode]]:
        """Return of which of ``classes`` each item is an instance (P31, then P279*)."""
        rows = " ".join(str(c) for c in sorted(classes, key=str))
        pattern = f"VALUES ?value {{ {rows} }} ?item wdt:P31/wdt:P279* ?value"
        return _grouped(self._pairs(items, pattern)) if classes else {}

    def classes(self, items: Collection[NamedNode]) -> dict[NamedNode, set[NamedNode]]:
        """Return the direct classes (P31) of each item."""
        return _grouped(self._pairs(items, "?item wdt:P31 ?value"))

    def classified(self, items: Collection[NamedNode]) -> set[NamedNode]:
        """Return the items of which it is said what they are, or what they are a kind of."""
        return {item for item, _ in self._pairs(items, "?item wdt:P31|wdt:P279 ?value")}

    def values(
        self, items: Collection[NamedNode], properties: Collection[str]
    ) -> dict[NamedNode, dict[str, set[Term]]]:
        """Return the values that the best-ranked statements give, by property ("P17")."""
        found: dict[NamedNode, dict[str, set[Term]]] = {}
        for name in sorted(properties):
            for item, value in self._pairs(items, f"?item wdt:{name} ?value"):
                found.setdefault(item, {}).setdefault(name, set()).add(value)
        return found

    def candidates(
        self, names: Mapping[NamedNode, Sequence[Literal]]
    ) -> dict[NamedNode, dict[NamedNode, list[Literal]]]:
        """Return the items that share a name with each entity, with all their names.

        The endpoint is asked for exact literals, in the spellings that :func:`spellings` knows:
        plain SPARQL has no index for anything looser.
        """
        wanted = {form for found in names.values() for name in found for form in spellings(name)}
        labels = self.labels(self._named(wanted))
        found: dict[NamedNode, dict[NamedNode, list[Literal]]] = {}
        for node, ours in names.items():
            for item, theirs in labels.items():
                if agreeing(ours, theirs):
                    found.setdefault(node, {})[item] = theirs
        return found

    def _named(self, names: Collection[Literal]) -> set[NamedNode]:
        """Return the items that have exactly one of ``names`` as label or other name.

        Raises EndpointError: as always, and when more answer than anybody could look through.
        """
        found: set[NamedNode] = set()
        for batch in _batches(sorted(names, key=str), _NAMES):
            rows = " ".join(map(str, batch))
            where = " UNION ".join(
                f"{{ VALUES ?name {{ {rows} }} ?item {path} ?name }}"
                for path in ("rdfs:label", "skos:altLabel")
            )
            query = f"{_PREFIXES}SELECT DISTINCT ?item WHERE {{ {where} }} LIMIT {_MANY}"
            answer = self.endpoint.select(query)
            if len(answer) == _MANY:
                what = f"{_MANY} or more items have one of {len(batch)} names"
                raise self.endpoint.error(what, "ask for one entity at a time")
            items = (row.get("item") for row in answer)
            found |= {item for item in items if isinstance(item, NamedNode) and is_item(item)}
        return found

    def shaped(self) -> bool:
        """Tell whether anything here is an instance of anything, as in Wikidata."""
        return self.endpoint.ask(f"{_PREFIXES}ASK {{ ?item wdt:P31 ?class }}")

    def _pairs(
        self,
        items: Iterable[NamedNode],
        pattern: str,
        variables: str = "?item ?value",
        value: str = "?value",
    ) -> Iterator[tuple[NamedNode, Term]]:
        """Yield what ``pattern`` binds, in a fixed order."""
        name = value.removeprefix("?")
        for batch in _batches(sorted(set(items), key=str), self._batch):
            rows = " ".join(map(str, batch))
            where = f"VALUES ?item {{ {rows} }} {pattern}"
            query = f"{_PREFIXES}SELECT DISTINCT {variables} WHERE {{ {where} }}"
            for row in sorted(
                self.endpoint.select(query), key=lambda row: sorted(map(str, row.values()))
            ):
                item = row.get("item")
                if isinstance(item, NamedNode) and name in row:
                    yield item, row[name]


def is_item(node: NamedNode) -> bool:
    """Tell whether ``node`` is a Wikidata item, not a property, lexeme or statement."""
    number = node.value.removeprefix(WD.iri + "Q")
    return number != node.value and number.isdecimal()


def _end(item: NamedNode, redirects: Mapping[NamedNode, NamedNode]) -> NamedNode:
    """Return where a chain of redirects ends; a circle ends where it began to turn."""
    seen = {item}
    while (following := redirects.get(item)) is not None and following not in seen:
        seen.add(following)
        item = following
    return item


def _grouped(pairs: Iterable[tuple[NamedNode, Term]]) -> dict[NamedNode, set[NamedNode]]:
    found: dict[NamedNode, set[NamedNode]] = {}
    for item, value in pairs:
        if isinstance(value, NamedNode):
            found.setdefault(item, set()).add(value)
    return found


def _batches(nodes: list[Node], size: int) -> Iterator[list[Node]]:
    for start in range(0, len(nodes), size):
        yield nodes[start : start + size]
