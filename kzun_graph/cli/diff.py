"""The command that compares two builds: ``kzun diff``."""

import sys
from pathlib import Path

import click

from kzun_graph.cli.options import FINDINGS, FINE, chosen, engine_options, language, progress

_FORMATS = ("text", "markdown", "json")


@click.command()
@click.argument("old", type=click.Path(path_type=Path), required=False)
@click.argument("new", type=click.Path(path_type=Path), required=False)
@click.option("--format", "form", type=click.Choice(_FORMATS), default="text", show_default=True)
@click.option(
    "--queries/--no-queries", default=True, help="Ask the stored queries of both, or not."
)
@engine_options
@language
def diff(
    old: Path | None,
    new: Path | None,
    form: str,
    queries: bool,
    store: Path | None,
    endpoint: str | None,
    lang: str,
) -> None:
    """Show what changed from OLD to NEW: two folders that kzun build wrote, or two of its files.

    \b
    kzun diff build-0.1 build                      all views, each question asked of its own
    kzun diff old/kzun.nq build/kzun.nq            one view (.nq or .trig; .ttl against .ttl)
    kzun diff build-0.1 build --format markdown    for release notes; or json, for programs

    Facts with their claims and quotes, labels, links, verdicts, and the stored questions whose
    answers changed. Passages and annotations are only counted. With --store or --endpoint, and no
    OLD and NEW: what "kzun load" would change there. Exit code 0: no differences; 1: differences;
    2: could not run.
    """  # noqa: D301 (click reads \b as "keep these lines")
    if (store or endpoint) and (old or new):
        raise click.UsageError("Name OLD and NEW, or --store, or --endpoint.")
    with progress() as tell:
        if store or endpoint:
            from kzun_graph.diff.against import against

            found = against(chosen(store, endpoint, None), queries=queries, step=tell)
        elif old and new:
            from kzun_graph.diff import diff as run

            found = run(old, new, queries=queries, step=tell)
        else:
            raise click.UsageError(f"Missing argument '{'NEW' if old else 'OLD'}'.")
    if form == "json":
        import json

        from kzun_graph.diff.plain import plain

        click.echo(json.dumps(plain(found, lang), ensure_ascii=False, indent=2))
    else:
        from kzun_graph.diff import report

        lines = report.markdown if form == "markdown" else report.text
        click.echo("\n".join(lines(found, lang)))
    sys.exit(FINE if found.empty else FINDINGS)
