"""Commands that ask others about our links: link check, link suggest."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kzun_graph.cli.options import FINDINGS, FINE, language, progress

if TYPE_CHECKING:
    from kzun_graph.protocol.cache import Cache
    from kzun_graph.wikidata.suggest import Catalogue

PUBLIC = "https://query.wikidata.org/sparql"
_CHECK_FORMATS = ("table", "json", "changes")
_SUGGEST_FORMATS = ("table", "json", "sssom")

_endpoint = click.option(
    "--endpoint",
    metavar="URL",
    help=f"A SPARQL endpoint in the shape of Wikidata (default: {PUBLIC}).",
)
_cache = click.option(
    "--cache",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for answers, kept a day (default: kzun-graph in your folder for caches).",
)
_no_cache = click.option("--no-cache", is_flag=True, help="Ask anew, and keep nothing.")
_out = click.option(
    "--out", type=click.Path(path_type=Path), help="A new file, instead of standard output."
)


@click.command()
@_endpoint
@click.option("--format", "form", type=click.Choice(_CHECK_FORMATS), default="table")
@_cache
@_no_cache
@_out
@language
def check(
    endpoint: str | None,
    form: str,
    cache: Path | None,
    no_cache: bool,
    out: Path | None,
    lang: str,
) -> None:
    """Ask whether the items of our links are still there, and still are what we say.

    \b
    kzun link check                                      asks Wikidata
    kzun link check --endpoint http://localhost:7878/query
    kzun link check --format changes --out changes.diff  to review; patch -p0 takes it

    Exit code 0: all fine; 1: something to look at; 2: could not run. No mapping is changed.
    """  # noqa: D301 (click reads \b as "keep these lines")
    from kzun_graph.protocol.endpoint import Endpoint
    from kzun_graph.wikidata.remote import check_shipped

    _refuse(out)
    with progress() as tell:
        found = check_shipped(Endpoint(endpoint or PUBLIC, cache=_chosen(cache, no_cache)), tell)
    _write(found.text(form, lang), out)
    sys.exit(FINE if found.fine else FINDINGS)


@click.command()
@click.argument("words", nargs=-1, metavar="[NAME]")
@_endpoint
@click.option("--service", metavar="URL", help="A W3C reconciliation service for Wikidata instead.")
@click.option("--format", "form", type=click.Choice(_SUGGEST_FORMATS), default="table")
@_cache
@_no_cache
@_out
@language
def suggest(
    words: tuple[str, ...],
    endpoint: str | None,
    service: str | None,
    form: str,
    cache: Path | None,
    no_cache: bool,
    out: Path | None,
    lang: str,
) -> None:
    """Look for items for the entity NAME, or for all that "link missing" lists.

    \b
    kzun link suggest MINURSO
    kzun link suggest --service https://example.org/reconcile --format sssom --out review.sssom.tsv

    A candidate is proposed when its name, its class and a second property agree with ours: a name
    alone never makes a match. What comes out is for a person to review; no mapping is written.
    """  # noqa: D301 (click reads \b as "keep these lines")
    from kzun_graph.wikidata.remote import suggest_shipped

    if endpoint and service:
        raise click.UsageError("Choose --endpoint or --service.")
    kept = _chosen(cache, no_cache)
    _refuse(out)
    catalogue = _catalogue(endpoint or PUBLIC, service, kept)
    with progress() as tell:
        found = suggest_shipped(" ".join(words), catalogue, service or endpoint or PUBLIC, tell)
    _write(found.text(form, lang), out)


def _catalogue(endpoint: str, service: str | None, cache: "Cache | None") -> "Catalogue":
    if service:
        from kzun_graph.wikidata.reconcile import Service

        return Service(service, cache=cache)
    from kzun_graph.protocol.endpoint import Endpoint
    from kzun_graph.wikidata.items import Items

    return Items(Endpoint(endpoint, cache=cache))


def _chosen(folder: Path | None, none: bool) -> "Cache | None":
    from kzun_graph.protocol.cache import Cache, default_folder

    if folder and none:
        raise click.UsageError("Choose --cache or --no-cache.")
    return None if none else Cache(folder or default_folder())


def _refuse(out: Path | None) -> None:
    if out is not None:  # before anybody is asked
        from kzun_graph.wikidata.proposals import refuse_old

        refuse_old(out)


def _write(text: str, out: Path | None) -> None:
    if out is None:
        click.echo(text, nl=False)
        return
    from kzun_graph.wikidata.proposals import write_new

    write_new(out, text)
    click.echo(str(out))
