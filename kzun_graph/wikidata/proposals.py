"""Proposals: candidates as SSSOM/TSV for a person to review, never as mappings."""

import csv
import io
from collections.abc import Callable, Iterable
from pathlib import Path

from pyoxigraph import NamedNode

from kzun_graph import resources
from kzun_graph.errors import OutputError
from kzun_graph.files import write_all
from kzun_graph.terms import ID, SEMAPV, SKOS, WD, curie
from kzun_graph.text import Place
from kzun_graph.wikidata.suggest import Candidate

_HEADER = f"""#curie_map:
#  id: {ID.iri}
#  semapv: {SEMAPV.iri}
#  skos: {SKOS.iri}
#  wd: {WD.iri}
#license: https://creativecommons.org/licenses/by/4.0/
#mapping_set_description: "Proposals by kzun link suggest, from {{source}}. Nobody has reviewed \
them: take a row into data/links/ only with evidence in see_also. Confidence is 0.8 of the score."
#mapping_set_id: https://w3id.org/kzun/mapping/proposals
#mapping_set_title: "kzun-graph: proposals for review"
"""
_COLUMNS = (
    "subject_id",
    "subject_label",
    "predicate_id",
    "object_id",
    "object_label",
    "mapping_justification",
    "confidence",
    "comment",
)


def sssom(candidates: Iterable[Candidate], title: Callable[[NamedNode], str], source: str) -> str:
    """Return the proposed ones of ``candidates`` as SSSOM/TSV; ``title`` is what ours are called.

    The rows have no evidence that counts (``see_also``), so that the reader of ``data/links/``
    refuses them until a person has found some. Source: SSSOM 1.1, "The SSSOM/TSV format".
    """
    written = io.StringIO()
    table = csv.writer(written, delimiter="\t", lineterminator="\n")
    table.writerow(_COLUMNS)
    for candidate in candidates:
        if candidate.status == "proposed":
            table.writerow(_row(candidate, title))
    shown = source.replace("\\", "").replace('"', "")
    return _HEADER.replace("{source}", shown) + written.getvalue()


def _row(candidate: Candidate, title: Callable[[NamedNode], str]) -> list[str]:
    said = [f"names agree in {', '.join(candidate.languages)}"]
    if candidate.like:
        said.append(f"class as {curie(candidate.like)}")
    said += [
        f"{found.ours} and {found.theirs} both give {found.value}" for found in candidate.evidence
    ]
    return [
        curie(candidate.entity),
        title(candidate.entity),
        "skos:exactMatch",
        curie(candidate.item),
        candidate.label,
        "semapv:CompositeMatching",
        f"{0.8 * candidate.score:.2f}",
        f"Not reviewed. {'; '.join(said)}.",
    ]


def refuse_old(path: Path) -> None:
    """Let ``path`` pass when it can be a new file for review.

    Raises OutputError: it is there already, or lies in the folder of mappings.
    """
    links = (resources.root() / "data" / "links").resolve()
    if links in (path.resolve(), *path.resolve().parents):
        what = "lies among the mappings, and this is only a proposal"
        raise OutputError(Place(str(path)), what, "name a file elsewhere; a person takes it over")
    if path.exists() or path.is_symlink():
        raise OutputError(Place(str(path)), "is there already", "name a new file with --out")


def write_new(path: Path, text: str) -> None:
    """Write ``text`` into a new file for review.

    Raises OutputError: as :func:`refuse_old`, or it cannot be written.
    """
    refuse_old(path)
    write_all(path.parent, {path.name: text.encode()})
