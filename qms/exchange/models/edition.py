"""An edition of experience sharing, its themes, and its parts: one for each theme and each office."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from qms.core.models import Stamped
from qms.frameworks.domain.framework import text
from qms.offices.domain import roles
from qms.offices.models import roles_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from qms.accounts.models import User


class ExchangeEditionQuerySet(models.QuerySet["Edition"]):  # frameworks have an EditionQuerySet too
    """Editions."""

    def visible_to(self, user: User | AnonymousUser) -> ExchangeEditionQuerySet:
        """Those under way for everybody who holds a role; drafts for who runs them."""
        held = roles_of(user)
        if held.has(roles.NATIONAL_COORDINATOR):
            return self.all()
        return self.exclude(state=Edition.State.DRAFT) if held.held else self.none()

    def open(self) -> ExchangeEditionQuerySet:
        """Those whose pages are built and kept up to date."""
        return self.filter(state=Edition.State.OPEN)


class Edition(Stamped):
    """A season of experience sharing, for example a quarter."""

    class State(models.TextChoices):
        DRAFT = "draft", _("In preparation")
        OPEN = "open", _("Under way")
        CLOSED = "closed", _("Closed")

    class Publishing(models.TextChoices):
        AUTOMATIC = "automatic", _("Pages appear as soon as they are built")
        WORKFLOW = "workflow", _("Pages wait until a coordinator has looked at them")

    titles = models.JSONField(_("title"), default=dict)
    leads = models.JSONField(_("introduction"), default=dict, blank=True)
    slug = models.SlugField(_("Address on this site"), max_length=80, unique=True)
    framework = models.ForeignKey(
        "frameworks.Edition", models.PROTECT, related_name="+", verbose_name=_("framework of the weak points")
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    languages = models.JSONField(_("languages"), default=list)
    publishing = models.CharField(_("publishing"), max_length=9, choices=Publishing, default=Publishing.AUTOMATIC)
    needs = models.PositiveSmallIntegerField(
        _("weak points on an office's page"), default=3, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    proposals = models.PositiveSmallIntegerField(
        _("practices for each weak point"), default=2, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    state = models.CharField(_("state"), max_length=6, choices=State, default=State.DRAFT, editable=False)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    # When the last build was ordered, and from what: counts of assessments, offices and practices.
    planned_at = models.DateTimeField(null=True, blank=True, editable=False)
    material = models.JSONField(default=dict, editable=False)

    objects = ExchangeEditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition of experience sharing")
        verbose_name_plural = _("editions of experience sharing")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="exchange_edition_ends_after_start", condition=Q(ends_on__gte=F("starts_on"))),
            models.CheckConstraint(name="exchange_edition_needs", condition=Q(needs__range=(1, 5))),
            models.CheckConstraint(name="exchange_edition_proposals", condition=Q(proposals__range=(1, 5))),
        ]

    def __str__(self) -> str:
        return f"{self.slug} ({self.pk})"

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return self.title_in(get_language() or "pl")

    @property
    def log_title(self) -> str:
        """How the history calls it: by its title."""
        return self.title

    def title_in(self, language: str) -> str:
        """The title in that language, or in the fallback."""
        return text(self.titles, language)

    def lead_in(self, language: str) -> str:
        """The introduction in that language, or in the fallback."""
        return text(self.leads, language)


class Theme(Stamped):
    """What an edition is about: subcriteria, or a free theme with the subcriteria and practices that belong to it."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="themes")
    position = models.PositiveSmallIntegerField(default=1)
    slug = models.SlugField(_("Address on this site"), max_length=80)
    # Empty for a theme of one subcriterion: then the framework's own title stands.
    titles = models.JSONField(_("title"), default=dict, blank=True)
    leads = models.JSONField(_("introduction"), default=dict, blank=True)
    # Codes of nodes of the edition's framework, at most six.
    nodes = models.JSONField(_("subcriteria"), default=list, blank=True)
    # Practices that belong here though they are filed elsewhere.
    practices = models.ManyToManyField(
        "goodpractices.PracticePage", related_name="+", blank=True, verbose_name=_("chosen practices")
    )

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["edition", "slug"], name="exchange_theme_slug_once"),
        ]

    def __str__(self) -> str:
        return f"theme {self.slug} of edition {self.edition_id}"

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return self.title_in(get_language() or "pl")

    @property
    def log_title(self) -> str:
        """How the history calls it: by its title."""
        return self.title

    def title_in(self, language: str) -> str:
        """Its own title, else that of its first subcriterion, in that language or in the fallback."""
        if own := text(self.titles, language):
            return own
        tree = self.edition.framework.tree()
        return text(tree.node(self.nodes[0]).titles, language) if self.nodes and tree.has_node(self.nodes[0]) else ""

    def lead_in(self, language: str) -> str:
        """The introduction in that language, or in the fallback."""
        return text(self.leads, language)


class PartQuerySet(models.QuerySet["Part"]):
    """Parts."""

    def stale(self) -> PartQuerySet:
        """Those whose pages do not stand as they were planned."""
        return self.exclude(state=Part.State.BUILT)


class Part(Stamped):
    """What one job builds: the pages of one theme or of one office, in every language of the edition."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        BUILT = "built", _("built")
        FAILED = "failed", _("failed")

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="parts")
    theme = models.ForeignKey(Theme, models.CASCADE, null=True, blank=True, related_name="parts")
    office = models.ForeignKey("offices.Office", models.PROTECT, null=True, blank=True, related_name="+")
    # The generated blocks in their order: [{"kind": "need", "key": "need-8.1", "content": {…}}].
    wanted = models.JSONField(default=list)
    wanted_digest = models.CharField(max_length=64, blank=True)
    built_digest = models.CharField(max_length=64, blank=True)
    state = models.CharField(_("state"), max_length=7, choices=State, default=State.WAITING)
    reason = models.TextField(blank=True)
    reason_values = models.JSONField(default=dict, blank=True)
    planned_at = models.DateTimeField()
    built_at = models.DateTimeField(null=True, blank=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("part of an edition")
        verbose_name_plural = _("parts of an edition")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["edition", "theme"], condition=Q(theme__isnull=False), name="exchange_part_theme_once"
            ),
            models.UniqueConstraint(
                fields=["edition", "office"], condition=Q(office__isnull=False), name="exchange_part_office_once"
            ),
            models.CheckConstraint(
                name="exchange_part_theme_or_office",
                condition=Q(theme__isnull=True, office__isnull=False) | Q(theme__isnull=False, office__isnull=True),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["edition", "state"], name="exchange_part_state")]

    def __str__(self) -> str:
        return f"part {self.pk} of edition {self.edition_id} ({self.state})"

    @property
    def name(self) -> str:
        """What it is about, for lists: the theme's title or the office's short name."""
        return self.theme.title if self.theme is not None else self.office.short_name if self.office else ""

    @property
    def why(self) -> str:
        """Why it failed, in the reader's language."""
        return gettext(self.reason) % self.reason_values if self.reason else ""
