"""Who may do what in the library; each predicate is asked (user, object)."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, ReferenceIndex

from qms.goodpractices.models import PracticePage, Question, ReviewTask
from qms.offices import permissions as offices
from qms.offices.models import Office, roles_of


def may_write(user: Any, office: Office) -> bool:
    """Whether the person may draft practices of this office: everybody who works there."""
    return offices.works_in(user, office)


def may_read(user: Any, practice: PracticePage) -> bool:
    """Whether the person may open this practice; asked after `.visible_to(user)`."""
    return PracticePage.objects.visible_to(user).filter(pk=practice.pk).exists()


def may_edit(user: Any, practice: PracticePage) -> bool:
    """Whether the person may change the text: who drafted it and the office's lead, unless it waits or is archived."""
    if practice.archived_at is not None or practice.workflow_in_progress:
        return False
    writes = offices.works_in(user, practice.office) and practice.owner_id == user.pk
    return writes or offices.leads(user, practice.office)


def may_submit(user: Any, practice: PracticePage) -> bool:
    """Whether the person may hand the practice to the reviewer: the office's lead."""
    open_draft = practice.archived_at is None and practice.has_unpublished_changes and not practice.workflow_in_progress
    return open_draft and offices.leads(user, practice.office)


def may_hand_in(user: Any, practice: PracticePage) -> bool:
    """Whether the person may save and hand in at once: the office's lead, as long as it can be changed."""
    return may_edit(user, practice) and offices.leads(user, practice.office)


def may_withdraw(user: Any, practice: PracticePage) -> bool:
    """Whether the person may take it back from the reviewer: the office's lead."""
    return practice.workflow_in_progress and offices.leads(user, practice.office)


def may_review(user: Any, practice: PracticePage) -> bool:
    """Whether the person may decide on what waits: who coordinates region or country, never of the own office."""
    return user.is_authenticated and practice.workflow_in_progress and ReviewTask.may_review(practice, user)


def may_confirm(user: Any, practice: PracticePage) -> bool:
    """Whether the person may say that a published practice is still true: lead and director of its office."""
    heads = offices.leads(user, practice.office) or offices.directs(user, practice.office)
    return practice.live and practice.archived_at is None and heads


def may_archive(user: Any, practice: PracticePage) -> bool:
    """Whether the person may take it out of the library: its lead, or who coordinates."""
    published = practice.live and practice.archived_at is None
    return published and (offices.leads(user, practice.office) or ReviewTask.may_review(practice, user))


def may_restore(user: Any, practice: PracticePage) -> bool:
    """Whether the person may bring it back from the archive: its lead, or who coordinates."""
    archived = practice.archived_at is not None
    return archived and (offices.leads(user, practice.office) or ReviewTask.may_review(practice, user))


def may_archive_or_restore(user: Any, practice: PracticePage) -> bool:
    """Whether the person may take it out of the library or bring it back, whichever is open now."""
    return may_archive(user, practice) or may_restore(user, practice)


def may_translate(user: Any, practice: PracticePage) -> bool:
    """Whether the person may begin a translation: everybody who works in its office."""
    return practice.archived_at is None and may_write(user, practice.office)


def may_see_drafts(user: Any, practice: PracticePage) -> bool:
    """Whether the person may read what is not published yet, and earlier versions: the office and its reviewers."""
    return may_write(user, practice.office) or ReviewTask.may_review(practice, user)


def may_ask(user: Any, practice: PracticePage) -> bool:
    """Whether the person may ask, thank and write to the contact: everybody who is signed in, of a published one."""
    return user.is_authenticated and practice.live


def may_answer(user: Any, question: Question) -> bool:
    """Whether the person may answer: the practice's office."""
    practice = question.practice
    leads = offices.leads(user, practice.office) or offices.directs(user, practice.office)
    return leads or (user.is_authenticated and practice.contact_id == user.pk)


def may_hide(user: Any, question: Question) -> bool:
    """Whether the person may hide a question: who coordinates the office's region or the country."""
    return user.is_authenticated and ReviewTask.may_review(question.practice, user)


def may_review_any(user: Any, _about: object = None) -> bool:
    """Whether the person reviews practices of some office: region, country."""
    held = roles_of(user)
    return bool(held.regions) or held.has("national_coordinator")


def may_open_file(user: Any, document: Any) -> bool:
    """Whether the person may open a document of a practice: published for everybody, else its office and reviewers."""
    used = ReferenceIndex.get_references_to(document).filter(base_content_type=kind_of_pages())
    keys = [int(key) for key in used.values_list("object_id", flat=True)]
    if PracticePage.objects.visible_to(user).filter(live=True, pk__in=keys).exists() or may_review_any(user):
        return True
    writer = document.uploaded_by_user
    return bool(writer and set(roles_of(user).offices()) & set(roles_of(writer).offices()))


def kind_of_pages() -> ContentType:
    """The content type under which pages are referred to."""
    return ContentType.objects.get_for_model(Page)
