"""On which scale a section is scored; everything in points from 0 to 100."""

from __future__ import annotations

from typing import Final

from qms.awards.models import Category, Judging, Section
from qms.frameworks.domain.framework import Framework
from qms.frameworks.domain.panel import SINGLE, Band, Dimension, Scale

WHOLE: Final = "score"
"""The one dimension of a section without a panel, and the key of one number agreed for a whole section."""
LOWEST, HIGHEST = 0, 100
POINTS: Final = Dimension(WHOLE, {}, LOWEST, HIGHEST)
"""Any whole number from 0 to 100; steps bind the dimensions of a panel, not what is agreed for the whole."""


def scale_of(section: Section, judging: Judging | None) -> Scale:
    """The panel of the section's criterion; without framework, criterion or panel one number from 0 to 100."""
    framework = framework_of(section)
    node = scored_node(section)
    panel = judging.panel if judging else ""
    if framework is None or not node or panel not in {one.code for one in framework.panels}:
        return plain(bands_of(section))
    scale = framework.scale(panel, node)
    # Thresholds, weights and ties are told in points: a panel of another span cannot carry them.
    return scale if scale.spans(LOWEST, HIGHEST) else plain(())


def judging_of(category: Category) -> Judging | None:
    """How the category is judged, if anybody said so."""
    return getattr(category, "judging", None)


def plain(bands: tuple[Band, ...]) -> Scale:
    """One whole number from 0 to 100."""
    return Scale((POINTS,), SINGLE, bands)


def framework_of(section: Section) -> Framework | None:
    """The framework of the section's category."""
    edition = section.category.framework
    return None if edition is None else edition.tree()


def bands_of(section: Section) -> tuple[Band, ...]:
    """The bands of the framework, where they go from 0 to 100."""
    framework = framework_of(section)
    if framework is None or (framework.lowest, framework.highest) != (LOWEST, HIGHEST):
        return ()
    return framework.bands


def scored_node(section: Section) -> str:
    """The first scored node under the section's criterion; nothing where there is none."""
    framework = framework_of(section)
    if framework is None or not framework.has_node(section.node):
        return ""
    return next((one.identifier for one in framework.node(section.node).walk() if one.is_scored), "")
