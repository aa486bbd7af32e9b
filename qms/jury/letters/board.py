"""Letters from the board: applications wait for a juror's scores."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from qms.awards.components.hours import moment_of
from qms.core.letters import Draft, register_kind

if TYPE_CHECKING:
    from qms.accounts.models import User
    from qms.awards.models import Category

register_kind(
    "jury.ballots_open",
    _("Applications wait for my scores"),
    placeholders={
        "name": _("the reader's name"),
        "round": _("name of the round"),
        "category": _("category"),
        "count": _("how many applications wait"),
        "until": _("the last moment for scores"),
    },
)


def ballots_open(category: Category, *, to: User, count: int, until: datetime) -> Draft:
    """To a juror: how many applications wait, and until when; none is named."""
    with override(to.language):
        path, moment = reverse("jury:home"), moment_of(category.round, until)
    context = {
        "name": to.name,
        "round": category.round.title_in(to.language),
        "category": category.title_in(to.language),
        "count": count,
        "until": moment,
        "path": path,
    }
    return Draft(
        kind="jury.ballots_open",
        to=to.email,
        language=to.language,
        template="jury/ballots_open",
        context=context,
        office_id=None,
        user=to,
    )
