"""Names: when two labels are the same name, and what our things are called and are."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kzun_graph.terms import RDFS, SKOS, TYPE

LANGUAGES = ("kk", "ru", "en")
# "mul" is Wikidata's label for all languages; the others are spellings of our three.
WIKIDATA_TAGS = {
    "kk": ("kk", "kk-cyrl", "kk-kz"),
    "ru": ("ru",),
    "en": ("en", "en-gb", "en-ca", "en-us"),
    "": ("mul",),
}
_LABELS = (SKOS["prefLabel"], SKOS["altLabel"], RDFS["label"])
_QUOTES = str.maketrans(dict.fromkeys("’‘ʼ`´′", "'") | dict.fromkeys("“”„«»″", '"') | {"ё": "е"})
_DASHES = re.compile(r"[‐‑‒–—−-]+")


def same(text: str) -> str:
    """Return what is equal for two spellings of one name.

    Case, Unicode composition, kinds of quotes, dashes and spaces, and Russian ё do not count.

    >>> same("Кот-д’Ивуар") == same("кот–д'ивуар"), same("Semey") == same("Semei")
    (True, False)
    """
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
    return " ".join(_DASHES.sub("-", folded.translate(_QUOTES)).split())


def our_language(tag: str) -> str | None:
    """Return kk, ru or en for a language tag of a label, "" for one of all languages, else None."""
    return next((ours for ours, tags in WIKIDATA_TAGS.items() if tag.lower() in tags), None)


def agreeing(ours: Iterable[Literal], theirs: Iterable[Literal]) -> tuple[str, ...]:
    """Return the languages, in the order kk, ru, en, in which one of our names is one of theirs."""
    known: dict[str, set[str]] = {}
    for label in theirs:
        language = our_language(label.language or "")
        if language is not None:
            known.setdefault(language, set()).add(same(label.value))
    found = {
        name.language
        for name in ours
        for language in (name.language or "", "")
        if same(name.value) in known.get(language, set())
    }
    return tuple(language for language in LANGUAGES if language in found)


def spellings(name: Literal) -> set[Literal]:
    """Return the literals to look for where only exact ones are found.

    With either apostrophe, the first letter large or small, in the language and for all languages.

    >>> sorted(str(found) for found in spellings(Literal("ООН", language="ru")))
    ['"ООН"@mul', '"ООН"@ru', '"оОН"@mul', '"оОН"@ru']
    """
    texts = {name.value, name.value.replace("'", "’"), name.value.replace("’", "'")}
    texts |= {text[:1].upper() + text[1:] for text in texts}
    texts |= {text[:1].lower() + text[1:] for text in texts}
    tags = {name.language or "en", "mul"} | ({"kk-cyrl"} if name.language == "kk" else set())
    return {Literal(text, language=tag) for text in texts for tag in tags}


@dataclass(frozen=True)
class Ours:
    """What our entities and terms are called, what they are, and what is said of them.

    ``kinds`` holds all classes, ``own_kinds`` those that the files state themselves.
    """

    names: dict[NamedNode, list[Literal]] = field(default_factory=dict)
    kinds: dict[NamedNode, set[NamedNode]] = field(default_factory=dict)
    own_kinds: dict[NamedNode, set[NamedNode]] = field(default_factory=dict)
    facts: dict[NamedNode, list[Quad]] = field(default_factory=dict)

    @classmethod
    def of(cls, stated: Iterable[Quad], derived: Iterable[Quad] = ()) -> "Ours":
        """Return what the default graph says; misspellings (hidden labels) are no names."""
        found = cls()
        for own, quads in ((True, stated), (False, derived)):
            for quad in quads:
                if quad.graph_name == DefaultGraph() and isinstance(quad.subject, NamedNode):
                    found._add(quad, own)
        return found

    def _add(self, quad: Quad, own: bool) -> None:
        node, value = quad.subject, quad.object
        if not isinstance(node, NamedNode):
            return
        if quad.predicate == TYPE and isinstance(value, NamedNode):
            self.kinds.setdefault(node, set()).add(value)
            if own:
                self.own_kinds.setdefault(node, set()).add(value)
        elif quad.predicate in _LABELS and isinstance(value, Literal):
            known = self.names.setdefault(node, [])
            if value.language in LANGUAGES and value not in known:
                known.append(value)
        else:
            self.facts.setdefault(node, []).append(quad)
