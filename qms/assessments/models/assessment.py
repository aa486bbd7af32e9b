"""One self-assessment of one office by one edition of a framework."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from qms.core.models import Stamped
from qms.offices.domain import roles
from qms.offices.models import roles_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from qms.accounts.models import User

WHOLE_OFFICE_ROLES = (roles.QUALITY_LEAD, roles.DIRECTOR)


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    """Assessments."""

    def visible_to(self, user: User | AnonymousUser) -> AssessmentQuerySet:
        """Those the person may open: own office's, own group's, and approved ones of own office, region or country."""
        held = roles_of(user)
        own = Q(office__in=held.offices(*WHOLE_OFFICE_ROLES)) | Q(
            pk__in=Member.objects.present().filter(user=user.pk).values("assessment")
        )
        reads = Q(office__in=held.offices(roles.EMPLOYEE)) | Q(office__region__in=held.regions)
        if held.has(roles.NATIONAL_COORDINATOR):
            reads = Q()
        return self.filter(own | (Q(stage="approved") & reads))

    def approved(self) -> AssessmentQuerySet:
        """Those whose report a director has approved."""
        return self.filter(stage=Assessment.Stage.APPROVED)

    def of_whole_offices(self) -> AssessmentQuerySet:
        """Those that looked at an office as a whole, not at one unit."""
        return self.filter(unit="")

    def latest_of_each_office(self) -> AssessmentQuerySet:
        """Of each office the one approved last."""
        later = self.filter(office=models.OuterRef("office")).filter(
            Q(approved_at__gt=models.OuterRef("approved_at"))
            | Q(approved_at=models.OuterRef("approved_at"), pk__gt=models.OuterRef("pk"))
        )
        return self.filter(~models.Exists(later))


class Assessment(Stamped):
    """A self-assessment from the first draft to the approved report."""

    class Stage(models.TextChoices):
        DRAFT = "draft", _("In preparation")
        INDIVIDUAL = "individual", _("Individual scoring")
        CONSENSUS = "consensus", _("Consensus")
        APPROVAL = "approval", _("Awaiting approval")
        APPROVED = "approved", _("Approved")

    class Consent(models.TextChoices):
        NOTHING = "nothing", _("Nothing is shared")
        ANONYMOUS = "anonymous", _("Anonymous figures for the benchmark")
        NAMED = "named", _("Figures with the name of the office")

    office = models.ForeignKey("offices.Office", models.PROTECT, related_name="assessments", verbose_name=_("office"))
    edition = models.ForeignKey(
        "frameworks.Edition", models.PROTECT, related_name="assessments", verbose_name=_("framework")
    )
    panel = models.CharField(_("way of scoring"), max_length=40)
    title = models.CharField(_("title"), max_length=200)
    year = models.PositiveSmallIntegerField(_("year"))
    unit = models.CharField(_("unit"), max_length=200, blank=True, help_text=_("Leave empty for the whole office."))
    stage = models.CharField(_("stage"), max_length=12, choices=Stage, default=Stage.DRAFT, editable=False)
    individual_due_at = models.DateTimeField(_("individual sheets due"), null=True, blank=True)
    consensus_on = models.DateField(_("consensus meeting"), null=True, blank=True)
    approve_by = models.DateField(_("approval due"), null=True, blank=True)
    names_shown = models.BooleanField(_("names shown in consensus"), default=False)
    benchmark_consent = models.CharField(_("benchmark"), max_length=10, choices=Consent, default=Consent.NOTHING)
    # Set when an office that shared something decided to share nothing any more.
    consent_withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    previous = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followers", verbose_name=_("previous cycle")
    )
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    started_at = models.DateTimeField(null=True, blank=True, editable=False)
    consensus_started_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_early_reason = models.TextField(blank=True, editable=False)
    sent_at = models.DateTimeField(null=True, blank=True, editable=False)
    returned_reason = models.TextField(blank=True, editable=False)
    approved_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("self-assessment")
        verbose_name_plural = _("self-assessments")
        constraints = [
            models.CheckConstraint(
                name="assessments_stage_known",
                condition=Q(stage__in=("draft", "individual", "consensus", "approval", "approved")),
            ),
            models.CheckConstraint(
                name="assessments_approved_has_moment",
                condition=Q(stage="approved", approved_at__isnull=False)
                | (~Q(stage="approved") & Q(approved_at__isnull=True)),
            ),
            models.CheckConstraint(name="assessments_year_sane", condition=Q(year__gte=1990, year__lte=2100)),
            models.CheckConstraint(
                name="assessments_not_own_previous", condition=Q(previous__isnull=True) | ~Q(previous=F("id"))
            ),
            models.CheckConstraint(
                name="assessments_consent_known", condition=Q(benchmark_consent__in=("nothing", "anonymous", "named"))
            ),
        ]
        indexes = [models.Index(fields=["edition", "stage", "office", "approved_at"], name="assessments_benchmark")]

    @property
    def log_title(self) -> str:
        """How the history calls it: by its title."""
        return self.title

    def __str__(self) -> str:
        return f"{self.title} ({self.year}, {self.pk})"

    @property
    def is_open(self) -> bool:
        """Whether anything in it may still change."""
        return self.stage != self.Stage.APPROVED

    @property
    def shows_scores(self) -> bool:
        """Whether individual scoring is over, so that scores may meet."""
        return self.stage in (self.Stage.CONSENSUS, self.Stage.APPROVAL, self.Stage.APPROVED)


class Group(Stamped):
    """A self-assessment group: a chair and its members."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="groups")
    name = models.CharField(_("name"), max_length=120)
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        verbose_name = _("self-assessment group")
        verbose_name_plural = _("self-assessment groups")
        constraints = [
            models.UniqueConstraint(fields=["assessment", "name"], name="assessments_group_name_once"),
            models.UniqueConstraint(fields=["assessment", "position"], name="assessments_group_position_once"),
        ]

    @property
    def log_title(self) -> str:
        """How the history calls it: by its name."""
        return self.name

    def __str__(self) -> str:
        return f"{self.name} ({self.pk})"


class MemberQuerySet(models.QuerySet["Member"]):
    """Members of groups."""

    def visible_to(self, user: User | AnonymousUser) -> MemberQuerySet:
        """Those of assessments that the person may open."""
        return self.filter(assessment__in=Assessment.objects.visible_to(user).values("pk"))

    def present(self) -> MemberQuerySet:
        """Those who have not left."""
        return self.filter(left_at__isnull=True)


class Member(Stamped):
    """A person in a group, known by e-mail until the invitation is accepted."""

    class Role(models.TextChoices):
        CHAIR = "chair", _("Chair")
        MEMBER = "member", _("Member")

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="members")
    group = models.ForeignKey(Group, models.CASCADE, related_name="members")
    role = models.CharField(_("role"), max_length=6, choices=Role, default=Role.MEMBER)
    # Drawn when consensus starts, so that the order of inviting tells nobody who is who.
    letter = models.CharField(_("letter"), max_length=3, blank=True, editable=False)
    email = models.EmailField(_("e-mail"))
    name = models.CharField(_("name"), max_length=200, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="assessment_members"
    )
    invitation = models.ForeignKey(
        "accounts.Invitation", models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    invited_at = models.DateTimeField(null=True, blank=True, editable=False)
    accepted_at = models.DateTimeField(null=True, blank=True, editable=False)
    left_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("member of the group")
        verbose_name_plural = _("members of the group")
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "email"], condition=Q(left_at__isnull=True), name="assessments_member_email_once"
            ),
            models.UniqueConstraint(
                fields=["assessment", "user"], condition=Q(left_at__isnull=True), name="assessments_member_user_once"
            ),
            models.UniqueConstraint(
                fields=["assessment", "letter"], condition=~Q(letter=""), name="assessments_member_letter_once"
            ),
            models.UniqueConstraint(
                fields=["group"], condition=Q(role="chair", left_at__isnull=True), name="assessments_member_one_chair"
            ),
            models.CheckConstraint(name="assessments_member_role_known", condition=Q(role__in=("chair", "member"))),
        ]

    @property
    def log_title(self) -> str:
        """How the history calls it: by its person."""
        return self.name or self.email

    def __str__(self) -> str:
        return f"{self.name or self.email} ({self.pk})"

    @property
    def is_chair(self) -> bool:
        """Whether this person leads the group."""
        return self.role == self.Role.CHAIR

    @property
    def shown_name(self) -> str:
        """The person's name as the account has it, else as the invitation has it."""
        return self.user.name if self.user is not None else self.name or self.email

    @property
    def has_accepted(self) -> bool:
        """Whether the person has an account and is in."""
        return self.user_id is not None
