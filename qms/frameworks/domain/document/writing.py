"""A framework as the text of a framework file."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import yaml

from qms.frameworks.domain.framework import Framework, Group, Node, Rollup
from qms.frameworks.domain.panel import Band, Dimension, Panel, Scale


class _Dumper(yaml.SafeDumper):
    """Keeps the order of the tree and never writes references."""

    def ignore_aliases(self, _: Any) -> bool:
        return True


def write(framework: Framework) -> str:
    """The file of a framework: reading it again gives an equal framework and this same text."""
    return yaml.dump(values_of(framework), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110, indent=2)


def values_of(framework: Framework) -> dict[str, Any]:
    """The framework as plain values, in the order of a file."""
    rounding, consensus = framework.rounding, framework.consensus
    return _present(
        format=1,
        code=framework.code,
        framework=framework.framework,
        edition=framework.edition,
        follows=framework.follows,
        languages=list(framework.languages),
        title=dict(framework.titles),
        short=dict(framework.shorts),
        about=dict(framework.about),
        attribution=dict(framework.attribution),
        wording=dict(framework.wording),
        groups=[_group(group) for group in framework.groups],
        bands=[_band(band) for band in framework.bands],
        rounding={
            "node": rounding.node,
            "criterion": rounding.criterion,
            "total": rounding.total,
            "mode": "half-up",
        },
        rollup=_rollup(framework.rollup),
        consensus={
            "discuss_above": consensus.discuss_above,
            "fast_track_to": consensus.fast_track_to,
            "fast_track_same_band": consensus.fast_track_same_band,
        },
        panels=[_panel(panel) for panel in framework.panels],
        nodes=[_node(node, "") for node in framework.nodes],
    )


def _present(**values: Any) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None and value not in ({}, [], "")}


def _rollup(rollup: Rollup) -> dict[str, Any]:
    return _present(criterion=rollup.criterion, total=rollup.total, requires=rollup.requires, maximum=rollup.maximum)


def _group(group: Group) -> dict[str, Any]:
    return _present(code=group.code, title=dict(group.titles), about=dict(group.about))


def _band(band: Band) -> dict[str, Any]:
    return {"code": band.code, "from": band.low, "to": band.high, "title": dict(band.titles)}


def _panel(panel: Panel) -> dict[str, Any]:
    return _present(
        code=panel.code,
        title=dict(panel.titles),
        about=dict(panel.about),
        scales={group: _scale(scale) for group, scale in panel.by_group.items()},
    )


def _scale(scale: Scale) -> dict[str, Any]:
    return _present(
        combination=scale.combination,
        by=scale.by,
        dimensions=[_dimension(dimension) for dimension in scale.dimensions],
    )


def _dimension(dimension: Dimension) -> dict[str, Any]:
    return _present(
        code=dimension.code,
        title=dict(dimension.titles),
        question=dict(dimension.questions),
        minimum=dimension.minimum,
        maximum=dimension.maximum,
        step=dimension.step if dimension.step != 1 else None,
        whole=True,
        anchors={band: dict(texts) for band, texts in dimension.anchors.items()},
    )


def _node(node: Node, group: str) -> dict[str, Any]:
    return _present(
        id=node.identifier,
        group=node.group if node.group != group else None,
        weight=_number(node.weight),
        was=node.was,
        title=dict(node.titles),
        short=dict(node.shorts),
        about=dict(node.about),
        guidance=dict(node.guidance),
        examples=_lists(node.examples),
        evidence=_lists(node.evidence_hints),
        nodes=[_node(child, node.group) for child in node.children],
    )


def _lists(lists: Mapping[str, tuple[str, ...]]) -> dict[str, list[str]]:
    return {language: list(items) for language, items in lists.items()}


def _number(weight: Fraction | None) -> int | float | None:
    if weight is None:
        return None
    return int(weight) if weight.denominator == 1 else float(weight)
