"""Citation: how to cite the dataset, in the Citation File Format."""

import json

from kzun_graph.publish.about import EDITORS, KEYWORDS, About
from kzun_graph.terms import BASE

LICENSES = {"https://creativecommons.org/licenses/by/4.0/": "CC-BY-4.0"}  # IRI to SPDX identifier


def citation(own: About) -> bytes:
    """Return CITATION.cff: title, editors, version, date and licence as the dataset states them.

    Strings are written as JSON, which YAML 1.2 reads. Source: Citation File Format 1.2.0, schema
    guide. Raises KeyError: a licence without an SPDX identifier here.
    """
    lines = [
        "cff-version: 1.2.0",
        f"message: {_text('Please cite this dataset as below.')}",
        "type: dataset",
        f"title: {_text(own.titles['en'])}",
        f"abstract: {_text(own.descriptions['en'])}",
        "authors:",
        f"  - name: {_text(EDITORS)}",
        f"version: {_text(own.version)}",
        f"date-released: {_text(own.modified)}",
        f"license: {LICENSES[own.license]}",
        f"url: {_text(BASE)}",
        "keywords:",
        *(f"  - {_text(keyword)}" for keyword in KEYWORDS),
    ]
    return ("\n".join(lines) + "\n").encode()


def credit(own: About) -> str:
    """Return the citation as one line for people."""
    return f"{EDITORS}: {own.titles['en']}. Version {own.version}, {own.modified}. {BASE}"


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)
