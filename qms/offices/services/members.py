"""What is done with memberships: given, changed, ended, and kept in step with the editors' groups."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils import timezone
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from qms.accounts import services as accounts
from qms.accounts.models import Invitation, User
from qms.core import audit
from qms.lifecycle import Refused, gettext_noop
from qms.offices.domain import roles
from qms.offices.models import Membership, Office, Region
from qms.offices.queries import forget_roles

GROUPS = {
    roles.NATIONAL_COORDINATOR: "National coordinators",
    roles.PLATFORM_ADMINISTRATOR: "Platform administrators",
}
_GROUP_PERMISSIONS = (
    "access_admin",
    "manage_editions",
    "submit_translation",
    *(f"{act}_{thing}" for thing in ("image", "document") for act in ("add", "change", "choose")),
)
_PAGE_PERMISSIONS = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page")


@dataclass(frozen=True)
class Welcome:
    """What an invitation to a role came to."""

    membership: Membership
    invitation: Invitation | None
    is_new: bool


@transaction.atomic
def add_member(
    user: User, role: str, *, by: User | None, office: Office | None = None, region: Region | None = None
) -> Membership:
    """The person holds the role from now on."""
    _check_place(role, office, region)
    held = Membership.objects.active().filter(user=user, role=role, office=office, region=region)
    if held.exists():
        raise Refused(gettext_noop("%(person)s holds this role already."), person=user.name)
    membership = Membership.objects.create(user=user, role=role, office=office, region=region)
    _note(membership, "offices.add_member", by=by)
    keep_groups(user)
    forget_roles(user)
    return membership


@transaction.atomic
def end_membership(membership: Membership, *, by: User | None, at: datetime) -> Membership:
    """The person holds the role no longer; what was done in it stays."""
    membership = Membership.objects.select_for_update(of=("self",)).select_related("user").get(pk=membership.pk)
    if not membership.is_active:
        raise Refused(gettext_noop("This role has been ended already."))
    if membership.role == roles.PLATFORM_ADMINISTRATOR and _others(membership) == 0:
        raise Refused(gettext_noop("The last platform administrator stays. Name another one first."))
    membership.is_active, membership.ended_at = False, at
    membership.save(update_fields=["is_active", "ended_at", "updated_at"])
    _note(membership, "offices.end_membership", by=by)
    keep_groups(membership.user)
    forget_roles(membership.user)
    return membership


@transaction.atomic
def change_role(membership: Membership, role: str, *, by: User | None, at: datetime) -> Membership:
    """The same person in another role at the same place; the earlier one is kept as ended."""
    if role == membership.role:
        return membership
    ended = end_membership(membership, by=by, at=at)
    return add_member(ended.user, role, by=by, office=ended.office, region=ended.region)


@transaction.atomic
def invite_member(
    email: str,
    *,
    role: str,
    by: User,
    office: Office | None = None,
    region: Region | None = None,
    first_name: str = "",
    last_name: str = "",
    language: str = "pl",
) -> Welcome:
    """The person holds the role; who has no account yet gets a letter with a link."""
    person, is_new = accounts.make_person(email, first_name=first_name, last_name=last_name, language=language)
    membership = add_member(person, role, by=by, office=office, region=region)
    invitation = None
    if not person.has_joined:
        invitation, path = accounts.invite(
            person.email,
            by=by,
            name=person.get_full_name(),
            language=person.language,
            purpose=str(office or region or ""),
        )
        accounts.post_invitation(invitation, path)
    return Welcome(membership, invitation, is_new)


@transaction.atomic
def remind_member(membership: Membership, *, by: User) -> Invitation:
    """A fresh invitation for a person who has not come yet."""
    person = membership.user
    if person.has_joined:
        raise Refused(gettext_noop("%(person)s has an account already."), person=person.name)
    for earlier in Invitation.objects.to(person.email).open(timezone.now()):
        accounts.withdraw_invitation(earlier, by=by, at=timezone.now())
    place = membership.office or membership.region
    invitation, path = accounts.invite(
        person.email,
        by=by,
        name=person.get_full_name(),
        language=person.language,
        purpose=str(place or ""),
    )
    accounts.post_invitation(invitation, path)
    return invitation


def keep_groups(user: User) -> None:
    """Put the person into the editors' groups that the roles call for, and out of the others."""
    held = set(Membership.objects.active().filter(user=user).values_list("role", flat=True))
    for role, name in GROUPS.items():
        if role in held:
            user.groups.add(_group(name))
        else:
            user.groups.remove(*user.groups.filter(name=name))


def _group(name: str) -> Group:
    group, _ = Group.objects.get_or_create(name=name)
    group.permissions.add(*Permission.objects.filter(codename__in=_GROUP_PERMISSIONS))
    if page := Page.get_first_root_node():
        for permission in Permission.objects.filter(
            content_type__app_label="wagtailcore", codename__in=_PAGE_PERMISSIONS
        ):
            GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)
    if collection := Collection.get_first_root_node():
        for permission in Permission.objects.filter(
            codename__in=[name for name in _GROUP_PERMISSIONS if name.endswith(("_image", "_document"))]
        ):
            GroupCollectionPermission.objects.get_or_create(group=group, collection=collection, permission=permission)
    return group


def _check_place(role: str, office: Office | None, region: Region | None) -> None:
    if role in roles.OFFICE_ROLES and (office is None or region is not None):
        raise Refused(gettext_noop("This role belongs to an office."))
    if role in roles.REGION_ROLES and (region is None or office is not None):
        raise Refused(gettext_noop("This role belongs to a region."))
    if role in roles.FREE_ROLES and (office or region):
        raise Refused(gettext_noop("This role belongs to no office and no region."))
    if role not in Membership.Role.values:
        raise Refused(gettext_noop("There is no role “%(role)s”."), role=role)


def _others(membership: Membership) -> int:
    held = Membership.objects.active().in_role(membership.role).filter(user__is_active=True)
    return held.exclude(pk=membership.pk).count()


def _note(membership: Membership, action: str, *, by: User | None) -> None:
    audit.record(
        membership,
        action,
        by=by,
        office_id=membership.office_id,
        person=membership.user.name,
        role=membership.role,
    )
