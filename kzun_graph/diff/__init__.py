"""Diff: what changed between two builds, down to the answers of the stored queries.

``versions`` reads the two builds, ``compare`` finds what differs, ``answers`` asks the stored
queries, ``report`` and ``plain`` show a ``Diff`` to people and to programs. ``against`` compares
what an engine holds with the shipped sources.
"""

from kzun_graph.diff.model import Diff
from kzun_graph.diff.run import diff

__all__ = ["Diff", "diff"]
