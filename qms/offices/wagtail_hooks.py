"""The acts on offices and memberships that the history knows."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry


@hooks.register("register_log_actions")
def register_acts(actions: LogActionRegistry) -> None:
    """Name each act for the history pages."""
    actions.register_action("offices.add_office", _("Add office"), _("Office added."))
    actions.register_action("offices.change_office", _("Change office"), _("Office changed."))
    actions.register_action("offices.save_region", _("Save region"), _("Region saved."))
    actions.register_action("offices.add_member", _("Give role"), _("Role given."))
    actions.register_action("offices.end_membership", _("End role"), _("Role ended."))
    actions.register_action("offices.import", _("Import list"), _("List imported."))
