"""Places in files and spans of text: the two ways to say where something stands."""

from typing import NamedTuple


class Place(NamedTuple):
    """A line of a file; ``file`` as the user would type it, ``line`` from 1 (0: the whole file)."""

    file: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


class Span(NamedTuple):
    """A stretch of text in Unicode code points, half-open: ``text[start:end]``."""

    start: int
    end: int

    def holds(self, other: "Span") -> bool:
        """Tell whether ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end
