"""A section that saves itself while one writes; the same form as its buttons send, answered in a few words."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from qms.accounts.permissions import signed_in
from qms.awards.components import saving as shown
from qms.awards.domain.writing import Act
from qms.awards.forms import section as forms
from qms.awards.queries.desk import pieces_in
from qms.awards.services.saving import save_section
from qms.lifecycle import Refused

from .writing import application_and_section

SIGNED_OUT, REFUSED = 401, 409


@require_POST
def section_save(request: HttpRequest, pk: int, section: int) -> JsonResponse:
    """What a script sends while one types; what can be saved is saved, the rest is told at its place."""
    at = timezone.now()
    if not request.user.is_authenticated:
        return JsonResponse({"said": shown.words_of_script()["signed_out"]}, status=SIGNED_OUT)
    application, chosen = application_and_section(request, pk, section)
    entries = forms.typed_entries(pieces_in(application, chosen), request.POST)
    wrong = forms.wrong_in(entries, Act())
    draft = forms.draft_of(entries, Act())
    try:
        saved = save_section(application, chosen, draft=draft, act=Act(), by=signed_in(request), at=at)
    except Refused as refusal:
        return JsonResponse({"said": shown.refused_words(refusal)}, status=REFUSED)
    faulty = [entry for entry in entries if entry.ident in wrong]
    return JsonResponse(shown.answer_of(saved, faulty, zone=application.category.round.zone, at=at))
