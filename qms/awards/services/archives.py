"""All dossiers of a round in one file, with a list; made for its organiser after the closing."""

from __future__ import annotations

import hashlib
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import PurePath
from typing import TYPE_CHECKING

from django.core.files import File
from django.core.files.storage import default_storage
from django.utils import translation
from django.utils.translation import gettext

from qms.awards.models import Annex, Dossier, Round, Submission
from qms.awards.queries.dossiers import dossiers_by_submission, latest_submissions
from qms.awards.services.dossiers import build_dossier
from qms.awards.sheets import archive_headers, archive_line
from qms.core.services import open_job
from qms.core.spreadsheets import write_xlsx
from qms.lifecycle import Refused, gettext_noop

if TYPE_CHECKING:
    from qms.accounts.models import User
    from qms.core.models import Job

ARCHIVE = "awards.archive"
SEALED = gettext_noop("Applications are sealed until the round closes.")
NOTHING = gettext_noop("Nothing was submitted to this round.")
EARLIEST = 1980  # a packed file knows no earlier year
FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
MOST_BYTES = 150  # of a file's name: with its folder and ending it fits everywhere
Progress = Callable[[int, str], None]


def order_archive(award_round: Round, *, language: str, by: User, at: datetime) -> Job:
    """A job that packs the archive; the open one where it is being packed already."""
    if not award_round.is_closed(at):
        raise Refused(SEALED)
    if not latest_submissions(award_round):
        raise Refused(NOTHING)
    with translation.override(language):
        title = gettext("Archive of %(round)s") % {"round": award_round.title_in(language)}
    return open_job(ARCHIVE, title=title, subject=award_round, by=by, arguments={"language": language})


def archive_path(award_round: Round, language: str, dossiers: list[Dossier]) -> str:
    """Where an archive of just these dossiers lies: what was packed before somebody withdrew is not found again."""
    digest = hashlib.sha256("\n".join([language, *(one.sha256 for one in dossiers)]).encode()).hexdigest()
    return f"archives/{award_round.pk}/{digest[:48]}.zip"


def archive_that_stands(award_round: Round, language: str) -> str:
    """The path of the archive that holds what stands submitted now; nothing where it must be packed."""
    submissions = latest_submissions(award_round)
    found = dossiers_by_submission(submissions, language)
    if not submissions or len(found) < len(submissions):
        return ""
    path = archive_path(award_round, language, [found[one.pk] for one in submissions])
    return path if default_storage.exists(path) else ""


def build_archive(award_round: Round, *, language: str, at: datetime, progress: Progress) -> str:
    """The path of the packed archive; each dossier that is missing is set first."""
    if not award_round.is_closed(at):
        raise Refused(SEALED)
    submissions = latest_submissions(award_round)
    if not submissions:
        raise Refused(NOTHING)
    known = dossiers_by_submission(submissions, language)
    dossiers = []
    for place, submission in enumerate(submissions, start=1):
        step = gettext("Dossier %(place)s of %(count)s") % {"place": place, "count": len(submissions)}
        progress(80 * place // (len(submissions) + 1), step)
        dossiers.append(known.get(submission.pk) or build_dossier(submission, language=language))
    progress(85, gettext("Packing the archive"))
    path = archive_path(award_round, language, dossiers)
    if default_storage.exists(path):
        return path
    with tempfile.TemporaryFile() as packed:
        _pack(packed, submissions, dossiers)
        packed.seek(0)
        _sweep(PurePath(path).parent)
        return default_storage.save(path, File(packed))


def _sweep(folder: PurePath) -> None:
    """Archives that no longer hold what stands submitted are not kept."""
    if default_storage.exists(str(folder)):
        for name in default_storage.listdir(str(folder))[1]:
            default_storage.delete(str(folder / name))


def _pack(target: object, submissions: list[Submission], dossiers: list[Dossier]) -> None:
    lines = [archive_line(one, dossier) for one, dossier in zip(submissions, dossiers, strict=True)]
    latest = max(one.submitted_at for one in submissions)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:  # type: ignore[call-overload]
        list_name = f"{gettext('list')}.xlsx"
        archive.writestr(_entry(list_name, latest), write_xlsx(gettext("Applications"), archive_headers(), lines))
        for submission, dossier in zip(submissions, dossiers, strict=True):
            number = submission.content["number"]
            _copy(archive, f"{number}/{number}.pdf", str(dossier.file.name), submission.submitted_at)
            for name, path in _left_out(submission, dossier):
                _copy(archive, f"{number}/{name}", path, submission.submitted_at)


def _left_out(submission: Submission, dossier: Dossier) -> Iterator[tuple[str, str]]:
    """The files of annexes that are not set in: they go along as they are."""
    listed = submission.content["annexes"]
    rows = Annex.objects.filter(application=submission.application_id).in_bulk([one["pk"] for one in listed])
    for place, (one, fate) in enumerate(zip(listed, dossier.annexes, strict=True), start=1):
        row = rows.get(one["pk"])
        if fate["outcome"] != "merged" and row is not None and row.file.storage.exists(str(row.file.name)):
            yield entry_name(place, one["file_name"]), str(row.file.name)


def entry_name(place: int, file_name: str) -> str:
    """A name that every system can unpack: no way to other folders, no forbidden signs, not too long."""
    name = PurePath(FORBIDDEN.sub("_", PurePath(file_name.replace("\\", "/")).name))
    stem = name.stem.encode()[:MOST_BYTES].decode(errors="ignore")
    return f"{place:02}-{stem}{name.suffix}"


def _copy(archive: zipfile.ZipFile, name: str, path: str, moment: datetime) -> None:
    with default_storage.open(path) as source, archive.open(_entry(name, moment), "w", force_zip64=True) as packed:
        for chunk in iter(lambda: source.read(1 << 20), b""):
            packed.write(chunk)


def _entry(name: str, moment: datetime) -> zipfile.ZipInfo:
    return zipfile.ZipInfo(name, (max(moment.year, EARLIEST), *moment.timetuple()[1:6]))  # type: ignore[arg-type]
