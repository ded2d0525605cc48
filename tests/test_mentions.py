"""Mentions: each stands where it says, and no naming of an entity is left out."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from pyoxigraph import Literal, NamedNode, parse

from kzun_graph import resources
from kzun_graph.article import Article, load_article
from kzun_graph.sources import Sources
from kzun_graph.terms import ANNOTATION, ID, KZUN, OA, ORG, RDFS, SCHEMA, SKOS, TYPE, curie
from kzun_graph.text import Span

FOLDER = resources.root() / "data" / "article" / "mentions"
ENTITIES = resources.root() / "data" / "entities"

_NAMES = ("prefLabel", "altLabel")
_ENDING = 5  # letters: the longest ending that a word of the text may lack or have
_ROOT = 3  # letters: what is left of a word at least

NAMED = {
    SCHEMA["Place"],
    ORG["Organization"],  # organs, units, missions, offices and programmes are below it
    KZUN["Session"],
    KZUN["MeetingSeries"],
    KZUN["Group"],
}
WRITTEN = {KZUN["Document"], KZUN["Observance"], SCHEMA["PublicationIssue"], SCHEMA["Person"]}

# Words that start like a known form, in no mention: the paragraph, the word before, the word.
NO_MENTION = {
    (1, "статусындағы", "мемлекетке"): "a common noun: Kazakhstan became a state of some status",
    (1, "Азиядан", "алғаш"): "'for the first time', not the first initiatives",
    (1, "рөлін", "талдаймыз"): "'we analyse'; begins like Талибан by chance",
    (2, "қозғаласы", "саласында"): "'in the field of', not the agencies by field",
    (3, "құрамында", "алғашқы"): "'the first days', not the first initiatives",
    (3, "бастамаларының", "бірі"): "'one of'; begins like Біріккен by chance",
    (4, "құрамына", "мүше"): "the predicate 'are members'; the states themselves are mentioned",
    (4, "іргелі", "ұйым"): "a common noun, the predicate: CICA is a solid organisation",
    (5, "жетістіктерінің", "бірі"): "'one of'; begins like Біріккен by chance",
    (7, "ету", "саласында"): "'in the field of', not the agencies by field",
    (7, "Биыл", "алғаш"): "'for the first time', not the first initiatives",
    (7, "қауіпсіздік", "саласындағы"): "'in the field of', not the agencies by field",
    (9, "басып", "алғаннан"): "'after they captured'; begins like алғашқы by chance",
    (10, "ұйымдармен", "бірлесіп"): "'jointly'; begins like Біріккен by chance",
    (10, "міндеттемені", "атап"): "'noted', of the same root as аталмыш, 'the said'",
    (12, "негізделген", "Бұл"): "'in this respect'; points to what was said before, to no entity",
}

# Words that match a label of an entity and do not name it: the entity, the word before, the words.
_CENTRAL = "Central Asia is meant, not Asia as a whole"
NO_NAME = {
    ("asia", "Орталық", "Азиядан"): _CENTRAL,
    ("asia", "Орталық", "Азия"): _CENTRAL,
    ("asia", "Орталық", "Азияға"): _CENTRAL,
    ("asia", "Орталық", "Азиялық"): _CENTRAL,
    ("asia", "Орталық", "Азиядағы"): _CENTRAL,
    ("children", "Азиядағы", "баламасы"): "'counterpart'; begins like балалар by chance",
    ("kz-peacekeepers", "Ұйымы", "Қазақстанға бітімгерлік"): "'peacekeeping' is of the mission",
    ("taliban", "рөлін", "талдаймыз"): "'we analyse'; begins like Талибан by chance",
    ("world", "ауқымды", "әлеуетке"): "'potential'; begins like әлем by chance",
    ("world", "саналатын", "әлеуетті"): "'having potential'; begins like әлем by chance",
    ("world", "жою", "әлеуметтік"): "'social'; begins like әлем by chance",
    ("world", "инклюзивті", "әлеуметтік"): "'social'; begins like әлем by chance",
}

UNMENTIONED = {
    "article-author": "known only from the endings of 'our article' and 'we analyse'",
    "editors": "the people of this project; the article does not know them",
    "we": "known only from the ending of the verb in 'we are witnesses'",
}


BESIDE = (OA["prefix"], OA["suffix"])
NOTHING = Literal("")


@dataclass(frozen=True)
class Mention:
    """A mention as its file writes it, and where its form stands in the whole article."""

    name: str
    paragraph: int
    number: int
    form: str
    prefix: str
    suffix: str
    body: NamedNode
    indirect: bool
    span: Span


def places(words: str, text: str) -> list[int]:
    """Return where ``words`` start in ``text``; occurrences may overlap."""
    return [m.start() for m in re.finditer(f"(?={re.escape(words)})", text)]


def load(article: Article) -> Iterator[Mention]:
    """Yield the mentions in the order of their files."""
    for path in sorted(FOLDER.glob("*.ttl")):
        facts: dict[str, dict[NamedNode, list[object]]] = {}
        for quad in parse(path=path):
            assert quad.subject in ANNOTATION
            name = quad.subject.value.removeprefix(ANNOTATION.iri)
            facts.setdefault(name, defaultdict(list))[quad.predicate].append(quad.object)
        for name, said in facts.items():
            number = re.fullmatch(rf"{path.stem}-m(\d\d)", name)
            assert number, name
            assert set(said) <= {TYPE, KZUN["form"], *BESIDE, OA["hasBody"]}, name
            assert {len(values) for values in said.values()} == {1}, name
            kind, form, body = (said[p][0] for p in (TYPE, KZUN["form"], OA["hasBody"]))
            prefix, suffix = (said[p][0] if p in said else NOTHING for p in BESIDE)
            assert kind in (KZUN["Mention"], KZUN["IndirectMention"]), name
            assert isinstance(form, Literal) and isinstance(body, NamedNode), name
            assert isinstance(prefix, Literal) and isinstance(suffix, Literal), name
            assert form.language == "kk", name
            paragraph = int(path.stem.removeprefix("p"))
            segment = article.paragraphs[paragraph - 1]
            words = prefix.value + form.value + suffix.value
            found = places(words, segment.text)
            assert len(found) == 1, f"{name}: {words!r} stands {len(found)} ×"
            start = segment.span.start + found[0] + len(prefix.value)
            yield Mention(
                name=name,
                paragraph=paragraph,
                number=int(number[1]),
                form=form.value,
                prefix=prefix.value,
                suffix=suffix.value,
                body=body,
                indirect=kind == KZUN["IndirectMention"],
                span=Span(start, start + len(form.value)),
            )


@pytest.fixture(scope="module")
def article() -> Article:
    return load_article()


@pytest.fixture(scope="module")
def mentions(article: Article) -> list[Mention]:
    return list(load(article))


@pytest.fixture(scope="module")
def labels() -> dict[NamedNode, dict[str, list[str]]]:
    """The Kazakh labels of each entity, by kind of label."""
    found: dict[NamedNode, dict[str, list[str]]] = {}
    for path in sorted(ENTITIES.glob("*.ttl")):
        for quad in parse(path=path):
            if quad.subject not in ID or quad.predicate not in SKOS:
                continue
            kinds = found.setdefault(quad.subject, defaultdict(list))
            if isinstance(quad.object, Literal) and quad.object.language == "kk":
                kinds[quad.predicate.value.removeprefix(SKOS.iri)].append(quad.object.value)
    return found


@pytest.fixture(scope="module")
def sources(sources: Sources) -> Sources:
    """What is not of other sources: the article mentions nothing that only they name."""
    kept = [found for found in sources.located if not found.place.file.startswith("data/sources/")]
    return Sources(tuple(kept), sources.article)


@pytest.fixture(scope="module")
def classes(sources: Sources) -> dict[NamedNode, set[NamedNode]]:
    """The classes of each entity, those above them too; some types stand in claims."""
    above: dict[object, set[NamedNode]] = defaultdict(set)
    types: dict[NamedNode, set[NamedNode]] = defaultdict(set)
    for quad, _ in sources.located:
        if quad.predicate == RDFS["subClassOf"]:
            above[quad.subject].add(quad.object)
        if quad.predicate == TYPE and quad.subject in ID:
            types[quad.subject].add(quad.object)
    for known in types.values():
        while more := {higher for kind in known for higher in above[kind]} - known:
            known |= more
    return types


def of_kind(classes: dict[NamedNode, set[NamedNode]], kinds: set[NamedNode]) -> list[NamedNode]:
    return sorted((node for node, known in classes.items() if known & kinds), key=curie)


def stem(word: str) -> str:
    return word.casefold()[: max(_ROOT, len(word) - _ENDING)]


def pattern(label: str) -> re.Pattern[str]:
    """Return what finds the words of a label in folded text, whatever their endings."""
    words = (rf"{re.escape(stem(word))}\w*" for word in re.findall(r"\w+", label))
    return re.compile(r"\b" + r"\W+".join(words) + r"\b")


def test_one_file_a_paragraph(article: Article) -> None:
    names = [f"p{n:02}.ttl" for n in range(1, len(article.paragraphs) + 1)]
    assert sorted(path.name for path in FOLDER.iterdir()) == names


def test_every_form_is_grounded_in_whole_words(mentions: list[Mention], article: Article) -> None:
    """Where a form stands once, or once with its prefix, is found by ``load``."""
    text = f" {article.text} "
    for m in mentions:
        before, form, after = (
            text[m.span.start],
            text[m.span.start + 1 : m.span.end + 1],
            text[m.span.end + 1],
        )
        assert form == m.form, m.name
        assert re.fullmatch(r"[\w№](.*[\w)])?", form), m.name
        assert not re.match(r"\w", before) and not re.match(r"\w", after), m.name


def test_a_prefix_stands_where_it_is_needed_and_is_short(
    mentions: list[Mention], article: Article
) -> None:
    for m in mentions:
        text = article.paragraphs[m.paragraph - 1].text
        assert bool(m.prefix or m.suffix) == (len(places(m.form, text)) > 1), m.name
        _, _, shorter = m.prefix.partition(" ")
        assert not m.prefix or len(places(shorter + m.form, text)) > 1, m.name


def test_numbers_follow_the_text_without_gaps(mentions: list[Mention], article: Article) -> None:
    """Longer forms come before the shorter ones that start with them."""
    for n in range(1, len(article.paragraphs) + 1):
        own = [m for m in mentions if m.paragraph == n]
        assert [m.number for m in own] == list(range(1, len(own) + 1))
        order = [(m.span.start, -m.span.end) for m in own]
        assert order and order == sorted(order)


def test_bodies_exist_and_no_mention_is_written_twice(
    mentions: list[Mention], labels: dict[NamedNode, dict[str, list[str]]]
) -> None:
    assert sorted({curie(m.body) for m in mentions if m.body not in labels}) == []
    assert max(Counter((m.span, m.body) for m in mentions).values()) == 1


def test_a_direct_mention_shares_a_word_with_a_name_of_its_body(
    mentions: list[Mention], labels: dict[NamedNode, dict[str, list[str]]]
) -> None:
    """Guards against a wrong body; the article's OSСE, in two scripts, is nobody's label."""
    strange = []
    for m in mentions:
        names = " ".join(name for kind in labels[m.body].values() for name in kind)
        known = {stem(word) for word in re.findall(r"\w+", names)}
        words = re.findall(r"\w+", m.form.casefold())
        if not m.indirect and not any(w.startswith(tuple(known)) for w in words):
            strange.append(m.form)
    assert strange == ["OS\N{CYRILLIC CAPITAL LETTER ES}E"]


def test_an_indirect_mention_does_not_name_its_body(
    mentions: list[Mention], labels: dict[NamedNode, dict[str, list[str]]]
) -> None:
    indirect = [m for m in mentions if m.indirect]
    assert indirect
    for m in indirect:
        for label in (name for kind in _NAMES for name in labels[m.body][kind]):
            assert not pattern(label).search(m.form.casefold()), m.name


def test_our_country_is_kazakhstan_wherever_it_stands(
    mentions: list[Mention], article: Article
) -> None:
    indirect = {m.span.start: m.indirect for m in mentions if m.body == ID["kazakhstan"]}
    words = {
        word.start(): word[0].startswith("еліміз")
        for word in re.finditer(r"\b(қазақстан|еліміз)", article.text.casefold())
    }
    assert set(words.values()) == {False, True}
    assert {start: indirect.get(start) for start in words} == words


def test_the_word_organisation_points_to_one_or_belongs_to_a_name(
    mentions: list[Mention], classes: dict[NamedNode, set[NamedNode]], article: Article
) -> None:
    named = set(of_kind(classes, {ORG["Organization"], KZUN["Group"]}))
    own = [m.span for m in mentions if m.body in named]
    text = article.text.casefold()
    words = list(re.finditer(r"\bұйым\w*", text))
    loose = [
        " ".join(text[: word.end()].split()[-2:])
        for word in words
        if not any(span.holds(Span(*word.span())) for span in own)
    ]
    assert loose == ["іргелі ұйым"]  # as in NO_MENTION


def test_names_and_abbreviations_that_the_article_gives_are_mentions(
    mentions: list[Mention], sources: Sources
) -> None:
    given = {
        (quad.subject, quad.object.value)
        for quad, _ in sources.located
        if quad.predicate in (KZUN["abbreviation"], SCHEMA["name"]) and quad.subject in ID
    }
    assert given
    assert given <= {(m.body, m.form) for m in mentions}


def test_words_that_start_like_a_known_form_are_mentions(
    mentions: list[Mention],
    labels: dict[NamedNode, dict[str, list[str]]],
    classes: dict[NamedNode, set[NamedNode]],
    article: Article,
) -> None:
    named = set(of_kind(classes, NAMED))
    forms = {m.form for m in mentions if m.body in named}
    forms |= {name for node in named for kind in _NAMES for name in labels[node][kind]}
    stems = tuple(stem(words[0]) for form in forms if (words := re.findall(r"\w+", form)))
    assert len(stems) > 100
    missed = set()
    for n, paragraph in enumerate(article.paragraphs, 1):
        before = ""
        for word in re.finditer(r"\w+", paragraph.text):
            start = paragraph.span.start
            span = Span(start + word.start(), start + word.end())
            covered = any(m.span.holds(span) for m in mentions)
            if word[0].casefold().startswith(stems) and not covered:
                missed.add((n, before, word[0]))
            before = word[0]
    assert missed == set(NO_MENTION)


def test_a_label_in_the_text_is_a_mention_of_its_own_entity(
    mentions: list[Mention],
    labels: dict[NamedNode, dict[str, list[str]]],
    classes: dict[NamedNode, set[NamedNode]],
    article: Article,
) -> None:
    """Inside longer names too: БҰҰ in the name of its Assembly is a mention of the UN."""
    text = article.text.casefold()
    assert len(text) == len(article.text)
    missed = set()
    for node in of_kind(classes, NAMED | WRITTEN):
        own = [m.span for m in mentions if m.body == node]
        for label in (name for kind in _NAMES for name in labels[node][kind]):
            for found in pattern(label).finditer(text):
                if not any(s.start < found.end() and found.start() < s.end for s in own):
                    before = re.findall(r"\w+", article.text[: found.start()])[-1:]
                    words = article.text[slice(*found.span())]
                    missed.add((node.value.removeprefix(ID.iri), *before, words))
    assert missed == set(NO_NAME)


def test_entities_without_a_mention_are_known(
    mentions: list[Mention], classes: dict[NamedNode, set[NamedNode]]
) -> None:
    mentioned = {m.body for m in mentions}
    without = [n for n in of_kind(classes, NAMED | WRITTEN) if n not in mentioned]
    assert [node.value.removeprefix(ID.iri) for node in without] == sorted(UNMENTIONED)
