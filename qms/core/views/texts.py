"""What letters say: the file's words, or a coordinator's own."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from qms.core import services
from qms.core.forms import LetterTextForm
from qms.core.letters import Kind, Text, kind_of, kinds
from qms.core.models import LetterText
from qms.core.permissions import Person, sees_all_work
from qms.lifecycle import Refused


def may_edit_texts(user: Person) -> bool:
    """Those who keep the whole platform."""
    return sees_all_work(user)


@dataclass(frozen=True)
class Version:
    """A kind of letter in one language, and whether a coordinator has changed it."""

    language: str
    name: str
    url: str
    is_own: bool


@require_safe
@login_required
def letter_texts(request: HttpRequest) -> HttpResponse:
    """Every kind of letter in every language."""
    _require_right(request)
    own = set(LetterText.objects.values_list("kind", "language"))
    rows = [(kind, _versions_of(kind, own)) for kind in kinds() if services.is_editable(kind)]
    return render(request, "core/letter_text_list.html", {"rows": rows, "languages": settings.LANGUAGES})


def _versions_of(kind: Kind, own: set[tuple[str, str]]) -> list[Version]:
    return [
        Version(code, name, reverse("core:letter-text", args=[kind.code, code]), (kind.code, code) in own)
        for code, name in settings.LANGUAGES
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def letter_text(request: HttpRequest, kind: str, language: str) -> HttpResponse:
    """The words of a kind of letter in one language, and a form to change them."""
    _require_right(request)
    known = _known(kind, language)
    own = LetterText.objects.filter(kind=kind, language=language).first()
    subject, body = services.original_of(known, language=language)
    initial = {"subject": own.subject, "body": own.body} if own else {"subject": subject, "body": body}
    form = LetterTextForm(request.POST or None, kind=known, initial=initial)
    if request.method == "POST" and form.is_valid() and _changed(request, known, language, form):
        return redirect("core:letter-text", kind=kind, language=language)
    return render(
        request,
        "core/letter_text.html",
        {
            "kind": known,
            "language": language,
            "language_name": dict(settings.LANGUAGES)[language],
            "own": own,
            "form": form,
            "placeholders": _placeholders_of(known),
            "original": (subject, body),
        },
    )


def _changed(request: HttpRequest, kind: Kind, language: str, form: LetterTextForm) -> bool:
    words = form.cleaned_data
    try:
        services.change_text(kind, language=language, subject=words["subject"], body=words["body"], by=request.user)
    except Refused as refusal:
        form.add_error(None, gettext(refusal.text) % refusal.values)
        return False
    messages.success(request, gettext("Letters of this kind say this from now on."))
    return True


@require_POST
@login_required
def letter_text_restore(request: HttpRequest, kind: str, language: str) -> HttpResponse:
    """Back to the words of the file."""
    _require_right(request)
    services.restore_text(_known(kind, language), language=language, by=request.user)
    messages.success(request, gettext("Letters of this kind say the original text again."))
    return redirect("core:letter-text", kind=kind, language=language)


def _require_right(request: HttpRequest) -> None:
    if not may_edit_texts(request.user):
        raise PermissionDenied


def _known(code: str, language: str) -> Kind:
    kind = kind_of(code)
    if kind not in kinds() or language not in dict(settings.LANGUAGES) or not services.is_editable(kind):
        raise Http404
    return kind


def _placeholders_of(kind: Kind) -> list[tuple[str, Text, bool]]:
    return [(f"{{{name}}}", text, name in kind.needs) for name, text in kind.known.items()]
