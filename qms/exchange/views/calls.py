"""Calls for help: the list, one call with its answers, asking, changing, answering, closing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from qms.accounts.permissions import signed_in
from qms.core.permissions import get_permitted
from qms.core.tasks import send_letters
from qms.exchange import permissions
from qms.exchange.components import calls as shown
from qms.exchange.forms.calls import KIND, NAME, AnswerForm, CloseForm, HelpForm
from qms.exchange.models import HelpRequest
from qms.exchange.queries import calls as reads
from qms.exchange.queries.speakers import stands_for
from qms.exchange.services import calls as services
from qms.lifecycle import Refused
from qms.offices.models import Office, roles_of
from qms.offices.queries import current_office, offices_of
from qms.ui.components import Button, Empty, PageHead, Pagination
from qms.ui.words import sentence

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from qms.exchange.queries.calls import NodePair

WRONG, TOO_LATE = 422, 409
ROWS_ON_A_PAGE = 20


@login_required
@require_safe
def help_list(request: HttpRequest) -> HttpResponse:
    """Who looks for help, where, and what became of it."""
    if not permissions.takes_part(request.user):
        raise PermissionDenied
    user, held = signed_in(request), roles_of(request.user)
    asked, node = request.GET.get("show", ""), _node(request.GET.get("node", ""))
    part = asked if asked in (reads.OURS, reads.ANSWERED, reads.CLOSED) else reads.OPEN
    found = reads.calls_listed(user, part, node=node)
    page = Paginator(found, ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    own, answers = set(held.offices()), reads.answers_counted(page.object_list)
    mine = {one.pk for one in page.object_list if one.office_id in own}
    add = _add_button(user, node)
    context = {
        "head": PageHead(
            _("Calls for help"),
            lead=_("Offices say where they look for help. Whoever knows an answer gives it to them alone."),
            action=add,
        ),
        "tabs": shown.tabs_of(reads.counted_parts(user), part, with_offices=bool(own)),
        "nodes": shown.node_options(reads.nodes_called(user, part), node),
        "part": part,
        "rows": [
            shown.call_item(row, own=row.pk in mine, answers=answers.get(row.pk, 0))
            for row in reads.call_rows(page.object_list)
        ],
        "pagination": Pagination(page, request.GET) if page.has_other_pages() else None,
        "empty": _empty(part, add),
    }
    return render(request, "exchange/help_list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def help_add(request: HttpRequest) -> HttpResponse:
    """Ask where others are strong."""
    office = _office_that_asks(request)
    first = {"node": request.GET.get("node", ""), "shown_as": NAME}
    form = HelpForm(request.POST or None, initial=first, **_choices(office))
    if request.method == "POST" and form.is_valid():
        try:
            call = services.ask_for_help(office, **form.asked, by=signed_in(request))
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("Your call stands. When somebody answers, you get a letter."))
            return redirect("exchange:help", pk=call.pk)
    head = PageHead(
        _("Ask for help"),
        over=office.short_name,
        lead=_("Everybody who works with the platform reads your call. Only your office reads the answers."),
    )
    return _form_page(request, form, head, _("Send the call"), reverse("exchange:help-list"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def help_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Other words, or the name shown or taken away."""
    if request.method == "POST" and reads.closed_meanwhile(pk):
        get_permitted(_calls(), pk, request.user, _asked)
        return _too_late(request, _("Your change was not saved."), _("What you look for"), "text")
    call = get_permitted(_calls(), pk, request.user, permissions.may_change_help)
    pair = (call.framework, call.node)
    first = {"node": ":".join(pair), "text": call.text, "shown_as": NAME if call.by_name else KIND}
    form = HelpForm(request.POST or None, initial=first, **_choices(call.office, pair))
    if request.method == "POST" and form.is_valid():
        try:
            services.change_call(call, **form.asked, by=signed_in(request))
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("The call is changed; others see it so from now on."))
            return redirect("exchange:help", pk=call.pk)
    head = PageHead(_("Change the call"), over=call.office.short_name)
    return _form_page(request, form, head, _("Save"), reverse("exchange:help", args=[pk]))


@login_required
@require_safe
def help_call(request: HttpRequest, pk: int) -> HttpResponse:
    """One call with the answers that the person may read."""
    return _call_page(request, get_permitted(_calls(), pk, request.user, permissions.takes_part))


@login_required
@require_POST
def help_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell the office that asks what one's own office knows."""
    if permissions.takes_part(request.user) and reads.closed_meanwhile(pk):
        return _too_late(request, _("Your answer was not sent."), _("What your office knows about it"), "answer-text")
    call = get_permitted(_calls(), pk, request.user, permissions.may_help)
    form = _answer_form(request, call)
    if form.is_valid():
        try:
            services.answer_call(call, **form.given, by=signed_in(request))
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            send_letters.delay_on_commit()
            messages.success(request, _("Your answer is with the office that asks. Thank you."))
            return redirect("exchange:help", pk=pk)
    return _call_page(request, call, answering=form)


@login_required
@require_POST
def help_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whether it helped; nobody answers any more."""
    call = get_permitted(_calls(), pk, request.user, permissions.may_change_help)
    form = CloseForm(request.POST)
    if form.is_valid():
        try:
            helped = form.cleaned_data["helped"]
            services.close_call(call, helped=helped, by=signed_in(request), at=timezone.now())
        except Refused as refusal:
            messages.error(request, sentence(refusal))
        else:
            send_letters.delay_on_commit()
            messages.success(request, _("The call is closed. Who answered gets a letter."))
        return redirect("exchange:help", pk=pk)
    return _call_page(request, call, closing=form)


# --- What these pages share -------------------------------------------------------------------------------------------


def _asked(user: object, call: HelpRequest) -> bool:
    return permissions.may_ask_for_help(user, call.office)


def _calls() -> QuerySet[HelpRequest]:
    return HelpRequest.objects.select_related("office__region")


def _call_page(
    request: HttpRequest, call: HelpRequest, *, answering: AnswerForm | None = None, closing: CloseForm | None = None
) -> HttpResponse:
    user = signed_in(request)
    (row,) = reads.call_rows([call])
    own = permissions.may_read_answers(user, call)
    if answering is None and permissions.may_help(user, call):
        answering = _answer_form(request, call, fresh=True)
    if closing is None and permissions.may_change_help(user, call):
        closing = CloseForm()
    wrong = any(form is not None and form.is_bound for form in (answering, closing))
    context = {
        "head": shown.call_head(row, own=own, changes=permissions.may_change_help(user, call)),
        "crumbs": shown.crumbs(f"{row.node} {row.title}".strip()),
        "text": row.text,
        "own": own,
        "answers": [shown.answer_item(one) for one in reads.answers_read_by(user, call)],
        "answering": answering,
        "answer_url": reverse("exchange:help-answer", args=[call.pk]),
        "closing": closing,
        "close_url": reverse("exchange:help-close", args=[call.pk]),
    }
    return render(request, "exchange/help.html", context, status=WRONG if wrong else 200)


def _answer_form(request: HttpRequest, call: HelpRequest, *, fresh: bool = False) -> AnswerForm:
    user = signed_in(request)
    offices, practices = reads.offices_that_answer(user, call), reads.practices_to_show(user, call)
    return AnswerForm(None if fresh else request.POST, prefix="answer", offices=offices, practices=practices)


def _form_page(request: HttpRequest, form: HelpForm, head: PageHead, button: str, back: str) -> HttpResponse:
    context = {"form": form, "head": head, "button": button, "back": back, "crumbs": shown.crumbs(head.title)}
    wrong = form.is_bound and bool(form.errors)
    return render(request, "exchange/help_form.html", context, status=WRONG if wrong else 200)


def _too_late(request: HttpRequest, said: str, label: str, field: str) -> HttpResponse:
    lead = said + " " + _("Here is your text, so that nothing is lost.")
    head = PageHead(_("The call was closed meanwhile"), lead=lead)
    texts = [(label, request.POST.get(field, ""))]
    back = Button(_("Calls for help"), url=reverse("exchange:help-list"), kind="secondary")
    context = {"head": head, "crumbs": shown.crumbs(head.title), "texts": texts, "back": back}
    return render(request, "exchange/too_late.html", context, status=TOO_LATE)


def _choices(office: Office, also: NodePair | None = None) -> dict[str, Any]:
    return {"office": office, "stands_for": stands_for(office), "nodes": reads.nodes_to_ask_about(also)}


def _office_that_asks(request: HttpRequest) -> Office:
    own = list(offices_of(request.user))
    asked = request.GET.get("office")
    if asked:
        chosen = next((one for one in own if str(one.pk) == asked), None)
        if chosen is None:
            raise Http404
        headed = [chosen] if permissions.may_ask_for_help(request.user, chosen) else []
    else:
        headed = [one for one in own if permissions.may_ask_for_help(request.user, one)]
    if not headed:
        raise PermissionDenied
    here = current_office(request.user, request.session.get("office"))
    return here if here in headed else headed[0]


def _add_button(user: object, node: NodePair | None) -> Button | None:
    if not any(permissions.may_ask_for_help(user, one) for one in offices_of(user)):
        return None
    query = f"?node={':'.join(node)}" if node else ""
    return Button(_("Ask for help"), url=reverse("exchange:help-add") + query)


def _empty(part: str, add: Button | None) -> Empty:
    if part == reads.OURS:
        text = _("When your office looks for help in a subcriterion, its call and the answers stand here.")
        return Empty(_("Your office has not asked yet"), text, add)
    if part == reads.ANSWERED:
        return Empty(_("You have not answered a call yet"), _("Calls that your office answers stand here."))
    if part == reads.CLOSED:
        return Empty(_("No call is closed yet"), _("When an office says whether it helped, its call stands here."))
    text = _("A quality lead or director asks in the name of the office. Offices that are strong there see the call.")
    return Empty(_("Nobody looks for help at the moment"), text, add)


def _node(value: str) -> NodePair | None:
    framework, colon, node = value.partition(":")
    return (framework, node) if colon and framework and node else None
