"""The command that prints the fact-check of the article: check."""

import sys
from pathlib import Path

import click

from kzun_graph.cli.options import FINE, language
from kzun_graph.viewnames import ALL

_VERDICTS = (
    "corroborated",
    "imprecise",
    "contradicted",
    "disputed",
    "unverifiable",
    "not-examined",
)


@click.command()
@click.option("--format", "form", type=click.Choice(("text", "markdown", "html")), default="text")
@click.option("--verdict", type=click.Choice(_VERDICTS), multiple=True, help="Only these verdicts.")
@click.option("--out", type=click.Path(path_type=Path), help="File, instead of standard output.")
@language
def check(form: str, verdict: tuple[str, ...], out: Path | None, lang: str) -> None:
    """Show what other sources say of each claim: verdict, finding, addresses, corrections.

    \b
    kzun check --verdict contradicted --verdict disputed
    kzun check --format html --lang kk --out check.html
    """  # noqa: D301 (click reads \b as "keep these lines")
    from kzun_graph.factcheck import FactCheck
    from kzun_graph.factcheck.report import as_html, as_markdown, as_text
    from kzun_graph.factcheck.wording import Wording
    from kzun_graph.files import write_all
    from kzun_graph.labels import Labels
    from kzun_graph.sources import read_sources
    from kzun_graph.terms import KZUN
    from kzun_graph.view import build_view

    view = build_view(read_sources(), ALL)
    wanted = {KZUN[name.title().replace("-", "")] for name in verdict}
    found = [v for v in FactCheck(view).verdicts() if not wanted or v.verdict in wanted]
    words = Wording(Labels(view.stated), lang)
    if form == "html":
        lines = as_html(found, words, lang)
    else:
        lines = as_markdown(found, words) if form == "markdown" else as_text(found, words)
    text = "\n".join(lines)
    if out is None:
        click.echo(text)
    else:
        write_all(out.parent, {out.name: f"{click.unstyle(text)}\n".encode()})
        click.echo(out)
    sys.exit(FINE)
