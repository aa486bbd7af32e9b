"""The pages that editors write."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from qms.portal.blocks import DoorBlock
from qms.ui.blocks import BODY_BLOCKS

NEWS_ON_HOME = 4
NEWS_ON_A_PAGE = 20


class HomePage(Page):
    """What a stranger sees first: what this is, where to go, what is new."""

    lead = models.TextField(_("Lead"), max_length=400, blank=True)
    doors = StreamField([("door", DoorBlock())], verbose_name=_("Doors"), blank=True, max_num=6)
    body = StreamField(BODY_BLOCKS, verbose_name=_("Text"), blank=True)

    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("lead"),
        FieldPanel("doors"),
        FieldPanel("body"),
    ]
    search_fields: ClassVar[list[Any]] = [*Page.search_fields, index.SearchField("lead"), index.SearchField("body")]
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    max_count_per_parent = 3  # one for each language

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        # Only what the list shows: this page is opened more often than any other.
        news = NewsPage.objects.live().descendant_of(self).only("title", "day", "url_path").order_by("-day", "-pk")
        index_page = NewsIndexPage.objects.live().child_of(self).only("title", "url_path")
        context["news"] = list(news[:NEWS_ON_HOME])
        context["news_index"] = index_page.first()
        return context


class StandardPage(Page):
    """A page of text: about, help, a statement."""

    lead = models.TextField(_("Lead"), max_length=400, blank=True)
    body = StreamField(BODY_BLOCKS, verbose_name=_("Text"), blank=True)

    content_panels: ClassVar[list[Any]] = [*Page.content_panels, FieldPanel("lead"), FieldPanel("body")]
    search_fields: ClassVar[list[Any]] = [*Page.search_fields, index.SearchField("lead"), index.SearchField("body")]
    parent_page_types: ClassVar[list[str]] = ["portal.HomePage", "portal.StandardPage"]

    class Meta:
        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")


class NewsIndexPage(Page):
    """All news, newest first."""

    lead = models.TextField(_("Lead"), max_length=400, blank=True)

    content_panels: ClassVar[list[Any]] = [*Page.content_panels, FieldPanel("lead")]
    parent_page_types: ClassVar[list[str]] = ["portal.HomePage"]
    subpage_types: ClassVar[list[str]] = ["portal.NewsPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("list of news")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        news = NewsPage.objects.live().child_of(self).order_by("-day", "-pk")
        context["page_of_news"] = Paginator(news, NEWS_ON_A_PAGE).get_page(request.GET.get("page"))
        return context


class NewsPage(Page):
    """One piece of news."""

    day = models.DateField(_("Date"), default=timezone.localdate)
    lead = models.TextField(_("Lead"), max_length=400, blank=True)
    body = StreamField(BODY_BLOCKS, verbose_name=_("Text"), blank=True)

    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("day"),
        FieldPanel("lead"),
        FieldPanel("body"),
    ]
    search_fields: ClassVar[list[Any]] = [*Page.search_fields, index.SearchField("lead"), index.SearchField("body")]
    parent_page_types: ClassVar[list[str]] = ["portal.NewsIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("news")
        verbose_name_plural = _("news")
