"""Options and outputs that several commands share."""

import os
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kzun_graph.messages import LANGUAGES
from kzun_graph.viewnames import ARTICLE, VIEWS

if TYPE_CHECKING:
    from kzun_graph.dataset import Dataset
    from kzun_graph.results import Result

FINE, FINDINGS, COULD_NOT_RUN = 0, 1, 2
RESULT_FORMATS = ("table", "csv", "tsv", "json", "xml", "ttl")


def _default_language() -> str:
    spoken = os.environ.get("KZUN_LANG") or os.environ.get("LC_ALL") or os.environ.get("LANG", "")
    return spoken[:2] if spoken[:2] in LANGUAGES else "en"


language = click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    default=_default_language,
    help="Language of labels and findings (default: KZUN_LANG, else the locale's, else en).",
)


result_format = click.option(
    "--format",
    "form",
    type=click.Choice(RESULT_FORMATS),
    help="table on a terminal, else csv",
)
view_option = click.option(
    "--view",
    type=click.Choice(VIEWS),
    help="article: what the article says; checked: corrected by sources; all: both, with reviews.",
)


def engine_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --store and --endpoint: ask a place that ``kzun load`` filled, not the shipped data."""
    store = click.option(
        "--store", type=click.Path(path_type=Path), metavar="DIR", help="Ask the store in DIR."
    )
    endpoint = click.option("--endpoint", metavar="URL", help="Ask the SPARQL 1.1 service at URL.")
    return store(endpoint(command))


def chosen(
    store: Path | None, endpoint: str | None, view: str | None, usual: str = ARTICLE
) -> "Dataset":
    """Return the dataset to ask: in a store, on a service, or built here (view ``usual``)."""
    from kzun_graph.dataset import connect, load

    if store and endpoint:
        raise click.UsageError("Choose --store or --endpoint.")
    if store or endpoint:
        return connect(store=store, endpoint=endpoint, view=view)
    return load(view or usual)


def print_result(result: "Result", dataset: "Dataset", form: str | None, lang: str) -> None:
    """Print ``result``: a table on a terminal, else csv (ttl for triples), or in ``form``."""
    if form is None:
        form = "table" if sys.stdout.isatty() else "csv" if result.triples is None else "ttl"
    if form != "table" or result.triples is not None:
        click.echo(result.write("ttl" if form == "table" else form), nl=False)
        return
    from kzun_graph.table import print_table

    print_table(result, dataset.labels, lang)


def progress() -> AbstractContextManager[Any]:
    """Return a context that shows each step on a terminal, and nothing elsewhere."""
    if not sys.stderr.isatty():
        return nullcontext(str)
    from kzun_graph.table import spinner

    return spinner()
