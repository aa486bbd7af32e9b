"""Fields of a form, their help and their errors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Self, TypeAlias

from django import forms
from django.forms.boundfield import BoundField
from django.forms.formsets import BaseFormSet
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .part import Part

AnyForm: TypeAlias = "forms.BaseForm | BaseFormSet[Any]"
WIDTHS = {"number": "short", "date": "short", "time": "short", "datetime-local": "middle"}
CHOICES = (forms.RadioSelect, forms.CheckboxSelectMultiple)


@dataclass(frozen=True)
class Field(Part):
    """One field: label, help, its error beside it."""

    bound: BoundField
    short: bool = False
    template_name: ClassVar[str] = "components/field.html"

    @property
    def kind(self) -> str:
        """How it is laid out: hidden, choices, checkbox, or control."""
        widget = self.bound.field.widget
        if widget.is_hidden:
            return "hidden"
        if isinstance(widget, CHOICES):
            return "choices"
        if isinstance(widget, forms.CheckboxInput):
            return "checkbox"
        return "group" if self.bound.use_fieldset else "control"

    @property
    def optional(self) -> bool:
        """Whether the label says that it may stay empty."""
        marks = getattr(self.bound.form, "marks_optional", True)
        return marks and not self.bound.field.required and self.kind not in ("checkbox", "hidden")

    @property
    def help_id(self) -> str:
        return f"{self.bound.auto_id}_helptext"

    @property
    def error_id(self) -> str:
        return f"{self.bound.auto_id}_error"

    @property
    def described_by(self) -> str:
        """The ids of help and error, for a group of boxes."""
        ids = [self.help_id] if self.bound.help_text else []
        return " ".join([*ids, self.error_id] if self.bound.errors else ids)

    @property
    def control(self) -> SafeString:
        """The control itself in our clothes."""
        widget = self.bound.field.widget
        if isinstance(widget, forms.CheckboxInput):
            wanted = "form-check-input"
        elif isinstance(widget, forms.Select):
            wanted = "form-select"
        else:
            wanted = "form-control"
        kind = getattr(widget, "input_type", "")
        width = "short" if self.short else WIDTHS.get(kind, "")
        wrong = "is-invalid" if self.bound.errors else ""
        named = (widget.attrs.get("class", ""), wanted, width, wrong)
        # A placeholder vanishes when one types; the label and the help stay.
        attrs: dict[str, Any] = {"class": " ".join(name for name in named if name), "placeholder": False}
        return self.bound.as_widget(attrs=attrs)

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        return tuple(cls(bound) for bound in sample_form(wrong=False))


@dataclass(frozen=True)
class FormFields(Part):
    """All fields of a form, or the named ones in that order."""

    form: forms.BaseForm
    names: tuple[str, ...] = ()
    template_name: ClassVar[str] = "components/form_fields.html"

    @property
    def fields(self) -> list[Field]:
        """The fields to fill."""
        bounds = [self.form[name] for name in self.names] or self.form.visible_fields()
        return [Field(bound) for bound in bounds if not bound.is_hidden]

    @property
    def hidden(self) -> list[BoundField]:
        """The fields that only travel."""
        return self.form.hidden_fields()

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        return (cls(sample_form(wrong=True)),)


@dataclass(frozen=True)
class Fault:
    """One error: what is wrong and where."""

    text: str
    target: str = ""


@dataclass(frozen=True)
class ErrorSummary(Part):
    """What is wrong in one or more forms, each line a way to its field."""

    form: AnyForm | None = None
    others: tuple[AnyForm, ...] = ()
    title: str = ""
    faults: tuple[Fault, ...] = ()
    template_name: ClassVar[str] = "components/error_summary.html"

    @property
    def items(self) -> list[Fault]:
        """Every error with its field's address."""
        found = list(self.faults)
        for form in (self.form, *self.others):
            if form is not None:
                found.extend(_faults_of(form))
        return found

    @property
    def heading(self) -> str:
        """The title, or how many things are to be mended."""
        many = len(self.items)
        return self.title or ngettext("Please mend one thing", "Please mend %(count)s things", many) % {"count": many}

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        return (cls(sample_form(wrong=True), title="Urzędu nie można jeszcze zapisać"),)


def _faults_of(form: AnyForm) -> list[Fault]:
    if isinstance(form, BaseFormSet):
        own = [Fault(str(error)) for error in form.non_form_errors()]
        return [*own, *(fault for one in form.forms for fault in _faults_of(one))]
    if not form.is_bound:
        return []
    found = [Fault(str(error)) for error in form.non_field_errors()]
    for bound in form:
        found.extend(
            Fault(
                _said_of(str(bound.label), str(error)),
                "" if bound.is_hidden else _target(bound),
            )
            for error in bound.errors
        )
    return found


def _said_of(label: str, error: str) -> str:
    # A label that is a sentence or a question keeps its own mark.
    if label.endswith((".", "?", "!", ":")):
        return f"{label} {error}"
    return _("%(label)s: %(error)s") % {"label": label, "error": error}


def _target(bound: BoundField) -> str:
    if isinstance(bound.field.widget, CHOICES):
        return f"{bound.auto_id}_0"
    return bound.id_for_label or bound.auto_id


def sample_form(*, wrong: bool) -> forms.Form:
    """A form with every kind of control, for the gallery."""

    class SampleForm(forms.Form):
        name = forms.CharField(label="Nazwa urzędu", help_text="Pełna nazwa, jak w statucie.")
        email = forms.EmailField(label="Adres e-mail", widget=forms.EmailInput(attrs={"autocomplete": "email"}))
        staff = forms.IntegerField(label="Liczba pracowników", min_value=1, required=False)
        kind = forms.ChoiceField(
            label="Rodzaj urzędu", choices=[("puP", "powiatowy urząd pracy"), ("um", "urząd miasta")]
        )
        until = forms.DateField(label="Termin", widget=forms.DateInput(attrs={"type": "date"}), required=False)
        panel = forms.ChoiceField(
            label="Punktacja",
            help_text="Szczegółowa pokazuje, której fazy brakuje.",
            choices=[("fine", "szczegółowa"), ("classic", "klasyczna")],
            widget=forms.RadioSelect,
        )
        languages = forms.MultipleChoiceField(
            label="Języki",
            choices=[("pl", "polski"), ("ru", "rosyjski")],
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )
        about = forms.CharField(label="Opis", widget=forms.Textarea(attrs={"rows": 3}), required=False)
        logo = forms.FileField(label="Znak urzędu", help_text="SVG lub PNG, do 1 MB.", required=False)
        agreed = forms.BooleanField(label="Mam zgodę dyrektora urzędu")

    if not wrong:
        return SampleForm(auto_id="sample_%s", initial={"name": "PUP Gołdap"})
    return SampleForm({"name": "", "email": "pup", "staff": "0", "kind": "um"}, auto_id="wrong_%s", prefix="w")
