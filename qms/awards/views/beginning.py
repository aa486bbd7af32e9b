"""Beginning an application, the own applications, and one of them at a glance."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from qms.accounts.permissions import signed_in
from qms.awards import permissions
from qms.awards.components import overview as shown
from qms.awards.components.conditions import condition_lines
from qms.awards.components.deadline import deadline_of, deadline_of_round
from qms.awards.components.doors import doors_of_application
from qms.awards.forms.beginning import BeginForm
from qms.awards.models import Application, Category, Rule
from qms.awards.models.round import in_order
from qms.awards.queries import overview as reads
from qms.awards.queries.eligibility import conditions_of
from qms.awards.queries.history import acts_on
from qms.awards.queries.people import heads_of
from qms.awards.services import beginning as services
from qms.core.permissions import get_permitted
from qms.lifecycle import Refused
from qms.offices.models import Office, roles_of
from qms.offices.permissions import may_edit_office
from qms.offices.queries import current_office, offices_of
from qms.ui.components import Button, Crumbs, Empty, Link, PageHead, Pagination
from qms.ui.words import sentence

if TYPE_CHECKING:
    from django.db.models import QuerySet

WRONG = 422
ROWS_ON_A_PAGE = 20
LATEST_ACTS = 10


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Whether the office may apply in this category; if so, the application begins."""
    at = timezone.now()
    category = get_permitted(_categories(), pk, request.user, permissions.takes_part)
    office, headed = _office_that_applies(request)
    known = Application.objects.filter(category=category, office=office).first()
    rules = in_order(category.rules.filter(kind=Rule.Kind.ANSWER))
    form = BeginForm(request.POST if request.method == "POST" else None, rules=rules)
    refused = ""
    if request.method == "POST" and known is not None:
        messages.info(request, _("Your office has an application in this category already."))
        return redirect("awards:application", pk=known.pk)
    if form.is_bound and form.is_valid():
        try:
            begun = services.begin_application(category, office, answers=form.answers, by=signed_in(request), at=at)
        except Refused as refusal:
            refused = sentence(refusal)
            form.say_unmet()
        else:
            messages.success(request, _("The application is begun. Until it is submitted only your office reads it."))
            return redirect("awards:application", pk=begun.pk)
    answers = known.eligibility if known is not None else form.answers if form.is_bound else {}
    conditions = conditions_of(category, office, answers, at)
    context = {
        "head": PageHead(
            category.title,
            over=shown.award_words(category.round),
            lead=_("Your office applies in this category when it meets all conditions."),
        ),
        "crumbs": Crumbs(
            (
                Link(_("Awards"), reverse("awards:round-list")),
                Link(category.round.title, reverse("awards:round", args=[category.round_id])),
                Link(_("Begin an application"), ""),
            )
        ),
        "deadline": deadline_of_round(category.round, at),
        "office": office,
        "others": [one for one in headed if one != office],
        "lines": condition_lines(conditions, category, office, edits=may_edit_office(request.user, office)),
        "answered": [one for one in conditions if one.is_answered],
        "form": form,
        "refused": refused,
        "known": known,
        "is_open": category.round.receives(at),
        "back": reverse("awards:round", args=[category.round_id]),
    }
    return render(request, "awards/begin.html", context, status=WRONG if form.is_bound else 200)


@never_cache
@login_required
@require_safe
def application_list(request: HttpRequest) -> HttpResponse:
    """The applications of the own offices."""
    user = signed_in(request)
    if not roles_of(user).offices():
        raise PermissionDenied
    found = reads.own_applications(user)
    page = Paginator(found, ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    lines = reads.lines_of(list(page.object_list))
    several = len({line.application.office_id for line in lines}) > 1
    context = {
        "head": PageHead(_("Our applications"), lead=_("What your office submits or has submitted to awards.")),
        "crumbs": Crumbs((Link(_("Awards"), reverse("awards:round-list")), Link(_("Our applications"), ""))),
        "table": shown.application_table(lines, with_office=several) if lines else None,
        "pagination": Pagination(page, request.GET) if page.has_other_pages() else None,
        "empty": Empty(
            _("No application yet"),
            _("The director or the quality lead begins one from an open round. Who is chosen to write finds it here."),
            Button(_("To the rounds"), url=reverse("awards:round-list"), kind="secondary"),
        ),
    }
    return render(request, "awards/application_list.html", context)


@never_cache
@login_required
@require_safe
def application(request: HttpRequest, pk: int) -> HttpResponse:
    """One application at a glance: until when, how far, what is missing, who writes."""
    at = timezone.now()
    found = get_permitted(applications(), pk, request.user, permissions.may_read)
    overview = reads.overview_of(found, at)
    manages = permissions.may_manage(request.user, found)
    is_open = found.is_open(at)
    context = {
        "head": _head(found, overview, at),
        "crumbs": Crumbs((*shown.crumbs_of(found).links[:-1], Link(_("Application"), ""))),
        "application": found,
        "deadline": deadline_of(found, at) if found.state != Application.State.WITHDRAWN else None,
        "table": shown.section_table(overview, found),
        "rule_of_pages": shown.rule_of_pages(),
        "missing": shown.missing_of(overview) if is_open else None,
        "is_open": is_open,
        "fills": is_open and found.assessment is not None,
        "is_blank": overview.pieces == 0,
        "report": found.assessment,
        "heads": heads_of(found.office),
        "editors": found.editors.order_by("last_name", "first_name", "pk"),
        "manages": manages,
        "directs": permissions.may_submit(request.user, found),
        "history": shown.history_of(acts_on(found)[:LATEST_ACTS]),
        "doors": doors_of_application(found, request.user, at),
    }
    return render(request, "awards/application.html", context)


# --- What these pages share -------------------------------------------------------------------------------------------


def applications() -> QuerySet[Application]:
    """Applications with all that their pages ask for."""
    return Application.objects.select_related(
        "category__round__programme", "category__framework", "office__region", "assessment__edition"
    )


def _categories() -> QuerySet[Category]:
    return Category.objects.select_related("round__programme", "framework")


def _head(found: Application, overview: reads.Overview, at: datetime) -> PageHead:
    ready = _("%(ready)s of %(all)s") % {"ready": overview.ready, "all": len(overview.sections)}
    meta: list[tuple[str, object]] = [(_("Office"), found.office.short_name)]
    if found.number:
        meta.append((_("Number"), found.number))
    meta += [(_("Pages"), shown.pages_words(overview.measure)), (_("Sections ready"), ready)]
    return PageHead(
        found.category.title,
        over=shown.award_words(found.category.round),
        state=shown.state_of(found),
        lead=shown.lead_of(found, at),
        meta=tuple(meta),
    )


def _office_that_applies(request: HttpRequest) -> tuple[Office, list[Office]]:
    """The office in the address or the chosen one, and all that the person speaks for."""
    own: list[Any] = list(offices_of(request.user).select_related("region"))
    headed = [one for one in own if permissions.may_apply(request.user, one)]
    asked = request.GET.get("office")
    if asked:
        chosen = next((one for one in own if str(one.pk) == asked), None)
        if chosen is None:
            raise Http404
        if chosen not in headed:
            raise PermissionDenied
        return chosen, headed
    if not headed:
        raise PermissionDenied
    here = current_office(request.user, request.session.get("office"))
    return next((one for one in headed if one == here), headed[0]), headed
