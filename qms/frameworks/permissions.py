"""Who may do what with frameworks; coordinators hold the permission through a group."""

from __future__ import annotations

from django.contrib.auth.models import PermissionsMixin

from qms.core.permissions import Person
from qms.frameworks.models import MANAGE, Edition


def may_edit_frameworks(user: Person, subject: object = None) -> bool:
    """Whether the person may import frameworks, and see drafts."""
    return isinstance(user, PermissionsMixin) and user.has_perm(MANAGE)


def may_read_edition(user: Person, edition: Edition) -> bool:
    """Published editions are for everyone signed in, drafts for those who keep the frameworks."""
    return user.is_authenticated and (edition.is_published or may_edit_frameworks(user))


def may_publish_edition(user: Person, edition: Edition) -> bool:
    """Whether the person may publish this edition, as far as its state allows."""
    return may_edit_frameworks(user) and not edition.is_published


def may_edit_edition(user: Person, edition: Edition) -> bool:
    """Whether the person may change this edition's texts: only drafts are changed."""
    return may_edit_frameworks(user) and not edition.is_published
