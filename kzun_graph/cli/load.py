"""The command that puts a view into a store or on a server: load."""

from pathlib import Path

import click

from kzun_graph.cli.options import language, progress, view_option
from kzun_graph.viewnames import ARTICLE


@click.command()
@click.option("--store", type=click.Path(path_type=Path), metavar="DIR", help="Folder, new or old.")
@click.option("--endpoint", metavar="URL", help="Where a SPARQL 1.1 service takes queries.")
@click.option("--graph-store", metavar="URL", help="Where it takes a PUT of the whole dataset.")
@click.option("--update", metavar="URL", help="Where it takes updates, if it takes no such PUT.")
@view_option
@language
def load(
    store: Path | None,
    endpoint: str | None,
    graph_store: str | None,
    update: str | None,
    view: str | None,
    lang: str,  # noqa: ARG001 (the same options everywhere)
) -> None:
    """Put a view into a store folder, or on a SPARQL 1.1 service, in place of what it holds.

    \b
    kzun load --store DIR
    kzun load --store DIR --view all

    Then ask it: kzun query memberships/admissions --store DIR. Readers see the old data or the new,
    never a mixture (Virtuoso: see docs/engines.md). For an endpoint such as
    http://localhost:7878/query, /store and /update beside it take the data. Credentials come from
    KZUN_USER and KZUN_PASSWORD, or KZUN_TOKEN, or a file that KZUN_CONFIG names.
    """  # noqa: D301 (click reads \b as "keep these lines")
    if (store is None) is (endpoint is None):
        raise click.UsageError("Choose --store or --endpoint.")
    if store and (graph_store or update):
        raise click.UsageError("--graph-store and --update go with --endpoint.")
    from kzun_graph.engines.loading import load_into

    with progress() as tell:
        count = load_into(view or ARTICLE, store, endpoint, update, graph_store, tell)
    click.echo(f"{store or endpoint}\t{view or ARTICLE}\t{count}")
