"""What many tests share: the shipped sources, their view and the dataset over it."""

import pytest

from kzun_graph import Dataset
from kzun_graph.sources import Sources, read_sources
from kzun_graph.view import View, build_view
from kzun_graph.viewnames import ARTICLE, VIEWS


@pytest.fixture(scope="session")
def sources() -> Sources:
    return read_sources()


@pytest.fixture(scope="session")
def views(sources: Sources) -> dict[str, View]:
    return {name: build_view(sources, name) for name in VIEWS}


@pytest.fixture(scope="session")
def view(views: dict[str, View]) -> View:
    return views[ARTICLE]


@pytest.fixture(scope="session")
def datasets(views: dict[str, View]) -> dict[str, Dataset]:
    return {name: Dataset(view) for name, view in views.items()}


@pytest.fixture(scope="session")
def shipped(datasets: dict[str, Dataset]) -> Dataset:
    return datasets[ARTICLE]
