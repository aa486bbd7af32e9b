"""The approved self-assessments from which an application can be filled."""

from __future__ import annotations

from django.db.models import QuerySet

from qms.assessments.models import Assessment
from qms.awards.models import Category
from qms.offices.models import Office


def reports_for(category: Category, office: Office) -> QuerySet[Assessment]:
    """Approved reports on the whole office by the category's framework or the edition before it, the newest first."""
    found = Assessment.objects.approved().of_whole_offices().filter(office=office).select_related("edition")
    if category.framework is not None:
        tree = category.framework.tree()
        found = found.filter(edition__code__in=[code for code in (tree.code, tree.follows) if code])
    return found.order_by("-approved_at", "-pk")
