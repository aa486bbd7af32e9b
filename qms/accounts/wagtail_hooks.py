"""The acts on people that the history knows."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry


@hooks.register("register_log_actions")
def register_acts(actions: LogActionRegistry) -> None:
    """Name each act for the history pages."""
    actions.register_action("accounts.invite", _("Invite"), _("Invited by e-mail."))
    actions.register_action("accounts.withdraw_invitation", _("Withdraw"), _("Invitation withdrawn."))
    actions.register_action("accounts.accept_invitation", _("Accept"), _("Invitation accepted."))
    actions.register_action("accounts.change_profile", _("Change profile"), _("Profile changed."))
