"""Export: a view, or a part of it, in the formats that other tools take."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kzun_graph.errors import OutputError
from kzun_graph.files import write_all
from kzun_graph.rdf import FORMATS as RDF
from kzun_graph.rdf import PARTS, rdf
from kzun_graph.sources import Sources, read_sources
from kzun_graph.tables import Tables
from kzun_graph.text import Place
from kzun_graph.view import View, build_view
from kzun_graph.viewnames import ALL, ARTICLE, VIEWS

FORMATS = (*RDF, "csv", "sssom", "nanopub", "quickstatements", "void")
COMMANDS = ("statements", "aliases", "labels")  # the parts of quickstatements
SETS = ("wikidata", "geonames", "wikidata-terms", "ontology")  # of mappings
TABLES = ("entities", "facts")
_PARTS_OF = dict.fromkeys(RDF, PARTS) | {
    "csv": ("facts",),
    "sssom": SETS,
    "quickstatements": COMMANDS,
}


@dataclass(frozen=True)
class Request:
    """What to export: a format, the whole view or one part, and for csv perhaps one table.

    ``out`` is the file to write, or the folder for both tables; None: standard output. ``same_as``
    adds owl:sameAs for the exact matches of single things. ``view`` None: the usual one of the
    format, all for quickstatements, else article.
    """

    form: str
    only: str | None = None
    table: str | None = None
    out: Path | None = None
    language: str = "en"
    view: str | None = None
    same_as: bool = False

    @property
    def both_tables(self) -> bool:
        """Whether two tables are wanted, and not one."""
        return self.form == "csv" and self.table is None

    @property
    def many_files(self) -> bool:
        """Whether ``out`` is a folder: for both tables, or for a file a nanopublication."""
        each = self.form == "nanopub" and self.out is not None and not self.out.suffix
        return self.both_tables or each

    def check(self) -> None:
        """Raise OutputError when the choices do not fit together, or ``out`` cannot be written."""
        if self.form != "csv" and self.table:
            raise OutputError(None, f"{self.form} has no tables", "use --format csv with --table")
        parts = _PARTS_OF.get(self.form, ())
        if self.only not in (None, *parts):
            forms = ", ".join(form for form, held in _PARTS_OF.items() if self.only in held)
            remedy = f"it holds {', '.join(parts)}" if parts else "leave --only out"
            remedy += f"; for the {self.only} use --format {forms}" if forms else ""
            raise OutputError(None, f"{self.form} cannot hold the {self.only}", remedy)
        if self.same_as and self.form not in RDF:
            what = f"{self.form} has no owl:sameAs"
            raise OutputError(None, what, f"use one of {', '.join(RDF)}")
        if self.view and self.form in ("sssom", "void"):
            what = f"{self.form} is of all views at once"
            raise OutputError(None, what, "leave --view out")
        self._check_out()

    def _check_out(self) -> None:
        if self.both_tables and self.out is None:
            remedy = "name a folder with --out, or one table with --table"
            raise OutputError(None, "csv is two tables", remedy)
        if self.many_files:
            return
        if self.out is not None and self.out.exists() and not self.out.is_file():
            what = "is a folder or a device, and a file is wanted"
            raise OutputError(Place(str(self.out)), what, "name a file with --out")


def export(request: Request) -> bytes | list[Path]:
    """Return what ``request`` asks for, or the files that now hold it: all of them, or none.

    Raises OutputError: the choices do not fit together, or a file cannot be written; SourceError:
    a source cannot be read.
    """
    request.check()
    sources = read_sources()
    if request.form == "csv":
        contents = _tables(request, _view(request, sources), sources)
    elif request.form == "nanopub" and request.many_files:
        from kzun_graph.publish.nanopubs import nanopub_files

        contents = nanopub_files(_view(request, sources))
    else:
        make = _OTHERS.get(request.form, _rdf)
        contents = {request.out.name if request.out else "": make(request, sources)}
    if request.out is None:
        return b"".join(contents.values())
    folder = request.out if request.many_files else request.out.parent
    write_all(folder, contents)
    return [folder / name for name in contents]


def _view(request: Request, sources: Sources, usual: str = ARTICLE) -> View:
    return build_view(sources, request.view or usual)


def _rdf(request: Request, sources: Sources) -> bytes:
    view = _view(request, sources)
    return rdf(view, sources, request.form, request.only, with_same_as=request.same_as)


def _sssom(request: Request, sources: Sources) -> bytes:
    from kzun_graph.links.mappings import read_mappings
    from kzun_graph.links.sssom import sssom

    return sssom(read_mappings(), sources.located, request.only)


def _nanopub(request: Request, sources: Sources) -> bytes:
    from kzun_graph.publish.nanopubs import nanopub_bytes

    return nanopub_bytes(_view(request, sources))


def _quickstatements(request: Request, sources: Sources) -> bytes:
    from kzun_graph.publish.quickstatements import quickstatements_bytes

    return quickstatements_bytes(_view(request, sources, ALL), request.only or COMMANDS[0])


def _void(_: Request, sources: Sources) -> bytes:
    from kzun_graph.publish.contents import described

    return described([build_view(sources, name) for name in VIEWS], sources)


_OTHERS: dict[str, Callable[[Request, Sources], bytes]] = {
    "sssom": _sssom,
    "nanopub": _nanopub,
    "quickstatements": _quickstatements,
    "void": _void,
}


def _tables(request: Request, view: View, sources: Sources) -> dict[str, bytes]:
    tables = Tables(view, sources, request.language)
    if request.both_tables:
        return {"entities.csv": tables.entities(), "facts.csv": tables.facts()}
    data = tables.entities() if request.table == "entities" else tables.facts()
    return {request.out.name if request.out else "": data}
