"""Diplomas on paper: ordering their files, setting them, and finding the file that still holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from qms.core.letters import absolute
from qms.core.models import type_of
from qms.core.services import open_job
from qms.laureates.documents.diploma import TEMPLATE, Diplomas, diplomas_of
from qms.laureates.queries.diplomas import standing_of
from qms.lifecycle import Refused, gettext_noop
from qms.pdf.models import Rendering
from qms.pdf.services import content_hash_of, html_of, render

if TYPE_CHECKING:
    from django.db.models import Model

    from qms.accounts.models import User
    from qms.awards.models import Round
    from qms.core.models import Job
    from qms.laureates.models import Diploma

DIPLOMA, DIPLOMAS = "laureates.diploma", "laureates.diplomas"
NOTHING = gettext_noop("No diploma of this round is issued.")
WITHDRAWN = gettext_noop("This diploma is withdrawn. Issue it anew to print it.")
Progress = Callable[[int, str], None]


def order_diploma(diploma: Diploma, *, language: str, by: User) -> Job:
    """A job that sets the diploma; the person's open one where there is one. It belongs to no office."""
    if diploma.revoked_at is not None:
        raise Refused(WITHDRAWN)
    title = diploma_name(diploma, language)
    return open_job(DIPLOMA, title=title, subject=diploma, by=by, arguments={"language": language, "by": by.pk})


def order_diplomas(round: Round, *, language: str, by: User) -> Job:  # noqa: A002  the word of the awards
    """A job that sets all diplomas of the round in one file for the printer, and each one for its office."""
    if not standing_of(round):
        raise Refused(NOTHING)
    title = diplomas_name(round, language)
    return open_job(DIPLOMAS, title=title, subject=round, by=by, arguments={"language": language})


def diploma_name(diploma: Diploma, language: str) -> str:
    """What the file is called; it does not say whose it is."""
    with translation.override(language):
        return gettext("Diploma %(number)s") % {"number": diploma.number}


def diplomas_name(round: Round, language: str) -> str:  # noqa: A002  the word of the awards
    """What the file with all of them is called."""
    with translation.override(language):
        return gettext("Diplomas: %(round)s") % {"round": round.title_in(language)}


def verify_address(diploma: Diploma, language: str) -> str:
    """The whole address of the page that verifies it."""
    with translation.override(language):
        return absolute(reverse("laureates:diploma-verify", args=[diploma.code]))


def diploma_that_stands(diploma: Diploma, language: str) -> Rendering | None:
    """The file that holds the diploma as it is now, if it was set already and is not withdrawn."""
    if diploma.revoked_at is not None:
        return None
    return _known(_document([diploma], diploma_name(diploma, language), language), diploma)


def diplomas_that_stand(round: Round, language: str) -> Rendering | None:  # noqa: A002  the word of the awards
    """The file that holds all diplomas of the round as they are now, if it was set already."""
    diplomas = standing_of(round)
    return _known(_document(diplomas, diplomas_name(round, language), language), round) if diplomas else None


def set_diploma(diploma: Diploma, *, language: str, progress: Progress | None = None) -> Rendering:
    """The diploma as a stored file; the one that is there already, if nothing in it has changed."""
    if diploma.revoked_at is not None:
        raise Refused(WITHDRAWN)
    name = diploma_name(diploma, language)
    return _set(_document([diploma], name, language), diploma, name, progress)


def set_diplomas(round: Round, *, language: str, progress: Progress) -> Rendering:  # noqa: A002  the word of the awards
    """All diplomas of the round in one file; each one is set for its office too."""
    diplomas = standing_of(round)
    if not diplomas:
        raise Refused(NOTHING)
    for place, diploma in enumerate(diplomas):
        step = gettext("Diploma %(place)s of %(count)s") % {"place": place + 1, "count": len(diplomas)}
        progress(5 + 70 * place // len(diplomas), step)
        set_diploma(diploma, language=language)
    name = diplomas_name(round, language)
    progress(80, gettext("Putting them in one file"))
    return _set(_document(diplomas, name, language), round, name)


def _document(diplomas: Sequence[Diploma], name: str, language: str) -> Diplomas:
    addresses = {one.code: verify_address(one, language) for one in diplomas}
    return diplomas_of(diplomas, title=name, addresses=addresses, language=language)


def _set(document: Diplomas, subject: Model, name: str, progress: Progress | None = None) -> Rendering:
    # It belongs to nobody and to no office: before the embargo ends only the organiser's page gives it out.
    return render(document, by=None, office_id=None, subject=subject, name=name, progress=progress, template=TEMPLATE)


def _known(document: Diplomas, subject: Model) -> Rendering | None:
    wanted = content_hash_of(document, html_of(document, template=TEMPLATE))
    rows = Rendering.objects.filter(
        subject_type=type_of(subject), subject_id=subject.pk, language=document.language, content_hash=wanted
    )
    found: Rendering | None = rows.order_by("-pk").first()
    return found if found is not None and found.file.storage.exists(str(found.file.name)) else None
