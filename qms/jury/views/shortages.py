"""Too few jurors for an application: the organiser states who judges it, or takes that back."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from qms.accounts.permissions import signed_in
from qms.core.tasks import send_letters
from qms.jury.components.board_page import crumbs_of
from qms.jury.forms.assigning import ShortageForm
from qms.jury.queries.assigning import panel_of
from qms.jury.services import shortages as services
from qms.lifecycle import Refused
from qms.ui.components import Button, Link, PageHead
from qms.ui.words import sentence

from .assigning import over_of_application, received

WRONG = 422


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def shortage(request: HttpRequest, pk: int) -> HttpResponse:
    """State, with the reason, that those judge the application who are there, or that it is not judged."""
    at = timezone.now()
    application = received(request, pk, at)
    back, many = reverse("jury:ballot-add", args=[pk]), len(panel_of(application).ballots)
    form = ShortageForm(request.POST if request.method == "POST" else None, jurors=many)
    if request.method == "POST" and form.is_valid():
        try:
            services.state_shortage(application, by=signed_in(request), at=at, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
            # The page tells of so many now.
            form.data = form.data.copy()  # type: ignore[attr-defined]
            form.data["seen"] = str(many)  # type: ignore[index]
        else:
            send_letters.delay_on_commit()  # a visit that was planned is called off
            messages.success(request, _("It is stated, and stands in the protocol."))
            return redirect(back)
    title = _("Too few jurors")
    context = {
        "head": PageHead(title, over=over_of_application(application), lead=_lead(many)),
        "crumbs": crumbs_of(application.category, Link(application.number, back), Link(title, "")),
        "form": form,
        "button": Button(_("State it")),
        "back": back,
    }
    return render(request, "awards/submission_form.html", context, status=WRONG if form.errors else 200)


@login_required
@require_POST
def shortage_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what was stated; the application waits for jurors again."""
    at = timezone.now()
    application = received(request, pk, at)
    try:
        services.withdraw_shortage(application, by=signed_in(request), at=at)
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, _("It is taken back. The application waits for jurors again."))
    return redirect("jury:ballot-add", pk=pk)


def _lead(many: int) -> str:
    if not many:
        return _("The application is not judged and stands out of competition. It holds no list up.")
    words = ngettext(
        "The application is judged by %(count)s juror. Its place is found like that of the others.",
        "The application is judged by %(count)s jurors. Its place is found like that of the others.",
        many,
    )
    return words % {"count": many}
