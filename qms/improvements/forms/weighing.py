"""What is asked when an action moves in the matrix."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qms.improvements.domain.placing import HIGHEST, LOWEST
from qms.improvements.models import Action
from qms.improvements.models.action import JUDGEMENTS
from qms.ui.forms import Form

from .actions import SCALE, ActionForm


class WeighForm(Form):
    """Six judgements, each from 1 to 5 or none yet, and the version of the action that they were made from."""

    marks_optional = False
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "weigh-%s")
        super().__init__(*args, **kwargs)
        for name in JUDGEMENTS:
            asked = ActionForm.base_fields[name]
            self.fields[name] = forms.TypedChoiceField(
                label=asked.label,
                help_text=asked.help_text,
                choices=(("", _("not judged yet")), *SCALE),
                coerce=int,
                empty_value=None,
                required=False,
            )

    @classmethod
    def of(cls, action: Action) -> WeighForm:
        """The form as the action stands."""
        stands = {name: getattr(action, name) for name in JUDGEMENTS}
        return cls(initial={**stands, "version": action.version})

    @property
    def judgements(self) -> dict[str, int | None]:
        """What was judged, once the form is valid."""
        return {name: self.cleaned_data[name] for name in JUDGEMENTS}

    def against(self, stored: Action) -> WeighForm:
        """The same entries, made from what stands now; so saving once more replaces it knowingly."""
        return WeighForm({**dict(self.data.items()), "version": str(stored.version)})


class PlaceForm(Form):
    """Where a point was dropped."""

    version = forms.IntegerField()
    importance = forms.DecimalField(min_value=Decimal(LOWEST), max_value=Decimal(HIGHEST))
    feasibility = forms.DecimalField(min_value=Decimal(LOWEST), max_value=Decimal(HIGHEST))
