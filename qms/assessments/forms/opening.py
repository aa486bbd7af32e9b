"""What is asked when an assessment is opened, changed, and when its group is composed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from qms.accounts.models import address_of
from qms.assessments.models import Assessment, Group
from qms.assessments.queries import previous_candidates
from qms.frameworks.domain.framework import text
from qms.frameworks.models import Edition
from qms.offices.models import Office
from qms.ui.forms import DayField, Form, MomentField

MOST_LINES = 30


class StartForm(Form):
    """The office, the framework and the way of scoring; the rest can be changed later."""

    office = forms.ModelChoiceField(Office.objects.none(), label=_("Office"))
    edition = forms.ModelChoiceField(
        Edition.objects.none(),
        label=_("Framework"),
        help_text=_("Its criteria and its scale stay the same for this assessment."),
    )
    panel = forms.ChoiceField(
        label=_("Way of scoring"),
        widget=forms.RadioSelect,
        help_text=_("It can be changed until individual scoring begins."),
    )
    title = forms.CharField(
        label=_("Title"), max_length=200, help_text=_("The name under which it stands in lists and letters.")
    )
    year = forms.IntegerField(label=_("Year"), min_value=1990, max_value=2100)
    unit = forms.CharField(
        label=_("Unit"),
        max_length=200,
        required=False,
        help_text=_("Leave empty when the whole office assesses itself."),
    )
    individual_due_at = MomentField(
        label=_("Individual sheets are due"),
        required=False,
        help_text=_("Two to three weeks are usual. Time of Warsaw."),
    )
    consensus_on = DayField(label=_("Consensus meeting"), required=False)
    approve_by = DayField(label=_("Approval by the director"), required=False)

    def __init__(self, *args: Any, offices: Iterable[Office], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = Office.objects.filter(pk__in=[office.pk for office in offices])
        self.fields["office"].label_from_instance = lambda office: office.name
        editions = Edition.objects.published().select_related("framework")
        self.fields["edition"].queryset = editions
        self.fields["edition"].label_from_instance = title_of
        self.fields["panel"].choices = panels_of(self.chosen_edition(editions))

    def chosen_edition(self, editions: Any) -> Edition | None:
        asked = str(self.data.get("edition") or self.initial.get("edition") or "")
        found = editions.filter(pk=asked).first() if asked.isdecimal() else None
        return found or editions.filter(code="caf-2020").first() or editions.first()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        check_order(self, cleaned)
        return cleaned


class SettingsForm(Form):
    """Title, dates, names and sharing; what the stage no longer allows is not asked."""

    title = forms.CharField(label=_("Title"), max_length=200)
    year = forms.IntegerField(label=_("Year"), min_value=1990, max_value=2100)
    unit = StartForm.base_fields["unit"]
    panel = forms.ChoiceField(label=_("Way of scoring"), widget=forms.RadioSelect)
    individual_due_at = MomentField(
        label=_("Individual sheets are due"), required=False, help_text=_("Time of Warsaw.")
    )
    consensus_on = DayField(label=_("Consensus meeting"), required=False)
    approve_by = DayField(label=_("Approval by the director"), required=False)
    names_shown = forms.BooleanField(
        label=_("Show names in the consensus"),
        required=False,
        help_text=_("Otherwise members stand there as letters. Settle this with the group beforehand."),
    )
    benchmark_consent = forms.ChoiceField(
        label=_("What other offices may learn"),
        choices=Assessment.Consent.choices,
        widget=forms.RadioSelect,
        help_text=_("Figures of fewer than five offices are never shown."),
    )
    previous = forms.ModelChoiceField(
        Assessment.objects.none(),
        label=_("Previous cycle"),
        required=False,
        help_text=_("Its results stand beside the new ones."),
    )

    def __init__(self, *args: Any, assessment: Assessment, **kwargs: Any) -> None:
        names = [name for name in self.base_fields if name != "panel" or assessment.stage == Assessment.Stage.DRAFT]
        kwargs.setdefault("initial", {name: getattr(assessment, name) for name in names})
        super().__init__(*args, **kwargs)
        self.fields["previous"].queryset = previous_candidates(assessment.office, assessment.edition_id)
        self.fields["previous"].label_from_instance = lambda previous: f"{previous.title} ({previous.year})"
        self.fields["panel"].choices = panels_of(assessment.edition)
        if assessment.stage != Assessment.Stage.DRAFT:
            del self.fields["panel"]
        if assessment.shows_scores:
            del self.fields["individual_due_at"], self.fields["names_shown"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        check_order(self, cleaned)
        return cleaned


class MembersForm(Form):
    """One person a line: e-mail, then the name if one wishes."""

    people = forms.CharField(
        label=_("People"),
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "One person a line: the e-mail, then the name if you like, as in “anna@office.example Anna Nowak”."
        ),
    )
    group = forms.ModelChoiceField(Group.objects.none(), label=_("Group"), empty_label=None)

    def __init__(self, *args: Any, assessment: Assessment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = assessment.groups.order_by("position")
        self.fields["group"].queryset = groups
        self.fields["group"].label_from_instance = lambda group: group.name
        if groups.count() == 1:
            self.fields["group"].widget = forms.HiddenInput()
            self.fields["group"].initial = groups.get()

    def clean_people(self) -> list[tuple[str, str]]:
        lines = [line.strip() for line in self.cleaned_data["people"].splitlines() if line.strip()]
        if len(lines) > MOST_LINES:
            raise ValidationError(gettext("At most %(most)s people at once.") % {"most": MOST_LINES})
        people, wrong = [], []
        for number, line in enumerate(lines, 1):
            email, _space, name = line.replace(";", " ").replace(",", " ").partition(" ")
            try:
                validate_email(email)
            except ValidationError:
                said = gettext("Line %(line)s: “%(words)s” does not begin with an e-mail address.")
                wrong.append(said % {"line": number, "words": line[:60]})
            people.append((address_of(email), " ".join(name.split())))
        if wrong:
            raise ValidationError(wrong)
        return people


class ColleaguesForm(Form):
    """People of the office who are here already."""

    colleagues = forms.MultipleChoiceField(label=_("People of the office"), widget=forms.CheckboxSelectMultiple)
    group = MembersForm.base_fields["group"]

    def __init__(self, *args: Any, assessment: Assessment, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["colleagues"].choices = choices
        groups = assessment.groups.order_by("position")
        self.fields["group"].queryset = groups
        self.fields["group"].label_from_instance = lambda group: group.name
        if groups.count() == 1:
            self.fields["group"].widget = forms.HiddenInput()
            self.fields["group"].initial = groups.get()


class GroupForm(Form):
    """One more group."""

    name = forms.CharField(label=_("Name of the new group"), max_length=120)


def title_of(edition: Edition) -> str:
    """The framework's name in the reader's language."""
    return edition.title_in(get_language() or "pl")


def panels_of(edition: Edition | None) -> list[tuple[str, str]]:
    """Ways of scoring in the reader's language."""
    if edition is None:
        return []
    return [(panel.code, text(panel.titles, get_language() or "pl")) for panel in edition.tree().panels]


def check_order(form: forms.Form, cleaned: dict[str, Any]) -> None:
    """Scoring, then the meeting, then the approval."""
    due, meeting, approval = (cleaned.get(name) for name in ("individual_due_at", "consensus_on", "approve_by"))
    due_on = timezone.localtime(due).date() if due else None
    if due_on and meeting and meeting < due_on:
        form.add_error("consensus_on", gettext("The meeting cannot come before the sheets are due."))
    before = meeting or due_on
    if approval and before and approval < before:
        form.add_error("approve_by", gettext("The approval cannot come before the consensus."))
