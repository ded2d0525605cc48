"""Wikidata names: labels, aliases and descriptions of linked things in Kazakh, Russian, English."""

from pyoxigraph import Literal, NamedNode, QuerySolutions

from kzun_graph import resources
from kzun_graph.errors import SourceError
from kzun_graph.reader import read_text
from kzun_graph.terms import PREFIXES, WD, expand
from kzun_graph.text import Place
from kzun_graph.view import View

DESCRIPTIONS = "data/links/descriptions.tsv"

# The links layer grades each link: 0.95 well tied to the name, 0.8 once, 0.5 in passing.
_LEAST_CONFIDENCE = 0.8


def linked(thing: str, item: str) -> str:
    """Return the pattern of a link good enough for others: variable of the thing, of the item.

    An exact match with an item of Wikidata that no row of the mappings grades lower than 0.8.
    """
    return f"""
  ?{thing} skos:exactMatch ?{item} FILTER (STRSTARTS(STR(?{item}), "{WD.iri}Q"))
  FILTER NOT EXISTS {{
    ?row_{item} owl:annotatedSource ?{thing} ; owl:annotatedTarget ?{item} ;
      sssom:confidence ?confidence_{item} FILTER (?confidence_{item} < {_LEAST_CONFIDENCE})
  }}"""


# A group is named in the plural, and what happened by a wording of the editors, where Wikidata has
# the class in the singular and a heading of its own: these give aliases, and no labels.
_NAMES = f"""
SELECT DISTINCT ?thing ?item ?name ?preferred ?proper WHERE {{{linked("thing", "item")}
  {{ ?thing skos:prefLabel ?name BIND (true AS ?preferred) }}
  UNION {{ ?thing skos:altLabel ?name BIND (false AS ?preferred) }}
  FILTER NOT EXISTS {{ ?thing kzun:coinedLabelIn ?in FILTER (STR(?in) = LANG(?name)) }}
  BIND (NOT EXISTS {{ ?thing a kzun:Group }} && NOT EXISTS {{ ?thing a kzun:Situation }} AS ?proper)
}}
"""

Name = tuple[str, str, str]


def names(view: View, *, aliases: bool) -> list[Name]:
    """Return item, command (such as "Lkk") and text of each name, sorted.

    ``aliases``: all established names; else the preferred ones as labels, and the descriptions.
    Names of the editors' own making (kzun:coinedLabelIn) are left out.

    Raises SourceError: the file of descriptions is malformed.
    """
    rows = view.store.query(_NAMES, prefixes=PREFIXES)
    assert isinstance(rows, QuerySolutions)
    found: set[Name] = set()
    items: dict[str, str] = {}
    for row in rows:
        item = _text(row["item"]).removeprefix(WD.iri)
        name = row["name"]
        assert isinstance(name, Literal)
        if aliases:
            found.add((item, f"A{name.language}", name.value))
        elif _text(row["proper"]) == "true":
            items[_text(row["thing"])] = item
            if _text(row["preferred"]) == "true":
                found.add((item, f"L{name.language}", name.value))
    for thing, language, text in () if aliases else descriptions():
        if thing in items:
            found.add((items[thing], f"D{language}", text))
    return sorted(found)


def descriptions() -> list[tuple[str, str, str]]:
    """Return entity, language and text of each description that is short enough for Wikidata.

    The entities' own descriptions say what the article says of them, which is no use elsewhere.

    Raises SourceError: the file is malformed.
    """
    path = resources.root() / DESCRIPTIONS
    header, *lines = read_text(path).splitlines()
    languages = header.split("\t")[1:]
    found = []
    for number, line in enumerate(lines, 2):
        name, *texts = line.split("\t")
        node = expand(name)
        if node is None or len(texts) != len(languages) or not all(texts):
            what = f"wants an entity and {len(languages)} descriptions"
            remedy = "part them by tabs, and leave none empty"
            raise SourceError(Place(DESCRIPTIONS, number), what, remedy)
        found += [(node.value, *pair) for pair in zip(languages, texts, strict=True)]
    return found


def _text(term: object) -> str:
    assert isinstance(term, NamedNode | Literal)
    return term.value
