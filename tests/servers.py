"""Servers for tests: a real SPARQL server, and one that misbehaves as it is told."""

import json
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import parse_qs, urlsplit

RESULTS = "application/sparql-results+json"


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _oxigraph() -> str:
    beside = Path(sys.executable).with_name("oxigraph")
    found = str(beside) if beside.exists() else shutil.which("oxigraph")
    assert found, "the tests need the program of the PyPI package oxigraph"
    return found


@contextmanager
def sparql_server(turtle: str, form: str = "ttl") -> Iterator[str]:
    """Serve ``turtle`` with Oxigraph; the value is the address of the SPARQL endpoint."""
    with TemporaryDirectory() as folder:
        data, store = Path(folder, f"data.{form}"), Path(folder, "store")
        data.write_text(turtle, "utf-8")
        load = [_oxigraph(), "load", "--location", str(store), "--file", str(data)]
        subprocess.run(load, check=True, capture_output=True)
        server, port = _serve(store)
        try:
            yield f"http://127.0.0.1:{port}/query"
        finally:
            server.terminate()  # by its pid
            server.wait(10)


def _serve(store: Path) -> "tuple[subprocess.Popen[bytes], int]":
    """Start a server; another process may take a free port first, so that is tried again."""
    for _ in range(3):
        port = free_port()
        command = [_oxigraph(), "serve", "--location", str(store), "--bind", f"127.0.0.1:{port}"]
        server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if _answers(server, port):
            return server, port
        server.kill()
        server.wait(10)
    raise AssertionError("the SPARQL server does not answer")


def _answers(server: "subprocess.Popen[bytes]", port: int) -> bool:
    end = time.monotonic() + 20
    while time.monotonic() < end and server.poll() is None:
        with socket.socket() as client:
            if client.connect_ex(("127.0.0.1", port)) == 0:
                time.sleep(0.05)  # a server that could not bind ends by now
                return server.poll() is None
        time.sleep(0.02)
    return False


@dataclass(frozen=True)
class Reply:
    """One answer.

    ``cut`` closes the connection after so many bytes, ``hangup`` before the first; ``silence``
    never answers.
    """

    body: str = ""
    status: int = 200
    kind: str = RESULTS
    headers: dict[str, str] = field(default_factory=dict)
    cut: int | None = None
    hangup: bool = False
    silence: bool = False
    drip: float = 0.0  # seconds between two bytes


@dataclass(frozen=True)
class Asked:
    """A request as it came."""

    method: str
    path: str
    headers: dict[str, str]
    form: dict[str, str]


class Stub:
    """A server on 127.0.0.1 that gives its replies in turn, the last one for ever."""

    def __init__(self, *replies: Reply) -> None:
        self.replies = list(replies)
        self.asked: list[Asked] = []
        self._over = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = False  # closing waits for them: no socket is left behind
        self.address = f"http://127.0.0.1:{self._server.server_port}/sparql"

    def reply(self, asked: Asked) -> Reply:  # noqa: ARG002 (subclasses look at it)
        return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]

    def __enter__(self) -> "Stub":
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _handler(stub) -> type[BaseHTTPRequestHandler]:  # noqa: N805 (self is the handler's)
        class Handler(BaseHTTPRequestHandler):
            timeout = 20

            def do_GET(self) -> None:
                length = int(self.headers.get("Content-Length", 0))
                body = self.rfile.read(length).decode()
                sent = parse_qs(urlsplit(self.path).query) | parse_qs(body)
                form = {name: values[0] for name, values in sent.items()}
                asked = Asked(self.command, self.path, dict(self.headers), form)
                stub.asked.append(asked)
                stub.answer(self, stub.reply(asked))

            do_POST = do_GET  # noqa: N815

            def log_message(self, *_: object) -> None:
                pass

        return Handler

    def answer(self, handler: BaseHTTPRequestHandler, reply: Reply) -> None:
        if reply.silence:
            self._over.wait(20)
        if reply.silence or reply.hangup:
            return
        data = reply.body.encode()
        handler.send_response(reply.status)
        headers = {"Content-Type": reply.kind, "Content-Length": str(len(data))} | reply.headers
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.end_headers()
        try:
            if reply.drip:
                for byte in data:
                    if self._over.wait(reply.drip):
                        return
                    handler.wfile.write(bytes([byte]))
            else:
                handler.wfile.write(data[: reply.cut])
        except OSError:  # the client has gone
            pass


def rows(*values: str) -> str:
    """Return a SPARQL result with one column ``x`` of literals."""
    bindings = [{"x": {"type": "literal", "value": value}} for value in values]
    return json.dumps({"head": {"vars": ["x"]}, "results": {"bindings": bindings}})


@dataclass
class Clock:
    """A time that only sleeping moves; ``slept`` says how long each time."""

    time: float = 1000.0
    slept: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.time += seconds
