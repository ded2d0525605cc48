"""Release: what is in it, and that its four descriptions of itself agree with it."""

import csv
import hashlib
import json
import os
import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import rdflib
import yaml
from pyoxigraph import RdfFormat, parse
from released import NAME, contents, names

import kzun_graph
from kzun_graph import resources
from kzun_graph.files import outputs
from kzun_graph.publish import contents as making
from kzun_graph.publish.about import about
from kzun_graph.publish.citation import citation
from kzun_graph.sources import Sources
from kzun_graph.terms import BASE, DCAT
from kzun_graph.view import View
from kzun_graph.viewnames import VIEWS

Crate = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def crate(folder: Path) -> Crate:
    document = json.loads((folder / "ro-crate-metadata.json").read_text("utf-8"))
    assert document["@context"] == "https://w3id.org/ro/crate/1.2/context"
    found = {entity["@id"]: entity for entity in document["@graph"]}
    assert len(found) == len(document["@graph"]), "one object for each @id"
    return found


@pytest.fixture(scope="module")
def described(folder: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(folder / "void.ttl", format="turtle")


# ---------------------------------------------------------------- what is in it


def test_the_folder_holds_views_links_ontology_questions_and_what_describes_them(
    folder: Path, views: dict[str, View]
) -> None:
    found = contents(folder)
    for view in views.values():
        for name, data in outputs(view).items():
            assert found.pop(name) == data
        stem = "kzun" if view.name == "article" else f"kzun-{view.name}"
        assert json.loads(found.pop(f"{stem}.jsonld"))["@graph"]
        ending = stem.removeprefix("kzun")
        for table, column in (("entities", "id"), ("facts", "subject")):
            text = found.pop(f"tables/{table}{ending}.csv").decode("utf-8-sig")
            assert len(list(csv.DictReader(text.splitlines()))) > 100
            assert text.startswith(f"{column},")
    for below, pattern in (("queries", "*.rq"), ("data/links", "*.sssom.tsv")):
        shipped = resources.files(below, pattern)
        assert shipped
        for path in shipped:
            name = path.relative_to(resources.root()).as_posix().removeprefix("data/")
            assert found.pop(name) == path.read_bytes()
    for name in ("ontology/kzun.ttl", "ontology/reused.ttl", "LICENSE", "CITATION.cff"):
        assert found.pop(name) == (resources.root() / name).read_bytes()
    shapes = rdflib.Graph().parse(data=found.pop("ontology/shapes.ttl"), format="turtle")
    assert len(shapes) > 1000
    context = resources.root() / "ontology" / "context" / "kzun.jsonld"
    assert found.pop("context.jsonld") == context.read_bytes()
    assert b"rdfs:subClassOf\tschema:Event" in found.pop("links/ontology.sssom.tsv")
    nanopubs = {quad.graph_name for quad in parse(found.pop("nanopubs.trig"), RdfFormat.TRIG)}
    assert len(nanopubs) == 4 * 270
    assert sorted(found) == ["README.md", "SHA256SUMS", "ro-crate-metadata.json", "void.ttl"]


def test_two_parsers_read_the_description_the_same(folder: Path, described: rdflib.Graph) -> None:
    assert len(described) == len(set(parse(path=folder / "void.ttl"))) > 1000


def test_the_readme_names_each_file_with_its_size(folder: Path) -> None:
    text = (folder / "README.md").read_text("utf-8")
    rows = re.findall(r"^\| `(.+?)` \| (.+?) \| (\d+) \|$", text, re.MULTILINE)
    sizes = {name: int(size) for name, _, size in rows}
    assert sizes == {name: (folder / name).stat().st_size for name in sizes}
    others = set(names(folder)) - set(sizes)
    questions = {name for name in others if name.startswith("queries/")}
    assert others - questions == {"README.md", "SHA256SUMS", "ro-crate-metadata.json"}
    assert f"| `queries/` | {len(questions)} stored questions (SPARQL) |" in text
    for heading in ("## Қазақша", "## По-русски", "## English"):
        assert heading in text


# ---------------------------------------------------------------- checksums


def test_the_checksums_are_those_of_every_other_file(folder: Path) -> None:
    lines = (folder / "SHA256SUMS").read_text("utf-8").splitlines()
    sums = dict(reversed(line.split("  ", 1)) for line in lines)
    assert sorted([*sums, "SHA256SUMS"]) == names(folder)
    assert list(sums) == sorted(sums)
    for name, value in sums.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == value


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="no sha256sum on this system")
def test_sha256sum_agrees_and_notices_a_changed_byte(folder: Path, tmp_path: Path) -> None:
    def check(where: Path) -> subprocess.CompletedProcess[str]:
        command = ["sha256sum", "--check", "--quiet", "SHA256SUMS"]
        environment = os.environ | {"LC_ALL": "C"}
        return subprocess.run(
            command, cwd=where, check=False, capture_output=True, text=True, env=environment
        )

    assert check(folder).returncode == 0
    copy = shutil.copytree(folder, tmp_path / "copy")
    (copy / "kzun.ttl").write_bytes((copy / "kzun.ttl").read_bytes() + b"\n")
    changed = check(copy)
    assert (changed.returncode, changed.stdout) == (1, "kzun.ttl: FAILED\n")


# ---------------------------------------------------------------- RO-Crate 1.2


def test_the_crate_has_a_descriptor_and_a_root(crate: Crate) -> None:
    assert crate["ro-crate-metadata.json"] == {
        "@id": "ro-crate-metadata.json",
        "@type": "CreativeWork",
        "about": {"@id": "./"},
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.2"},
    }
    root = crate["./"]
    assert root["@type"] == "Dataset"
    assert kzun_graph.__version__ in root["name"]
    assert root["description"]
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", root["datePublished"])
    license_ = crate[root["license"]["@id"]]
    assert license_["@type"] == "CreativeWork"
    assert license_["name"]
    assert license_["description"]
    assert crate[root["publisher"]["@id"]]["@type"] == "Organization"


def parts(crate: Crate, name: str = "./") -> Iterator[str]:
    """Yield all files below ``name``, by hasPart, and check that each folder holds its own."""
    held = crate[name]["hasPart"]
    for reference in held if isinstance(held, list) else [held]:
        part = reference["@id"]
        assert part.startswith("" if name == "./" else name)
        if crate[part]["@type"] == "Dataset":
            assert part.endswith("/")
            assert crate[part]["description"]
            yield from parts(crate, part)
        else:
            assert crate[part]["@type"] == "File"
            yield part


def test_every_file_is_a_part_of_the_crate_and_every_part_is_a_file(
    crate: Crate, folder: Path
) -> None:
    found = sorted(parts(crate))
    assert sorted([*found, "ro-crate-metadata.json"]) == names(folder)
    for name in found:
        entity, data = crate[name], (folder / name).read_bytes()
        assert entity["name"]
        assert entity["description"]
        assert re.fullmatch(r"[a-z]+/[a-z0-9.+-]+", entity["encodingFormat"])
        assert entity["contentSize"] == str(len(data))
        if name != "SHA256SUMS":
            assert entity["sha256"] == hashlib.sha256(data).hexdigest()


def test_what_the_crate_refers_to_is_described_in_it(crate: Crate) -> None:
    referred = {
        value["@id"]
        for entity in crate.values()
        for values in entity.values()
        for value in (values if isinstance(values, list) else [values])
        if isinstance(value, dict)
    }
    assert referred - set(crate) == {"https://w3id.org/ro/crate/1.2"}
    assert set(crate) - referred == {"ro-crate-metadata.json"}


# ---------------------------------------------------------------- citation


def test_the_citation_has_what_the_format_requires(folder: Path) -> None:
    found = yaml.safe_load((folder / "CITATION.cff").read_text("utf-8"))
    assert {"authors", "cff-version", "message", "title"} <= set(found)
    assert found["cff-version"] == "1.2.0"
    assert found["type"] == "dataset"
    assert found["license"] == "CC-BY-4.0"
    assert all(isinstance(found[key], str) for key in ("version", "date-released", "message"))
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", found["date-released"])
    assert len(found["keywords"]) == len(set(found["keywords"])) > 3


def test_the_citation_at_the_root_is_that_of_the_dataset(sources: Sources) -> None:
    own = about(quad for quad, _ in sources.located)
    path = resources.root() / "CITATION.cff"
    assert path.read_bytes() == citation(own), "write citation(about(…)) to CITATION.cff"
    found = yaml.safe_load(path.read_text("utf-8"))
    project = tomllib.loads((resources.root() / "pyproject.toml").read_text("utf-8"))["project"]
    assert found["version"] == kzun_graph.__version__
    assert found["date-released"] == own.modified
    assert found["authors"] == project["authors"]
    (title,) = (t.object.value for t in own.stated if t.object.value == found["title"])
    assert title in own.titles.values()


# ---------------------------------------------------------------- the description


def test_each_view_file_is_described_with_its_size_and_checksum(
    folder: Path, described: rdflib.Graph
) -> None:
    dcat, spdx = rdflib.Namespace(DCAT.iri), rdflib.Namespace("http://spdx.org/rdf/terms#")
    found = {}
    for node in described.subjects(rdflib.RDF.type, dcat.Distribution):
        place = str(described.value(node, dcat.downloadURL))
        assert place == str(described.value(node, dcat.accessURL))
        checksum = described.value(node, spdx.checksum)
        size, value = (
            described.value(node, dcat.byteSize),
            described.value(checksum, spdx.checksumValue),
        )
        assert size is not None
        found[place.removeprefix(f"{BASE}release/{kzun_graph.__version__}/")] = (
            int(size),
            str(value),
        )
    data = contents(folder)
    views = [n for n in data if re.fullmatch(r"kzun(-\w+)?\.\w+|tables/.+", n)]
    assert len(views) == 6 * len(VIEWS)
    assert found == {n: (len(data[n]), hashlib.sha256(data[n]).hexdigest()) for n in views}


def test_the_addresses_lead_to_the_files(folder: Path, described: rdflib.Graph) -> None:
    rules = redirects()
    places = set(described.objects(None, rdflib.URIRef(DCAT["accessURL"].value)))
    places |= set(described.objects(None, rdflib.URIRef("http://rdfs.org/ns/void#dataDump")))
    assert len(places) == 6 * len(VIEWS)
    for place in places:
        assert follow(str(place), rules).startswith(f"SITE/{NAME}/")
        assert (folder.parent / follow(str(place), rules).removeprefix("SITE/")).is_file()


@pytest.mark.parametrize(
    ("path", "accept", "file"),
    [
        ("", "text/turtle", "kzun.ttl"),
        ("id/unifil", "application/trig", "kzun.trig"),
        ("claim/p01-18", "application/ld+json", "kzun.jsonld"),
        ("ontology", "text/turtle", "ontology/kzun.ttl"),
        ("context.jsonld", "application/ld+json", "context.jsonld"),
        ("catalog", "text/turtle", "void.ttl"),
        ("view/article", "text/turtle", "void.ttl"),
        ("view/article", "application/trig", "kzun.trig"),
        ("view/checked", "text/turtle", "void.ttl"),
        ("view/checked", "application/n-quads", "kzun-checked.nq"),
        ("view/all", "application/ld+json", "kzun-all.jsonld"),
    ],
)
def test_content_negotiation_leads_to_files_of_the_release(
    path: str, accept: str, file: str, folder: Path
) -> None:
    assert follow(BASE + path, redirects(), accept) == f"SITE/{file}"
    assert (folder / file).is_file()


def redirects() -> list[tuple[str, str, str]]:
    """Return the rules of docs/w3id/.htaccess: what must be accepted, the pattern, the target."""
    found, accept = [], ""
    for line in (resources.root() / "docs/w3id/.htaccess").read_text("utf-8").splitlines():
        if condition := re.fullmatch(r"RewriteCond %\{HTTP_ACCEPT\} (\S+)", line):
            accept = condition[1]
        elif rule := re.fullmatch(r"RewriteRule (\S+) %\{ENV:SITE\}(\S+) \[R=303,L\]", line):
            found.append((accept, rule[1], rule[2]))
            accept = ""
    assert len(found) > 10
    return found


def follow(address: str, rules: list[tuple[str, str, str]], accept: str = "*/*") -> str:
    """Return where the first rule that fits leads, as Apache's mod_rewrite reads them."""
    path = address.removeprefix(BASE)
    for wanted, pattern, target in rules:
        match = re.search(pattern, path)
        if match and (not wanted or re.search(wanted, accept)):
            return "SITE" + match.expand(target.replace("$", "\\"))
    raise AssertionError(f"no rule for {address}")


def test_the_description_names_this_version(described: rdflib.Graph) -> None:
    versions = set(described.objects(None, rdflib.URIRef(DCAT["version"].value)))
    assert {str(version) for version in versions} == {kzun_graph.__version__}
    document = rdflib.URIRef(f"{BASE}release/{kzun_graph.__version__}/void.ttl")
    assert (document, rdflib.RDF.type, None) in described


def test_the_description_alone_is_the_file_of_the_release(
    folder: Path, sources: Sources, views: dict[str, View]
) -> None:
    assert making.described(views.values(), sources) == (folder / "void.ttl").read_bytes()
