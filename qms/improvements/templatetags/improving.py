"""What an office's page tells of its improvement."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import get_language

from qms.improvements.models import Plan
from qms.improvements.queries.feedback import label_of
from qms.offices.models import Office

register = template.Library()


@register.inclusion_tag("improvements/_office.html", takes_context=True)
def improvement_of(context: dict[str, Any], office: Office) -> dict[str, Any]:
    """The label that the office holds today, for everybody, and the plans that this reader may open."""
    label = label_of(office, timezone.localdate())
    plans = Plan.objects.visible_to(context["request"].user).filter(office=office).order_by("-year", "-pk")
    return {
        "label": label,
        "label_name": label.name((get_language() or "pl")[:2]) if label else "",
        "plans": plans,
    }
