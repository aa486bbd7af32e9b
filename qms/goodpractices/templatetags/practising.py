"""The page of one practice: what it shows beyond the fields of the page itself."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from qms.goodpractices.components.desk import withheld_note
from qms.goodpractices.components.pictures import WIDTH, Shown, private_picture
from qms.goodpractices.components.questions import QuestionRow, question_rows
from qms.goodpractices.components.reading import Reading, reading_of
from qms.goodpractices.forms.using import QuestionForm
from qms.goodpractices.models import PracticePage, Question
from qms.goodpractices.permissions import may_answer, may_archive, may_ask, may_edit, may_hide
from qms.goodpractices.queries.reading import PracticeView, practice_view
from qms.offices import permissions as offices
from qms.ui.components import Button, Crumbs, Link, Note

register = template.Library()


@register.simple_tag(takes_context=True)
def practice_view_of(context: dict[str, Any], page: PracticePage) -> PracticeView:
    """All that is read for this page; as a draft where the page is a preview."""
    return practice_view(page, context["request"].user, drafted=bool(context.get("preview")))


@register.simple_tag
def practice_reading(view: PracticeView) -> Reading:
    """The practice, part by part."""
    return reading_of(view)


@register.simple_tag(takes_context=True)
def practice_questions(context: dict[str, Any], view: PracticeView) -> tuple[QuestionRow, ...]:
    """The questions as this reader sees them."""
    user = context["request"].user
    about = Question(practice=view.practice)
    return question_rows(
        view.questions,
        office=view.office,
        answers=may_answer(user, about),
        hides=may_hide(user, about),
        today=timezone.localdate(),
    )


@register.simple_tag(takes_context=True)
def practice_asking(context: dict[str, Any], page: PracticePage) -> QuestionForm | None:
    """The form for a question, where this reader may ask one."""
    if context.get("preview") or page.archived_at is not None or not may_ask(context["request"].user, page):
        return None
    return QuestionForm()


@register.simple_tag(takes_context=True)
def practice_crumbs(context: dict[str, Any], page: PracticePage) -> Crumbs:
    """The way from the library to this practice."""
    library = page.get_parent() if page.pk else None
    title = page.title
    links = [Link(library.title, library.get_url(context["request"]) or "")] if library else []
    return Crumbs((*links, Link(title, "")))


@register.simple_tag(takes_context=True)
def practice_picture(context: dict[str, Any], page: PracticePage, picture: Any) -> Shown:
    """The picture as this page shows it: by a public address only where everybody reads the page."""
    if not context.get("preview") and page.live and page.withheld_at is None:
        made = picture.get_rendition(f"width-{WIDTH}")
        return Shown(made.url, made.width, made.height)
    return private_picture(page.pk, picture)


@register.simple_tag
def practice_withheld(page: PracticePage) -> Note | None:
    """Why readers do not see the practice; nothing where they do."""
    return withheld_note(page)


@register.simple_tag(takes_context=True)
def practice_ways(context: dict[str, Any], page: PracticePage) -> tuple[Button | Link, ...]:
    """What this person may do with the practice as one of its office."""
    user = context["request"].user
    if context.get("preview") or not user.is_authenticated:
        return ()
    ways: list[Button | Link] = []
    if may_edit(user, page):
        ways.append(Link(gettext("Change the practice"), reverse("goodpractices:edit", args=[page.pk])))
    if offices.works_in(user, page.office):
        ways.append(Link(gettext("Versions and what changed"), reverse("goodpractices:versions", args=[page.pk])))
    if may_archive(user, page):
        ways.append(Link(gettext("Move to the archive"), reverse("goodpractices:archive", args=[page.pk])))
    return tuple(ways)
