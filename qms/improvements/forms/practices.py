"""Into which plan a practice is taken over."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qms.improvements.models import Plan
from qms.ui.forms import Form


class AdoptForm(Form):
    """One open plan of an office that the person leads."""

    plan = forms.ModelChoiceField(
        Plan.objects.none(),
        label=_("Into which plan?"),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose the plan."),
            "invalid_choice": _("Choose an open plan of your own office."),
        },
    )

    def __init__(self, *args: Any, plans: Iterable[Plan], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = list(plans)
        self.fields["plan"].queryset = (
            Plan.objects.filter(pk__in=[plan.pk for plan in listed]).select_related("office").order_by("-year", "-pk")
        )
        several = len({plan.office_id for plan in listed}) > 1
        self.fields["plan"].label_from_instance = lambda plan: plan_label(plan, with_office=several)
        if len(listed) == 1:
            self.fields["plan"].initial = listed[0].pk


def plan_label(plan: Plan, *, with_office: bool) -> str:
    """Title, year and stage; the office where there are several."""
    office = plan.office.short_name or plan.office.name
    parts = [office if with_office else "", f"{plan.title} ({plan.year})", str(plan.get_stage_display())]
    return ", ".join(part for part in parts if part)
