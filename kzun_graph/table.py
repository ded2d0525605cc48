"""Table: what is drawn on a terminal with rich, imported only there."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.table import Table

from kzun_graph.labels import Labels
from kzun_graph.messages import say
from kzun_graph.render import cell
from kzun_graph.results import Result


def print_table(result: Result, labels: Labels, lang: str) -> None:
    """Print rows as a table with labels in ``lang``, or yes and no of an ASK."""
    console = Console()
    if result.boolean is not None:
        console.print(say(str(result.boolean), lang))
        return
    if not result.rows:
        console.print(say("no rows", lang))
        return
    table = Table(show_lines=True)
    for name in result.variables:
        table.add_column(name, overflow="fold")
    for row in result.rows:
        table.add_row(*(cell(t, labels, lang, short=i > 0) for i, t in enumerate(row)))
    console.print(table)
    console.print(say("rows", lang, len(result.rows)), markup=False)


@contextmanager
def spinner() -> Iterator[Callable[[str], None]]:
    """Show the current step on standard error while the work goes on."""
    console = Console(stderr=True)
    with console.status("…") as status:
        yield lambda step: status.update(step)
