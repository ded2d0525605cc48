"""Terms: the namespaces that the project uses, and how an IRI is written short."""

import re
from dataclasses import dataclass
from functools import cache

from pyoxigraph import NamedNode


@cache
def _node(iri: str) -> NamedNode:
    return NamedNode(iri)


@dataclass(frozen=True)
class Namespace:
    """A prefix and the IRI that it stands for.

    >>> KZUN["quote"].value
    'https://w3id.org/kzun/ontology#quote'
    """

    prefix: str
    iri: str

    def __getitem__(self, name: str) -> NamedNode:
        return _node(self.iri + name)

    def __contains__(self, node: object) -> bool:
        return isinstance(node, NamedNode) and node.value.startswith(self.iri)


BASE = "https://w3id.org/kzun/"
ANNOTATION = Namespace("annotation", f"{BASE}annotation/")
ARTICLE = Namespace("article", f"{BASE}article/")
CHECK = Namespace("check", f"{BASE}check/")
CLAIM = Namespace("claim", f"{BASE}claim/")
DC = Namespace("dc", "http://purl.org/dc/elements/1.1/")
DCAT = Namespace("dcat", "http://www.w3.org/ns/dcat#")
DCTERMS = Namespace("dcterms", "http://purl.org/dc/terms/")
GN = Namespace("gn", "https://sws.geonames.org/")
ID = Namespace("id", f"{BASE}id/")
KZUN = Namespace("kzun", f"{BASE}ontology#")
MAPPING = Namespace("mapping", f"{BASE}mapping/")
NIF = Namespace("nif", "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#")
OA = Namespace("oa", "http://www.w3.org/ns/oa#")
ORG = Namespace("org", "http://www.w3.org/ns/org#")
OWL = Namespace("owl", "http://www.w3.org/2002/07/owl#")
PROV = Namespace("prov", "http://www.w3.org/ns/prov#")
PUBLISHER = Namespace("publisher", f"{BASE}publisher/")
RDF = Namespace("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#")
RDFS = Namespace("rdfs", "http://www.w3.org/2000/01/rdf-schema#")
REVIEW = Namespace("review", f"{BASE}review/")
SCHEMA = Namespace("schema", "https://schema.org/")
SELECTOR = Namespace("selector", f"{BASE}selector/")
SEMAPV = Namespace("semapv", "https://w3id.org/semapv/vocab/")
SH = Namespace("sh", "http://www.w3.org/ns/shacl#")
SKOS = Namespace("skos", "http://www.w3.org/2004/02/skos/core#")
SOURCE = Namespace("source", f"{BASE}source/")
SSSOM = Namespace("sssom", "https://w3id.org/sssom/")
TIME = Namespace("time", "http://www.w3.org/2006/time#")
VANN = Namespace("vann", "http://purl.org/vocab/vann/")
VOID = Namespace("void", "http://rdfs.org/ns/void#")
WD = Namespace("wd", "http://www.wikidata.org/entity/")
XSD = Namespace("xsd", "http://www.w3.org/2001/XMLSchema#")

NAMESPACES = (
    ANNOTATION,
    ARTICLE,
    CHECK,
    CLAIM,
    DC,
    DCAT,
    DCTERMS,
    GN,
    ID,
    KZUN,
    MAPPING,
    NIF,
    OA,
    ORG,
    OWL,
    PROV,
    PUBLISHER,
    RDF,
    RDFS,
    REVIEW,
    SCHEMA,
    SELECTOR,
    SEMAPV,
    SH,
    SKOS,
    SOURCE,
    SSSOM,
    TIME,
    VANN,
    VOID,
    WD,
    XSD,
)
VIEW = Namespace("view", f"{BASE}view/")  # no prefix: it stands in none of our files
PREFIXES = {namespace.prefix: namespace.iri for namespace in NAMESPACES}

TYPE = RDF["type"]

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
_LOCAL = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*")


def curie(node: NamedNode) -> str:
    """Return ``node`` as a CURIE of the project's prefixes, or its IRI in angle brackets.

    >>> curie(ID["unifil"]), curie(NamedNode("http://example.org/x"))
    ('id:unifil', '<http://example.org/x>')
    """
    for namespace in NAMESPACES:
        local = node.value.removeprefix(namespace.iri)
        if local != node.value and _LOCAL.fullmatch(local):
            return f"{namespace.prefix}:{local}"
    return f"<{node.value}>"


def expand(text: str) -> NamedNode | None:
    """Return the node that a CURIE or an absolute IRI (bare or in angle brackets) names, or None.

    >>> expand("id:unifil") == ID["unifil"], expand("UNIFIL") is None
    (True, True)
    """
    iri = text.removeprefix("<").removesuffix(">")
    prefix, colon, local = iri.partition(":")
    if colon and prefix in PREFIXES and not local.startswith("//"):
        iri = PREFIXES[prefix] + local
    try:
        return NamedNode(iri) if _IRI.fullmatch(iri) else None
    except ValueError:  # what the pattern lets through and RFC 3987 does not
        return None
