"""What a juror promises and declares."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from qms.awards.models import Application
from qms.jury.domain.declaring import Answer
from qms.ui.forms import Form

CLEAR, CONFLICT = "clear", "conflict"
LONGEST = 500


class PromiseForm(Form):
    """The tick under the promise."""

    confirmed = forms.BooleanField(error_messages={"required": _("Tick the promise to take your seat.")})


class ConflictForm(Form):
    """What ties the juror to an office."""

    reason = forms.CharField(
        max_length=LONGEST,
        label=_("What ties you to this office?"),
        help_text=_("One sentence is enough. The organiser reads it, and it stands in the protocol of the jury."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write what ties you to the office.")},
    )


class DeclareForm(Form):
    """Of each office: nothing ties me to it, or something does and what; what is left blank stays for later."""

    marks_optional = False

    def __init__(self, *args: Any, applications: Iterable[Application], **options: Any) -> None:
        super().__init__(*args, **options)
        self.applications = list(applications)
        for one in self.applications:
            self.fields[f"said_{one.pk}"] = _said(one)
            self.fields[f"reason_{one.pk}"] = forms.CharField(
                label=gettext("What ties you to it?"), max_length=LONGEST, required=False
            )
        self.fields["rest"] = forms.BooleanField(
            label=gettext("Nothing ties me to the offices on this page that I left blank."), required=False
        )

    def clean(self) -> dict[str, Any]:
        """A conflict has its reason, and something is said."""
        cleaned = super().clean() or {}
        for one in self.applications:
            said, reason = cleaned.get(f"said_{one.pk}"), cleaned.get(f"reason_{one.pk}", "")
            if said == CONFLICT and not reason and f"reason_{one.pk}" not in self.errors:
                self.add_error(f"reason_{one.pk}", gettext("Write what ties you to the office."))
            if said != CONFLICT and reason:
                self.add_error(f"said_{one.pk}", gettext("You wrote a reason: is it a conflict of interest?"))
        if not self.errors and not self.answers():
            raise forms.ValidationError(gettext("Choose an answer for one office at least."))
        return cleaned

    def answers(self) -> tuple[Answer, ...]:
        """What was said, without what was left blank."""
        found = self.cleaned_data
        said = {
            one.pk: found.get(f"said_{one.pk}") or (CLEAR if found.get("rest") else "") for one in self.applications
        }
        return tuple(
            Answer(pk, is_conflict=word == CONFLICT, reason=found.get(f"reason_{pk}", ""))
            for pk, word in said.items()
            if word
        )

    @property
    def rows(self) -> Iterator[tuple[BoundField, BoundField]]:
        """The two fields of each office."""
        for one in self.applications:
            yield self[f"said_{one.pk}"], self[f"reason_{one.pk}"]


def _said(application: Application) -> forms.ChoiceField:
    office = application.office
    return forms.ChoiceField(
        label=office.name,
        help_text=f"{office.city}, {office.region.name}; {application.number}, {application.category.title}",
        choices=[
            (CLEAR, pgettext("declaration", "Nothing ties me to it")),
            (CONFLICT, gettext("I have a conflict of interest")),
        ],
        required=False,
        widget=forms.RadioSelect,
    )
