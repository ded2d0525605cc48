"""The layer of links: which triples a row gives, and where each is written."""

from pathlib import Path

import pytest
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode

from kzun_graph.links.layer import links, same_as
from kzun_graph.links.mappings import PREDICATES, Mapping, read_mappings
from kzun_graph.links.tsv import COLUMNS
from kzun_graph.reader import Located
from kzun_graph.terms import (
    DCTERMS,
    ID,
    KZUN,
    MAPPING,
    OWL,
    RDFS,
    SEMAPV,
    SKOS,
    SSSOM,
    TYPE,
    WD,
    XSD,
)
from kzun_graph.view import View

HEADER = """#curie_map:
#  id: https://w3id.org/kzun/id/
#  semapv: https://w3id.org/semapv/vocab/
#  skos: http://www.w3.org/2004/02/skos/core#
#  sssom: https://w3id.org/sssom/
#  wd: http://www.wikidata.org/entity/
#mapping_set_id: https://w3id.org/kzun/mapping/test
#license: https://creativecommons.org/licenses/by/4.0/
"""
LICENSE = NamedNode("https://creativecommons.org/licenses/by/4.0/")


def mappings(folder: Path, *links_in_short: str) -> tuple[Mapping, ...]:
    """Return the rows of a file with links such as "id:unifil exact wd:Q1", or "Not exact"."""
    lines = ["\t".join(COLUMNS)]
    for short in links_in_short:
        subject, *modifier, kind, target = short.split()
        cells = {
            "subject_id": subject,
            "predicate_id": f"skos:{kind}Match",
            "predicate_modifier": "".join(modifier),
            "object_id": target,
            "object_label": "theirs",
            "mapping_justification": "semapv:ManualMappingCuration",
            "mapping_date": "2026-11-24",
            "confidence": "0.8",
            "see_also": "https://example.org/1",
            "comment": "The same.",
        }
        lines.append("\t".join(cells.get(column, "") for column in COLUMNS))
    path = folder / "test.sssom.tsv"
    path.write_text(HEADER + "\n".join(lines) + "\n", "utf-8")
    return read_mappings([path])


@pytest.fixture(scope="module")
def shipped() -> list[Located]:
    return links(read_mappings())


def test_a_link_is_stated_directly_and_borne_out_by_its_row(tmp_path: Path) -> None:
    found = links(mappings(tmp_path, "id:unifil exact wd:Q160805"))
    node = MAPPING["unifil-exact-q160805"]
    direct = (ID["unifil"], SKOS["exactMatch"], WD["Q160805"])
    assert {(q.subject, q.predicate, q.object) for q, _ in found} == {
        direct,
        (node, TYPE, OWL["Axiom"]),
        (node, OWL["annotatedSource"], direct[0]),
        (node, OWL["annotatedProperty"], direct[1]),
        (node, OWL["annotatedTarget"], direct[2]),
        (node, SSSOM["mapping_justification"], SEMAPV["ManualMappingCuration"]),
        (node, SSSOM["confidence"], Literal("0.8", datatype=XSD["double"])),
        (node, DCTERMS["created"], Literal("2026-11-24", datatype=XSD["date"])),
        (node, SSSOM["object_label"], Literal("theirs")),
        (node, RDFS["comment"], Literal("The same.")),
        (node, RDFS["seeAlso"], NamedNode("https://example.org/1")),
        (MAPPING["test"], SSSOM["mappings"], node),
        (MAPPING["test"], TYPE, SSSOM["MappingSet"]),
        (MAPPING["test"], DCTERMS["license"], LICENSE),
    }
    assert {quad.graph_name for quad, _ in found} == {DefaultGraph()}


@pytest.mark.parametrize(
    ("short", "name", "target"),
    [
        ("id:unama Not broad wd:Q20082270", "unama-not-broad-q20082270", WD["Q20082270"]),
        ("id:unama exact sssom:NoTermFound", "unama-exact-none-test", SSSOM["NoTermFound"]),
    ],
)
def test_a_denied_match_and_none_are_nodes_but_no_links(
    short: str, name: str, target: NamedNode, tmp_path: Path
) -> None:
    found = [quad for quad, _ in links(mappings(tmp_path, short))]
    assert {quad.subject for quad in found} == {MAPPING[name], MAPPING["test"]}
    assert [q.object for q in found if q.predicate == OWL["annotatedTarget"]] == [target]
    denied = [q.object for q in found if q.predicate == SSSOM["predicate_modifier"]]
    assert denied == ([SSSOM["NegatedPredicate"]] if "Not" in short.split() else [])


def test_each_triple_knows_its_row(tmp_path: Path) -> None:
    found = links(mappings(tmp_path, "id:un exact wd:Q1065", "id:unga exact wd:Q47423"))
    lines = {quad.subject: place.line for quad, place in found if quad.subject in ID}
    assert lines == {ID["un"]: 10, ID["unga"]: 11}


def test_nothing_shipped_is_nameless_and_every_link_has_its_row(shipped: list[Located]) -> None:
    quads = [quad for quad, _ in shipped]
    assert not [
        q for q in quads if isinstance(q.subject, BlankNode) or isinstance(q.object, BlankNode)
    ]
    direct = [quad for quad in quads if quad.predicate in PREDICATES]
    rows = {quad.subject for quad in quads if quad.predicate == OWL["annotatedTarget"]}
    assert (len(direct), len(rows)) == (114, 217)
    assert len({quad.object for quad in quads if quad.predicate == SSSOM["mappings"]}) == 217


def test_same_as_is_for_single_things_with_an_exact_match_only(
    shipped: list[Located], view: View
) -> None:
    found = same_as({*view.quads, *(quad for quad, _ in shipped)})
    assert {quad.predicate for quad in found} == {OWL["sameAs"]}
    subjects = {quad.subject for quad in found}
    assert {ID["unifil"], ID["kazakhstan"], ID["un"], ID["kabul-capture"]} <= subjects
    assert not {ID["human-rights"], ID["women"], ID["taliban"], ID["minurso"]} & subjects
    assert not [subject for subject in subjects if subject in KZUN]
    assert len([quad for quad in found if quad.object in WD]) == 26


def test_the_data_hold_no_same_as(shipped: list[Located], view: View) -> None:
    quads = {*view.quads, *(quad for quad, _ in shipped)}
    assert not [quad for quad in quads if quad.predicate == OWL["sameAs"]]
