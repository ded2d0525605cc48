"""Against: what differs between the view in an engine and the same view built from the sources."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from pyoxigraph import Quad

from kzun_graph.dataset import Dataset
from kzun_graph.diff.answers import Step
from kzun_graph.diff.model import Diff
from kzun_graph.diff.run import diff
from kzun_graph.engines.spelling import evened
from kzun_graph.formats import dataset_bytes
from kzun_graph.sources import read_sources
from kzun_graph.view import build_view


def against(dataset: Dataset, *, queries: bool, step: Step) -> Diff:
    """Return what changed from what ``dataset`` holds to what the shipped sources give now.

    Values count, not how an engine writes them: "007" and "7" are no difference. Raises KzunError:
    the engine does not answer or is empty, or a source cannot be read.
    """
    built = build_view(read_sources(), dataset.engine.view)
    with TemporaryDirectory(prefix="kzun-") as folder:
        old, new = Path(folder, "old.nq"), Path(folder, "new.nq")
        old.write_bytes(dataset_bytes(map(_evened, dataset.quads), "nq"))
        new.write_bytes(dataset_bytes(map(_evened, built.quads), "nq"))
        found = diff(old, new, queries=queries, step=step)
    return replace(found, old=dataset.engine.name, new=f"the shipped data ({built.name})")


def _evened(quad: Quad) -> Quad:
    return Quad(quad.subject, quad.predicate, evened(quad.object), quad.graph_name)
