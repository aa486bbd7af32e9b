"""One good practice: what an office did, what it cost, what it changed, what failed, where else it may work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Cast
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager, PageQuerySet, WorkflowState
from wagtail.search import index

from qms.goodpractices.blocks import BODY
from qms.offices.domain import roles
from qms.offices.models import roles_of

from .addresses import is_reserved
from .rights import PracticeRights

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.http import HttpRequest, HttpResponse

    from qms.accounts.models import User

SUMMARY = 600
LONG = 5000
BESIDE_THE_TEXT = (
    "confirmed_on",
    "asked_on",
    "archived_at",
    "archived_reason",
    "withheld_at",
    "withheld_reason",
)


class PracticeQuerySet(PageQuerySet):
    """Practices."""

    def visible_to(self, user: User | AnonymousUser) -> PracticeQuerySet:
        """Published ones for everybody; drafts for the office's own people; what waits also for its reviewers.

        What the office no longer shares is its own and its reviewers', published or not.
        """
        held = roles_of(user)
        waiting = Q(pk__in=PracticePage.objects.in_review().values("pk"))
        own = Q(office__in=held.offices())
        seen = waiting | Q(live=True)
        reviews = seen if held.has(roles.NATIONAL_COORDINATOR) else seen & Q(office__region__in=held.regions)
        return self.filter(Q(live=True, withheld_at__isnull=True) | own | reviews)

    def in_review(self) -> PracticeQuerySet:
        """Those that wait for a reviewer."""
        return self.filter(pk__in=_waiting())

    def published(self) -> PracticeQuerySet:
        """Those in the library: live, not archived and not withheld."""
        return self.filter(live=True, archived_at__isnull=True, withheld_at__isnull=True)


def _waiting() -> QuerySet[Any, Any]:
    """Keys of practices in a workflow that is under way."""
    kind = ContentType.objects.get_for_model(PracticePage)
    under_way = WorkflowState.objects.filter(content_type=kind, status=WorkflowState.STATUS_IN_PROGRESS)
    return under_way.annotate(waits=Cast("object_id", models.IntegerField())).values("waits")


PracticeManager = PageManager.from_queryset(PracticeQuerySet)


class PracticePage(Page):
    """A good practice of one office."""

    class Stage(models.TextChoices):
        IDEA = "idea", _("Idea")
        PILOT = "pilot", _("Pilot")
        IMPLEMENTED = "implemented", _("Implemented")
        SCALED = "scaled", _("Scaled up")

    class Effect(models.TextChoices):
        NONE = "none", _("not measured")
        TOLD = "told", _("figures of the office")
        PROVEN = "proven", _("proven by measurement")

    class Licence(models.TextChoices):
        CC_BY = "cc-by-4.0", _("CC BY 4.0: may be used with the office named")
        CC0 = "cc0-1.0", _("CC0: may be used freely")

    class Origin(models.TextChoices):
        OWN = "own", _("written by the office")
        STRENGTH = "strength", _("strength of a self-assessment")
        ACTION = "action", _("finished action")
        LAUREATE = "laureate", _("awarded application")

    office = models.ForeignKey("offices.Office", models.PROTECT, related_name="+", verbose_name=_("office"))
    summary = models.TextField(_("summary"), max_length=SUMMARY)
    stage = models.CharField(_("stage"), max_length=11, choices=Stage, default=Stage.IMPLEMENTED)
    started_on = models.DateField(_("works since"), null=True, blank=True)
    ended_on = models.DateField(_("ended"), null=True, blank=True)
    problem = models.TextField(_("what the trouble was"), max_length=LONG)
    body = StreamField(BODY, verbose_name=_("what we did"), blank=True)
    cost = models.DecimalField(
        _("money"), max_digits=12, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    currency = models.CharField(_("currency"), max_length=3, default="PLN")
    hours = models.PositiveIntegerField(_("hours of work"), null=True, blank=True)
    cost_note = models.CharField(_("what the money and the hours were for"), max_length=300, blank=True)
    partners = models.TextField(_("partners"), max_length=1500, blank=True)
    legal_basis = models.TextField(_("legal basis"), max_length=1500, blank=True)
    failures = models.TextField(_("what failed"), max_length=LONG, blank=True)
    conditions = models.TextField(_("when it will work elsewhere"), max_length=LONG, blank=True)
    transferability = models.PositiveSmallIntegerField(
        _("how easily others can take it over"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
    )
    effect = models.CharField(_("effect"), max_length=6, choices=Effect, default=Effect.NONE, editable=False)
    contact = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("contact")
    )
    contact_role = models.CharField(_("contact's role"), max_length=120, blank=True)
    licence = models.CharField(_("licence"), max_length=10, choices=Licence, default=Licence.CC_BY)
    origin = models.CharField(max_length=8, choices=Origin, default=Origin.OWN, editable=False)
    origin_key = models.CharField(max_length=80, blank=True, editable=False)
    origin_note = models.CharField(max_length=300, blank=True, editable=False)
    # Codes and titles of the evidence it came with: [{"code": "E4", "title": "…"}].
    evidence = models.JSONField(default=list, blank=True, editable=False)
    confirmed_on = models.DateField(null=True, blank=True, editable=False)
    asked_on = models.DateField(null=True, blank=True, editable=False)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)
    archived_reason = models.TextField(blank=True, editable=False)
    # Set while the office shares nothing of the self-assessment that the practice comes from.
    withheld_at = models.DateTimeField(null=True, blank=True, editable=False)
    withheld_reason = models.TextField(blank=True, editable=False)
    # Its words in all their forms, without diacritics: what the search looks through.
    forms = models.TextField(blank=True, editable=False)

    objects = PracticeManager()

    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("office"),
        FieldPanel("summary"),
        MultiFieldPanel(
            [FieldPanel("stage"), FieldPanel("started_on"), FieldPanel("ended_on")], heading=_("Stage and dates")
        ),
        InlinePanel("criteria", heading=_("Criteria")),
        InlinePanel("clients", heading=_("Client groups")),
        FieldPanel("problem"),
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldPanel("cost"), FieldPanel("currency"), FieldPanel("hours"), FieldPanel("cost_note")],
            heading=_("Cost"),
        ),
        InlinePanel("results", heading=_("Results")),
        FieldPanel("partners"),
        FieldPanel("legal_basis"),
        FieldPanel("failures"),
        FieldPanel("conditions"),
        FieldPanel("transferability"),
        FieldPanel("contact_role"),
        FieldPanel("licence"),
    ]
    search_fields: ClassVar[list[Any]] = [
        *Page.search_fields,
        index.SearchField("forms"),
        index.FilterField("office"),
        index.FilterField("archived_at"),
    ]
    parent_page_types: ClassVar[list[str]] = ["goodpractices.PracticeIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "goodpractices/practice_page.html"

    class Meta:
        verbose_name = _("good practice")
        verbose_name_plural = _("good practices")
        constraints = [
            models.CheckConstraint(
                name="goodpractices_ended_after_start",
                condition=Q(started_on__isnull=True) | Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
            ),
            models.UniqueConstraint(
                fields=["origin_key", "office"],
                condition=~Q(origin_key=""),
                name="goodpractices_origin_once",
            ),
        ]

    def clean(self) -> None:
        """Nothing, or a sentence at the address when the platform itself answers there."""
        super().clean()
        if is_reserved(self.slug or ""):
            said = _("The platform itself uses this address. Choose another one, for example with your office's name.")
            raise ValidationError({"slug": said})

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page; nothing for strangers while the office does not share it."""
        if (
            self.withheld_at is not None
            and not PracticePage.objects.visible_to(request.user).filter(pk=self.pk).exists()
        ):
            raise Http404
        return super().serve(request, *args, **kwargs)

    @classmethod
    def get_indexed_objects(cls) -> Any:
        """What searches look through, the platform's own included: nothing that is withheld."""
        return super().get_indexed_objects().filter(withheld_at__isnull=True)

    def with_content_json(self, content: Any) -> Any:
        """The page with a version's content; what is noted beside the text stays as it stands."""
        page = super().with_content_json(content)
        for name in BESIDE_THE_TEXT:
            setattr(page, name, getattr(self, name))
        return page

    def permissions_for_user(self, user: User) -> PracticeRights:
        """What the person may do with it in the CMS."""
        return PracticeRights(user, self)

    @property
    def log_title(self) -> str:
        """How the history calls it: by its title."""
        return self.title
