"""Ground claims and mentions: find the exact words of the article that make them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Quad

from kzun_graph.article import TEXT_FILE, Article, Segment
from kzun_graph.errors import GroundingError
from kzun_graph.reader import Located
from kzun_graph.terms import KZUN, OA, curie
from kzun_graph.text import Place, Span

_NUMBERED = re.compile(r"p(\d\d)-m?\d\d")
_WORDS = (KZUN["quote"], KZUN["form"])
_CONTEXT = (OA["prefix"], OA["suffix"])


@dataclass(frozen=True)
class Grounded:
    """Words of the article and where they stand: ``node`` is the claim or the mention."""

    node: NamedNode
    words: Literal
    span: Span
    paragraph: Segment


class Ungrounded(NamedTuple):
    """A quote or form that the article lacks, or has more than once, and what to do about it."""

    quad: Quad
    error: GroundingError


def find(quote: str, text: str, place: Place, prefix: str = "", suffix: str = "") -> Span:
    """Return where the only occurrence of ``quote`` in ``text`` stands.

    Units: Unicode code points, half-open. Source: Web Annotation Data Model, 4.2.5. No folding: a
    Latin "c" inside a Kazakh word stays one. ``prefix`` and ``suffix`` are what stands right before
    and after an ambiguous quote; ``place`` is where the quote is written.

    >>> find("орта держава", "беделді орта держава", Place("p01.trig", 3))
    Span(start=8, end=20)

    Raises GroundingError: the quote is empty, absent or ambiguous.
    """
    whole = prefix + quote + suffix
    start = text.find(whole) if quote else -1
    if start < 0:
        what = f"quote {quote!r} is not in its paragraph of the article"
        raise GroundingError(place, what, f"copy the words from {TEXT_FILE}")
    if text.find(whole, start + 1) >= 0:
        what = f"quote {quote!r} stands more than once in its paragraph"
        remedy = "lengthen it, or give oa:prefix or oa:suffix, the words right before or after it"
        raise GroundingError(place, what, remedy)
    start += len(prefix)
    return Span(start, start + len(quote))


def ground(located: Iterable[Located], article: Article) -> tuple[list[Grounded], list[Ungrounded]]:
    """Return the grounded quotes of claims and forms of mentions, and what has no ground.

    Words are looked for in the paragraph that the number of their claim or mention names
    (``claim:p03-04``, ``annotation:p03-m04``: 3).
    """
    located = list(located)
    contexts = {
        (quad.subject, quad.predicate): quad.object.value
        for quad, _ in located
        if quad.predicate in _CONTEXT and isinstance(quad.object, Literal)
    }
    grounded = []
    ungrounded = []
    for quad, place in located:
        node, words = quad.subject, quad.object
        if quad.predicate not in _WORDS or not isinstance(node, NamedNode):
            continue
        if not isinstance(words, Literal):  # the shapes report it
            continue
        try:
            before, after = (contexts.get((node, side), "") for side in _CONTEXT)
            grounded.append(_ground_one(node, words, (before, after), place, article))
        except GroundingError as error:
            ungrounded.append(Ungrounded(quad, error))
    return grounded, ungrounded


def _ground_one(
    node: NamedNode, words: Literal, context: tuple[str, str], place: Place, article: Article
) -> Grounded:
    number = _NUMBERED.fullmatch(node.value.rpartition("/")[2])
    if not number or not 0 < int(number[1]) <= len(article.paragraphs):
        what = f"{curie(node)} names no paragraph of the article"
        last = len(article.paragraphs)
        remedy = f"call a claim claim:pNN-NN, a mention annotation:pNN-mNN, NN from 01 to {last}"
        raise GroundingError(place, what, remedy)
    paragraph = article.paragraphs[int(number[1]) - 1]
    inside = find(words.value, paragraph.text, place, *context)
    start = paragraph.span.start
    return Grounded(node, words, Span(start + inside.start, start + inside.end), paragraph)


def quoted_share(quotes: Iterable[Grounded], article: Article) -> float:
    """Return the part of the article's characters, line ends left out, that some claim quotes."""
    return len(quoted_offsets(quotes)) / sum(len(p.text) for p in article.paragraphs)


def quoted_offsets(quotes: Iterable[Grounded]) -> set[int]:
    """Return the offsets, in code points, of all characters that some claim quotes."""
    return {i for found in quotes for i in range(*found.span)}
