"""A framework file's text as a framework."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from typing import Any

from qms.frameworks.domain.document import sense, shape
from qms.frameworks.domain.document.faults import DocumentRefused, Fault
from qms.frameworks.domain.document.lines import Source, compose
from qms.frameworks.domain.document.writing import write
from qms.frameworks.domain.framework import (
    Consensus,
    Framework,
    Group,
    Lists,
    Node,
    Rollup,
    Rounding,
    Texts,
)
from qms.frameworks.domain.panel import Band, Dimension, Panel, Scale


@dataclass(frozen=True)
class Document:
    """A framework together with the very text it came from; exporting gives that text."""

    text: str
    framework: Framework
    warnings: tuple[Fault, ...] = ()

    @property
    def sha256(self) -> str:
        """The fingerprint of the text."""
        return sha256(self.text.encode()).hexdigest()


def read(text: str) -> Document:
    """The framework in the text; a DocumentRefused names every fault with its line."""
    source = compose(text)
    return Document(text, _checked(source), tuple(sense.warnings(source)))


def take(source: Source) -> Document:
    """The same from values that were not written in YAML; the faults name where they stood, the text is written."""
    return read(write(_checked(source)))


def _checked(source: Source) -> Framework:
    faults = shape.faults(source) or sense.faults(source)
    if faults:
        raise DocumentRefused(faults)
    return _Builder(source.values).framework()


class _Builder:
    """Turns checked values into the frozen tree."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.values = values
        self.languages = tuple(values["languages"])
        self.bands = tuple(
            Band(each["code"], index, each["from"], each["to"], self.texts(each, "title"))
            for index, each in enumerate(values["bands"])
        )

    def framework(self) -> Framework:
        values = self.values
        rounding = values["rounding"]
        return Framework(
            code=values["code"],
            framework=values["framework"],
            edition=values["edition"],
            languages=self.languages,
            titles=self.texts(values, "title"),
            shorts=self.texts(values, "short"),
            about=self.texts(values, "about"),
            attribution=self.texts(values, "attribution"),
            wording=dict(values.get("wording", {})),
            follows=values.get("follows", ""),
            groups=tuple(
                Group(each["code"], self.texts(each, "title"), self.texts(each, "about")) for each in values["groups"]
            ),
            bands=self.bands,
            panels=tuple(self.panel(each) for each in values["panels"]),
            nodes=tuple(self.node(each, "") for each in values["nodes"]),
            rollup=Rollup(**values["rollup"]),
            rounding=Rounding(rounding["node"], rounding["criterion"], rounding["total"]),
            consensus=Consensus(**values["consensus"]),
        )

    def texts(self, values: Mapping[str, Any], key: str) -> Texts:
        given = values.get(key, {})
        return {language: given[language] for language in self.languages if language in given}

    def lists(self, values: Mapping[str, Any], key: str) -> Lists:
        given = values.get(key, {})
        return {language: tuple(given[language]) for language in self.languages if language in given}

    def panel(self, values: Mapping[str, Any]) -> Panel:
        return Panel(
            code=values["code"],
            titles=self.texts(values, "title"),
            about=self.texts(values, "about"),
            by_group={group: self.scale(scale) for group, scale in values["scales"].items()},
        )

    def scale(self, values: Mapping[str, Any]) -> Scale:
        return Scale(
            dimensions=tuple(self.dimension(each) for each in values["dimensions"]),
            combination=values["combination"],
            bands=self.bands,
            by=values.get("by", ""),
        )

    def dimension(self, values: Mapping[str, Any]) -> Dimension:
        anchors = values.get("anchors", {})
        return Dimension(
            code=values["code"],
            titles=self.texts(values, "title"),
            questions=self.texts(values, "question"),
            minimum=values["minimum"],
            maximum=values["maximum"],
            step=values.get("step", 1),
            anchors={band.code: self.texts(anchors, band.code) for band in self.bands if band.code in anchors},
        )

    def node(self, values: Mapping[str, Any], group: str) -> Node:
        own = values.get("group", group)
        return Node(
            identifier=values["id"],
            titles=self.texts(values, "title"),
            group=own,
            shorts=self.texts(values, "short"),
            about=self.texts(values, "about"),
            guidance=self.texts(values, "guidance"),
            examples=self.lists(values, "examples"),
            evidence_hints=self.lists(values, "evidence"),
            weight=Fraction(str(values["weight"])) if "weight" in values else None,
            was=values.get("was", ""),
            children=tuple(self.node(each, own) for each in values.get("nodes", [])),
        )
