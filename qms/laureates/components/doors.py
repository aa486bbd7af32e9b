"""The ways in from the pages of rounds and applications."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from qms.awards import permissions
from qms.awards.components.doors import Door
from qms.awards.models import Application, Round
from qms.laureates.queries.results import told_to


def doors_of_round(found: Round, user: Any, at: datetime) -> Iterator[Door]:
    """What this person may open from a round: results are the organiser's, after the closing."""
    if not found.is_closed(at) or not permissions.may_run(user, found):
        return
    yield Door(_("Feedback reports"), _to("feedback-list", found), _("What each office reads of the jury's work."))
    yield Door(_("Tell results"), _to("tell", found), _("Laureates in confidence, everybody after the embargo."))
    yield Door(_("Diplomas"), _to("diplomas", found), _("Who signs, issuing, one file for the printer."))
    yield Door(_("Press and public page"), _to("press-list", found), _("What laureates approve, and what all read."))
    yield Door(_("Statistics"), _to("statistics", found), _("The round in figures, and an anonymous table of scores."))


def doors_of_application(found: Application, user: Any, at: datetime) -> Iterator[Door]:
    """What this person may open from an application: its result, once it may be told."""
    if told_to(user, at).filter(pk=found.pk).exists():
        url = reverse("laureates:result", args=[found.pk])
        yield Door(_("Result"), url, _("The decision of the jury, and what it found."))


def _to(name: str, found: Round) -> str:
    return reverse(f"laureates:{name}", args=[found.pk])
