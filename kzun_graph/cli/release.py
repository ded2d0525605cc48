"""Commands on a release: write the folder that is published."""

import sys
from pathlib import Path

import click

from kzun_graph.cli.options import FINDINGS, language, progress


@click.command()
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("build"),
    show_default=True,
    help="Folder in which kzun-graph-VERSION is made.",
)
@language
def release(out: Path, lang: str) -> None:
    """Write the folder of a release: all views, links, ontology, questions, checksums.

    \b
    kzun release --out DIR    makes DIR/kzun-graph-VERSION

    It holds a description (VoID and DCAT), CITATION.cff, RO-Crate metadata and SHA256SUMS. With a
    violation nothing is written. A release that is there with other bytes is never replaced.
    """  # noqa: D301 (click reads \b as "keep these lines")
    from kzun_graph.publish.release import release as run

    with progress() as tell:
        made = run(out, tell)
    for finding in made.findings:
        if finding.severity == "Violation":
            from kzun_graph import render

            click.echo("\n".join(render.finding(finding, lang)))
    if not made.files:
        sys.exit(FINDINGS)
    click.echo(str(made.folder))
