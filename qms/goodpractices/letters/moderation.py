"""Letters about review: to the reviewers, back to the office, and once a year to its lead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from qms.core.letters import register_kind

from .base import BY, OWN_PRACTICE, PRACTICE, WHY, Draft, address, letter_to

if TYPE_CHECKING:
    from qms.accounts.models import User
    from qms.goodpractices.models import PracticePage

register_kind("goodpractices.submitted", _("A good practice awaits my review"), placeholders=PRACTICE | BY)
register_kind("goodpractices.returned", _("A good practice came back to us"), placeholders=OWN_PRACTICE | WHY)
register_kind("goodpractices.published", _("Our good practice is published"), placeholders=OWN_PRACTICE | WHY)
register_kind("goodpractices.still_true", _("Is our good practice still true?"), placeholders=PRACTICE)


def submitted(practice: PracticePage, *, title: str, by: User, to: User) -> Draft:
    """To a reviewer: a practice waits."""
    path = address("review", practice.pk, language=to.language)
    context = _about(practice, title) | {"by": by.name, "path": path}
    return letter_to(to, "submitted", office_id=practice.office_id, context=context)


def returned(practice: PracticePage, *, title: str, reason: str, to: User) -> Draft:
    """To the office: what the reviewer asks to mend."""
    path = address("edit", practice.pk, language=to.language)
    context = _about(practice, title) | {"reason": reason, "path": path}
    return letter_to(to, "returned", office_id=practice.office_id, context=context)


def published(practice: PracticePage, *, title: str, reason: str, to: User) -> Draft:
    """To the office: everybody reads it now, with what the reviewer said."""
    path = address("preview", practice.pk, language=to.language)
    context = _about(practice, title) | {"reason": reason, "path": path}
    return letter_to(to, "published", office_id=practice.office_id, context=context)


def still_true(practice: PracticePage, *, to: User) -> Draft:
    """To the lead: a year has passed."""
    path = address("mine", language=to.language, query=f"#practice-{practice.pk}")
    return letter_to(
        to, "still_true", office_id=practice.office_id, context=_about(practice, practice.title) | {"path": path}
    )


def _about(practice: PracticePage, title: str) -> dict[str, object]:
    return {"title": title, "office": practice.office.name}
