"""Tokens: cut a SPARQL text into pieces, so that no change ever touches a string or a comment."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(
    r"""
    (?P<space>\s+)
  | (?P<comment>\#[^\n]*)
  | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
  | (?P<string>\"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
             | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*')
  | (?P<variable>[?$]\w+)
  | (?P<word>(?:[\w:]|%[0-9A-Fa-f]{2}|\\[_~.!$&'()*+,;=/?\#@%-])
             (?:[\w:.-]|%[0-9A-Fa-f]{2}|\\[_~.!$&'()*+,;=/?\#@%-])*(?<!\.))
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)


class Token(NamedTuple):
    """A piece of a query: ``kind`` is the name of a group above, ``start`` its offset."""

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """The offset after the token."""
        return self.start + len(self.text)


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a SPARQL text; joined they are the text again.

    Source: SPARQL 1.1, 19.8 (grammar), as far as a row of VALUES needs it.

    >>> [t.text for t in tokens("?x a <#y> # z") if t.kind != "space"]
    ['?x', 'a', '<#y>', '# z']
    """
    for match in _TOKEN.finditer(text):
        yield Token(match.lastgroup or "other", match[0], match.start())


def code(text: str) -> list[Token]:
    """Return the tokens that mean something: no white space, no comments."""
    return [token for token in tokens(text) if token.kind not in ("space", "comment")]


def values_rows(text: str, variable: str) -> list[tuple[int, int]]:
    """Return the spans, as offsets, of what stands in ``VALUES ?variable { … }``."""
    found = []
    parts = code(text)
    for i, token in enumerate(parts[:-3]):
        row = (token.text.upper(), parts[i + 1].text.lstrip("?$"), parts[i + 2].text)
        if row != ("VALUES", variable, "{") or parts[i + 1].kind != "variable":
            continue
        close = next((t for t in parts[i + 3 :] if t.text == "}"), None)
        if close:
            found.append((parts[i + 2].end, close.start))
    return found
