"""What many tests share: the shipped sources, their view and the dataset over it."""

import pytest

from kzun_graph import Dataset
from kzun_graph.sources import Sources, read_sources
from kzun_graph.view import View, article_view


@pytest.fixture(scope="session")
def sources() -> Sources:
    return read_sources()


@pytest.fixture(scope="session")
def view(sources: Sources) -> View:
    return article_view(sources)


@pytest.fixture(scope="session")
def shipped(view: View) -> Dataset:
    return Dataset(view)
