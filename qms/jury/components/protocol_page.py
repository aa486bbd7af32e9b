"""What the page of a protocol shows, and what strangers learn who hold its code."""

from __future__ import annotations

from datetime import datetime

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import get_language, get_language_info, ngettext, pgettext
from django.utils.translation import gettext as _

from qms.awards.components.hours import moment_in
from qms.awards.domain.binding import grouped, hyphened
from qms.frameworks.domain.framework import text
from qms.jury.models import Decision, DecisionList, Protocol
from qms.pdf.models import Rendering
from qms.ui import numbers
from qms.ui.components import DataTable, Facts, FileRow, Link, Stat, Stats


def title_of(protocol: Protocol) -> str:
    """What the protocol is called."""
    is_visits = protocol.content["stage"] == DecisionList.Stage.VISIT
    return _("Protocol on visits") if is_visits else _("Protocol on prizes")


def over_of(protocol: Protocol) -> str:
    """Which round and category it is about."""
    content, language = protocol.content, get_language() or "pl"
    names = {"round": text(content["round"]["titles"], language)}
    names["category"] = text(content["category"]["titles"], language)
    return _("%(round)s, category “%(category)s”") % names


def closed_words(protocol: Protocol) -> str:
    """When the list was closed, by the clock of the round."""
    closed = protocol.content["closed"]["at"]
    return moment_in(protocol.content["round"]["zone"], datetime.fromisoformat(closed))


def stats_of(protocol: Protocol) -> Stats:
    """How much it holds."""
    content = protocol.content
    counts = (
        (_("Applications"), len(content["applications"])),
        (_("Jurors"), len(content["jurors"])),
        (pgettext("jury", "Ballots"), len(content["ballots"])),
        (_("Exclusions"), len(content["exclusions"])),
        (_("Agreements"), len(content["agreed"])),
    )
    return Stats(tuple(Stat(title, str(count)) for title, count in counts))


def decisions_table(protocol: Protocol) -> DataTable:
    """The order with every decision, as it was frozen."""
    content, language = protocol.content, get_language() or "pl"
    named = {one["pk"]: one for one in content["applications"]}
    prizes = {one["pk"]: text(one["titles"], language) for one in content["prizes"]}
    rows = tuple(
        (
            f"{named[one['application']]['number']} {named[one['application']]['office']}",
            _place(one["place_from"], one["place_to"]),
            numbers.figure(one["total"], 1),
            prizes.get(one["prize"]) or str(Decision.Outcome(one["outcome"]).label),
            one["reason"] or "–",
        )
        for one in content["decisions"]
    )
    headers = (
        _("Application"),
        pgettext("order", "Place"),
        _("Points"),
        pgettext("jury", "Decision"),
        _("Reason"),
    )
    return DataTable(_("Order and decisions"), headers, rows, numeric=(1, 2), stack=True)


def _place(first: int | None, last: int | None) -> str:
    if not first:
        return "–"
    return f"{first}." if first == last else f"{first}.–{last}."


def proof_facts(protocol: Protocol, address: str) -> Facts:
    """What is printed on the protocol to verify it."""
    return Facts(
        (
            (_("List closed"), closed_words(protocol)),
            (_("Closed by"), protocol.content["closed"]["by"]),
            (_("Fingerprint (SHA-256)"), grouped(protocol.sha256)),
            (_("Verification code"), Link(hyphened(protocol.code), address)),
        )
    )


def file_row(protocol: Protocol, file: Rendering) -> FileRow:
    """A file that was set."""
    facts = (
        get_language_info(file.language)["name_translated"],
        ngettext("%(count)s page", "%(count)s pages", file.pages) % {"count": file.pages},
        filesizeformat(file.size),
        numbers.moment(file.created_at),
    )
    url = f"{reverse('jury:protocol-file', args=[protocol.pk])}?language={file.language}"
    return FileRow(file.name, "PDF", url, ", ".join(map(str, facts)))


def verified_facts(protocol: Protocol) -> Facts:
    """What strangers are told: round, category, day and fingerprint; never who applied, judged or won."""
    content, language = protocol.content, get_language() or "pl"
    return Facts(
        (
            (_("Round"), text(content["round"]["titles"], language)),
            (_("Category"), text(content["category"]["titles"], language)),
            (_("Organiser"), content["round"]["organiser"]),
            (_("List closed"), closed_words(protocol)),
            (_("Fingerprint of the content (SHA-256)"), grouped(protocol.sha256)),
        )
    )
