"""The ten steps of an office, and what is noted at one of them."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from qms.accounts.permissions import signed_in
from qms.assessments.models import Assessment
from qms.core.permissions import get_permitted
from qms.improvements import permissions
from qms.improvements.components.cycle import (
    ABOUT,
    TITLES,
    Reach,
    clock_part,
    lead_of,
    link_of,
    track_of,
)
from qms.improvements.domain.cycle import STEPS, Mark, next_of
from qms.improvements.forms.cycle import MarkForm
from qms.improvements.queries.cycle import CycleView, cycle_view, cycles_of, last_report, marks_of_cycle
from qms.improvements.services.cycle import mark_step
from qms.lifecycle import Refused
from qms.offices.models import Office
from qms.offices.queries import current_office, offices_of
from qms.ui import numbers
from qms.ui.components import Button, Crumbs, DataTable, Link, PageHead, Row, Tabs
from qms.ui.words import sentence


@login_required
@require_safe
def cycle(request: HttpRequest) -> HttpResponse:
    """The track of one of the reader's offices: its present cycle, or an earlier one."""
    office = _office_of(request)
    view = cycle_view(office, timezone.now(), assessment=_cycle_of(request, office))
    reach = _reach(request, view)
    context = {
        "crumbs": Crumbs((*_crumbs(), Link(_("Ten steps"), ""))),
        "head": _head(view, reach),
        "offices": _offices(request, office),
        "track": track_of(view, reach),
        "clock": clock_part(view.clock, _approved_on(office), action=_clock_action(view, reach)),
        "cycles": _cycles(view),
        "is_latest": view.is_latest,
        "present": _address(office),
    }
    return render(request, "improvements/cycle.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cycle_mark(request: HttpRequest, office: int, step: int) -> HttpResponse:
    """Note days and words at one step."""
    here = get_permitted(Office.objects.all(), office, request.user, permissions.may_keep_cycle)
    found = next((one for one in STEPS if one.number == step), None)
    if found is None:
        raise Http404
    assessment = _cycle_of(request, here) or cycles_of(here).first()
    mark = marks_of_cycle(here, assessment).get(step, Mark())
    typed = request.POST if request.method == "POST" else None
    form = MarkForm(typed, step=step, mark=mark, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        try:
            mark_step(
                here,
                assessment,
                step,
                mark=form.wanted,
                before=form.before,
                by=signed_in(request),
                at=timezone.now(),
            )
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("It stands on the track now."))
            return redirect(_address(here, assessment))
    context = {
        "form": form,
        "back": _address(here, assessment),
        "about": ABOUT[found.key],
        "crumbs": Crumbs((*_crumbs(), Link(_("Ten steps"), _address(here, assessment)), Link(str(step), ""))),
        "head": PageHead(
            str(TITLES[found.key]),
            over=_("Step %(number)s of ten, %(office)s") % {"number": step, "office": here.short_name},
        ),
    }
    return render(request, "improvements/cycle_mark.html", context)


def _office_of(request: HttpRequest) -> Office:
    asked = request.GET.get("office", "")
    if asked:
        if not asked.isdecimal():
            raise Http404
        return get_permitted(Office.objects.all(), int(asked), request.user, permissions.may_read_cycle)
    here = current_office(request.user, request.session.get("office"))
    if here is None or not permissions.may_read_cycle(request.user, here):
        here = offices_of(request.user).first()
    if here is None:
        raise PermissionDenied
    return here


def _cycle_of(request: HttpRequest, office: Office) -> Assessment | None:
    asked = request.GET.get("cycle", "")
    if not asked:
        return None
    if not asked.isdecimal():
        raise Http404
    return get_object_or_404(cycles_of(office), pk=int(asked))


def _reach(request: HttpRequest, view: CycleView) -> Reach:
    user = request.user
    seen = Assessment.objects.visible_to(user) if user.is_authenticated else Assessment.objects.none()
    return Reach(
        keeps=permissions.may_keep_cycle(user, view.office),
        assessment=view.assessment is not None and seen.filter(pk=view.assessment.pk).exists(),
        plan=view.plan is not None and permissions.may_read_plan(user, view.plan),
    )


def _head(view: CycleView, reach: Reach) -> PageHead:
    turn = next_of(view.steps)
    link = None if turn is None or not view.is_latest else link_of(turn, view, reach)
    over = view.office.name
    if view.assessment is not None:
        facts = {"number": view.number, "title": view.assessment.title}
        over = _("Cycle %(number)s: %(title)s") % facts
    return PageHead(
        _("The ten steps of %(office)s") % {"office": view.office.short_name},
        over=over,
        lead=lead_of(view),
        action=None if link is None else Button(link.label, url=link.url),
    )


def _offices(request: HttpRequest, office: Office) -> Tabs | None:
    own = list(offices_of(request.user))
    if len(own) < 2:
        return None
    links = tuple(Link(one.short_name, _address(one), current=one == office) for one in own)
    return Tabs(_("Offices"), links)


def _clock_action(view: CycleView, reach: Reach) -> Button | None:
    clock = view.clock
    if clock.feedback is not None:
        address = reverse("improvements:feedback-detail", args=[clock.feedback.pk])
        return Button(_("Open the external feedback"), url=address, kind="secondary") if reach.keeps else None
    if clock.state in ("open", "closing") and reach.keeps:
        address = reverse("improvements:feedback-start") + f"?office={view.office.pk}"
        return Button(_("Apply for external feedback"), url=address, kind="secondary")
    return None


def _cycles(view: CycleView) -> DataTable | None:
    if len(view.cycles) < 2:
        return None
    rows = []
    for place, one in enumerate(view.cycles):
        link = Link(one.title, _address(view.office, one if place else None))
        approved = numbers.day(timezone.localdate(one.approved_at)) if one.approved_at else one.get_stage_display()
        number = str(len(view.cycles) - place)
        rows.append(Row((link, number, str(one.year), approved), own=one == view.assessment))
    headers = (_("Self-assessment"), _("Cycle"), _("Year"), _("Report approved"))
    return DataTable(_("Cycles of the office"), headers, tuple(rows), stack=True)


def _approved_on(office: Office) -> date | None:
    report = last_report(office)
    return None if report is None or report.approved_at is None else timezone.localdate(report.approved_at)


def _crumbs() -> tuple[Link, ...]:
    return (Link(_("Improvement plans"), reverse("improvements:plan-list")),)


def _address(office: Office, assessment: Assessment | None = None) -> str:
    facts = {"office": office.pk} | ({} if assessment is None else {"cycle": assessment.pk})
    return f"{reverse('improvements:cycle')}?{urlencode(facts)}"
