"""What an office writes that invites others, and how the list of offers is narrowed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qms.accounts.models import User
from qms.exchange.domain.visiting import MOST_DAYS, MOST_NODES, OfferDraft
from qms.goodpractices.models import PracticePage
from qms.ui.forms import DayField, Form

Choices = Iterable[tuple[str, str]]
DAYS = tuple(f"day_{number}" for number in range(1, MOST_DAYS + 1))


class OfferForm(Form):
    """One offer of a study visit."""

    title = forms.CharField(
        label=_("What is there to see?"),
        max_length=200,
        help_text=_("One line, for example “How we talk with employers in the first week”."),
        error_messages={"required": _("Write what there is to see.")},
    )
    text = forms.CharField(
        label=_("How does a visit go?"),
        help_text=_("Whom the guests meet, what they can try, how long it takes, how one gets to you."),
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    practice = forms.ModelChoiceField(
        PracticePage.objects.none(), label=_("Which of your good practices does it show?"), required=False
    )
    nodes = forms.MultipleChoiceField(
        label=_("Subcriteria"),
        help_text=_("Under these other offices find your offer; six at most."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one subcriterion.")},
    )
    people = forms.IntegerField(
        label=_("Guests at a time, at most"), min_value=1, max_value=60, initial=6, widget=forms.NumberInput
    )
    allowed = forms.IntegerField(
        label=_("How many visits do you take on?"),
        help_text=_("No more requests than this are let through, and no more offices are told to come."),
        min_value=1,
        max_value=50,
        initial=3,
    )
    online = forms.BooleanField(label=_("Guests may also come by video"), required=False)
    open_until = DayField(
        label=_("Until when may one ask?"), help_text=_("Empty: until you close the offer."), required=False
    )
    contact = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Who receives the guests?"),
        help_text=_("This person gets the requests and may answer them. Without a name they go to the quality lead."),
        empty_label=_("the quality lead"),
        required=False,
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        nodes: Choices,
        practices: Any,
        people: Any,
        today: date,
        until: date | None = None,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.today, self.until = today, until
        self.fields["nodes"].choices = list(nodes)
        self.fields["practice"].queryset = practices
        self.fields["practice"].empty_label = gettext("none")
        self.fields["contact"].queryset = people
        self.fields["contact"].label_from_instance = lambda person: person.name
        for number, name in enumerate(DAYS, 1):
            label = gettext("Day %(number)s") % {"number": number}
            self.fields[name] = DayField(label=label, required=False)

    def clean_nodes(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["nodes"]
        if len(chosen) > MOST_NODES:
            raise ValidationError(gettext("Choose six subcriteria at most, those that a visit really shows."))
        return chosen

    def clean_open_until(self) -> date | None:
        day: date | None = self.cleaned_data["open_until"]
        if day is not None and day < self.today and day != self.until:
            raise ValidationError(gettext("This day has passed. Choose a day that is still to come."))
        return day

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        for name in DAYS:
            day = found.get(name)
            if day is not None and day < self.today:
                self.add_error(name, gettext("This day has passed. Choose a day that is still to come."))
        return found

    def see_anew(self, seen: str) -> None:
        """Saving once more is meant: from here on the form carries the version that stands now."""
        if isinstance(self.data, QueryDict):
            written = self.data.copy()
            written["seen"] = seen
            self.data = written

    def draft(self) -> OfferDraft:
        """What was written."""
        found = self.cleaned_data
        practice, contact = found["practice"], found["contact"]
        return OfferDraft(
            title=found["title"],
            text=found["text"],
            nodes=tuple(found["nodes"]),
            practice=practice.pk if practice else None,
            days=tuple(found[name] for name in DAYS if found[name]),
            people=found["people"],
            online=found["online"],
            allowed=found["allowed"],
            open_until=found["open_until"],
            contact=contact.pk if contact else None,
        )


class SiftForm(Form):
    """What the list of offers is narrowed to; whatever cannot be chosen is passed over."""

    node = forms.ChoiceField(label=_("Subcriterion"), required=False)
    kind = forms.ChoiceField(label=_("Kind of office"), required=False)
    region = forms.ChoiceField(label=_("Region"), required=False)
    online = forms.BooleanField(label=_("Also by video"), required=False)
    marks_optional = False

    def __init__(self, *args: Any, nodes: Choices, kinds: Choices, regions: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, choices in (("node", nodes), ("kind", kinds), ("region", regions)):
            self.fields[name].choices = [("", gettext("all")), *choices]
