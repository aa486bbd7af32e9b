"""One's own profile, and the door that an invitation opens."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from qms.accounts import services
from qms.accounts.forms import JoinForm, ProfileForm
from qms.accounts.models import Invitation
from qms.accounts.permissions import signed_in
from qms.accounts.queries import address_in, has_newer, invitation_of, person_of
from qms.core.tasks import send_letters
from qms.lifecycle import Refused
from qms.ui.components import Button, ErrorSummary
from qms.ui.words import sentence


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """The person's own name, language and mail preferences."""
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        person = services.save_profile(form.instance, by=signed_in(request))
        with override(person.language):
            messages.success(request, _("Your profile was saved."))
        return redirect(address_in(reverse("accounts:profile"), person.language))
    return render(request, "accounts/profile.html", {"form": form, "errors": ErrorSummary(form)})


@dataclass(frozen=True)
class Notice:
    """Why an invitation lets nobody in, and what can be done about it."""

    title: str
    text: str
    buttons: tuple[Button, ...] = ()


@never_cache
@sensitive_post_parameters("password", "password_again")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Come in by invitation: with a new account, or with the one that is here already."""
    letter = invitation_of(token)
    if letter is None:
        return _notice(request, _unknown(), status=404)
    if not letter.is_open(timezone.now()):
        return _closed(request, letter, token)
    if request.user.is_authenticated:
        return _accept(request, letter)
    person = person_of(letter.email)
    if person and person.has_joined:
        return _notice(request, _sign_in_first(request, letter), status=200)
    return _join(request, letter)


@never_cache
@require_POST
def invitation_renew(request: HttpRequest, token: str) -> HttpResponse:
    """Send a fresh link to the address of an invitation that ran out."""
    letter = invitation_of(token)
    if letter is None:
        return _notice(request, _unknown(), status=404)
    try:
        services.renew_invitation(letter, at=timezone.now())
    except Refused as refusal:
        messages.error(request, sentence(refusal))
        return redirect("accounts:invitation", token=token)
    send_letters.delay_on_commit()
    text = _("A new letter is on its way to %(email)s.") % {"email": letter.email}
    return _notice(request, Notice(_("Look into your mailbox"), text), status=200)


def _closed(request: HttpRequest, letter: Invitation, token: str) -> HttpResponse:
    if letter.withdrawn_at and not has_newer(letter):
        return _notice(request, _withdrawn(), status=410)
    was_used = letter.accepted_at or letter.withdrawn_at
    return _notice(request, _used(letter) if was_used else _expired(letter, token), status=410)


def _accept(request: HttpRequest, letter: Invitation) -> HttpResponse:
    if signed_in(request).email != letter.email:
        return _notice(request, _foreign(request, letter), status=403)
    if request.method == "POST":
        try:
            person = services.accept_invitation(letter, by=signed_in(request), at=timezone.now())
        except Refused as refusal:
            messages.error(request, sentence(refusal))
            return redirect(request.path)
        return redirect(address_in(_destination(request, letter), person.language))
    return render(request, "accounts/invitation_accept.html", {"invitation": letter})


def _join(request: HttpRequest, letter: Invitation) -> HttpResponse:
    first, _space, last = letter.name.partition(" ")
    initial = {"first_name": first, "last_name": last, "language": letter.language}
    form = JoinForm(request.POST or None, email=letter.email, initial=initial)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            person = services.join(
                letter,
                first_name=told["first_name"],
                last_name=told["last_name"],
                password=told["password"],
                language=told["language"],
                at=timezone.now(),
            )
        except Refused as refusal:
            messages.error(request, sentence(refusal))
            return redirect(request.path)
        record_authentication(request, person, method="password", email=person.email)
        return perform_login(request, person, email_verification="none", redirect_url=_destination(request, letter))
    return render(request, "accounts/invitation_join.html", {"invitation": letter, "form": form})


def _destination(request: HttpRequest, letter: Invitation) -> str:
    """Where the person was going: a page of this site, else the own tasks."""
    wanted = request.GET.get("next") or letter.destination
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        return wanted
    return resolve_url("portal:tasks")


def _notice(request: HttpRequest, notice: Notice, *, status: int) -> HttpResponse:
    return render(request, "accounts/invitation_closed.html", {"notice": notice}, status=status)


def _sign_in() -> Button:
    return Button(_("Sign in"), url=reverse("account_login"))


def _unknown() -> Notice:
    text = _(
        "We do not know this link. It may have been cut in the letter: copy the whole address into the browser. "
        "If that does not help, ask the person who invited you for a new invitation."
    )
    return Notice(_("This link leads to no invitation"), text, (_sign_in(),))


def _used(letter: Invitation) -> Notice:
    text = (
        _("You have an account already. Sign in with your e-mail and password.")
        if letter.accepted_at
        else _("A newer letter has taken its place. Open the link in the latest one.")
    )
    forgotten = Button(_("I do not remember my password"), url=reverse("account_reset_password"), kind="secondary")
    return Notice(_("This invitation has been used"), text, (_sign_in(), forgotten))


def _withdrawn() -> Notice:
    text = _("Ask the person who invited you.")
    return Notice(_("This invitation was withdrawn"), text, (_sign_in(),))


def _expired(letter: Invitation, token: str) -> Notice:
    text = _("For safety an invitation is valid for a limited time. We can send a new one to the same address.")
    again = Button(_("Send me a new invitation"), url=reverse("accounts:invitation-renew", args=[token]), post=True)
    return Notice(_("This invitation has run out"), text, (again,))


def _foreign(request: HttpRequest, letter: Invitation) -> Notice:
    text = _(
        "The invitation was sent to %(email)s, and you are signed in as %(own)s. Sign out, then open the link again."
    ) % {"email": letter.email, "own": signed_in(request).email}
    return Notice(
        _("This invitation is for another person"), text, (Button(_("Sign out"), url=reverse("account_logout")),)
    )


def _sign_in_first(request: HttpRequest, letter: Invitation) -> Notice:
    text = _("There is an account for %(email)s already. Sign in to accept the invitation.") % {"email": letter.email}
    url = f"{reverse('account_login')}?{urlencode({'next': request.get_full_path()})}"
    return Notice(_("Welcome back"), text, (Button(_("Sign in"), url=url),))
