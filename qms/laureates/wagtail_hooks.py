"""The acts about results that the history knows."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry


@hooks.register("register_log_actions")
def register_acts(actions: LogActionRegistry) -> None:
    """Name each act for the history pages."""
    for area in (FEEDBACK, TELLING, STATISTICS, DIPLOMAS, PRESS):
        for name, label, message in area:
            actions.register_action(f"laureates.{name}", label, message)


FEEDBACK: tuple[tuple[str, object, object], ...] = (
    ("lay_down", _("Lay down feedback"), _("Feedback laid down from what the jury agreed.")),
    ("edit_feedback", _("Edit feedback"), _("Feedback edited.")),
    ("approve_feedback", _("Approve feedback"), _("Feedback approved.")),
    ("reopen_feedback", _("Take feedback back"), _("Feedback taken back into draft.")),
    ("fetch_feedback", _("Fetch feedback"), _("Feedback report fetched.")),
)
TELLING: tuple[tuple[str, object, object], ...] = (
    ("tell_laureates", _("Tell laureates"), _("Laureates told under embargo.")),
    ("tell", _("Tell results"), _("Results told.")),
    ("tell_report", _("Tell of feedback report"), _("Office told that its feedback report is there.")),
)
STATISTICS: tuple[tuple[str, object, object], ...] = (
    ("fetch_export", _("Fetch anonymous scores"), _("Anonymous table of scores fetched.")),
)
DIPLOMAS: tuple[tuple[str, object, object], ...] = (
    ("plan_diplomas", _("Write text of diplomas"), _("Text of the diplomas written.")),
    ("issue_diploma", _("Issue diploma"), _("Diploma issued.")),
    ("reissue_diploma", _("Issue diploma anew"), _("Diploma issued anew.")),
    ("revoke_diploma", _("Withdraw diploma"), _("Diploma withdrawn.")),
    ("fetch_diploma", _("Fetch diploma"), _("Diploma fetched.")),
    ("fetch_diplomas", _("Fetch diplomas of a round"), _("Diplomas of the round fetched.")),
)
PRESS: tuple[tuple[str, object, object], ...] = (
    ("begin_press", _("Prepare press summary"), _("Press summary prepared.")),
    ("edit_press", _("Edit press summary"), _("Press summary edited.")),
    ("ask_press", _("Ask laureate about press summary"), _("Laureate asked about the press summary.")),
    ("approve_press", _("Approve press summary"), _("Press summary approved.")),
    ("return_press", _("Return press summary"), _("Press summary returned with a remark.")),
    ("show_laureates", _("Show page of laureates"), _("Page of laureates shown.")),
    ("draft_practice", _("Draft practice from application"), _("Good practice drafted from an awarded application.")),
)
