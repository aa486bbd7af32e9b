"""The ways through improvement, and what an office's page tells of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from qms.goodpractices.models import PracticePage
from qms.improvements.components.adoptions import (
    AdoptBox,
    adoption_line_of,
    adoption_words_of,
    box_for_staff,
    box_for_visitor,
    box_of_adopted,
    box_of_archived,
    box_of_own,
    box_to_adopt,
    forest_of,
    sentence_of,
)
from qms.improvements.models import Action, Plan
from qms.improvements.permissions import may_draft_from_strengths, may_read_network
from qms.improvements.queries.adoptions import (
    NOBODY,
    Adoption,
    adopted_by,
    adoption_of,
    adoptions_of,
    open_adoption,
    shared_by,
)
from qms.improvements.queries.feedback import label_of
from qms.offices.domain import roles
from qms.offices.models import Office, roles_of
from qms.ui.components import Link, Tabs

register = template.Library()
MOST_SHOWN = 50


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


# --- Practices: what became of them elsewhere, and taking them over ---------------------------------------------------


@register.simple_tag(name="adoption_of")
def adoption_of_page(page: PracticePage) -> Adoption:
    """How many offices took the practice over, and what they measured."""
    return adoption_of(page)


@register.simple_tag
def adoption_words(adoption: Adoption) -> str:
    """The same as words beside a heading."""
    return adoption_words_of(adoption)


@register.simple_tag
def adoption_line(adoption: Adoption | None) -> str:
    """The same for a row of a list; nothing where nobody took it over."""
    return "" if adoption is None else adoption_line_of(adoption)


@register.simple_tag
def adoptions_by_page(pages: Iterable[PracticePage]) -> Mapping[int, Adoption]:
    """What became of each of these practices, by key: two queries for all of them."""
    return adoptions_of([page.pk for page in pages])


@register.inclusion_tag("improvements/_elsewhere.html")
def adoption_elsewhere(page: PracticePage, adoption: Adoption) -> dict[str, Any]:
    """How the practice went in other offices: single ones only where they are at least five."""
    return {
        "sentence": sentence_of(adoption),
        "forest": forest_of(adoption, page.results.all(), author=page.office.short_name or page.office.name),
        "measured": adoption.measured,
    }


@register.inclusion_tag("improvements/_adopt_box.html", takes_context=True)
def adopt_box(context: dict[str, Any], page: PracticePage, results: Sequence[Any] = ()) -> dict[str, Any]:
    """The box by which a quality lead takes the practice over, and what it says to others."""
    return {"box": _box(context["request"].user, page, results), "csrf_token": context.get("csrf_token")}


def _box(user: Any, page: PracticePage, results: Sequence[Any]) -> AdoptBox:
    if page.archived_at is not None:
        return box_of_archived()
    if not user.is_authenticated:
        return box_for_visitor()
    held = roles_of(user)
    led = [pk for pk in held.offices(roles.QUALITY_LEAD) if pk != page.office_id]
    if not led:
        return box_of_own() if held.has_at(page.office_id) else box_for_staff()
    already = open_adoption(page, led) if len(led) == 1 else None
    if already is not None:
        return box_of_adopted(already)
    office = Office.objects.filter(pk__in=led).order_by("short_name", "pk").first()
    name = (office.short_name or office.name) if office and len(led) == 1 else gettext("your office")
    return box_to_adopt(page.pk, name, results[0].title if results else "")


@register.simple_tag(takes_context=True)
def source_action(context: dict[str, Any], page: PracticePage) -> Link | None:
    """The action from which the practice was drafted, where this person may read it."""
    kind, _colon, key = page.origin_key.partition(":")
    if kind != "action" or not key.isdecimal():
        return None
    action = Action.objects.visible_to(context["request"].user).filter(pk=int(key)).first()
    if action is None:
        return None
    return Link(f"{action.code} {action.title}", reverse("improvements:action-detail", args=[action.pk]))


@register.inclusion_tag("improvements/_shared_and_adopted.html", takes_context=True)
def shared_and_adopted(context: dict[str, Any], office: Office) -> dict[str, Any]:
    """The practices that the office shared, each with what became of it, and those that it took over."""
    user = context["request"].user
    shared = list(shared_by(office)[:MOST_SHOWN])
    became = adoptions_of([page.pk for page in shared])
    return {
        "shared": [(page, adoption_line_of(became.get(page.pk, NOBODY))) for page in shared],
        "adopted": list(adopted_by(office, user)[:MOST_SHOWN]),
        "strengths": reverse("improvements:strengths") + f"?office={office.pk}"
        if may_draft_from_strengths(user, office)
        else "",
    }
