"""Cache: answers of servers on the disk, so that nobody is asked the same thing twice a day."""

import hashlib
import json
import os
import time
from collections.abc import Callable
from pathlib import Path

from kzun_graph.errors import OutputError
from kzun_graph.files import write_all

DAY = 86_400.0


def default_folder() -> Path:
    """Return ``kzun-graph`` in the user's folder for caches.

    Source: XDG Base Directory Specification: a relative ``XDG_CACHE_HOME`` does not count.
    """
    named = Path(os.environ.get("XDG_CACHE_HOME", ""))
    return (named if named.is_absolute() else Path.home() / ".cache") / "kzun-graph"


class Cache:
    """A folder with one JSON file an answer; what is broken or too old in it does not count.

    ``max_age`` is in seconds; ``now`` gives the time in seconds since 1970.
    """

    def __init__(
        self, folder: Path, max_age: float = DAY, now: Callable[[], float] = time.time
    ) -> None:
        self.folder = folder
        self._max_age = max_age
        self._now = now

    def get(self, address: str, question: str) -> bytes | None:
        """Return what ``address`` answered to ``question``, or None: never asked, old or broken."""
        try:
            entry = json.loads(self.path(address, question).read_text("utf-8"))
            same = entry["address"] == address and entry["question"] == question
            fresh = 0 <= self._now() - float(entry["time"]) <= self._max_age
            return str(entry["answer"]).encode() if same and fresh else None
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def put(self, address: str, question: str, answer: bytes) -> None:
        """Keep ``answer``, in place of any older one; a folder that cannot be written is no error.

        The work goes on without a cache then: it only saves time.
        """
        entry = {"address": address, "question": question, "time": self._now()}
        try:
            data = json.dumps(entry | {"answer": answer.decode()}, ensure_ascii=False)
            write_all(self.folder, {self.path(address, question).name: data.encode()})
        except (OutputError, UnicodeError):
            return

    def path(self, address: str, question: str) -> Path:
        """Return the file that holds the answer of ``address`` to ``question``."""
        key = hashlib.sha256(f"{address}\n{question}".encode()).hexdigest()
        return self.folder / f"{key}.json"
