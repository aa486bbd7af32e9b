"""What the page of a dossier shows: its files, its annexes, and how it is verified."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import get_language_info, ngettext, pgettext
from django.utils.translation import gettext as _

from qms.awards.domain.binding import Outcome, grouped, hyphened
from qms.awards.models import Dossier, Submission
from qms.ui import numbers
from qms.ui.components import DataTable, Facts, FileRow, Link, State

STATES: dict[Outcome, str] = {"merged": "done", "listed": "wait", "encrypted": "late", "broken": "late"}


def outcome_words(outcome: str) -> str:
    """What became of an annex, in two or three words."""
    return {
        "merged": _("set in"),
        "listed": _("listed only"),
        "encrypted": _("has a password"),
        "broken": _("cannot be read"),
    }[outcome]


def file_row(dossier: Dossier, name: str) -> FileRow:
    """A file that was set."""
    facts = (
        get_language_info(dossier.language)["name_translated"],
        ngettext("%(count)s page", "%(count)s pages", dossier.pages) % {"count": dossier.pages},
        filesizeformat(dossier.size),
        numbers.moment(dossier.created_at),
    )
    return FileRow(name, "PDF", reverse("awards:dossier-file", args=[dossier.pk]), ", ".join(map(str, facts)))


def annex_table(dossier: Dossier) -> DataTable | None:
    """Each annex and what became of it; nothing where there is none."""
    rows = tuple(
        (
            one["title"],
            one["file_name"],
            State(outcome_words(one["outcome"]), STATES[one["outcome"]]),  # type: ignore[arg-type]
            _(one["reason"]) if one["reason"] else "",
            str(one["pages"]) if one["pages"] else "–",
            str(one["first_page"]),
        )
        for one in dossier.annexes
    )
    if not rows:
        return None
    became, reason = pgettext("annex", "What became of it"), pgettext("annex", "Reason")
    headers = (_("Annex"), _("File"), became, reason, _("Pages"), _("On page"))
    return DataTable(_("Annexes in the dossier"), headers, rows, numeric=(4, 5), stack=True)


def proof_facts(submission: Submission, address: str) -> Facts:
    """What is printed on the dossier to verify it."""
    return Facts(
        (
            (_("Number"), submission.content["number"]),
            (_("Submitted"), numbers.moment(submission.submitted_at)),
            (_("Fingerprint (SHA-256)"), grouped(submission.sha256)),
            (_("Verification code"), Link(hyphened(submission.code), address)),
        )
    )


def verified_facts(submission: Submission, round_title: str, submitted: str) -> Facts:
    """What strangers are told of a submission: never whose it is."""
    return Facts(
        (
            (_("Round"), round_title),
            (_("Number"), submission.content["number"]),
            (_("Submitted"), submitted),
            (_("Fingerprint of the content (SHA-256)"), grouped(submission.sha256)),
        )
    )


def verified_files(title: str, files: Iterable[Any]) -> DataTable | None:
    """The fingerprints of the files that were set of a paper: dossiers, or renderings with the same facts."""
    rows = tuple(
        (
            get_language_info(one.language)["name_translated"],
            numbers.moment(one.created_at),
            str(one.pages),
            filesizeformat(one.size),
            grouped(one.sha256),
        )
        for one in files
    )
    headers = (_("Language"), _("Set on"), _("Pages"), _("Size"), _("Fingerprint of the file (SHA-256)"))
    return DataTable(title, headers, rows, numeric=(2,), stack=True) if rows else None
