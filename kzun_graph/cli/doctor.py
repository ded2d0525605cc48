"""The command that compares an engine's answers with the usual ones: doctor."""

import sys
from pathlib import Path

import click

from kzun_graph.cli.options import (
    FINDINGS,
    FINE,
    chosen,
    engine_options,
    language,
    progress,
    view_option,
)
from kzun_graph.viewnames import VIEWS


@click.command()
@engine_options
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text")
@view_option
@language
def doctor(
    store: Path | None, endpoint: str | None, form: str, view: str | None, lang: str
) -> None:
    """Ask every stored question, and say which answers differ from the usual ones, and why.

    \b
    kzun doctor                                        the engine in memory: does all run?
    kzun doctor --store DIR
    kzun doctor --endpoint http://localhost:8890/sparql --format json

    The usual answers are those of the engine in memory on the same view. Exit code 0: all agree;
    1: some differ; 2: could not run.
    """  # noqa: D301 (click reads \b as "keep these lines")
    from functools import cache

    from kzun_graph.dataset import load
    from kzun_graph.doctor import examine, report
    from kzun_graph.engines.engine import Engine

    @cache
    def usual(name: str) -> Engine:
        return load(name).engine

    if store or endpoint:
        engine = chosen(store, endpoint, view).engine
        engines = {engine.view: engine}
    else:
        engines = {name: usual(name) for name in VIEWS if view in (None, name)}
    with progress() as tell:
        found = examine(engines, usual, tell)
    if form == "json":
        import json

        click.echo(json.dumps(report.plain(found, lang), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(report.text(found, lang)))
    sys.exit(FINDINGS if found.findings else FINE)
