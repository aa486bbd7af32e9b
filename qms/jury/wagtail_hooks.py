"""The acts of juries that the history knows."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry


@hooks.register("register_log_actions")
def register_acts(actions: LogActionRegistry) -> None:
    """Name each act for the history pages."""
    for area in (POOL, READING, BOARD, SCORING, AGREEING, VISITS, DECIDING):
        for name, label, message in area:
            actions.register_action(f"jury.{name}", label, message)


POOL: tuple[tuple[str, object, object], ...] = (
    ("exclude", _("Exclude juror from an application"), _("Juror excluded from an application.")),
)
READING: tuple[tuple[str, object, object], ...] = ()
BOARD: tuple[tuple[str, object, object], ...] = ()
SCORING: tuple[tuple[str, object, object], ...] = (
    ("hand_in", _("Hand in ballot"), _("Ballot handed in.")),
    ("unlock", _("Give ballot back"), _("Ballot given back to the juror.")),
)
AGREEING: tuple[tuple[str, object, object], ...] = (
    ("agree", _("Agree on a section"), _("Agreement on a section written down.")),
    ("agree_close", _("Agree on what lies close"), _("Sections agreed on in which scores lie close.")),
)
VISITS: tuple[tuple[str, object, object], ...] = ()
DECIDING: tuple[tuple[str, object, object], ...] = ()
