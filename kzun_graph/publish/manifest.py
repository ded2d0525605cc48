"""Manifest: the files of a release, what each holds, and of which media type it is."""

import hashlib
from dataclasses import dataclass
from pathlib import PurePosixPath

from kzun_graph.terms import BASE

# By the end of the name. Source: IANA, Media Types.
_MEDIA_TYPES = {
    ".cff": "application/yaml",
    ".csv": "text/csv",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".md": "text/markdown",
    ".nq": "application/n-quads",
    ".rq": "application/sparql-query",
    ".trig": "application/trig",
    ".tsv": "text/tab-separated-values",
    ".ttl": "text/turtle",
}


@dataclass(frozen=True)
class File:
    """A file of a release: its path in the folder (with slashes), its bytes, what it holds.

    ``view`` names the view that the file is a form of, if it is one.
    """

    path: str
    data: bytes
    holds: str
    view: str | None = None

    @property
    def media_type(self) -> str:
        """The media type without parameters; text/plain where the name has no known end."""
        return _MEDIA_TYPES.get(PurePosixPath(self.path).suffix, "text/plain")

    @property
    def sha256(self) -> str:
        """The checksum in lower-case hexadecimal digits."""
        return hashlib.sha256(self.data).hexdigest()


def release_name(version: str) -> str:
    """Return the name of a release's folder.

    >>> release_name("0.1.0")
    'kzun-graph-0.1.0'
    """
    return f"kzun-graph-{version}"


def address(version: str, path: str = "") -> str:
    """Return where a file of a release (or, without a path, the release) is on the web.

    The rules in ``docs/w3id/.htaccess`` lead from there to the file.

    >>> address("0.1.0", "kzun.ttl")
    'https://w3id.org/kzun/release/0.1.0/kzun.ttl'
    """
    return f"{BASE}release/{version}/{path}"
