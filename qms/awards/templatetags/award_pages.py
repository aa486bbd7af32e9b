"""The public pages of awards: everything that they show is looked up when they are read."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone
from wagtail.models import Page

from qms.awards.components import public as shown
from qms.awards.models import AwardIndexPage, AwardProgrammePage, AwardRoundPage, Round
from qms.awards.queries import showing
from qms.offices.domain import roles
from qms.offices.models import roles_of
from qms.ui.components import Crumbs, Link

register = template.Library()
TREE_DEPTH = 3  # the front of the awards stands under a home page, which stands under the root


@register.simple_tag
def award_index(page: AwardIndexPage) -> shown.IndexFront:
    """The front of the awards: what is open now, and all awards."""
    return shown.index_front(showing.programme_pages(page), showing.round_pages(page), timezone.now())


@register.simple_tag
def award_programme(page: AwardProgrammePage) -> shown.ProgrammeFront:
    """The page of an award with its rounds."""
    return shown.programme_front(page, showing.round_pages(page), timezone.now())


@register.simple_tag(takes_context=True)
def award_round(context: dict[str, Any], page: AwardRoundPage) -> shown.RoundFront:
    """The page of a round; one that is not announced tells nothing, however its page came to be published."""
    if page.round.state == Round.State.DRAFT:
        return shown.waiting_front(page)
    user = getattr(context["request"], "user", None)
    known = bool(user is not None and user.is_authenticated)
    applies = known and bool(roles_of(user).offices(roles.QUALITY_LEAD, roles.DIRECTOR))
    categories = showing.categories_of(page.round)
    return shown.round_front(page, categories, timezone.now(), applies=applies, known=known)


@register.simple_tag(takes_context=True)
def award_below(context: dict[str, Any], page: Page, levels: int = 1) -> list[Link]:
    """What stands under the page of a round, such as its laureates; from the page of an award two levels down."""
    return [Link(each.title, each.get_url(context["request"]) or "") for each in showing.pages_below(page, levels)]


@register.simple_tag(takes_context=True)
def award_crumbs(context: dict[str, Any], page: Page) -> Crumbs:
    """The way from the front of the awards to this page."""
    above = page.get_ancestors().filter(depth__gte=TREE_DEPTH).select_related("locale") if page.path else []
    return Crumbs((*(Link(each.title, each.get_url(context["request"]) or "") for each in above), Link(page.title, "")))
