"""The written material of the demonstration: YAML files, read once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

_YEAR = re.compile(r"\{r([+-]\d+)?\}")
MAIN_OFFICES = ("pup-goldap", "pup-starachowice", "um-leczna")


@dataclass(frozen=True, slots=True)
class Person:
    """One role account: never a real person."""

    key: str
    role: str
    email: str
    first_name: str
    last_name: str
    language: str
    office: str = ""
    region: str = ""


@cache
def read(name: str) -> Any:
    """The content of data/<name>.yaml."""
    return yaml.safe_load((files("qms.demo") / "data" / f"{name}.yaml").read_text(encoding="utf-8"))


def dated(content: Any, year: int) -> Any:
    """The same content with {r}, {r-1} replaced by years."""
    if isinstance(content, str):
        return _YEAR.sub(lambda found: str(year + int(found[1] or 0)), content)
    if isinstance(content, Mapping):
        return {key: dated(value, year) for key, value in content.items()}
    if isinstance(content, list):
        return [dated(value, year) for value in content]
    return content


@cache
def people() -> tuple[Person, ...]:
    """Every role account, those of the platform first."""
    return tuple(_people())


def emails() -> frozenset[str]:
    """The addresses of all role accounts."""
    return frozenset(person.email for person in people())


def password() -> str:
    """The common password of all role accounts."""
    return str(read("people")["password"])


def _people() -> Iterator[Person]:
    source = read("people")
    for one in source["platform"]:
        yield Person(
            one["key"],
            one["role"],
            one["email"],
            one["first"],
            one["last"],
            one["language"],
            region=one.get("region", ""),
        )
    offices = {office["slug"]: office for office in read("offices")}
    for slug, team in source["offices"].items():
        office = offices[slug]
        for one in source["teams"][team]:
            yield Person(
                one["key"],
                one["role"],
                f"{one['mail']}@{slug}.example",
                one["first"],
                office["city"],
                office["language"],
                office=slug,
            )
