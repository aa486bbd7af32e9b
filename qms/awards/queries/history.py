"""What was done with an application."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from wagtail.models import ModelLogEntry

from qms.awards.models import Application


def acts_on(application: Application) -> QuerySet[Any]:
    """The acts of the award with the person who did each, the newest first; what a jury does is not told here."""
    kind = ContentType.objects.get_for_model(Application)
    entries = ModelLogEntry.objects.filter(
        content_type=kind, object_id=str(application.pk), action__startswith="awards."
    )
    return entries.select_related("user").order_by("-timestamp", "-pk")  # type: ignore[no-any-return]
