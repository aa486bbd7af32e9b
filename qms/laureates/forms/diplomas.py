"""What stands on diplomas, and why one is changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from qms.laureates.domain.diplomas import MOST_SIGNATORIES, PlanDraft, Signatory
from qms.laureates.models import DiplomaPlan
from qms.ui.forms import DayField, Form

NAME, ROLE, PLACE = 80, 120, 120
REISSUE, REVOKE = "reissue", "revoke"


class PlanForm(Form):
    """Place, day, and up to three who sign."""

    place = forms.CharField(label=pgettext_lazy("diploma", "Place"), max_length=PLACE, required=False)
    given_on = DayField(
        label=gettext_lazy("Date on the diploma"),
        error_messages={"required": gettext_lazy("Choose the date that stands on the diplomas.")},
    )

    def __init__(self, *args: Any, plan: DiplomaPlan | None = None, **options: Any) -> None:
        super().__init__(*args, **{"initial": _initial(plan)} | options)
        for place in _places():
            label = _("Signature %(place)s: name") % {"place": place}
            self.fields[f"name_{place}"] = forms.CharField(label=label, max_length=NAME, required=False)
            label = _("Signature %(place)s: office or function") % {"place": place}
            self.fields[f"role_{place}"] = forms.CharField(label=label, max_length=ROLE, required=False)

    def clean(self) -> dict[str, Any]:
        """A function needs a name above it."""
        cleaned = super().clean() or {}
        for place in _places():
            if cleaned.get(f"role_{place}") and not cleaned.get(f"name_{place}"):
                self.add_error(f"name_{place}", _("Write who signs."))
        return cleaned

    @property
    def draft(self) -> PlanDraft:
        """What was written."""
        pairs = ((self.cleaned_data[f"name_{place}"], self.cleaned_data[f"role_{place}"]) for place in _places())
        signatories = tuple(Signatory(name, role) for name, role in pairs if name)
        return PlanDraft(self.cleaned_data["place"], self.cleaned_data["given_on"], signatories)


class ChangeForm(Form):
    """What becomes of a diploma that was issued, and why."""

    act = forms.ChoiceField(
        label=gettext_lazy("What becomes of the diploma"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what becomes of the diploma.")},
    )
    reason = forms.CharField(
        max_length=500,
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("It stays in the history of the round."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Write the reason.")},
    )

    def __init__(self, *args: Any, acts: Sequence[str], **options: Any) -> None:
        super().__init__(*args, **options)
        words = {
            REISSUE: _("Issue it anew: it says what holds today, and earlier papers no longer count"),
            REVOKE: _("Withdraw it: whoever verifies it is told so"),
        }
        self.fields["act"].choices = [(act, words[act]) for act in acts]
        if len(acts) == 1:
            self.fields["act"].initial = acts[0]


def _places() -> range:
    return range(1, MOST_SIGNATORIES + 1)


def _initial(plan: DiplomaPlan | None) -> dict[str, Any]:
    if plan is None:
        return {}
    found: dict[str, Any] = {"place": plan.place, "given_on": plan.given_on}
    for place, one in enumerate(plan.signatories, start=1):
        found |= {f"name_{place}": one["name"], f"role_{place}": one["role"]}
    return found
