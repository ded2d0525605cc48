"""Commands that ask: query, sparql, explain."""

import os
import sys
from pathlib import Path

import click

from kzun_graph.cli.options import (
    chosen,
    engine_options,
    language,
    print_result,
    result_format,
    view_option,
)
from kzun_graph.errors import QueryError
from kzun_graph.messages import say
from kzun_graph.viewnames import ALL, ARTICLE


def _complete_query(
    ctx: click.Context,  # noqa: ARG001 (click calls with all three)
    param: click.Parameter,  # noqa: ARG001
    incomplete: str,
) -> list[str]:
    """Return the names of stored queries that begin with, or end in, what is typed."""
    from kzun_graph.queries import names

    return [n for n in names() if any(w.startswith(incomplete) for w in (n, n.rpartition("/")[2]))]


def _list_queries(find: str, lang: str) -> None:
    from kzun_graph import queries, render

    stored = queries.matching(find)
    if not stored:
        click.echo(say("none found", lang, find))
        return
    click.echo("\n".join(render.catalogue(stored, lang)).lstrip("\n"))


@click.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
@click.argument("name", required=False, shell_complete=_complete_query)
@result_format
@click.option("--find", metavar="WORDS", help="List only the questions that hold these words.")
@click.option("--about", is_flag=True, help="Say what NAME answers, and its parameters.")
@view_option
@engine_options
@language
@click.pass_context
def query(
    ctx: click.Context,
    name: str | None,
    form: str | None,
    find: str | None,
    about: bool,
    view: str | None,
    store: Path | None,
    endpoint: str | None,
    lang: str,
) -> None:
    """List the stored queries, or run the one called NAME.

    \b
    kzun query timelines/between --from 1992-01-01 --to 1993-12-31
    kzun query memberships/admissions --format json
    kzun query NAME --about         what it answers, and its parameters

    With --store or --endpoint the question goes to what "kzun load" put there.
    """  # noqa: D301 (click reads \b as "keep these lines")
    from kzun_graph import queries

    if name and find is not None:
        raise click.UsageError("--find lists questions: leave NAME out.")
    if name is None and about:
        raise click.UsageError("--about needs a NAME.")
    if name is None:
        _list_queries(find or "", lang)
        return
    stored_query = queries.stored_query(name)
    if about:
        from kzun_graph import render

        click.echo("\n".join(render.query_help(stored_query, lang)))
        return
    values = _parameters(ctx.args)
    if stored_query.takes("lang"):
        values.setdefault("lang", lang)
    dataset = chosen(store, endpoint, view, stored_query.view(view))
    print_result(dataset.run(stored_query.name, **values), dataset, form, lang)


@click.command()
@click.argument("source")
@result_format
@view_option
@engine_options
@language
def sparql(
    source: str,
    form: str | None,
    view: str | None,
    store: Path | None,
    endpoint: str | None,
    lang: str,
) -> None:
    """Run a SPARQL query: SOURCE is its text, a file, or "-" for standard input."""
    from kzun_graph.reader import decode, read_text
    from kzun_graph.text import Place

    if source == "-":
        place: Place | None = Place("standard input")
        text = decode(sys.stdin.buffer.read(), Place("standard input"), strict=False)
    elif os.path.isfile(source):  # noqa: PTH113 (Path raises for a text that is no name)
        place, text = Place(source), read_text(Path(source), strict=False)
    elif "{" in source or source.strip().upper().startswith("DESCRIBE"):
        place, text = None, source
    else:
        raise QueryError(None, f"{source!r} is no file and no query", "give one of them, or -")
    dataset = chosen(store, endpoint, view)
    print_result(dataset.sparql(text, place), dataset, form, lang)


@click.command()
@click.argument("words", nargs=-1, required=True, metavar="NAME")
@view_option
@engine_options
@language
def explain(
    words: tuple[str, ...],
    view: str | None,
    store: Path | None,
    endpoint: str | None,
    lang: str,
) -> None:
    """Show everything known of NAME: an entity, event, claim or term.

    \b
    kzun explain Ливан
    kzun explain Астана процесі --lang kk
    kzun explain id:admission-1992 --lang ru
    kzun explain claim:p01-18
    """  # noqa: D301 (click reads \b as "keep these lines")
    from kzun_graph import render
    from kzun_graph.explain import Explainer
    from kzun_graph.labels import Labels
    from kzun_graph.terms import CHECK, CLAIM

    dataset = chosen(store, endpoint, view, ALL)
    asked = dataset.view
    labels = Labels(asked.quads)
    found = Explainer(asked, dataset.sources).explain(labels.find(" ".join(words)))
    click.echo("\n".join(render.explanation(found, labels, lang)))
    if (found.node in CLAIM and asked.name != ARTICLE) or found.node in CHECK:
        from kzun_graph.factcheck import FactCheck
        from kzun_graph.factcheck.report import check_as_text, in_sources
        from kzun_graph.factcheck.wording import Wording

        checked, wording = FactCheck(asked), Wording(labels, lang)
        if found.node in CHECK:
            lines = check_as_text(checked.check(found.node), wording)
        else:
            lines = in_sources(checked.verdict(found.node), wording)
        click.echo("\n".join(lines))


def _parameters(arguments: list[str]) -> dict[str, str]:
    """Return ``--name value`` and ``--name=value`` pairs as a mapping."""
    values = {}
    rest = list(arguments)
    while rest:
        name, equals, value = rest.pop(0).partition("=")
        if not name.startswith("--") or not (equals or rest):
            raise QueryError(None, f"{name!r} has no value or no name", "write --parameter value")
        values[name.removeprefix("--")] = value if equals else rest.pop(0)
    return values
