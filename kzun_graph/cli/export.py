"""The command that writes the graph for other tools: export."""

from pathlib import Path

import click

from kzun_graph.cli.options import language, view_option

_EXPORTS = ("ttl", "trig", "nq", "jsonld", "csv", "sssom", "nanopub", "quickstatements", "void")
_PARTS = (
    "facts",
    "annotations",
    "ontology",
    "wikidata",
    "geonames",
    "wikidata-terms",
    "statements",
    "aliases",
    "labels",
)
_TABLES = ("entities", "facts")


@click.command()
@click.option("--format", "form", type=click.Choice(_EXPORTS), default="ttl", show_default=True)
@click.option("--only", type=click.Choice(_PARTS), help="A part instead of the whole.")
@click.option("--table", type=click.Choice(_TABLES), help="With csv: one table, not both.")
@click.option("--same-as", is_flag=True, help="Add owl:sameAs for exact matches of single things.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="File; a folder for both tables of csv, or for a file a nanopublication.",
)
@view_option
@language
def export(
    form: str,
    only: str | None,
    table: str | None,
    same_as: bool,
    out: Path | None,
    view: str | None,
    lang: str,
) -> None:
    """Write the graph, or a part of it, for other tools.

    \b
    kzun export --format jsonld                     the whole view, its context inside
    kzun export --format trig --only facts          no grounding, no ontology
    kzun export --format trig --view checked        as corrected by other sources
    kzun export --format jsonld --only annotations  W3C Web Annotations
    kzun export --only ontology --out kzun-ontology.ttl
    kzun export --format csv --out tables           entities.csv and facts.csv
    kzun export --format sssom                      the links, with their evidence
    kzun export --format nanopub --out nanopubs     each claim as a nanopublication
    kzun export --format quickstatements            what to hand over to Wikidata

    ttl holds the default graph; trig, nq and jsonld the claims as named graphs too. csv is for
    spreadsheets: UTF-8 with byte order mark, a row for each fact, claim and quote. void describes
    all views and files (VoID, DCAT). sssom has the parts wikidata, geonames, wikidata-terms and
    ontology; quickstatements has statements, aliases and labels.
    """  # noqa: D301 (click reads \b as "keep these lines")
    from kzun_graph.export import Request
    from kzun_graph.export import export as run

    found = run(Request(form, only, table, out, lang, view, same_as))
    click.echo(
        found if isinstance(found, bytes) else "\n".join(map(str, found)), nl=out is not None
    )
