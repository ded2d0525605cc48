"""Export: a view, or a part of it, in the formats that other tools take."""

from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Quad

from kzun_graph import jsonld, webanno
from kzun_graph.errors import OutputError
from kzun_graph.files import write_all
from kzun_graph.formats import dataset_bytes
from kzun_graph.parts import annotations, facts, ontology
from kzun_graph.sources import Sources, read_sources
from kzun_graph.tables import Tables
from kzun_graph.text import Place
from kzun_graph.view import View, article_view

FORMATS = ("ttl", "trig", "nq", "jsonld", "csv")
PARTS = ("facts", "annotations", "ontology")
TABLES = ("entities", "facts")


@dataclass(frozen=True)
class Request:
    """What to export: a format, the whole view or one part, and for csv perhaps one table.

    ``out`` is the file to write, or the folder for both tables; None: standard output.
    """

    form: str
    only: str | None = None
    table: str | None = None
    out: Path | None = None
    language: str = "en"

    @property
    def both_tables(self) -> bool:
        """Whether two files are wanted, and not one."""
        return self.form == "csv" and self.table is None

    def check(self) -> None:
        """Raise OutputError when the choices do not fit together, or ``out`` cannot be written."""
        if self.form != "csv" and self.table:
            raise OutputError(None, f"{self.form} has no tables", "use --format csv with --table")
        if self.form == "csv" and self.only not in (None, "facts"):
            remedy = f"use one of {', '.join(FORMATS[:-1])}"
            raise OutputError(None, f"csv cannot hold the {self.only}", remedy)
        if self.both_tables:
            if self.out is None:
                remedy = "name a folder with --out, or one table with --table"
                raise OutputError(None, "csv is two tables", remedy)
        elif self.out is not None and self.out.exists() and not self.out.is_file():
            what = "is a folder or a device, and a file is wanted"
            raise OutputError(Place(str(self.out)), what, "name a file with --out")


def export(request: Request) -> bytes | list[Path]:
    """Return what ``request`` asks for, or the files that now hold it: all of them, or none.

    Raises OutputError: the choices do not fit together, or a file cannot be written; SourceError:
    a source cannot be read.
    """
    request.check()
    sources = read_sources()
    view = article_view(sources)
    if request.form == "csv":
        contents = _tables(request, view, sources)
    else:
        data = rdf(view, sources, request.form, request.only)
        contents = {request.out.name if request.out else "": data}
    if request.out is None:
        return b"".join(contents.values())
    folder = request.out if request.both_tables else request.out.parent
    write_all(folder, contents)
    return [folder / name for name in contents]


def _tables(request: Request, view: View, sources: Sources) -> dict[str, bytes]:
    tables = Tables(view, sources, request.language)
    if request.both_tables:
        return {"entities.csv": tables.entities(), "facts.csv": tables.facts()}
    data = tables.entities() if request.table == "entities" else tables.facts()
    return {request.out.name if request.out else "": data}


def rdf(view: View, sources: Sources, form: str, only: str | None = None) -> bytes:
    """Return ``view``, or the part ``only`` of it, in an RDF format, the same on every run.

    ttl holds the default graph, and of the facts nothing of the claims; the other formats hold the
    claims as named graphs. The annotations in jsonld have the form of the W3C's Web Annotations.

    Raises OutputError: no such format or part.
    """
    if form == "jsonld" and only == "annotations":
        return webanno.document(view).encode()
    quads = _part(view, sources, only, claims=form != "ttl")
    if form == "jsonld":
        return jsonld.document(quads).encode()
    if form in ("ttl", "trig", "nq"):
        return dataset_bytes(quads, form)
    raise OutputError(None, f"{form!r} is no RDF format", f"use one of {', '.join(FORMATS[:-1])}")


def _part(
    view: View, sources: Sources, only: str | None, *, claims: bool
) -> list[Quad] | tuple[Quad, ...]:
    if only is None:
        return view.quads
    if only == "facts":
        return facts(view, sources, claims=claims)
    if only == "annotations":
        return annotations(view)
    if only == "ontology":
        return ontology(sources)
    raise OutputError(None, f"there is no part {only!r}", f"use one of {', '.join(PARTS)}")
