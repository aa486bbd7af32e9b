"""The library's own page: introduction, search, facets, list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from .rights import LibraryRights

if TYPE_CHECKING:
    from qms.accounts.models import User


class PracticeIndexPage(Page):
    """The library of one language; its practices are the pages under it."""

    lead = models.TextField(_("Lead"), max_length=400, blank=True)

    content_panels: ClassVar[list[Any]] = [*Page.content_panels, FieldPanel("lead")]
    parent_page_types: ClassVar[list[str]] = ["portal.HomePage"]
    subpage_types: ClassVar[list[str]] = ["goodpractices.PracticePage"]
    max_count_per_parent = 1
    template = "goodpractices/practice_index_page.html"

    def permissions_for_user(self, user: User) -> LibraryRights:
        """What the person may do with it in the CMS."""
        return LibraryRights(user, self)

    class Meta:
        verbose_name = _("library of good practices")
        verbose_name_plural = _("libraries of good practices")
