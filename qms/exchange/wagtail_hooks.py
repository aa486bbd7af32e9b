"""The acts of experience sharing that the history knows."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry


@hooks.register("register_log_actions")
def register_acts(actions: LogActionRegistry) -> None:
    """Name each act for the history pages."""
    for area in (EDITIONS, PAGES, CONSENT, VISITS, HELP, MEETINGS):
        for name, label, message in area:
            actions.register_action(f"exchange.{name}", label, message)


EDITIONS = (
    ("open_edition", _("Prepare edition"), _("Edition of experience sharing prepared.")),
    ("change_edition", _("Change edition"), _("Edition of experience sharing changed.")),
    ("begin_edition", _("Open edition"), _("Edition of experience sharing opened.")),
    ("close_edition", _("Close edition"), _("Edition of experience sharing closed.")),
    ("order_build", _("Build pages"), _("Building of the edition's pages ordered.")),
    ("approve_pages", _("Publish pages"), _("Built pages of the edition published.")),
    ("add_theme", _("Add theme"), _("Theme added to the edition.")),
    ("change_theme", _("Change theme"), _("Theme of the edition changed.")),
    ("delete_theme", _("Delete theme"), _("Theme of the edition deleted.")),
    ("add_seminar", _("Add seminar"), _("Seminar added to a theme.")),
    ("change_seminar", _("Change seminar"), _("Seminar of a theme changed.")),
    ("delete_seminar", _("Delete seminar"), _("Seminar of a theme deleted.")),
)
PAGES = (
    ("set_aside", _("Set aside"), _("Proposed practice set aside.")),
    ("propose_again", _("Propose again"), _("Practice set aside may be proposed again.")),
    ("add_words", _("Add words"), _("Editors' words added to a page.")),
    ("change_words", _("Change words"), _("Editors' words on a page changed.")),
    ("delete_words", _("Delete words"), _("Editors' words taken off a page.")),
)
CONSENT = (("withdraw", _("Withdraw"), _("Distributions and practices taken off after consent was withdrawn.")),)
VISITS = (
    ("offer_visit", _("Offer visit"), _("Study visit offered.")),
    ("change_offer", _("Change offer"), _("Offer of a study visit changed.")),
    ("close_offer", _("Close offer"), _("Offer of a study visit closed.")),
    ("ask_to_come", _("Ask to come"), _("Study visit asked for.")),
    ("confirm_visit", _("Confirm visit"), _("Study visit confirmed.")),
    ("move_visit", _("Move visit"), _("Day or place of a study visit changed.")),
    ("decline_visit", _("Decline visit"), _("Study visit declined.")),
    ("cancel_visit", _("Call off visit"), _("Study visit called off.")),
    ("report_visit", _("Report visit"), _("Study visit reported on.")),
    ("rate_visit", _("Rate visit"), _("Study visit rated.")),
)
HELP = (
    ("ask_for_help", _("Call for help"), _("Help asked for.")),
    ("change_call", _("Change call for help"), _("Call for help changed.")),
    ("answer_call", _("Answer call for help"), _("Call for help answered.")),
    ("close_call", _("Close call for help"), _("Call for help closed.")),
)
MEETINGS = (
    ("open_meeting", _("Prepare meeting"), _("Evaluation meeting prepared.")),
    ("change_meeting", _("Change meeting"), _("Evaluation meeting changed.")),
    ("close_meeting", _("Close gathering"), _("Gathering of experiences closed.")),
    ("reopen_meeting", _("Reopen gathering"), _("Gathering of experiences opened again.")),
    ("publish_meeting", _("Publish meeting"), _("Page of the evaluation meeting published.")),
    ("tell", _("Tell experience"), _("Experience told.")),
    ("take_name_off", _("Take name off"), _("Name of the office taken off an experience.")),
    ("take_back", _("Take experience back"), _("Experience taken back.")),
    ("leave_out", _("Leave experience out"), _("Experience left out of the page.")),
    ("show_again", _("Show experience again"), _("Experience shown again.")),
)
