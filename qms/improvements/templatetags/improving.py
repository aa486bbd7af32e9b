"""The ways through improvement, and what an office's page tells of it."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from qms.improvements.models import Plan
from qms.improvements.permissions import may_read_network
from qms.improvements.queries.feedback import label_of
from qms.offices.domain import roles
from qms.offices.models import Office, roles_of
from qms.ui.components import Link, Tabs

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


@register.simple_tag(takes_context=True)
def improvement_ways(context: dict[str, Any]) -> SafeString:
    """The parts of improvement that this person may open, the present one marked."""
    request = context["request"]
    held = roles_of(request.user)
    ways = [("plan-list", gettext("Plans"))]
    if held.offices():
        ways.append(("my-actions", gettext("My actions")))
    if held.offices(roles.QUALITY_LEAD, roles.DIRECTOR):
        ways.append(("finding-list", gettext("Findings")))
    if held.offices():
        ways.append(("cycle", gettext("Ten steps")))
    ways.append(("feedback-list", gettext("External feedback")))
    if may_read_network(request.user):
        ways.append(("network", gettext("Network")))
    links = [(reverse(f"improvements:{name}"), label) for name, label in ways]
    tabs = Tabs(
        gettext("Parts of improvement"), tuple(Link(label, url, current=request.path == url) for url, label in links)
    )
    return tabs.render_html(context)
