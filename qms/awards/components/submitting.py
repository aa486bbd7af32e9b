"""What stands between an application and its submission, and the receipt afterwards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from django.urls import reverse
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from qms.awards.domain.checks import Fault, hindering, warnings
from qms.awards.models import Application, SectionVersion, Submission
from qms.awards.queries.versions import last_saves
from qms.awards.queries.whole import ANNEXES, CONDITIONS
from qms.frameworks.domain.framework import text
from qms.ui.components import Button, Crumbs, DataTable, Facts, FormFields, Link, Note, Part, Seal, State

from .hours import exact_in, moment_of

States = Application.State


@dataclass(frozen=True)
class Check(Part):
    """One line of the list before a submission: in order, doubtful, or missing."""

    words: str
    url: str = ""
    level: int = 4
    mark: str = ""
    template_name: ClassVar[str] = "awards/_check.html"


def over_of(application: Application) -> str:
    """Which round and category it is about."""
    return _("%(round)s, category “%(category)s”") % {
        "round": application.category.round.title,
        "category": application.category.title,
    }


def crumbs_of(application: Application, *links: Link) -> Crumbs:
    """The way from the awards to a page of the application."""
    name = _("Application of %(office)s") % {"office": application.office.short_name}
    here = Link(name, reverse("awards:application", args=[application.pk]))
    return Crumbs((*_to_round(application), here, *links))


def crumbs_of_received(application: Application, *links: Link) -> Crumbs:
    """The way from the awards to a page of a received application."""
    round_pk = application.category.round_id
    received = Link(_("Received applications"), reverse("awards:received", args=[round_pk]))
    return Crumbs((*_to_round(application), received, *links))


def _to_round(application: Application) -> tuple[Link, Link]:
    one = application.category.round
    return Link(_("Awards"), reverse("awards:round-list")), Link(one.title, reverse("awards:round", args=[one.pk]))


def checks_of(faults: tuple[Fault, ...]) -> tuple[Check, ...]:
    """Everything that is missing or doubtful, or that nothing is."""
    missing = [Check(fault.words, fault.url, 0, pgettext("check", "Missing")) for fault in hindering(faults)]
    doubtful = [Check(fault.words, fault.url, 2, pgettext("check", "To think about")) for fault in warnings(faults)]
    met = [Check(_("Nothing is missing: conditions, answers, limits, annexes, statements."))]
    return (*(missing or met), *doubtful)


def _readers(application: Application) -> tuple[str, ...]:
    if application.state == States.REOPENED:  # the round is closed, so nothing is sealed any more
        return (_("as soon as it is submitted: the organiser and the jury"),)
    closes = moment_of(application.category.round, application.category.round.closes_at)
    return (
        _("until %(moment)s: nobody outside your office") % {"moment": closes},
        _("after the closing: the organiser and the jury"),
    )


def changes_of(application: Application, sections: list[dict[str, Any]], changed: Iterable[str]) -> tuple[Check, ...]:
    """What changed after the page was opened, each with the way to what is new."""
    names = set(changed)
    touched = [section for section in sections if str(section["pk"]) in names]
    saves = last_saves(application, [section["pk"] for section in touched])
    lines = [(_section_words(application, one, saves), _history_of(application, one)) for one in touched]
    if ANNEXES in names:
        lines.append((_("The annexes were changed."), reverse("awards:annexes", args=[application.pk])))
    if CONDITIONS in names:
        begun = reverse("awards:begin", args=[application.category_id])
        lines.append((_("The answers to the conditions were changed."), begun))
    return tuple(Check(words, url, 2, pgettext("check", "Changed")) for words, url in lines)


def _section_words(application: Application, section: dict[str, Any], saves: dict[int, SectionVersion]) -> str:
    title = text(section["titles"], get_language() or "pl")
    last = saves.get(section["pk"])
    if last is None:
        return _("“%(section)s” was changed.") % {"section": title}
    facts = {"section": title, "name": last.by.name, "moment": moment_of(application.category.round, last.saved_at)}
    return _("“%(section)s” was changed: last saved %(moment)s, %(name)s.") % facts


def _history_of(application: Application, section: dict[str, Any]) -> str:
    return reverse("awards:section-history", args=[application.pk, section["pk"]])


def lacking_words(faults: tuple[Fault, ...]) -> str:
    """How much is missing, in words; nothing where nothing is."""
    many = len(hindering(faults))
    if not many:
        return ""
    return ngettext("%(count)s thing is missing", "%(count)s things are missing", many) % {"count": many}


def submit_seal(application: Application, *, statement: str, frozen: Iterable[str], seen: FormFields) -> Seal:
    """Before the submission: what becomes fixed, who will see it, and the statement."""
    return Seal(
        _("Submit the application"),
        tuple(frozen),
        (*_readers(application), _("the public: nothing, unless you win and agree")),
        reverse("awards:submit", args=[application.pk]),
        statement,
        Button(_("Submit the application")),
        fields=seen,
        ident="submission",
    )


def frozen_of(sections: list[dict[str, object]], annexes: int) -> tuple[str, ...]:
    """What becomes fixed, counted."""
    chapters = ngettext("%(count)s section", "%(count)s sections", len(sections)) % {"count": len(sections)}
    files = ngettext("%(count)s annex", "%(count)s annexes", annexes) % {"count": annexes}
    return (
        _("%(sections)s as they stand now, with their sources") % {"sections": chapters},
        _("%(annexes)s with their fingerprints") % {"annexes": files},
        _("the moment by the clock of the server, and a fingerprint of the whole"),
    )


def state_of(application: Application) -> State:
    """How far the application is."""
    kinds = {States.DRAFT: "going", States.SUBMITTED: "done", States.REOPENED: "wait", States.WITHDRAWN: ""}
    return State(application.get_state_display(), kinds[States(application.state)])  # type: ignore[arg-type]


def receipt_facts(application: Application, submission: Submission) -> Facts:
    """The receipt: number, moment, fingerprint, who."""
    zone = application.category.round.zone
    return Facts(
        (
            (_("Number"), submission.content["number"]),
            (_("Received"), exact_in(zone, submission.submitted_at)),
            (_("Submitted by"), submission.submitted_by.name),
            (_("Office"), submission.content["office"]["name"]),
            (_("SHA-256 of the content"), submission.sha256),
            (_("Code for checking"), Link(submission.code, reverse("awards:verify", args=[submission.code]))),
        )
    )


def submissions_table(application: Application, submissions: list[Submission]) -> DataTable:
    """All submissions, the newest first."""
    zone = application.category.round.zone
    rows = tuple(
        (
            str(one.ordinal),
            exact_in(zone, one.submitted_at),
            one.submitted_by.name,
            _("counts") if place == 0 else _("replaced"),
            one.sha256[:16],
        )
        for place, one in enumerate(submissions)
    )
    heads = (pgettext("submission", "No."), _("Received"), _("Submitted by"), _("Standing"), "SHA-256")
    return DataTable(_("All submissions of this application"), heads, rows, stack=True)


def passing_of(application: Application) -> Button:
    """The lead's button: the director gets a letter."""
    label = _("Pass on to the director") if application.passed_at is None else _("Remind the director")
    return Button(label, url=reverse("awards:pass-on", args=[application.pk]), post=True)


def told_of(application: Application, *, directs: bool, manages: bool, is_open: bool, can: bool) -> Note | None:
    """What the reader has to know before the button, or instead of it."""
    if not is_open:
        return Note(_("The deadline decides by the clock of the server. Your texts stay here."), _("Not open"), "bad")
    if directs:
        return None if can else Note(_("Complete what is missing; then the statement and the button appear here."))
    if not manages:
        return Note(_("The quality lead passes the application on, and the director submits it."))
    if application.passed_at is None:
        return Note(_("The director submits. Pass the application on when it is ready."))
    passed = moment_of(application.category.round, application.passed_at)
    return Note(_("Passed on to the director: %(moment)s.") % {"moment": passed})
