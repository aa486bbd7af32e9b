"""What a framework file must hold beyond its shape: names once, bands without holes, a scale for every node."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from qms.frameworks.domain.document.faults import Fault
from qms.frameworks.domain.document.lines import Place, Source
from qms.lifecycle import gettext_noop

Values = Mapping[str, Any]
Placed = tuple[Place, Values, str | None]

TEXTS = frozenset({"title", "short", "about", "attribution", "question", "guidance", "examples", "evidence"})


def faults(source: Source) -> list[Fault]:
    """What the schema cannot say is wrong, each with its line."""
    return [
        *_names(source),
        *_bands(source),
        *_panels(source),
        *_nodes(source),
        *_weights(source, ("nodes",), source.values["nodes"]),
        *_maximum(source),
        *_forerunners(source),
        *_languages(source),
    ]


def warnings(source: Source) -> list[Fault]:
    """What a reader will miss though the file is sound: absent translations and anchors."""
    return sorted([*_untranslated(source), *_unanchored(source)], key=lambda fault: fault.line)


def _names(source: Source) -> Iterator[Fault]:
    for key in ("groups", "bands", "panels"):
        yield from _twice(source, [((key, at, "code"), each["code"]) for at, each in enumerate(source.values[key])])
    yield from _twice(source, [((*place, "id"), node["id"]) for place, node, _ in _walk(source)])


def _twice(source: Source, names: Sequence[tuple[Place, str]]) -> Iterator[Fault]:
    seen: set[str] = set()
    for place, name in names:
        if name in seen:
            yield source.fault(place, gettext_noop("“%(name)s” is used twice."), name=name)
        seen.add(name)


def _walk(source: Source) -> Iterator[Placed]:
    """Every node with its place and the group it has or inherits."""

    def below(nodes: Sequence[Values], place: Place, group: str | None) -> Iterator[Placed]:
        for at, node in enumerate(nodes):
            own = node.get("group", group)
            yield (*place, at), node, own
            yield from below(node.get("nodes", []), (*place, at, "nodes"), own)

    yield from below(source.values["nodes"], ("nodes",), None)


def _bands(source: Source) -> Iterator[Fault]:
    bands = source.values["bands"]
    for at, band in enumerate(bands):
        place: Place = ("bands", at, "from")
        if band["to"] < band["from"]:
            yield source.fault(place, gettext_noop("Band %(band)s ends before it begins."), band=band["code"])
        if at and band["from"] != bands[at - 1]["to"] + 1:
            yield source.fault(
                place,
                gettext_noop("Band %(band)s must begin at %(expected)s, one above the end of the band before it."),
                band=band["code"],
                expected=bands[at - 1]["to"] + 1,
            )
    if bands[-1]["to"] <= bands[0]["from"]:
        yield source.fault(("bands",), gettext_noop("The bands cover no range."))


def _panels(source: Source) -> Iterator[Fault]:
    known = {group["code"] for group in source.values["groups"]}
    used = {str(group) for _, node, group in _walk(source) if "nodes" not in node and group in known}
    for at, panel in enumerate(source.values["panels"]):
        place: Place = ("panels", at, "scales")
        for group in sorted(used - set(panel["scales"])):
            yield source.fault(
                place,
                gettext_noop("Panel %(panel)s has no scale for the group %(group)s."),
                panel=panel["code"],
                group=group,
            )
        for group, scale in panel["scales"].items():
            if group not in known:
                yield _unknown_group(source, (*place, group), group)
            yield from _scale(source, (*place, group), scale)


def _unknown_group(source: Source, place: Place, group: str) -> Fault:
    return source.fault(place, gettext_noop("There is no group %(group)s."), group=group)


def _scale(source: Source, place: Place, scale: Values) -> Iterator[Fault]:
    codes = [dimension["code"] for dimension in scale["dimensions"]]
    yield from _twice(source, [((*place, "dimensions", at, "code"), code) for at, code in enumerate(codes)])
    if scale["combination"] == "single" and len(codes) != 1:
        yield source.fault((*place, "combination"), gettext_noop("A scale that is “single” has exactly one dimension."))
    if scale["combination"] == "capped" and scale["by"] not in codes:
        yield source.fault((*place, "by"), gettext_noop("No dimension is called “%(by)s”."), by=scale["by"])
    for at, dimension in enumerate(scale["dimensions"]):
        yield from _dimension(source, (*place, "dimensions", at), dimension)


def _dimension(source: Source, place: Place, dimension: Values) -> Iterator[Fault]:
    bands = source.values["bands"]
    low, high = bands[0]["from"], bands[-1]["to"]
    if (dimension["minimum"], dimension["maximum"]) != (low, high):
        yield source.fault(
            (*place, "minimum"),
            gettext_noop("The bands cover %(low)s to %(high)s; dimension %(dimension)s must have the same range."),
            low=low,
            high=high,
            dimension=dimension["code"],
        )
    for code in dimension.get("anchors", {}):
        if code not in {band["code"] for band in bands}:
            yield source.fault((*place, "anchors", code), gettext_noop("There is no band %(band)s."), band=code)


def _nodes(source: Source) -> Iterator[Fault]:
    known = {group["code"] for group in source.values["groups"]}
    for place, node, group in _walk(source):
        if group is None:
            yield source.fault(place, gettext_noop("Criterion %(node)s has no group."), node=node["id"])
        elif group not in known and "group" in node:
            yield _unknown_group(source, (*place, "group"), group)
        yield from _weights(source, (*place, "nodes"), node.get("nodes", []))


def _weights(source: Source, place: Place, siblings: Sequence[Values]) -> Iterator[Fault]:
    weighted = ["weight" in node or any("weight" in child for child in node.get("nodes", [])) for node in siblings]
    if any(weighted) and not all(weighted):
        at = weighted.index(False)
        yield source.fault(
            (*place, at),
            gettext_noop("Criterion %(node)s has no weight, but others beside it have one."),
            node=siblings[at]["id"],
        )


def _forerunners(source: Source) -> Iterator[Fault]:
    """A node's forerunner stands in the edition that this one follows, never in this one."""
    follows = source.values.get("follows")
    if follows == source.values["code"]:
        yield source.fault(("follows",), gettext_noop("An edition cannot follow itself."))
    for place, node, _ in _walk(source):
        if "was" in node and not follows:
            yield source.fault(
                (*place, "was"), gettext_noop("“was” needs “follows”, the code of the edition that this one follows.")
            )


def _maximum(source: Source) -> Iterator[Fault]:
    """Unweighted criteria add up to one sum only, and no other maximum may be claimed."""
    maximum = source.values["rollup"].get("maximum")
    full = len(source.values["nodes"]) * source.values["bands"][-1]["to"]
    weighted = any("weight" in node for _, node, _ in _walk(source))
    if maximum and not weighted and maximum != full:
        yield source.fault(
            ("rollup", "maximum"), gettext_noop("Criteria without weights add up to %(full)s at most."), full=full
        )


def _texts(values: Any, place: Place = ()) -> Iterator[tuple[Place, Mapping[str, Any]]]:
    """Every text of the file, with its place."""
    if isinstance(values, list):
        for at, value in enumerate(values):
            yield from _texts(value, (*place, at))
    elif isinstance(values, dict):
        for key, value in values.items():
            if key == "anchors":
                yield from (((*place, key, band), anchor) for band, anchor in value.items())
            elif key in TEXTS and place[-1:] != ("scales",):
                yield (*place, key), value
            elif key != "wording":
                yield from _texts(value, (*place, key))


def _languages(source: Source) -> Iterator[Fault]:
    languages = source.values["languages"]
    placed = list(_texts(source.values))
    for place, content in placed:
        if languages[0] not in content:
            yield source.fault(
                place, gettext_noop("The text lacks the fallback language %(language)s."), language=languages[0]
            )
    for place, content in [*placed, (("wording",), source.values.get("wording", {}))]:
        for language in content:
            if language not in languages:
                yield source.fault(
                    (*place, language),
                    gettext_noop("The language %(language)s is not among the file's languages."),
                    language=language,
                )


def _untranslated(source: Source) -> Iterator[Fault]:
    for place, content in _texts(source.values):
        missing = [language for language in source.values["languages"] if language not in content]
        if missing:
            yield source.fault(
                place,
                gettext_noop("Not in %(languages)s; readers see the fallback language."),
                languages=", ".join(missing),
            )


def _unanchored(source: Source) -> Iterator[Fault]:
    codes = [band["code"] for band in source.values["bands"]]
    for at, panel in enumerate(source.values["panels"]):
        for group, scale in panel["scales"].items():
            for index, dimension in enumerate(scale["dimensions"]):
                missing = [code for code in codes if code not in dimension.get("anchors", {})]
                if missing:
                    yield source.fault(
                        ("panels", at, "scales", group, "dimensions", index),
                        gettext_noop("Nothing says what a score means in: %(bands)s."),
                        bands=", ".join(missing),
                    )
