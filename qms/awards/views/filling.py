"""Filling an application from its sources: all at once, or a question as chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from qms.accounts.permissions import signed_in
from qms.awards import permissions
from qms.awards.components.offers import offer_groups
from qms.awards.components.overview import crumbs_of
from qms.awards.forms.beginning import PickForm
from qms.awards.models import Application, Question
from qms.awards.queries.filling import fitting, used_keys
from qms.awards.queries.sources import sources_of
from qms.awards.services import filling as services
from qms.core.permissions import get_permitted
from qms.lifecycle import Refused
from qms.ui.components import Empty, PageHead
from qms.ui.words import sentence

from .beginning import applications

if TYPE_CHECKING:
    from qms.awards.services.filling import Filled

WRONG = 422
FILLED_KINDS = (Question.Kind.TEXT, Question.Kind.RESULTS)


@login_required
@require_POST
def fill(request: HttpRequest, pk: int) -> HttpResponse:
    """Lay down what the sources offer into all empty questions."""
    at = timezone.now()
    application = get_permitted(applications(), pk, request.user, permissions.may_read)
    try:
        filled = services.fill_application(application, by=signed_in(request), at=at)
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    else:
        _tell(request, filled)
    return redirect("awards:application", pk=pk)


def _tell(request: HttpRequest, filled: Filled) -> None:
    if filled.pieces:
        words = ngettext(
            "%(count)s piece was laid down, with its source. Read it and change what you like.",
            "%(count)s pieces were laid down, each with its source. Read them and change what you like.",
            filled.pieces,
        )
        messages.success(request, words % {"count": filled.pieces})
    else:
        messages.info(request, _("Nothing was laid down: your sources offer nothing for questions that are empty."))
    if filled.left:
        words = ngettext(
            "%(count)s piece found no room under the limits. You can still choose it beside its question.",
            "%(count)s pieces found no room under the limits. You can still choose them beside their questions.",
            filled.left,
        )
        messages.info(request, words % {"count": filled.left})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def pick(request: HttpRequest, pk: int, section: int, question: int) -> HttpResponse:
    """Choose sources to add to one question."""
    at = timezone.now()
    application = get_permitted(applications(), pk, request.user, permissions.may_read)
    asked = _question(application, section, question)
    sources = sources_of(application)
    form = PickForm(request.POST, keys=[one.key for one in fitting(asked.kind, sources.everything())])
    page = reverse("awards:section", args=[pk, section]) + f"#question-{question}"
    refused = ""
    if request.method == "POST" and form.is_valid():
        try:
            added = services.add_sources(
                application, asked, keys=form.cleaned_data["source"], by=signed_in(request), at=at
            )
        except Refused as refusal:
            refused = sentence(refusal)
        else:
            words = ngettext("%(count)s piece was added.", "%(count)s pieces were added.", added)
            messages.success(request, words % {"count": added})
            return redirect(page)
    elif request.method == "POST":
        refused = " ".join(str(one) for one in form.errors.get("source", ()))
    used, chosen = used_keys(application, asked), request.POST.getlist("source")
    groups = offer_groups(sources, asked, used=used, chosen=chosen)
    context = {
        "head": PageHead(
            _("Choose sources"),
            over=f"{asked.section.title}: {asked.title}",
            lead=_(
                "What you tick is added to the end of the answer. You can change it there; its source stays beside it."
            ),
        ),
        "crumbs": crumbs_of(application, _("Choose sources")),
        "groups": groups,
        "refused": refused,
        "is_open": application.is_open(at),
        "back": page,
        "empty": Empty(
            _("There is nothing to choose from"),
            _("Approved self-assessments and plans and published good practices of your office are offered here."),
        ),
    }
    return render(request, "awards/pick.html", context, status=WRONG if refused else 200)


def _question(application: Application, section: int, question: int) -> Question:
    questions = Question.objects.select_related("section").filter(section__category=application.category_id)
    found: Question = get_object_or_404(questions, pk=question, section=section)
    if found.kind not in FILLED_KINDS:
        raise Http404
    return found
