"""kzun-graph: a Kazakh newspaper article on Kazakhstan in the United Nations as linked data."""

from kzun_graph.dataset import Dataset, connect, load
from kzun_graph.errors import KzunError
from kzun_graph.results import Result

__all__ = ["Dataset", "KzunError", "Result", "connect", "load"]
__version__ = "0.1.0"
