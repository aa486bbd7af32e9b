"""The result of an application on one page of the office."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

from django.urls import reverse
from django.utils.translation import gettext as _

from qms.awards.components.submitting import crumbs_of as crumbs_of_office
from qms.awards.models import Application
from qms.jury.components.hindrances import without_prize
from qms.jury.models import Decision
from qms.laureates.models import Diploma, FeedbackReport, PressSummary
from qms.ui.components import Crumbs, Link, Part


@dataclass(frozen=True)
class DecisionBox(Part):
    """What the jury decided, set large, with its reason."""

    title: str
    reason: str = ""
    is_prize: bool = False
    template_name: ClassVar[str] = "laureates/_decision.html"

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        return (
            cls("Statuetka", "Kapituła doceniła wyniki badań klientów.", is_prize=True),
            cls("Tym razem bez nagrody", "Inne urzędy poszły dalej."),
        )


def decision_box(decision: Decision) -> DecisionBox:
    """What the jury decided on the application."""
    title = decision.prize.title if decision.prize else without_prize(decision.outcome) or _("No prize this time")
    return DecisionBox(title, decision.reason, decision.prize is not None)


def crumbs_of(application: Application, title: str) -> Crumbs:
    """The way from the awards over the application."""
    return crumbs_of_office(application, Link(title, ""))


def ways_of(
    decision: Decision, report: FeedbackReport | None, diploma: Diploma | None, press: PressSummary | None
) -> tuple[Link, ...]:
    """Where the office goes on from here."""
    ways = []
    if report is not None:
        ways.append(Link(_("Feedback report"), reverse("laureates:feedback", args=[report.pk])))
    if diploma is not None:
        ways.append(Link(_("Diploma"), reverse("laureates:diploma-file", args=[diploma.pk])))
    if press is not None:
        ways.append(Link(_("What the public reads"), reverse("laureates:press", args=[press.pk])))
    ways.append(Link(_("Application"), reverse("awards:application", args=[decision.application_id])))
    return tuple(ways)
