"""The pages that workers build and editors enrich."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.views import redirect_to_login
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager, PageQuerySet

from qms.exchange.blocks import BODY, GENERATED
from qms.offices.domain import roles
from qms.offices.models import Office, roles_of


class ExchangeIndexPage(Page):
    """Experience sharing in one language: its editions, visits, calls for help."""

    lead = models.TextField(_("Lead"), max_length=400, blank=True)
    body = StreamField([block for block in BODY if block[0] != GENERATED], verbose_name=_("Text"), blank=True)

    content_panels: ClassVar[list[Any]] = [*Page.content_panels, FieldPanel("lead"), FieldPanel("body")]
    parent_page_types: ClassVar[list[str]] = ["portal.HomePage"]
    subpage_types: ClassVar[list[str]] = ["exchange.EditionPage"]
    max_count_per_parent = 1
    template = "exchange/index_page.html"

    class Meta:
        verbose_name = _("experience sharing")
        verbose_name_plural = _("experience sharing")


class GuardedPage(Page):
    """A page for those who hold a role: strangers are asked to sign in, all others find nothing."""

    class Meta:
        abstract = True

    def may_open(self, user: Any) -> bool:
        """Whether this person may read the page."""
        return bool(roles_of(user).held)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page, for who may open it."""
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not self.may_open(request.user):
            raise Http404
        return super().serve(request, *args, **kwargs)  # type: ignore[no-any-return]

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[Any]:
        """None: machines that search are strangers."""
        return []

    @classmethod
    def get_indexed_objects(cls) -> Any:
        """None: what is not everybody's does not stand in the index of the public search."""
        return super().get_indexed_objects().none()

    def get_indexed_instance(self) -> None:
        """Nothing, for the same reason."""
        return


class EditionPage(GuardedPage):
    """The front of an edition: its themes, and the way to one's own office's page."""

    edition = models.ForeignKey("exchange.Edition", models.PROTECT, related_name="+")
    body = StreamField(BODY, verbose_name=_("Text"), blank=True)

    content_panels: ClassVar[list[Any]] = [*Page.content_panels, FieldPanel("body")]
    parent_page_types: ClassVar[list[str]] = ["exchange.ExchangeIndexPage"]
    subpage_types: ClassVar[list[str]] = ["exchange.ThemePage", "exchange.OfficePage", "exchange.MeetingPage"]
    template = "exchange/edition_page.html"

    class Meta:
        verbose_name = _("edition page")
        verbose_name_plural = _("edition pages")


class ThemePage(GuardedPage):
    """One theme: what strong offices did, what it changed, who hosts visits, who asks for help."""

    theme = models.ForeignKey("exchange.Theme", models.PROTECT, related_name="+")
    body = StreamField(BODY, verbose_name=_("Text"), blank=True)

    content_panels: ClassVar[list[Any]] = [*Page.content_panels, FieldPanel("body")]
    parent_page_types: ClassVar[list[str]] = ["exchange.EditionPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "exchange/theme_page.html"

    class Meta:
        verbose_name = _("theme page")
        verbose_name_plural = _("theme pages")


class OfficePageQuerySet(PageQuerySet):
    """Pages for one office."""

    def visible_to(self, user: Any) -> OfficePageQuerySet:
        """The own office's for its people; those of a region or the country for who coordinates it."""
        held = roles_of(user)
        if held.has(roles.NATIONAL_COORDINATOR):
            return self.all()  # type: ignore[no-any-return]
        own = models.Q(office__in=held.offices()) | models.Q(office__region__in=held.regions)
        return self.filter(own)  # type: ignore[no-any-return]


OfficePageManager = PageManager.from_queryset(OfficePageQuerySet)


class OfficePage(GuardedPage):
    """“For you”: the weak points of one office with the practices and offices that fit best."""

    edition = models.ForeignKey("exchange.Edition", models.PROTECT, related_name="+")
    office = models.ForeignKey("offices.Office", models.PROTECT, related_name="+")
    body = StreamField(BODY, verbose_name=_("Text"), blank=True)

    objects = OfficePageManager()

    content_panels: ClassVar[list[Any]] = [*Page.content_panels, FieldPanel("body")]
    parent_page_types: ClassVar[list[str]] = ["exchange.EditionPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "exchange/office_page.html"

    class Meta:
        verbose_name = _("page for an office")
        verbose_name_plural = _("pages for offices")

    def may_open(self, user: Any) -> bool:
        """Whether the person works in the office or coordinates its region or the country."""
        held, office = roles_of(user), Office.objects.only("region_id").get(pk=self.office_id)
        coordinates = held.has(roles.NATIONAL_COORDINATOR) or office.region_id in held.regions
        return coordinates or held.has_at(self.office_id)


class MeetingPage(Page):
    """What the participants of an evaluation meeting told, for everybody to read."""

    meeting = models.ForeignKey("exchange.Meeting", models.PROTECT, related_name="+")
    body = StreamField(BODY, verbose_name=_("Text"), blank=True)

    content_panels: ClassVar[list[Any]] = [*Page.content_panels, FieldPanel("body")]
    parent_page_types: ClassVar[list[str]] = ["exchange.EditionPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "exchange/meeting_page.html"

    class Meta:
        verbose_name = _("page of an evaluation meeting")
        verbose_name_plural = _("pages of evaluation meetings")
