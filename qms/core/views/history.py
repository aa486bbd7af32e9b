"""Who did what, when, with which object."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_required
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry

from qms.core import audit
from qms.core.permissions import own_scope_of, sees_some_work
from qms.core.rows import row_number
from qms.core.views.lists import MOST_IN_A_FILE, address_with, csv_response, page_of

# What the facts of an act are called.
NAMES = {
    "application": _("application"),
    "blanks": _("left blank"),
    "changed": _("changed"),
    "code": _("number"),
    "email": _("e-mail"),
    "file": _("file"),
    "group": _("group"),
    "heading": _("subject"),
    "juror": _("juror"),
    "kind": _("kind"),
    "language": _("language"),
    "letters": _("letters"),
    "lines": _("lines"),
    "members": _("people"),
    "node": _("subcriterion"),
    "nodes": _("subcriteria"),
    "person": _("person"),
    "reason": _("reason"),
    "role": _("role"),
    "title": _("title"),
    "warnings": _("warnings"),
    "year": _("year"),
}


@dataclass(frozen=True)
class Act:
    """One line of the history."""

    at: dt.datetime
    person: str
    action: str
    label: str
    kind: str
    url: str
    facts: str


@require_safe
@login_required
def history(request: HttpRequest) -> HttpResponse:
    """The acts that the person may see, newest first, by action, person, date and office."""
    if not sees_some_work(request.user):
        raise PermissionDenied
    visible, own = audit.entries_visible_to(request.user), own_scope_of(request.user)
    rows = _narrowed(visible, request).select_related("user").order_by("-timestamp", "-pk")
    if request.GET.get("as") == "csv":
        headers = [gettext("When"), gettext("Who"), gettext("What"), gettext("Object"), gettext("Details")]
        values = (
            (timezone.localtime(act.at), act.person, act.action, f"{act.kind}: {act.label}", act.facts)
            for act in (_act(entry, None, own) for entry in rows[:MOST_IN_A_FILE].iterator(chunk_size=1000))
        )
        return csv_response(gettext("History"), headers, values)
    page = page_of(rows, request)
    return render(
        request,
        "core/history.html",
        {
            "page": page,
            "acts": list(_acts(page.object_list, own)),
            "actions": sorted(((name, _name_of(name)) for name in visible.get_actions()), key=lambda pair: pair[1]),
            "people": [(str(one.pk), str(one)) for one in _people(visible)],
            "asked": {name: request.GET.get(name, "") for name in ("action", "person", "from", "to", "office")},
            "as_csv": address_with(request, **{"as": "csv", "page": None}),
            "earlier": address_with(request, page=str(page.number - 1)),
            "later": address_with(request, page=str(page.number + 1)),
        },
    )


def _narrowed(rows: Any, request: HttpRequest) -> Any:
    asked = request.GET
    if action := asked.get("action"):
        rows = rows.filter(action=action)
    if person := row_number(asked.get("person", "")):
        rows = rows.filter(user_id=person)
    if office := row_number(asked.get("office", "")):
        rows = rows.filter(data__office=office)
    if first := _date(asked.get("from")):
        rows = rows.filter(timestamp__gte=_midnight(first))
    if last := _date(asked.get("to")):
        rows = rows.filter(timestamp__lt=_midnight(last + dt.timedelta(days=1)))
    return rows


def _date(text: str | None) -> dt.date | None:
    try:
        return parse_date(text or "")
    except ValueError:
        return None


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def _people(visible: Any) -> Any:
    return get_user_model().objects.filter(pk__in=visible.get_user_ids()).order_by("last_name", "first_name", "pk")


def _acts(entries: Any, own: Collection[int]) -> Iterator[Act]:
    for entry, subject in entries.with_instances():
        yield _act(entry, subject, own)


def _act(entry: ModelLogEntry, subject: Any, own: Collection[int]) -> Act:
    # What people wrote to one another stays with those who answer for the office.
    hidden = {"office", "sealed"} | (set() if entry.data.get("office") in own else {"reason"})
    facts = {
        name: value
        for name, value in entry.data.items()
        if name not in hidden and value not in (None, "", [], {}, entry.label)
    }
    model = ContentType.objects.get_for_id(entry.content_type_id).model_class() if entry.content_type_id else None
    return Act(
        at=entry.timestamp,
        person=str(entry.user) if entry.user else gettext("the system"),
        action=_name_of(entry.action),
        label=entry.label,
        kind=str(model._meta.verbose_name) if model else "",  # noqa: SLF001  Django's own name
        url=subject.get_absolute_url() if hasattr(subject, "get_absolute_url") else "",
        facts="; ".join(f"{NAMES.get(name, name)}: {_words(value, name, model)}" for name, value in facts.items()),
    )


def _words(value: object, name: str, model: Any) -> str:
    """A fact in the reader's words: fields of the object by their names, choices by their labels."""
    if isinstance(value, list):
        return ", ".join(_field_name(model, str(one)) if name == "changed" else str(one) for one in value)
    if isinstance(value, dict):
        return ", ".join(f"{key} {one}" for key, one in value.items())
    return str(dict(_choices(model, name)).get(value, value))


def _field_name(model: Any, name: str) -> str:
    try:
        return str(model._meta.get_field(name).verbose_name)  # noqa: SLF001  Django's own name
    except (AttributeError, FieldDoesNotExist):
        return name


def _choices(model: Any, name: str) -> Any:
    try:
        return model._meta.get_field(name).flatchoices  # noqa: SLF001  Django's own name
    except (AttributeError, FieldDoesNotExist):
        return ()


def _name_of(action: str) -> str:
    return str(registry.get_action_label(action)) if registry.action_exists(action) else action
