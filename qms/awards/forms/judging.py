"""Forms of how a category is judged, and of a prize."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from qms.awards.domain.judging import JudgingDraft, PrizeDraft
from qms.awards.models import Category, Judging, Prize
from qms.awards.queries.rounds import panels_in_points
from qms.frameworks.domain.framework import text
from qms.ui.forms import Form

from .texts import TextsForm, texts_of

FEWEST_JURORS, MOST_JURORS, MOST_POINTS, MOST_COUNT = 2, 9, 100, 999
NAMES = (
    "panel",
    "jurors",
    "blocks_region",
    "talk_above",
    "far_from_median",
    "tie_below",
    "tie_rule",
    "visit_from",
    "most_visits",
)


class PointsField(forms.DecimalField):
    """Points from 0 to 100, with one decimal."""

    def __init__(self, *, label: Any, highest: float = MOST_POINTS, **options: Any) -> None:
        super().__init__(label=label, min_value=0, max_value=highest, max_digits=4, decimal_places=1, **options)


class JudgingForm(Form):
    """How many people score, on which panel, when they talk, what a tie is, who is visited."""

    panel = forms.ChoiceField(label=_("Scoring panel"))
    jurors = forms.IntegerField(
        label=_("Jurors for each application"), min_value=FEWEST_JURORS, max_value=MOST_JURORS, initial=3
    )
    blocks_region = forms.BooleanField(
        label=_("Nobody judges an office of their own region"),
        required=False,
        help_text=_("An office where a juror holds or held a role is always excluded."),
    )
    talk_above = PointsField(
        label=_("A talk is needed when totals are further apart than"),
        initial=20,
        help_text=_("In points from 0 to 100."),
    )
    far_from_median = PointsField(label=_("A score is marked when it is further from the median than"), initial=10)
    tie_below = PointsField(label=_("Totals are a tie when they are closer than"), initial=1, highest=99.9)
    tie_rule = forms.ChoiceField(
        label=_("How a tie is settled"), choices=Judging.TieRule.choices, widget=forms.RadioSelect, initial="share"
    )
    visit_from = PointsField(
        label=_("A visit is made from (points)"), required=False, help_text=_("Left empty, the jury chooses freely.")
    )
    most_visits = forms.IntegerField(label=_("Most visits"), min_value=1, max_value=MOST_COUNT, required=False)

    def __init__(self, *args: Any, category: Category, judging: Judging | None = None, **options: Any) -> None:
        if judging is not None:
            options["initial"] = {name: _typed(getattr(judging, name)) for name in NAMES}
        super().__init__(*args, **options)
        panels, language = panels_in_points(category), get_language() or "pl"
        if panels:
            self.fields["panel"].choices = [(one.code, text(one.titles, language)) for one in panels]
        else:
            del self.fields["panel"]
        if words := _left_out(category, language):
            self.fields["panel" if panels else "jurors"].help_text = words

    @property
    def draft(self) -> JudgingDraft:
        """What was written."""
        return JudgingDraft(**{"panel": ""} | {name: self.cleaned_data[name] for name in NAMES if name in self.fields})


class PrizeForm(TextsForm):
    """A prize: what it is called, of which kind, how many there are."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Prize.Kind.choices)
    at_most = forms.IntegerField(
        label=_("How many at most"),
        min_value=1,
        max_value=MOST_COUNT,
        required=False,
        help_text=_("Left empty, the jury decides how many."),
    )
    from_points = PointsField(
        label=_("From how many points"), required=False, help_text=_("Left empty, points do not bind the jury.")
    )

    def __init__(self, *args: Any, prize: Prize | None = None, **options: Any) -> None:
        names = ("kind", "at_most", "from_points")
        initial = {} if prize is None else {name: _typed(getattr(prize, name)) for name in names} | texts_of(prize)
        super().__init__(*args, initial=initial, **options)
        self.put_first(["kind"])

    @property
    def draft(self) -> PrizeDraft:
        """What was written."""
        kept = {name: self.cleaned_data[name] for name in ("kind", "at_most", "from_points")}
        return PrizeDraft(self.titles, leads=self.leads, **kept)


def _left_out(category: Category, language: str) -> str:
    """Why a panel of the framework is not offered; nothing where all are."""
    known = {one.code for one in panels_in_points(category)}
    panels = category.framework.tree().panels if category.framework else ()
    names = [text(one.titles, language) for one in panels if one.code not in known]
    if not names:
        return ""
    words = gettext(
        "Not offered: %(panels)s. The jury reckons in points from 0 to 100, and this panel has another scale."
    )
    if not known:
        words = gettext(
            "The panel of the framework (%(panels)s) has another scale. The jury reckons in points from 0 to 100, so "
            "each section gets one number from 0 to 100."
        )
    return words % {"panels": ", ".join(names)}


def _typed(value: Any) -> Any:
    """Points without a decimal that is nothing."""
    whole = isinstance(value, Decimal) and value == value.to_integral_value()
    return value.to_integral_value() if whole else value
