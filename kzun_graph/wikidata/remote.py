"""Remote: the shipped links and entities, held against a server of others, as text."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kzun_graph.errors import UnknownNameError
from kzun_graph.labels import Labels
from kzun_graph.links import mappings as rows
from kzun_graph.links.missing import missing
from kzun_graph.protocol.endpoint import Endpoint
from kzun_graph.sources import read_sources
from kzun_graph.terms import ID, curie
from kzun_graph.view import View, build_view
from kzun_graph.viewnames import ALL
from kzun_graph.wikidata import show
from kzun_graph.wikidata.changes import proposed_changes
from kzun_graph.wikidata.check import LinkReport, check_links, to_wikidata
from kzun_graph.wikidata.names import Ours
from kzun_graph.wikidata.proposals import sssom
from kzun_graph.wikidata.show_candidates import candidates_json, candidates_table
from kzun_graph.wikidata.suggest import Candidate, Catalogue, suggest

_WIKIDATA = "wikidata"  # the name of the set, that is of its file


@dataclass(frozen=True)
class Checked:
    """What the endpoint at ``address`` said of the shipped links; ``elsewhere`` were not asked."""

    reports: list[LinkReport]
    elsewhere: int
    address: str

    @property
    def fine(self) -> bool:
        """Whether there is nothing to look at."""
        return all(report.fine for report in self.reports)

    def text(self, form: str, lang: str) -> str:
        """Return the report as ``form``: table, json or changes."""
        if form == "json":
            return show.check_json(self.reports, self.elsewhere, self.address) + "\n"
        if form == "changes":
            return proposed_changes(self.reports)
        return _lines(show.check_table(self.reports, self.elsewhere, lang))


@dataclass(frozen=True)
class Suggested:
    """The candidates that the server at ``address`` has for ``entities``."""

    entities: list[NamedNode]
    candidates: list[Candidate]
    labels: Labels
    address: str

    def text(self, form: str, lang: str) -> str:
        """Return the candidates as ``form``: table, json, or the proposed ones as sssom."""
        if form == "json":
            return candidates_json(self.entities, self.candidates, self.address) + "\n"
        if form == "sssom":
            return sssom(self.candidates, self._title("en"), self.address)
        return _lines(candidates_table(self.entities, self.candidates, self._title(lang), lang))

    def _title(self, lang: str) -> Callable[[NamedNode], str]:
        return lambda node: self.labels.label(node, lang)


def check_shipped(endpoint: Endpoint, tell: Callable[[str], object] = str) -> Checked:
    """Return what ``endpoint`` says of the links in ``data/links/``; ``tell`` hears of each step.

    Raises EndpointError, SourceError: the endpoint or a file cannot be read.
    """
    mappings = rows.read_mappings()
    view = _view()
    reports = check_links(mappings, endpoint, Ours.of(view.stated, view.derived), tell)
    elsewhere = sum(mapping.positive and not to_wikidata(mapping) for mapping in mappings)
    return Checked(reports, elsewhere, endpoint.address)


def suggest_shipped(
    name: str, catalogue: Catalogue, address: str, tell: Callable[[str], object] = str
) -> Suggested:
    """Return candidates for the entity called ``name``, or for all without a match in Wikidata.

    Those are the ones that :func:`kzun_graph.links.missing.missing` lists. Raises UnknownNameError:
    no entity is called so. EndpointError, SourceError: as :func:`check_shipped`.
    """
    mappings = rows.read_mappings()
    view = _view()
    labels = Labels(view.stated)
    entities = [_entity(name, labels)] if name else _unmatched(mappings)
    ours = Ours.of(view.stated, view.derived)
    return Suggested(entities, suggest(entities, mappings, catalogue, ours, tell), labels, address)


def _view() -> View:
    return build_view(read_sources(), ALL)  # with the entities that only sources know


def _unmatched(mappings: tuple[rows.Mapping, ...]) -> list[NamedNode]:
    of_wikidata = [mapping for mapping in mappings if mapping.set.name == _WIKIDATA]
    return sorted(
        {found.node for found in missing(of_wikidata, read_sources().located, "en")}, key=str
    )


def _entity(name: str, labels: Labels) -> NamedNode:
    node = labels.find(name)
    if node not in ID:
        what = f"{curie(node)} is no entity"
        raise UnknownNameError(None, what, "name a thing of data/entities/, such as id:un")
    return node


def _lines(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)
