"""The form of a seminar with who presents there."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qms.exchange.domain.drafts import PresentationDraft, SeminarDraft
from qms.exchange.models import Presentation, Seminar
from qms.exchange.queries.chosen import practices_at
from qms.offices.models import Office
from qms.ui.forms import DayField, Dressed, Form

MOST_ROWS, BLANK_ROWS = 30, 4


class SeminarForm(Form):
    """The plain fields of a seminar."""

    title = forms.CharField(label=_("Title"), max_length=200, error_messages={"required": _("Give it a title.")})
    held_on = DayField(label=_("Day"), required=False)
    starts_at = forms.TimeField(
        label=_("Begins at"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    link = forms.URLField(
        label=_("Address for taking part from afar"), max_length=300, required=False, assume_scheme="https"
    )
    text = forms.CharField(
        label=_("What it is about"), max_length=3000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    source = forms.CharField(
        label=_("Source"),
        max_length=300,
        required=False,
        help_text=_("Where this is told, when it is not our own seminar."),
    )


class PresentationForm(Form):
    """One line: who presents what; an emptied one is gone."""

    marks_optional = False

    office = forms.ModelChoiceField(
        label=_("Office"), queryset=Office.objects.none(), required=False, empty_label=_("another one, named beside")
    )
    office_name = forms.CharField(label=_("Name of an office outside the platform"), max_length=200, required=False)
    title = forms.CharField(label=_("What it presents"), max_length=300, required=False)
    practice = forms.CharField(label=_("Address of its practice in the library"), max_length=500, required=False)

    def __init__(self, *args: Any, offices: list[tuple[Any, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["office"].queryset = Office.objects.all()
        # The same long list stands in every line: it is read once.
        self.fields["office"].widget.choices = [("", gettext("another one, named beside")), *offices]
        self.chosen: int | None = None

    def clean_practice(self) -> str:
        """The address of a published practice, or nothing."""
        said: str = self.cleaned_data["practice"].strip()
        if said:
            found, unknown = practices_at([said])
            if unknown:
                raise forms.ValidationError(gettext("No published practice stands at this address."))
            self.chosen = found[0]
        return said

    def clean(self) -> dict[str, Any]:
        """Who presents, where something is presented."""
        cleaned = super().clean() or {}
        if (cleaned.get("title") or cleaned.get("practice")) and not (
            cleaned.get("office") or cleaned.get("office_name")
        ):
            self.add_error("office", gettext("Say which office presents this."))
        return cleaned

    @property
    def draft(self) -> PresentationDraft | None:
        """What was written; nothing for an empty line."""
        office, name = self.cleaned_data.get("office"), self.cleaned_data.get("office_name", "")
        if not (office or name):
            return None
        return PresentationDraft(office.pk if office else None, name, self.cleaned_data.get("title", ""), self.chosen)


class PresentationSet(Dressed, forms.BaseFormSet[PresentationForm]):
    """The lines."""


class SeminarForms:
    """The plain fields with the lines; one answer to whether all is right, one draft out of it."""

    def __init__(self, data: QueryDict | None, *, seminar: Seminar | None = None) -> None:
        names = ("title", "held_on", "starts_at", "place", "link", "text", "source")
        initial = {name: getattr(seminar, name) for name in names} if seminar else {}
        self.plain = SeminarForm(data, initial=initial)
        offices = [(one.pk, one.short_name) for one in Office.objects.only("pk", "short_name").order_by("short_name")]
        made: Any = forms.formset_factory(
            PresentationForm,
            formset=PresentationSet,
            extra=BLANK_ROWS,
            max_num=MOST_ROWS,
            absolute_max=MOST_ROWS,
            validate_max=True,
        )
        self.rows = made(data, prefix="presentations", initial=_rows_of(seminar), form_kwargs={"offices": offices})

    def is_valid(self) -> bool:
        """Whether everything on the page is right."""
        return all([self.plain.is_valid(), self.rows.is_valid()])

    @property
    def is_wrong(self) -> bool:
        """Whether something was sent that has to be mended."""
        return (self.plain.is_bound and not self.is_valid()) or bool(self.plain.non_field_errors())

    @property
    def draft(self) -> SeminarDraft:
        """What was written."""
        presentations = tuple(row for form in self.rows.forms if (row := form.draft) is not None)
        return SeminarDraft(**self.plain.cleaned_data, presentations=presentations)


def _rows_of(seminar: Seminar | None) -> list[dict[str, Any]]:
    if seminar is None:
        return []
    rows = Presentation.objects.filter(seminar=seminar).select_related("practice").order_by("position", "pk")
    return [
        {
            "office": row.office_id,
            "office_name": row.office_name,
            "title": row.title,
            "practice": row.practice.full_url if row.practice and row.practice.live else "",
        }
        for row in rows
    ]
