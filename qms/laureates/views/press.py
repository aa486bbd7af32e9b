"""What the public will read about laureates: the organiser writes, the laureate approves."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from qms.accounts.permissions import signed_in
from qms.awards.components.hours import moment_of
from qms.awards.components.submitting import crumbs_of as crumbs_of_office
from qms.awards.models import Round
from qms.core.permissions import get_permitted
from qms.core.rows import row_number
from qms.core.tasks import send_letters
from qms.laureates import permissions
from qms.laureates.components import press as shown
from qms.laureates.components.diplomas import crumbs_to
from qms.laureates.forms.press import AnswerForm, PressForm
from qms.laureates.models import PressSummary
from qms.laureates.queries import press as reads
from qms.laureates.queries.pages import pages_of
from qms.laureates.services import press as services
from qms.lifecycle import Refused
from qms.ui.components import Crumbs, Link, PageHead
from qms.ui.words import sentence

WRONG, CLASH = 422, 409
State = PressSummary.State


@never_cache
@login_required
@require_safe
def press_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Every laureate with how far its text is, the release, and the public page."""
    found, at = _round(request, pk), timezone.now()
    laurels = reads.laurels_with_press(found, at)
    is_over = found.embargo_until <= at
    ready = [one for one in laurels if one.summary and one.knows and one.summary.state == State.DRAFT]
    title = _("Press and public page")
    context = {
        "round": found,
        "crumbs": crumbs_to(found, Link(title, "")),
        "head": PageHead(
            title,
            over=found.title,
            lead=_("The public reads about a laureate what the laureate has approved, and not before %(moment)s.")
            % {"moment": moment_of(found, found.embargo_until)},
        ),
        "table": shown.press_table(laurels),
        "missing": sum(one.summary is None for one in laurels),
        "ready": len(ready),
        "approved": len(shown.release_lines(laurels)),
        "unaware": sum(not one.knows for one in laurels),
        "is_over": is_over,
        "pages": [Link(page.locale.get_display_name(), page.get_url(request) or "") for page in pages_of(found)],
    }
    return render(request, "laureates/press_list.html", context)


@login_required
@require_POST
def press_begin(request: HttpRequest, pk: int) -> HttpResponse:
    """A first text for every laureate that has none."""
    found = _round(request, pk)
    try:
        count = services.begin_press(found, language=get_language() or "pl", by=signed_in(request))
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    else:
        said = ngettext("%(count)s text was laid down.", "%(count)s texts were laid down.", count)
        messages.success(request, said % {"count": count})
    return redirect("laureates:press-list", pk=pk)


@login_required
@require_POST
def press_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Put one text, or all that are ready, to the laureates."""
    found = _round(request, pk)
    chosen = [row_number(one) for one in request.POST.getlist("press")]
    try:
        count = services.ask_press(found, chosen=chosen, by=signed_in(request), at=timezone.now())
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    else:
        send_letters.delay_on_commit()
        said = ngettext("%(count)s laureate was asked.", "%(count)s laureates were asked.", count)
        messages.success(request, said % {"count": count})
    return redirect("laureates:press-list", pk=pk)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def press_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The organiser writes what the public will read, in each language."""
    summary = get_permitted(reads.with_all(), pk, request.user, permissions.may_run)
    found = summary.application.category.round
    form = PressForm(request.POST or None, summary=summary)
    clashes: tuple[shown.Clash, ...] = ()
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        try:
            services.save_press(summary, texts=form.texts, version=version, by=signed_in(request))
        except Refused as refusal:
            summary.refresh_from_db()
            form.add_error(None, sentence(refusal))
            clashes = shown.clashes(form.texts, summary) if version != summary.version else ()
            form.renew(summary.version)
        else:
            messages.success(request, _("The text was saved."))
            return redirect("laureates:press-edit", pk=pk)
    laurel = reads.laurel_of(summary)
    prize = laurel.prize.title if laurel is not None and laurel.prize is not None else ""
    back = reverse("laureates:press-list", args=[found.pk])
    context = {
        "summary": summary,
        "round": found,
        "crumbs": crumbs_to(found, Link(_("Press and public page"), back), Link(summary.application.office.name, "")),
        "head": PageHead(
            summary.application.office.name, over=", ".join(filter(None, [prize, found.title])), state=_state(summary)
        ),
        "form": form,
        "clashes": clashes,
        "remark": summary.remark if summary.state in (State.DRAFT, State.RETURNED) else "",
        "must_ask_again": summary.state in (State.ASKED, State.APPROVED),
        "may_ask": summary.state in (State.DRAFT, State.RETURNED) and reads.knows(summary, timezone.now()),
        "back": back,
    }
    return render(request, "laureates/press_edit.html", context, status=WRONG if form.errors else 200)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def press(request: HttpRequest, pk: int) -> HttpResponse:
    """The laureate reads the text and answers; while it is written anew, the letter's link says so."""
    at = timezone.now()
    in_work = reads.in_work_for(request.user, at).filter(pk=pk).first()
    if in_work is not None and not permissions.may_run(request.user, in_work):
        return _in_work_page(request, in_work)
    summary = get_permitted(reads.with_all(), pk, request.user, permissions.may_read)
    answers = permissions.may_answer(request.user, summary)
    if request.method == "POST" and not answers:
        raise PermissionDenied
    form = AnswerForm(request.POST or None, version=summary.version)
    if request.method == "POST" and form.is_valid():
        facts = {"remark": form.cleaned_data["remark"], "version": form.cleaned_data["version"]}
        try:
            services.answer_press(summary, approves=form.approves, by=signed_in(request), at=at, **facts)
        except Refused as refusal:
            # What was typed stays, beside the text as it is now.
            summary.refresh_from_db()
            form.add_error(None, sentence(refusal))
            form.renew(summary.version)
        else:
            send_letters.delay_on_commit()
            messages.success(request, _("Thank you. The organiser has your answer."))
            return redirect("laureates:press", pk=pk)
    waits = answers and summary.state == State.ASKED
    context = {
        "head": shown.reading_head(summary, at, waits=waits),
        "crumbs": _crumbs_of_text(request, summary),
        "texts": shown.said_in_all(summary.texts),
        "remark": summary.remark if summary.state == State.RETURNED else "",
        "form": form if waits or form.errors else None,
    }
    return render(request, "laureates/press.html", context, status=WRONG if form.errors else 200)


def _in_work_page(request: HttpRequest, summary: PressSummary) -> HttpResponse:
    """Nothing of the text; what was typed about the one before stays to be read."""
    context = {
        "head": shown.in_work_head(summary),
        "crumbs": _crumbs_of_text(request, summary),
        "remark": request.POST.get("remark", ""),
    }
    return render(request, "laureates/press.html", context, status=CLASH if request.method == "POST" else 200)


def _crumbs_of_text(request: HttpRequest, summary: PressSummary) -> Crumbs:
    here = Link(_("Text"), "")
    if permissions.may_run(request.user, summary):
        return crumbs_to(summary.application.category.round, here)
    return crumbs_of_office(summary.application, here)


@never_cache
@require_safe
def press_release(request: HttpRequest, pk: int) -> HttpResponse:
    """All approved texts in one file: for everybody after the embargo, before it for the organiser."""
    found = get_object_or_404(Round.objects.public().select_related("programme"), pk=pk)
    at = timezone.now()
    is_over = found.embargo_until <= at
    if not is_over and not (request.user.is_authenticated and permissions.may_run(request.user, found)):
        raise Http404
    context = {
        "round": found,
        "award": found.programme.title,
        "organiser": found.programme.organiser,
        "lines": shown.release_lines(reads.laurels_with_press(found, at)),
        "until": "" if is_over else moment_of(found, found.embargo_until),
    }
    response = render(request, "laureates/press_release.txt", context, content_type="text/plain; charset=utf-8")
    name = f"{slugify(found.prefix)}-press-{get_language() or 'pl'}.txt"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _state(summary: PressSummary) -> shown.State:
    return shown.state_of(summary)


def _round(request: HttpRequest, pk: int) -> Round:
    return get_permitted(Round.objects.select_related("programme"), pk, request.user, permissions.may_run)
