"""Synthetic: as many made-up articles as wanted, as one dataset in N-Quads, for measuring.

The dataset is the shipped view of the real article, and N articles that say nothing of the world:
"«Ел 17» мемлекеті «Ұйым 5» ұйымына ...". They go the way of the real one: their quotes are grounded
in a text, annotated and derived from by the package's own code. Names: things are
``id:synthetic-...``; an article, its claims, annotations and selectors stand under
``https://example.org/kzun-synthetic/<number>/``, for our own namespace holds one article alone.
Things are shared between the articles, and drawn by Zipf's law: the k-th of a kind is drawn 1/k as
often as the first. One article at a time is in memory, besides the names of the shared things.
"""

import argparse
import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, serialize
from sentences import KINDS, SENTENCES, Drawn, Part, Pools

from kzun_graph.annotate import annotations, identifications, segments
from kzun_graph.article import Article
from kzun_graph.derive import derive
from kzun_graph.ground import ground
from kzun_graph.reader import Located
from kzun_graph.sources import read_sources
from kzun_graph.terms import (
    ANNOTATION,
    ARTICLE,
    CLAIM,
    DCTERMS,
    ID,
    KZUN,
    OA,
    OWL,
    RDFS,
    SCHEMA,
    SELECTOR,
    SKOS,
    TYPE,
    XSD,
)
from kzun_graph.text import Place
from kzun_graph.view import View, build_view

SPACE = "https://example.org/kzun-synthetic/"
PARAGRAPHS, SENTENCES_EACH = 4, 8
SHIPPED, PER_ARTICLE = 24_000, 3560  # quads, about: what ``--triples`` reckons with
NOWHERE = Place("synthetic")
_MOVED = (ANNOTATION, ARTICLE, CLAIM, SELECTOR)
_LANGUAGES = ("en", "kk", "ru")


@dataclass(frozen=True)
class Plan:
    """What to make: so many articles, from a seed; ``broken`` is the share with one fault each."""

    articles: int
    seed: int = 1
    broken: float = 0.0

    def fault(self, number: int) -> str | None:
        """Return the fault of an article (numbered from 1): they are spread evenly, in turn."""
        before, now = int((number - 1) * self.broken), int(number * self.broken)
        return list(FAULTS)[before % len(FAULTS)] if now > before else None


def dataset(plan: Plan) -> Iterator[bytes]:
    """Yield the dataset as N-Quads: the shipped view with the shared things, then each article."""
    view = build_view(read_sources())
    pools = _pools(plan)
    yield _lines(_common(view, pools))
    rules = [q for q in view.quads if q.predicate in (RDFS["subClassOf"], OWL["inverseOf"])]
    for number in range(1, plan.articles + 1):
        quads = _article(number, plan, pools, rules)
        text = _lines(quads)
        for space in _MOVED:
            moved = f"{SPACE}{number}/{space.prefix}/"
            text = text.replace(space.iri.encode(), moved.encode())
        yield text


def write(path: Path, plan: Plan) -> int:
    """Write the dataset to ``path``, article by article; return the number of its quads."""
    lines = 0
    with path.open("wb") as out:
        for text in dataset(plan):
            out.write(text)
            lines += text.count(b"\n")
    return lines


def articles_for(triples: int) -> int:
    """Return how many articles make about so many triples, the shipped view counted in."""
    return max(1, round((triples - SHIPPED) / PER_ARTICLE))


def _lines(quads: Iterable[Quad]) -> bytes:
    """Return ``quads`` as N-Quads, sorted: a store gives what it derives in no order of its own."""
    data = serialize(quads, format=RdfFormat.N_QUADS)
    assert data is not None
    return b"".join(sorted(data.splitlines(keepends=True)))


def _pools(plan: Plan) -> Pools:
    """Return the shared things of each kind: more of them, the more articles there are."""
    return {
        kind: list(accumulate(1 / rank for rank in range(1, 1 + int(few + each * plan.articles))))
        for kind, (_, few, each, *_) in KINDS.items()
    }


def _common(view: View, pools: Pools) -> list[Quad]:
    """Return the shipped view and the shared things, with all that follows of these."""
    things = [quad for kind, weights in pools.items() for quad in _things(kind, len(weights))]
    store = Store()
    store.bulk_extend([*view.quads, *things])
    derived = derive(store)
    return list(dict.fromkeys([*view.quads, *things, *derived]))


def _things(kind: str, count: int) -> Iterator[Quad]:
    cls, _, _, kk, ru, en, more = KINDS[kind]
    for rank in range(1, count + 1):
        node = ID[f"synthetic-{kind}-{rank}"]
        yield Quad(node, TYPE, cls)
        yield from _named(node, {"kk": f"{kk} {rank}", "ru": f"{ru} {rank}", "en": f"{en} {rank}"})
        for predicate, value in more:
            other = (
                ID[f"synthetic-{value}-{1 + rank % KINDS[value][1]}"] if value in KINDS else None
            )
            yield Quad(node, predicate, other or ID[value])


def _named(node: NamedNode, names: dict[str, str]) -> Iterator[Quad]:
    about = {"kk": "өлшеуге арналған жасанды нысан", "ru": "вымышленный объект для измерений"}
    about["en"] = "made up for measuring"
    for language, name in names.items():
        yield Quad(node, SKOS["prefLabel"], Literal(name, language=language))
        text = f"{name}: {about[language]}."
        yield Quad(node, DCTERMS["description"], Literal(text, language=language))
        yield Quad(node, KZUN["coinedLabelIn"], Literal(language))


def _article(number: int, plan: Plan, pools: Pools, rules: list[Quad]) -> list[Quad]:
    """Return the quads of one article, in our own namespaces, with what follows from them."""
    rng = random.Random(f"{plan.seed}/{number}")  # noqa: S311 (data to measure with, no secret)
    writer = _Writer(number, rng, pools)
    article = Article("\n".join(writer.paragraph(n) for n in range(1, PARAGRAPHS + 1)))
    stated = [*writer.quads, *_document(number, article, rng, pools)]
    grounded, ungrounded = ground((Located(quad, NOWHERE) for quad in stated), article)
    assert not ungrounded, ungrounded[0].error
    stated += annotations((g for g in grounded if g.node in CLAIM), article)
    stated += identifications((g for g in grounded if g.node not in CLAIM), article)
    stated += segments(article)
    if fault := plan.fault(number):
        stated = FAULTS[fault](stated)
    store = Store()
    store.bulk_extend([*rules, *stated])
    return list(dict.fromkeys([*stated, *derive(store)]))


def _document(number: int, article: Article, rng: random.Random, pools: Pools) -> Iterator[Quad]:
    author = Drawn("author", rng, pools).node
    yield Quad(article.iri, SCHEMA["author"], author)
    yield Quad(article.iri, SCHEMA["inLanguage"], Literal("kk"))
    names = {"kk": f"Мақала {number}", "ru": f"Статья {number}", "en": f"Article {number}"}
    yield from _named(article.iri, names)


class _Writer:
    """Writes the paragraphs of one article, and the claims and mentions that quote them."""

    def __init__(self, number: int, rng: random.Random, pools: Pools) -> None:
        self.quads: list[Quad] = []
        self._number, self._rng, self._pools = number, rng, pools
        self._situations = 0

    def paragraph(self, number: int) -> str:
        """Return the text of a paragraph; in the first, each kind of sentence stands once."""
        kinds = list(SENTENCES)
        turn = kinds if number == 1 else []
        turn = turn + self._rng.choices(kinds, k=SENTENCES_EACH - len(turn))
        sentences: list[tuple[str, list[Part]]] = []
        for kind in turn:
            while True:  # until all quotes of the paragraph stand in it once
                parts = SENTENCES[kind](lambda k: Drawn(k, self._rng, self._pools), self._rng)
                tried = [*sentences, (kind, parts)]
                if _unambiguous([parts for _, parts in tried]):
                    break
            sentences = tried
        text = _text([parts for _, parts in sentences])
        self._claims(number, sentences)
        self._mentions(number, [parts for _, parts in sentences], text)
        return text

    def _claims(self, paragraph: int, sentences: list[tuple[str, list[Part]]]) -> None:
        count = 0
        for kind, parts in sentences:
            self._situations += 1
            name = f"{self._number}-{self._situations}"
            node = ID[f"synthetic-{kind}-{name}"]
            names = {"kk": f"Жағдай {name}", "ru": f"Ситуация {name}", "en": f"Situation {name}"}
            self.quads += _named(node, names)
            for part in parts:
                if part.says:
                    count += 1
                    self._claim(CLAIM[f"p{paragraph:02}-{count:02}"], node, kind, part)

    def _claim(self, claim: NamedNode, node: NamedNode, kind: str, part: Part) -> None:
        cls = KZUN["Assessment" if kind == "characterization" else "FactualClaim"]
        self.quads.append(Quad(claim, TYPE, cls))
        self.quads.append(Quad(claim, KZUN["quote"], Literal(part.text, language="kk")))
        for predicate, value in part.says:
            self.quads.append(Quad(node, predicate, value, claim))
            self.quads.append(Quad(node, predicate, value))

    def _mentions(self, paragraph: int, sentences: list[list[Part]], text: str) -> None:
        drawn = {d.form: d for parts in sentences for part in parts for d in part.names}
        unique = [d for form, d in drawn.items() if text.count(form) == 1]
        for count, found in enumerate(unique, 1):
            node = ANNOTATION[f"p{paragraph:02}-m{count:02}"]
            self.quads.append(Quad(node, TYPE, KZUN["Mention"]))
            self.quads.append(Quad(node, KZUN["form"], Literal(found.form, language="kk")))
            self.quads.append(Quad(node, OA["hasBody"], found.node))


def _text(sentences: Iterable[list[Part]]) -> str:
    return " ".join(" ".join(part.text for part in parts) + "." for parts in sentences)


def _unambiguous(sentences: list[list[Part]]) -> bool:
    text = _text(sentences)
    return all(text.count(p.text) == 1 for parts in sentences for p in parts if p.says)


def _changed(quads: list[Quad], fits: Callable[[Quad], bool], new: Literal | None) -> list[Quad]:
    """Return ``quads`` with another object in the first statement that fits, or without that."""
    first = next(q for q in quads if fits(q))
    same = (first.subject, first.predicate, first.object)
    kept = []
    for quad in quads:  # in the claim's graph and in the default graph
        if (quad.subject, quad.predicate, quad.object) != same:
            kept.append(quad)
        elif new is not None:
            kept.append(Quad(quad.subject, quad.predicate, new, quad.graph_name))
    return kept


def _of(predicate: NamedNode, kind: str = "") -> Callable[[Quad], bool]:
    start = ID[f"synthetic-{kind}"].value if kind else ""
    return lambda q: q.predicate == predicate and str(q.subject).startswith(f"<{start}")


def _no_such_day(quads: list[Quad]) -> list[Quad]:
    day = Literal("2023-02-30", datatype=XSD["date"])
    return _changed(quads, _of(KZUN["date"]), day)


def _ends_first(quads: list[Quad]) -> list[Quad]:
    year = Literal("1890", datatype=XSD["gYear"])
    return _changed(quads, _of(KZUN["endDate"]), year)


def _two_scripts(quads: list[Quad]) -> list[Quad]:
    name = Literal("Cитуация", language="ru")  # the first letter is Latin
    english = [q for q in quads if _of(SKOS["prefLabel"], "admission")(q)]
    old = next(q for q in english if isinstance(q.object, Literal) and q.object.language == "ru")
    return _changed(quads, lambda q: q == old, name)


def _other_words(quads: list[Quad]) -> list[Quad]:
    return _changed(quads, _of(KZUN["quote"]), Literal("мұндай сөз жоқ", language="kk"))


def _no_organization(quads: list[Quad]) -> list[Quad]:
    return _changed(quads, _of(KZUN["organization"], "admission"), None)


# a fault, named after the rule or shape that finds it
FAULTS: dict[str, Callable[[list[Quad]], list[Quad]]] = {
    "dates-exist": _no_such_day,
    "start-before-end": _ends_first,
    "mixed-scripts": _two_scripts,
    "quote-in-sentence": _other_words,
    "AdmissionShape-organization": _no_organization,
}


def main() -> None:
    """Write a dataset as the command line asks for it, and print the number of its quads."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("out", type=Path, help="the N-Quads file to write")
    parser.add_argument("--triples", type=int, default=100_000, help="about so many")
    parser.add_argument("--articles", type=int, help="exactly so many, instead of --triples")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--broken", type=float, default=0.0, help="share of articles with a fault")
    given = parser.parse_args()
    articles = given.articles or articles_for(given.triples)
    print(write(given.out, Plan(articles, given.seed, given.broken)), "quads")


if __name__ == "__main__":
    main()
