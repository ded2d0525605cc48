"""Table: what is drawn on a terminal with rich, imported only there."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.table import Table
from rich.text import Text

from kzun_graph.labels import Labels
from kzun_graph.messages import say
from kzun_graph.render import cell, heading
from kzun_graph.results import Result


def print_table(result: Result, labels: Labels, lang: str) -> None:
    """Print rows as a table with labels in ``lang``, or yes and no of an ASK.

    Where the longest words do not fit side by side, each row is printed as a list of its cells.
    """
    console = Console()
    if result.boolean is not None:
        console.print(say(str(result.boolean), lang))
        return
    if not result.rows:
        console.print(say("no rows", lang))
        return
    names = [heading(name, labels, lang) for name in result.variables]
    rows = [
        [cell(term, labels, lang, short=i > 0) for i, term in enumerate(row)] for row in result.rows
    ]
    if _width([names, *rows]) <= console.width:
        console.print(_table(names, rows))
    else:
        _print_records(console, names, rows)
    console.print(say("rows", lang, len(rows)), markup=False)


def _width(lines: list[list[str]]) -> int:
    """Return the columns that a table needs so that no word is broken."""
    return 1 + sum(3 + _longest(column) for column in zip(*lines, strict=True))


def _longest(texts: Iterable[str]) -> int:
    return max((len(word) for text in texts for word in text.split()), default=0)


def _table(names: list[str], rows: list[list[str]]) -> Table:
    table = Table(show_lines=True)
    for name, column in zip(names, zip(*rows, strict=True), strict=True):
        table.add_column(name, min_width=_longest((name, *column)))
    for row in rows:
        table.add_row(*(Text(text) for text in row))
    return table


def _print_records(console: Console, names: list[str], rows: list[list[str]]) -> None:
    wide = max(len(name) for name in names)
    for row in rows:
        console.rule(style="dim")
        for name, text in zip(names, row, strict=True):
            if text:
                grid = Table.grid(padding=(0, 2))
                grid.add_column(width=wide, style="bold")
                grid.add_column(overflow="fold")
                grid.add_row(Text(name), Text(text))
                console.print(grid)


@contextmanager
def spinner() -> Iterator[Callable[[str], None]]:
    """Show the current step on standard error while the work goes on."""
    console = Console(stderr=True)
    with console.status("…") as status:
        yield lambda step: status.update(step)
