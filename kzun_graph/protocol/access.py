"""Access: a service's addresses and credentials, from the environment or a file, never typed."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from kzun_graph.errors import KzunError
from kzun_graph.text import Place

_KEYS = ("user", "password", "token", "update", "graph-store", "timeout")
_SIBLINGS = {"update": "update", "graph-store": "store"}  # of …/query, as Oxigraph names them


@dataclass(frozen=True)
class Access:
    """How to speak to the service at ``address``, which takes queries.

    ``update`` takes SPARQL updates, ``graph_store`` speaks the Graph Store Protocol; None: unknown.
    ``user`` and ``password`` serve basic and digest authentication, as the service demands;
    ``token`` is a bearer token. ``timeout``: seconds that one answer may take.
    """

    address: str
    update: str | None = None
    graph_store: str | None = None
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    token: str | None = field(default=None, repr=False)
    timeout: float | None = None

    @property
    def is_secret(self) -> bool:
        """Whether credentials are sent, or would be."""
        return bool(self.user or self.token)


def access(
    address: str,
    update: str | None = None,
    graph_store: str | None = None,
    environment: Mapping[str, str] | None = None,
) -> Access:
    """Return how to speak to ``address``.

    The environment (KZUN_USER, KZUN_PASSWORD, KZUN_TOKEN, KZUN_TIMEOUT) comes before the file: the
    one that KZUN_CONFIG names, else kzun-graph/services.toml in the user's folder for settings. An
    address for writing that nothing names is guessed from one that ends in /query.

    Raises KzunError: the file cannot be read or has an unknown key, the token is none, or the time
    is none.
    """
    environment = os.environ if environment is None else environment
    kept = _kept(address, environment)
    user, password = environment.get("KZUN_USER"), environment.get("KZUN_PASSWORD")
    token = environment.get("KZUN_TOKEN")
    if not (user or token):
        user, password, token = kept.get("user"), kept.get("password"), kept.get("token")
    if token and not (token.isascii() and token.isprintable()):
        raise KzunError(None, "the bearer token has letters that no token has", "copy it anew")
    return Access(
        address,
        update or kept.get("update") or _sibling(address, "update"),
        graph_store or kept.get("graph-store") or _sibling(address, "graph-store"),
        user,
        password,
        token,
        _seconds(environment.get("KZUN_TIMEOUT") or kept.get("timeout")),
    )


def _seconds(text: str | None) -> float | None:
    try:
        seconds = float(text) if text else None
    except ValueError:
        seconds = 0.0
    if seconds is None or 0 < seconds < float("inf"):
        return seconds
    remedy = "write a number of seconds: KZUN_TIMEOUT=300, or timeout = 300"
    raise KzunError(None, f"{text!r} is no time to wait", remedy)


def settings_file(environment: Mapping[str, str]) -> Path:
    """Return where the file with addresses and credentials lies."""
    if named := environment.get("KZUN_CONFIG"):
        return Path(named)
    folder = environment.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(folder) / "kzun-graph" / "services.toml"


def _kept(address: str, environment: Mapping[str, str]) -> dict[str, str]:
    path = settings_file(environment)
    try:
        found = tomllib.loads(path.read_text("utf-8")).get(address, {})
    except FileNotFoundError:
        if "KZUN_CONFIG" not in environment:
            return {}
        raise KzunError(Place(str(path)), "is not there", "check KZUN_CONFIG") from None
    except (OSError, UnicodeError, tomllib.TOMLDecodeError) as error:
        what = f"cannot be read ({' '.join(str(error).split())})"
        raise KzunError(Place(str(path)), what, "mend it; it is TOML in UTF-8") from None
    if isinstance(found, dict) and type(found.get("timeout")) in (int, float):
        found["timeout"] = str(found["timeout"])
    if not isinstance(found, dict) or not all(isinstance(text, str) for text in found.values()):
        what = f"has something else than texts under {address!r}"
        raise KzunError(Place(str(path)), what, f'write ["{address}"] and user = "…" below it')
    unknown = sorted(set(found) - set(_KEYS))
    if unknown:
        what = f"has the unknown key {unknown[0]!r}"
        raise KzunError(Place(str(path)), what, f"use {', '.join(_KEYS)}")
    return found


def _sibling(address: str, kind: str) -> str | None:
    try:
        parts = urlsplit(address)
    except ValueError:  # refused where the address is used
        return None
    head, _, last = parts.path.rpartition("/")
    if last != "query":
        return None
    return urlunsplit(parts._replace(path=f"{head}/{_SIBLINGS[kind]}", query=""))
