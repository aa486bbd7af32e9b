"""The office's own practices: the list, writing, handing in, taking back, translating."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from qms.accounts.permissions import signed_in
from qms.core.permissions import get_permitted
from qms.core.tasks import send_letters
from qms.goodpractices import permissions
from qms.goodpractices.components.desk import own_practice
from qms.goodpractices.components.writing import WritingPage, writing_page
from qms.goodpractices.forms.place import PlaceForm
from qms.goodpractices.forms.practice import PracticeForms
from qms.goodpractices.models import PracticePage
from qms.goodpractices.queries.drafts import draft_of, latest_of
from qms.goodpractices.queries.forming import languages_with_libraries, names_of_people, schemes
from qms.goodpractices.queries.lists import practices_of
from qms.goodpractices.services import moderating, translating, writing
from qms.goodpractices.services.locking import Conflict
from qms.lifecycle import Refused
from qms.offices.models import Office
from qms.offices.queries import current_office, offices_of
from qms.ui.components import Button, Empty, Link, PageHead, Tabs
from qms.ui.words import sentence

WRONG = 422
STEPS = {
    "edit": permissions.may_edit,
    "submit": permissions.may_submit,
    "withdraw": permissions.may_withdraw,
    "confirm": permissions.may_confirm,
    "archive": permissions.may_archive,
    "restore": permissions.may_restore,
    "translate": permissions.may_translate,
}


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """All practices of the office with their state and the next step."""
    offices = _own_offices(request)
    office = _chosen(request, offices)
    rows = practices_of(office, on=timezone.localdate())
    languages = languages_with_libraries()
    begin = Button(_("Write a practice"), url=reverse("goodpractices:new") + f"?office={office.pk}")
    ways: list[Button] = [begin]
    if permissions.may_review_any(request.user):
        ways.append(Button(_("To review"), url=reverse("goodpractices:to-review"), kind="secondary"))
    links = tuple(Link(one.short_name, f"?office={one.pk}", current=one == office) for one in offices)
    context = {
        "head": PageHead(
            _("Our practices"),
            over=office.name,
            lead=_("Tell other offices what worked, what it cost and what failed. A reviewer reads it before all do."),
            action=tuple(ways),
        ),
        "tabs": Tabs(_("Offices"), links) if len(offices) > 1 else None,
        "rows": [own_practice(row, _steps(request, row.practice), languages=languages) for row in rows],
        "empty": Empty(
            _("Your office has not shared a practice yet"),
            _(
                "Here stand your drafts and published practices. Anybody in the office may begin a draft; "
                "the quality lead hands it in."
            ),
            begin,
        ),
    }
    return render(request, "goodpractices/mine.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new practice of one's office."""
    offices, languages = _own_offices(request), languages_with_libraries()
    here = _chosen(request, offices)
    language = here.language if here.language in languages else next(iter(languages), "")
    initial = {"office": here, "language": language}
    place = PlaceForm(request.POST or None, initial=initial, offices=offices, languages=languages)
    placed = place.is_valid()
    office: Office = place.cleaned_data["office"] if placed else here
    forms = PracticeForms(request.POST or None, request.FILES or None, office=office, schemes=schemes())
    if request.method == "POST" and forms.is_valid() and placed:
        try:
            practice = writing.draft_practice(
                office,
                draft=forms.draft,
                uploads=forms.uploads,
                language=place.cleaned_data["language"],
                by=signed_in(request),
            )
        except Refused as refusal:
            forms.plain.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("The draft is saved. Only your office sees it until a reviewer publishes it."))
            return redirect("goodpractices:edit", pk=practice.pk)
    head = PageHead(
        _("Write a good practice"),
        lead=_("A title is enough to save; handing in needs the summary, a criterion, the trouble and one step."),
    )
    return _page(request, writing_page(forms, head=head, place=place))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the latest version; what somebody else saved meanwhile is shown beside one's own."""
    practices = PracticePage.objects.select_related("office", "locale")
    practice: PracticePage = get_permitted(practices, pk, request.user, permissions.may_edit)
    draft = draft_of(latest_of(practice))
    forms = PracticeForms(
        request.POST or None,
        request.FILES or None,
        office=practice.office,
        schemes=schemes(draft),
        draft=draft,
        revision=practice.latest_revision_id,
    )
    # A wrong form keeps the version that it was made from; after a conflict it takes the one shown beside it.
    read, stored = _read(request) or practice.latest_revision_id, None
    if request.method == "POST" and forms.is_valid():
        hands_in = forms.complete and _leads(request, practice)
        save = moderating.hand_in_practice if hands_in else writing.save_practice
        try:
            save(practice, draft=forms.draft, uploads=forms.uploads, revision=read, by=signed_in(request))
        except Conflict as conflict:
            forms.plain.add_error(None, sentence(conflict))
            stored, read = draft_of(conflict.stored), conflict.stored.latest_revision_id
        except Refused as refusal:
            forms.plain.add_error(None, sentence(refusal))
        else:
            return _saved(request, practice, hands_in=hands_in)
    head = PageHead(
        draft.title,
        over=practice.office.name,
        lead=_("Readers see the published version until a reviewer publishes this one.")
        if practice.live
        else _("A title is enough to save; handing in needs the summary, a criterion, the trouble and one step."),
        action=Button(_("See it as readers will"), url=reverse("goodpractices:preview", args=[pk]), kind="secondary"),
    )
    page = writing_page(
        forms,
        head=head,
        practice=practice,
        revision=read,
        stored=stored,
        people=names_of_people(practice.office),
        hands_in=_leads(request, practice),
    )
    return _page(request, page)


@login_required
@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand the latest version to the reviewers."""
    practice = _practice(request, pk, permissions.may_submit)
    try:
        moderating.submit_practice(practice, by=signed_in(request))
    except Refused as refusal:
        messages.error(request, sentence(refusal))
        return redirect("goodpractices:edit", pk=pk)
    send_letters.delay_on_commit()
    messages.success(request, _("The practice is with the reviewer now."))
    return _to_mine(practice)


@login_required
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the practice back from the reviewers."""
    practice = _practice(request, pk, permissions.may_withdraw)
    try:
        moderating.withdraw_practice(practice, by=signed_in(request))
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, _("The practice is yours again; change it and hand it in anew."))
    return _to_mine(practice)


@login_required
@require_POST
def translate(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a translation: a draft with the same text in another language's library."""
    practice = _practice(request, pk, permissions.may_translate)
    language = request.POST.get("language", "")
    try:
        made = translating.translate_practice(practice, language=language, by=signed_in(request))
    except Refused as refusal:
        messages.error(request, sentence(refusal))
        return _to_mine(practice)
    messages.success(request, _("The draft is ready; write it in the other language field by field."))
    return redirect("goodpractices:edit", pk=made.pk)


# --- What the pages share ---------------------------------------------------------------------------------------------


def _practice(request: HttpRequest, pk: int, predicate: object) -> PracticePage:
    practices = PracticePage.objects.select_related("office", "locale")
    practice: PracticePage = get_permitted(practices, pk, request.user, predicate)  # type: ignore[arg-type]
    return practice


def _own_offices(request: HttpRequest) -> list[Office]:
    own = [office for office in offices_of(request.user) if permissions.may_write(request.user, office)]
    if not own:
        raise PermissionDenied
    return own


def _chosen(request: HttpRequest, offices: list[Office]) -> Office:
    asked = next((office for office in offices if str(office.pk) == request.GET.get("office")), None)
    here = current_office(request.user, request.session.get("office"))
    return asked or (here if here is not None and here in offices else offices[0])


def _steps(request: HttpRequest, practice: PracticePage) -> frozenset[str]:
    return frozenset(name for name, may in STEPS.items() if may(request.user, practice))


def _leads(request: HttpRequest, practice: PracticePage) -> bool:
    return permissions.may_hand_in(request.user, practice)


def _read(request: HttpRequest) -> int | None:
    posted = request.POST.get("revision", "")
    return int(posted) if posted.isdecimal() else None


def _saved(request: HttpRequest, practice: PracticePage, *, hands_in: bool) -> HttpResponse:
    if hands_in:
        send_letters.delay_on_commit()
        messages.success(request, _("The practice is saved and with the reviewer now."))
        return _to_mine(practice)
    messages.success(request, _("The practice is saved."))
    return redirect("goodpractices:edit", pk=practice.pk)


def _to_mine(practice: PracticePage) -> HttpResponse:
    return redirect(reverse("goodpractices:mine") + f"?office={practice.office_id}#practice-{practice.pk}")


def _page(request: HttpRequest, page: WritingPage) -> HttpResponse:
    return render(request, "goodpractices/practice_form.html", page.context, status=WRONG if page.is_wrong else 200)
