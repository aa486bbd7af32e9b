"""The settings of a round in groups, each language in a column of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.conf import settings
from django.forms import BaseForm
from django.utils.translation import gettext as _

from qms.ui.components import FormFields, Part

CALENDAR = ("zone", "opens_at", "closes_at", "embargo_until", "gala_at", "gala_place")
NUMBERS = ("year", "prefix", "contact_email")


@dataclass(frozen=True)
class FieldGroup(Part):
    """Fields that belong together, in columns where there is room."""

    ident: str
    title: str
    columns: tuple[FormFields, ...]
    is_row: bool = False  # one field in each column
    template_name: ClassVar[str] = "awards/_field_group.html"


def groups_of(form: BaseForm) -> tuple[FieldGroup, ...]:
    """Every field of the form, in the order in which a round is prepared."""
    return (
        FieldGroup("texts", _("Name and introduction"), _by_language(form, "title", "lead")),
        FieldGroup("calendar", _("Calendar"), _side_by_side(form, *CALENDAR), is_row=True),
        FieldGroup("numbers", _("Numbers and questions"), _side_by_side(form, *NUMBERS), is_row=True),
        FieldGroup("rules", _("Rules"), _by_language(form, "rules")),
    )


def _by_language(form: BaseForm, *names: str) -> tuple[FormFields, ...]:
    return tuple(FormFields(form, tuple(f"{name}_{code}" for name in names)) for code, _title in settings.LANGUAGES)


def _side_by_side(form: BaseForm, *names: str) -> tuple[FormFields, ...]:
    return tuple(FormFields(form, (name,)) for name in names)
