"""Changes: what a check proposes to change in the files of mappings, as a unified diff."""

import csv
import io
from collections.abc import Iterable, Sequence
from difflib import unified_diff
from pathlib import Path

from kzun_graph import resources
from kzun_graph.reader import read_text
from kzun_graph.terms import curie
from kzun_graph.wikidata.check import LinkReport, doubtful

_DOUBT = "# Most items are not there: ask another endpoint before you take rows out.\n"
_WHY_NOT = {
    "rejected": "that item is rejected for this subject",
    "taken": "that item is the exact match of another subject",
}


def proposed_changes(reports: Sequence[LinkReport]) -> str:
    """Return the proposed changes for review; empty when there is nothing to look at.

    Lines that begin with ``#`` say why, and what a person must decide; below stands a unified diff
    that ``patch -p0`` takes from the folder of the project. A redirected item is replaced by the
    one that took its place, and its number is kept in ``other`` (``replaces=wd:Q…``); the row of an
    item that is gone is taken out, unless so much is gone that the endpoint may be what is wrong.
    Nothing is written.

    Raises SourceError: a file of mappings cannot be read any more.
    """
    by_file: dict[str, list[LinkReport]] = {}
    for report in reports:
        if not report.fine:
            by_file.setdefault(report.mapping.place.file, []).append(report)
    doubt = doubtful(reports)
    parts = [part for file, found in by_file.items() for part in _file(file, found, doubt)]
    return "".join([_DOUBT, *parts] if doubt else parts)


def _file(file: str, reports: Sequence[LinkReport], doubt: bool) -> Iterable[str]:
    for report in reports:
        yield f"# {report.mapping.place}: {_reason(report)}\n"
    path = Path(file) if Path(file).is_absolute() else resources.root() / file
    if not path.exists():
        path = Path(file)
    old = read_text(path).splitlines(keepends=True)
    new: list[str | None] = list(old)
    for report in reports:
        line = report.mapping.place.line - 1
        if not (doubt and report.state == "absent"):
            new[line] = _row(old, line, report)
    kept = [line for line in new if line is not None]
    yield from unified_diff(old, kept, file, file, n=1)


def _reason(report: LinkReport) -> str:
    mapping = report.mapping
    link = f"{curie(mapping.subject)} {curie(mapping.predicate)} "
    link += curie(mapping.object) if mapping.object else ""
    if report.state == "absent":
        return f"{link}: no such item (deleted, or never there): take the row out"
    said = []
    if report.target:
        target = curie(report.target)
        why = _WHY_NOT.get(report.clash)
        doing = f"decide: {why}" if why else f"replace it, the old number stays in {'other'!r}"
        if report.clash == "twice":
            doing = "take the row out: another row says the same"
        said.append(f"redirects to {target}: {doing}")
    if "label differs" in report.findings:
        theirs = ", ".join(f"{name.value!r}" for name in report.theirs[:4])
        said.append(f"no label in kk, ru or en agrees (theirs: {theirs}): look at it")
    if "class does not fit" in report.findings:
        said.append("its class does not fit ours: look at it")
    return f"{link}: {'; '.join(said)}"


def _row(lines: Sequence[str], number: int, report: LinkReport) -> str | None:
    """Return the row as proposed: None to take it out, as it was where a person must decide."""
    header = next(line for line in lines if not line.startswith("#"))
    columns = next(csv.reader([header], delimiter="\t"))
    row = next(csv.reader([lines[number]], delimiter="\t"))
    if len(row) != len(columns):  # a row over several lines: half of it would be changed
        return lines[number]
    if report.state == "absent" or report.clash == "twice":
        return None
    if report.target is None or report.clash:
        return lines[number]
    cells = dict(zip(columns, row, strict=True))
    kept = f"replaces={cells['object_id']}"
    place = "other" if "other" in columns else "comment"
    between = "|" if place == "other" else " "
    cells[place] = between.join(filter(None, [cells.get(place, ""), kept]))
    cells["object_id"] = curie(report.target)
    if "object_label" in cells and report.target_label:
        cells["object_label"] = report.target_label
    written = io.StringIO()
    csv.writer(written, delimiter="\t", lineterminator="\n").writerow(cells.values())
    return written.getvalue()
