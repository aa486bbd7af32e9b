"""The acts of experience sharing that the history knows."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry


@hooks.register("register_log_actions")
def register_acts(actions: LogActionRegistry) -> None:
    """Name each act for the history pages."""
    for area in (EDITIONS, CONSENT, VISITS, HELP, MEETINGS):
        for name, label, message in area:
            actions.register_action(f"exchange.{name}", label, message)


EDITIONS = (("open_edition", _("Prepare edition"), _("Edition of experience sharing prepared.")),)
CONSENT = (("consent", _("Consent"), _("Decided what of the self-assessment is shared.")),)
VISITS = (("offer_visit", _("Offer visit"), _("Study visit offered.")),)
HELP = (("ask_for_help", _("Call for help"), _("Help asked for.")),)
MEETINGS = (("open_meeting", _("Prepare meeting"), _("Evaluation meeting prepared.")),)
