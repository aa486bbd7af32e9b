"""The public page of laureates: all that it shows is looked up when it is read."""

from __future__ import annotations

from django import template
from django.utils import timezone

from qms.laureates.components import pages as shown
from qms.laureates.models import LaureatesPage
from qms.laureates.queries.pages import laurels_told
from qms.laureates.queries.press import practices_of

register = template.Library()


@register.simple_tag
def laureates_of(page: LaureatesPage) -> shown.LaureatesFront:
    """Who won what; before the embargo ends only when it will be told."""
    at = timezone.now()
    laurels = laurels_told(page.round, at)
    if not laurels:
        return shown.waiting_front(page, at)
    return shown.laureates_front(page, laurels, practices_of([one.decision.application_id for one in laurels]))
