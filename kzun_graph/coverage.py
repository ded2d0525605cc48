"""Coverage: which words of the article no claim quotes, and why that is so."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kzun_graph import resources
from kzun_graph.article import Article, Segment
from kzun_graph.errors import SourceError
from kzun_graph.ground import Grounded, quoted_offsets
from kzun_graph.reader import read_text
from kzun_graph.text import Place, Span

REASONS_FILE = "data/article/unquoted.tsv"
REASONS = ("auxiliary", "connective", "repeated-subject")
_WORD = re.compile(r"\w[\w'’-]*")


@dataclass(frozen=True)
class Gap:
    """Words that no claim quotes, and the editors' reason ("" where there is none)."""

    paragraph: int
    span: Span
    text: str
    reason: str


@dataclass(frozen=True)
class Coverage:
    """A paragraph with the part of its words that is quoted whole, and its gaps."""

    number: int
    paragraph: Segment
    share: float
    gaps: tuple[Gap, ...]


def coverage(quotes: Iterable[Grounded], article: Article) -> list[Coverage]:
    """Return, for each paragraph, what of it is quoted and what is not.

    Raises SourceError: the file of reasons cannot be read.
    """
    quoted = quoted_offsets(quotes)
    reasons = _reasons()
    found = []
    for number, paragraph in enumerate(article.paragraphs, 1):
        gaps = tuple(_gaps(number, paragraph, quoted, reasons))
        words = len(_WORD.findall(paragraph.text))
        missing = sum(len(_WORD.findall(gap.text)) for gap in gaps)
        found.append(Coverage(number, paragraph, 1 - missing / words, gaps))
    return found


def _gaps(
    number: int, paragraph: Segment, quoted: set[int], reasons: dict[tuple[int, str], str]
) -> Iterable[Gap]:
    start = paragraph.span.start
    words = [
        Span(start + w.start(), start + w.end())
        for w in _WORD.finditer(paragraph.text)
        if not quoted.issuperset(range(start + w.start(), start + w.end()))
    ]
    while words:
        first = last = words.pop(0)
        while words and not quoted.intersection(range(last.end, words[0].start)):
            last = words.pop(0)
        text = paragraph.text[first.start - start : last.end - start]
        yield Gap(number, Span(first.start, last.end), text, reasons.get((number, text), ""))


def _reasons() -> dict[tuple[int, str], str]:
    """Return the editors' reasons by paragraph and words: a table of paragraph, words, reason."""
    reasons = {}
    lines = read_text(resources.root() / REASONS_FILE).splitlines()
    for number, line in enumerate(lines[1:], 2):
        row = re.fullmatch(r"(\d+)\t([^\t]+)\t([^\t]+)", line)
        if not row or row[3] not in REASONS:
            remedy = f"write paragraph, words and one of {', '.join(REASONS)}, parted by tabs"
            raise SourceError(Place(REASONS_FILE, number), "is no reason", remedy)
        reasons[int(row[1]), row[2]] = row[3]
    return reasons
