"""Labels that offices hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from qms.frameworks.domain.framework import text
from qms.improvements.models import Feedback
from qms.offices.models import Office

from .schemes import tree_of


@dataclass(frozen=True, slots=True)
class Label:
    """What an office may call itself, since when and until when."""

    feedback: Feedback
    decided_on: date
    valid_until: date

    def name(self, language: str) -> str:
        """The label's name in that language."""
        return text(tree_of(self.feedback.scheme).label, language)


def label_of(office: Office, on: date) -> Label | None:
    """The label that the office holds on that day; of two, the one that lasts longer."""
    feedback = (
        Feedback.objects.labelled(on)
        .filter(office=office, decided_on__lte=on)
        .select_related("scheme")
        .order_by("-valid_until", "-pk")
        .first()
    )
    if feedback is None or feedback.decided_on is None or feedback.valid_until is None:
        return None
    return Label(feedback, feedback.decided_on, feedback.valid_until)
