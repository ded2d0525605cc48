"""Description: the dataset, its views, links and files, computed as VoID and DCAT.

Source: VoID (W3C Note, 2011), DCAT 3, and for what must be there DCAT-AP 3.
"""

from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple

from kzun_graph.formats import to_bytes
from kzun_graph.publish.about import DATASET, KEYWORDS, About, about
from kzun_graph.publish.counts import Counts, count, statistics, triples_of
from kzun_graph.publish.linksets import TARGETS, linksets, mapping_sets
from kzun_graph.publish.manifest import File, address
from kzun_graph.terms import (
    BASE,
    CLAIM,
    DC,
    DCAT,
    DCTERMS,
    ID,
    NAMESPACES,
    OWL,
    PREFIXES,
    TYPE,
    VIEW,
    VOID,
    XSD,
    Namespace,
    curie,
)
from kzun_graph.view import order

CATALOG = NamedNode(f"{BASE}catalog")
DOCUMENT = "void.ttl"  # the description's name in a release
FOAF = Namespace("foaf", "http://xmlns.com/foaf/0.1/")
SPDX = Namespace("spdx", "http://spdx.org/rdf/terms#")
_IANA = "https://www.iana.org/assignments/media-types/"
_FEATURES = Namespace("formats", "http://www.w3.org/ns/formats/")
_FORMATS = {
    "application/ld+json": _FEATURES["JSON-LD"],
    "application/n-quads": _FEATURES["N-Quads"],
    "application/trig": _FEATURES["TriG"],
    "text/turtle": _FEATURES["Turtle"],
}
_EXAMPLES = (CLAIM["p01-18"], ID["unifil"])
_SHARED = (
    DC["rights"],
    DCAT["version"],
    DCTERMS["created"],
    DCTERMS["creator"],
    DCTERMS["license"],
    DCTERMS["modified"],
    VOID["uriSpace"],
)
_TEXTS: Mapping[object, tuple[Mapping[str, str], Mapping[str, str]]] = {
    "article": (
        {"kk": "мақала не айтады", "ru": "что говорит статья", "en": "what the article says"},
        {
            "kk": "Мақаладағы барлық тұжырым, дұрысы да, қатесі де; редакторлардың сипаттамалары, "
            "әр дәйексөздің орны және осылардан шығарылған деректер.",
            "ru": "Все утверждения статьи, верные и неверные; описания редакторов, место каждой "
            "цитаты и то, что из этого выведено.",
            "en": "All claims of the article, right and wrong; the editors' descriptions, the "
            "place of each quote, and what follows from these.",
        },
    ),
    "checked": (
        {"kk": "тексерілген мазмұны", "ru": "проверенное содержание", "en": "the checked reading"},
        {
            "kk": "Мақаланың басқа дереккөздерге қайшы тұжырымдарынсыз мазмұны, дереккөздердің "
            "түзетулері және тексерулер.",
            "ru": "Содержание статьи без утверждений, которым противоречат другие источники, с "
            "исправлениями по источникам и проверками.",
            "en": "The article's content without the claims that other sources contradict, with "
            "the sources' corrections, and the reviews.",
        },
    ),
    "all": (
        {"kk": "мақала мен дереккөздер", "ru": "статья и источники", "en": "article and sources"},
        {
            "kk": "Мақаланың барлық тұжырымы және дереккөздер айтатын мәліметтер, әрқайсысы өз "
            "аталған графында, және тексерулер.",
            "ru": "Все утверждения статьи и сведения источников, каждые в своём именованном графе, "
            "и проверки.",
            "en": "All claims of the article and what the sources state, each in a named graph of "
            "its own, and the reviews.",
        },
    ),
}
_CATALOG_TEXTS = (
    {"kk": "kzun-graph каталогы", "ru": "Каталог kzun-graph", "en": "Catalogue of kzun-graph"},
    {
        "kk": "kzun-graph деректер жинағы, оның көріністері және файлдары.",
        "ru": "Набор данных kzun-graph, его представления и их файлы.",
        "en": "The dataset kzun-graph, its views and their files.",
    },
)
_LINK_TITLES = {"kk": "{} сілтемелері: {}", "ru": "Ссылки на {}: {}", "en": "Links to {}: {}"}


def view_node(name: str) -> NamedNode:
    """Return the IRI of a view as a dataset."""
    return VIEW[name]


def view_title(name: str) -> str:
    """Return what a view holds, in English and in a few words. Raises KeyError: no such view."""
    return _TEXTS[name][0]["en"]


def describe(views: Mapping[str, Iterable[Quad]], files: Iterable[File] = ()) -> list[Quad]:
    """Return the description of the quads of ``views``, by name, and of ``files``, sorted.

    Each view is a dataset with its counts, its parts by class and property, its linksets and the
    files that are forms of it; the whole counts each triple of all views once. There are no blank
    nodes. Source: VoID, 2 to 5; DCAT 3, 6.

    Raises KzunError: the dataset's own words (``data/dataset.ttl``) are incomplete; KeyError: a
    view without a title.
    """
    quads = {name: list(found) for name, found in views.items()}
    files = list(files)
    own = about(quad for found in quads.values() for quad in found)
    triples = {name: triples_of(found) for name, found in quads.items()}
    described = [*_document(own), *_catalog(own, quads), *_agent(own), *_dataset(own, triples)]
    described += _targets(triples)
    for name, found in triples.items():
        mine = [file for file in files if file.view == name]
        described += [*_view(name, own), *_counted(name, found), *_linked(name, found)]
        described += _distributions(name, own, mine)
    return sorted({Quad(*triple) for triple in described}, key=order)


def description_bytes(views: Mapping[str, Iterable[Quad]], files: Iterable[File] = ()) -> bytes:
    """Return :func:`describe` as Turtle, the same on every run."""
    return to_bytes((quad.triple for quad in describe(views, files)), RdfFormat.TURTLE)


def _document(own: About) -> Iterator[Triple]:
    """Yield what holds of the description as a document. Source: VoID, 6.1."""
    document = NamedNode(address(own.version, DOCUMENT))
    yield Triple(document, TYPE, VOID["DatasetDescription"])
    yield Triple(document, FOAF["primaryTopic"], DATASET)
    yield Triple(document, DCTERMS["creator"], own.creator)
    yield Triple(document, DCTERMS["modified"], _date(own.modified))


def _catalog(own: About, names: Iterable[str]) -> Iterator[Triple]:
    titles, descriptions = _CATALOG_TEXTS
    yield Triple(CATALOG, TYPE, DCAT["Catalog"])
    yield from _said(CATALOG, DCTERMS["title"], titles)
    yield from _said(CATALOG, DCTERMS["description"], descriptions)
    yield Triple(CATALOG, DCTERMS["publisher"], own.creator)
    yield Triple(CATALOG, DCTERMS["license"], NamedNode(own.license))
    yield Triple(NamedNode(own.license), TYPE, DCTERMS["LicenseDocument"])
    yield Triple(CATALOG, DCTERMS["modified"], _date(own.modified))
    for dataset in (DATASET, *map(view_node, names)):
        yield Triple(CATALOG, DCAT["dataset"], dataset)


def _agent(own: About) -> Iterator[Triple]:
    yield Triple(own.creator, TYPE, FOAF["Agent"])
    yield from _said(own.creator, FOAF["name"], own.names)


def _dataset(own: About, triples: Mapping[str, set[Triple]]) -> Iterator[Triple]:
    """Yield what holds of the whole: the editors' words, the views, the counts over all views."""
    yield from (quad.triple for quad in own.stated)
    yield Triple(DATASET, DCTERMS["publisher"], own.creator)
    yield Triple(DATASET, OWL["versionInfo"], Literal(own.version))
    for keyword in KEYWORDS:
        yield Triple(DATASET, DCAT["keyword"], Literal(keyword, language="en"))
    for name in triples:
        yield Triple(DATASET, VOID["subset"], view_node(name))
        yield Triple(DATASET, DCTERMS["hasPart"], view_node(name))
    whole = count({triple for found in triples.values() for triple in found})
    yield from _numbers(DATASET, whole)


def _view(name: str, own: About) -> Iterator[Triple]:
    node = view_node(name)
    titles, descriptions = _TEXTS[name]
    yield Triple(node, TYPE, DCAT["Dataset"])
    yield Triple(node, TYPE, VOID["Dataset"])
    prefixed = {language: f"kzun-graph: {text}" for language, text in titles.items()}
    yield from _said(node, DCTERMS["title"], prefixed)
    yield from _said(node, DCTERMS["description"], descriptions)
    for quad in own.stated:
        if quad.predicate in _SHARED:
            yield Triple(node, quad.predicate, quad.object)
    yield Triple(node, DCTERMS["publisher"], own.creator)
    yield Triple(node, DCTERMS["isPartOf"], DATASET)
    yield Triple(node, OWL["versionInfo"], Literal(own.version))
    for example in _EXAMPLES:
        yield Triple(node, VOID["exampleResource"], example)


def _counted(name: str, triples: set[Triple]) -> Iterator[Triple]:
    """Yield the counts of a view, the vocabularies it uses, and its parts."""
    node = view_node(name)
    found = statistics(triples)
    yield from _numbers(node, found.whole)
    used = {*found.by_class, *found.by_property}
    for namespace in NAMESPACES:
        outer = namespace.iri == f"{BASE}ontology#" or not namespace.iri.startswith(BASE)
        if outer and any(term in namespace for term in used):
            yield Triple(node, VOID["vocabulary"], NamedNode(namespace.iri.removesuffix("#")))
    for kind, counts in found.by_class.items():
        part = _part(node, "class", kind)
        yield Triple(node, VOID["classPartition"], part)
        yield Triple(part, TYPE, VOID["Dataset"])
        yield Triple(part, VOID["class"], kind)
        yield from _some(part, triples=counts.triples, entities=counts.entities)
        yield from _some(part, distinctSubjects=counts.subjects)
    for term, counts in found.by_property.items():
        part = _part(node, "property", term)
        yield Triple(node, VOID["propertyPartition"], part)
        yield Triple(part, TYPE, VOID["Dataset"])
        yield Triple(part, VOID["property"], term)
        yield from _some(part, triples=counts.triples, distinctSubjects=counts.subjects)
        yield from _some(part, distinctObjects=counts.objects)


def _part(node: NamedNode, kind: str, term: NamedNode) -> NamedNode:
    """Return the IRI of a part: the view's, and a fragment with the term's prefix and name."""
    prefix, _, local = curie(term).partition(":")
    name = f"{prefix}-{local}" if prefix in PREFIXES else quote(term.value, safe="")
    return NamedNode(f"{node.value}#{kind}-{name}")


def _linked(name: str, triples: set[Triple]) -> Iterator[Triple]:
    node = view_node(name)
    rows = mapping_sets(triples)
    for (target, predicate), links in linksets(triples).items():
        part = _part(node, f"links-{target.key}", predicate)
        yield Triple(node, VOID["subset"], part)
        yield Triple(part, TYPE, VOID["Linkset"])
        titles = {
            language: text.format(target.title, curie(predicate))
            for language, text in _LINK_TITLES.items()
        }
        yield from _said(part, DCTERMS["title"], titles)
        yield Triple(part, VOID["subjectsTarget"], node)
        yield Triple(part, VOID["objectsTarget"], target.node)
        yield Triple(part, VOID["linkPredicate"], predicate)
        for link in links:
            for source in rows.get((link.subject, link.predicate, link.object), ()):
                yield Triple(part, DCTERMS["source"], source)
        counts = count(links)
        yield from _some(part, triples=counts.triples, distinctSubjects=counts.subjects)
        yield from _some(part, distinctObjects=counts.objects)


def _targets(triples: Mapping[str, set[Triple]]) -> Iterator[Triple]:
    reached = {target for found in triples.values() for target, _ in linksets(found)}
    for target in TARGETS:
        if target in reached:
            node = target.node
            yield Triple(node, TYPE, VOID["Dataset"])
            yield Triple(node, DCTERMS["title"], Literal(target.title, language="en"))
            yield Triple(node, FOAF["homepage"], NamedNode(target.homepage))
            yield Triple(node, VOID["uriSpace"], Literal(target.space))


def _distributions(name: str, own: About, files: Iterable[File]) -> Iterator[Triple]:
    """Yield each file as a distribution of its view, the RDF files as dumps too."""
    view = view_node(name)
    for file in files:
        place = NamedNode(address(own.version, file.path))
        node, checksum = NamedNode(f"{place.value}#file"), NamedNode(f"{place.value}#sha256")
        media_type = NamedNode(_IANA + file.media_type)
        yield Triple(view, DCAT["distribution"], node)
        yield Triple(node, TYPE, DCAT["Distribution"])
        yield Triple(node, DCTERMS["title"], Literal(file.path, language="en"))
        yield Triple(node, DCTERMS["description"], Literal(file.holds, language="en"))
        yield Triple(node, DCTERMS["license"], NamedNode(own.license))
        yield Triple(node, DCTERMS["modified"], _date(own.modified))
        yield Triple(node, DCAT["accessURL"], place)
        yield Triple(node, DCAT["downloadURL"], place)
        yield Triple(node, DCAT["mediaType"], media_type)
        yield Triple(media_type, TYPE, DCTERMS["MediaType"])
        size = Literal(str(len(file.data)), datatype=XSD["nonNegativeInteger"])
        yield Triple(node, DCAT["byteSize"], size)
        yield Triple(node, SPDX["checksum"], checksum)
        yield Triple(checksum, TYPE, SPDX["Checksum"])
        yield Triple(checksum, SPDX["algorithm"], SPDX["checksumAlgorithm_sha256"])
        value = Literal(file.sha256, datatype=XSD["hexBinary"])
        yield Triple(checksum, SPDX["checksumValue"], value)
        if file.media_type in _FORMATS:
            yield Triple(view, VOID["dataDump"], place)
            yield Triple(view, VOID["feature"], _FORMATS[file.media_type])


def _numbers(node: NamedNode, counts: Counts) -> Iterator[Triple]:
    yield from _some(node, triples=counts.triples, entities=counts.entities)
    yield from _some(node, classes=counts.classes, properties=counts.properties)
    yield from _some(node, distinctSubjects=counts.subjects, distinctObjects=counts.objects)


def _some(node: NamedNode, **numbers: int) -> Iterator[Triple]:
    for name, number in numbers.items():
        yield Triple(node, VOID[name], Literal(str(number), datatype=XSD["integer"]))


def _said(node: NamedNode, predicate: NamedNode, texts: Mapping[str, str]) -> Iterator[Triple]:
    for language, text in texts.items():
        yield Triple(node, predicate, Literal(text, language=language))


def _date(text: str) -> Literal:
    return Literal(text, datatype=XSD["date"])
