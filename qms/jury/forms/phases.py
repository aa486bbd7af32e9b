"""The form of a phase: when it runs, and everything that it lets."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qms.awards.models import Round
from qms.jury.domain.pool import PhaseDraft
from qms.jury.models import Phase
from qms.ui.forms import Form, MomentField

LONGEST_TITLE = 120
LETS = ("may_declare", "sees", "may_score", "shows_scores", "shows_names", "may_agree", "may_visit", "may_decide")


class PhaseForm(Form):
    """One row is the whole policy for its time."""

    starts_at = MomentField(label=_("Begins"))
    ends_at = MomentField(label=_("Ends"), help_text=_("At this minute the phase has ended."))
    may_declare = forms.BooleanField(label=_("Jurors declare conflicts of interest"), required=False, initial=True)
    sees = forms.ChoiceField(
        label=_("Jurors read"), choices=Phase.Sees.choices, widget=forms.RadioSelect, initial=Phase.Sees.NOTHING
    )
    may_score = forms.BooleanField(label=_("Jurors score"), required=False)
    shows_scores = forms.BooleanField(
        label=_("Jurors see each other's scores"),
        required=False,
        help_text=_("Only of applications for which every ballot is in."),
    )
    shows_names = forms.BooleanField(
        label=_("Scores bear the names of jurors"), required=False, help_text=_("Without it they are called E1, E2, …")
    )
    may_agree = forms.BooleanField(label=_("The chair writes down what was agreed"), required=False)
    may_visit = forms.BooleanField(label=_("Jurors visit and report"), required=False)
    may_decide = forms.BooleanField(label=_("The chair writes down decisions"), required=False)

    def __init__(
        self,
        *args: Any,
        round: Round,  # noqa: A002  the word of the awards
        phases: Iterable[Phase],
        phase: Phase | None = None,
        at: datetime,
        **options: Any,
    ) -> None:
        self.round = round
        self.phase = phase
        self.known = _known(round, phases)
        options["initial"] = _initial(round, phases, phase)
        super().__init__(*args, **options)
        for code, name in settings.LANGUAGES:
            label = gettext("Title (%(language)s)") % {"language": name}
            self.fields[f"title_{code}"] = forms.CharField(label=label, max_length=LONGEST_TITLE, required=False)
        self.order_fields([f"title_{code}" for code, _name in settings.LANGUAGES])
        if phase is not None and phase.starts_at <= at:
            self.fields["starts_at"].disabled = True
            self.fields["starts_at"].help_text = gettext("It stays: the phase has begun.")

    def full_clean(self) -> None:
        """Moments are read by the clock of the round."""
        with timezone.override(self.round.timezone):
            super().full_clean()

    def clean(self) -> dict[str, Any]:
        """A title; moments in order; who scores reads."""
        cleaned = super().clean() or {}
        if not any(cleaned.get(name) or name in self.errors for name in self.fields if name.startswith("title_")):
            self.add_error(f"title_{settings.LANGUAGES[0][0]}", gettext("Write a title in one language at least."))
        for name in ("starts_at", "ends_at"):
            if cleaned.get(name):
                cleaned[name] = self.known.get(_minute(cleaned[name]), cleaned[name])
        starts_at, ends_at = cleaned.get("starts_at"), cleaned.get("ends_at")
        stays = self.phase is not None and starts_at == self.phase.starts_at
        if starts_at and starts_at < self.round.closes_at and not stays:
            self.add_error("starts_at", gettext("A phase begins with the closing of the round or later."))
        if starts_at and ends_at and ends_at <= starts_at:
            self.add_error("ends_at", gettext("The end must come after the beginning."))
        if cleaned.get("may_score") and cleaned.get("sees") == Phase.Sees.NOTHING:
            self.add_error("sees", gettext("Who scores must read. Choose what jurors read."))
        return cleaned

    @property
    def draft(self) -> PhaseDraft:
        """What was written."""
        kept = {name: self.cleaned_data[name] for name in ("starts_at", "ends_at", *LETS)}
        titles = {code: self.cleaned_data[f"title_{code}"] for code, _name in settings.LANGUAGES}
        return PhaseDraft(titles, leads=self.phase.leads if self.phase else {}, **kept)


def _known(found: Round, phases: Iterable[Phase]) -> dict[datetime, datetime]:
    """Moments that stand already, to the second, by the minute that one types."""
    moments = [moment for one in phases for moment in (one.starts_at, one.ends_at)]
    return {_minute(moment): moment for moment in (*moments, found.embargo_until, found.closes_at)}


def _initial(found: Round, phases: Iterable[Phase], phase: Phase | None) -> dict[str, Any]:
    if phase is None:
        after = max((one.ends_at for one in phases), default=found.closes_at)
        return {"starts_at": _typed(found, after)}
    moments = {name: _typed(found, getattr(phase, name)) for name in ("starts_at", "ends_at")}
    titles = {f"title_{code}": said for code, said in phase.titles.items()}
    return {name: getattr(phase, name) for name in LETS} | moments | titles


def _typed(found: Round, moment: datetime) -> datetime:
    """The moment as one would type it by the round's clock."""
    return moment.astimezone(found.timezone).replace(tzinfo=None)


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)
