"""Rounds: the list for everybody, the page of one, programmes and rounds on their forms."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from qms.accounts.permissions import signed_in
from qms.awards import permissions
from qms.awards.components import categories as parts
from qms.awards.components import rounds as shown
from qms.awards.components.deadline import deadline_of_round
from qms.awards.components.doors import doors_of_round, of_all, rooms_of
from qms.awards.components.settings import groups_of
from qms.awards.forms.rounds import ProgrammeForm, RoundForm
from qms.awards.models import Programme, Round
from qms.awards.models.application import HEADS
from qms.awards.queries import rounds as reads
from qms.awards.services import rounds as services
from qms.awards.services.examples import SHIPPED, shipped
from qms.core.permissions import get_permitted
from qms.core.tasks import send_letters
from qms.frameworks.domain.framework import text
from qms.lifecycle import Refused
from qms.offices.models import Region, roles_of
from qms.offices.permissions import is_national_coordinator
from qms.ui.components import Button, Empty, PageHead, Pagination
from qms.ui.words import sentence

WRONG = 422
ROWS_ON_A_PAGE = 25


@login_required
@require_safe
def round_list(request: HttpRequest) -> HttpResponse:
    """Open rounds with their closing and own applications, past ones; for organisers those in preparation too."""
    if not permissions.takes_part(request.user):
        raise PermissionDenied
    user, at, founds = signed_in(request), timezone.now(), permissions.may_found(request.user)
    kinds = (reads.CURRENT, *((reads.DRAFTS,) if founds else ()), reads.PAST)
    kind = next((one for one in kinds if one and one in request.GET), reads.CURRENT)
    counts = {one: reads.rounds_listed(user, at, one).count() for one in kinds}
    page = Paginator(reads.rounds_listed(user, at, kind), ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    rounds = list(page.object_list)
    own = reads.own_applications(user, rounds)
    programmes = list(reads.programmes_run_by(user)) if founds else []
    add = Button(_("Found an award"), url=reverse("awards:programme-add"), kind="secondary") if founds else None
    applies = bool(roles_of(user).offices(*HEADS))
    context = {
        "crumbs": shown.crumbs_to(None),
        "head": PageHead(
            _("Quality awards"),
            lead=_("Each round takes applications until its closing. What your office has already proved fills them."),
            action=add,
        ),
        "tabs": shown.tabs_of(kind, counts),
        "table": shown.rounds_table(rounds, own, at, kind=kind, applies=applies) if rounds else None,
        "pagination": Pagination(page, request.GET),
        "empty": _empty(kind),
        "examples": _examples() if permissions.may_found_example(user) else (),
        "programmes": shown.programmes_table(programmes) if programmes else None,
    }
    return render(request, "awards/round_list.html", context)


@login_required
@require_safe
def round_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Calendar, rules and categories with their conditions; for the organiser numbers and the next step."""
    at, user = timezone.now(), signed_in(request)
    found = get_permitted(_rounds(), pk, request.user, permissions.takes_part)
    runs = permissions.may_run(user, found)
    rows = reads.categories_of(found, user, at)
    is_draft, is_published = found.state == Round.State.DRAFT, found.state == Round.State.PUBLISHED
    counts = reads.counts_of(found) if runs and not is_draft else ()
    hindrances = reads.hindrances_of(found, at) if runs and is_draft else ()
    changes = parts.is_changed(found, runs=runs)
    begun = sum(one.drafts + one.submitted + one.reopened + one.withdrawn for one in counts)
    doors = doors_of_round(found, user, at)
    codes = [code for row in rows for rule in row.rules for code in rule.value.get("regions", ())]
    context = {
        "round": found,
        "crumbs": shown.crumbs_to(found),
        "head": shown.round_head(found, at, runs=runs),
        "deadline": deadline_of_round(found, at) if is_published and not found.is_closed(at) else None,
        "calendar": shown.calendar_of(found, at),
        "rules": shown.rules_of(found),
        "categories": parts.category_items(
            rows, reads.region_names(codes) if codes else {}, changes=changes, is_closed=found.is_closed(at)
        ),
        "changes": changes,
        "counts": parts.counts_table(counts) if counts else None,
        "is_sealed": is_published and not found.is_closed(at),
        "doors": of_all(doors),
        "rooms": rooms_of(doors),
        "hindrances": [sentence(one) for one in hindrances],
        "seal": parts.publish_seal(found) if runs and is_draft and not hindrances else None,
        "runs": runs,
        "can_take_back": runs and is_published and not begun,
        "can_finish": runs and is_published and found.is_closed(at),
        "is_finished": runs and found.state == Round.State.FINISHED,
    }
    return render(request, "awards/round.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def programme_add(request: HttpRequest) -> HttpResponse:
    """A new award; its first round comes next."""
    if not permissions.may_found(request.user):
        raise PermissionDenied
    form = ProgrammeForm(request.POST or None, **_reach(request))
    if request.method == "POST" and form.is_valid():
        programme = services.add_programme(draft=form.draft, by=signed_in(request))
        messages.success(request, _("The award is founded. Prepare its first round."))
        return redirect("awards:round-add", pk=programme.pk)
    head = PageHead(_("Found an award"), lead=_("An award is given again and again; each time is a round."))
    return _page(request, form, None, head, _("Save and prepare a round"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def programme_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Name, organiser and region of an award."""
    programme = get_permitted(Programme.objects.select_related("region"), pk, request.user, permissions.may_run)
    form = ProgrammeForm(request.POST or None, programme=programme, **_reach(request))
    if request.method == "POST" and form.is_valid():
        services.change_programme(programme, draft=form.draft, by=signed_in(request))
        messages.success(request, _("The award was saved."))
        return redirect("awards:round-list")
    delete = None
    if not programme.rounds.exists():
        words = _("The award has no round. Its name and settings are thrown away.")
        delete = (reverse("awards:programme-delete", args=[pk]), _("Delete the award"), words)
    return _page(request, form, None, PageHead(programme.title, over=_("Award")), _("Save"), delete)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def round_add(request: HttpRequest, pk: int) -> HttpResponse:
    """A new round of an award, in preparation."""
    programme = get_permitted(Programme.objects.all(), pk, request.user, permissions.may_run)
    form = RoundForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.prepare_round(programme, draft=form.draft, by=signed_in(request))
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("The round is prepared. Add its categories."))
            return redirect("awards:round", pk=made.pk)
    lead = _("Only its organisers see the round until you announce it.")
    return _page(
        request,
        form,
        None,
        PageHead(_("Prepare a round"), over=programme.title, lead=lead),
        _("Save and add categories"),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def round_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Texts and calendar of a round; once announced, dates move to later only."""
    at = timezone.now()
    found = get_permitted(_rounds(), pk, request.user, permissions.may_run)
    form = RoundForm(request.POST or None, round=found)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_round(found, draft=form.draft, by=signed_in(request), at=at)
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            send_letters.delay_on_commit()
            messages.success(request, _("The round was saved. Its dates count at once."))
            return redirect("awards:round", pk=pk)
    is_draft = found.state == Round.State.DRAFT
    lead = "" if is_draft else _("The round is announced: texts may change, and dates may move to a later time.")
    head = PageHead(_("Settings of the round"), over=found.title, lead=lead)
    words = _("Only its organisers know the round. Its categories and forms are thrown away with it.")
    delete = (reverse("awards:round-delete", args=[pk]), _("Delete the round"), words) if is_draft else None
    return _page(request, form, found, head, _("Save"), delete)


def _rounds() -> QuerySet[Round]:
    return Round.objects.select_related("programme__region")


def _reach(request: HttpRequest) -> dict[str, Any]:
    """The regions for which this person may found an award."""
    national = is_national_coordinator(request.user)
    regions = Region.objects.order_by("country", "name_pl")
    return {
        "national": national,
        "regions": regions if national else regions.filter(pk__in=roles_of(request.user).regions),
    }


def _examples() -> tuple[tuple[str, str], ...]:
    """The awards that ship as examples, by their codes."""
    return tuple((code, text(shipped(code).titles, get_language() or "pl")) for code in SHIPPED)


def _empty(kind: str) -> Empty:
    if kind == reads.DRAFTS:
        return Empty(_("No round in preparation"), _("Prepare a round of one of your awards, or copy a past one."))
    if kind == reads.PAST:
        return Empty(_("No past round"), _("A round stands here after its closing."))
    return Empty(_("No open round"), _("When an award is announced, you find here until when your office may apply."))


def _page(
    request: HttpRequest,
    form: ProgrammeForm | RoundForm,
    found: Round | None,
    head: PageHead,
    button: str,
    delete: tuple[str, str, str] | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "crumbs": shown.crumbs_to(found, head.title),
        "head": head,
        "button": button,
        "back": reverse("awards:round", args=[found.pk]) if found else reverse("awards:round-list"),
    }
    if isinstance(form, RoundForm):
        context["groups"] = groups_of(form)
    if delete is not None:
        context["delete"], context["delete_label"], context["delete_text"] = delete
    wrong = form.is_bound and form.errors
    return render(request, "awards/round_form.html", context, status=WRONG if wrong else 200)
