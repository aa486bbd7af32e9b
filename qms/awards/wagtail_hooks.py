"""The acts of the awards that the history knows."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry


@hooks.register("register_log_actions")
def register_acts(actions: LogActionRegistry) -> None:
    """Name each act for the history pages."""
    for area in (ROUNDS, WRITING, ANNEXES, SUBMITTING):
        for name, label, message in area:
            actions.register_action(f"awards.{name}", label, message)


ROUNDS: tuple[tuple[str, object, object], ...] = (
    ("found_example", _("Found award from an example"), _("Award founded from an example.")),
    ("change_form", _("Change form of a category"), _("Form of a category changed.")),
)
WRITING: tuple[tuple[str, object, object], ...] = (
    ("begin", _("Begin application"), _("Application begun.")),
    ("set_editors", _("Choose who writes"), _("Chosen who writes the application.")),
    ("choose_report", _("Choose self-assessment"), _("Self-assessment chosen that fills the application.")),
    ("fill", _("Fill application from sources"), _("Application filled from its sources.")),
    ("add_sources", _("Add sources"), _("Sources added to the application.")),
    ("write", _("Write section"), _("Section of the application written.")),
    ("comment", _("Comment on section"), _("Comment put beside a section.")),
    ("mark_ready", _("Mark section as ready"), _("Section marked as ready.")),
    ("mark_unready", _("Mark section as not ready"), _("Section marked as not ready.")),
    ("restore_version", _("Bring back version of section"), _("Earlier version of a section brought back.")),
)
ANNEXES: tuple[tuple[str, object, object], ...] = (
    ("add_annex", _("Add annex"), _("Annex added.")),
    ("move_annex", _("Move annex"), _("Annex moved.")),
    ("remove_annex", _("Take out annex"), _("Annex taken out.")),
)
SUBMITTING: tuple[tuple[str, object, object], ...] = (
    ("pass_on", _("Pass on"), _("Application passed on to the director.")),
    ("submit", _("Submit application"), _("Application submitted.")),
    ("withdraw", _("Withdraw application"), _("Application withdrawn.")),
    ("take_up", _("Take up application"), _("Application taken up again.")),
    ("reopen", _("Open for correction"), _("Application opened for a formal correction.")),
    ("remind", _("Remind of closing"), _("Office reminded of the closing.")),
)
