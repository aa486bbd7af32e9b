"""Settings read from the environment: refuse nonsense at start rather than fail in the night."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}

SQLITE_OPTIONS = {
    "timeout": 20,
    # Writers queue at the start of their transaction instead of failing in its middle.
    "transaction_mode": "IMMEDIATE",
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-20000; PRAGMA foreign_keys=ON;"
    ),
}


def text(name: str, default: str | None = None) -> str:
    """The variable, or the content of the file that NAME_FILE points to."""
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text(encoding="utf-8").strip()
    found = os.environ.get(name, default)
    if found is None:
        message = f"{name} is not set, and neither is {name}_FILE."
        raise ImproperlyConfigured(message)
    return found


def secret(name: str) -> str:
    """A text of at least 32 characters that has no default."""
    found = text(name)
    if len(found) < 32:
        message = f"{name} has fewer than 32 characters."
        raise ImproperlyConfigured(message)
    return found


def flag(name: str, *, default: bool = False) -> bool:
    """Yes or no; any other word is refused."""
    found = text(name, "1" if default else "0").lower()
    if found not in TRUE | FALSE:
        message = f"{name} should be 1 or 0, not {found!r}."
        raise ImproperlyConfigured(message)
    return found in TRUE


def number(name: str, default: int) -> int:
    """A whole number."""
    found = text(name, str(default))
    try:
        return int(found)
    except ValueError as error:
        message = f"{name} should be a whole number, not {found!r}."
        raise ImproperlyConfigured(message) from error


def words(name: str, default: str = "") -> list[str]:
    """A list separated by commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def database(name: str, default: str | None = None) -> dict[str, Any]:
    """Django's description of sqlite:///path or postgres://user:password@host:port/name?option=value."""
    url = urlsplit(text(name, default))
    options = dict(parse_qsl(url.query))
    if url.scheme == "sqlite":
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": unquote(url.path[1:]), "OPTIONS": SQLITE_OPTIONS}
    if url.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(url.path[1:]),
            "USER": unquote(url.username or ""),
            "PASSWORD": unquote(url.password or ""),
            # A socket's folder may stand in the query: postgres:///name?host=/run/postgresql
            "HOST": options.pop("host", url.hostname or ""),
            "PORT": str(url.port or options.pop("port", "")),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": options,
        }
    message = f"{name} should begin with sqlite:/// or postgres://, not {url.scheme!r}."
    raise ImproperlyConfigured(message)
