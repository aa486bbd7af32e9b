"""The way from an approved self-assessment to what is shared of it."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext

from qms.assessments.models import Assessment
from qms.exchange.permissions import may_consent
from qms.ui.components import Link

register = template.Library()


@register.simple_tag(takes_context=True)
def way_to_consent(context: dict[str, Any], assessment: Assessment) -> Link | None:
    """Where lead and director decide what others see of it; nothing for all others, and before approval."""
    if assessment.is_open or not may_consent(context["request"].user, assessment):
        return None
    address = f"{reverse('exchange:consent')}?office={assessment.office_id}#assessment-{assessment.pk}"
    return Link(gettext("What we share of this self-assessment"), address)
