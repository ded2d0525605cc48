"""Commands on the data as a whole: build, validate, coverage, stats, shapes."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

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
from kzun_graph.messages import say
from kzun_graph.viewnames import VALIDATED


@click.command()
@click.option("--out", type=click.Path(path_type=Path), default=Path("build"), help="Folder.")
@language
def build(out: Path, lang: str) -> None:
    """Read, ground, derive and check the data, and write kzun.trig, kzun.ttl and kzun.nq."""
    from kzun_graph.build import build as run

    with progress() as tell:
        summary = run(out, tell)
    _print_findings((f for f in summary.findings if f.severity == "Violation"), lang)
    if not summary.written:
        sys.exit(FINDINGS)
    if sys.stdout.isatty():
        click.echo(say("built", lang, summary))
    click.echo("\n".join(str(path) for path in summary.written))


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(("text", "ttl", "json")), default="text")
@click.option("--all", "everything", is_flag=True, help="Show warnings and infos too.")
@click.option("--view", type=click.Choice(VALIDATED), help="One view instead of both.")
@language
def validate(
    files: tuple[Path, ...], form: str, everything: bool, view: str | None, lang: str
) -> None:
    """Check the shipped data, or FILES laid over them, against the shapes and rules.

    Without --view, the views article and checked are checked, each whole.

    Exit code 0: no violations; 1: violations; 2: could not run.
    """
    from kzun_graph import findings as reports
    from kzun_graph.validate import validate_files

    with progress() as tell:
        tell("check")
        found = validate_files(files, (view,) if view else VALIDATED)
    if form == "ttl":
        click.echo(reports.report(found), nl=False)
    elif form == "json":
        import json

        click.echo(json.dumps(reports.as_json(found, lang), ensure_ascii=False, indent=2))
    else:
        _print_findings((f for f in found if everything or f.severity == "Violation"), lang)
        _print_conclusion(found, lang)
    sys.exit(FINDINGS if reports.has_violations(found) else FINE)


@click.command()
@language
def coverage(lang: str) -> None:
    """Show the article with the words that no claim quotes in [brackets], and why."""
    from kzun_graph import render
    from kzun_graph.coverage import coverage as run
    from kzun_graph.sources import read_sources
    from kzun_graph.view import article_view

    sources = read_sources()
    found = run(article_view(sources).quotes, sources.article)
    for paragraph in found:
        click.echo("\n".join(render.covered(paragraph, lang)))
    unexplained = any(not gap.reason for paragraph in found for gap in paragraph.gaps)
    sys.exit(FINDINGS if unexplained else FINE)


@click.command()
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text")
@view_option
@engine_options
@language
def stats(form: str, view: str | None, store: Path | None, endpoint: str | None, lang: str) -> None:
    """Count claims, entities, predicates, labels, quotes and mentions."""
    from kzun_graph.labels import Labels
    from kzun_graph.stats import stats as run

    dataset = chosen(store, endpoint, view)
    found = run(dataset.view, dataset.sources)
    if form == "json":
        import json
        from dataclasses import asdict

        click.echo(json.dumps(asdict(found), ensure_ascii=False, indent=2))
        return
    from kzun_graph import render

    click.echo("\n".join(render.statistics(found, Labels(dataset.view.stated), lang)))


@click.command()
def shapes() -> None:
    """Print the shapes and the rules (as sh:sparql) as one Turtle file for other validators."""
    from kzun_graph.rules import all_shapes

    click.echo(all_shapes(), nl=False)


def _print_findings(found: Iterable[Any], lang: str) -> None:
    from kzun_graph import render

    for finding in found:
        click.echo("\n".join(render.finding(finding, lang)))


def _print_conclusion(found: list[Any], lang: str) -> None:
    counts = {s: sum(f.severity == s for f in found) for s in ("Violation", "Warning", "Info")}
    violations = counts["Violation"]
    click.echo(say("violations", lang, violations) if violations else say("conforms", lang))
    if counts["Warning"] or counts["Info"]:
        click.echo(say("others", lang, counts["Warning"], counts["Info"]))
