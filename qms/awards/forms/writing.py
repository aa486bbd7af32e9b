"""What is written into a section: each paragraph, row and answer a small form with the version that was read."""

from __future__ import annotations

import re
from typing import Any, Final

from django import forms
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from qms.awards.domain.writing import ROW_FIGURES, ROW_TEXTS, Read, is_blank, tidy
from qms.awards.models import Question, ResultRow
from qms.awards.queries.content import plain
from qms.frameworks.domain.framework import text as in_language
from qms.ui.forms import Form

MOST_CHARACTERS: Final = 60_000
THOUSANDS = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?")
SPACES = re.compile("[\u0020\u00a0\u202f\u2009]")


class Figure(forms.DecimalField):
    """A number as people write it: with a comma or a point, with spaces between groups of three."""

    def __init__(self, **more: Any) -> None:
        options = {"required": False, "max_digits": 16, "decimal_places": 4}
        super().__init__(**options | {"widget": forms.TextInput(attrs={"inputmode": "decimal"})} | more)

    def to_python(self, value: Any) -> Any:
        """The number, whichever sign stands before its decimals."""
        if isinstance(value, str):
            value = SPACES.sub("", value).replace("\u2212", "-")
            grouped = (get_language() or "").startswith("en") and THOUSANDS.fullmatch(value)
            value = value.replace(",", "" if grouped else ".")
        return super().to_python(value)


class Versioned(Form):
    """A piece with the version that was read."""

    marks_optional = False
    read = forms.CharField(required=False, max_length=30, widget=forms.HiddenInput())

    @property
    def was_read(self) -> Read:
        """The version that the page carried."""
        return Read.parse(self.data.get(self.add_prefix("read"), ""))


class ParagraphForm(Versioned):
    """One paragraph."""

    text = forms.CharField(
        label=_("Paragraph"),
        required=False,
        strip=False,
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def content(self) -> str:
        """The text without space around it."""
        return tidy(self.cleaned_data["text"])


class RowForm(Versioned):
    """One measured result."""

    title = forms.CharField(label=_("What is measured?"), required=False, max_length=200)
    unit = forms.CharField(label=pgettext_lazy("measure", "Unit"), required=False, max_length=80)
    better = forms.ChoiceField(
        label=_("Which way is good?"), choices=ResultRow.Better.choices, initial=ResultRow.Better.HIGHER
    )
    year = forms.IntegerField(label=_("Last of the three years"), min_value=1990, max_value=2100)
    before_last = Figure(label=_("Two years before"))
    before = Figure(label=_("One year before"))
    last = Figure(label=_("Last year"))
    target = Figure(label=_("Target"))
    comparison = Figure(label=_("Comparison"))
    comparison_note = forms.CharField(label=_("With what is it compared?"), required=False, max_length=200)
    evidence = forms.CharField(label=_("Evidence"), required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        """A row with figures says what they are."""
        cleaned = super().clean() or {}
        if not cleaned.get("title", "").strip() and not is_blank({**cleaned, "title": ""}):
            self.add_error("title", gettext("Write what is measured."))
        return cleaned

    def content(self) -> dict[str, Any]:
        """The cells, figures as text."""
        cleaned = self.cleaned_data
        cells = {name: tidy(cleaned[name]) for name in ROW_TEXTS} | {"year": cleaned["year"]}
        return cells | {name: plain(cleaned[name]) for name in ROW_FIGURES}


class NumberForm(Versioned):
    """A number."""

    value = Figure()

    def content(self) -> dict[str, Any]:
        """The number as text, or nothing."""
        number = self.cleaned_data["value"]
        return {} if number is None else {"number": plain(number)}

    @staticmethod
    def initial_of(value: dict[str, Any]) -> Any:
        """What stands in the field."""
        return value.get("number") or ""


class ChoiceForm(Versioned):
    """One of several."""

    value = forms.ChoiceField(required=False, widget=forms.RadioSelect)

    def content(self) -> dict[str, Any]:
        """The code of what was chosen, or nothing."""
        chosen = self.cleaned_data["value"]
        return {"chosen": [chosen]} if chosen else {}

    @staticmethod
    def initial_of(value: dict[str, Any]) -> Any:
        """What is ticked."""
        return next(iter(value.get("chosen", ())), "")


class ChoicesForm(Versioned):
    """Any of several."""

    value = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)

    def content(self) -> dict[str, Any]:
        """The codes of what was chosen, or nothing."""
        chosen = self.cleaned_data["value"]
        return {"chosen": list(chosen)} if chosen else {}

    @staticmethod
    def initial_of(value: dict[str, Any]) -> Any:
        """What is ticked."""
        return list(value.get("chosen", ()))


class ConsentForm(Versioned):
    """A statement to agree to."""

    value = forms.BooleanField(required=False)

    def content(self) -> dict[str, Any]:
        """Whether it is agreed; nothing where it is not."""
        return {"agreed": True} if self.cleaned_data["value"] else {}

    @staticmethod
    def initial_of(value: dict[str, Any]) -> Any:
        """Whether it is ticked."""
        return bool(value.get("agreed"))


Kind = Question.Kind
ANSWER_FORMS: Final[dict[str, type[NumberForm | ChoiceForm | ChoicesForm | ConsentForm]]] = {
    Kind.NUMBER: NumberForm,
    Kind.CHOICE: ChoiceForm,
    Kind.CHOICES: ChoicesForm,
    Kind.CONSENT: ConsentForm,
}


def answer_form(question: Question, value: dict[str, Any], *, read: Read, data: Any = None, language: str) -> Any:
    """The form of a question that is neither text nor table."""
    kind = ANSWER_FORMS[question.kind]
    initial = {"value": kind.initial_of(value), "read": str(read)}
    form = kind(data, prefix=f"answer-{question.pk}", initial=initial)
    field: Any = form.fields["value"]
    field.label = gettext("We agree") if question.kind == Kind.CONSENT else question.title
    if question.kind in (Kind.CHOICE, Kind.CHOICES):
        field.choices = [(one["code"], in_language(one["titles"], language)) for one in question.options]
    if question.kind == Kind.NUMBER and question.unit:
        field.help_text = gettext("In %(unit)s.") % {"unit": question.unit}
    return form
