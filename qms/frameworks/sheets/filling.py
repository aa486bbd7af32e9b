"""A framework, or nothing yet, as a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from qms.frameworks.domain.document import values_of
from qms.frameworks.domain.framework import Framework
from qms.frameworks.sheets import workbook
from qms.frameworks.sheets.columns import (
    FIELD,
    FIELDS,
    FIRST,
    HELP,
    LIST,
    SHEETS,
    SPOKEN,
    USUAL,
    VALUE,
    explained,
)

Values = Mapping[str, Any]
LITERAL = ("id", "parent", "was", VALUE)


def template(languages: Sequence[str]) -> bytes:
    """The empty workbook, with its columns for these languages and with what is usual."""
    given = {"languages": f"{LIST} ".join(languages), **USUAL}
    first = [[name, given.get(name, "")] for name in FIELDS]
    return _book(languages, first, {name: [] for name in SHEETS})


def export(framework: Framework) -> bytes:
    """The framework as a workbook; reading it again gives the same framework."""
    values, languages = values_of(framework), framework.languages
    first = [_first(name, values, languages) for name in FIELDS]
    filled = {name: [_row(name, row, languages) for row in rows] for name, rows in _rows(values).items()}
    return _book(languages, first, filled)


def _book(languages: Sequence[str], first: list[list[object]], filled: Mapping[str, list[list[object]]]) -> bytes:
    sheets: dict[str, tuple[Sequence[str], Iterable[Sequence[object]]]] = {
        FIRST: ((FIELD, VALUE, *languages), first),
        **{name: (columns.headers(languages), filled[name]) for name, columns in SHEETS.items()},
        HELP: ((_("Sheet"), _("Column or row"), _("What belongs there")), explained()),
    }
    return workbook.write(sheets, literal=LITERAL)


def _first(name: str, values: Values, languages: Sequence[str]) -> list[object]:
    if name in SPOKEN:
        texts = values.get(name, {})
        return [name, "", *(texts.get(language, "") for language in languages)]
    found: Any = values
    for step in name.split("."):
        found = found.get(step, "") if isinstance(found, dict) else ""
    if isinstance(found, bool):
        found = "true" if found else "false"
    return [name, f"{LIST} ".join(found) if isinstance(found, list) else found]


def _rows(values: Values) -> dict[str, list[Values]]:
    return {
        "groups": values["groups"],
        "bands": values["bands"],
        "panels": values["panels"],
        "dimensions": [row for row, _anchors in _dimensions(values)],
        "anchors": [anchor for _row, anchors in _dimensions(values) for anchor in anchors],
        "nodes": list(_nodes(values["nodes"], "")),
    }


def _dimensions(values: Values) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    for panel in values["panels"]:
        for group, scale in panel["scales"].items():
            for each in scale["dimensions"]:
                place = {"panel": panel["code"], "group": group}
                kind = {"combination": scale["combination"], "by": scale.get("by", "")}
                anchors = [
                    {**place, "dimension": each["code"], "band": band, "anchor": texts}
                    for band, texts in each.get("anchors", {}).items()
                ]
                yield {**each, **place, **kind}, anchors


def _nodes(nodes: Sequence[Values], parent: str) -> Iterator[Values]:
    for node in nodes:
        yield {**node, "parent": parent}
        yield from _nodes(node.get("nodes", ()), node["id"])


def _row(sheet: str, values: Values, languages: Sequence[str]) -> list[object]:
    columns = SHEETS[sheet]
    texts = [values.get(name, {}).get(language, "") for name in columns.texts for language in languages]
    lists = [
        "\n".join(" ".join(item.split()) for item in values.get(name, {}).get(language, ()))
        for name in columns.lists
        for language in languages
    ]
    return [*(values.get(name, "") for name in columns.plain), *texts, *lists]
