"""Report: a comparison as text for a terminal, or as Markdown."""

import re
import textwrap
from collections.abc import Callable, Iterator

import click

from kzun_graph.diff.model import Diff
from kzun_graph.diff.phrases import say
from kzun_graph.diff.sections import Line, sections
from kzun_graph.render import WIDTH

_COLOURS = {"+": "green", "-": "red", "~": "yellow", "": None}
_MARKDOWN = re.compile(r"([\\`*_\[\]<~])")


def text(diff: Diff, lang: str) -> Iterator[str]:
    """Yield the lines of the report for a terminal, in ``lang``."""
    yield click.style(_title(diff, lang, str), bold=True)
    for section in sections(diff, lang):
        yield ""
        yield click.style(section.title, underline=True)
        for block in section.blocks:
            yield from _wrapped("  ", block.head)
            for line in block.lines:
                yield from _wrapped("      ", line)
    for note in _notes(diff, lang):
        yield ""
        yield from textwrap.wrap(note, WIDTH)


def markdown(diff: Diff, lang: str) -> Iterator[str]:
    """Yield the lines of the report as Markdown (CommonMark), in ``lang``."""
    yield f"# {_title(diff, lang, _escaped)}"
    for section in sections(diff, lang):
        yield from ("", f"## {_escaped(section.title)}", "")
        for block in section.blocks:
            yield f"- {_item(block.head)}"
            yield from (f"  - {_item(line)}" for line in block.lines)
    for note in _notes(diff, lang):
        yield from ("", _escaped(note))


def _title(diff: Diff, lang: str, escape: Callable[[str], str]) -> str:
    key = "none" if diff.empty else "differences"
    return say(key, lang, escape(diff.old), escape(diff.new))


def _wrapped(indent: str, line: Line) -> list[str]:
    start = f"{indent}{line.sign} " if line.sign else indent
    lines = textwrap.wrap(
        line.text,
        WIDTH,
        initial_indent=start,
        subsequent_indent=" " * len(start),
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [click.style(found, fg=_COLOURS[line.sign]) for found in lines]


def _item(line: Line) -> str:
    written = _escaped(" ".join(line.text.split()))
    return f"`{line.sign}` {written}" if line.sign else written


def _escaped(written: str) -> str:
    return _MARKDOWN.sub(r"\\\1", written)


def _notes(diff: Diff, lang: str) -> Iterator[str]:
    yield from (say(name, lang, n) for name, n in diff.others.items() if n)
