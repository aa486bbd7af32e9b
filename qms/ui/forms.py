"""Forms in our look: summary of errors on top, each field with its help and its error."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates
from django.template import loader


class Renderer(DjangoTemplates):
    """Draws forms with our templates and widgets with Django's."""

    form_template_name = "ui/form.html"
    formset_template_name = "ui/formset.html"
    field_template_name = "ui/field.html"

    def get_template(self, template_name: str) -> Any:
        """Ours come from the project's tree."""
        if template_name.startswith("ui/"):
            return loader.get_template(template_name)
        return super().get_template(template_name)


class Dressed:
    """Mixin: `{{ form }}` gives our error summary and our fields."""

    default_renderer: Any = Renderer
    fields: Any  # a form's __init__ narrows choices and querysets, which Django's own type does not know
    marks_optional = True


class Form(Dressed, forms.Form):
    """A plain form in our look."""


class ModelForm(Dressed, forms.ModelForm):  # type: ignore[type-arg]
    """A model's form in our look."""


class DayInput(forms.DateInput):
    """The browser's own calendar."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class MomentInput(forms.DateTimeInput):
    """The browser's own calendar with a clock."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%dT%H:%M")


class DayField(forms.DateField):
    """A day."""

    widget = DayInput


class MomentField(forms.DateTimeField):
    """A day and an hour."""

    widget = MomentInput
