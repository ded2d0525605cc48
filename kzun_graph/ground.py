"""Ground claims: find the exact words of the article that state them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from kzun_graph.article import TEXT_FILE, Article, Segment
from kzun_graph.errors import GroundingError
from kzun_graph.reader import Located
from kzun_graph.terms import CLAIM, KZUN, OA, curie
from kzun_graph.text import Place, Span

_PARAGRAPH = re.compile(r"p(\d\d)-\d\d")
_QUOTE = KZUN["quote"]


@dataclass(frozen=True)
class Grounded:
    """A quote of a claim and where it stands in the article."""

    claim: NamedNode
    quote: Literal
    span: Span
    paragraph: Segment


def find(quote: str, text: str, place: Place, prefix: str = "") -> Span:
    """Return where the only occurrence of ``quote`` in ``text`` stands.

    Units: Unicode code points, half-open. Source: Web Annotation Data Model, 4.2.5. No folding: a
    Latin "c" inside a Kazakh word stays one. ``prefix`` is what stands right before an ambiguous
    quote; ``place`` is where the quote is written.

    >>> find("орта держава", "беделді орта держава", Place("p01.trig", 3))
    Span(start=8, end=20)

    Raises GroundingError: the quote is empty, absent or ambiguous.
    """
    whole = prefix + quote
    start = text.find(whole) if quote else -1
    if start < 0:
        what = f"quote {quote!r} is not in its paragraph of the article"
        raise GroundingError(place, what, f"copy the words from {TEXT_FILE}")
    if text.find(whole, start + 1) >= 0:
        what = f"quote {quote!r} stands more than once in its paragraph"
        remedy = "lengthen it until it is unique, or give oa:prefix, the words right before it"
        raise GroundingError(place, what, remedy)
    return Span(start + len(prefix), start + len(whole))


def ground(
    located: Iterable[Located], article: Article
) -> tuple[list[Grounded], list[GroundingError]]:
    """Return the grounded quotes of all claims, and an error for each quote without ground.

    A quote is looked for in the paragraph that its claim's number names (``claim:p03-04``: 3).
    """
    located = list(located)
    prefixes = {
        quad.subject: quad.object.value
        for quad, _ in located
        if quad.predicate == OA["prefix"] and isinstance(quad.object, Literal)
    }
    grounded = []
    errors = []
    for quad, place in located:
        claim, quote = quad.subject, quad.object
        if quad.predicate != _QUOTE or not isinstance(claim, NamedNode):
            continue
        if not isinstance(quote, Literal):  # the shape ClaimShape-quote reports it
            continue
        try:
            prefix = prefixes.get(claim, "")
            grounded.append(_ground_one(claim, quote, prefix, place, article))
        except GroundingError as error:
            errors.append(error)
    return grounded, errors


def _ground_one(
    claim: NamedNode, quote: Literal, prefix: str, place: Place, article: Article
) -> Grounded:
    number = _PARAGRAPH.fullmatch(claim.value.removeprefix(CLAIM.iri))
    if not number or not 0 < int(number[1]) <= len(article.paragraphs):
        what = f"{curie(claim)} names no paragraph of the article"
        remedy = f"call it claim:pNN-NN, the paragraph (01 to {len(article.paragraphs)}) first"
        raise GroundingError(place, what, remedy)
    paragraph = article.paragraphs[int(number[1]) - 1]
    inside = find(quote.value, paragraph.text, place, prefix)
    start = paragraph.span.start
    return Grounded(claim, quote, Span(start + inside.start, start + inside.end), paragraph)


def quoted_share(grounded: Iterable[Grounded], article: Article) -> float:
    """Return the part of the article's characters, line ends left out, that some claim quotes."""
    quoted = {i for found in grounded for i in range(*found.span)}
    return len(quoted) / sum(len(p.text) for p in article.paragraphs)
