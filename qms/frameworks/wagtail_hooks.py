"""The acts on frameworks that the history knows, and the way to them from the CMS."""

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry

from qms.frameworks.permissions import may_edit_frameworks


class FrameworksMenuItem(MenuItem):
    """Shown to those who keep the frameworks."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_edit_frameworks(request.user)


@hooks.register("register_log_actions")
def register_acts(actions: LogActionRegistry) -> None:
    """Name each act for the history pages."""
    actions.register_action("frameworks.import", _("Import framework"), _("Imported a framework file."))
    actions.register_action("frameworks.edit", _("Edit framework"), _("Changed a draft of a framework."))
    actions.register_action("frameworks.renew", _("New edition"), _("Made a new edition from another one."))
    actions.register_action("frameworks.publish", _("Publish framework"), _("Published a framework's edition."))


@hooks.register("register_admin_menu_item")
def register_menu_item() -> MenuItem:
    """The list of editions, one click from the CMS."""
    return FrameworksMenuItem(
        _("Frameworks"), reverse_lazy("frameworks:edition-list"), name="frameworks", icon_name="list-ul", order=900
    )
