"""Service load: readers see the old data or the new, and nothing is ever written twice."""

import socket
import subprocess
import sys
import threading
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner
from guarded import Guarded, Taking
from pyoxigraph import Literal, Quad, Store
from servers import Asked, Reply, _serve, free_port, rows, sparql_server

from kzun_graph import Dataset, KzunError, connect
from kzun_graph.cli import cli
from kzun_graph.engines.disk_load import load_disk
from kzun_graph.engines.engine import view_quads
from kzun_graph.engines.service import Service
from kzun_graph.engines.service_load import load_service, update_text
from kzun_graph.formats import dataset_bytes
from kzun_graph.protocol.access import Access, access
from kzun_graph.terms import CLAIM, ID, KZUN
from kzun_graph.text import Place


def quads(name: str, count: int) -> list[Quad]:
    found = [Quad(ID[name], KZUN["value"], Literal(str(n))) for n in range(count)]
    return [*found, Quad(*found[0].triple, CLAIM["p01-01"])]


OLD, NEW = quads("old", 50), quads("new", 3000)
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"


def counted(number: int) -> Reply:
    return Reply(rows(str(number)).replace('"x"', '"n"'))


class Refusing(Taking):
    """A server that refuses PUT with a status, and takes updates."""

    def __init__(self, status: int, *replies: Reply) -> None:
        super().__init__(*replies)
        self.status = status

    def reply(self, asked: Asked) -> Reply:
        return Reply(status=self.status) if asked.method == "PUT" else super().reply(asked)


def service(stub: Taking) -> Service:
    base = stub.address.removesuffix("/sparql")
    return Service(Access(stub.address, f"{base}/update", f"{base}/store"))


def test_put_replaces_the_whole() -> None:
    with sparql_server("<a:old> <a:old> <a:old> .") as address:
        for some in (OLD, NEW, OLD):
            assert load_service(Service(address), some, "all") == len(some)
            assert set(connect(endpoint=address, view="all").quads) == set(some)
        load_service(Service(address), OLD, "article")
        with pytest.raises(KzunError, match="holds the view article, not all"):
            connect(endpoint=address, view="all")


def test_one_update_does_the_same() -> None:
    with sparql_server("<a:old> <a:old> <a:old> .") as address:
        known = access(address)
        by_update = Service(Access(address, known.update))
        assert load_service(by_update, OLD, "checked") == len(OLD)
        found = connect(endpoint=address)
        assert found.engine.view == "checked" and set(found.quads) == set(OLD)


def test_an_update_is_one_request_for_all_graphs() -> None:
    text = update_text([*OLD, *view_quads("all")])
    store = Store()
    store.update(f"INSERT DATA {{ <a:a> <a:b> <a:c> }} ; {text}")
    assert set(store) == {*OLD, *view_quads("all")}
    assert text == update_text([*view_quads("all"), *reversed(OLD)])  # whatever the order


@pytest.mark.parametrize("status", [404, 405, 501])
def test_where_put_is_not_taken_an_update_is_sent(status: int) -> None:
    with Refusing(status, Reply(), counted(len(OLD) + 1)) as stub:
        assert load_service(service(stub), OLD, "all") == len(OLD)
    assert [asked.method for asked in stub.asked] == ["PUT", "POST", "GET"]
    assert stub.asked[1].form == {"update": update_text([*OLD, *view_quads("all")])}


@pytest.mark.parametrize(
    ("reply", "message"),
    [
        (Reply(status=503), "answered HTTP 503, and took nothing: check the address, and load"),
        (Reply(status=429), "answered HTTP 429, and took nothing"),
        (Reply(status=500), "answered HTTP 500, and took nothing"),
        (Reply(hangup=True), "the connection was lost while writing: the server holds the old"),
        (Reply("half", cut=2), "the connection was lost while writing"),
    ],
)
def test_nothing_is_written_twice(reply: Reply, message: str) -> None:
    with Taking(reply) as stub:
        with pytest.raises(KzunError) as raised:
            load_service(service(stub), OLD, "all")
        assert message in str(raised.value) and "\n" not in str(raised.value)
    assert [asked.method for asked in stub.asked] == ["PUT"]
    with Refusing(405, reply) as stub:
        with pytest.raises(KzunError) as raised:
            load_service(service(stub), OLD, "all")
        assert message in str(raised.value)
    assert [asked.method for asked in stub.asked] == ["PUT", "POST"]


def test_a_server_that_keeps_something_else_is_told() -> None:
    with Taking(Reply(), counted(7)) as stub, pytest.raises(KzunError) as raised:
        load_service(service(stub), OLD, "all")
    assert str(raised.value).startswith(f"{stub.address}: holds 7 quads after the loading, not 52:")


def test_no_address_to_write_to() -> None:
    with Taking(Reply()) as stub, pytest.raises(KzunError, match="nobody said where it takes"):
        load_service(Service(stub.address), OLD, "all")
    assert stub.asked == []
    nobody = Service(f"http://127.0.0.1:{free_port()}/query")
    with pytest.raises(KzunError, match=r"/store: cannot be reached \(Connection refused\)"):
        load_service(nobody, OLD, "all")


def test_no_such_view() -> None:
    with Taking(Reply()) as stub, pytest.raises(KzunError, match="there is no view 'alle'"):
        load_service(service(stub), OLD, "alle")
    assert stub.asked == []


def test_credentials_go_with_what_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KZUN_TOKEN", "t0k3n")
    with Guarded("Bearer", Reply(), counted(len(OLD) + 1)) as stub:
        base = stub.address.removesuffix("/sparql")
        known = access(stub.address, graph_store=f"{base}/store")
        assert load_service(Service(known), OLD, "all") == len(OLD)
    monkeypatch.delenv("KZUN_TOKEN")
    with Guarded("Bearer", Reply()) as stub:
        base = stub.address.removesuffix("/sparql")
        with pytest.raises(KzunError, match=r"wants credentials \(HTTP 401\)"):
            load_service(Service(access(stub.address, graph_store=f"{base}/store")), OLD, "all")


def put(host: str, length: int) -> bytes:
    return (
        f"PUT /store HTTP/1.1\r\nHost: {host}\r\n"
        f"Content-Type: application/n-quads\r\nContent-Length: {length}\r\n\r\n"
    ).encode()


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9])
def test_a_body_that_breaks_off_changes_nothing(share: float) -> None:
    body = dataset_bytes([*NEW, *view_quads("all")], "nq")
    with sparql_server("") as address:
        load_service(Service(address), OLD, "all")
        parts = urlsplit(address)
        with socket.create_connection((parts.hostname or "", parts.port or 0)) as client:
            client.sendall(put(parts.netloc, len(body)) + body[: int(len(body) * share)])
        assert set(connect(endpoint=address).quads) == set(OLD)


def test_a_server_killed_while_it_is_written_to(tmp_path: Path) -> None:
    body = dataset_bytes([*NEW, *view_quads("all")], "nq")
    for turn, share in enumerate((0.5, 1.0, 1.0)):
        store = tmp_path / f"{turn}"
        server, port = _serve(store)
        load_service(Service(f"http://127.0.0.1:{port}/query"), OLD, "all")
        with socket.create_connection(("127.0.0.1", port)) as client:
            client.sendall(put(f"127.0.0.1:{port}", len(body)) + body[: int(len(body) * share)])
            server.kill()
            server.wait(10)
        server, port = _serve(store)
        try:
            found = set(connect(endpoint=f"http://127.0.0.1:{port}/query").quads)
        finally:
            server.kill()
            server.wait(10)
        assert found == set(OLD) or (share == 1.0 and found == set(NEW))


def test_readers_see_the_old_or_the_new() -> None:
    wanted = {str(len(some) + 1) for some in (OLD, NEW)}
    with sparql_server("") as address:
        load_service(Service(address), OLD, "all")
        over, seen, wrong = threading.Event(), set(), []

        def read() -> None:
            asked = Service(address)
            while not over.is_set():
                try:
                    seen.add(asked.query(COUNT).to_csv().split()[1])
                except KzunError as error:
                    wrong.append(str(error))

        reader = threading.Thread(target=read)
        reader.start()
        for turn in range(8):
            load_service(Service(address), (NEW, OLD)[turn % 2], "all")
        over.set()
        reader.join()
    assert wrong == [] and seen == wanted


def test_the_command_loads_and_says_what(tmp_path: Path) -> None:
    def kzun(*words: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "kzun_graph", *words]
        return subprocess.run(command, capture_output=True, text=True)

    def answer(*words: str) -> str:
        done = CliRunner().invoke(cli, words)
        assert done.exit_code == 0 and not done.stderr
        return done.stdout

    with sparql_server("") as address:
        for place in (["--store", str(tmp_path / "store")], ["--endpoint", address]):
            done = kzun("load", *place, "--view", "all")
            assert (done.returncode, done.stderr) == (0, "")
            assert done.stdout.split("\t")[:2] == [place[1], "all"]
            for command in (
                ["query", "memberships/admissions"],
                ["sparql", "SELECT ?x { id:kazakhstan a ?x } ORDER BY STR(?x)"],
                ["explain", "claim:p01-18", "--lang", "ru"],
                ["explain", "Ливан"],
                ["stats", "--format", "json"],
            ):
                assert answer(*command, *place) == answer(*command, "--view", "all") != ""
            other = kzun("query", "memberships/admissions", *place, "--view", "article")
            assert (other.returncode, other.stdout) == (2, "")
            assert str(Place(place[1])) in other.stderr and other.stderr.count("\n") == 1
    for wrong in (["load"], ["load", "--store", "x", "--endpoint", "http://x/"]):
        assert "Choose --store or --endpoint." in kzun(*wrong).stderr
    both = kzun("stats", "--store", "x", "--endpoint", "http://x/")
    assert (both.returncode, both.stderr.count("\n")) == (2, 1)
    assert (
        "--graph-store and --update go with"
        in kzun("load", "--store", "x", "--update", "http://x/").stderr
    )


def test_diff_says_what_a_loading_would_change(tmp_path: Path, shipped: Dataset) -> None:
    gone = next(q for q in shipped.quads if q.graph_name == CLAIM["p01-18"])
    rest = [q for q in shipped.quads if q.triple != gone.triple]
    load_disk(tmp_path / "same", shipped.quads, "article")
    load_disk(tmp_path / "less", rest, "article")
    same, less = (
        CliRunner().invoke(cli, ["diff", "--store", str(tmp_path / name), "--no-queries"])
        for name in ("same", "less")
    )
    assert (same.exit_code, same.stderr) == (0, "")
    assert (less.exit_code, less.stderr) == (1, "")
    assert "claim:p01-18" in less.stdout and str(tmp_path / "less") in less.stdout
    with sparql_server("") as address:
        load_service(Service(address), shipped.quads, "article")
        assert CliRunner().invoke(cli, ["diff", "--endpoint", address]).exit_code == 0
    for words in (["a", "b", "--store", "x"], ["a"], []):
        assert CliRunner().invoke(cli, ["diff", *words]).exit_code == 2
