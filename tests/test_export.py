"""Export: one graph in every format and for every reader, parts, tables, all files or none."""

import csv
import errno
import io
import os
import shutil
import subprocess
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, parse
from test_cli import kzun

from kzun_graph.cli import cli
from kzun_graph.errors import OutputError
from kzun_graph.export import COMMANDS, FORMATS, PARTS, RDF, SETS, TABLES, Request, export
from kzun_graph.files import outputs
from kzun_graph.messages import LANGUAGES
from kzun_graph.parts import annotations, facts, ontology
from kzun_graph.rdf import rdf
from kzun_graph.rdflib_terms import from_rdflib
from kzun_graph.resources import root
from kzun_graph.sources import Sources
from kzun_graph.tables import BETWEEN, ENTITIES, FACTS, Tables
from kzun_graph.terms import CLAIM, ID, KZUN, NIF, OA, SKOS, TYPE, XSD
from kzun_graph.view import View

OXIGRAPH = {
    "ttl": RdfFormat.TURTLE,
    "trig": RdfFormat.TRIG,
    "nq": RdfFormat.N_QUADS,
    "jsonld": RdfFormat.JSON_LD,
}
RDFLIB = {"ttl": "turtle", "trig": "trig", "nq": "nquads", "jsonld": "json-ld"}
RAPPER = {"ttl": "turtle", "trig": "trig", "nq": "nquads"}


def by_oxigraph(data: bytes, form: str) -> set[Quad]:
    return set(parse(data, format=OXIGRAPH[form]))


def by_rdflib(data: bytes, form: str) -> set[Quad]:
    found = rdflib.Dataset()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # rdflib warns of what it calls itself
        found.parse(data=data.decode(), format=RDFLIB[form])
    unnamed = (None, found.default_graph.identifier)
    return {
        Quad(
            from_rdflib(s),  # type: ignore[arg-type]
            from_rdflib(p),  # type: ignore[arg-type]
            from_rdflib(o),  # type: ignore[arg-type]
            DefaultGraph() if g in unnamed else NamedNode(str(g)),
        )
        for s, p, o, g in found.quads()
    }


def by_rapper(data: bytes, form: str) -> set[Quad]:
    """What Redland's parser reads: neither of Rust nor of Python."""
    if not shutil.which("rapper") and "CI" not in os.environ:
        pytest.skip("no rapper here (Debian package raptor2-utils); CI has it")
    command = ["rapper", "--quiet", "-i", RAPPER[form], "-o", "nquads", "-", "http://example.org/"]
    done = subprocess.run(command, input=data, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    return set(parse(done.stdout, format=RdfFormat.N_QUADS))


def default(quads: set[Quad]) -> set[Quad]:
    return {quad for quad in quads if quad.graph_name == DefaultGraph()}


READERS = [
    *((by_oxigraph, form) for form in OXIGRAPH),
    *((by_rdflib, form) for form in RDFLIB),
    *((by_rapper, form) for form in RAPPER),
]


@pytest.mark.parametrize(("reader", "form"), READERS)
def test_every_reader_finds_the_view_in_every_format(
    reader: Callable[[bytes, str], set[Quad]], form: str, view: View, sources: Sources
) -> None:
    quads = set(view.quads)
    found = reader(rdf(view, sources, form), form)
    assert found == (default(quads) if form == "ttl" else quads)


@pytest.mark.parametrize("only", PARTS)
def test_a_part_is_the_same_in_every_format(only: str, view: View, sources: Sources) -> None:
    texts = {form: rdf(view, sources, form, only) for form in RDF}
    quads = by_oxigraph(texts["nq"], "nq")
    assert quads
    assert quads <= set(view.quads)
    assert by_oxigraph(texts["trig"], "trig") == by_rapper(texts["trig"], "trig") == quads
    turtle = by_oxigraph(texts["ttl"], "ttl")
    assert turtle == {q for q in default(quads) if q.subject not in CLAIM}
    if only != "annotations":  # those have a context of the W3C's: see test_jsonld.py
        assert by_oxigraph(texts["jsonld"], "jsonld") == quads


def test_the_whole_view_has_the_bytes_of_the_build(view: View, sources: Sources) -> None:
    for name, data in outputs(view).items():
        assert rdf(view, sources, name.rpartition(".")[2]) == data


@pytest.mark.parametrize(
    "arguments",
    [("jsonld", None), ("jsonld", "annotations"), ("trig", "facts"), ("ttl", "ontology")],
)
def test_the_same_input_gives_the_same_bytes_in_another_process(
    arguments: tuple[str, str | None], view: View, sources: Sources
) -> None:
    form, only = arguments
    options = ("--only", only) if only else ()
    done = kzun("export", "--format", form, *options, PYTHONHASHSEED="77", LC_ALL="C")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.encode() == rdf(view, sources, form, only)


def test_facts_hold_what_is_said_and_not_how_we_know(view: View, sources: Sources) -> None:
    quads = facts(view, sources, claims=True)
    terms = {quad.subject for quad in ontology(sources)}
    claimed = {quad for quad in view.quads if quad.graph_name != DefaultGraph()}
    assert {quad for quad in quads if quad.graph_name != DefaultGraph()} == claimed
    assert {Quad(*quad.triple) for quad in claimed} <= set(quads)
    labels = {q for q in view.quads if q.predicate == SKOS["prefLabel"] and q.subject in ID}
    assert labels <= set(quads)
    derived = {q for q in view.derived if q.subject in ID}
    assert derived
    assert derived <= set(quads)
    assert {q.subject for q in quads if q.predicate == KZUN["quote"]} == {
        quad.graph_name for quad in claimed
    }
    for quad in quads:
        assert quad.subject not in terms
        assert "#char=" not in str(quad)
        assert "/annotation/" not in str(quad)
        assert "/selector/" not in str(quad)
        assert quad.predicate not in (KZUN["inSentence"], KZUN["inParagraph"])
        assert not any(name in NIF or name in OA for name in quad.triple)


def test_facts_in_turtle_are_just_the_facts(view: View, sources: Sources) -> None:
    text = rdf(view, sources, "ttl", "facts").decode()
    assert "id:admission-1992 " in text
    assert KZUN["earliest"].value.rpartition("#")[2] in text
    assert CLAIM.iri not in text.replace(f"@prefix claim: <{CLAIM.iri}> .", "")
    assert "claim:" not in text.replace("@prefix claim:", "")


def test_the_ontology_is_its_two_files(view: View, sources: Sources) -> None:
    paths = [root() / "ontology" / name for name in ("kzun.ttl", "reused.ttl")]
    written = {quad for path in paths for quad in parse(path=path)}
    assert by_oxigraph(rdf(view, sources, "ttl", "ontology"), "ttl") == written


def test_annotations_hold_all_of_them_and_nothing_else(view: View) -> None:
    quads = annotations(view)
    kinds = {quad.object for quad in quads if quad.predicate == TYPE}
    assert {OA["Annotation"], OA["SpecificResource"], OA["TextQuoteSelector"]} <= kinds
    assert {q for q in view.quads if q.predicate in OA and q.subject not in CLAIM} <= set(quads)
    assert not any(quad.subject in CLAIM or quad.subject in ID for quad in quads)


# ---------------------------------------------------------------- tables


@pytest.fixture(scope="module")
def tables(view: View, sources: Sources) -> Tables:
    return Tables(view, sources, "ru")


def rows(data: bytes) -> list[dict[str, str]]:
    """The rows as a spreadsheet reads them: RFC 4180, with nothing left over."""
    text = data.decode("utf-8-sig")
    assert data.startswith(b"\xef\xbb\xbf")
    assert text.count("\r\n") == text.count("\n") == text.count("\r")
    read = csv.DictReader(io.StringIO(text, newline=""), strict=True, restkey="too many")
    found = list(read)
    assert found
    assert all(set(row) == set(read.fieldnames or ()) for row in found)
    cells = [cell for row in found for cell in row.values()]
    assert not any(cell.startswith(("=", "+", "@", "\t")) for cell in cells)  # would be formulas
    return found


def test_the_table_of_entities_has_each_labelled_thing_once(tables: Tables, view: View) -> None:
    found = {row["id"]: row for row in rows(tables.entities())}
    assert tuple(next(iter(found.values()))) == ENTITIES
    labels = {
        (quad.subject.value, quad.object.language): quad.object.value  # type: ignore[union-attr]
        for quad in view.quads
        if quad.predicate == SKOS["prefLabel"] and quad.subject not in KZUN
    }
    assert set(found) == {node for node, _ in labels}
    for (node, language), text in labels.items():
        assert found[node][f"label_{language}"] == text
    kazakhstan = found[ID["kazakhstan"].value]
    assert kazakhstan["type"] == "https://schema.org/Country"
    assert kazakhstan["type_label"] == "государство"
    assert all(kazakhstan[f"description_{language}"] for language in LANGUAGES)
    assert all(row["type"] for row in found.values())


def test_the_table_of_facts_has_each_triple_of_each_claim(
    tables: Tables, view: View, sources: Sources
) -> None:
    found = rows(tables.facts())
    assert tuple(found[0]) == FACTS
    keys = ("claim", "subject", "property", "object")
    assert {tuple(row[key] for key in keys) for row in found} == {
        (q.graph_name.value, q.subject.value, q.predicate.value, q.object.value)  # type: ignore[union-attr]
        for q in view.quads
        if q.graph_name != DefaultGraph()
    }
    for row in found:
        quote = sources.article.text[int(row["start"]) : int(row["end"])]
        assert row["quote"] == quote
        assert row["sentence"].startswith(row["paragraph"])
        assert row["kind"].startswith(KZUN.iri)
        assert BETWEEN not in row["kind"]


def test_a_fact_reads_as_a_sentence_in_the_language(view: View, sources: Sources) -> None:
    claim = CLAIM["p01-18"].value
    for language, words in {
        "kk": (
            "Қазақстанның Біріккен Ұлттар Ұйымына мүшелікке қабылдануы",
            "факт ретінде айтылған тұжырым",
        ),
        "ru": ("Приём Казахстана в Организацию Объединённых Наций", "утверждение о факте"),
        "en": ("Admission of Kazakhstan to the United Nations", "statement of fact"),
    }.items():
        (row,) = (
            row for row in rows(Tables(view, sources, language).facts()) if row["claim"] == claim
        )
        assert (row["subject_label"], row["kind_label"]) == words
        assert row["property"] == KZUN["date"].value
        assert (row["object"], row["datatype"]) == ("1992-03-02", XSD["date"].value)
        assert row["quote"] == "1992 жылғы 2 наурызда"


def test_no_value_of_a_cell_of_several_holds_what_stands_between(view: View) -> None:
    assert not any(BETWEEN in str(quad.object) for quad in view.quads)


# ---------------------------------------------------------------- files and errors


def test_what_the_command_line_offers_is_what_there_is() -> None:
    options = {parameter.name: parameter for parameter in cli.commands["export"].params}
    parts = tuple(dict.fromkeys((*PARTS, *SETS, *COMMANDS)))
    for name, there in (("form", FORMATS), ("only", parts), ("table", TABLES)):
        assert tuple(options[name].type.choices) == there  # type: ignore[attr-defined]


def test_the_files_hold_what_standard_output_shows(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "tables"
    written = export(Request("csv", out=folder, language="kk"))
    assert written == [folder / "entities.csv", folder / "facts.csv"]
    for table in TABLES:
        data = export(Request("csv", table=table, language="kk"))
        assert data == (folder / f"{table}.csv").read_bytes()
    path = tmp_path / "ontology.ttl"
    done = kzun("export", "--only", "ontology", "--out", str(path))
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{path}\n", "")
    assert path.read_bytes() == export(Request("ttl", only="ontology"))
    assert sorted(p.name for p in tmp_path.iterdir()) == ["new", "ontology.ttl"]


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        (Request("csv"), "csv is two tables: name a folder with --out, or one table with --table"),
        (
            Request("csv", only="annotations"),
            "csv cannot hold the annotations: it holds facts; for the annotations use --format ttl",
        ),
        (Request("csv", only="ontology", table="facts"), "csv cannot hold the ontology"),
        (Request("ttl", table="facts"), "ttl has no tables: use --format csv with --table"),
        (Request("pdf"), "'pdf' is no RDF format: use one of ttl, trig, nq, jsonld"),
        (
            Request("ttl", only="claims"),
            "ttl cannot hold the claims: it holds facts, annotations, ontology",
        ),
        (
            Request("trig", only="aliases"),
            "for the aliases use --format quickstatements",
        ),
        (Request("sssom", only="facts"), "sssom cannot hold the facts: it holds wikidata"),
        (Request("void", view="all"), "void is of all views at once: leave --view out"),
        (Request("csv", same_as=True), "csv has no owl:sameAs: use one of ttl, trig, nq, jsonld"),
        (Request("ttl", out=Path(os.devnull)), "is a folder or a device, and a file is wanted"),
        (Request("ttl", out=Path()), "is a folder or a device, and a file is wanted"),
        (Request("csv", out=Path(__file__)), "is a file, and a folder is wanted"),
        (Request("nq", out=Path(__file__) / "a"), "is a file, and a folder is wanted"),
        (Request("nq", out=Path(__file__) / "a" / "b.nq"), "cannot be written"),
    ],
)
def test_what_does_not_fit_together_is_refused(request_: Request, message: str) -> None:
    with pytest.raises(OutputError, match=message.replace("(", r"\(")) as caught:
        export(request_)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("options", [("--format", "csv"), ("--table", "facts"), ("--only", "x")])
def test_the_command_line_says_so_in_one_line(options: tuple[str, ...]) -> None:
    done = kzun("export", *options)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("error: ")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("step", ["write", "fsync", "replace"])
def test_a_full_disk_leaves_the_old_files_whole(
    step: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    old = {"entities.csv": b"old entities", "facts.csv": b"old facts"}
    for name, data in old.items():
        (tmp_path / name).write_bytes(data)

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    owner = {
        "write": "kzun_graph.files._write",
        "fsync": "os.fsync",
        "replace": "pathlib.Path.replace",
    }
    monkeypatch.setattr(owner[step], full)
    for request in (Request("csv", out=tmp_path), Request("nq", out=tmp_path / "facts.csv")):
        with pytest.raises(OutputError, match=r"cannot be written .*nothing was changed"):
            export(request)
    monkeypatch.undo()
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == old
