"""What the tests of engines share: each view on disk and on a server of its own."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from servers import sparql_server

from kzun_graph import Dataset, connect
from kzun_graph.engines.disk_load import load_disk
from kzun_graph.engines.service import Service
from kzun_graph.engines.service_load import load_service
from kzun_graph.view import View


@pytest.fixture(autouse=True)
def no_credentials(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("KZUN_USER", "KZUN_PASSWORD", "KZUN_TOKEN", "KZUN_CONFIG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))


@pytest.fixture(scope="session")
def on_disk(views: dict[str, View], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Dataset]:
    found = {}
    for name, view in views.items():
        folder = tmp_path_factory.mktemp("stores") / name
        load_disk(folder, view.quads, name)
        found[name] = connect(store=folder)
    return found


@pytest.fixture(scope="session")
def on_server(views: dict[str, View]) -> Iterator[dict[str, Dataset]]:
    with ExitStack() as running:
        found = {}
        for name, view in views.items():
            address = running.enter_context(sparql_server("", "nq"))
            load_service(Service(address), view.quads, name)
            found[name] = connect(endpoint=address)
        yield found
