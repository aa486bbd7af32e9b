"""Changing a framework's texts and weights; each change is a new tree."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from qms.frameworks.domain.framework import Framework, Lists, Node, Texts
from qms.lifecycle import Refused, gettext_noop


@dataclass(frozen=True)
class HeadTexts:
    """What an edition says of itself."""

    titles: Texts
    shorts: Texts
    about: Texts
    attribution: Texts


@dataclass(frozen=True)
class NodeTexts:
    """What one node says, and what it was called in the followed edition."""

    titles: Texts
    shorts: Texts
    about: Texts
    guidance: Texts
    examples: Lists
    evidence_hints: Lists
    was: str = ""


def with_head(framework: Framework, texts: HeadTexts) -> Framework:
    """The framework with these texts of its own."""
    return replace(
        framework, titles=texts.titles, shorts=texts.shorts, about=texts.about, attribution=texts.attribution
    )


def with_node(framework: Framework, identifier: str, texts: NodeTexts) -> Framework:
    """The framework with these texts of one node."""
    framework.node(identifier)

    def change(node: Node) -> Node:
        if node.identifier != identifier:
            return node
        return replace(
            node,
            titles=texts.titles,
            shorts=texts.shorts,
            about=texts.about,
            guidance=texts.guidance,
            examples=texts.examples,
            evidence_hints=texts.evidence_hints,
            was=texts.was,
        )

    return _changed(framework, change)


def with_weights(framework: Framework, weights: Mapping[str, Fraction | None]) -> Framework:
    """The framework with these weights; nodes that are not named keep theirs."""
    return _changed(framework, lambda node: replace(node, weight=weights.get(node.identifier, node.weight)))


def renewed(framework: Framework, *, code: str, edition: str) -> Framework:
    """The next edition: the same tree under a code of its own, each node with its forerunner."""
    if code == framework.code:
        raise Refused(gettext_noop("Give the new edition a code of its own."))
    copied = _changed(framework, lambda node: replace(node, was=node.identifier))
    return replace(copied, code=code, edition=edition, follows=framework.code)


def _changed(framework: Framework, change: Callable[[Node], Node]) -> Framework:
    def below(node: Node) -> Node:
        return change(replace(node, children=tuple(below(child) for child in node.children)))

    return replace(framework, nodes=tuple(below(node) for node in framework.nodes))
