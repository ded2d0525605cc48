"""Report: what was measured as Markdown tables and as a plot in SVG."""

import math
import os
import platform
import statistics
from collections.abc import Callable, Iterable, Iterator
from importlib.metadata import version

from measured import Measured, Size

PAIRS = {"kzun, memory": "pyoxigraph, memory", "kzun, disk": "pyoxigraph, disk"}
PACKAGES = ("pyoxigraph", "oxigraph", "rdflib", "pyshacl")
COLOURS = {
    "kzun, memory": "#0b5394",
    "pyoxigraph, memory": "#6fa8dc",
    "kzun, disk": "#38761d",
    "pyoxigraph, disk": "#93c47d",
    "Oxigraph server": "#b45f06",
    "rdflib": "#990000",
    "Virtuoso": "#674ea7",
}
VALIDATIONS = {  # the way, its title, and ours that checks the same
    "kzun": ("kzun: Core in pySHACL, rules as queries", "kzun"),
    "pyshacl": ("plain pySHACL, rules as `sh:sparql`", "kzun"),
    "pyshacl-once": ("the same, each rule parsed once", "kzun"),
    "core": ("kzun, Core alone", "core"),
    "pyshacl-core": ("plain pySHACL, Core alone", "core"),
}
LEFT, TOP, WIDE, HIGH, GAP = 60, 40, 300, 240, 70


def machine() -> str:
    """Return the machine and the versions in a sentence."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    python = platform.python_version()
    return f"{os.cpu_count()} cores, {memory:.0f} GiB of memory, Python {python}, {versions}."


def tables(sizes: Iterable[Size], queries: list[str]) -> str:
    """Return all tables, size by size."""
    return "\n\n".join("\n\n".join(_tables(size, queries)) for size in sizes)


def _tables(size: Size, queries: list[str]) -> Iterator[str]:
    yield f"### {size.quads:,} quads".replace(",", " ")
    names = list(size.engines)
    figures: dict[str, Callable[[Measured], str]] = {
        "load, s": lambda m: _seconds(m.load),
        "export, s": lambda m: _seconds(m.export),
        "peak memory, MiB": lambda m: f"{m.peak:.0f}",
    }
    rows = [[what, *(show(size.engines[n]) for n in names)] for what, show in figures.items()]
    yield _table(["", *names], rows)
    rows = [[f"`{q}`", _rows(size, q), *_query(size, q, names)] for q in queries]
    yield _table(["query, ms", "rows", *names], rows)
    rows = [["load", *(_ratio(_load(size, a), _load(size, b)) for a, b in _pairs(size))]]
    rows += [[f"`{q}`", *(_turns(size, q, a, b) for a, b in _pairs(size))] for q in queries]
    yield _table(["ratio", *(f"{a} : {b}" for a, b in _pairs(size))], rows)
    if size.validation:
        yield _validation(size.validation)


def _rows(size: Size, query: str) -> str:
    """Return how many rows an answer has; engines that differ show as several numbers."""
    found = {measured.rows[query] for measured in size.engines.values()} - {-1}
    return " or ".join(map(str, sorted(found)))


def _query(size: Size, query: str, names: list[str]) -> Iterator[str]:
    for name in names:
        seconds = size.engines[name].median(query)
        yield "no answer" if seconds is None else _short(seconds * 1000)


def _pairs(size: Size) -> list[tuple[str, str]]:
    pairs = [(a, b) for a, b in PAIRS.items() if a in size.engines]
    others = {"Oxigraph server": "pyoxigraph, disk", "Virtuoso": "pyoxigraph, disk"}
    others["rdflib"] = "kzun, memory"
    return pairs + [(a, b) for a, b in others.items() if a in size.engines]


def _load(size: Size, name: str) -> float:
    return size.engines[name].load


def _turns(size: Size, query: str, one: str, other: str) -> str:
    """Return the median of the ratios turn by turn."""
    ours, theirs = (size.engines[name].queries[query] for name in (one, other))
    if not ours:
        return "no answer"
    if len(ours) != len(theirs):
        return _ratio(statistics.median(ours), statistics.median(theirs))
    return _short(statistics.median(a / b for a, b in zip(ours, theirs, strict=True)))


def _ratio(ours: float, theirs: float) -> str:
    return _short(ours / theirs)


def _validation(found: dict[str, float | None]) -> str:
    rows = []
    for name, (title, base) in VALIDATIONS.items():
        seconds, ours = found.get(name), found.get(base)
        if name in found:
            ratio = _ratio(seconds, ours) if seconds and ours else ""
            rows.append([title, _short(seconds) if seconds else "not done in time", ratio])
    return _table(["validation", "s", "ratio to kzun"], rows)


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _seconds(value: float | None) -> str:
    return "" if value is None else _short(value)


def _short(value: float) -> str:
    """Return ``value`` with two figures at least, and no more than its whole part has."""
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}" if value >= 1 else f"{value:.2g}"


def plot(sizes: list[Size], look_ups: tuple[str, ...]) -> str:
    """Return two panels, look-ups and all queries: milliseconds against quads, both logarithmic."""
    queries = list(next(iter(sizes[0].engines.values())).queries)
    panels = {"Two look-ups": look_ups, f"All {len(queries)} queries": queries}
    lines = [
        _panel(number, title, sizes, list(names))
        for number, (title, names) in enumerate(panels.items())
    ]
    lines += [_legend(name, number) for number, name in enumerate(COLOURS)]
    width, height = LEFT + 2 * WIDE + GAP + 20, TOP + HIGH + 100
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        'font-family="sans-serif" font-size="12">\n<title>Milliseconds a query (geometric mean)'
        ' against quads</title>\n<rect width="100%" height="100%" fill="#fff"/>'
    )
    return "\n".join([head, *lines, "</svg>\n"])


def _mean(measured: Measured, queries: list[str]) -> float | None:
    """Return the geometric mean of the milliseconds, None where a query took too long."""
    seconds = [measured.median(query) for query in queries]
    known = [s for s in seconds if s is not None]
    if len(known) < len(seconds):
        return None
    return statistics.geometric_mean(1000 * s for s in known)


def _panel(number: int, title: str, sizes: list[Size], queries: list[str]) -> str:
    left = LEFT + number * (WIDE + GAP)
    low, high = math.log10(sizes[0].quads), math.log10(sizes[-1].quads)
    parts = [f'<text x="{left}" y="{TOP - 15}" font-weight="bold">{title}, ms</text>']
    for power in range(-1, 6):
        y = _y(10.0**power)
        parts.append(f'<path d="M{left} {y}h{WIDE}" stroke="#ddd"/>')
        parts.append(f'<text x="{left - 6}" y="{y + 4}" text-anchor="end">{10**power}</text>')
    for size in sizes:
        x = _x(size.quads, left, low, high)
        text = f"{size.quads / 1e6:.1f} M"
        parts.append(f'<text x="{x}" y="{TOP + HIGH + 18}" text-anchor="middle">{text}</text>')
    for name, colour in COLOURS.items():
        points = [
            (_x(size.quads, left, low, high), _y(mean))
            for size in sizes
            if name in size.engines and (mean := _mean(size.engines[name], queries)) is not None
        ]
        line = " ".join(f"{x},{y}" for x, y in points)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x}" cy="{y}" r="4" fill="{colour}"/>' for x, y in points]
    return "\n".join(parts)


def _x(quads: int, left: int, low: float, high: float) -> int:
    share = (math.log10(quads) - low) / (high - low) if high > low else 0.5
    return round(left + 20 + share * (WIDE - 40))


def _y(milliseconds: float) -> int:
    """Return the height of a value: 0.1 ms at the bottom, 100 s at the top."""
    return round(TOP + HIGH - (math.log10(milliseconds) + 1) / 6 * HIGH)


def _legend(name: str, number: int) -> str:
    x, y = LEFT + number % 3 * 220, TOP + HIGH + 50 + number // 3 * 22
    mark = f'<rect x="{x}" y="{y - 10}" width="12" height="12" fill="{COLOURS[name]}"/>'
    return f'{mark}<text x="{x + 18}" y="{y}">{name}</text>'
