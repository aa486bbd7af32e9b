"""A submission on paper: ordering its dossier, and setting it."""

from __future__ import annotations

import hashlib
import resource
import time
from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING

import pydyf
import pypdf
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language, gettext

from qms.awards.documents.dossier import TEMPLATE, dossier_of
from qms.awards.domain.binding import BoundAnnex, first_pages
from qms.awards.models import Dossier, Submission
from qms.awards.services.annex_reading import read_annexes
from qms.awards.services.imposing import imposing
from qms.core.letters import absolute
from qms.core.services import open_job
from qms.pdf import engine
from qms.pdf.services import html_of

if TYPE_CHECKING:
    from pathlib import Path

    from qms.accounts.models import User
    from qms.core.models import Job

DOSSIER = "awards.dossier"
STYLE = "awards/paper.css"
Progress = Callable[[int, str], None]


def queue_dossier(submission: Submission, by: User | None, *, language: str = "") -> Job:
    """A job that sets the submission on paper; the open one where it is being set already.

    The job belongs to whoever orders it and to no office: before the closing nobody else may learn who applied.
    """
    language = language or get_language() or settings.LANGUAGE_CODE
    return open_job(
        DOSSIER,
        title=dossier_name(submission, language),
        subject=submission,
        by=by,
        arguments={"language": language},
    )


def dossier_name(submission: Submission, language: str) -> str:
    """What the file is called, in its own language."""
    facts = {"number": submission.content["number"], "ordinal": submission.ordinal}
    with translation.override(language):
        if submission.ordinal == 1:
            return gettext("Application %(number)s") % facts
        return gettext("Application %(number)s, submission %(ordinal)s") % facts


def verify_address(submission: Submission, language: str) -> str:
    """The whole address of the page that verifies it."""
    with translation.override(language):
        return absolute(reverse("awards:verify", args=[submission.code]))


def build_dossier(submission: Submission, *, language: str, progress: Progress | None = None) -> Dossier:
    """The dossier as a stored file; the one that is there already, if nothing in it has changed."""
    tell = progress or (lambda _percent, _step: None)
    tell(5, gettext("Reading the annexes"))
    annexes = read_annexes(submission)
    tell(15, gettext("Putting the document together"))
    document = dossier_of(submission, annexes, address=verify_address(submission, language), language=language)
    html = html_of(document, template=TEMPLATE)
    content_hash = content_hash_of(html, annexes)
    if known := _known(submission, language, content_hash):
        return known
    tell(25, gettext("Typesetting"))
    started = time.perf_counter()
    set_in = imposing(annexes)

    def finish(pdf: pydyf.PDF, total: int) -> None:
        tell(75, gettext("Setting the annexes in"))
        set_in(pdf, total)

    content, pages = engine.typeset(html, moment=document.moment, language=language, finish=finish)
    dossier = Dossier(
        submission=submission,
        language=language,
        content_hash=content_hash,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        pages=pages,
        annexes=_fates(annexes, pages),
        peak_kilobytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
        seconds=time.perf_counter() - started,
    )
    tell(95, gettext("Storing the file"))
    return _stored(dossier, content)


def content_hash_of(html: str, annexes: tuple[BoundAnnex, ...]) -> str:
    """What the bytes depend on: text, styles, engine, and what could be read of each annex."""
    digest = hashlib.sha256(f"{engine.fingerprint()} {pypdf.__version__}".encode())
    digest.update(html.encode())
    found = finders.find(STYLE)
    if isinstance(found, str):
        digest.update(_bytes(found))
    for annex in annexes:
        digest.update(repr(sorted(asdict(annex).items())).encode())
    return digest.hexdigest()


def _bytes(path: str | Path) -> bytes:
    with open(path, "rb") as file:  # noqa: PTH123  what the finder gives
        return file.read()


def _known(submission: Submission, language: str, content_hash: str) -> Dossier | None:
    known = Dossier.objects.filter(submission=submission, language=language, content_hash=content_hash).first()
    return known if known is not None and known.file.storage.exists(str(known.file.name)) else None


def _fates(annexes: tuple[BoundAnnex, ...], total: int) -> list[dict[str, object]]:
    return [
        {
            "title": annex.title,
            "file_name": annex.file_name,
            "sha256": annex.sha256,
            "pages": len(annex.pages),
            "first_page": first,
            "outcome": annex.outcome,
            "reason": annex.reason,
        }
        for annex, first in zip(annexes, first_pages(annexes, total), strict=True)
    ]


def _stored(dossier: Dossier, content: bytes) -> Dossier:
    """The file with its row; a row whose file got lost gets it again, a twin's row stays."""
    same = {"submission": dossier.submission, "language": dossier.language, "content_hash": dossier.content_hash}
    dossier.file.save(f"{dossier.sha256[:32]}.pdf", ContentFile(content), save=False)
    try:
        with transaction.atomic():
            dossier.save()
    except IntegrityError:
        twin = Dossier.objects.get(**same)
        twin.file = dossier.file.name
        twin.save(update_fields=["file", "updated_at"])
        return twin
    return dossier
