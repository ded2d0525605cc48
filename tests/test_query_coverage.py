"""Coverage: each class and property of our own serves a stored question, or has a reason not to."""

from collections.abc import Iterable

import pyoxigraph

from kzun_graph.queries import names, stored_query
from kzun_graph.resources import root
from kzun_graph.terms import KZUN, OWL, TYPE
from kzun_graph.tokens import code

UNASKED: dict[str, str] = {}  # a term that no question asks for: why not
KINDS = {OWL[kind] for kind in ("Class", "ObjectProperty", "DatatypeProperty")}


def own_terms() -> set[str]:
    quads = pyoxigraph.parse(path=str(root() / "ontology" / "kzun.ttl"))
    return {
        quad.subject.value.removeprefix(KZUN.iri)
        for quad in quads
        if quad.predicate == TYPE
        and quad.object in KINDS
        and isinstance(quad.subject, pyoxigraph.NamedNode)
        and quad.subject in KZUN
    }


def asked(texts: Iterable[str]) -> set[str]:
    words = (token.text for text in texts for token in code(text) if token.kind == "word")
    return {word.removeprefix("kzun:") for word in words if word.startswith("kzun:")}


def test_each_own_class_and_property_is_asked_for_or_has_a_reason() -> None:
    own = own_terms()
    assert len(own) > 100
    assert own - asked(stored_query(name).text for name in names()) == set(UNASKED)


def test_a_header_a_comment_or_a_string_asks_for_nothing() -> None:
    text = '#+ title: kzun:a\n# kzun:b\nSELECT ("kzun:c" AS ?c) WHERE { ?x a kzun:Event }'
    assert asked([text]) == {"Event"}
