"""How the lists of offices and of people are narrowed and sorted."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from qms.accounts.models import User
from qms.offices.models import Membership, Office, OfficeQuerySet, Region

OFFICE_SORTS = {
    "name": ("short_name", "pk"),
    "-name": ("-short_name", "-pk"),
    "kind": ("kind", "short_name", "pk"),
    "-kind": ("-kind", "short_name", "pk"),
    "region": ("region__name_pl", "short_name", "pk"),
    "-region": ("-region__name_pl", "short_name", "pk"),
    "city": ("city", "short_name", "pk"),
    "-city": ("-city", "short_name", "pk"),
    "people": ("people", "short_name", "pk"),
    "-people": ("-people", "short_name", "pk"),
}


def regions(_request: Any) -> QuerySet[Region]:
    """Regions to choose from, by their name in the reader's language."""
    language = (get_language() or "pl")[:2]
    return Region.objects.order_by(f"name_{language}" if language in {"pl", "en", "ru"} else "name_pl", "name_pl")


class Narrow(forms.Form):
    """The row of filters: everything in it may stay empty, so no label says so."""

    marks_optional = False


class OfficeFilter(django_filters.FilterSet):
    """Narrows by words, kind and region."""

    q = django_filters.CharFilter(label=_("Name or city"), method="with_words")
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=Office.Kind.choices, empty_label=_("every kind"))
    region = django_filters.ModelChoiceFilter(
        label=_("Region"), queryset=regions, to_field_name="code", empty_label=_("every region")
    )

    class Meta:
        model = Office
        form = Narrow
        fields: list[str] = []

    def with_words(self, offices: OfficeQuerySet, _name: str, words: str) -> QuerySet[Office]:
        return offices.matching(words)


class PersonFilter(django_filters.FilterSet):
    """Narrows by words and role."""

    q = django_filters.CharFilter(label=_("Name or e-mail"), method="with_words")
    role = django_filters.ChoiceFilter(
        label=_("Role"), choices=Membership.Role.choices, method="in_role", empty_label=_("every role")
    )

    class Meta:
        model = User
        form = Narrow
        fields: list[str] = []

    def with_words(self, people: QuerySet[User], _name: str, words: str) -> QuerySet[User]:
        for word in words.split():
            people = people.filter(
                Q(first_name__icontains=word) | Q(last_name__icontains=word) | Q(email__icontains=word)
            )
        return people

    def in_role(self, people: QuerySet[User], _name: str, role: str) -> QuerySet[User]:
        return people.filter(pk__in=Membership.objects.active().in_role(role).values("user"))


def order_of(asked: str) -> tuple[str, ...]:
    """The columns to sort offices by; by name where the address asks for nonsense."""
    return OFFICE_SORTS.get(asked, OFFICE_SORTS["name"])
