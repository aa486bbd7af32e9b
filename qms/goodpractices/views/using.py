"""What readers do with a practice: ask, thank, write to the office; and what the office answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from qms.accounts.permissions import signed_in
from qms.core.permissions import get_permitted
from qms.core.tasks import send_letters
from qms.goodpractices.forms.using import AnswerForm, ContactForm, HideForm, QuestionForm
from qms.goodpractices.models import PracticePage, Question
from qms.goodpractices.permissions import may_answer, may_ask, may_hide
from qms.goodpractices.services import contact as messages_to_office
from qms.goodpractices.services import questions as questions_service
from qms.goodpractices.services import thanks as thanks_service
from qms.lifecycle import Refused
from qms.ui.components import Button, Crumbs, Link, PageHead
from qms.ui.words import sentence

if TYPE_CHECKING:
    from qms.ui.forms import Form

WRONG = 422


@login_required
@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """A question that everybody reads."""
    practice = permitted(request, pk)
    form = QuestionForm(request.POST)
    if form.is_valid():
        try:
            questions_service.ask(practice, text=form.cleaned_data["text"], by=signed_in(request))
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            send_letters.delay_on_commit()
            messages.success(request, _("Your question stands on the page. You get the answer by e-mail."))
            return to_practice(practice, "#questions")
    head = PageHead(_("Ask a question"), over=practice.title)
    return page_of(request, practice, form, head, Button(_("Send the question")))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The office answers a question, or changes its answer."""
    question = question_for(request, pk, may_answer)
    form = AnswerForm(request.POST or None, initial={"answer": question.answer})
    if request.method == "POST" and form.is_valid():
        facts = {"text": form.cleaned_data["answer"], "by": signed_in(request), "at": timezone.now()}
        try:
            questions_service.answer(question, **facts)
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            send_letters.delay_on_commit()
            messages.success(request, _("The answer stands on the page; whoever asked gets it by e-mail."))
            return to_practice(question.practice, f"#question-{question.pk}")
    head = PageHead(_("Answer a question"), over=question.practice.title)
    return page_of(request, question.practice, form, head, Button(_("Publish the answer")), question=question)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hide(request: HttpRequest, pk: int) -> HttpResponse:
    """A coordinator takes a question off the page, and says why."""
    question = question_for(request, pk, may_hide)
    form = HideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts = {"reason": form.cleaned_data["reason"], "by": signed_in(request), "at": timezone.now()}
        try:
            questions_service.hide(question, **facts)
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            send_letters.delay_on_commit()
            messages.success(request, _("The question is hidden; whoever asked gets your reason by e-mail."))
            return to_practice(question.practice, "#questions")
    head = PageHead(
        _("Hide a question"),
        over=question.practice.title,
        lead=_("Nobody reads the question and its answer any more, except whoever asked."),
    )
    button = Button(_("Hide the question"), kind="danger")
    return page_of(request, question.practice, form, head, button, question=question)


@login_required
@require_POST
def thank(request: HttpRequest, pk: int) -> HttpResponse:
    """Thanks, once for each person."""
    practice = permitted(request, pk)
    try:
        is_new = thanks_service.thank(practice, by=signed_in(request))
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, _("Your thanks are counted.") if is_new else _("You have said thank you already."))
    return to_practice(practice, "#thanks")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest, pk: int) -> HttpResponse:
    """A message that the platform carries to the office; no address is shown to anybody."""
    practice = permitted(request, pk)
    form = ContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        try:
            messages_to_office.write_to_office(practice, **form.cleaned_data, by=signed_in(request), at=now)
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            send_letters.delay_on_commit()
            messages.success(request, _("The message is on its way to the office."))
            return to_practice(practice)
    head = PageHead(
        _("Write to the office"),
        over=practice.title,
        lead=_("What concerns everybody is better asked on the practice's page: there all read the answer."),
    )
    return page_of(request, practice, form, head, Button(_("Send the message")))


# --- What these pages share ------------------------------------------------------------------------------------------


def permitted(request: HttpRequest, pk: int) -> PracticePage:
    """The published practice, if the person may speak about it."""
    rows = PracticePage.objects.select_related("office__region", "locale")
    return get_permitted(rows, pk, request.user, may_ask)


def question_for(request: HttpRequest, pk: int, predicate: Any) -> Question:
    """The question, if the person may do this with it."""
    rows = Question.objects.select_related("practice__office__region", "practice__locale", "asked_by", "office__region")
    return get_permitted(rows, pk, request.user, predicate)


def to_practice(practice: PracticePage, anchor: str = "") -> HttpResponse:
    """Back to the practice's page."""
    return redirect((practice.get_url() or "/") + anchor)


def crumbs_of(request: HttpRequest, practice: PracticePage, title: str) -> Crumbs:
    """The way from the library over the practice to this page."""
    library = practice.get_parent()
    way = (Link(library.title, library.get_url(request) or ""), Link(practice.title, practice.get_url(request) or ""))
    return Crumbs((*way, Link(title, "")))


def page_of(
    request: HttpRequest,
    practice: PracticePage,
    form: Form,
    head: PageHead,
    button: Button,
    *,
    question: Question | None = None,
) -> HttpResponse:
    """A page with one form about the practice; what was typed stays where something is wrong."""
    context = {
        "form": form,
        "head": head,
        "button": button,
        "question": question,
        "crumbs": crumbs_of(request, practice, head.title),
        "back": practice.get_url(request) or "/",
    }
    wrong = form.is_bound and bool(form.errors)
    return render(request, "goodpractices/using_form.html", context, status=WRONG if wrong else 200)
