"""What an office shares of its self-assessments: read what it means, see where it stands, decide."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from qms.accounts.permissions import signed_in
from qms.assessments.models import Assessment
from qms.core.permissions import get_permitted
from qms.core.rows import row_number
from qms.exchange.components.changing import effects_of, takes_away
from qms.exchange.components.consent import choices_meant, meaning_of, shared_assessment, word_of
from qms.exchange.components.example import example_for
from qms.exchange.forms.consent import ConsentForm
from qms.exchange.permissions import heads, may_consent
from qms.exchange.queries.consent import Sharing, example_of, is_under_way, not_approved_yet, sharing_of, sharings_of
from qms.exchange.services.consent import Decided, decide_consent
from qms.lifecycle import Refused
from qms.offices.models import Office
from qms.offices.queries import current_office, offices_of
from qms.ui.components import Button, Crumbs, Empty, ErrorSummary, Link, PageHead, Tabs
from qms.ui.words import sentence

Consent = Assessment.Consent
WRONG = 422


@login_required
@require_safe
def consent(request: HttpRequest) -> HttpResponse:
    """All approved self-assessments of the office: what the choices mean, what holds, where it stands."""
    office = _office(request)
    sharings = sharings_of(office)
    links = tuple(
        Link(one.short_name, f"?office={one.pk}", current=one == office)
        for one in offices_of(request.user)
        if heads(request.user, one)
    )
    latest = sharings[0] if sharings else None
    context = {
        "head": PageHead(
            _("What other offices see of your self-assessments"),
            over=office.name,
            lead=_("You decide, for each one you have approved, and may change it at any time."),
        ),
        "tabs": Tabs(_("Offices"), links) if len(links) > 1 else None,
        "choices": choices_meant(latest, _release_for(latest)) if latest else (),
        "shared": [shared_assessment(one) for one in sharings],
        "under_way": [
            (Link(one.title, reverse("assessments:assessment-detail", args=[one.pk])), word_of(one.benchmark_consent))
            for one in not_approved_yet(office)
        ],
        "empty": Empty(
            _("No self-assessment is approved yet"),
            _("When your director has approved one, you decide here what other offices may learn of it."),
            Button(_("Self-assessments"), url=reverse("assessments:assessment-list"), kind="secondary"),
        ),
    }
    return render(request, "exchange/consent.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def consent_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Before anything changes: what does at once, what with the next build; then it is decided."""
    rows = Assessment.objects.select_related("office__region", "edition")
    assessment = get_permitted(rows, pk, request.user, may_consent)
    asked = request.POST if request.method == "POST" else request.GET
    if said := _cannot(assessment, asked.get("consent")):
        messages.error(request, said)
        return _back(assessment)
    form = ConsentForm(
        request.POST or None, initial={"seen": assessment.benchmark_consent, "consent": asked["consent"]}
    )
    if request.method == "POST" and form.is_valid():
        choice, seen = form.cleaned_data["consent"], form.cleaned_data["seen"]
        try:
            decided = decide_consent(assessment, consent=choice, seen=seen, by=signed_in(request), at=timezone.now())
        except Refused as refusal:
            messages.error(request, sentence(refusal))
        else:
            messages.success(request, _said(decided))
        return _back(assessment)
    wrong = form.is_bound
    context = _changing(sharing_of(assessment), asked["consent"]) | {
        "form": form,
        "errors": ErrorSummary(form) if wrong else None,
        "seen": request.POST.get("seen", assessment.benchmark_consent),
    }
    return render(request, "exchange/consent_change.html", context, status=WRONG if wrong else 200)


# --- What these pages share ------------------------------------------------------------------------------------------


def _office(request: HttpRequest) -> Office:
    """The office in the address, else the chosen one, else the first that the person heads."""
    if asked := request.GET.get("office"):
        return get_permitted(Office.objects.select_related("region"), row_number(asked), request.user, heads)
    own = [one for one in offices_of(request.user) if heads(request.user, one)]
    if not own:
        raise PermissionDenied
    here = current_office(request.user, request.session.get("office"))
    return here if here in own else own[0]


def _release_for(sharing: Sharing) -> Any:
    if sharing.best is None:
        return None
    return example_of(sharing.assessment.edition.code, sharing.best.node)


def _cannot(assessment: Assessment, choice: str | None) -> str:
    """Why nothing can be decided, or nothing."""
    if assessment.is_open:
        return _("The self-assessment is not approved yet. Until then its settings say what will be shared.")
    if choice not in Consent.values:
        return _("Choose one of the three: nothing, without a name, or by name.")
    return ""


def _changing(sharing: Sharing, choice: str) -> dict[str, Any]:
    less = takes_away(sharing.consent, choice)
    assessment = sharing.assessment
    titles = {
        Consent.NOTHING: _("Share nothing of it any more?"),
        Consent.ANONYMOUS: _("Take your name off?") if less else _("Share it without your name?"),
        Consent.NAMED: _("Share it by name?"),
    }
    title = titles[Consent(choice)]
    return {
        "head": PageHead(title, over=assessment.title, lead=meaning_of(choice)),
        "crumbs": Crumbs((Link(_("What others see"), address_of(assessment)), Link(title, ""))),
        "effects": effects_of(sharing, choice, under_way=is_under_way()),
        "example": example_for(choice, sharing, _release_for(sharing)),
        "less": less,
        "choice": choice,
        "button": Button(_buttons(choice, less=less), kind="danger" if less else "primary"),
        "back": address_of(assessment),
    }


def _buttons(choice: str, *, less: bool) -> str:
    return {
        Consent.NOTHING: _("Withdraw"),
        Consent.ANONYMOUS: _("Take the name off") if less else _("Share without our name"),
        Consent.NAMED: _("Share by name"),
    }[Consent(choice)]


def _said(decided: Decided) -> str:
    return {
        Consent.NOTHING: _("Withdrawn. Other offices see nothing of this self-assessment any more."),
        Consent.ANONYMOUS: _("From now on your scores count without your name."),
        Consent.NAMED: _("From now on your scores may stand with your name; they appear with the next build."),
    }[Consent(decided.assessment.benchmark_consent)]


def address_of(assessment: Assessment) -> str:
    """The place of the self-assessment on the page of consent."""
    return reverse("exchange:consent") + f"?office={assessment.office_id}#assessment-{assessment.pk}"


def _back(assessment: Assessment) -> HttpResponse:
    return redirect(address_of(assessment))
