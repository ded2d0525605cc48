"""JSON-LD: write quads with the keys of a context; find our contexts without a network.

rdflib writes JSON-LD too, but in another order at each run, and the default graph as a named one.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

from kzun_graph import resources
from kzun_graph.errors import UnknownNameError
from kzun_graph.terms import BASE, TYPE, XSD

CONTEXT = f"{BASE}context.jsonld"
WEB_ANNOTATION = "http://www.w3.org/ns/anno.jsonld"

_SHIPPED = {CONTEXT: "kzun.jsonld", WEB_ANNOTATION: "anno.jsonld"}
_LOCAL = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*")
_NUMBER = re.compile(r"0|[1-9][0-9]{0,14}")  # longer ones a reader of doubles would round

Node = dict[str, Any]


def load_context(address: str) -> dict[str, Any]:
    """Return the context that stands at ``address``, from the shipped files: nothing is fetched.

    For the Web Annotation address it is our own short one: the terms that we use, with the names
    and IRIs of the W3C's. Source: JSON-LD 1.1, 3.1.

    Raises UnknownNameError: no shipped file for that address.

    >>> load_context("https://w3id.org/kzun/context.jsonld")["quote"]["@id"]
    'kzun:quote'
    """
    if address not in _SHIPPED:
        known = " or ".join(_SHIPPED)
        raise UnknownNameError(None, f"no context is shipped for {address!r}", f"use {known}")
    path = resources.root() / "ontology" / "context" / _SHIPPED[address]
    context: dict[str, Any] = json.loads(path.read_text("utf-8"))["@context"]
    return context


def document(quads: Iterable[Quad]) -> str:
    """Return ``quads``, in their order, as one JSON-LD document with its context inside.

    A claim is one object: what is said of it, and its named graph under ``@graph``. Source:
    JSON-LD 1.1, 4.9 (named graphs).
    """
    context = load_context(CONTEXT)
    compactor = Compactor(context)
    graphs: dict[object, dict[object, list[Quad]]] = {}
    for quad in quads:
        graphs.setdefault(quad.graph_name, {}).setdefault(quad.subject, []).append(quad)
    default = graphs.pop(DefaultGraph(), {})
    nodes = []
    for subject in sorted({*default, *graphs}, key=str):
        node = compactor.node(subject, default.get(subject, ()))
        if subject in graphs:
            node["@graph"] = [compactor.node(s, found) for s, found in graphs[subject].items()]
        nodes.append(node)
    return dumps({"@context": context, "@graph": nodes})


def dumps(value: object) -> str:
    """Return ``value`` as JSON, as all our JSON-LD is written."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


@dataclass(frozen=True)
class _Key:
    name: str
    coercion: str = ""
    languages: bool = False


class Compactor:
    """Writes nodes with the keys, prefixes and coercions of one context.

    It writes what the project's graphs hold: no lists, no values in other containers. ``nested``
    are nodes to be written where they are first pointed at. Source: JSON-LD 1.1, 4.2 and 4.6.
    """

    def __init__(
        self, context: Mapping[str, Any], nested: Mapping[object, Iterable[Quad]] | None = None
    ) -> None:
        self._nested = nested or {}
        self._language = context.get("@language")
        self._prefixes = {
            name: iri for name, iri in context.items() if isinstance(iri, str) and "://" in iri
        }
        self._keys: dict[str, _Key] = {}
        for name, value in context.items():
            if name not in self._prefixes and not name.startswith("@"):
                definition = value if isinstance(value, dict) else {"@id": value}
                key = _Key(name, definition.get("@type", ""), "@container" in definition)
                self._keys[self._full(definition["@id"])] = key

    def node(self, subject: object, quads: Iterable[Quad]) -> Node:
        """Return ``subject`` with ``quads``, all of them about it, as a JSON object."""
        found: dict[object, list[Any]] = {}
        for quad in quads:
            found.setdefault(quad.predicate, []).append(quad.object)
        node: Node = {self._key("@id").name: self._reference(subject)}
        types = [self._name(kind) for kind in found.pop(TYPE, ())]
        if types:
            node[self._key("@type").name] = types[0] if len(types) == 1 else types
        for predicate, values in found.items():
            assert isinstance(predicate, NamedNode)
            key = self._key(predicate.value)
            node[key.name] = self._values(key, values)
        return node

    def _key(self, iri: str) -> _Key:
        return self._keys.get(iri) or _Key(self._short(iri))

    def _name(self, term: object) -> str:
        """Return a class or another word of the vocabulary: its key, else as a reference."""
        iri = self._reference(term, short=False)
        return self._key(iri).name

    def _reference(self, node: object, *, short: bool = True) -> str:
        if isinstance(node, BlankNode):
            return f"_:{node.value}"
        assert isinstance(node, NamedNode)
        return self._short(node.value) if short else node.value

    def _short(self, iri: str) -> str:
        for prefix, start in self._prefixes.items():
            if iri.startswith(start) and _LOCAL.fullmatch(iri, len(start)):
                return f"{prefix}:{iri[len(start) :]}"
        return iri

    def _full(self, name: str) -> str:
        prefix, _, local = name.partition(":")
        return self._prefixes[prefix] + local if prefix in self._prefixes else name

    def _values(self, key: _Key, values: list[Any]) -> Any:  # noqa: ANN401 (JSON)
        if key.languages and all(isinstance(v, Literal) and v.language for v in values):
            languages: dict[str, Any] = {}
            for language in sorted({v.language for v in values}):
                texts = [v.value for v in values if v.language == language]
                languages[language] = texts[0] if len(texts) == 1 else texts
            return languages
        found = [self._value(key, value) for value in values]
        # under a language map's key, a lone object would be read as a language map
        return found[0] if len(found) == 1 and not key.languages else found

    def _value(self, key: _Key, value: object) -> object:
        if isinstance(value, Literal):
            return self._literal(key, value)
        if value in self._nested:
            return self.node(value, self._nested[value])
        if key.coercion == "@vocab":
            return self._name(value)
        reference = self._reference(value)
        return reference if key.coercion == "@id" else {self._key("@id").name: reference}

    def _literal(self, key: _Key, literal: Literal) -> object:
        text = literal.value
        if literal.language:
            plain = literal.language == self._language and not key.coercion
            return text if plain else {"@language": literal.language, "@value": text}
        datatype = self._short(literal.datatype.value)
        native = bool(_NUMBER.fullmatch(text))
        if key.coercion == datatype:
            return int(text) if native else text
        if literal.datatype == XSD["string"]:
            return {"@value": text} if key.coercion or self._language else text
        if literal.datatype == XSD["integer"] and native and not key.coercion:
            return int(text)
        return {"@type": datatype, "@value": text}
