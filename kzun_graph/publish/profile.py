"""Profile: check the dataset's description against what DCAT-AP and VoID demand."""

from pyoxigraph import RdfFormat, parse

from kzun_graph.findings import Finding
from kzun_graph.shacl import validate_core

SHAPES = "ontology/profiles"


def validate_description(turtle: bytes) -> list[Finding]:
    """Return what the shapes of ``ontology/profiles/`` find in a description.

    The shapes hold the mandatory parts of DCAT-AP 3 (catalogue, dataset, distribution, agent,
    checksum) and what a void:Linkset needs. Raises KzunError: there is nothing to check.
    """
    found = validate_core(parse(turtle, format=RdfFormat.TURTLE), SHAPES)
    return sorted(found, key=lambda finding: finding.key)
