"""The outbox: what was written to whom, and whether it went out."""

from __future__ import annotations

from csp.constants import NONE, SELF
from csp.decorators import csp_replace
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from qms.core import audit, services, tasks
from qms.core.models import Letter
from qms.core.permissions import Person, get_permitted, own_scope_of, sees_all_work, sees_some_work
from qms.core.views.lists import MOST_IN_A_FILE, address_with, csv_response, page_of
from qms.core.views.texts import may_edit_texts
from qms.lifecycle import Refused


def may_open_outbox(user: Person) -> bool:
    """Those who follow the work of offices; in a demonstration everyone."""
    return sees_some_work(user) or (settings.QMS_DEMO and user.is_authenticated)


def may_see_letter(user: Person, letter: Letter) -> bool:
    """Whoever sees it in the outbox may open it."""
    return True


def may_read_text(user: Person, letter: Letter) -> bool:
    """The addressee; of letters that let nobody in, those who answer for its office; in a demonstration everyone."""
    if letter.user_id == user.pk or settings.QMS_DEMO:
        return True
    concerns = sees_all_work(user) if letter.office_id is None else letter.office_id in own_scope_of(user)
    return concerns and not letter.is_personal


def may_send_again(user: Person, letter: Letter) -> bool:
    """Those who follow the work of offices; the address may have been mended meanwhile."""
    return sees_some_work(user)


@require_safe
@login_required
def outbox(request: HttpRequest) -> HttpResponse:
    """Letters, newest first, found by address or subject."""
    if not may_open_outbox(request.user):
        raise PermissionDenied
    search, state = request.GET.get("q", "").strip(), request.GET.get("state", "")
    rows = Letter.objects.visible_to(request.user).defer("text", "html").order_by("-created_at", "-pk")
    if search:
        rows = rows.filter(Q(to__icontains=search) | Q(subject__icontains=search))
    if state in Letter.State.values:
        rows = rows.filter(state=state)
    if request.GET.get("as") == "csv":
        headers = [gettext("Written"), gettext("To"), gettext("Subject"), gettext("Kind"), gettext("State")]
        values = (
            (timezone.localtime(one.created_at), one.to, one.subject, one.kind, one.get_state_display())
            for one in rows[:MOST_IN_A_FILE]
        )
        return csv_response(gettext("Outbox"), headers, values)
    page = page_of(rows, request)
    return render(
        request,
        "core/letter_list.html",
        {
            "page": page,
            "search": search,
            "state": state,
            "states": Letter.State.choices,
            "may_edit_texts": may_edit_texts(request.user),
            "as_csv": address_with(request, **{"as": "csv", "page": None}),
            "earlier": address_with(request, page=str(page.number - 1)),
            "later": address_with(request, page=str(page.number + 1)),
        },
    )


@require_safe
@login_required
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """One letter with its text and its fate."""
    letter = get_permitted(Letter, pk, request.user, may_see_letter)
    return render(
        request,
        "core/letter_detail.html",
        {
            "letter": letter,
            "may_read": may_read_text(request.user, letter),
            "may_send_again": letter.state == Letter.State.FAILED and may_send_again(request.user, letter),
            "gathered": letter.gathered.visible_to(request.user).order_by("created_at", "pk"),
        },
    )


@csp_replace(  # type: ignore[arg-type]  # its hint knows only views without arguments
    {
        "default-src": [NONE],
        "style-src": ["'unsafe-inline'"],  # letters carry their style with them; scripts stay forbidden
        "img-src": [SELF, "data:"],
        "script-src": [NONE],
        "font-src": [NONE],
        "form-action": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [SELF],
        "sandbox": ["allow-popups"],
    }
)
@require_safe
@login_required
def letter_html(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter as its reader sees it, with nothing that could act."""
    letter = get_permitted(Letter, pk, request.user, may_read_text)
    return HttpResponse(letter.html)


@require_POST
@login_required
def letter_resend(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a letter that could not be sent back into the outbox."""
    letter = get_permitted(Letter, pk, request.user, may_send_again)
    try:
        letter = services.send_again(letter, at=timezone.now())
    except Refused as refusal:
        messages.error(request, gettext(refusal.text) % refusal.values)
    else:
        seal = audit.seal_of(letter.kind)
        audit.record(letter, "core.resend_letter", by=request.user, office_id=letter.office_id, **seal)
        tasks.send_letters.delay_on_commit()
    return redirect("core:letter", pk=pk)
