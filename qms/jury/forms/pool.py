"""Forms of a juror's seat and of giving it up."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from qms.accounts.models import User
from qms.awards.models import Category, Round
from qms.awards.models.round import in_order
from qms.jury.domain.pool import JurorDraft
from qms.jury.models import Juror
from qms.ui.forms import Form

LONGEST_REASON = 500


class JurorForm(Form):
    """A seat: for which categories, and whether the person chairs."""

    categories = forms.ModelMultipleChoiceField(
        label=_("Categories"), queryset=Category.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    is_chair = forms.BooleanField(
        label=_("Chairs the jury"),
        required=False,
        help_text=_("Writes down what was agreed and decided, while a phase lets."),
    )

    def __init__(self, *args: Any, round: Round, juror: Juror | None = None, **options: Any) -> None:  # noqa: A002  the word of the awards
        rows = in_order(round.categories.all())
        chosen = list((rows if juror is None else juror.categories).values_list("pk", flat=True))
        options["initial"] = {"categories": chosen, "is_chair": juror is not None and juror.is_chair}
        super().__init__(*args, **options)
        self.fields["categories"].queryset = rows
        self.fields["categories"].label_from_instance = lambda one: one.title

    @property
    def draft(self) -> JurorDraft:
        """What was written."""
        chosen = tuple(one.pk for one in self.cleaned_data["categories"])
        return JurorDraft(chosen, self.cleaned_data["is_chair"])


class JurorAddForm(JurorForm):
    """A new seat: one of the people who hold the role of a juror."""

    user = forms.ModelChoiceField(label=_("Person"), queryset=User.objects.none(), empty_label=_("Choose a person"))

    def __init__(self, *args: Any, people: QuerySet[User], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["user"].queryset = people
        self.fields["user"].label_from_instance = lambda one: f"{one.name} ({one.email})"
        self.order_fields(["user"])

    @property
    def user_chosen(self) -> User:
        """Who was chosen."""
        chosen: User = self.cleaned_data["user"]
        return chosen


class LeaveForm(Form):
    """Why a juror leaves."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("It stands in the protocol."),
    )
