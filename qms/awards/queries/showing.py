"""What the public pages of awards read: only what strangers may see."""

from __future__ import annotations

from django.db.models import Prefetch
from wagtail.models import Page

from qms.awards.models import AwardProgrammePage, AwardRoundPage, Category, Prize, Round, Rule, Section
from qms.awards.models.round import in_order


def programme_pages(index: Page) -> list[AwardProgrammePage]:
    """The awards that stand under this front page, by title."""
    rows = AwardProgrammePage.objects.child_of(index).live().select_related("programme__region", "locale")
    return list(rows.order_by("title", "pk"))


def round_pages(above: Page) -> list[AwardRoundPage]:
    """The announced rounds that stand under this page, the newest first."""
    rows = AwardRoundPage.objects.descendant_of(above).live().exclude(round__state=Round.State.DRAFT)
    return list(rows.select_related("round__programme", "locale").order_by("-round__closes_at", "-pk"))


def categories_of(round: Round) -> list[Category]:  # noqa: A002  the word of the awards
    """The categories of a round with their conditions, sections and prizes, in four queries."""
    rules = Prefetch("rules", queryset=in_order(Rule.objects.all()), to_attr="conditions")
    sections = Prefetch("sections", queryset=in_order(Section.objects.all()), to_attr="chapters")
    prizes = Prefetch("prizes", queryset=in_order(Prize.objects.all()), to_attr="ordered_prizes")
    rows = Category.objects.filter(round=round).select_related("framework", "judging")
    return list(in_order(rows).prefetch_related(rules, sections, prizes))


def pages_below(above: Page, levels: int) -> list[Page]:
    """The public pages that stand so many levels under this one, the newest first: what apps above add to a round."""
    if not above.path:
        return []
    rows = Page.objects.descendant_of(above).live().public().filter(depth=above.depth + levels)
    return list(rows.order_by("-first_published_at", "-pk"))
