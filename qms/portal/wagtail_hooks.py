"""Registration in Wagtail's admin: coordinators find what they may do, and nothing else."""

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.menu import MenuItem

# Reports and settings of the machine are for administrators; Wagtail shows them to every editor.
FOR_ADMINISTRATORS = {"help", "reports"}


@hooks.register("construct_main_menu")
def hide_what_is_not_theirs(request: HttpRequest, items: list[MenuItem]) -> None:
    """Coordinators see pages, pictures, documents and translations."""
    if not request.user.is_superuser:
        items[:] = [item for item in items if item.name not in FOR_ADMINISTRATORS]
