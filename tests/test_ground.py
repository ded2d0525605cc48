"""Grounding: the exact words, in code points, and no others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzun_graph.article import Article
from kzun_graph.errors import GroundingError
from kzun_graph.ground import find, ground, quoted_share
from kzun_graph.sources import Sources
from kzun_graph.terms import CLAIM
from kzun_graph.text import Place, Span
from kzun_graph.view import View

HERE = Place("p01.trig", 3)


@given(before=st.text("абв😀 ", max_size=20), after=st.text("абв😀 ", max_size=20))
def test_offsets_count_code_points(before: str, after: str) -> None:
    span = find("ҚЫЗ😀", f"{before}ҚЫЗ😀{after}", HERE)
    assert span == Span(len(before), len(before) + 4)


@pytest.mark.parametrize(
    ("quote", "what"),
    [
        ("", "is not in its paragraph"),
        ("46-сессиясында", "is not in its paragraph"),  # a Cyrillic с, where the source has a c
        ("еліміз", "stands more than once"),
    ],
)
def test_a_quote_without_ground_says_where_and_what_to_do(quote: str, what: str) -> None:
    text = "46-cессиясында еліміз және еліміз"
    with pytest.raises(GroundingError, match=rf"p01\.trig:3: quote '{quote}' {what}.*: \w+"):
        find(quote, text, HERE)


def test_what_stands_beside_settles_an_ambiguous_quote() -> None:
    assert find("еліміз", "еліміз және еліміз", HERE, prefix="және ") == Span(12, 18)
    assert find("еліміз", "еліміз және еліміз", HERE, suffix=" және") == Span(0, 6)


def test_every_claim_of_the_article_is_grounded(view: View, sources: Sources) -> None:
    text = sources.article.text
    assert view.ungrounded == ()
    assert len(view.quotes) > 200
    assert all(text[slice(*g.span)] == g.words.value for g in view.quotes)
    assert all(g.paragraph.span.holds(g.span) for g in view.quotes)


def test_a_deleted_word_takes_the_ground_from_the_claims_that_quote_it(sources: Sources) -> None:
    article = Article(sources.article.text.replace("1992 жылғы 2 наурызда", "1992 жылғы наурызда"))
    _, ungrounded = ground(sources.located, article)
    assert [error.what for _, error in ungrounded] == [
        "quote '1992 жылғы 2 наурызда' is not in its paragraph of the article"
    ]
    place = ungrounded[0].error.place
    assert place and place.file == "data/article/claims/p01.trig"


def test_the_quoted_share_counts_each_character_once(view: View, sources: Sources) -> None:
    first = [g for g in view.quotes if g.node == CLAIM["p06-01"]]
    whole = sum(len(p.text) for p in sources.article.paragraphs)
    assert quoted_share(first * 2, sources.article) == len("Бітімгершілік қызмет") / whole
