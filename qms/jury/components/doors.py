"""The ways in from the pages of rounds and applications."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from qms.awards.components.doors import Door
from qms.awards.components.hours import moment_of
from qms.awards.models import Application, Round
from qms.awards.models.application import HEADS
from qms.jury.models import Visit
from qms.offices.models import roles_of


def doors_of_round(found: Round, user: Any, at: datetime) -> Iterator[Door]:
    """What this person may open from a round."""
    yield from ()


def doors_of_application(found: Application, user: Any, at: datetime) -> Iterator[Door]:
    """What this person may open from an application: the heads of the office the visit of the jury."""
    if found.office_id not in roles_of(user).offices(*HEADS):
        return
    visit = Visit.objects.filter(application=found).exclude(state=Visit.State.CANCELLED).first()
    if visit is not None:
        note = moment_of(found.category.round, visit.starts_at)
        yield Door(gettext("Visit of the jury"), reverse("jury:visit", args=[visit.pk]), note)
