"""Reading what is not published yet: the preview, the versions and what differs between two of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Revision

from qms.core.permissions import get_permitted
from qms.core.uploads import content_type_of, promised_kind
from qms.goodpractices import permissions
from qms.goodpractices.components.desk import crumbs
from qms.goodpractices.components.versions import Change, changes_between
from qms.goodpractices.models import PracticePage
from qms.goodpractices.queries.drafts import draft_of, latest_of, pictures_of
from qms.goodpractices.queries.forming import names_of_files, names_of_people
from qms.goodpractices.queries.lists import versions_of
from qms.ui.components import Link, PageHead, State
from qms.ui.numbers import moment

MOST = 100


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version in the list."""

    pk: int
    saved: str
    who: str
    state: State | None
    is_from: bool
    is_to: bool


@login_required
@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The latest version as readers will see it, or one picture of it; who may not see drafts reads what is public."""
    practices = PracticePage.objects.select_related("office", "locale")
    practice: PracticePage = get_permitted(practices, pk, request.user, permissions.may_read)
    drafts = permissions.may_see_drafts(request.user, practice)
    if asked := request.GET.get("picture", ""):
        return _picture(practice, asked if drafts else "")
    if practice.live and not (drafts and practice.has_unpublished_changes):
        return redirect(practice.get_url(request) or "/")
    latest = latest_of(practice)
    context = latest.get_context(request) | {"preview": True}
    return render(request, latest.get_template(request), context)


def _picture(practice: PracticePage, asked: str) -> FileResponse:
    """The picture as it was handed in, if it stands in the latest or in the published version."""
    picture = next((one for one in pictures_of(practice) if str(one.pk) == asked), None)
    kind = promised_kind(picture.filename) if picture is not None else ""
    if picture is None or not kind:
        raise Http404
    try:
        content = picture.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(content, filename=picture.filename, content_type=content_type_of(kind))
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@login_required
@require_safe
def versions(request: HttpRequest, pk: int) -> HttpResponse:
    """All versions, and two of them field by field."""
    practices = PracticePage.objects.select_related("office", "locale")
    practice: PracticePage = get_permitted(practices, pk, request.user, permissions.may_see_drafts)
    saved = versions_of(practice)[:MOST]
    later = _asked(request, saved, "to") or (saved[0] if saved else None)
    earlier = _asked(request, saved, "from") or _before(practice, saved, later)
    context = {
        "head": PageHead(_("Versions"), over=practice.draft_title),
        "crumbs": crumbs(Link(practice.draft_title, ""), Link(_("Versions"), "")),
        "rows": [_row(one, practice, earlier, later) for one in saved],
        "compares": earlier is not None and later is not None,
        "changes": _changes(practice, earlier, later) if earlier and later else (),
        "changes_title": _("What changed"),
    }
    return render(request, "goodpractices/versions.html", context)


def _asked(request: HttpRequest, saved: Sequence[Any], name: str) -> Any:
    return next((one for one in saved if str(one.pk) == request.GET.get(name)), None)


def _before(practice: PracticePage, saved: Sequence[Any], later: Any) -> Any:
    """What is published where the later one is not that; else the version just before."""
    if later is None:
        return None
    live = next((one for one in saved if one.pk == practice.live_revision_id and one.pk != later.pk), None)
    return live or next((one for one in saved if one.pk < later.pk), None)


def _row(one: Any, practice: PracticePage, earlier: Any, later: Any) -> VersionRow:
    published = practice.live and one.pk == practice.live_revision_id
    return VersionRow(
        one.pk,
        moment(one.created_at),
        one.user.name if one.user else "–",
        State(_("published"), "done") if published else None,
        is_from=earlier is not None and one.pk == earlier.pk,
        is_to=later is not None and one.pk == later.pk,
    )


def _changes(practice: PracticePage, earlier: Any, later: Any) -> tuple[Change, ...]:
    before, after = (draft_of(Revision.objects.get(pk=one.pk).as_object()) for one in (earlier, later))
    names: Mapping[str, str] = names_of_files(before) | names_of_files(after)
    labels = (moment(earlier.created_at), moment(later.created_at))
    people = names_of_people(practice.office)
    return changes_between(before, after, labels=labels, people=people, files=names)
