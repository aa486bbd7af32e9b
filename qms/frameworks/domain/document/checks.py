"""What must hold in a framework file beyond being YAML: the published schema, and the sense of it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from jsonschema import Draft202012Validator, ValidationError

from qms.frameworks.domain.document.faults import Fault
from qms.frameworks.domain.document.lines import Place, Source, written
from qms.lifecycle import gettext_noop

TEXTS = frozenset({"title", "short", "about", "attribution", "question", "guidance", "examples", "evidence", "anchors"})


@cache
def schema() -> dict[str, Any]:
    """The published JSON Schema of framework files."""
    content: dict[str, Any] = json.loads((files("qms.frameworks") / "library" / "schema.json").read_text("utf-8"))
    return content


def schema_faults(source: Source) -> list[Fault]:
    """Where the file departs from the schema, each with its line."""
    found = {}
    for error in Draft202012Validator(schema()).iter_errors(source.values):
        fault = _fault_of(error, source)
        found[fault.line, fault.text, str(fault.values)] = fault
    return list(found.values())


def _fault_of(error: ValidationError, source: Source) -> Fault:
    place: Place = tuple(error.absolute_path)
    at = {"line": source.line(place), "place": written(place)}
    match error.validator:
        case "required":
            missing = [name for name in error.validator_value if name not in error.instance]
            return Fault(gettext_noop("“%(field)s” is missing here."), **at, field=", ".join(missing))
        case "additionalProperties" if error.validator_value is False:
            unknown = sorted(set(error.instance) - set(error.schema.get("properties", {})))
            at["line"] = source.line((*place, unknown[0]))
            return Fault(gettext_noop("“%(field)s” is not known here."), **at, field=", ".join(unknown))
        case "type" if error.validator_value == "string":
            return Fault(
                gettext_noop("“%(found)s” must be a text; put it in quotes."), **at, found=str(error.instance)[:40]
            )
        case "type":
            return Fault(
                gettext_noop("“%(found)s” is of the wrong kind; expected: %(expected)s."),
                **at,
                found=str(error.instance)[:40],
                expected=error.validator_value,
            )
        case "enum" | "const":
            known = error.validator_value if error.validator == "enum" else [error.validator_value]
            return Fault(
                gettext_noop("“%(found)s” is not one of: %(known)s."),
                **at,
                found=str(error.instance)[:40],
                known=", ".join(map(str, known)),
            )
        case "minLength" | "minItems" | "minProperties":
            return Fault(gettext_noop("This is empty."), **at)
        case "not":
            return Fault(gettext_noop("“points” or “by” does not belong here."), **at)
    return Fault(gettext_noop("This does not fit the published schema: %(detail)s."), **at, detail=error.message[:200])


def sense_faults(source: Source) -> list[Fault]:
    """What the schema cannot say: identifiers once, bands without holes, a scale for every node."""
    return [
        *_double(source, ("groups",), "code"),
        *_double(source, ("bands",), "code"),
        *_double(source, ("panels",), "code"),
        *_double_nodes(source),
        *_band_faults(source),
        *_panel_faults(source),
        *_node_faults(source),
        *_fallback_faults(source),
    ]


def _double(source: Source, place: Place, key: str) -> Iterator[Fault]:
    entries = source.values
    for step in place:
        entries = entries[step]
    seen: Counter[str] = Counter()
    for at, entry in enumerate(entries):
        seen[entry[key]] += 1
        if seen[entry[key]] > 1:
            yield _twice(source, (*place, at, key), entry[key])


def _twice(source: Source, place: Place, code: str) -> Fault:
    return Fault(gettext_noop("“%(code)s” is used twice."), line=source.line(place), place=written(place), code=code)


def walk(source: Source) -> Iterator[tuple[Place, dict[str, Any], str | None]]:
    """Every node with its place and the group it has or inherits."""

    def below(nodes: list[dict[str, Any]], place: Place, group: str | None) -> Iterator[Any]:
        for at, node in enumerate(nodes):
            own = node.get("group", group)
            yield (*place, at), node, own
            yield from below(node.get("nodes", []), (*place, at, "nodes"), own)

    yield from below(source.values["nodes"], ("nodes",), None)


def _double_nodes(source: Source) -> Iterator[Fault]:
    seen: set[str] = set()
    for place, node, _ in walk(source):
        if node["id"] in seen:
            yield _twice(source, (*place, "id"), node["id"])
        seen.add(node["id"])


def _band_faults(source: Source) -> Iterator[Fault]:
    bands = source.values["bands"]
    for at, band in enumerate(bands):
        line = {"line": source.line(("bands", at, "from")), "place": written(("bands", at))}
        if band["to"] < band["from"]:
            yield Fault(gettext_noop("Band %(band)s ends before it begins."), **line, band=band["code"])
        if at and band["from"] != bands[at - 1]["to"] + 1:
            yield Fault(
                gettext_noop("Band %(band)s must begin at %(expected)s, where the band before it ends."),
                **line,
                band=band["code"],
                expected=bands[at - 1]["to"] + 1,
            )
    if bands[-1]["to"] <= bands[0]["from"]:
        yield Fault(gettext_noop("The bands cover no range."), line=source.line(("bands",)), place="bands")


def _panel_faults(source: Source) -> Iterator[Fault]:
    used = {group for _, node, group in walk(source) if "nodes" not in node and group}
    known = {group["code"] for group in source.values["groups"]}
    for at, panel in enumerate(source.values["panels"]):
        place: Place = ("panels", at, "scales")
        for group in sorted(used & known - set(panel["scales"])):
            yield Fault(
                gettext_noop("Panel %(panel)s has no scale for the group %(group)s."),
                line=source.line(place),
                place=written(place),
                panel=panel["code"],
                group=group,
            )
        for group, scale in panel["scales"].items():
            if group not in known:
                yield _unknown_group(source, (*place, group), group)
            yield from _scale_faults(source, (*place, group), scale)


def _unknown_group(source: Source, place: Place, group: str) -> Fault:
    return Fault(
        gettext_noop("There is no group %(group)s."), line=source.line(place), place=written(place), group=group
    )


def _scale_faults(source: Source, place: Place, scale: dict[str, Any]) -> Iterator[Fault]:
    at = {"line": source.line((*place, "combination")), "place": written(place)}
    codes = [dimension["code"] for dimension in scale["dimensions"]]
    yield from _double(source, (*place, "dimensions"), "code")
    if scale["combination"] == "single" and len(codes) != 1:
        yield Fault(gettext_noop("A scale that is “single” has exactly one dimension."), **at)
    if scale["combination"] == "capped" and scale["by"] not in codes:
        yield Fault(gettext_noop("No dimension is called “%(by)s”."), **at, by=scale["by"])
    bands = source.values["bands"]
    for index, dimension in enumerate(scale["dimensions"]):
        yield from _dimension_faults(source, (*place, "dimensions", index), dimension, bands)


def _dimension_faults(
    source: Source, place: Place, dimension: dict[str, Any], bands: list[dict[str, Any]]
) -> Iterator[Fault]:
    low, high = bands[0]["from"], bands[-1]["to"]
    if (dimension["minimum"], dimension["maximum"]) != (low, high):
        yield Fault(
            gettext_noop("The bands cover %(low)s to %(high)s; dimension %(dimension)s must have the same range."),
            line=source.line((*place, "minimum")),
            place=written(place),
            low=low,
            high=high,
            dimension=dimension["code"],
        )
    for code in dimension.get("anchors", {}):
        if code not in {band["code"] for band in bands}:
            anchor = (*place, "anchors", code)
            yield Fault(
                gettext_noop("There is no band %(band)s."), line=source.line(anchor), place=written(anchor), band=code
            )


def _node_faults(source: Source) -> Iterator[Fault]:
    known = {group["code"] for group in source.values["groups"]}
    for place, node, group in walk(source):
        if group is None:
            yield Fault(
                gettext_noop("Node %(node)s has no group."),
                line=source.line(place),
                place=written(place),
                node=node["id"],
            )
        elif group not in known and "group" in node:
            yield _unknown_group(source, (*place, "group"), group)
        yield from _weight_faults(source, (*place, "nodes"), node.get("nodes", []))
    yield from _weight_faults(source, ("nodes",), source.values["nodes"])


def _weight_faults(source: Source, place: Place, siblings: list[dict[str, Any]]) -> Iterator[Fault]:
    weighted = [_is_weighted(node) for node in siblings]
    if any(weighted) and not all(weighted):
        at = (*place, weighted.index(False))
        yield Fault(
            gettext_noop("Node %(node)s has no weight, but others beside it have one."),
            line=source.line(at),
            place=written(at),
            node=siblings[at[-1]]["id"],
        )


def _is_weighted(node: dict[str, Any]) -> bool:
    return "weight" in node or any("weight" in child for child in node.get("nodes", []))


def texts(values: Any, place: Place = ()) -> Iterator[tuple[Place, dict[str, Any]]]:
    """Every text of the file, with its place."""
    if isinstance(values, list):
        for at, value in enumerate(values):
            yield from texts(value, (*place, at))
    elif isinstance(values, dict):
        for key, value in values.items():
            if key == "anchors":
                yield from ((((*place, key, band)), anchor) for band, anchor in value.items())
            elif key in TEXTS and place[-1:] != ("scales",):
                yield (*place, key), value
            elif key != "wording":
                yield from texts(value, (*place, key))


def _fallback_faults(source: Source) -> Iterator[Fault]:
    languages = source.values["languages"]
    for place, content in texts(source.values):
        if languages[0] not in content:
            yield Fault(
                gettext_noop("The text lacks the fallback language %(language)s."),
                line=source.line(place),
                place=written(place),
                language=languages[0],
            )
        for language in content:
            if language not in languages:
                yield Fault(
                    gettext_noop("The language %(language)s is not among the file's languages."),
                    line=source.line((*place, language)),
                    place=written(place),
                    language=language,
                )
    for language in source.values.get("wording", {}):
        if language not in languages:
            yield Fault(
                gettext_noop("The language %(language)s is not among the file's languages."),
                line=source.line(("wording", language)),
                place="wording",
                language=language,
            )


def warnings(source: Source) -> list[Fault]:
    """What a reader will miss though the file is sound: absent translations and anchors."""
    found = []
    languages = source.values["languages"]
    for place, content in texts(source.values):
        missing = [language for language in languages if language not in content]
        if missing:
            found.append(
                Fault(
                    gettext_noop("Not in %(languages)s; readers see the fallback language."),
                    line=source.line(place),
                    place=written(place),
                    languages=", ".join(missing),
                )
            )
    return found + list(_missing_anchors(source))


def _missing_anchors(source: Source) -> Iterator[Fault]:
    codes = [band["code"] for band in source.values["bands"]]
    for at, panel in enumerate(source.values["panels"]):
        for group, scale in panel["scales"].items():
            for index, dimension in enumerate(scale["dimensions"]):
                missing = [code for code in codes if code not in dimension.get("anchors", {})]
                place = ("panels", at, "scales", group, "dimensions", index)
                if missing:
                    yield Fault(
                        gettext_noop("Nothing says what a score means in: %(bands)s."),
                        line=source.line(place),
                        place=written(place),
                        bands=", ".join(missing),
                    )
