"""The page around a framework edition: what editors say before an office starts."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index

from qms.ui.blocks import BODY_BLOCKS


class QuestionnairePage(Page):
    """A questionnaire that offices can start from: introduction, help and contacts around one edition."""

    edition = models.ForeignKey("frameworks.Edition", models.PROTECT, related_name="+", verbose_name=_("framework"))
    lead = models.TextField(_("lead"), max_length=400, blank=True)
    introduction = StreamField(BODY_BLOCKS, verbose_name=_("introduction"), blank=True)
    help = RichTextField(_("help"), blank=True, features=["bold", "italic", "link", "ul", "ol"])
    contact = RichTextField(_("contact"), blank=True, features=["bold", "link"])

    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("edition"),
        FieldPanel("lead"),
        FieldPanel("introduction"),
        FieldPanel("help"),
        FieldPanel("contact"),
    ]
    search_fields: ClassVar[list[Any]] = [
        *Page.search_fields,
        index.SearchField("lead"),
        index.SearchField("introduction"),
        index.SearchField("help"),
    ]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")
