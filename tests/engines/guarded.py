"""Guarded: a server that wants credentials or speaks TLS, and a stub that takes PUT too."""

import hashlib
import re
import shutil
import ssl
import subprocess
from http.server import BaseHTTPRequestHandler
from pathlib import Path

from servers import Asked, Reply, Stub

REALM = 'realm="kzun"'


class Taking(Stub):
    """A stub that is written to as well."""

    def _handler(stub) -> type[BaseHTTPRequestHandler]:  # noqa: N805
        handler = super()._handler()
        handler.do_PUT = handler.do_GET  # type: ignore[attr-defined]
        return handler


class Guarded(Taking):
    """A stub that answers 401 to whoever has not the user "ana" and the password "тіл"."""

    def __init__(self, scheme: str, *replies: Reply) -> None:
        super().__init__(*replies)
        self.scheme = scheme

    def reply(self, asked: Asked) -> Reply:
        sent = asked.headers.get("Authorization", "")
        if self._lets_in(sent, asked):
            return super().reply(asked)
        nonce = ', nonce="abc", qop="auth"' if self.scheme == "Digest" else ""
        return Reply(status=401, headers={"WWW-Authenticate": f"{self.scheme} {REALM}{nonce}"})

    def _lets_in(self, sent: str, asked: Asked) -> bool:
        if self.scheme == "Basic":
            return sent == "Basic YW5hOtGC0ZbQuw=="
        if self.scheme == "Bearer":
            return sent == "Bearer t0k3n"
        given = dict(re.findall(r'(\w+)="?([^",]*)"?', sent))
        if not sent.startswith("Digest "):
            return False
        first, second = _md5("ana:kzun:тіл"), _md5(f"{asked.method}:{asked.path}")
        parts = (given["nonce"], given["nc"], given["cnonce"], "auth")
        return given["response"] == _md5(":".join((first, *parts, second)))


def _md5(text: str) -> str:
    return hashlib.md5(text.encode()).hexdigest()  # noqa: S324 (RFC 7616 says so)


def certificate(folder: Path, days: int) -> Path:
    """Return a file with a key and a self-signed certificate for 127.0.0.1, good for ``days``."""
    openssl = shutil.which("openssl")
    assert openssl, "the tests need openssl"
    made, key = folder / "certificate.pem", folder / "key.pem"
    subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    asked = str(folder / "request.pem")
    ask = [openssl, "req", "-new", "-newkey", "rsa:2048", "-nodes", *subject]
    sign = [openssl, "x509", "-req", "-in", asked, "-days", str(days), "-copy_extensions", "copy"]
    for command in (
        [*ask, "-keyout", str(key), "-out", asked],
        [*sign, "-signkey", str(key), "-out", str(made)],
    ):
        subprocess.run(command, check=True, capture_output=True)
    made.write_bytes(made.read_bytes() + key.read_bytes())
    return made


class Secure(Stub):
    """A stub that speaks TLS with the certificate in a file."""

    def __init__(self, certificate: Path, *replies: Reply) -> None:
        super().__init__(*replies)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self._server.handle_error = lambda *_: None  # type: ignore[method-assign, assignment]
        self.address = self.address.replace("http:", "https:")
