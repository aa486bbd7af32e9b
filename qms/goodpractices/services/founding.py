"""Founding the library: its page in every language, and the step of review that practices pass."""

from __future__ import annotations

from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext, override
from wagtail.models import Locale, Page, Workflow, WorkflowPage, WorkflowTask

from qms.goodpractices.models import PracticeIndexPage, ReviewTask
from qms.lifecycle import Refused, gettext_noop

LIBRARY = str(uuid5(NAMESPACE_URL, "qms:practices"))
WORKFLOW = "Good practices"
SLUGS = {"pl": "dobre-praktyki", "ru": "praktiki"}


@transaction.atomic
def found_library() -> list[PracticeIndexPage]:
    """A library under every home page, each with the workflow of review; what is there already stays."""
    found = [library for language, _name in settings.LANGUAGES if (library := _library(language))]
    workflow = _workflow()
    for library in found:
        WorkflowPage.objects.get_or_create(page=library.page_ptr, defaults={"workflow": workflow})
    return found


def library_of(language: str) -> PracticeIndexPage:
    """The library of this language; a refusal where the site has none."""
    found = PracticeIndexPage.objects.filter(locale__language_code=language).order_by("path").first()
    if found is None:
        raise Refused(gettext_noop("There is no library of good practices in this language yet."))
    return found


def _library(language: str) -> PracticeIndexPage | None:
    # The home pages belong to the portal, which stands above us: they are known by their kind only.
    homes = Page.objects.filter(content_type__app_label="portal", content_type__model="homepage")
    home = homes.filter(locale__language_code=language).order_by("path").first()
    if home is None:
        return None
    already = PracticeIndexPage.objects.child_of(home).first()
    if already is not None:
        return already
    with override(language):
        library = PracticeIndexPage(
            title=gettext("Good practices"),
            lead=gettext("What offices did, what it cost, whether it helped, and what failed."),
            slug=SLUGS.get(language, "practices"),
            locale=Locale.objects.get(language_code=language),
            translation_key=LIBRARY,
            show_in_menus=True,
        )
    home.add_child(instance=library)
    return library


def _workflow() -> Workflow:
    workflow, _made = Workflow.objects.get_or_create(name=WORKFLOW, defaults={"active": True})
    task = ReviewTask.objects.filter(workflow_tasks__workflow=workflow).first()
    if task is None:
        task = ReviewTask.objects.create(name="Review of a good practice", active=True)
        WorkflowTask.objects.create(workflow=workflow, task=task.task_ptr, sort_order=0)
    return workflow
