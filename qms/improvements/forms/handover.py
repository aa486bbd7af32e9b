"""Who gets which action."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qms.accounts.models import User
from qms.improvements.models import Action
from qms.ui.forms import Form


class HandOverForm(Form):
    """A new owner for each action, or one for all that are left empty."""

    everything = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Give all to"),
        required=False,
        empty_label=_("nobody yet"),
        help_text=_("Those below for whom you choose somebody go to that person instead."),
    )
    marks_optional = False

    def __init__(self, *args: Any, actions: Sequence[Action], people: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actions = actions
        colleagues = User.objects.filter(pk__in=[person.pk for person in people])
        choices = [("", _("leave as it is")), *((str(person.pk), person.name) for person in people)]
        self.fields["everything"].queryset = colleagues
        self.fields["everything"].choices = [("", _("nobody yet")), *choices[1:]]
        self.people = {str(person.pk): person for person in people}
        for action in actions:
            label = gettext("New owner of %(action)s") % {"action": action.code}
            self.fields[f"to-{action.pk}"] = forms.ChoiceField(label=label, choices=choices, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not self.given:
            raise ValidationError(gettext("Choose at least one new owner."))
        return cleaned

    @property
    def given(self) -> dict[int, User]:
        """The new owner of each action that gets one."""
        everything = self.cleaned_data.get("everything")
        chosen = {action.pk: self.people.get(self.cleaned_data.get(f"to-{action.pk}") or "") for action in self.actions}
        return {pk: owner for pk, person in chosen.items() if (owner := person or everything) is not None}
