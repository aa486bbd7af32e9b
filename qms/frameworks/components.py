"""Criteria, bands and panels as pieces of a page or of a paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _

from qms.frameworks.domain.framework import Framework, Node, text
from qms.frameworks.domain.panel import Dimension, Panel, Scale
from qms.ui.components import Band, BandKey, DataTable, Part


@dataclass(frozen=True)
class NodeSection(Part):
    """A criterion, or a part of one, with what to assess, examples and where evidence is found."""

    identifier: str
    title: str
    level: int = 3
    about: str = ""
    guidance: str = ""
    examples: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    over: str = ""
    was: str = ""
    edit_url: str = ""
    parts: tuple[NodeSection, ...] = ()
    template_name: ClassVar[str] = "frameworks/_node_section.html"

    @property
    def anchor(self) -> str:
        """The name by which a link reaches it."""
        return "node-" + self.identifier.replace(".", "-")


@dataclass(frozen=True)
class PanelView:
    """A panel in the reader's language: a table of anchors for each group."""

    title: str
    about: str
    tables: tuple[DataTable, ...]
    rules: tuple[str, ...]


def node_section(
    framework: Framework, node: Node, language: str, *, level: int = 2, edit: Callable[[str], str] | None = None
) -> NodeSection:
    """The node and all below it, in the reader's language; `edit` tells where a node is changed."""
    return NodeSection(
        identifier=node.identifier,
        title=text(node.titles, language),
        level=min(level, 6),
        about=text(node.about, language),
        guidance=text(node.guidance, language),
        examples=tuple(text(node.examples, language)),
        evidence=tuple(text(node.evidence_hints, language)),
        over=text(framework.group(node.group).titles, language) if level == 2 else "",
        was=f"{framework.follows} {node.was}" if node.was else "",
        edit_url=edit(node.identifier) if edit else "",
        parts=tuple(node_section(framework, child, language, level=level + 1, edit=edit) for child in node.children),
    )


def band_keys(
    framework: Framework, language: str, anchors: Mapping[str, Mapping[str, str]] | None = None
) -> tuple[BandKey, ...]:
    """The bands as the key of a scale; with a dimension's anchors they say what a score means."""
    return tuple(
        BandKey(
            band.index,
            f"{band.low}\u2013{band.high}" if band.low != band.high else str(band.low),
            text(band.titles, language),
            text((anchors or {}).get(band.code, {}), language),
            band.high,
        )
        for band in framework.bands
    )


def panel_view(framework: Framework, panel: Panel, language: str) -> PanelView:
    """How this panel scores, group by group."""
    title = text(panel.titles, language)
    scales = [(text(framework.group(group).titles, language), scale) for group, scale in panel.by_group.items()]
    return PanelView(
        title=title,
        about=text(panel.about, language),
        tables=tuple(_anchor_table(framework, f"{title}: {group}", scale, language) for group, scale in scales),
        rules=tuple(dict.fromkeys(_rule(scale, language) for _group, scale in scales)),
    )


def _anchor_table(framework: Framework, caption: str, scale: Scale, language: str) -> DataTable:
    keys = band_keys(framework, language)
    return DataTable(
        caption=caption,
        headers=(_("Band"), *(_heading(dimension, language) for dimension in scale.dimensions)),
        rows=tuple(
            (
                Band(key.index, key.title, key.span),
                *(text(each.anchors.get(band.code, {}), language) or "\u2013" for each in scale.dimensions),
            )
            for band, key in zip(framework.bands, keys, strict=True)
        ),
        show_caption=True,
        stack=True,
    )


def _heading(dimension: Dimension, language: str) -> str:
    return text(dimension.titles, language)


def _rule(scale: Scale, language: str) -> str:
    if scale.combination == "single":
        return _("One score on the whole scale.")
    if scale.combination == "capped":
        by = text(scale.dimension(scale.by).titles, language)
        return _(
            "The score is the mean of the columns, but never above “%(by)s”. While one is blank, there is none."
        ) % {"by": by}
    return _("The score is the mean of the columns. While one is blank, there is none.")
