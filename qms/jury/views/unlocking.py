"""The organiser gives a ballot back to its juror, without seeing what is on it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from qms.accounts.permissions import signed_in
from qms.awards.components.hours import moment_of
from qms.awards.components.submitting import crumbs_of_received
from qms.core.permissions import get_permitted
from qms.core.tasks import send_letters
from qms.jury import permissions
from qms.jury.forms.scores import UnlockForm
from qms.jury.models import Ballot
from qms.jury.queries.ballots import WITH
from qms.jury.services import ballots as services
from qms.lifecycle import Refused
from qms.ui.components import Button, Link, PageHead
from qms.ui.words import sentence

WRONG = 422


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ballot_unlock(request: HttpRequest, pk: int) -> HttpResponse:
    """Say why a ballot is given back, and give it back."""
    at = timezone.now()
    found = get_permitted(Ballot.objects.select_related(*WITH), pk, request.user, permissions.may_run)
    back = reverse("jury:board", args=[found.application.category_id])
    form = UnlockForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.unlock_ballot(found, reason=form.cleaned_data["reason"], by=signed_in(request), at=at)
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            send_letters.delay_on_commit()
            said = _("The ballot of %(name)s is open again; a letter tells why.")
            messages.success(request, said % {"name": found.juror.user.name})
            return redirect(back)
    return render(
        request, "awards/submission_form.html", _context(found, form, back), status=WRONG if form.errors else 200
    )


def _context(found: Ballot, form: UnlockForm, back: str) -> dict[str, object]:
    application, title = found.application, _("Give the ballot back")
    meta = [(_("Juror"), found.juror.user.name)]
    if found.handed_in_at is not None:
        meta.append((pgettext("scores", "Handed in"), moment_of(application.category.round, found.handed_in_at)))
    lead = _("The juror can correct it while a phase lets jurors score. Until it is back all scores are hidden again.")
    over = f"{application.number}, {application.office.name}"
    return {
        "head": PageHead(title, over=over, lead=lead, meta=tuple(meta)),
        "crumbs": crumbs_of_received(application, Link(title, "")),
        "form": form,
        "button": Button(title),
        "back": back,
    }
