"""The public page of a round's laureates."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from qms.ui.blocks import BODY_BLOCKS


class LaureatesPage(Page):
    """Who won what, and why; before the embargo ends it says only when it will be told.

    The laureates are read when the page is asked for and stand in none of its fields, so neither a revision nor the
    search nor a feed can tell them too early.
    """

    round = models.ForeignKey("awards.Round", models.PROTECT, related_name="+")
    body = StreamField(BODY_BLOCKS, verbose_name=_("Text"), blank=True)

    content_panels: ClassVar[list[Any]] = [*Page.content_panels, FieldPanel("body")]
    parent_page_types: ClassVar[list[str]] = ["awards.AwardRoundPage"]
    subpage_types: ClassVar[list[str]] = []
    max_count_per_parent = 1
    template = "laureates/laureates_page.html"

    class Meta:
        verbose_name = _("page of laureates")
        verbose_name_plural = _("pages of laureates")
