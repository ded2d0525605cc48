"""Nanopublications: one for each claim, complete, and accepted by the PyPI package nanopub."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, parse

from kzun_graph.publish.nanopubs import NANOPUB, nanopub_bytes, nanopub_files, nanopublications
from kzun_graph.reader import Located
from kzun_graph.sources import Sources, read_sources
from kzun_graph.terms import (
    BASE,
    CLAIM,
    DCTERMS,
    ID,
    KZUN,
    OA,
    REVIEW,
    SCHEMA,
    SOURCE,
    XSD,
    curie,
)
from kzun_graph.text import Place
from kzun_graph.view import View, build_view

# The package warns of rdflib's deprecated parts, so it runs in a process of its own. It reads each
# file, says whether it is valid, and signs the first as somebody would who publishes it.
ACCEPT = """
import json, sys
from pathlib import Path
from nanopub import Nanopub, NanopubConf
from nanopub.profile import Profile
answers = {}
for path in sorted(Path(sys.argv[1]).glob("*.trig")):
    try:
        answers[path.name] = Nanopub(rdf=path).is_valid
    except ValueError as error:
        answers[path.name] = str(error)
profile = Profile("https://orcid.org/0000-0000-0000-0000", "Nobody")
signed = Nanopub(rdf=Path(sys.argv[1], "p01-18.trig"), conf=NanopubConf(profile=profile))
signed.sign()
graphs = sorted({str(g.identifier) for g in signed.rdf.contexts() if len(g)})
print(json.dumps([answers, str(signed.source_uri), signed.has_valid_trusty, graphs]))
"""

P01_18 = """\
sub:head {
	nanopub:p01-18 a np:Nanopublication ;
		np:hasAssertion sub:assertion ;
		np:hasProvenance sub:provenance ;
		np:hasPublicationInfo sub:pubinfo .
}
sub:assertion {
	id:admission-1992 kzun:date "1992-03-02"^^xsd:date .
}
sub:provenance {
	annotation:p01-18 a oa:Annotation ;
		oa:hasBody claim:p01-18 ;
		oa:hasTarget article:2024-03-05\\#char\\=478\\,499 ;
		oa:motivatedBy oa:describing .
	article:2024-03-05\\#char\\=478\\,499 a oa:SpecificResource ;
		oa:hasSelector selector:2024-03-05-position-478-499 , selector:2024-03-05-quote-478-499 ;
		oa:hasSource article:2024-03-05 .
	sub:assertion a kzun:FactualClaim ;
		prov:alternateOf claim:p01-18 ;
		prov:wasAttributedTo id:article-author ;
		prov:wasDerivedFrom article:2024-03-05 ;
		kzun:inParagraph article:2024-03-05-p01 ;
		kzun:inSentence article:2024-03-05-p01-s05 ;
		kzun:quote "1992 жылғы 2 наурызда"@kk .
	selector:2024-03-05-position-478-499 a oa:TextPositionSelector ;
		oa:end "499"^^xsd:nonNegativeInteger ;
		oa:start "478"^^xsd:nonNegativeInteger .
	selector:2024-03-05-quote-478-499 a oa:TextQuoteSelector ;
		oa:exact "1992 жылғы 2 наурызда" ;
		oa:prefix " Ассамблеясының 46-cессиясында, " ;
		oa:suffix " Қазақстан ресми түрде ұйымға мү" .
}
"""


@pytest.fixture(scope="module")
def files(view: View) -> dict[str, bytes]:
    return nanopub_files(view)


def _accepted(folder: Path) -> list[object]:
    pytest.importorskip("nanopub")
    command = [sys.executable, "-W", "ignore", "-c", ACCEPT, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=folder)
    answers: list[object] = json.loads(done.stdout)
    return answers


def test_the_package_accepts_every_claim_and_renames_the_graphs_of_a_signed_one(
    files: dict[str, bytes], tmp_path: Path
) -> None:
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    without = files["p01-18.trig"].partition(b"sub:provenance {")[0] + b"sub:provenance { }\n"
    (tmp_path / "broken.trig").write_bytes(without)
    answers, signed, trusted, graphs = _accepted(tmp_path)
    assert isinstance(answers, dict)
    assert "provenance graph is empty" in answers.pop("broken.trig")
    assert answers == dict.fromkeys(files, True)
    assert trusted
    assert str(signed).startswith(f"{NANOPUB.iri}p01-18/RA")
    parts = ("assertion", "head", "provenance", "pubinfo")
    assert graphs == [f"{signed}#{part}" for part in parts]


def test_one_nanopublication_reads_as_written_here(files: dict[str, bytes]) -> None:
    text = files["p01-18.trig"].decode()
    assert text[text.index("sub:head {") : text.index("sub:pubinfo {")] == P01_18


def test_each_claim_gives_four_graphs_and_its_own_triples(view: View) -> None:
    claims = {q.graph_name for q in view.quads if q.graph_name in CLAIM}
    graphs: dict[str, set[Quad]] = {}
    for quad in nanopublications(view):
        assert isinstance(quad.graph_name, NamedNode)
        graphs.setdefault(quad.graph_name.value, set()).add(quad)
    assert len(claims) > 200
    assert len(graphs) == 4 * len(claims)
    for claim in claims:
        assert isinstance(claim, NamedNode)
        stated = {q.triple for q in view.quads if q.graph_name == claim}
        name = claim.value.removeprefix(CLAIM.iri)
        assert {q.triple for q in graphs[f"{NANOPUB.iri}{name}/assertion"]} == stated


def test_every_quote_stands_where_the_nanopublication_says(
    files: dict[str, bytes], sources: Sources
) -> None:
    for data in files.values():
        quads = list(parse(data, format=RdfFormat.TRIG))
        starts = _values(quads, OA["start"])
        ends = _values(quads, OA["end"])
        found = {sources.article.text[int(starts[node]) : int(ends[node])] for node in starts}
        quotes = {q.object.value for q in quads if q.predicate == KZUN["quote"]}
        assert found
        assert found == quotes == set(_values(quads, OA["exact"]).values())


def _values(quads: list[Quad], predicate: NamedNode) -> dict[object, str]:
    return {q.subject: q.object.value for q in quads if q.predicate == predicate}


def test_the_publication_info_is_the_datasets(view: View) -> None:
    of_one = [q for q in nanopublications(view) if q.graph_name == NANOPUB["p07-35/pubinfo"]]
    assert {q.subject for q in of_one} == {NANOPUB["p07-35"]}
    said = {(q.predicate, q.object) for q in of_one}
    dataset = NamedNode(BASE)
    about = {(q.predicate, q.object) for q in view.quads if q.subject == dataset}
    assert said - about == {(DCTERMS["isPartOf"], dataset)}
    names = sorted(curie(predicate) for predicate, _ in said)
    assert names == [
        "dc:rights",
        "dc:rights",
        "dc:rights",
        "dcat:version",
        "dcterms:created",
        "dcterms:creator",
        "dcterms:isPartOf",
        "dcterms:license",
    ]
    assert Literal("2026-11-24", datatype=XSD["date"]) in {value for _, value in said}


def test_the_bytes_are_the_same_again_and_hold_no_blank_node(
    view: View, files: dict[str, bytes]
) -> None:
    again = build_view(read_sources(), "article")
    assert nanopub_bytes(again) == nanopub_bytes(view)
    quads = list(parse(nanopub_bytes(view), format=RdfFormat.TRIG))
    assert quads == nanopublications(view)
    assert not any(isinstance(term, BlankNode) for quad in quads for term in quad)
    assert b"\r" not in nanopub_bytes(view)
    assert list(files) == sorted(files)


@pytest.fixture(scope="module")
def judged(sources: Sources) -> Sources:
    """The shipped sources, with one claim contradicted and one corroborated by a made-up source."""
    said = [
        Quad(REVIEW["t-1"], SCHEMA["itemReviewed"], CLAIM["p08-03"]),
        Quad(REVIEW["t-1"], SCHEMA["reviewRating"], KZUN["Contradicted"]),
        Quad(REVIEW["t-1"], SCHEMA["isBasedOn"], SOURCE["made-up"]),
        Quad(REVIEW["t-2"], SCHEMA["itemReviewed"], CLAIM["p09-07"]),
        Quad(REVIEW["t-2"], SCHEMA["reviewRating"], KZUN["Corroborated"]),
        Quad(REVIEW["t-2"], SCHEMA["isBasedOn"], SOURCE["made-up"]),
        Quad(SOURCE["made-up"], KZUN["independenceKey"], Literal("made-up")),
        Quad(
            ID["number-of-rounds"],
            KZUN["value"],
            Literal("21", datatype=XSD["integer"]),
            SOURCE["made-up"],
        ),
    ]
    shipped = (f for f in sources.located if not _of_other_sources(f.quad))
    return Sources((*shipped, *(Located(q, Place("made-up", 1)) for q in said)), sources.article)


def _of_other_sources(quad: Quad) -> bool:
    return any(node in SOURCE or node in REVIEW for node in (quad.subject, quad.graph_name))


def test_the_checked_view_publishes_no_contradicted_claim_and_tells_the_verdict(
    judged: Sources,
) -> None:
    checked = build_view(judged, "checked")
    names = {name.removesuffix(".trig") for name in nanopub_files(checked)}
    assert "p08-03" not in names
    assert "p09-07" in names
    every = nanopublications(build_view(judged, "all"))
    verdicts = {q.subject: q.object for q in every if q.predicate == KZUN["verdict"]}
    assert verdicts[NANOPUB["p08-03/assertion"]] == KZUN["Contradicted"]
    assert verdicts[NANOPUB["p09-07/assertion"]] == KZUN["Corroborated"]
    assert not any(q.graph_name in SOURCE for q in every)


def test_the_article_view_tells_no_verdict(view: View) -> None:
    assert not any(q.predicate == KZUN["verdict"] for q in nanopublications(view))
