"""Wikidata: print the table of docs/wikidata.md that explains each statement proposed."""

from pyoxigraph import Literal, NamedNode

from kzun_graph.labels import Labels
from kzun_graph.publish.quickstatements import Statement, proposals
from kzun_graph.publish.wikidata_rules import PROPERTIES
from kzun_graph.sources import read_sources
from kzun_graph.terms import KZUN, SCHEMA, SKOS, WD, curie
from kzun_graph.view import View, build_view


def table(view: View) -> str:
    """Return the statements that ``view`` proposes, a row each, as a Markdown table."""
    labels = Labels(view.quads)
    things = {q.object: q.subject for q in view.quads if q.predicate == SKOS["exactMatch"]}

    def item(number: str) -> str:
        thing = things[WD[number]]
        assert isinstance(thing, NamedNode)
        return f"{labels.label(thing, 'en')} ({number})"

    def value(term: str | Literal) -> str:
        return term.value if isinstance(term, Literal) else item(term)

    def row(statement: Statement) -> str:
        dates = (f"; {_named(prop)} {date.value}" for prop, date in statement.qualifiers)
        cells = (
            item(statement.item),
            _named(statement.rule.predicate),
            value(statement.value) + "".join(dates),
            "<br>".join(_quoted(claim, view) for claim in statement.claims),
            "<br>".join(_titled(r.source, labels, view) for r in statement.references),
            statement.rule.meaning,
        )
        return f"| {' | '.join(cells)} |\n"

    head = "| item | property | value | the article's words | borne out by | why |\n"
    return head + "|---|---|---|---|---|---|\n" + "".join(map(row, proposals(view)))


def _named(prop: str) -> str:
    return f"{PROPERTIES[prop]} ({prop})"


def _quoted(claim: NamedNode, view: View) -> str:
    quotes = (q.object for q in view.quads if (q.subject, q.predicate) == (claim, KZUN["quote"]))
    words = ", ".join(f"«{quote.value}»" for quote in quotes if isinstance(quote, Literal))
    return f"`{curie(claim)}` {words}"


def _titled(source: NamedNode, labels: Labels, view: View) -> str:
    """Return the publisher's name, and the address behind it."""
    said = {q.predicate: q.object for q in view.quads if q.subject == source}
    publisher, address = said[SCHEMA["publisher"]], said[SCHEMA["url"]]
    assert isinstance(publisher, NamedNode) and isinstance(address, NamedNode | Literal)
    return f"[{labels.label(publisher, 'en')}]({address.value})"


def main() -> None:
    """Print the table."""
    print(table(build_view(read_sources(), "all")), end="")


if __name__ == "__main__":
    main()
