"""Letters about press summaries: to the laureate that is asked, and back to the organiser."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from qms.core.letters import Draft, register_kind

if TYPE_CHECKING:
    from qms.accounts.models import User
    from qms.laureates.models import PressSummary

ABOUT = {"name": _("the reader's name"), "round": _("name of the round"), "office": _("the office that applies")}

register_kind("laureates.press_asked", _("I am asked to approve a text for the press"), placeholders=ABOUT)
register_kind(
    "laureates.press_answered",
    _("A laureate has answered about a text for the press"),
    placeholders=ABOUT | {"remark": _("what should be changed")},
)


def asked(summary: PressSummary, *, to: User, at: datetime) -> Draft:
    """To a laureate's heads: read the text; the subject tells nothing, as others may see it."""
    is_secret = summary.application.category.round.embargo_until > at
    return _letter("press_asked", summary, to=to, route="press", is_secret=is_secret)


def answered(summary: PressSummary, *, to: User) -> Draft:
    """To who runs the round: approved, or returned with a remark."""
    approved = summary.state == summary.State.APPROVED
    return _letter("press_answered", summary, to=to, route="press-edit", remark=summary.remark, approved=approved)


def _letter(name: str, summary: PressSummary, *, to: User, route: str, **facts: object) -> Draft:
    application = summary.application
    with override(to.language):
        path = reverse(f"laureates:{route}", args=[summary.pk])
    context = {
        "name": to.name,
        "round": application.category.round.title_in(to.language),
        "office": application.office.name,
        "path": path,
        **facts,
    }
    # As of all results: it is the office's heads' alone, also for those who keep the platform and follow all letters.
    return Draft(
        kind=f"laureates.{name}",
        to=to.email,
        language=to.language,
        template=f"laureates/{name}",
        context=context,
        office_id=application.office_id,
        user=to,
    )
