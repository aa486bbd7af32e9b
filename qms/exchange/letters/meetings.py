"""Letters about evaluation meetings: to who told an experience."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from qms.core.letters import register_kind

from .base import NAME, WHY, Draft, address, letter_to

if TYPE_CHECKING:
    from qms.accounts.models import User
    from qms.exchange.models import Experience, Meeting

MEETING = NAME | {"title": _("the evaluation meeting")}

register_kind("exchange.experience_left_out", _("My experience was left out"), placeholders=MEETING | WHY)
register_kind("exchange.meeting_published", _("The page with our experiences is published"), placeholders=MEETING)


def experience_left_out(experience: Experience, *, to: User) -> Draft:
    """To who told it: it does not stand on the page, and why."""
    meeting = experience.meeting
    path = address("meeting", meeting.pk, language=to.language)
    context = {"title": meeting.title, "reason": experience.hidden_reason, "path": path}
    return letter_to(to, "experience_left_out", office_id=experience.office_id, context=context)


def meeting_published(meeting: Meeting, experience: Experience, *, path: str) -> Draft:
    """To who told something: everybody can read the page now."""
    context = {"title": meeting.title, "path": path}
    return letter_to(experience.by, "meeting_published", office_id=experience.office_id, context=context)
