"""Contents: all files of a release, made from the views and the project's own files."""

from collections.abc import Iterable, Mapping
from importlib import metadata
from pathlib import PurePosixPath

from kzun_graph import resources
from kzun_graph.errors import OutputError
from kzun_graph.files import outputs
from kzun_graph.links.sssom import sssom
from kzun_graph.publish.about import about
from kzun_graph.publish.citation import citation
from kzun_graph.publish.crate import METADATA, crate
from kzun_graph.publish.description import DOCUMENT, description_bytes, view_title
from kzun_graph.publish.manifest import File
from kzun_graph.publish.nanopubs import nanopub_bytes
from kzun_graph.publish.readme import readme
from kzun_graph.queries import names, stored_query
from kzun_graph.rdf import rdf
from kzun_graph.rules import all_shapes
from kzun_graph.sources import Sources
from kzun_graph.tables import Tables
from kzun_graph.view import View
from kzun_graph.viewnames import ARTICLE

SUMS = "SHA256SUMS"
_HOLDS = {
    "trig": "{}: default graph and named graphs, TriG",
    "ttl": "{}: default graph alone, Turtle",
    "nq": "{}: default graph and named graphs, N-Quads",
    "jsonld": "{}: default graph and named graphs, JSON-LD with its context inside",
}
_FOLDERS = {
    "links/": "Links to other datasets with their evidence, as SSSOM",
    "ontology/": "The terms, and shapes and rules for validators",
    "queries/": "Stored questions: SPARQL that runs as it is in any engine, in folders by theme",
    "tables/": "Entities and facts for spreadsheets: UTF-8 with byte order mark",
}


def release_files(views: Iterable[View], sources: Sources) -> list[File]:
    """Return every file of a release, sorted by path: data, description, metadata, checksums.

    Raises KzunError: a query's header or the dataset's description of itself is wrong, or the
    licence is not installed.
    """
    views = list(views)
    own = about(views[0].quads)
    data = view_files(views, sources)
    files = [*data, *_links(sources), *_ontology(), *_queries()]
    files += [
        File(
            DOCUMENT, _described(views, data), "Description of the dataset: VoID and DCAT, Turtle"
        ),
        File(
            "nanopubs.trig",
            nanopub_bytes(views[0]),
            f"Each claim of the view '{views[0].name}' as a nanopublication, TriG",
        ),
        File("CITATION.cff", citation(own), "How to cite the dataset"),
        File("LICENSE", license_bytes(), "The licences of data, ontology and code"),
    ]
    files.append(File("README.md", readme(own, files), "What the files of this release are"))
    # as long as it will be: checksums have one length
    draft = _listing([*files, File(METADATA, b"", "")])
    files.append(File(METADATA, crate(own, files, _folders(files), draft), "RO-Crate metadata"))
    files.append(_listing(files))
    return sorted(files, key=lambda file: file.path)


def described(views: Iterable[View], sources: Sources) -> bytes:
    """Return the description of the dataset as a release of ``views`` has it, as Turtle."""
    views = list(views)
    return _described(views, view_files(views, sources))


def _described(views: Iterable[View], files: Iterable[File]) -> bytes:
    return description_bytes({view.name: view.quads for view in views}, files)


def view_files(views: Iterable[View], sources: Sources) -> list[File]:
    """Return the files that are forms of ``views``: four RDF formats and two tables each."""
    files = []
    for view in views:
        stem = "kzun" if view.name == ARTICLE else f"kzun-{view.name}"
        title = f"View '{view.name}' ({view_title(view.name)})"
        forms = outputs(view)
        forms[f"{stem}.jsonld"] = rdf(view, sources, "jsonld")
        for name, data in forms.items():
            holds = _HOLDS[name.rpartition(".")[2]].format(title)
            files.append(File(name, data, holds, view.name))
        tables = Tables(view, sources, "en")
        ending = stem.removeprefix("kzun")
        for table, data in (("entities", tables.entities()), ("facts", tables.facts())):
            name = f"tables/{table}{ending}.csv"
            files.append(File(name, data, f"{title}: table of the {table}", view.name))
    return files


def _links(sources: Sources) -> list[File]:
    terms = sssom((), sources.located, "ontology")
    return [
        File(f"links/{path.name}", path.read_bytes(), "Links with their evidence, SSSOM")
        for path in resources.files("data/links", "*.sssom.tsv")
    ] + [File("links/ontology.sssom.tsv", terms, "What our terms refine elsewhere, SSSOM")]


def _ontology() -> list[File]:
    folder = resources.root() / "ontology"
    context = (folder / "context" / "kzun.jsonld").read_bytes()
    return [
        File("context.jsonld", context, "JSON-LD context of the terms"),
        File("ontology/kzun.ttl", (folder / "kzun.ttl").read_bytes(), "The project's own terms"),
        File(
            "ontology/reused.ttl",
            (folder / "reused.ttl").read_bytes(),
            "The terms of other vocabularies that the data use",
        ),
        File("ontology/shapes.ttl", all_shapes().encode(), "SHACL shapes, and rules as sh:sparql"),
    ]


def _queries() -> list[File]:
    files = []
    for name in names():
        query = stored_query(name)
        data = (resources.root() / "queries" / f"{name}.rq").read_bytes()
        files.append(File(f"queries/{name}.rq", data, query.title["en"]))
    return files


def _folders(files: Iterable[File]) -> dict[str, str]:
    """Return what each folder of ``files`` holds, by its path with a slash at the end."""
    found = {}
    for file in files:
        for parent in PurePosixPath(file.path).parents:
            name = f"{parent.as_posix()}/"
            if name != "./":
                found[name] = _FOLDERS.get(name) or f"Stored questions: {parent.name}"
    return found


def license_bytes() -> bytes:
    """Return the text of the licences, from the checkout or from the installed package.

    Raises OutputError: it is in neither.
    """
    path = resources.root() / "LICENSE"
    if path.is_file():
        return path.read_bytes()
    try:
        text = metadata.distribution("kzun-graph").read_text("licenses/LICENSE")
    except metadata.PackageNotFoundError:
        text = None
    if text is None:
        raise OutputError(None, "the package has no LICENSE", "install kzun-graph anew")
    return text.encode()


def _listing(files: Iterable[File]) -> File:
    """Return the checksums of ``files`` as ``sha256sum -c`` reads them, sorted by path."""
    by_path: Mapping[str, str] = {file.path: file.sha256 for file in files}
    lines = (f"{by_path[path]}  {path}\n" for path in sorted(by_path))
    return File(SUMS, "".join(lines).encode(), "SHA-256 of every other file, for sha256sum -c")
