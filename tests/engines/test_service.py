"""Service: asked over the wire, and every way to misbehave is one line."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from guarded import Guarded, Secure, certificate
from servers import Clock, Reply, Stub, free_port, rows, sparql_server

from kzun_graph import KzunError, connect
from kzun_graph.engines.service import Service, sendable
from kzun_graph.protocol.access import Access, access
from kzun_graph.protocol.fetch import Manners
from kzun_graph.terms import PREFIXES
from kzun_graph.tokens import code

QUERY = "SELECT ?x WHERE { ?s ?p ?x }"
HTML = "<!DOCTYPE html><html><body>Sign in to the network</body></html>"
TRIPLES = "<a:a> <a:b> <a:c> .\n<a:a> <a:b> <a:d> .\n"


def patient(clock: Clock, **changes: float) -> Manners:
    return Manners(clock=clock, sleep=clock.sleep, now=clock, interval=0.0, **changes)


def refusal(address: str, query: str = QUERY, **manners: float) -> str:
    with pytest.raises(KzunError) as raised:
        Service(address, "article", patient(Clock(), **manners)).query(query)
    message = str(raised.value)
    assert "\n" not in message
    return message.removeprefix(f"{address}: ")


TITLED = """#+ title:
#+   en: {title}
#+ description: {{en: "INSERT DATA, DELETE, CLEAR ALL, CONSTRUCT"}}
PREFIX add: <http://example.org/load#>
# {title}
SELECT ?x WHERE {{ ?x add:insert "{title}" }} # ASK
"""
TITLES = [
    "Office addresses",
    "Tasks of a mission",
    "Sources loaded",
    "What to INSERT",
    "DESCRIBE a thing",
    "ASK the members",
    "ADD a day",
    "LOAD",
    "# no comment",
]


@pytest.mark.parametrize("title", TITLES)
def test_a_select_goes_out_as_a_select(title: str) -> None:
    query = TITLED.format(title=title)
    with Stub(Reply(rows("1"))) as stub:
        assert Service(stub.address).query(query).rows
    (asked,) = stub.asked
    assert (asked.method, list(asked.form)) == ("GET", ["query"])
    assert "sparql-results+json" in asked.headers["Accept"]
    sent = asked.form["query"]
    assert [t.text for t in code(sent)] == [t.text for t in code(query)]
    assert [line for line in sent.splitlines() if line.startswith("#")] == []


def test_titles_over_the_wire() -> None:
    turtle = "".join(
        f'<a:{n}> <http://example.org/load#insert> "{t}" .' for n, t in enumerate(TITLES)
    )
    with sparql_server(turtle) as address:
        for number, title in enumerate(TITLES):
            found = Service(address).query(TITLED.format(title=title))
            assert found.to_csv() == f"x\r\na:{number}\r\n"


def test_every_form_is_answered() -> None:
    with sparql_server(TRIPLES) as address:
        service = Service(address)
        assert service.query("# SELECT\nASK { <a:a> ?ask <a:c> }").boolean is True
        for query in ("CONSTRUCT WHERE { ?s ?p ?o } # ASK", "DESCRIBE <a:a> # SELECT"):
            assert service.query(query).to_csv() == TRIPLES
        assert service.query("SELECT ?x WHERE { <a:a> ?p ?x } ORDER BY ?x").to_csv() == (
            "x\r\na:c\r\na:d\r\n"
        )


def test_our_prefixes_need_no_declaration_and_declared_ones_stay() -> None:
    text = "PREFIX id: <a:> SELECT * { id:a kzun:quote ?q . ?q skos:note '# wd: no' }"
    sent = sendable(text)
    assert sent.splitlines()[:2] == [
        f"PREFIX kzun: <{PREFIXES['kzun']}>",
        f"PREFIX skos: <{PREFIXES['skos']}>",
    ]
    assert sent.endswith(text) and sent.count("PREFIX") == 3


@pytest.mark.parametrize("query", ["CLEAR ALL", "INSERT DATA { <a:b> <a:b> 1 }", ""])
def test_an_update_is_never_sent_as_a_query(query: str) -> None:
    with Stub(Reply(rows())) as stub, pytest.raises(KzunError, match="a query cannot begin with"):
        Service(stub.address).query(query)
    assert stub.asked == []


def test_a_long_query_goes_as_a_form() -> None:
    query = f"SELECT ?x WHERE {{ ?x ?p '{'ә' * 600}' }}"
    with Stub(Reply(rows("1"))) as stub:
        Service(f"{stub.address}").query(query)
        Service(f"{stub.address}?default-graph-uri=urn:x").query(QUERY)
    first, second = stub.asked
    assert (first.method, first.form) == ("POST", {"query": query})
    assert second.method == "POST" and second.form["default-graph-uri"] == "urn:x"
    assert first.headers["Content-Type"] == "application/x-www-form-urlencoded"


def test_an_answer_in_xml_is_an_answer() -> None:
    xml = (
        '<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#"><head>'
        '<variable name="x"/></head><results><result><binding name="x"><literal xml:lang="kk">ә'
        "</literal></binding></result></results></sparql>"
    )
    with Stub(Reply(xml, kind="application/sparql-results+xml")) as stub:
        assert Service(stub.address).query(QUERY).to_csv() == "x\r\nә\r\n"


def test_wrong_addresses() -> None:
    nobody = f"http://127.0.0.1:{free_port()}/query"
    assert refusal(nobody) == (
        "cannot be reached (Connection refused): check the address and the network"
    )
    assert "cannot be reached" in refusal("http://nowhere.invalid/query")
    with Stub(Reply(status=404)) as stub:
        assert refusal(stub.address) == "answered HTTP 404: check the address"
    for address in (
        "ftp://example.org/",
        "example.org/query",
        "",
        "http://ana:secret@example.org/",
    ):
        with pytest.raises(KzunError) as raised:
            connect(endpoint=address)
        assert "secret" not in str(raised.value) and "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("reply", "query", "message"),
    [
        (Reply(HTML, kind="text/html"), QUERY, "answered with an HTML page, not with a result"),
        (Reply(HTML, kind="text/html"), "DESCRIBE <a:a>", "answered with an HTML page"),
        (Reply(rows("1")[:40]), QUERY, "answered with half a result"),
        (Reply(""), QUERY, "answered with nothing, not with a result"),
        (Reply('{"head": {}, "boolean": true}'), QUERY, "does not fit a query with SELECT"),
        (Reply(rows("1")), "ASK { ?s ?p ?o }", "does not fit a query with ASK"),
        (Reply(rows("1"), cut=30), QUERY, "the connection was closed before the answer was whole"),
        (Reply(TRIPLES, cut=20), "DESCRIBE <a:a>", "the connection was closed before the answer"),
        (Reply(hangup=True), QUERY, "the connection was closed before the answer was whole"),
        (Reply(status=500), QUERY, "answered HTTP 500: try again later"),
    ],
)
def test_what_is_no_answer(reply: Reply, query: str, message: str) -> None:
    with Stub(reply) as stub:
        assert message in refusal(stub.address, query)


def test_silence() -> None:
    with Stub(Reply(silence=True)) as stub:
        assert refusal(stub.address, timeout=0.2).startswith("no answer within 0.2 s, 2 times: ")
    assert len(stub.asked) == 2


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_server_is_asked_again(status: int) -> None:
    clock = Clock()
    replies = (Reply(status=status), Reply(status=status), Reply(rows("1")))
    with Stub(*replies) as stub:
        assert Service(stub.address, manners=patient(clock)).query(QUERY).rows
    assert len(stub.asked) == 3 and clock.slept == [2.0, 4.0]
    with Stub(Reply(status=status)) as stub:
        assert f"answered HTTP {status}" in refusal(stub.address)
    assert len(stub.asked) == 4


CREDENTIALS = "set KZUN_USER and KZUN_PASSWORD, or KZUN_TOKEN, or see docs/engines.md"


@pytest.mark.parametrize(
    ("scheme", "names"),
    [
        ("Basic", {"KZUN_USER": "ana", "KZUN_PASSWORD": "тіл"}),
        ("Digest", {"KZUN_USER": "ana", "KZUN_PASSWORD": "тіл"}),
        ("Bearer", {"KZUN_TOKEN": "t0k3n"}),
    ],
)
def test_credentials_from_the_environment(
    scheme: str, names: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with Guarded(scheme, Reply(rows("1"))) as stub:
        assert refusal(stub.address) == f"wants credentials (HTTP 401): {CREDENTIALS}"
        for name, value in names.items():
            monkeypatch.setenv(name, value)
        assert Service(stub.address).query(QUERY).rows
        wrong = next(name for name in names if name != "KZUN_USER")
        monkeypatch.setenv(wrong, "secret")
        assert refusal(stub.address) == f"the credentials are refused (HTTP 401): {CREDENTIALS}"


def test_a_token_that_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KZUN_TOKEN", "a\r\nX-Evil: b")
    with pytest.raises(KzunError, match="the bearer token has letters that no token has"):
        Service("http://127.0.0.1/query")


def test_credentials_that_do_not_suit_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KZUN_USER", "ana")
    with Guarded("Bearer", Reply(rows("1"))) as stub:
        assert refusal(stub.address).startswith("the credentials are refused (HTTP 401): ")
    with Stub(Reply(status=403)) as stub:
        assert refusal(stub.address).startswith("the credentials are refused (HTTP 403): ")


def test_a_token_does_not_travel_to_another_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KZUN_TOKEN", "t0k3n")
    with Stub(Reply(rows("1"))) as other:
        moved = Reply(status=302, headers={"Location": other.address})
        with Stub(moved) as stub:
            message = refusal(stub.address)
    assert message == f"answered HTTP 302 and said {other.address!r}: check the address"
    assert other.asked == []


def test_settings_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "services.toml"
    path.write_text(
        '["http://x.org/sparql"]\nuser = "ana"\npassword = "p"\ngraph-store = "http://x.org/data"\n'
    )
    named = {"KZUN_CONFIG": str(path)}
    found = access("http://x.org/sparql", environment=named)
    assert found == Access("http://x.org/sparql", None, "http://x.org/data", "ana", "p")
    assert "'p'" not in repr(found)
    over = access("http://x.org/sparql", environment=named | {"KZUN_TOKEN": "t"})
    assert (over.user, over.password, over.token) == (None, None, "t")
    beside = access("http://x.org/ds/query", environment=named)
    assert (beside.update, beside.graph_store) == (
        "http://x.org/ds/update",
        "http://x.org/ds/store",
    )


def test_the_time_to_wait_is_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "services.toml"
    path.write_text('["http://x.org/sparql"]\ntimeout = 300\n')
    named = {"KZUN_CONFIG": str(path)}
    assert access("http://x.org/sparql", environment=named).timeout == 300
    assert access("http://x.org/sparql", environment=named | {"KZUN_TIMEOUT": "9"}).timeout == 9
    assert access("http://x.org/other", environment=named).timeout is None
    monkeypatch.setenv("KZUN_TIMEOUT", "0.2")
    with Stub(Reply(silence=True)) as stub, pytest.raises(KzunError, match=r"within 0\.2 s"):
        Service(stub.address).query(QUERY)


@pytest.mark.parametrize("text", ["0", "-1", "soon", "inf", "nan"])
def test_no_time_to_wait(text: str) -> None:
    with pytest.raises(KzunError) as raised:
        access("http://x.org/", environment={"KZUN_TIMEOUT": text})
    assert str(raised.value).startswith(f"{text!r} is no time to wait: write a number of seconds")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (None, "is not there: check KZUN_CONFIG"),
        ("[", "cannot be read ("),
        ('["http://x.org/"]\npasswort = "p"', "has the unknown key 'passwort': use user, password"),
        ('["http://x.org/"]\nuser = 5', "has something else than texts under 'http://x.org/'"),
    ],
)
def test_a_bad_settings_file(text: str | None, message: str, tmp_path: Path) -> None:
    path = tmp_path / "services.toml"
    if text is not None:
        path.write_text(text)
    with pytest.raises(KzunError) as raised:
        access("http://x.org/", environment={"KZUN_CONFIG": str(path)})
    assert str(raised.value).startswith(f"{path}: {message}")


REMEDY = "have it renewed; SSL_CERT_FILE may name a certificate authority of your own"


def test_certificates_are_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = certificate(tmp_path, 1)
    with Secure(file, Reply(rows("1"))) as stub:
        assert refusal(stub.address) == (
            f"its certificate is not valid (self-signed certificate): {REMEDY}"
        )
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
        assert Service(stub.address).query(QUERY).rows
        elsewhere = stub.address.replace("127.0.0.1", "localhost")
        assert "its certificate is not valid (" in refusal(elsewhere)


def test_an_expired_certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = certificate(tmp_path, -1)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    with Secure(file, Reply(rows("1"))) as stub:
        assert refusal(stub.address) == (
            f"its certificate is not valid (certificate has expired): {REMEDY}"
        )


def test_the_command_line_says_it_in_one_line(tmp_path: Path) -> None:
    nobody = f"http://127.0.0.1:{free_port()}/query"
    places = (["--endpoint", nobody], ["--store", str(tmp_path / "none")])
    names = (["query", "memberships/admissions"], ["sparql", QUERY], ["explain", "x"], ["stats"])
    for command in (*names, ["load"]):
        for place in places:
            if command == ["load"] and place[0] == "--store":
                continue
            done = subprocess.run(
                [sys.executable, "-m", "kzun_graph", *command, *place],
                capture_output=True,
                text=True,
                env=os.environ,
            )
            assert (done.returncode, done.stdout) == (2, "")
            assert done.stderr.startswith("error: ") and done.stderr.count("\n") == 1
