"""A small dataset, to be counted by hand, and a file of it."""

from pyoxigraph import Literal, NamedNode, Quad

from kzun_graph.publish.about import DATASET
from kzun_graph.publish.manifest import File
from kzun_graph.terms import (
    BASE,
    DCAT,
    DCTERMS,
    ID,
    KZUN,
    OWL,
    RDFS,
    SCHEMA,
    SKOS,
    SSSOM,
    TYPE,
    WD,
    XSD,
)

FILE = File("kzun.ttl", b"# nothing\n", "a file", "article")


def small() -> list[Quad]:
    """A dataset that can be counted by hand: two things, three links, one of them with a row."""
    words = {
        language: [
            Quad(DATASET, DCTERMS[name], Literal(f"{name} {language}", language=language))
            for name in ("title", "description")
        ]
        for language in ("kk", "ru", "en")
    }
    claim = NamedNode(f"{BASE}claim/p01-01")
    row, rows_of = NamedNode(f"{BASE}mapping/a-exact-q1"), NamedNode(f"{BASE}mapping/wikidata")
    return [
        Quad(DATASET, TYPE, DCAT["Dataset"]),
        *(quad for found in words.values() for quad in found),
        Quad(DATASET, DCAT["version"], Literal("9.8.7")),
        Quad(DATASET, DCTERMS["modified"], Literal("2026-11-24", datatype=XSD["date"])),
        Quad(DATASET, DCTERMS["license"], NamedNode("https://example.org/licence")),
        Quad(DATASET, DCTERMS["creator"], ID["editors"]),
        Quad(ID["editors"], SKOS["prefLabel"], Literal("editors", language="en")),
        Quad(ID["a"], TYPE, KZUN["Place"]),
        Quad(ID["a"], TYPE, KZUN["Place"], claim),  # stated in a claim too: one triple
        Quad(ID["a"], KZUN["near"], ID["b"], claim),
        Quad(ID["b"], TYPE, KZUN["Place"]),
        Quad(ID["a"], SKOS["exactMatch"], WD["Q1"]),
        Quad(ID["b"], SKOS["exactMatch"], WD["Q2"]),
        Quad(ID["b"], SKOS["broadMatch"], WD["Q1"]),
        Quad(KZUN["Place"], RDFS["seeAlso"], WD["Q3"]),  # no link of a kind that counts
        Quad(SCHEMA["Place"], RDFS["subClassOf"], SCHEMA["Thing"]),  # not from ours
        Quad(rows_of, SSSOM["mappings"], row),
        Quad(row, OWL["annotatedSource"], ID["a"]),
        Quad(row, OWL["annotatedProperty"], SKOS["exactMatch"]),
        Quad(row, OWL["annotatedTarget"], WD["Q1"]),
    ]
