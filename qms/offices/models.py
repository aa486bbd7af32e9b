"""Regions, offices, and who holds which role where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from anyascii import anyascii
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from qms.accounts.models import Language
from qms.core.models import Stamped
from qms.offices.domain import roles

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from qms.accounts.models import User


RESERVED_SLUGS = frozenset({"new", "import", "people", "choose", "regions", "office"})


def check_slug(slug: str) -> None:
    """Nothing, or an error where the address would hide one of our own pages."""
    if slug in RESERVED_SLUGS or slug.isdigit():
        raise ValidationError(_("This address is taken by the site itself. Choose another one."))


def folded(text: str) -> str:
    """The text without accents and capitals, so that “leczna” finds Łęczna on every database."""
    return anyascii(text).casefold()


class Region(Stamped):
    """A voivodeship, or what another country has in its place."""

    code = models.SlugField(_("Code"), max_length=20, unique=True)
    name_pl = models.CharField(_("Name in Polish"), max_length=120)
    name_en = models.CharField(_("Name in English"), max_length=120, blank=True)
    name_ru = models.CharField(_("Name in Russian"), max_length=120, blank=True)
    country = models.CharField(
        _("Country"),
        max_length=2,
        default="PL",
        validators=[RegexValidator(r"^[A-Z]{2}$", _("Write the country as two capital letters."))],
    )

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language, in Polish where there is none."""
        return getattr(self, f"name_{(get_language() or 'pl')[:2]}", "") or self.name_pl


class OfficeQuerySet(models.QuerySet["Office"]):
    """Offices by who may see their work."""

    def active(self) -> OfficeQuerySet:
        return self.filter(is_active=True)

    def matching(self, words: str) -> OfficeQuerySet:
        """Offices whose name or city has every one of these words."""
        found = self
        for word in folded(words).split():
            found = found.filter(search_text__contains=word)
        return found

    def visible_to(self, user: User | AnonymousUser) -> OfficeQuerySet:
        """Offices whose work this person may see: own ones, those of one's region, or all."""
        held = roles_of(user)
        if held.sees_everything:
            return self.all()
        return self.filter(Q(pk__in=held.offices()) | Q(region_id__in=held.regions))

    def listed_for(self, user: User | AnonymousUser) -> OfficeQuerySet:
        """Offices in the public list; closed ones only for those who keep it."""
        held = roles_of(user)
        if held.sees_everything:
            return self.all()
        return self.filter(Q(is_active=True) | Q(pk__in=held.offices()))


class Office(Stamped):
    """A public office that measures and improves its quality."""

    class Kind(models.TextChoices):
        COUNTY_LABOUR_OFFICE = "county_labour_office", _("county labour office")
        TOWN_HALL = "town_hall", _("town hall")
        STATISTICAL_OFFICE = "statistical_office", _("statistical office")
        EMPLOYMENT_CENTRE = "employment_centre", _("employment centre")
        OTHER = "other", _("other office")

    kind = models.CharField(_("Kind"), max_length=30, choices=Kind.choices)
    name = models.CharField(_("Name"), max_length=200)
    short_name = models.CharField(
        _("Short name"), max_length=80, help_text=_("As in tables and charts, for example “PUP Gołdap”.")
    )
    slug = models.SlugField(
        _("Address on this site"),
        max_length=80,
        unique=True,
        validators=[check_slug],
        help_text=_("Small letters, digits and hyphens; it stays the same for good."),
        error_messages={"unique": _("Another office already has this address.")},
    )
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="offices", verbose_name=_("Region"))
    city = models.CharField(_("City"), max_length=100)
    language = models.CharField(
        _("Language of its letters and reports"),
        max_length=5,
        choices=Language.choices,
        default=Language.POLISH,
    )
    staff_count = models.PositiveIntegerField(
        _("Number of staff"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    address = models.CharField(_("Street and number, postal code"), max_length=200, blank=True)
    website = models.URLField(_("Website"), blank=True)
    email = models.EmailField(_("E-mail"), blank=True)
    phone = models.CharField(_("Telephone"), max_length=40, blank=True)
    is_active = models.BooleanField(
        _("Works on this platform"), default=True, help_text=_("A closed office keeps its work and leaves the list.")
    )

    search_text = models.TextField(editable=False, default="")

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(staff_count=None) | Q(staff_count__gte=1), name="offices_office_has_staff"
            ),
        ]

    def __str__(self) -> str:
        return self.short_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search_text = folded(f"{self.name} {self.short_name} {self.city}")
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "search_text"}
        super().save(*args, **kwargs)


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships by time and place."""

    def active(self) -> MembershipQuerySet:
        return self.filter(is_active=True)

    def visible_to(self, user: User | AnonymousUser) -> MembershipQuerySet:
        """Memberships of offices whose work this person may see; those without an office for who sees all."""
        held = roles_of(user)
        if held.sees_everything:
            return self.all()
        return self.filter(Q(office__in=held.offices()) | Q(office__region__in=held.regions))

    def at(self, office: Office) -> MembershipQuerySet:
        return self.filter(office=office)

    def in_role(self, *names: str) -> MembershipQuerySet:
        return self.filter(role__in=names)


class Membership(Stamped):
    """One person's role: at an office, in a region, or on the whole platform."""

    class Role(models.TextChoices):
        PLATFORM_ADMINISTRATOR = roles.PLATFORM_ADMINISTRATOR, _("platform administrator")
        NATIONAL_COORDINATOR = roles.NATIONAL_COORDINATOR, _("national coordinator")
        REGIONAL_COORDINATOR = roles.REGIONAL_COORDINATOR, _("regional coordinator")
        DIRECTOR = roles.DIRECTOR, _("office director")
        QUALITY_LEAD = roles.QUALITY_LEAD, _("quality lead")
        EMPLOYEE = roles.EMPLOYEE, _("employee")
        JUROR = roles.JUROR, _("juror")
        MYSTERY_EVALUATOR = roles.MYSTERY_EVALUATOR, _("mystery evaluator")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(_("Role"), max_length=30, choices=Role.choices)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="memberships", null=True, blank=True)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="memberships", null=True, blank=True)
    is_active = models.BooleanField(_("Active"), default=True)
    ended_at = models.DateTimeField(_("Ended"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(role__in=sorted(roles.OFFICE_ROLES), office__isnull=False, region=None)
                | Q(role__in=sorted(roles.REGION_ROLES), office=None, region__isnull=False)
                | Q(role__in=sorted(roles.FREE_ROLES), office=None, region=None),
                name="offices_membership_place_fits_role",
            ),
            models.CheckConstraint(
                condition=Q(is_active=False) | Q(ended_at=None), name="offices_membership_active_has_no_end"
            ),
            models.UniqueConstraint(
                fields=["user", "role", "office"],
                condition=Q(is_active=True, office__isnull=False),
                name="offices_membership_once_an_office",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "region"],
                condition=Q(is_active=True, region__isnull=False),
                name="offices_membership_once_a_region",
            ),
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=Q(is_active=True, office=None, region=None),
                name="offices_membership_once_anywhere",
            ),
        ]

    @property
    def log_title(self) -> str:
        """How the history calls it: by its person."""
        return str(self.user)

    def __str__(self) -> str:
        place = self.office_id or self.region_id or "-"
        return f"{self.user_id} {self.role} {place}"


class PendingImport(Stamped):
    """An uploaded list of offices or people: read, shown, and imported only when confirmed."""

    class Kind(models.TextChoices):
        OFFICES = "offices", _("offices")
        PEOPLE = "people", _("people")

    kind = models.CharField(_("What the file lists"), max_length=10, choices=Kind.choices)
    file_name = models.CharField(_("File"), max_length=200)
    headers = models.JSONField(default=list)
    rows = models.JSONField(default=list)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    imported_at = models.DateTimeField(null=True, blank=True)
    imported = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")

    def __str__(self) -> str:
        return f"{self.kind}: {self.file_name}"


def roles_of(user: Any) -> roles.Roles:
    """What this person may act as; read once, then kept on the person."""
    if not user.is_authenticated or not user.is_active:
        return roles.Roles()
    known: roles.Roles | None = getattr(user, "_roles", None)
    if known is None:
        known = user._roles = _read_roles(user)  # noqa: SLF001  a cache on our own model
    return known


def _read_roles(user: User) -> roles.Roles:
    rows = Membership.objects.active().filter(user=user).order_by("office_id", "region_id", "pk")
    held = [roles.Held(*row) for row in rows.values_list("role", "office_id", "region_id")]
    if user.is_superuser:
        held.append(roles.Held(roles.PLATFORM_ADMINISTRATOR))
    return roles.Roles(tuple(held))
