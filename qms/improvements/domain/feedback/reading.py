"""A scheme's file as a scheme; a file with faults is refused with the line of each."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from jsonschema import Draft202012Validator, ValidationError

from qms.frameworks.domain.document import DocumentRefused, Fault, Source
from qms.frameworks.domain.document.lines import compose
from qms.frameworks.domain.document.shape import EMPTY, OTHERWISE, SENTENCES
from qms.improvements.domain.feedback.scheme import (
    LEVELS,
    Item,
    Level,
    Note,
    Periods,
    Pillar,
    Scale,
    Scheme,
    Step,
    Texts,
)
from qms.lifecycle import gettext_noop

Place = tuple[str | int, ...]
TEXTS = frozenset({"title", "label", "about", "attribution", "guidance"})


@lru_cache(maxsize=16)
def read(text: str) -> Scheme:
    """The scheme in the text; a DocumentRefused names every fault with its line."""
    source = compose(text)
    if found := _shape(source) or [*_sense(source)]:
        raise DocumentRefused(found)
    return _Builder(source.values).scheme()


@cache
def schema() -> dict[str, Any]:
    """The JSON Schema of scheme files."""
    path = files("qms.improvements") / "library" / "scheme.schema.json"
    content: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return content


# --- Shape: what the schema asks for --------------------------------------------------------------------------------


def _shape(source: Source) -> list[Fault]:
    found = {}
    for error in Draft202012Validator(schema()).iter_errors(source.values):
        fault = _fault_of(error, source)
        found[fault.line, fault.text, str(fault.values)] = fault
    return list(found.values())


def _fault_of(error: ValidationError, source: Source) -> Fault:
    place, found = tuple(error.absolute_path), str(error.instance)[:40]
    held: Any = error.instance
    asked: Any = error.schema
    wanted: Any = error.validator_value
    rule = str(error.validator)
    if rule == "additionalProperties":
        unknown = sorted(set(held) - set(asked.get("properties", {})))
        place, found = (*place, unknown[0]), ", ".join(unknown)
    elif rule == "required":
        found = ", ".join(name for name in wanted if name not in held)
    known = ", ".join(map(str, wanted)) if rule == "enum" else str(wanted)
    return source.fault(place, _sentence(rule, wanted), found=found, known=known, detail=error.message[:200])


def _sentence(rule: str, wanted: object) -> str:
    if rule in EMPTY:
        return gettext_noop("This is empty.")
    if rule == "type" and wanted == "string":
        return gettext_noop("“%(found)s” must be a text; put it in quotes.")
    return SENTENCES.get(rule, OTHERWISE)


# --- Sense: what no schema can say ----------------------------------------------------------------------------------


def _sense(source: Source) -> Iterator[Fault]:
    values = source.values
    yield from _languages(source, values, ())
    yield from _names(source, values)
    yield from _levels(source, values)
    yield from _rules(source, values)
    periods = values["periods"]
    if periods["apply_from_months"] >= periods["apply_until_months"]:
        said = gettext_noop("The window to apply must end after it begins.")
        yield source.fault(("periods", "apply_until_months"), said)


def _languages(source: Source, values: Any, place: Place) -> Iterator[Fault]:
    """Each text must have every language of the file."""
    if isinstance(values, list):
        for at, each in enumerate(values):
            yield from _languages(source, each, (*place, at))
        return
    if not isinstance(values, dict):
        return
    if place and (place[-1] in TEXTS or (len(place) > 1 and place[-2] in ("levels", "notes"))) and _is_texts(values):
        for language in source.values["languages"]:
            if language not in values:
                said = gettext_noop("The text in the language “%(language)s” is missing here.")
                yield source.fault(place, said, language=language)
        return
    for key, each in values.items():
        yield from _languages(source, each, (*place, key))


def _is_texts(values: Mapping[str, Any]) -> bool:
    return all(isinstance(each, str) for each in values.values())


def _names(source: Source, values: Mapping[str, Any]) -> Iterator[Fault]:
    """Nothing is named twice: steps and items share one list of names, pillars and scales have their own."""
    scales = [scale["code"] for scale in values["scales"]]
    lists: tuple[Iterable[tuple[Place, str]], ...] = (
        _named(values),
        [(("pillars", at, "id"), pillar["id"]) for at, pillar in enumerate(values["pillars"])],
        [(("scales", at, "code"), code) for at, code in enumerate(scales)],
    )
    for names in lists:
        seen: set[str] = set()
        for place, name in names:
            if name in seen:
                yield source.fault(place, gettext_noop("“%(name)s” is used twice."), name=name)
            seen.add(name)
    for at, pillar in enumerate(values["pillars"]):
        if pillar["scale"] not in scales:
            said = gettext_noop("There is no scale “%(name)s”.")
            yield source.fault(("pillars", at, "scale"), said, name=pillar["scale"])


def _named(values: Mapping[str, Any]) -> Iterator[tuple[Place, str]]:
    for at, pillar in enumerate(values["pillars"]):
        for which, step in enumerate(pillar["steps"]):
            yield ("pillars", at, "steps", which, "id"), step["id"]
            for number, item in enumerate(step.get("items", ())):
                yield ("pillars", at, "steps", which, "items", number, "id"), item["id"]


def _levels(source: Source, values: Mapping[str, Any]) -> Iterator[Fault]:
    for at, scale in enumerate(values["scales"]):
        if tuple(level["value"] for level in scale["levels"]) != LEVELS:
            said = gettext_noop("A scale has the levels 1 to 5, the lowest first.")
            yield source.fault(("scales", at, "levels"), said)


def _rules(source: Source, values: Mapping[str, Any]) -> Iterator[Fault]:
    """Each rule names a pillar or a step of it; each pillar has a rule."""
    steps = {pillar["id"]: {step["id"] for step in pillar["steps"]} for pillar in values["pillars"]}
    for at, rule in enumerate(values["profile"]):
        if rule["pillar"] not in steps:
            said = gettext_noop("There is no pillar “%(name)s”.")
            yield source.fault(("profile", at, "pillar"), said, name=rule["pillar"])
        elif rule.get("step") and rule["step"] not in steps[rule["pillar"]]:
            said = gettext_noop("There is no step “%(name)s” in this pillar.")
            yield source.fault(("profile", at, "step"), said, name=rule["step"])
    ruled = {rule["pillar"] for rule in values["profile"] if not rule.get("step")}
    for name in steps:
        if name not in ruled:
            yield source.fault(("profile",), gettext_noop("The pillar “%(name)s” has no profile."), name=name)


# --- The tree -------------------------------------------------------------------------------------------------------


class _Builder:
    """Turns checked values into the frozen tree."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.values = values
        self.languages = tuple(values["languages"])
        self.scales = {each["code"]: self.scale(each) for each in values["scales"]}
        self.at_least = {
            (rule["pillar"], rule.get("step", "")): Decimal(str(rule["at_least"])) for rule in values["profile"]
        }

    def scheme(self) -> Scheme:
        values = self.values
        return Scheme(
            code=values["code"],
            languages=self.languages,
            titles=self.texts(values, "title"),
            label=self.texts(values, "label"),
            about=self.texts(values, "about"),
            attribution=self.texts(values, "attribution"),
            notes=tuple(Note(each["status"], self.ordered(each)) for each in values.get("notes", ())),
            periods=Periods(**values["periods"]),
            pillars=tuple(self.pillar(each) for each in values["pillars"]),
        )

    def texts(self, values: Mapping[str, Any], key: str) -> Texts:
        return self.ordered(values.get(key, {}))

    def ordered(self, given: Mapping[str, str]) -> Texts:
        return {language: given[language] for language in self.languages if language in given}

    def scale(self, values: Mapping[str, Any]) -> Scale:
        levels = tuple(
            Level(each["value"], self.texts(each, "title"), self.texts(each, "about")) for each in values["levels"]
        )
        return Scale(values["code"], self.texts(values, "title"), levels)

    def pillar(self, values: Mapping[str, Any]) -> Pillar:
        return Pillar(
            identifier=values["id"],
            titles=self.texts(values, "title"),
            about=self.texts(values, "about"),
            scale=self.scales[values["scale"]],
            steps=tuple(self.step(values["id"], each) for each in values["steps"]),
        )

    def step(self, pillar: str, values: Mapping[str, Any]) -> Step:
        own = values.get("items")
        least = self.at_least.get((pillar, values["id"]), self.at_least[pillar, ""])
        items = tuple(self.item(each) for each in own or (values,))
        return Step(values["id"], self.texts(values, "title"), items, least, is_single=not own)

    def item(self, values: Mapping[str, Any]) -> Item:
        levels = {int(value): self.ordered(texts) for value, texts in values.get("levels", {}).items()}
        return Item(values["id"], self.texts(values, "title"), self.texts(values, "guidance"), levels)
