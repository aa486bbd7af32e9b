"""How scores were reckoned, in words: the same on the page of method and in the annex."""

from __future__ import annotations

from django.utils.translation import gettext as _

from qms.assessments.components.telling import (
    no_benchmark,
)
from qms.assessments.documents.material import Material
from qms.frameworks.domain.panel import CAPPED, MEAN, Scale


def computing_words(material: Material) -> tuple[str, ...]:
    """How scores come about, in three paragraphs."""
    return (_formulas(material), _blanks(material), _others(material))


def _formulas(material: Material) -> str:
    teller, framework = material.teller, material.framework
    panel = framework.panel(material.panel)
    said = [
        scale_words(material, panel.by_group[group.code], teller.said(group.titles))
        for group in framework.groups
        if group.code in panel.by_group
    ]
    weighted = any(node.weight is not None for root in framework.criteria for node in root.walk())
    said.append(
        _("A criterion is the weighted mean of its subcriteria.")
        if weighted
        else _("A criterion is the mean of its subcriteria, without weights.")
    )
    if framework.rollup.total == "sum":
        said.append(
            _("The total is the sum of the criteria, at most %(maximum)s.")
            % {"maximum": teller.total(material.results.total_of)}
        )
    else:
        said.append(_("The total is the mean of the criteria."))
    return " ".join(said)


def scale_words(material: Material, scale: Scale, group: str) -> str:
    """How one group of nodes is scored."""
    names = ", ".join(material.teller.said(dimension.titles) for dimension in scale.dimensions)
    if scale.combination == MEAN and len(scale.dimensions) > 1:
        return _("%(group)s: the score is the mean of %(count)s marks (%(names)s).") % {
            "group": group,
            "count": len(scale.dimensions),
            "names": names,
        }
    if scale.combination == CAPPED:
        cap = material.teller.said(scale.dimension(scale.by).titles)
        return _("%(group)s: the score is the mean of %(names)s, never above “%(cap)s”.") % {
            "group": group,
            "names": names,
            "cap": cap,
        }
    return _("%(group)s: the score is one mark on the scale.") % {"group": group}


def _blanks(material: Material) -> str:
    given, possible = material.answers
    said = _(
        "“I don't know enough” is a blank and never counts as zero: of %(of)s possible individual scores"
        " %(given)s were given. The agreed score is what the group decided on the evidence, not a mean of its"
        " members; the range and the median of their scores stand in annex A."
    ) % {"given": given, "of": possible}
    coverage = material.results.coverage
    if coverage.is_full:
        return said
    return (
        said
        + " "
        + _("The group left %(blank)s of %(of)s subcriteria without a score; they count in no mean.")
        % {"blank": coverage.of - coverage.scored, "of": coverage.of}
    )


def _others(material: Material) -> str:
    if material.has_benchmark:
        first = _("The median of other offices is anonymous and shown only when at least five offices share figures.")
    else:
        first = no_benchmark()
    return first + " " + _("Self-assessment serves improvement; it is no ranking.")


# --- Chapter 2 -------------------------------------------------------------------------------------------------------
