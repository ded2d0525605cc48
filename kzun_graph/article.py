"""Article: the text with its paragraphs and sentences, in Unicode code points."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import NamedNode

from kzun_graph import resources
from kzun_graph.reader import read_text
from kzun_graph.terms import ARTICLE
from kzun_graph.text import Span

KEY = "2024-03-05"
TEXT_FILE = "data/article/text.kk.txt"

_END = re.compile(r"[.!?…]+[»”\")]*(?=\s|$)")
_MARK = re.compile(r"\s*-\s+|\s*")
_INITIAL = re.compile(r"(?:^|[\s(«])[^\W\d_]\.$")
_ABBREVIATION = re.compile(r"(?:^|[\s(«])(?:т\.б|т\.с\.с|т\.с|т\.т|ж|жж|б|ғ|қ|млн|млрд)\.$")


@dataclass(frozen=True)
class Segment:
    """A paragraph or a sentence: its IRI, where it stands and what it says."""

    iri: NamedNode
    span: Span
    text: str


@dataclass(frozen=True)
class Article:
    """The text of the article; spans count Unicode code points from its first character."""

    text: str

    @property
    def iri(self) -> NamedNode:
        """The article's IRI."""
        return ARTICLE[KEY]

    @cached_property
    def paragraphs(self) -> tuple[Segment, ...]:
        """The paragraphs, one a line of the file."""
        found = []
        start = 0
        for number, line in enumerate(self.text.split("\n"), 1):
            span = Span(start, start + len(line))
            found.append(Segment(ARTICLE[f"{KEY}-p{number:02}"], span, line))
            start = span.end + 1
        return tuple(found)

    @cached_property
    def sentences(self) -> tuple[Segment, ...]:
        """The sentences of all paragraphs; the dash that opens a paragraph belongs to none."""
        found = []
        for paragraph in self.paragraphs:
            for number, part in enumerate(split(paragraph.text), 1):
                span = Span(paragraph.span.start + part.start, paragraph.span.start + part.end)
                iri = NamedNode(f"{paragraph.iri.value}-s{number:02}")
                found.append(Segment(iri, span, self.text[span.start : span.end]))
        return tuple(found)

    def sentences_of(self, span: Span) -> list[Segment]:
        """Return the sentences that ``span`` touches."""
        return [s for s in self.sentences if s.span.start < span.end and span.start < s.span.end]


def split(paragraph: str) -> Iterator[Span]:
    """Yield the spans of the sentences of one paragraph.

    A full stop after an abbreviation of Kazakh prose or after an initial ends none.

    >>> [str("Ғылым және т.б. салалар. А. Б. келді.")[s.start:s.end]
    ...  for s in split("Ғылым және т.б. салалар. А. Б. келді.")]
    ['Ғылым және т.б. салалар.', 'А. Б. келді.']
    """
    start = _skip(paragraph, 0)
    for end in _END.finditer(paragraph):
        before = paragraph[start : end.end()]
        if _ABBREVIATION.search(before) or _INITIAL.search(before):
            continue
        yield Span(start, end.end())
        start = _skip(paragraph, end.end())
    if start < len(paragraph.rstrip()):
        yield Span(start, len(paragraph.rstrip()))


def _skip(paragraph: str, start: int) -> int:
    mark = _MARK.match(paragraph, start)
    return mark.end() if mark else start


def load_article() -> Article:
    """Return the shipped article.

    Raises SourceError: as :func:`kzun_graph.reader.read_text`.
    """
    return Article(read_text(resources.root() / TEXT_FILE))
