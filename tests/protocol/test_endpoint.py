"""Endpoint: asked politely over the wire, and every way to misbehave is one line."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode
from servers import Clock, Reply, Stub, free_port, rows, sparql_server

from kzun_graph.errors import QueryError
from kzun_graph.protocol.cache import DAY, Cache, default_folder
from kzun_graph.protocol.endpoint import Endpoint, EndpointError, Manners, form_of

QUERY = "SELECT ?x WHERE { ?s ?p ?x }"
HTML = "<!DOCTYPE html><html><body>Sign in to the network</body></html>"
DATA = """
@prefix ex: <http://example.org/> .
ex:a ex:name "Ливан"@ru , "Лівия"@kk ; ex:size 5 ; ex:of ex:b .
"""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with sparql_server(DATA) as address:
        yield address


def patient(clock: Clock, **changes: float) -> Manners:
    return Manners(clock=clock, sleep=clock.sleep, now=clock, **changes)


def test_rows_hold_terms_and_leave_out_what_is_unbound(server: str) -> None:
    query = """PREFIX ex: <http://example.org/>
    SELECT ?n ?b ?none { ex:a ex:of ?b ; ex:name ?n . OPTIONAL { ex:a ex:no ?none }
      FILTER(LANG(?n) = "ru") }"""
    found = Endpoint(server).select(query)
    assert found == [{"n": Literal("Ливан", language="ru"), "b": NamedNode("http://example.org/b")}]


def test_yes_and_no(server: str) -> None:
    endpoint = Endpoint(server)
    assert endpoint.ask("ASK { ?s <http://example.org/size> 5 }") is True
    assert endpoint.ask("ASK { ?s <http://example.org/size> 6 }") is False


def test_a_long_query_goes_by_post(server: str) -> None:
    values = " ".join(f'"{number}"' for number in range(2000))
    query = f'SELECT ?v {{ VALUES ?v {{ {values} }} FILTER(?v = "1999") }}'
    assert Endpoint(server).select(query) == [{"v": Literal("1999")}]


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("# INSERT into a table\nSELECT * { ?s ?p ?o }", "SELECT"),
        ("# two lines\n# DELETE nothing\nASK { ?s ?p ?o }", "ASK"),
        ("PREFIX add: <http://x.org/load#>\nASK { ?s add:delete ?o } # DROP", "ASK"),
        ("prefix : <http://x.org/select> ask { ?s :insert 'create' }", "ASK"),
        ("BASE <http://x.org/clear/> SELECT ?describe { ?describe <copy> ?move }", "SELECT"),
    ],
)
def test_the_form_is_read_and_not_guessed(query: str, form: str, server: str) -> None:
    assert form_of(query) == form
    result = Endpoint(server).query(query)  # SPARQLWrapper would send some of them as updates
    assert (result.boolean is not None) is (form == "ASK")


@pytest.mark.parametrize("query", ["INSERT DATA { <a:b> <a:b> 1 }", "CLEAR ALL", ""])
def test_what_is_no_question_is_not_sent(query: str) -> None:
    with Stub(Reply(rows())) as stub, pytest.raises(QueryError, match="begin with SELECT, ASK"):
        Endpoint(stub.address).query(query)
    assert stub.asked == []


def test_an_address_may_hold_parameters() -> None:
    with Stub(Reply(rows("1"))) as stub:
        found = Endpoint(f"{stub.address}?default-graph-uri=urn:x").select(QUERY)
    (asked,) = stub.asked
    assert found == [{"x": Literal("1")}] and asked.path == "/sparql?default-graph-uri=urn:x"
    assert asked.form == {"query": QUERY, "default-graph-uri": "urn:x"}


def test_the_server_learns_who_asks_and_gets_no_guessing_parameters() -> None:
    with Stub(Reply(rows("1"))) as stub:
        Endpoint(stub.address).select(QUERY)
    (asked,) = stub.asked
    agent = asked.headers["User-Agent"]
    assert agent.startswith("kzun-graph/") and agent.endswith("(https://w3id.org/kzun/)")
    assert asked.method == "GET" and asked.form == {"query": QUERY}
    assert "application/sparql-results+json" in asked.headers["Accept"]


@pytest.mark.parametrize(
    ("reply", "message"),
    [
        (Reply(HTML, kind="text/html"), "answered with an HTML page, not with a result: check"),
        (Reply(HTML), "answered with an HTML page"),
        (Reply(rows("a", "b")[:-9]), "answered with half a result: the JSON breaks off"),
        (Reply(rows("a") + "\njava.util.concurrent.TimeoutException"), "half a result"),
        (Reply(""), "answered with nothing"),
        (Reply("{}"), "half a result: the JSON breaks off or is broken (2 bytes)"),
        (Reply("[" * 100_000), "half a result"),
        (Reply(rows("x").replace('"x"', '"\\ud800"')), "half a result"),
        (Reply("<?xml version='1.0'?><sparql xmlns='x'><head/>"), "something that is no result"),
        (Reply('{"head": {}, "boolean": true}'), "does not fit a query with SELECT"),
        (Reply("no", status=500), "answered HTTP 500 and said 'no': try again later"),
        (Reply("line 3:\n no such prefix", status=400), "HTTP 400 and said 'line 3: no such"),
        (Reply(HTML, status=404), "answered HTTP 404: check the address"),
        (Reply(HTML, status=403), "answered HTTP 403: ask an endpoint that is open to you"),
        (Reply("", status=308), "answered HTTP 308: check the address"),
        (
            Reply("", status=429, headers={"Retry-After": "3600"}),
            "answered HTTP 429 (too many requests): ask again after 3600 s, as it says",
        ),
    ],
)
def test_what_is_no_result_is_one_line_with_the_address(reply: Reply, message: str) -> None:
    with Stub(reply) as stub, pytest.raises(EndpointError) as caught:
        Endpoint(stub.address, patient(Clock())).select(QUERY)
    text = str(caught.value)
    assert text.startswith(f"{stub.address}: ") and message in text and "\n" not in text
    assert len(stub.asked) == 1


def test_a_redirect_is_followed() -> None:
    with Stub(Reply(rows("1"))) as there:
        moved = Reply(status=302, headers={"Location": there.address})
        with Stub(moved) as here:
            assert Endpoint(here.address).select(QUERY) == [{"x": Literal("1")}]


def test_a_busy_server_is_asked_again_after_the_time_it_names() -> None:
    busy = Reply("", status=429, headers={"Retry-After": "7"})
    clock = Clock()
    with Stub(busy, Reply("", status=503), Reply(rows("1"))) as stub:
        assert Endpoint(stub.address, patient(clock)).select(QUERY) == [{"x": Literal("1")}]
    assert clock.slept == [7, 4]  # what the server says; else doubling from two seconds


def test_retry_after_may_be_a_date() -> None:
    dated = Reply("", status=503, headers={"Retry-After": "Thu, 01 Jan 1970 00:17:00 GMT"})
    clock = Clock(time=1000)  # 00:16:40
    with Stub(dated, Reply(rows())) as stub:
        assert Endpoint(stub.address, patient(clock)).select(QUERY) == []
    assert clock.slept == [20]


def test_a_server_that_stays_busy_is_left_alone() -> None:
    clock = Clock()
    with Stub(Reply("", status=429)) as stub, pytest.raises(EndpointError) as caught:
        Endpoint(stub.address, patient(clock)).select(QUERY)
    assert "HTTP 429 (too many requests), 4 times: try again later" in str(caught.value)
    assert len(stub.asked) == 4 and clock.slept == [2, 4, 8]


def test_a_connection_that_breaks_is_tried_again() -> None:
    clock = Clock()
    with Stub(Reply(hangup=True), Reply(rows("a", "b"), cut=40), Reply(rows("1"))) as stub:
        assert Endpoint(stub.address, patient(clock)).select(QUERY) == [{"x": Literal("1")}]
    with Stub(Reply(hangup=True)) as stub, pytest.raises(EndpointError) as caught:
        Endpoint(stub.address, patient(clock, attempts=2)).select(QUERY)
    assert "closed before the answer was whole, 2 times: try again later" in str(caught.value)
    assert clock.slept == [2, 4, 2]


XML = """<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#"><head>
<variable name="x"/></head><results><result><binding name="x"><literal>1</literal></binding>
</result></results></sparql>"""


def test_a_server_that_knows_only_xml_is_understood() -> None:
    with Stub(Reply(XML, kind="application/sparql-results+xml")) as stub:
        assert Endpoint(stub.address).select(QUERY) == [{"x": Literal("1")}]


def test_a_silent_server_is_asked_twice() -> None:
    clock = Clock()
    with Stub(Reply(silence=True)) as stub, pytest.raises(EndpointError) as caught:
        Endpoint(stub.address, patient(clock, timeout=0.2)).select(QUERY)
    assert "no answer within 0.2 s, 2 times: try again later" in str(caught.value)
    assert len(stub.asked) == 2 and clock.slept == [2]


def test_a_dripping_answer_ends_at_the_time_limit() -> None:
    manners = Manners(timeout=0.3, attempts=1)
    with Stub(Reply(rows("slow"), drip=0.05)) as stub, pytest.raises(EndpointError) as caught:
        Endpoint(stub.address, manners).select(QUERY)
    assert "no answer within 0.3 s" in str(caught.value)


def test_the_network_is_named_when_it_is_away() -> None:
    nobody = f"http://127.0.0.1:{free_port()}/sparql"
    with pytest.raises(EndpointError, match=r"cannot be reached .*refused.*: check the address"):
        Endpoint(nobody).select(QUERY)
    with pytest.raises(EndpointError, match=r"cannot be reached \(.*\): check the address"):
        Endpoint("http://no-such-host.invalid/sparql").select(QUERY)
    with pytest.raises(EndpointError, match=r"cannot be reached \(.*\): check the address"):
        Endpoint("http://a..b/sparql").select(QUERY)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "file:///etc/hosts",
        "query.wikidata.org",
        "http://",
        "http://[x/",
        "http://a b/",
        "http://мысал.kz/",
        "http://x/\n",
        "http://x:y/",
    ],
)
def test_an_address_is_one_of_a_server(address: str) -> None:
    with pytest.raises(EndpointError, match="is no address of a server: write http"):
        Endpoint(address)


def test_a_password_is_refused_and_not_repeated() -> None:
    with pytest.raises(EndpointError, match="leave them out") as caught:
        Endpoint("http://me:secret@example.org/sparql")
    assert "secret" not in str(caught.value)


def test_there_is_a_pause_between_requests() -> None:
    clock = Clock()
    with Stub(Reply(rows())) as stub:
        endpoint = Endpoint(stub.address, patient(clock, interval=1.5))
        endpoint.select(QUERY)
        clock.time += 1  # the answer took a second
        endpoint.select(QUERY + "#")
        clock.time += 9
        endpoint.select(QUERY + "##")
    assert clock.slept == [0.5]


def test_an_answer_is_kept_for_a_day_and_the_server_is_not_asked_again(tmp_path: Path) -> None:
    clock = Clock()
    cache = Cache(tmp_path / "cache", now=clock)
    with Stub(Reply(rows("old")), Reply(rows("new"))) as stub:
        endpoint = Endpoint(stub.address, cache=cache)
        assert endpoint.select(QUERY) == [{"x": Literal("old")}]
        clock.time += DAY
        assert endpoint.select(QUERY) == [{"x": Literal("old")}]
        assert endpoint.select(QUERY + " LIMIT 1") == [{"x": Literal("new")}]
        clock.time += 1
        assert endpoint.select(QUERY) == [{"x": Literal("new")}]
    assert len(stub.asked) == 3
    assert sorted(path.suffix for path in cache.folder.iterdir()) == [".json", ".json"]


BROKEN = ["", "{", "[]", "null", '{"answer": 1}', "\xff", "half"]


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_cache_entry_is_replaced(broken: str, tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    with Stub(Reply(rows("1"))) as stub:
        endpoint = Endpoint(stub.address, cache=cache)
        endpoint.select(QUERY)
        path = cache.path(stub.address, QUERY)
        if broken == "half":  # the entry is sound, the answer in it is not
            entry = json.loads(path.read_text("utf-8"))
            path.write_text(json.dumps(entry | {"answer": entry["answer"][:-5]}), "utf-8")
        else:
            path.write_bytes(broken.encode("latin-1"))
        assert endpoint.select(QUERY) == [{"x": Literal("1")}]
        assert endpoint.select(QUERY) == [{"x": Literal("1")}]
    assert len(stub.asked) == 2


def test_an_entry_of_another_question_or_from_the_future_does_not_count(tmp_path: Path) -> None:
    clock = Clock()
    cache = Cache(tmp_path, now=clock)
    with Stub(Reply(rows("1")), Reply(rows("2")), Reply(rows("3"))) as stub:
        endpoint = Endpoint(stub.address, cache=cache)
        endpoint.select(QUERY)
        other = QUERY + " LIMIT 1"
        kept = cache.path(stub.address, QUERY)
        cache.path(stub.address, other).write_bytes(kept.read_bytes())
        assert endpoint.select(other) == [{"x": Literal("2")}]
        clock.time -= 60  # the clock was put right
        assert endpoint.select(QUERY) == [{"x": Literal("3")}]


def test_what_is_no_result_is_never_kept(tmp_path: Path) -> None:
    with Stub(Reply(HTML), Reply(rows("1"))) as stub:
        endpoint = Endpoint(stub.address, cache=Cache(tmp_path))
        with pytest.raises(EndpointError):
            endpoint.select(QUERY)
        assert endpoint.select(QUERY) == [{"x": Literal("1")}]


def test_a_cache_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")
    with Stub(Reply(rows("1"))) as stub:
        found = Endpoint(stub.address, cache=Cache(tmp_path / "cache")).select(QUERY)
    assert found == [{"x": Literal("1")}] and (tmp_path / "cache").read_text() == "a file"


def test_the_cache_lies_where_the_user_keeps_caches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", os.fspath(Path("/somewhere")))
    assert default_folder() == Path("/somewhere/kzun-graph")
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    assert default_folder() == Path.home() / ".cache" / "kzun-graph"
