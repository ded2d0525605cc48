"""Commands on links: where each thing is in Wikidata and GeoNames."""

import sys

import click

from kzun_graph.cli.options import language


@click.group()
def link() -> None:
    """See the links to Wikidata and GeoNames: what has none, which still hold, what might be one.

    The links themselves stand in data/links/, one row each, with their evidence.
    """


@link.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(("table", "csv", "json")),
    help="table on a terminal, else csv",
)
@language
def missing(form: str | None, lang: str) -> None:
    """List what was looked for and not found, and apart from it what was never looked for.

    \b
    kzun link missing --lang kk
    kzun link missing --format csv > missing.csv
    """  # noqa: D301 (click reads \b as "keep these lines")
    from kzun_graph.links import missing as found_missing
    from kzun_graph.links.mappings import read_mappings
    from kzun_graph.sources import read_sources

    found = found_missing.missing(read_mappings(), read_sources().located, lang)
    form = form or ("table" if sys.stdout.isatty() else "csv")
    if form == "csv":
        click.echo(found_missing.as_csv(found), nl=False)
    elif form == "json":
        import json

        objects = found_missing.as_objects(found)
        click.echo(json.dumps(objects, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(found_missing.as_lines(found, lang)).rstrip())
