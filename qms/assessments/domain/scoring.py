"""One node's score from its marks: the framework's panel decides, and blank is never zero."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from qms.frameworks.domain.framework import Framework
from qms.frameworks.domain.rollup import Outcome, roll_up
from qms.lifecycle import Refused, gettext_noop

WHOLE: Final = "score"
"""The key under which a group agrees one number for the node instead of a mark per dimension."""


def require_scored(framework: Framework, identifier: str) -> None:
    """Nothing, or a refusal when the framework does not score that node itself."""
    if not framework.node(identifier).is_scored:
        raise Refused(gettext_noop("%(node)s is not scored itself; score the parts below it."), node=identifier)


def check_marks(framework: Framework, panel: str, identifier: str, marks: Mapping[str, object]) -> dict[str, int]:
    """The marks that were given, as whole numbers; blanks are left out, wrong ones refused."""
    require_scored(framework, identifier)
    return framework.scale(panel, identifier).check(marks)


def check_agreed(framework: Framework, panel: str, identifier: str, marks: Mapping[str, object]) -> dict[str, int]:
    """Agreed marks: one by dimension, or one whole number for the node under "score"."""
    if not _is_whole(framework, panel, identifier, marks):
        return check_marks(framework, panel, identifier, marks)
    require_scored(framework, identifier)
    mark = framework.scale(panel, identifier).dimensions[0].check(marks[WHOLE])
    return {} if mark is None else {WHOLE: mark}


def score_of(framework: Framework, panel: str, identifier: str, marks: Mapping[str, int] | None) -> Decimal | None:
    """The exact score of the node, or nothing while any mark is missing."""
    if marks and _is_whole(framework, panel, identifier, marks):
        return Decimal(marks[WHOLE])
    return framework.scale(panel, identifier).score(marks)


def outcome_of(framework: Framework, panel: str, marks: Mapping[str, Mapping[str, int] | None]) -> Outcome:
    """What marks by node amount to for the whole framework."""
    return roll_up(framework, {node: score_of(framework, panel, node, given) for node, given in marks.items()})


def _is_whole(framework: Framework, panel: str, identifier: str, marks: Mapping[str, object]) -> bool:
    dimensions = {dimension.code for dimension in framework.scale(panel, identifier).dimensions}
    return WHOLE in marks and WHOLE not in dimensions
