"""Annotate: turn grounded words and the text's segments into triples of the default graph.

Source: Web Annotation Data Model, 4.2 (selectors); RFC 5147 (fragments of plain text); NIF 2.0.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Quad

from kzun_graph.article import KEY, Article, Segment
from kzun_graph.ground import Grounded
from kzun_graph.terms import ANNOTATION, ARTICLE, CLAIM, DCTERMS, KZUN, NIF, OA, SELECTOR, TYPE, XSD
from kzun_graph.text import Span

CONTEXT = 32  # code points before and after a quote that go into its selector


def annotations(quotes: Iterable[Grounded], article: Article) -> Iterator[Quad]:
    """Yield, for each quote of a claim, its annotation, and the claim's place in the text."""
    seen: Counter[NamedNode] = Counter()
    for found in quotes:
        seen[found.node] += 1
        name = found.node.value.removeprefix(CLAIM.iri)
        if seen[found.node] > 1:
            name += f"-{seen[found.node]}"
        yield Quad(ANNOTATION[name], OA["hasBody"], found.node)
        yield Quad(ANNOTATION[name], OA["motivatedBy"], OA["describing"])
        yield from _annotation(ANNOTATION[name], found.span, article)
        yield from _place(found, article)


def identifications(mentions: Iterable[Grounded], article: Article) -> Iterator[Quad]:
    """Yield the target and the place of each mention: it is an annotation itself."""
    for found in mentions:
        yield Quad(found.node, OA["motivatedBy"], OA["identifying"])
        yield from _annotation(found.node, found.span, article)
        yield from _place(found, article)


def _place(found: Grounded, article: Article) -> Iterator[Quad]:
    yield Quad(found.node, KZUN["inParagraph"], found.paragraph.iri)
    for sentence in article.sentences_of(found.span):
        yield Quad(found.node, KZUN["inSentence"], sentence.iri)


def _annotation(node: NamedNode, span: Span, article: Article) -> Iterator[Quad]:
    target = ARTICLE[f"{KEY}#char={span.start},{span.end}"]
    yield Quad(node, TYPE, OA["Annotation"])
    yield Quad(node, OA["hasTarget"], target)
    yield from _target(target, span, article)


def _target(target: NamedNode, span: Span, article: Article) -> Iterator[Quad]:
    where = f"{span.start}-{span.end}"
    quote = SELECTOR[f"{KEY}-quote-{where}"]
    position = SELECTOR[f"{KEY}-position-{where}"]
    before = article.text[max(0, span.start - CONTEXT) : span.start]
    after = article.text[span.end : span.end + CONTEXT]
    yield Quad(target, TYPE, OA["SpecificResource"])
    yield Quad(target, OA["hasSource"], article.iri)
    yield Quad(target, OA["hasSelector"], quote)
    yield Quad(target, OA["hasSelector"], position)
    yield Quad(quote, TYPE, OA["TextQuoteSelector"])
    yield Quad(quote, OA["exact"], Literal(article.text[span.start : span.end]))
    yield Quad(quote, OA["prefix"], Literal(before))
    yield Quad(quote, OA["suffix"], Literal(after))
    yield Quad(position, TYPE, OA["TextPositionSelector"])
    yield Quad(position, OA["start"], _offset(span.start))
    yield Quad(position, OA["end"], _offset(span.end))


def segments(article: Article) -> Iterator[Quad]:
    """Yield the text, its paragraphs and its sentences with their offsets and words."""
    yield Quad(article.iri, TYPE, NIF["Context"])
    yield Quad(article.iri, NIF["isString"], Literal(article.text))
    yield Quad(article.iri, NIF["beginIndex"], _offset(0))
    yield Quad(article.iri, NIF["endIndex"], _offset(len(article.text)))
    for paragraph in article.paragraphs:
        yield from _segment(paragraph, "Paragraph", article)
    for sentence in article.sentences:
        yield from _segment(sentence, "Sentence", article)
        holder = next(p for p in article.paragraphs if p.span.holds(sentence.span))
        yield Quad(sentence.iri, DCTERMS["isPartOf"], holder.iri)


def _segment(segment: Segment, kind: str, article: Article) -> Iterator[Quad]:
    yield Quad(segment.iri, TYPE, NIF[kind])
    yield Quad(segment.iri, NIF["referenceContext"], article.iri)
    yield Quad(segment.iri, NIF["beginIndex"], _offset(segment.span.start))
    yield Quad(segment.iri, NIF["endIndex"], _offset(segment.span.end))
    yield Quad(segment.iri, NIF["anchorOf"], Literal(segment.text))


def _offset(number: int) -> Literal:
    return Literal(str(number), datatype=XSD["nonNegativeInteger"])
