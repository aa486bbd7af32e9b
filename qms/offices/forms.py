"""Forms about offices, regions and roles; they check, services do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from qms.accounts.models import Language, User
from qms.core import spreadsheets
from qms.lifecycle import Refused
from qms.offices.domain import roles
from qms.offices.models import Membership, Office, PendingImport, Region
from qms.offices.permissions import grantable_anywhere, grantable_at, may_manage_offices
from qms.ui.words import sentence


def _field_of(column: models.Field[Any, Any], **kwargs: Any) -> forms.Field | None:
    """The form's field of a column; an address without a scheme is taken for https."""
    if isinstance(column, models.URLField):
        kwargs["assume_scheme"] = "https"
    return column.formfield(**kwargs)


class OfficeForm(forms.ModelForm[Office]):
    """What the public sees of an office; its name, kind and place are kept by coordinators."""

    KEPT = ("kind", "name", "short_name", "slug", "region", "is_active")

    class Meta:
        model = Office
        formfield_callback = _field_of
        fields = [
            "name",
            "short_name",
            "kind",
            "slug",
            "region",
            "city",
            "address",
            "staff_count",
            "language",
            "website",
            "email",
            "phone",
            "is_active",
        ]

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_manage_offices(by):
            for name in self.KEPT:
                del self.fields[name]
        if "region" in self.fields:
            self.fields["region"].queryset = Region.objects.order_by("name_pl")  # type: ignore[attr-defined]
        if self.instance.pk and "slug" in self.fields:
            self.fields["slug"].disabled = True


class RegionForm(forms.ModelForm[Region]):
    """A region and its names."""

    class Meta:
        model = Region
        fields = ["code", "country", "name_pl", "name_en", "name_ru"]


class InviteForm(forms.Form):
    """Whom to invite to an office, and as what."""

    email = forms.EmailField(label=_("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    first_name = forms.CharField(label=_("First name"), max_length=150, required=False)
    last_name = forms.CharField(label=_("Last name"), max_length=150, required=False)
    role = forms.ChoiceField(label=_("Role"))
    language = forms.ChoiceField(label=_("Language of the letter"), choices=Language.choices)

    def __init__(self, *args: Any, office: Office, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.office = office
        self.fields["role"].choices = _named(grantable_at(by, office))  # type: ignore[attr-defined]
        self.initial.setdefault("role", Membership.Role.EMPLOYEE)
        self.initial.setdefault("language", office.language)


class AppointForm(forms.Form):
    """Whom to give a role on the whole platform or in a region."""

    email = forms.EmailField(label=_("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    first_name = forms.CharField(label=_("First name"), max_length=150, required=False)
    last_name = forms.CharField(label=_("Last name"), max_length=150, required=False)
    role = forms.ChoiceField(label=_("Role"))
    region = forms.ModelChoiceField(
        label=_("Region"),
        queryset=Region.objects.order_by("name_pl"),
        required=False,
        help_text=_("Only for a regional coordinator."),
    )
    language = forms.ChoiceField(label=_("Language of the letter"), choices=Language.choices)

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("choose a role")), *_named(grantable_anywhere(by))]
        self.fields["role"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        role, region = values.get("role"), values.get("region")
        if role in roles.REGION_ROLES and not region and "region" not in self.errors:
            self.add_error("region", _("This role needs a region."))
        if role and role not in roles.REGION_ROLES and region:
            self.add_error("region", _("This role takes no region. Leave it empty."))
        return values


class JurorForm(forms.Form):
    """Whom to invite to judge."""

    email = forms.EmailField(label=_("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    first_name = forms.CharField(label=_("First name"), max_length=150, required=False)
    last_name = forms.CharField(label=_("Last name"), max_length=150, required=False)
    language = forms.ChoiceField(label=_("Language of the letter"), choices=Language.choices)

    def clean(self) -> dict[str, Any]:
        return {**(super().clean() or {}), "role": Membership.Role.JUROR}


class RoleForm(forms.Form):
    """Another role for the same person at the same office."""

    role = forms.ChoiceField(label=_("Role"))

    def __init__(self, *args: Any, choices: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = _named(choices)  # type: ignore[attr-defined]


class UploadForm(forms.Form):
    """A file with a list of offices or people."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV or XLSX, up to 5 MB. The first line holds the names of the columns."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )
    sheet: spreadsheets.Sheet | None = None

    def __init__(self, *args: Any, kind: PendingImport.Kind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind

    def clean_file(self) -> Any:
        """The upload, read into lines."""
        file = self.cleaned_data["file"]
        try:
            self.sheet = spreadsheets.read_sheet(file)
        except Refused as refusal:
            raise forms.ValidationError(sentence(refusal)) from refusal
        return file


def _named(codes: Sequence[str]) -> list[tuple[str, Any]]:
    return [(code, Membership.Role(code).label) for code in codes]
