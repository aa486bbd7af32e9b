"""The public pages of awards: what each award is, and its rounds; editors write around the facts."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from qms.ui.blocks import BODY_BLOCKS


class AwardIndexPage(Page):
    """The awards in one language."""

    intro = models.TextField(_("Lead"), max_length=400, blank=True)
    body = StreamField(BODY_BLOCKS, verbose_name=_("Text"), blank=True)

    content_panels: ClassVar[list[Any]] = [*Page.content_panels, FieldPanel("intro"), FieldPanel("body")]
    parent_page_types: ClassVar[list[str]] = ["portal.HomePage"]
    subpage_types: ClassVar[list[str]] = ["awards.AwardProgrammePage"]
    max_count_per_parent = 1
    template = "awards/index_page.html"

    class Meta:
        verbose_name = _("awards")
        verbose_name_plural = _("awards")


class AwardProgrammePage(Page):
    """One award: what it is, who gives it, and its rounds."""

    programme = models.ForeignKey("awards.Programme", models.PROTECT, related_name="+")
    body = StreamField(BODY_BLOCKS, verbose_name=_("Text"), blank=True)

    content_panels: ClassVar[list[Any]] = [*Page.content_panels, FieldPanel("body")]
    parent_page_types: ClassVar[list[str]] = ["awards.AwardIndexPage"]
    subpage_types: ClassVar[list[str]] = ["awards.AwardRoundPage"]
    template = "awards/programme_page.html"

    class Meta:
        verbose_name = _("page of an award")
        verbose_name_plural = _("pages of awards")


class AwardRoundPage(Page):
    """One round: its calendar, categories, conditions and questions."""

    round = models.ForeignKey("awards.Round", models.PROTECT, related_name="+")
    body = StreamField(BODY_BLOCKS, verbose_name=_("Text"), blank=True)

    content_panels: ClassVar[list[Any]] = [*Page.content_panels, FieldPanel("body")]
    parent_page_types: ClassVar[list[str]] = ["awards.AwardProgrammePage"]
    subpage_types: ClassVar[list[str]] = ["laureates.LaureatesPage"]
    template = "awards/round_page.html"

    class Meta:
        verbose_name = _("page of a round")
        verbose_name_plural = _("pages of rounds")
