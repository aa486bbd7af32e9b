"""The acts of the awards that the history knows."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry


@hooks.register("register_log_actions")
def register_acts(actions: LogActionRegistry) -> None:
    """Name each act for the history pages."""
    for area in (ROUNDS, JUDGING, WRITING, ANNEXES, SUBMITTING, FETCHING):
        for name, label, message in area:
            actions.register_action(f"awards.{name}", label, message)


ROUNDS: tuple[tuple[str, object, object], ...] = (
    ("add_programme", _("Found award"), _("Award founded.")),
    ("change_programme", _("Change award"), _("Award changed.")),
    ("prepare_round", _("Prepare round"), _("Round of an award prepared.")),
    ("change_round", _("Change round"), _("Round of an award changed.")),
    ("publish_round", _("Announce round"), _("Round of an award announced.")),
    ("unpublish_round", _("Take round back"), _("Round of an award taken back into preparation.")),
    ("finish_round", _("Finish round"), _("Round of an award finished.")),
    ("delete_round", _("Delete round"), _("Round in preparation deleted.")),
    ("delete_programme", _("Delete award"), _("Award without a round deleted.")),
    ("copy_round", _("Copy round"), _("Round of an award copied.")),
    ("add_category", _("Add category"), _("Category added to the round.")),
    ("change_category", _("Change category"), _("Category of the round changed.")),
    ("delete_category", _("Delete category"), _("Category of the round deleted.")),
    ("add_rule", _("Add condition"), _("Condition added to a category.")),
    ("change_rule", _("Change condition"), _("Condition of a category changed.")),
    ("delete_rule", _("Delete condition"), _("Condition of a category deleted.")),
    ("found_example", _("Found award from an example"), _("Award founded from an example.")),
    ("change_form", _("Change form of a category"), _("Form of a category changed.")),
)
JUDGING: tuple[tuple[str, object, object], ...] = (
    ("set_judging", _("Say how a category is judged"), _("Said how the category is judged.")),
    ("add_prize", _("Add prize"), _("Prize added to the category.")),
    ("change_prize", _("Change prize"), _("Prize of the category changed.")),
    ("delete_prize", _("Delete prize"), _("Prize of the category deleted.")),
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
    ("extend_correction", _("Extend correction"), _("Deadline of the correction moved to later.")),
    ("remind", _("Remind of closing"), _("Office reminded of the closing.")),
)
FETCHING: tuple[tuple[str, object, object], ...] = (
    ("fetch_dossier", _("Fetch dossier"), _("Dossier of the application fetched.")),
    ("fetch_annex", _("Fetch annex"), _("Annex fetched.")),
    ("fetch_archive", _("Fetch archive of a round"), _("Archive of the round fetched.")),
)
