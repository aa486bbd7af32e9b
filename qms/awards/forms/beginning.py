"""Beginning an application: what the office answers, who writes, from which report, which sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qms.accounts.models import User
from qms.assessments.models import Assessment
from qms.awards.models import Rule
from qms.ui.forms import Form

YES, NO = "yes", "no"
ANSWERS = ((YES, pgettext_lazy("answer", "Yes")), (NO, pgettext_lazy("answer", "No")))


class BeginForm(Form):
    """One question for each condition that only the office can answer."""

    marks_optional = False

    def __init__(self, data: Any = None, *, rules: Iterable[Rule]) -> None:
        super().__init__(data)
        self.rules = tuple(rules)
        for rule in self.rules:
            self.fields[name_of(rule)] = forms.ChoiceField(
                label=rule.title,
                help_text=rule.lead,
                choices=ANSWERS,
                widget=forms.RadioSelect,
                error_messages={"required": _("Answer yes or no.")},
            )

    @property
    def answers(self) -> dict[str, bool]:
        """The answers as an application keeps them; only those that were given."""
        given = {str(rule.pk): self.cleaned_data.get(name_of(rule)) for rule in self.rules}
        return {key: answer == YES for key, answer in given.items() if answer}

    def say_unmet(self) -> None:
        """Mark each answer that keeps the office out."""
        for rule in self.rules:
            if self.cleaned_data.get(name_of(rule)) == NO:
                self.add_error(name_of(rule), _("Only offices that answer yes can apply in this category."))


def name_of(rule: Rule) -> str:
    """The field's name of a condition."""
    return f"rule-{rule.pk}"


class EditorsForm(Form):
    """People of the office who write the application."""

    marks_optional = False

    people = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label=_("Who writes with you"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose people who work in your office.")},
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = people
        self.fields["people"].label_from_instance = lambda person: person.name


class ReportForm(Form):
    """The approved report that fills the application."""

    marks_optional = False

    report = forms.ModelChoiceField(
        Assessment.objects.none(),
        label=_("Approved self-assessment"),
        required=False,
        blank=True,
        empty_label=_("None: we write everything ourselves"),
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose an approved self-assessment of your office.")},
    )

    def __init__(self, *args: Any, reports: Any, words: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["report"].queryset = reports
        self.fields["report"].label_from_instance = words


class PickForm(Form):
    """The sources to add."""

    source = forms.MultipleChoiceField(error_messages={"required": _("Choose at least one source.")})

    def __init__(self, *args: Any, keys: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].choices = [(key, key) for key in keys]
        self.fields["source"].error_messages["invalid_choice"] = _(
            "A source that you chose is no longer there. Choose again."
        )
