"""What the validation finds in made-up articles with faults, against pySHACL with everything."""

import sys
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Quad, RdfFormat, parse

from kzun_graph.rules import RULE
from kzun_graph.terms import BASE, KZUN

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

import synthetic
from synthetic import FAULTS, Plan, dataset
from validating import kzun, pyshacl_once


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> list[Quad]:
    """Return an article of one paragraph for each fault, the things it names, and the ontology.

    The shipped data are left out: with them pySHACL takes minutes. What they alone describe is
    without name and class then, which are findings too.
    """
    monkeypatch.setattr(synthetic, "PARAGRAPHS", 1)
    common, *articles = dataset(Plan(len(FAULTS), broken=1))
    stated = list(parse(b"".join(articles), format=RdfFormat.N_QUADS))
    objects = {quad.object for quad in stated}

    def wanted(quad: Quad) -> bool:
        iri = str(quad.subject)[1:-1]
        of_ontology = not iri.startswith(BASE) or quad.subject in KZUN
        return quad.graph_name == DefaultGraph() and (
            of_ontology or ("/synthetic-" in iri and quad.subject in objects)
        )

    return [*filter(wanted, parse(common, format=RdfFormat.N_QUADS)), *stated]


def test_the_failing_nodes_are_those_of_pyshacl_with_everything(broken: list[Quad]) -> None:
    """Core as it is written and all rules as ``sh:sparql``, on every node."""
    ours = set(kzun(broken))
    checks = {source for _, _, source in ours}
    assert {(RULE[name] if name.islower() else KZUN[name]).value for name in FAULTS} <= checks
    assert len(ours) > 60
    assert ours == set(pyshacl_once(broken))
