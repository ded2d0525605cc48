"""Wikidata rules: which statements of the claims' ontology have a counterpart in Wikidata, by hand.

Few and certain. A rule is a pattern over the claims' graphs: ``?thing`` is the item that gets the
statement; each ``?claim1``, ``?claim2`` must be corroborated, and one and the same ``?source`` must
bear out all of them, since a reference in Wikidata stands for the whole statement.
"""

import re
from dataclasses import dataclass

# The properties in use, as Wikidata labels them.
PROPERTIES = {
    "P17": "country",
    "P276": "location",
    "P361": "part of",
    "P463": "member of",
    "P577": "publication date",
    "P580": "start time",
    "P582": "end time",
    "P585": "point in time",
}

_CLAIM = re.compile(r"\?(claim\d)\b")


@dataclass(frozen=True)
class Rule:
    """One row: the property, the variables of the value and of the qualifiers, and the pattern.

    ``value`` is ``other``, whose Wikidata item is the value, or the variable of a date;
    ``qualifiers`` are pairs of a property and the variable of a date. ``meaning`` is for readers.
    """

    name: str
    meaning: str
    predicate: str
    value: str
    pattern: str
    qualifiers: tuple[tuple[str, str], ...] = ()

    @property
    def claims(self) -> tuple[str, ...]:
        """The variables of the claims, in the order of the pattern."""
        return tuple(dict.fromkeys(_CLAIM.findall(self.pattern)))

    @property
    def dates(self) -> tuple[str, ...]:
        """The variables of the dates."""
        value = () if self.value == "other" else (self.value,)
        return (*value, *(name for _, name in self.qualifiers))


RULES = (
    Rule(
        "admission",
        "Who was admitted to an organisation is a member of it since that day",
        "P463",
        "other",
        """
        GRAPH ?claim1 { ?event a kzun:Admission ; kzun:member ?thing ; kzun:organization ?other }
        GRAPH ?claim2 { ?event kzun:date ?start }
        """,
        (("P580", "start"),),
    ),
    Rule(
        "term",
        "A membership with a beginning and an end",
        "P463",
        "other",
        """
        GRAPH ?claim1 { ?term a kzun:Membership ; kzun:member ?thing ; kzun:organization ?other }
        GRAPH ?claim2 { ?term kzun:startDate ?start ; kzun:endDate ?end }
        """,
        (("P580", "start"), ("P582", "end")),
    ),
    Rule(
        "region",
        "A country is part of a region",
        "P361",
        "other",
        """
        GRAPH ?claim1 { ?thing schema:containedInPlace ?other }
        ?thing a schema:Country .
        """,
    ),
    Rule(
        "mission-country",
        "A peacekeeping mission works in a country",
        "P17",
        "other",
        """
        GRAPH ?claim1 { ?thing kzun:operatesIn ?other }
        ?thing a kzun:PeacekeepingMission .
        ?other a schema:Country .
        """,
    ),
    Rule(
        "capture-place",
        "A place is captured where it is",
        "P276",
        "other",
        """
        GRAPH ?claim1 { ?thing a kzun:Capture ; kzun:object ?other }
        """,
    ),
    Rule(
        "capture-date",
        "When a place was captured: the day of a source that refines the claim, if there is one",
        "P585",
        "date",
        """
        GRAPH ?claim1 { ?thing a kzun:Capture }
        GRAPH ?claim2 { ?thing kzun:date ?stated }
        OPTIONAL { ?source kzun:refines ?claim2 . GRAPH ?source { ?thing kzun:date ?finer } }
        FILTER (BOUND(?finer) || NOT EXISTS {
          ?another kzun:refines ?claim2 . GRAPH ?another { ?thing kzun:date ?other }
        })
        BIND (COALESCE(?finer, ?stated) AS ?date)
        """,
    ),
)
