"""The annexes of an application: the list with its form, the files, their order."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from qms.accounts.permissions import signed_in
from qms.awards import permissions
from qms.awards.components import annexes as shown
from qms.awards.components.deadline import deadline_of
from qms.awards.components.submitting import crumbs_of, over_of
from qms.awards.forms.annexes import AnnexForm
from qms.awards.models import Annex, Application
from qms.awards.queries.annexes import asked_annexes, current_annexes
from qms.awards.queries.received import annexes_open_to, was_submitted
from qms.awards.services import annexes as services
from qms.awards.services.annex_reading import hindrance_of
from qms.core.permissions import get_permitted
from qms.core.uploads import content_type_of
from qms.core.views.files import given_out
from qms.lifecycle import Refused
from qms.ui.components import Button, Empty, Link, PageHead
from qms.ui.words import sentence

WRONG = 422


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def annexes(request: HttpRequest, pk: int) -> HttpResponse:
    """What goes with the application, what is still asked for, and a form to add more."""
    at = timezone.now()
    application = get_permitted(_applications(), pk, request.user, permissions.may_read)
    there = current_annexes(application)
    asked = asked_annexes(application, there)
    first = next((one.question.pk for one in asked if one.question.is_required and not one.given), "")
    form = AnnexForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        asked=[one.question for one in asked],
        initial={"question": first},
    )
    if request.method == "POST" and form.is_valid():
        found = form.cleaned_data
        facts = {"title": found["title"], "file": found["file"], "question": found.get("question")}
        try:
            annex = services.add_annex(application, by=signed_in(request), at=at, **facts)
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("The annex “%(title)s” is added.") % {"title": annex.title})
            if why := hindrance_of(annex):
                messages.warning(request, _(why))
            return redirect("awards:annexes", pk=pk)
    return _page(request, application, there, asked, form, at=at)


@login_required
@require_POST
def annex_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an annex out."""
    annex = _own(request, pk)
    try:
        services.remove_annex(annex, by=signed_in(request), at=timezone.now())
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, _("The annex “%(title)s” is taken out.") % {"title": annex.title})
    return redirect("awards:annexes", pk=annex.application_id)


@login_required
@require_POST
def annex_move(request: HttpRequest, pk: int) -> HttpResponse:
    """One place up or down."""
    annex = _own(request, pk)
    to: Literal["up", "down"] = "up" if request.POST.get("to") == "up" else "down"
    try:
        services.move_annex(annex, to=to, by=signed_in(request), at=timezone.now())
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    return redirect(f"{reverse('awards:annexes', args=[annex.application_id])}#annex-{annex.pk}")


@login_required
@require_safe
def annex_file(request: HttpRequest, pk: int) -> FileResponse:
    """The file itself, always as a download: for who writes, and for the organiser once it was received."""
    annex = get_permitted(annexes_open_to(request.user, timezone.now()), pk, request.user, _may_open)
    try:
        content = annex.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    kind = content_type_of(annex.kind)
    response = FileResponse(content, as_attachment=True, filename=annex.file_name, content_type=kind)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    application = annex.application
    own = permissions.own_office_of(request.user, application)
    about = {"application": application.log_title, "file": annex.file_name}
    return given_out(response, request, annex, "awards.fetch_annex", office_id=own, **about)


def _may_open(user: Any, annex: Annex) -> bool:
    if permissions.may_read(user, annex.application):
        return True
    if not permissions.may_receive(user, annex.application):
        return False
    if not was_submitted(annex):  # what the office keeps to itself is not there for anybody else
        raise Http404
    return True


def _own(request: HttpRequest, pk: int) -> Annex:
    """An annex of an application that the person writes."""
    visible = Application.objects.visible_to(request.user).values("pk")
    rows = Annex.objects.current().filter(application__in=visible).select_related("application__office")
    return get_permitted(rows, pk, request.user, lambda user, row: permissions.may_read(user, row.application))


def _applications() -> QuerySet[Application]:
    return Application.objects.select_related("category__round__programme", "office")


def _page(
    request: HttpRequest,
    application: Application,
    there: tuple[Annex, ...],
    asked: Any,
    form: AnnexForm,
    *,
    at: datetime,
) -> HttpResponse:
    is_open = application.is_open(at)
    title = _("Annexes")
    context = {
        "head": PageHead(
            title,
            over=over_of(application),
            lead=_("PDF files and pictures become pages of the dossier. Other files are listed there with the reason."),
            meta=(
                (_("Office"), application.office.short_name),
                (title, shown.counted(len(there), application.category.max_annexes)),
            ),
        ),
        "crumbs": crumbs_of(application, Link(title, "")),
        "deadline": deadline_of(application, at),
        "asked": shown.asked_items(asked),
        "items": shown.items_of(there, changes=is_open),
        "empty": Empty(_("No annexes yet"), _("Add what the form asks for, and what proves your results."), level=3),
        "form": form,
        # A form that came too late stays on the page with what was typed.
        "shows_form": is_open or form.is_bound,
        "button": Button(_("Add the annex")),
        "back": reverse("awards:application", args=[application.pk]),
    }
    return render(request, "awards/annexes.html", context, status=WRONG if form.errors else 200)
