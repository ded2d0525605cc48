"""Crate: a release as an RO-Crate, its metadata in ``ro-crate-metadata.json``."""

import json
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Any

from kzun_graph.publish.about import EDITORS, KEYWORDS, About
from kzun_graph.publish.citation import credit
from kzun_graph.publish.manifest import File, address
from kzun_graph.terms import BASE

METADATA = "ro-crate-metadata.json"
_SPECIFICATION = "https://w3id.org/ro/crate/1.2"
_ROOT = "./"
_LICENSE_TEXTS = {
    "https://creativecommons.org/licenses/by/4.0/": (
        "Creative Commons Attribution 4.0 International (CC BY 4.0)",
        "The data may be shared and changed, for any purpose, by who names their source.",
    )
}

Entity = dict[str, Any]


def crate(own: About, files: Iterable[File], folders: Mapping[str, str], sums: File) -> bytes:
    """Return the metadata of the crate that holds ``files``, each described with size and checksum.

    ``folders`` says what each folder holds, by its path with a slash at the end. ``sums`` is the
    file of checksums, which is written last: its size is known, its own checksum is left out.

    Source: RO-Crate 1.2, "Root Data Entity", "Data Entities", "Contextual Entities".
    """
    files = sorted(files, key=lambda file: file.path)
    listed = _file(sums)
    del listed["sha256"]
    entities = [*map(_file, files), listed]
    parts: dict[str, list[str]] = {folder: [] for folder in (_ROOT, *folders)}
    for name in sorted([*folders, *(entity["@id"] for entity in entities)]):
        parts[_parent(name)].append(name)
    graph = [
        {
            "@id": METADATA,
            "@type": "CreativeWork",
            "about": {"@id": _ROOT},
            "conformsTo": {"@id": _SPECIFICATION},
        },
        _root(own, parts[_ROOT]),
        *(_folder(name, folders[name], parts[name]) for name in sorted(folders)),
        *entities,
        *_context(own),
    ]
    document = {"@context": f"{_SPECIFICATION}/context", "@graph": graph}
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def _root(own: About, parts: Iterable[str]) -> Entity:
    return {
        "@id": _ROOT,
        "@type": "Dataset",
        "name": f"{own.titles['en']}, version {own.version}",
        "description": own.descriptions["en"],
        "datePublished": own.modified,
        "version": own.version,
        "license": {"@id": own.license},
        "copyrightNotice": own.rights["en"],
        "author": {"@id": own.creator.value},
        "publisher": {"@id": own.creator.value},
        "creditText": credit(own),
        "keywords": list(KEYWORDS),
        "inLanguage": ["kk", "ru", "en"],
        "url": address(own.version),
        "hasPart": _references(parts),
    }


def _folder(name: str, holds: str, parts: Iterable[str]) -> Entity:
    return {
        "@id": name,
        "@type": "Dataset",
        "name": name,
        "description": holds,
        "hasPart": _references(parts),
    }


def _file(file: File) -> Entity:
    return {
        "@id": file.path,
        "@type": "File",
        "name": PurePosixPath(file.path).name,
        "description": file.holds,
        "encodingFormat": file.media_type,
        "contentSize": str(len(file.data)),
        "sha256": file.sha256,
    }


def _context(own: About) -> list[Entity]:
    name, description = _LICENSE_TEXTS[own.license]
    return [
        {"@id": own.creator.value, "@type": "Organization", "name": EDITORS, "url": BASE},
        {
            "@id": own.license,
            "@type": "CreativeWork",
            "name": name,
            "description": description,
            "url": own.license,
        },
    ]


def _references(names: Iterable[str]) -> list[Entity] | Entity:
    """Return references, a single one by itself. Source: RO-Crate 1.2, "RO-Crate JSON-LD"."""
    found: list[Entity] = [{"@id": name} for name in names]
    return found[0] if len(found) == 1 else found


def _parent(name: str) -> str:
    """Return the folder that ``name`` stands in, with a slash at the end; the root is ``./``."""
    above = PurePosixPath(name).parent.as_posix()
    return _ROOT if above == "." else f"{above}/"
