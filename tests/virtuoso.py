"""Virtuoso for tests: a server in an empty folder, filled with isql and ended by its pid."""

import shutil
import subprocess
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.error import URLError
from urllib.request import urlopen

from pyoxigraph import Quad
from servers import free_port

from kzun_graph.formats import dataset_bytes

SERVER, CLIENT = "virtuoso-t", "isql-vt"
USER = PASSWORD = "dba"  # noqa: S105 (what an empty database begins with)
_START = 60  # seconds
_SETTINGS = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
ErrorLogLevel = 7
FileExtend = 100
MaxCheckpointRemap = 2000
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
MaxCheckpointRemap = 2000
[Parameters]
ServerPort = {address}
DirsAllowed = .
NumberOfBuffers = 20000
MaxDirtyBuffers = 12000
MaxClientConnections = 10
CheckpointInterval = 0
[HTTPServer]
ServerPort = {web}
ServerThreads = 10
MaxClientConnections = 10
[SPARQL]
ResultSetMaxRows = 1000000
MaxQueryExecutionTime = 60
"""


def installed() -> bool:
    return bool(shutil.which(SERVER) and shutil.which(CLIENT))


@dataclass(frozen=True)
class Virtuoso:
    """A running server: where it answers, and the folder that it may read."""

    folder: Path
    address: str
    web: str

    @property
    def endpoint(self) -> str:
        return f"http://{self.web}/sparql"

    @property
    def guarded(self) -> str:
        """The address that takes updates; it asks for a name and a password (Digest)."""
        return f"http://{self.web}/sparql-auth"

    def load(self, quads: Iterable[Quad], default: str) -> None:
        """Load ``quads``; those of the default graph go to the graph ``default``."""
        path = self.folder / "load.nq"
        path.write_bytes(dataset_bytes(quads, "nq"))
        self.isql(f"DB.DBA.TTLP(file_to_string_output('{path}'), '', '{default}', 512)")

    def refresh_statistics(self) -> None:
        """Let the server count its data anew: afterwards it plans some queries otherwise."""
        self.isql("DB.DBA.SYS_STAT_ANALYZE('DB.DBA.RDF_QUAD')")

    def isql(self, statement: str) -> str:
        command = [CLIENT, self.address, USER, PASSWORD, "ERRORS=stdout", f"exec={statement};"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stdout
        assert "*** Error" not in done.stdout, done.stdout
        return done.stdout


@contextmanager
def virtuoso() -> Iterator[Virtuoso]:
    """Run an empty server on free ports of 127.0.0.1."""
    with TemporaryDirectory() as folder:
        server, found = _serve(Path(folder))
        try:
            yield found
        finally:
            _end(server)


def _serve(folder: Path) -> "tuple[subprocess.Popen[bytes], Virtuoso]":
    """Start a server; another process may take a free port first, so that is tried again."""
    log = ""
    for attempt in range(3):
        place = folder / str(attempt)
        place.mkdir()
        found = Virtuoso(place, f"127.0.0.1:{free_port()}", f"127.0.0.1:{free_port()}")
        settings = _SETTINGS.format(address=found.address, web=found.web)
        (place / "virtuoso.ini").write_text(settings, "utf-8")
        command = [SERVER, "+foreground", "+configfile", "virtuoso.ini"]
        nowhere = subprocess.DEVNULL
        server = subprocess.Popen(command, cwd=place, stdout=nowhere, stderr=nowhere)
        if _answers(server, found):
            return server, found
        _end(server)
        log = (place / "virtuoso.log").read_text("utf-8", "replace")[-2000:]
    raise AssertionError(f"Virtuoso does not answer:\n{log}")


def _answers(server: "subprocess.Popen[bytes]", found: Virtuoso) -> bool:
    end = time.monotonic() + _START
    while time.monotonic() < end and server.poll() is None:
        try:
            with urlopen(f"{found.endpoint}?query=ASK%7B%7D", timeout=5):  # noqa: S310
                return True
        except (URLError, OSError):
            time.sleep(0.1)
    return False


def _end(server: "subprocess.Popen[bytes]") -> None:
    server.terminate()  # by its pid
    try:
        server.wait(20)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait(10)
