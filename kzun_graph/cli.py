"""Command line: translates between the terminal and the package, and holds no logic of its own."""

import gc
import io
import os
import signal
import sys
from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from kzun_graph import __version__
from kzun_graph.errors import KzunError, QueryError
from kzun_graph.messages import LANGUAGES, say

if TYPE_CHECKING:
    from kzun_graph.dataset import Dataset
    from kzun_graph.results import Result

FINE, FINDINGS, COULD_NOT_RUN = 0, 1, 2
_FORMATS = ("table", "csv", "tsv", "json", "xml", "ttl")
_EXPORTS = ("ttl", "trig", "nq", "jsonld", "csv")
_PARTS = ("facts", "annotations", "ontology")
_TABLES = ("entities", "facts")


def _default_language() -> str:
    spoken = os.environ.get("KZUN_LANG") or os.environ.get("LC_ALL") or os.environ.get("LANG", "")
    return spoken[:2] if spoken[:2] in LANGUAGES else "en"


_language = click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    default=_default_language,
    help="Language of labels and messages (default: KZUN_LANG, else the locale's, else en).",
)


@click.group()
@click.version_option(__version__, prog_name="kzun")
def cli() -> None:
    """Ask and check a knowledge graph of a Kazakh newspaper article on Kazakhstan in the UN.

    \b
    kzun query                       the questions that are ready to ask
    kzun query missions/contingents  an answer
    kzun explain Ливан               all that is known of a thing
    kzun build                       the graph as TriG, Turtle and N-Quads
    """  # noqa: D301 (click reads \b as "keep these lines")


def _complete_query(
    ctx: click.Context,  # noqa: ARG001 (click calls with all three)
    param: click.Parameter,  # noqa: ARG001
    incomplete: str,
) -> list[str]:
    """Return the names of stored queries that begin with, or end in, what is typed."""
    from kzun_graph.queries import names

    return [n for n in names() if any(w.startswith(incomplete) for w in (n, n.rpartition("/")[2]))]


@cli.command()
@click.option("--out", type=click.Path(path_type=Path), default=Path("build"), help="Folder.")
@_language
def build(out: Path, lang: str) -> None:
    """Read, ground, derive and check the data, and write kzun.trig, kzun.ttl and kzun.nq."""
    from kzun_graph.build import build as run

    with _progress() as tell:
        summary = run(out, tell)
    _print_findings((f for f in summary.findings if f.severity == "Violation"), lang)
    if not summary.written:
        sys.exit(FINDINGS)
    if sys.stdout.isatty():
        click.echo(say("built", lang, summary))
    click.echo("\n".join(str(path) for path in summary.written))


@cli.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(("text", "ttl", "json")), default="text")
@click.option("--all", "everything", is_flag=True, help="Show warnings and infos too.")
@_language
def validate(files: tuple[Path, ...], form: str, everything: bool, lang: str) -> None:
    """Check the shipped data, or FILES laid over them, against the shapes and rules.

    Exit code 0: no violations; 1: violations; 2: could not run.
    """
    from kzun_graph import findings as reports
    from kzun_graph.validate import validate_files

    with _progress() as tell:
        tell("check")
        found = validate_files(files)
    if form == "ttl":
        click.echo(reports.report(found), nl=False)
    elif form == "json":
        import json

        click.echo(json.dumps(reports.as_json(found, lang), ensure_ascii=False, indent=2))
    else:
        _print_findings((f for f in found if everything or f.severity == "Violation"), lang)
        _print_conclusion(found, lang)
    sys.exit(FINDINGS if reports.has_violations(found) else FINE)


def _list_queries(find: str, lang: str) -> None:
    from kzun_graph import queries, render

    stored = queries.matching(find)
    if not stored:
        click.echo(say("none found", lang, find))
        return
    click.echo("\n".join(render.catalogue(stored, lang)).lstrip("\n"))


@cli.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
@click.argument("name", required=False, shell_complete=_complete_query)
@click.option("--format", "form", type=click.Choice(_FORMATS), help="table on a terminal, else csv")
@click.option("--find", metavar="WORDS", help="List only the questions that hold these words.")
@click.option("--about", is_flag=True, help="Say what NAME answers, and its parameters.")
@_language
@click.pass_context
def query(
    ctx: click.Context,
    name: str | None,
    form: str | None,
    find: str | None,
    about: bool,
    lang: str,
) -> None:
    """List the stored queries, or run the one called NAME.

    \b
    kzun query timelines/between --from 1992-01-01 --to 1993-12-31
    kzun query memberships/admissions --format json
    kzun query NAME --about         what it answers, and its parameters
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
    from kzun_graph.dataset import load

    dataset = load()
    _print_result(dataset.run(stored_query.name, **values), dataset, form, lang)


@cli.command()
@click.argument("source")
@click.option("--format", "form", type=click.Choice(_FORMATS), help="table on a terminal, else csv")
@_language
def sparql(source: str, form: str | None, lang: str) -> None:
    """Run a SPARQL query: SOURCE is its text, a file, or "-" for standard input."""
    from kzun_graph.dataset import load
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
    dataset = load()
    _print_result(dataset.sparql(text, place), dataset, form, lang)


@cli.command()
@click.argument("words", nargs=-1, required=True, metavar="NAME")
@_language
def explain(words: tuple[str, ...], lang: str) -> None:
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
    from kzun_graph.sources import read_sources
    from kzun_graph.view import article_view

    sources = read_sources()
    view = article_view(sources)
    labels = Labels(view.quads)
    found = Explainer(view, sources).explain(labels.find(" ".join(words)))
    click.echo("\n".join(render.explanation(found, labels, lang)))


@cli.command()
@_language
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


@cli.command()
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text")
@_language
def stats(form: str, lang: str) -> None:
    """Count claims, entities, predicates, labels, quotes and mentions."""
    from kzun_graph.labels import Labels
    from kzun_graph.sources import read_sources
    from kzun_graph.stats import stats as run
    from kzun_graph.view import article_view

    sources = read_sources()
    view = article_view(sources)
    found = run(view, sources)
    if form == "json":
        import json
        from dataclasses import asdict

        click.echo(json.dumps(asdict(found), ensure_ascii=False, indent=2))
        return
    from kzun_graph import render

    click.echo("\n".join(render.statistics(found, Labels(view.stated), lang)))


@cli.command()
@click.option("--format", "form", type=click.Choice(_EXPORTS), default="ttl", show_default=True)
@click.option("--only", type=click.Choice(_PARTS), help="A part instead of the whole view.")
@click.option("--table", type=click.Choice(_TABLES), help="With csv: one table, not both.")
@click.option("--out", type=click.Path(path_type=Path), help="File; with csv the tables' folder.")
@_language
def export(form: str, only: str | None, table: str | None, out: Path | None, lang: str) -> None:
    """Write the graph, or a part of it, for other tools.

    \b
    kzun export --format jsonld                     the whole view, its context inside
    kzun export --format trig --only facts          no grounding, no ontology
    kzun export --format jsonld --only annotations  W3C Web Annotations
    kzun export --only ontology --out kzun-ontology.ttl
    kzun export --format csv --out tables           entities.csv and facts.csv

    ttl holds the default graph; trig, nq and jsonld the claims as named graphs too. csv is for
    spreadsheets: UTF-8 with byte order mark, a row for each fact, claim and quote.
    """  # noqa: D301 (click reads \b as "keep these lines")
    from kzun_graph.export import Request
    from kzun_graph.export import export as run

    found = run(Request(form, only, table, out, lang))
    click.echo(
        found if isinstance(found, bytes) else "\n".join(map(str, found)), nl=out is not None
    )


@cli.command()
def shapes() -> None:
    """Print the shapes and the rules (as sh:sparql) as one Turtle file for other validators."""
    from kzun_graph.rules import all_shapes

    click.echo(all_shapes(), nl=False)


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


def _print_result(result: "Result", dataset: "Dataset", form: str | None, lang: str) -> None:
    if form is None:
        form = "table" if sys.stdout.isatty() else "csv" if result.triples is None else "ttl"
    if form != "table" or result.triples is not None:
        click.echo(result.write("ttl" if form == "table" else form), nl=False)
        return
    from kzun_graph.table import print_table

    print_table(result, dataset.labels, lang)


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


def _progress() -> AbstractContextManager[Any]:
    """Return a context that shows each step on a terminal, and nothing elsewhere."""
    if not sys.stderr.isatty():
        return nullcontext(str)
    from kzun_graph.table import spinner

    return spinner()


def main() -> None:
    """Run the command line; whatever goes wrong is one line on standard error and exit code 2."""
    gc.disable()  # one short run, whose objects live to its end: a tenth of its time
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # "kzun … | head" ends as other tools do
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # UTF-8 and LF, whatever the locale says
            stream.reconfigure(encoding="utf-8", newline="\n")
    try:
        cli.main(prog_name="kzun", standalone_mode=False)
    except KzunError as error:
        _stop(str(error))
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        sys.exit(COULD_NOT_RUN)
    except click.UsageError as error:
        help_ = f"'{error.ctx.command_path} --help'" if error.ctx else "'kzun --help'"
        _stop(f"{error.format_message()} See {help_}.")
    except (click.Abort, KeyboardInterrupt):
        _stop("interrupted; no file is left half-written")
    except OSError as error:
        name = error.filename or "output"
        _stop(f"{name}: {error.strerror or error}: check the name, the rights and the room")


def _stop(message: str) -> NoReturn:
    click.echo(f"error: {message}", err=True)
    sys.exit(COULD_NOT_RUN)
