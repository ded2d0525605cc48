"""The command that compares two builds: ``kzun diff``."""

import sys
from pathlib import Path

import click

from kzun_graph.cli.options import FINDINGS, FINE, language, progress

_FORMATS = ("text", "markdown", "json")


@click.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(_FORMATS), default="text", show_default=True)
@click.option(
    "--queries/--no-queries", default=True, help="Ask the stored queries of both, or not."
)
@language
def diff(old: Path, new: Path, form: str, queries: bool, lang: str) -> None:
    """Show what changed from OLD to NEW: two folders that kzun build wrote, or two of its files.

    \b
    kzun diff build-0.1 build                      all views, each question asked of its own
    kzun diff old/kzun.nq build/kzun.nq            one view (.nq or .trig; .ttl against .ttl)
    kzun diff build-0.1 build --format markdown    for release notes; or json, for programs

    Facts with their claims and quotes, labels, links, verdicts, and the stored questions whose
    answers changed. Passages and annotations are only counted. Exit code 0: no differences; 1:
    differences; 2: could not run.
    """  # noqa: D301 (click reads \b as "keep these lines")
    from kzun_graph.diff import diff as run

    with progress() as tell:
        found = run(old, new, queries=queries, step=tell)
    if form == "json":
        import json

        from kzun_graph.diff.plain import plain

        click.echo(json.dumps(plain(found, lang), ensure_ascii=False, indent=2))
    else:
        from kzun_graph.diff import report

        lines = report.markdown if form == "markdown" else report.text
        click.echo("\n".join(lines(found, lang)))
    sys.exit(FINE if found.empty else FINDINGS)
