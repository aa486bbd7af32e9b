"""Who did what, when, with which object."""

from __future__ import annotations

from typing import Any

from django.db.models import Model, Q
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from qms.core.permissions import Person, is_sealed, own_scope_of, scope_of, unsealed


def record(subject: Model, action: str, *, by: Any, office_id: int | None = None, **facts: Any) -> None:
    """Write down an act; the action is registered in the app's wagtail_hooks, facts are JSON values.

    A subject that has a `log_title` stands under it in the history, else under its own text.
    """
    log(subject, action, user=by, title=getattr(subject, "log_title", None), data={"office": office_id, **facts})


def seal_of(kind: str) -> dict[str, bool]:
    """What an act of core about a job or a letter of this kind says, so that it is as sealed as they are."""
    return {"sealed": True} if is_sealed(kind) else {}


def entries_visible_to(user: Person) -> Any:
    """All entries, or those of the offices whose work the person may see."""
    scope = scope_of(user)
    entries = ModelLogEntry.objects.all()
    if scope == "all":
        opened = Q(data__sealed__isnull=True) | Q(data__office__in=sorted(own_scope_of(user)))
        return entries.filter(unsealed(user, kind="action", office="data__office"), opened)
    return entries.filter(data__office__in=sorted(scope)) if scope else entries.none()
