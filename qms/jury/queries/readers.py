"""Who is told what a jury does."""

from __future__ import annotations

from datetime import datetime

from qms.accounts.models import User
from qms.awards.models import Category, Round
from qms.jury.models import Juror
from qms.offices.domain import roles
from qms.offices.models import Membership

from .deciding import reads_all


def organisers_of(found: Round) -> list[User]:
    """Who runs the round: of a regional award its region's coordinators, else and where there is none the country's."""
    held = Membership.objects.active().filter(user__is_active=True)
    region = found.programme.region_id
    own = held.filter(role=roles.REGIONAL_COORDINATOR, region=region) if region else held.none()
    chosen = own if own.exists() else held.filter(role=roles.NATIONAL_COORDINATOR)
    return list(User.objects.filter(pk__in=chosen.values("user")).order_by("pk"))


def told_of_closing(category: Category, at: datetime) -> dict[User, bool]:
    """The seated jurors of the category who promised, and who runs the round; each with whether they read protocols."""
    judging = Membership.objects.active().filter(role=roles.JUROR).values("user")
    seats = Juror.objects.seated().filter(categories=category, accepted_at__isnull=False, user__in=judging)
    seats = seats.filter(user__is_active=True).select_related("user").order_by("number")
    told = {one.user: one.is_chair and reads_all(one.user, category, at) for one in seats}
    return told | dict.fromkeys(organisers_of(category.round), True)
