"""The form of a list: a choice and a reason for each application, the meeting, and the version that was read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qms.jury.domain.deciding import NO_PRIZE, PRIZE, Meeting, Verdict
from qms.ui.forms import MomentField

LONGEST_REASON, LONGEST_NOTE = 2000, 8000
PRIZE_SIGN = "prize-"
CLOSE = "close"


def choice_of(verdict: Verdict) -> str:
    """What its radio button sends: the outcome, or the prize."""
    return f"{PRIZE_SIGN}{verdict.prize}" if verdict.outcome == PRIZE else verdict.outcome


def outcome_of(choice: str) -> tuple[str, int | None]:
    """The outcome and the prize that a radio button means."""
    if choice.startswith(PRIZE_SIGN):
        return PRIZE, int(choice.removeprefix(PRIZE_SIGN))
    return choice, None


class DecidingForm(forms.Form):
    """One list of decisions; it may be saved as incomplete as it is."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    met_at = MomentField(label=_("Day and hour of the meeting"), required=False)
    present = forms.MultipleChoiceField(label=_("Present"), required=False, widget=forms.CheckboxSelectMultiple)
    note = forms.CharField(
        label=_("Note for the protocol"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    common = forms.CharField(
        label=_("Reason for all without a visit that have none of their own"),
        help_text=_("One or two sentences. The office reads them in its feedback."),
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    confirmed = forms.BooleanField(
        label=_("The decisions above are those of the jury, and the list is to be closed."), required=False
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        verdicts: Iterable[Verdict],
        choices: Sequence[str],
        jurors: Sequence[tuple[int, str]],
        meeting: Meeting,
        version: int,
        zone: Any,
    ) -> None:
        self.saved, self.zone = tuple(verdicts), zone
        shown = {"version": version, "present": [str(pk) for pk in meeting.present], "note": meeting.note}
        met_at = meeting.met_at.astimezone(zone).strftime("%Y-%m-%dT%H:%M") if meeting.met_at else ""
        super().__init__(data, initial=shown | {"met_at": met_at})  # type: ignore[arg-type]
        self.fields["present"].choices = [(str(pk), name) for pk, name in jurors]  # type: ignore[attr-defined]
        for one in self.saved:
            self.fields[f"choice-{one.application}"] = forms.ChoiceField(
                label=gettext("Decision"),
                choices=[(choice, choice) for choice in choices],
                required=False,
                initial=choice_of(one),
                widget=forms.RadioSelect,
            )
            self.fields[f"reason-{one.application}"] = forms.CharField(
                label=gettext("Reason"), required=False, max_length=LONGEST_REASON, initial=one.reason
            )

    def full_clean(self) -> None:
        """The meeting is read by the clock of the round."""
        with timezone.override(self.zone):
            super().full_clean()

    def clean(self) -> dict[str, Any]:
        """Closing is confirmed."""
        cleaned = super().clean() or {}
        if self.data.get("act") == CLOSE and not cleaned.get("confirmed"):
            self.add_error("confirmed", gettext("Confirm that the list is to be closed."))
        return cleaned

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """What was decided on each application."""
        found = []
        for one in self.saved:
            outcome, prize = outcome_of(self.cleaned_data.get(f"choice-{one.application}", ""))
            reason = self.cleaned_data.get(f"reason-{one.application}", "").strip()
            found.append(Verdict(one.application, outcome, prize, reason))
        return tuple(found)

    @property
    def meeting(self) -> Meeting:
        """When the jury met, who was there, and the note."""
        present = tuple(int(pk) for pk in self.cleaned_data["present"])
        return Meeting(self.cleaned_data["met_at"], present, self.cleaned_data["note"].strip())

    def chosen(self, application: int) -> str:
        """The choice as it stands on the page: as it was typed, else as it was saved."""
        return str(self[f"choice-{application}"].value() or "")

    def reason(self, application: int) -> str:
        """The reason as it stands on the page."""
        return str(self[f"reason-{application}"].value() or "")


def choices_of(prizes: Iterable[int], *, visits: bool) -> tuple[str, ...]:
    """What may be chosen in a list."""
    if visits:
        return ("visit", "talk", "no_visit")
    return (*(f"{PRIZE_SIGN}{pk}" for pk in prizes), NO_PRIZE)
