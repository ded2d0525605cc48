"""Explain: facts with their words, and names in any language."""

import click
import pytest

from kzun_graph.errors import UnknownNameError
from kzun_graph.explain import Explainer
from kzun_graph.labels import Labels
from kzun_graph.render import explanation
from kzun_graph.sources import Sources
from kzun_graph.terms import CLAIM, ID, KZUN
from kzun_graph.view import View


@pytest.fixture(scope="session")
def explainer(view: View, sources: Sources) -> Explainer:
    return Explainer(view, sources)


@pytest.fixture(scope="session")
def labels(view: View) -> Labels:
    return Labels(view.quads)


def test_a_fact_comes_with_its_claim_and_its_words_in_context(explainer: Explainer) -> None:
    facts = explainer.explain(ID["admission-1992"]).facts
    date = next(fact for fact in facts if fact.quad.predicate == KZUN["date"])
    assert (date.origin, date.claims) == ("claimed", (CLAIM["p01-18"],))
    assert date.words[0].quote == "1992 жылғы 2 наурызда"
    assert date.words[0].before == "БҰҰ Бас Ассамблеясының 46-cессиясында, "
    assert date.words[0].after.startswith(" Қазақстан ресми түрде")


def test_what_the_article_the_editors_and_the_derivation_say_is_told_apart(
    explainer: Explainer,
) -> None:
    facts = explainer.explain(ID["admission-1992"]).facts
    origins = {fact.quad.predicate: fact.origin for fact in facts if fact.outgoing}
    assert origins[KZUN["member"]] == "claimed"
    assert origins[KZUN["earliest"]] == "derived"
    article = explainer.explain(explainer._article.iri).facts
    assert "edited" in {fact.origin for fact in article}


def test_a_triple_of_several_claims_is_one_fact(
    explainer: Explainer,
) -> None:
    facts = [f for f in explainer.explain(ID["unga"]).facts if f.quad.object == ID["un"]]
    assert [len(fact.claims) for fact in facts] == [4]


def test_a_claim_is_explained_by_its_words_and_triples(explainer: Explainer) -> None:
    found = explainer.explain(CLAIM["p01-18"])
    assert [words.quote for words in found.words] == ["1992 жылғы 2 наурызда"]
    assert found.attributed == ID["article-author"]
    assert [fact.quad.subject for fact in found.facts] == [ID["admission-1992"]]


@pytest.mark.parametrize(
    "name",
    ["Ливан", "ливан", "Lebanon", "id:lebanon", "lebanon", "https://w3id.org/kzun/id/lebanon"],
)
def test_a_thing_is_found_by_any_of_its_names(name: str, labels: Labels) -> None:
    assert labels.find(name) == ID["lebanon"]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("Лыван", "nothing is called 'Лыван': did you mean id:lebanon"),
        ("id:lebanom", "nothing is called 'id:lebanom': did you mean id:lebanon"),
        ("щщщ", "nothing is called 'щщщ': the names are in"),
    ],
)
def test_an_unknown_name_gets_near_ones(name: str, message: str, labels: Labels) -> None:
    with pytest.raises(UnknownNameError) as caught:
        labels.find(name)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_an_explanation_fits_eighty_columns(
    language: str, explainer: Explainer, labels: Labels
) -> None:
    lines = list(explanation(explainer.explain(ID["kazakhstan"]), labels, language))
    assert len(lines) > 50
    assert [line for line in lines if len(click.unstyle(line)) > 80] == []
