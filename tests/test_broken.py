"""Every shape and every rule has a broken example that makes it speak, and says just that."""

from pathlib import Path

import pytest
import rdflib
from broken_examples import NAMES, broken_quads, example, speak

from kzun_graph.rules import rules
from kzun_graph.shacl import shapes_graph
from kzun_graph.sources import Sources
from kzun_graph.terms import SH
from kzun_graph.view import View
from kzun_graph.viewnames import VALIDATED


@pytest.fixture(scope="session")
def shipped_findings(views: dict[str, View]) -> dict[str, set[str]]:
    return {name: speak(views[name].quads) for name in VALIDATED}


def test_every_shape_and_rule_has_a_broken_example() -> None:
    speaking = shapes_graph().subjects(rdflib.URIRef(SH["message"].value))
    wanted = {str(s).rpartition("#")[2] for s in speaking} | {rule.name for rule in rules()}
    spoken = {line.split()[0] for name in NAMES for line in example(name).expect}
    assert NAMES
    assert wanted == spoken


@pytest.mark.parametrize("name", NAMES)
def test_the_broken_example_gives_exactly_its_findings(
    name: str,
    sources: Sources,
    views: dict[str, View],
    shipped_findings: dict[str, set[str]],
    tmp_path: Path,
) -> None:
    case = example(name)
    quads = broken_quads(case, sources, views[case.view], tmp_path)
    assert sorted(speak(quads) - shipped_findings[case.view]) == sorted(case.expect)
