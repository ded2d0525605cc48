"""Rules: the SELECTs of ``ontology/rules/``, run as queries and exported as SHACL-SPARQL."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QuerySolutions,
    RdfFormat,
    Store,
    Triple,
)

from kzun_graph import resources
from kzun_graph.errors import QueryError
from kzun_graph.findings import SEVERITIES, Finding
from kzun_graph.formats import to_bytes
from kzun_graph.header import read_header, require
from kzun_graph.messages import LANGUAGES
from kzun_graph.terms import BASE, PREFIXES, SH, TYPE, XSD, Namespace, expand
from kzun_graph.text import Place

RULE = Namespace("rule", f"{BASE}rule/")
_TARGETS = {"class": SH["targetClass"], "subjectsOf": SH["targetSubjectsOf"]}


@dataclass(frozen=True)
class Rule:
    """A SELECT whose every row is a finding: focus (``$this``), path and value."""

    name: str
    text: str
    place: Place
    severity: str
    messages: Mapping[str, str]
    targets: tuple[tuple[NamedNode, NamedNode], ...]

    def run(self, store: Store) -> Iterator[Finding]:
        """Yield what the rule finds in the default graph of ``store``."""
        solutions = cast(QuerySolutions, store.query(self.text, prefixes=PREFIXES))
        columns = {variable.value for variable in solutions.variables}
        for row in solutions:
            path = row["path"] if "path" in columns else None
            yield Finding(
                check=self.name,
                severity=self.severity,
                focus=cast(NamedNode | BlankNode, row["this"]),
                path=path if isinstance(path, NamedNode) else None,
                value=row["value"] if "value" in columns else None,
                messages=self.messages,
                source=RULE[self.name],
                component=SH["SPARQLConstraintComponent"],
            )


@cache
def rules() -> tuple[Rule, ...]:
    """Return all rules, sorted by name; they are read once."""
    return tuple(_read(path.stem, path) for path in resources.files("ontology/rules", "*.rq"))


def _read(name: str, path: Path) -> Rule:
    text = path.read_text("utf-8")
    place = Place(resources.shown(path))
    header = read_header(text, place)
    require(header, ("message", "severity", "target"), place, "header")
    require(header["message"], LANGUAGES, place, "message")
    if header["severity"] not in SEVERITIES:
        raise QueryError(place, "header has no severity", f"use one of {', '.join(SEVERITIES)}")
    targets = tuple(_targets(header["target"], place))
    return Rule(name, text, place, header["severity"], header["message"], targets)


def _targets(target: Mapping[str, Any], place: Place) -> Iterator[tuple[NamedNode, NamedNode]]:
    for kind, names in target.items():
        for name in names if isinstance(names, list) else [names]:
            node = expand(str(name))
            if kind not in _TARGETS or node is None:
                remedy = f"use one of {', '.join(_TARGETS)} with a CURIE"
                raise QueryError(place, f"header has no target {kind}: {name}", remedy)
            yield _TARGETS[kind], node


def as_shapes() -> list[Triple]:
    """Return the rules as SHACL-SPARQL shapes, for validators that run those.

    Source: SHACL, 5.1 to 5.3. Each rule is one node shape with one ``sh:sparql`` constraint.
    """
    declarations = RULE["prefixes"]
    triples = []
    for prefix, iri in PREFIXES.items():
        declaration = RULE[f"prefix-{prefix}"]
        triples += [
            Triple(declarations, SH["declare"], declaration),
            Triple(declaration, SH["prefix"], Literal(prefix)),
            Triple(declaration, SH["namespace"], Literal(iri, datatype=XSD["anyURI"])),
        ]
    for rule in rules():
        triples += _shape(rule, declarations)
    return triples


def _shape(rule: Rule, declarations: NamedNode) -> list[Triple]:
    shape = RULE[rule.name]
    constraint = RULE[f"{rule.name}-constraint"]
    code = "\n".join(
        line for line in rule.text.splitlines() if not line.startswith(("#", "PREFIX"))
    )
    return [
        Triple(shape, TYPE, SH["NodeShape"]),
        *(Triple(shape, kind, target) for kind, target in rule.targets),
        Triple(shape, SH["severity"], SH[rule.severity]),
        Triple(shape, SH["sparql"], constraint),
        Triple(constraint, TYPE, SH["SPARQLConstraint"]),
        Triple(constraint, SH["prefixes"], declarations),
        Triple(constraint, SH["select"], Literal(code)),
        *(
            Triple(constraint, SH["message"], Literal(text, language=language))
            for language, text in rule.messages.items()
        ),
    ]


def all_shapes() -> str:
    """Return the Core shapes and the rules as one Turtle text."""
    core = [path.read_text("utf-8") for path in resources.files("ontology/shapes", "*.ttl")]
    return "\n".join([*core, to_bytes(as_shapes(), RdfFormat.TURTLE).decode()])
