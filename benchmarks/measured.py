"""Measured: what is known of an engine, and of all engines at one size."""

import statistics
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Measured:
    """What was measured of one engine at one size; seconds, and MiB of memory."""

    load: float = 0.0
    export: float | None = None
    peak: float = 0.0
    queries: dict[str, list[float]] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)

    def median(self, query: str) -> float | None:
        """Return the median of the seconds that ``query`` took; None: it took too long."""
        return statistics.median(self.queries[query]) if self.queries[query] else None


@dataclass
class Size:
    """All that was measured with one dataset."""

    quads: int
    engines: dict[str, Measured]
    validation: dict[str, float | None] = field(default_factory=dict)


def peak(process: int | str = "self") -> float:
    """Return the MiB that a process took at most; getrusage would count its parent's too."""
    lines = Path(f"/proc/{process}/status").read_text("utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024
