"""The form of a category: read by everybody with a role, built by who runs the award."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from qms.accounts.permissions import signed_in
from qms.awards import permissions
from qms.awards.components import building as shown
from qms.awards.forms.building import QuestionForm, SectionForm
from qms.awards.models import Category, Question, Round, Section
from qms.awards.queries.forms import sections_of
from qms.awards.services import forming as services
from qms.core.permissions import get_permitted
from qms.lifecycle import Refused
from qms.ui.components import Button, Empty, PageHead
from qms.ui.words import sentence

WRONG = 422


@login_required
@require_safe
def form(request: HttpRequest, pk: int) -> HttpResponse:
    """The form as applicants will see it; who runs the award adds, changes and moves."""
    category = get_permitted(_categories(), pk, request.user, permissions.takes_part)
    runs = permissions.may_run(request.user, category.round)
    builds = runs and category.round.state == Round.State.DRAFT
    sections = sections_of(category)
    add = Button(_("Add a section"), url=reverse("awards:section-add", args=[pk])) if builds else None
    context = {
        "crumbs": shown.crumbs_to(category),
        "head": shown.head_of(category, sections, builds=builds),
        "note": shown.fixed_note(category, runs=runs),
        "sections": shown.section_items(category, sections, builds=builds),
        "from_framework": shown.framework_button(category, sections, builds=builds),
        "empty": Empty(
            _("No question yet"),
            _("The form of this category has sections with questions. Its organiser builds it before the round opens."),
            add,
        ),
    }
    return render(request, "awards/form.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def section_add(request: HttpRequest, pk: int) -> HttpResponse:
    """A section after those that the form has."""
    category = get_permitted(_categories(), pk, request.user, _runs_category)
    asked = SectionForm(request.POST or None, category=category)
    if request.method == "POST" and asked.is_valid():
        try:
            section = services.add_section(category, draft=asked.draft, by=signed_in(request))
        except Refused as refusal:
            asked.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("The section is added. Add its questions."))
            return _back(category, f"section-{section.pk}")
    head = PageHead(_("Add a section"), over=category.title)
    return _page(request, asked, category, head, _("Add the section"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def section_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a section, or delete it."""
    section = _section(request, pk)
    asked = SectionForm(request.POST or None, category=section.category, section=section)
    if request.method == "POST" and asked.is_valid():
        try:
            services.change_section(section, draft=asked.draft, by=signed_in(request))
        except Refused as refusal:
            asked.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("The section was saved."))
            return _back(section.category, f"section-{pk}")
    deleting = {
        "delete": reverse("awards:section-delete", args=[pk]),
        "delete_label": _("Delete this section"),
        "delete_text": _("Its questions are deleted with it. This cannot be undone."),
    }
    head = PageHead(section.title, over=_("Section of the form"))
    return _page(request, asked, section.category, head, _("Save"), deleting)


@login_required
@require_POST
def section_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a section off the form."""
    section = _section(request, pk)
    try:
        services.delete_section(section, by=signed_in(request))
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, _("The section is deleted."))
    return _back(section.category)


@login_required
@require_POST
def section_move(request: HttpRequest, pk: int) -> HttpResponse:
    """One place up or down."""
    section = _section(request, pk)
    try:
        services.move_section(section, up=request.POST.get("to") == "up", by=signed_in(request))
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    return _back(section.category, f"section-{pk}")


@login_required
@require_POST
def sections_from_framework(request: HttpRequest, pk: int) -> HttpResponse:
    """A section for each criterion of the framework that the form does not ask about yet."""
    category = get_permitted(_categories(), pk, request.user, _runs_category)
    try:
        added = services.add_sections_from_framework(category, by=signed_in(request))
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    else:
        said = ngettext("%(count)s section is added.", "%(count)s sections are added.", added)
        messages.success(request, said % {"count": added})
    return _back(category)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def question_add(request: HttpRequest, pk: int) -> HttpResponse:
    """A question after those of the section; its kind stands in the address."""
    section = _section(request, pk)
    wanted = request.GET.get("kind", "")
    kind = wanted if wanted in Question.Kind.values else Question.Kind.TEXT.value
    asked = QuestionForm(request.POST or None, category=section.category, kind=kind)
    if request.method == "POST" and asked.is_valid():
        try:
            question = services.add_question(section, draft=asked.draft, by=signed_in(request))
        except Refused as refusal:
            asked.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("The question is added."))
            return _back(section.category, f"question-{question.pk}")
    head = PageHead(_("Add a question"), over=section.title)
    more = {"tabs": shown.kind_tabs(section, kind)}
    return _page(request, asked, section.category, head, _("Add the question"), more)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def question_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a question, or delete it; its kind stays."""
    question = _question(request, pk)
    category = question.section.category
    asked = QuestionForm(request.POST or None, category=category, kind=question.kind, question=question)
    if request.method == "POST" and asked.is_valid():
        try:
            services.change_question(question, draft=asked.draft, by=signed_in(request))
        except Refused as refusal:
            asked.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("The question was saved."))
            return _back(category, f"question-{pk}")
    deleting = {
        "delete": reverse("awards:question-delete", args=[pk]),
        "delete_label": _("Delete this question"),
        "delete_text": _("It leaves the form. This cannot be undone."),
    }
    head = PageHead(question.title, over=f"{question.section.title}: {shown.kind_name(question.kind)}")
    return _page(request, asked, category, head, _("Save"), deleting)


@login_required
@require_POST
def question_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a question off the form."""
    question = _question(request, pk)
    try:
        services.delete_question(question, by=signed_in(request))
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, _("The question is deleted."))
    return _back(question.section.category, f"section-{question.section_id}")


@login_required
@require_POST
def question_move(request: HttpRequest, pk: int) -> HttpResponse:
    """One place up or down in the section."""
    question = _question(request, pk)
    try:
        services.move_question(question, up=request.POST.get("to") == "up", by=signed_in(request))
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    return _back(question.section.category, f"question-{pk}")


def _categories() -> Any:
    return Category.objects.select_related("round__programme", "framework")


def _runs_category(user: Any, category: Category) -> bool:
    return permissions.may_run(user, category.round)


def _section(request: HttpRequest, pk: int) -> Section:
    seen = Category.objects.visible_to(signed_in(request)).values("pk")
    rows = Section.objects.select_related("category__round__programme", "category__framework")
    runs = lambda user, section: permissions.may_run(user, section.category.round)  # noqa: E731  read once
    return get_permitted(rows.filter(category__in=seen), pk, request.user, runs)


def _question(request: HttpRequest, pk: int) -> Question:
    seen = Category.objects.visible_to(signed_in(request)).values("pk")
    rows = Question.objects.select_related("section__category__round__programme", "section__category__framework")
    runs = lambda user, question: permissions.may_run(user, question.section.category.round)  # noqa: E731  read once
    return get_permitted(rows.filter(section__category__in=seen), pk, request.user, runs)


def _back(category: Category, anchor: str = "") -> HttpResponse:
    address = reverse("awards:form", args=[category.pk])
    return redirect(f"{address}#{anchor}" if anchor else address)


def _page(
    request: HttpRequest,
    asked: SectionForm | QuestionForm,
    category: Category,
    head: PageHead,
    button: str,
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    context = {
        "form": asked,
        "crumbs": shown.crumbs_to(category, head.title),
        "head": head,
        "note": shown.fixed_note(category, runs=True),
        "button": button,
        "back": reverse("awards:form", args=[category.pk]),
        **(more or {}),
    }
    wrong = asked.is_bound and asked.errors
    return render(request, "awards/form_part.html", context, status=WRONG if wrong else 200)
