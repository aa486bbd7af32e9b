"""Study visits: what an office offers, who asks to come, what both say afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from qms.core.models import Stamped
from qms.offices.domain import roles
from qms.offices.models import roles_of

if TYPE_CHECKING:
    import datetime as dt

    from django.contrib.auth.models import AnonymousUser

    from qms.accounts.models import User


class VisitOfferQuerySet(models.QuerySet["VisitOffer"]):
    """Offers."""

    def visible_to(self, user: User | AnonymousUser) -> VisitOfferQuerySet:
        """Open ones for everybody who holds a role; closed ones for the host, those who asked, and coordinators."""
        held = roles_of(user)
        if not held.held:
            return self.none()
        if held.has(roles.NATIONAL_COORDINATOR):
            return self.all()
        own = held.offices()
        asked = VisitRequest.objects.filter(office__in=own).values("offer")
        return self.filter(
            Q(closed_at__isnull=True) | Q(office__in=own) | Q(office__region__in=held.regions) | Q(pk__in=asked)
        )

    def open(self, on: dt.date) -> VisitOfferQuerySet:
        """Those to which one may still ask to come."""
        return self.filter(closed_at__isnull=True).filter(Q(open_until__isnull=True) | Q(open_until__gte=on))


class VisitOffer(Stamped):
    """An office invites others to come and see."""

    office = models.ForeignKey("offices.Office", models.PROTECT, related_name="visit_offers", verbose_name=_("office"))
    title = models.CharField(_("what there is to see"), max_length=200)
    text = models.TextField(_("how a visit goes"), max_length=3000, blank=True)
    framework = models.CharField(_("framework"), max_length=60)
    nodes = models.JSONField(_("subcriteria"), default=list)
    practice = models.ForeignKey(
        "goodpractices.PracticePage",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("practice it shows"),
    )
    # Proposed days, ISO; none means “by arrangement”.
    days = models.JSONField(_("proposed days"), default=list, blank=True)
    people = models.PositiveSmallIntegerField(
        _("guests at a time"), default=6, validators=[MinValueValidator(1), MaxValueValidator(60)]
    )
    online = models.BooleanField(_("also by video"), default=False)
    allowed = models.PositiveSmallIntegerField(
        _("visits it takes on"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(50)],
        help_text=_("No more requests than this are let through, and no more offices are told to come."),
    )
    open_until = models.DateField(_("open until"), null=True, blank=True)
    contact = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("contact")
    )
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)

    objects = VisitOfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("offer of a study visit")
        verbose_name_plural = _("offers of study visits")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="exchange_offer_people", condition=Q(people__range=(1, 60))),
            models.CheckConstraint(name="exchange_offer_allowed", condition=Q(allowed__range=(1, 50))),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.pk})"

    @property
    def log_title(self) -> str:
        """How the history calls it: by its title."""
        return self.title


class VisitRequestQuerySet(models.QuerySet["VisitRequest"]):
    """Requests to come."""

    def visible_to(self, user: User | AnonymousUser) -> VisitRequestQuerySet:
        """Those of the host's and of the guest's people, and of who coordinates either."""
        held = roles_of(user)
        if held.has(roles.NATIONAL_COORDINATOR):
            return self.all()
        own, regions = held.offices(), held.regions
        return self.filter(
            Q(office__in=own)
            | Q(offer__office__in=own)
            | Q(office__region__in=regions)
            | Q(offer__office__region__in=regions)
        )

    def counted(self) -> VisitRequestQuerySet:
        """Those that take one of the host's visits."""
        return self.filter(status__in=("asked", "confirmed", "reported"))


class VisitRequest(Stamped):
    """An office asks to come; the host confirms a date; the guest reports; both rate."""

    class Status(models.TextChoices):
        ASKED = "asked", _("Asked")
        CONFIRMED = "confirmed", _("Confirmed")
        REPORTED = "reported", _("Reported")
        DECLINED = "declined", _("Declined")
        CANCELLED = "cancelled", _("Cancelled")

    offer = models.ForeignKey(VisitOffer, models.PROTECT, related_name="requests")
    office = models.ForeignKey("offices.Office", models.PROTECT, related_name="visit_requests", verbose_name=_("guest"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    wish = models.TextField(_("what you want to see"), max_length=2000)
    people = models.PositiveSmallIntegerField(
        _("people"), default=2, validators=[MinValueValidator(1), MaxValueValidator(60)]
    )
    wished_on = models.DateField(_("day you would like"), null=True, blank=True)
    online = models.BooleanField(_("by video"), default=False)
    status = models.CharField(_("state"), max_length=9, choices=Status, default=Status.ASKED, editable=False)
    held_on = models.DateField(_("day of the visit"), null=True, blank=True)
    held_at = models.TimeField(_("begins at"), null=True, blank=True)
    place = models.CharField(_("place or address of the video meeting"), max_length=300, blank=True)
    answer = models.TextField(_("words to the guests"), max_length=2000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    reason = models.TextField(_("reason"), max_length=1000, blank=True)
    learned = models.TextField(_("what you saw and learned"), max_length=4000, blank=True)
    intends = models.TextField(_("what you will do with it"), max_length=2000, blank=True)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    reported_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = VisitRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("study visit")
        verbose_name_plural = _("study visits")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["offer", "office"],
                condition=Q(status__in=("asked", "confirmed")),
                name="exchange_visit_once_at_a_time",
            ),
            models.CheckConstraint(
                name="exchange_visit_confirmed_has_day",
                condition=~Q(status__in=("confirmed", "reported")) | Q(held_on__isnull=False),
            ),
            models.CheckConstraint(
                name="exchange_visit_refused_has_reason",
                condition=~Q(status__in=("declined", "cancelled")) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"visit {self.pk} of office {self.office_id} ({self.status})"

    @property
    def log_title(self) -> str:
        """How the history calls it: by what is visited."""
        return self.offer.title


class VisitWord(Stamped):
    """What one side says after the visit."""

    class Side(models.TextChoices):
        GUEST = "guest", _("guest")
        HOST = "host", _("host")

    request = models.ForeignKey(VisitRequest, models.CASCADE, related_name="words")
    side = models.CharField(_("side"), max_length=5, choices=Side)
    rating = models.PositiveSmallIntegerField(
        _("how useful it was"), validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    words = models.TextField(_("in a few words"), max_length=1000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)

    class Meta:
        verbose_name = _("rating of a visit")
        verbose_name_plural = _("ratings of visits")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["request", "side"], name="exchange_word_once_a_side"),
            models.CheckConstraint(name="exchange_word_rating", condition=Q(rating__range=(1, 5))),
        ]

    def __str__(self) -> str:
        return f"{self.side} of visit {self.request_id}: {self.rating}"


# Kept beside the requests: how many of its visits an offer has given away.
TAKEN = models.Count("requests", filter=Q(requests__status__in=("asked", "confirmed", "reported")))
FREE = F("allowed") - TAKEN
