"""SSSOM/TSV: the files and the export, read and judged by sssom-py, in a process of its own."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import Literal, Quad, Triple, parse

from kzun_graph import resources
from kzun_graph.errors import OutputError, UnknownNameError
from kzun_graph.links.layer import links
from kzun_graph.links.mappings import Mapping, read_mappings
from kzun_graph.links.sssom import of_ontology, sssom
from kzun_graph.sources import Sources
from kzun_graph.terms import KZUN, SCHEMA, SSSOM, TYPE, XSD

FILES = resources.files("data/links", "*.sssom.tsv")
SETS = ("geonames", "ontology", "wikidata", "wikidata-terms")
_JUDGE = """
import json, sys
from sssom.parsers import parse_sssom_table
from sssom.validators import validate
answers = {}
for path in sys.argv[1:]:
    try:
        validate(parse_sssom_table(path))
        answers[path] = ""
    except Exception as error:
        answers[path] = f"{type(error).__name__}: {error}"
print(json.dumps(answers))
"""
# sssom-py refuses little; what it lets through, our own reader refuses: see test_mappings.py.
BROKEN = {
    "an unknown prefix": ("\twd:Q232\t", "\twkd:Q232\t"),
    "a confidence above 1": ("\t0.95\t", "\t1.95\t"),
    "a confidence below 0": ("\t0.95\t", "\t-1\t"),
    "a header that is no YAML": ("#license: ", "#license: ["),
}


def python(*arguments: str) -> str:
    found = subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert found.returncode == 0, found.stderr
    return found.stdout


@pytest.fixture(scope="module")
def mappings() -> tuple[Mapping, ...]:
    return read_mappings()


@pytest.fixture(scope="module")
def judged(
    mappings: tuple[Mapping, ...], sources: Sources, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, str]:
    """What sssom-py says of each file, of each export and of the broken copies, by name."""
    folder = tmp_path_factory.mktemp("sssom")
    texts = {path.name: path.read_text("utf-8") for path in FILES}
    texts |= {
        f"export {name}": sssom(mappings, sources.located, name).decode() for name in (None, *SETS)
    }
    shipped = texts["wikidata.sssom.tsv"]
    for name, (old, new) in BROKEN.items():
        assert old in shipped
        texts[name] = shipped.replace(old, new, 1)
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    found = json.loads(python("-c", _JUDGE, *(str(folder / name) for name in texts)))
    return {Path(path).name: answer for path, answer in found.items()}


def test_each_file_is_valid(judged: dict[str, str]) -> None:
    assert {path.name: judged[path.name] for path in FILES} == {
        "geonames.sssom.tsv": "",
        "wikidata-terms.sssom.tsv": "",
        "wikidata.sssom.tsv": "",
    }


@pytest.mark.parametrize("name", [None, *SETS])
def test_each_export_is_valid(name: str | None, judged: dict[str, str]) -> None:
    assert judged[f"export {name}"] == ""


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_copy_is_refused(name: str, judged: dict[str, str]) -> None:
    assert judged[name]


def rows(text: bytes) -> list[dict[str, str]]:
    lines = [line for line in text.decode().splitlines() if not line.startswith("#")]
    return list(csv.DictReader(io.StringIO("\n".join(lines)), delimiter="\t"))


def test_the_export_holds_every_row_once(mappings: tuple[Mapping, ...], sources: Sources) -> None:
    found = rows(sssom(mappings, sources.located))
    assert len(found) == len(mappings) + len(of_ontology(sources.located))
    assert len({row["record_id"] for row in found}) == len(found)
    unifil = [row for row in found if row["record_id"] == "mapping:unifil-exact-q160805"]
    assert [(row["subject_id"], row["predicate_id"], row["object_id"]) for row in unifil] == [
        ("id:unifil", "skos:exactMatch", "wd:Q160805")
    ]


def test_one_set_is_its_file_with_the_iris_of_the_rows(
    mappings: tuple[Mapping, ...], sources: Sources
) -> None:
    shipped = (resources.root() / "data/links/geonames.sssom.tsv").read_bytes()
    ours = [{k: v for k, v in row.items() if v} for row in rows(shipped)]
    found = [
        {k: v for k, v in row.items() if v}
        for row in rows(sssom(mappings, sources.located, "geonames"))
    ]
    assert found[0]["record_id"] == "mapping:afghanistan-exact-gn-1149361"
    assert [{k: v for k, v in row.items() if k != "record_id"} for row in found] == ours


def test_an_unknown_set_is_one_line(mappings: tuple[Mapping, ...], sources: Sources) -> None:
    with pytest.raises(UnknownNameError, match="choose of geonames, ontology, wikidata, wikidata-"):
        sssom(mappings, sources.located, "viaf")


def with_target(prefix: str, iri: str, folder: Path) -> tuple[Mapping, ...]:
    text = (resources.root() / "data/links/geonames.sssom.tsv").read_text("utf-8")
    text = text.replace("\tgn:1269750/\t", f"\t{prefix}:1\t")
    path = folder / "x.sssom.tsv"
    path.write_text(text.replace("#  gn: ", f"#  {prefix}: {iri}\n#  gn: "), "utf-8")
    return read_mappings([path])


def test_a_prefix_of_the_file_is_taken_over(tmp_path: Path, sources: Sources) -> None:
    text = sssom(with_target("viaf", "http://viaf.org/viaf/", tmp_path), sources.located).decode()
    assert "#  viaf: http://viaf.org/viaf/\n" in text
    assert "\tviaf:1\t" in text


def test_a_prefix_that_means_something_else_here_is_refused(
    tmp_path: Path, sources: Sources
) -> None:
    found = with_target("org", "http://viaf.org/viaf/", tmp_path)
    with pytest.raises(OutputError, match="no prefix stands for <http://viaf"):
        sssom(found, sources.located)


def test_the_ontology_speaks_of_schema_org_once(sources: Sources) -> None:
    stated = {
        (quad.subject, quad.predicate, quad.object)
        for quad, place in sources.located
        if place.file == "ontology/kzun.ttl" and quad.object in SCHEMA and quad.subject in KZUN
    }
    found = {
        (m.subject, m.predicate, m.object)
        for m in of_ontology(sources.located)
        if m.object in SCHEMA
    }
    domains = {triple for triple in stated if triple[1].value.endswith(("domain", "range"))}
    assert found == stated - domains
    assert (KZUN["Event"], "subClassOf") in {(s, p.value.rpartition("#")[2]) for s, p, _ in found}


def plain(triple: Triple | Quad) -> tuple[str, str, str]:
    value = triple.object
    if isinstance(value, Literal) and value.datatype == XSD["double"]:
        return str(triple.subject), str(triple.predicate), str(float(value.value))
    return str(triple.subject), str(triple.predicate), str(value)


def test_the_graph_says_what_sssom_py_makes_of_the_export(
    mappings: tuple[Mapping, ...], sources: Sources, tmp_path: Path
) -> None:
    table, turtle = tmp_path / "x.sssom.tsv", tmp_path / "x.ttl"
    table.write_bytes(sssom(mappings, sources.located))
    python("-m", "sssom.cli", "convert", "-O", "rdf", "-o", str(turtle), str(table))
    apart = {SSSOM["record_id"], SSSOM["mappings"]}
    theirs = [quad for quad in parse(path=turtle) if quad.predicate not in apart]
    rows_of_theirs = {plain(quad) for quad in theirs if "/mapping/all" not in str(quad.subject)}
    ours = [found.quad for found in links([*mappings, *of_ontology(sources.located)])]
    axioms = {quad.subject for quad in ours if quad.predicate == TYPE} - {
        quad.subject for quad in ours if quad.object == SSSOM["MappingSet"]
    }
    assert {plain(quad) for quad in ours if quad.subject in axioms} == rows_of_theirs
    assert len(axioms) > 300
