"""The acts on good practices that the history knows."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from qms.goodpractices.models import PracticePage
from qms.goodpractices.permissions import may_open_file
from qms.goodpractices.services.files import COLLECTION
from qms.goodpractices.services.moderating import WITHHELD


@hooks.register("register_log_actions")
def register_acts(actions: LogActionRegistry) -> None:
    """Name each act for the history pages."""
    # Writing.
    actions.register_action("goodpractices.draft", _("Draft practice"), _("Practice drafted."))
    actions.register_action("goodpractices.save", _("Save practice"), _("New version of the practice saved."))
    actions.register_action("goodpractices.submit", _("Hand in practice"), _("Practice handed to the reviewer."))
    actions.register_action("goodpractices.withdraw", _("Take practice back"), _("Practice taken back from review."))
    actions.register_action("goodpractices.translate", _("Translate practice"), _("Practice copied for translation."))
    # Moderating.
    actions.register_action("goodpractices.publish", _("Publish practice"), _("Practice published after review."))
    actions.register_action("goodpractices.return", _("Return practice"), _("Practice returned with remarks."))
    actions.register_action("goodpractices.confirm", _("Confirm practice"), _("Practice confirmed as still true."))
    actions.register_action("goodpractices.archive", _("Archive practice"), _("Practice put into the archive."))
    actions.register_action(
        "goodpractices.restore", _("Restore practice"), _("Practice brought back from the archive.")
    )
    actions.register_action("goodpractices.withhold", _("Withhold practice"), _("Practice withheld from readers."))
    actions.register_action("goodpractices.release", _("Release practice"), _("Practice open to readers again."))
    # Using.
    actions.register_action("goodpractices.ask", _("Ask"), _("Question asked about the practice."))
    actions.register_action("goodpractices.answer", _("Answer"), _("Question about the practice answered."))
    actions.register_action("goodpractices.hide", _("Hide question"), _("Question about the practice hidden."))
    actions.register_action("goodpractices.thank", _("Thank"), _("Thanks said for the practice."))
    actions.register_action("goodpractices.write", _("Write to the office"), _("Message carried to the office."))
    # Finding.
    actions.register_action("goodpractices.save_search", _("Keep search"), _("Search in the library kept."))
    actions.register_action("goodpractices.rename_search", _("Rename search"), _("Kept search renamed."))
    actions.register_action("goodpractices.delete_search", _("Delete search"), _("Kept search deleted."))


@hooks.register("before_edit_page")
def say_what_is_withheld(request: HttpRequest, page: Any) -> None:
    """An editor in the CMS reads why a practice cannot be published there."""
    if isinstance(page, PracticePage) and page.withheld_at is not None:
        messages.warning(request, gettext(WITHHELD))


@hooks.register("before_serve_document")
def guard_document(document: Any, request: HttpRequest) -> None:
    """A file of a practice is everybody's once the practice is published; before that the office's and reviewers'."""
    if document.collection.name == COLLECTION and not may_open_file(request.user, document):
        raise Http404
