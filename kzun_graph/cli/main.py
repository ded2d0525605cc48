"""Command line: translates between the terminal and the package, and holds no logic of its own."""

import gc
import io
import signal
import sys
from typing import NoReturn

import click

from kzun_graph import __version__
from kzun_graph.cli import ask, check, data, diff, doctor, export, link, link_remote, load, release
from kzun_graph.cli.options import COULD_NOT_RUN
from kzun_graph.errors import KzunError


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


for command in (
    data.build,
    data.validate,
    ask.query,
    ask.sparql,
    ask.explain,
    check.check,
    data.coverage,
    data.stats,
    export.export,
    load.load,
    doctor.doctor,
    diff.diff,
    link.link,
    data.shapes,
    release.release,
):
    cli.add_command(command)
for command in (link_remote.check, link_remote.suggest):
    link.link.add_command(command)


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
