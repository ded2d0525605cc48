"""Validation: file and line, the claim, the sentence, and the report as SHACL."""

import json
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import DefaultGraph, Store

from kzun_graph.errors import KzunError
from kzun_graph.files import outputs
from kzun_graph.findings import as_json, has_violations, report
from kzun_graph.resources import root
from kzun_graph.sources import Sources
from kzun_graph.terms import CLAIM, ID, KZUN
from kzun_graph.validate import check, validate, validate_files
from kzun_graph.view import View
from kzun_graph.viewnames import VALIDATED

P01 = "data/article/claims/p01.trig"


def edited(folder: Path, old: str, new: str, name: str = P01) -> Path:
    text = (root() / name).read_text("utf-8")
    assert text.count(old) == 1
    path = folder / Path(name).name
    path.write_text(text.replace(old, new), "utf-8")
    return path


def line_of(path: Path, words: str) -> int:
    lines = path.read_text("utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if words in line)


def test_the_shipped_data_conform(view: View, sources: Sources) -> None:
    found = validate(view, sources)
    assert [finding for finding in found if finding.severity != "Info"] == []
    assert not has_violations(found)


def test_a_missing_property_is_reported_where_the_node_gets_its_type(tmp_path: Path) -> None:
    path = edited(tmp_path, "kzun:member id:kazakhstan ; kzun:organization id:un . }", "}")
    found = {f.check: f for f in validate_files([path]) if f.severity == "Violation"}
    finding = found["AdmissionShape-organization"]
    assert finding.place and finding.place.file == str(path)
    assert finding.place.line == line_of(path, "a kzun:Admission")
    assert finding.claim == CLAIM["p01-16"]
    assert finding.sentence and "2 наурызда" in finding.sentence
    assert finding.triple() == "id:admission-1992 kzun:organization …"
    assert len({finding.message(language) for language in ("kk", "ru", "en")}) == 3


def test_a_wrong_value_is_reported_on_its_own_line(tmp_path: Path) -> None:
    path = edited(tmp_path, '"1992-03-02"^^xsd:date', '"1992-02-31"^^xsd:date')
    found = [f for f in validate_files([path]) if f.check == "dates-exist"]
    assert [(f.focus, f.path) for f in found] == [(ID["admission-1992"], KZUN["date"])]
    assert found[0].place and found[0].place.line == line_of(path, "1992-02-31")


def test_an_impossible_date_of_the_issue_is_a_finding_too(tmp_path: Path) -> None:
    name = "data/article/claims/p13.trig"
    path = edited(tmp_path, '"2024-03-05"^^xsd:date', '"2024-02-31"^^xsd:date', name)
    found = [f for f in validate_files([path]) if f.check == "dates-exist"]
    assert [f.place and f.place.line for f in found] == [line_of(path, "2024-02-31")]


def test_files_that_state_nothing_are_an_error(tmp_path: Path) -> None:
    path = tmp_path / "empty.ttl"
    path.write_text("# nothing\n", "utf-8")
    with pytest.raises(KzunError, match="the files state nothing"):
        validate_files([path])


def test_a_quote_without_ground_is_a_finding_in_three_languages(tmp_path: Path) -> None:
    path = edited(tmp_path, '"ресми түрде"', '"бейресми түрде"')
    found = [f for f in validate_files([path]) if f.check == "quote-grounded"]
    assert [f.focus for f in found] == [CLAIM["p01-17"]]
    assert found[0].place and found[0].place.line == line_of(path, "бейресми")
    assert "data/article/text.kk.txt" in found[0].message("kk")


def test_a_file_is_checked_with_all_that_it_refers_to(tmp_path: Path) -> None:
    path = edited(tmp_path, "# Sentence 1", "# the same claims, another comment")
    assert not has_violations(validate_files([path]))


@pytest.mark.parametrize("form", ["trig", "ttl", "nq"])
@pytest.mark.parametrize("name", VALIDATED)
def test_each_file_of_a_build_conforms(
    name: str, form: str, views: dict[str, View], tmp_path: Path
) -> None:
    path = tmp_path / f"built.{form}"
    files = outputs(views[name])
    path.write_bytes(next(data for file, data in files.items() if file.endswith(form)))
    assert not has_violations(validate_files([path]))


def test_a_built_file_is_checked_as_it_stands(view: View, tmp_path: Path) -> None:
    path = tmp_path / "built.nq"
    broken = outputs(view)["kzun.nq"].replace(b'"1992-03-02"', b'"1992-02-31"')
    path.write_bytes(broken)
    found = [f for f in validate_files([path]) if f.check == "dates-exist"]
    assert [f.place.file for f in found if f.place] == [str(path)]


def test_the_report_is_shacl(tmp_path: Path) -> None:
    path = edited(tmp_path, '"1992-03-02"^^xsd:date', '"1992-02-31"^^xsd:date')
    found = validate_files([path])
    graph = rdflib.Graph().parse(data=report(found), format="turtle")
    sh = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    node = graph.value(None, rdflib.RDF.type, sh.ValidationReport)
    assert graph.value(node, sh.conforms) == rdflib.Literal(False)
    assert len(list(graph.objects(node, sh.result))) == len(found)
    for result in graph.objects(node, sh.result):
        for needed in ("focusNode", "resultSeverity", "sourceConstraintComponent", "sourceShape"):
            assert graph.value(result, sh[needed]) is not None


def test_the_findings_are_plain_json(tmp_path: Path) -> None:
    path = edited(tmp_path, '"1992-03-02"^^xsd:date', '"1992-02-31"^^xsd:date')
    found = json.loads(json.dumps(as_json(validate_files([path]), "ru")))
    finding = next(f for f in found if f["check"] == "dates-exist")
    assert finding["line"] == line_of(path, "1992-02-31")
    assert finding["triple"] == 'id:admission-1992 kzun:date "1992-02-31"^^xsd:date'


def test_nothing_to_check_is_an_error(view: View) -> None:
    quads = [q for q in view.quads if q.graph_name != DefaultGraph()]
    with pytest.raises(KzunError, match="no shape has a node to check"):
        check(quads, Store())


@pytest.mark.parametrize(
    "name",
    [
        "article/claims/p05.trig",
        "entities/places.ttl",
        "links/wikidata.sssom.tsv",
        "sources/reviews/p03.ttl",
        "sources/sources.ttl",
        "sources/statements.trig",
    ],
)
def test_a_shipped_file_takes_its_own_place(name: str) -> None:
    found = validate_files([root() / "data" / name])
    assert [finding for finding in found if finding.severity == "Violation"] == []
