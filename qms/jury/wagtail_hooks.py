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
    ("add_juror", _("Give seat in a jury"), _("Seat in the jury given.")),
    ("change_juror", _("Change seat in a jury"), _("Seat in the jury changed.")),
    ("leave", _("Give up seat in a jury"), _("Seat in the jury given up.")),
    ("add_phase", _("Add phase of a jury"), _("Phase of the jury added.")),
    ("change_phase", _("Change phase of a jury"), _("Phase of the jury changed.")),
    ("delete_phase", _("Delete phase of a jury"), _("Phase of the jury deleted.")),
    ("tell_phase", _("Tell jurors of a phase"), _("Jurors told of the phase.")),
    ("exclude", _("Exclude juror from an application"), _("Juror excluded from an application.")),
)
READING: tuple[tuple[str, object, object], ...] = (
    ("promise", _("Promise to be impartial"), _("Juror promised to be impartial.")),
    ("declare", _("Declare on offices"), _("Juror declared on offices.")),
    ("declare_conflict", _("Declare conflict of interest"), _("Juror declared a conflict of interest.")),
    ("copy", _("Make juror's copy"), _("Juror's copy of an application made.")),
    ("fetch_copy", _("Fetch juror's copy"), _("Juror's copy of an application fetched.")),
    ("fetch_annex", _("Fetch annex as a juror"), _("Annex fetched by a juror.")),
)
BOARD: tuple[tuple[str, object, object], ...] = (
    ("assign", _("Assign applications to jurors"), _("Applications assigned to jurors.")),
    ("add_ballot", _("Ask juror to score"), _("Juror asked to score.")),
    ("end_ballot", _("Take ballot away"), _("Ballot taken away.")),
    ("state_shortage", _("State lack of jurors"), _("Stated that too few jurors can judge an application.")),
    ("lift_shortage", _("Take back lack of jurors"), _("Taken back that too few jurors can judge an application.")),
    ("prompt", _("Remind juror"), _("Juror reminded of open ballots.")),
)
SCORING: tuple[tuple[str, object, object], ...] = (
    ("hand_in", _("Hand in ballot"), _("Ballot handed in.")),
    ("unlock", _("Give ballot back"), _("Ballot given back to the juror.")),
)
AGREEING: tuple[tuple[str, object, object], ...] = (
    ("agree", _("Agree on a section"), _("Agreement on a section written down.")),
    ("agree_close", _("Agree on what lies close"), _("Sections agreed on in which scores lie close.")),
)
VISITS: tuple[tuple[str, object, object], ...] = (
    ("plan_visit", _("Plan visit of the jury"), _("Visit of the jury planned.")),
    ("change_visit", _("Change visit of the jury"), _("Visit of the jury changed.")),
    ("cancel_visit", _("Call off visit of the jury"), _("Visit of the jury called off.")),
    ("report_visit", _("Report on visit of the jury"), _("Report on a visit of the jury written.")),
    ("hold_visit", _("Close report on visit"), _("Report on a visit of the jury closed.")),
)
DECIDING: tuple[tuple[str, object, object], ...] = (
    ("save_visits", _("Save list for visits"), _("List for visits saved.")),
    ("save_prizes", _("Save list of prizes"), _("List of prizes saved.")),
    ("close_visits", _("Close list for visits"), _("List for visits closed; its protocol is written.")),
    ("close_prizes", _("Close list of prizes"), _("List of prizes closed; its protocol is written.")),
    ("fetch_protocol", _("Fetch protocol"), _("Protocol of the jury fetched.")),
)
