"""Findings: what a check found, where it is written, and the report as SHACL."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple

from kzun_graph.formats import to_bytes
from kzun_graph.terms import SH, TYPE, XSD, curie
from kzun_graph.text import Place

Value = NamedNode | Literal | BlankNode | Triple
SEVERITIES = ("Violation", "Warning", "Info")


@dataclass(frozen=True)
class Finding:
    """One result of validation.

    ``check`` is the local name of the shape or rule; ``messages`` say in each language what is
    wrong and what to do. ``place``, ``claim`` and ``sentence`` tell where it comes from.
    """

    check: str
    severity: str
    focus: NamedNode | BlankNode
    path: NamedNode | None
    value: Value | None
    messages: Mapping[str, str]
    source: NamedNode
    component: NamedNode
    place: Place | None = field(default=None)
    claim: NamedNode | None = field(default=None)
    sentence: str | None = field(default=None)

    @property
    def key(self) -> tuple[int, str, int, str, str]:
        """The order of a report: the grave first, then by file and line."""
        place = self.place or Place("", 0)
        return SEVERITIES.index(self.severity), place.file, place.line, self.check, str(self.focus)

    def message(self, language: str) -> str:
        """Return the message in ``language``, else in English."""
        return self.messages.get(language) or self.messages.get("en", self.check)

    def triple(self) -> str:
        """Return the offending triple in readable form; "…" stands for what is missing."""
        path = curie(self.path) if self.path else "…"
        return f"{_show(self.focus)} {path} {_show(self.value)}"


def _show(term: Value | None) -> str:
    if term is None:
        return "…"
    if isinstance(term, Literal) and term.datatype in XSD and term.datatype != XSD["string"]:
        return f'"{term.value}"^^{curie(term.datatype)}'
    return curie(term) if isinstance(term, NamedNode) else str(term)


def has_violations(findings: Iterable[Finding]) -> bool:
    """Tell whether any finding is a violation: only those make validation fail."""
    return any(finding.severity == "Violation" for finding in findings)


def report(findings: Iterable[Finding]) -> str:
    """Return the findings as a SHACL validation report in Turtle. Source: SHACL, 3.6."""
    findings = list(findings)
    node = BlankNode("report")
    conforms = Literal(str(not has_violations(findings)).lower(), datatype=XSD["boolean"])
    triples = [
        Triple(node, TYPE, SH["ValidationReport"]),
        Triple(node, SH["conforms"], conforms),
    ]
    for number, finding in enumerate(findings, 1):
        result = BlankNode(f"result{number}")
        triples.append(Triple(node, SH["result"], result))
        triples += _result(result, finding)
    return to_bytes(triples, RdfFormat.TURTLE).decode()


def _result(result: BlankNode, finding: Finding) -> list[Triple]:
    triples = [
        Triple(result, TYPE, SH["ValidationResult"]),
        Triple(result, SH["focusNode"], finding.focus),
        Triple(result, SH["resultSeverity"], SH[finding.severity]),
        Triple(result, SH["sourceConstraintComponent"], finding.component),
        Triple(result, SH["sourceShape"], finding.source),
    ]
    if finding.path:
        triples.append(Triple(result, SH["resultPath"], finding.path))
    if finding.value is not None:
        triples.append(Triple(result, SH["value"], finding.value))
    triples += [
        Triple(result, SH["resultMessage"], Literal(text, language=language))
        for language, text in finding.messages.items()
    ]
    return triples


def as_json(findings: Iterable[Finding], language: str) -> list[dict[str, object]]:
    """Return the findings as plain objects, messages in ``language``."""
    return [
        {
            "check": finding.check,
            "severity": finding.severity,
            "file": finding.place.file if finding.place else None,
            "line": finding.place.line if finding.place else None,
            "claim": curie(finding.claim) if finding.claim else None,
            "triple": finding.triple(),
            "sentence": finding.sentence,
            "message": finding.message(language),
        }
        for finding in findings
    ]
