"""What pages show of diplomas: the list of a round, and what strangers learn from a code."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from qms.awards.domain.binding import hyphened
from qms.awards.models import Round
from qms.frameworks.domain.framework import text
from qms.jury.models import Decision
from qms.laureates.domain.diplomas import issue_of
from qms.laureates.models import Diploma
from qms.laureates.queries.diplomas import diploma_of
from qms.ui import numbers
from qms.ui.components import Crumbs, DataTable, Facts, Link, PageHead, State


def crumbs_to(found: Round, *links: Link) -> Crumbs:
    """The way over the round to this page."""
    way = (Link(_("Awards"), reverse("awards:round-list")), Link(found.title, reverse("awards:round", args=[found.pk])))
    return Crumbs((*way, *links))


def crumbs_of_file(diploma: Diploma, title: str, *, runs: bool) -> Crumbs:
    """The way to the file: for the organiser over all diplomas, for the office over its result."""
    application = diploma.decision.application
    found = application.category.round
    result = Link(_("Result"), reverse("laureates:result", args=[application.pk]))
    above = Link(_("Diplomas"), reverse("laureates:diplomas", args=[found.pk])) if runs else result
    return crumbs_to(found, above, Link(title, ""))


def laurels_table(rows: Iterable[Decision]) -> DataTable | None:
    """Each prize with its diploma; nothing where no prize stands."""
    lines = tuple(_line(one) for one in rows)
    heads = (_("Office"), _("Category"), _("Prize"), _("Diploma"), _("State"), _("Change"))
    return DataTable(_("Laureates and their diplomas"), heads, lines, stack=True) if lines else None


def _line(decision: Decision) -> tuple[object, ...]:
    application, diploma = decision.application, diploma_of(decision)
    prize = decision.prize.title if decision.prize else ""
    known = (application.office.name, application.category.title, prize)
    if diploma is None:
        return (*known, "–", State(pgettext("diploma", "not issued")), "–")
    change = Link(_("Issue anew or withdraw"), reverse("laureates:diploma-change", args=[diploma.pk]))
    if diploma.revoked_at is not None:
        return (*known, diploma.number, state_of(diploma), change)
    return (
        *known,
        Link(diploma.number, reverse("laureates:diploma-file", args=[diploma.pk])),
        state_of(diploma),
        change,
    )


def state_of(diploma: Diploma) -> State:
    """Whether the diploma stands."""
    if diploma.revoked_at is not None:
        return State(pgettext("diploma", "withdrawn"), "late")
    if issue_of(diploma.content) > 1:
        return State(pgettext("diploma", "issued anew"), "done")
    return State(pgettext("diploma", "issued"), "done")


def diploma_facts(diploma: Diploma, at: datetime) -> Facts:
    """What the organiser sees of one diploma; its code leads to its page once that is open."""
    content, code = diploma.content, hyphened(diploma.code)
    is_open = diploma.decision.application.category.round.embargo_until <= at
    address = reverse("laureates:diploma-verify", args=[diploma.code])
    facts: list[tuple[str, object]] = [
        (_("Number"), diploma.number),
        (_("Office"), content["office"]),
        (_("Prize"), _in_language(content["prize"])),
        (_("Issued"), _moment(diploma, diploma.issued_at)),
        (_("Verification code"), Link(code, address) if is_open else code),
    ]
    if diploma.revoked_at is not None:
        facts += [
            (pgettext("diploma", "Withdrawn"), _moment(diploma, diploma.revoked_at)),
            (_("Reason"), diploma.revoked_reason),
        ]
    return Facts(tuple(facts))


def verified_head(diploma: Diploma) -> PageHead:
    """Whether the paper that somebody holds counts."""
    over, content = _("Verification of a diploma"), diploma.content
    if diploma.revoked_at is not None:
        day = _day(diploma, diploma.revoked_at)
        lead = _("The organiser withdrew this diploma on %(day)s. It no longer counts.") % {"day": day}
        return PageHead(_("Diploma %(number)s") % content, over=over, state=_withdrawn(), lead=lead)
    lead = _("This diploma is genuine. Compare what stands below with the paper.")
    if issue_of(content) > 1:
        lead = _("This diploma was issued anew on %(day)s. Only a paper that says what stands below counts.")
        lead %= {"day": _day(diploma, diploma.issued_at)}
    valid = State(pgettext("diploma", "Valid"), "done")
    return PageHead(_("Diploma %(number)s") % content, over=over, state=valid, lead=lead)


def verified_facts(diploma: Diploma) -> Facts:
    """What the paper must say; nothing but the number where it was withdrawn."""
    content = diploma.content
    award: tuple[tuple[str, object], ...] = (
        (pgettext("programme", "Award"), _in_language(content["programme"])),
        (_("Round"), _in_language(content["round"])),
        (_("Organiser"), content["organiser"]),
    )
    if diploma.revoked_at is not None:
        return Facts(award)
    given = numbers.day(date.fromisoformat(content["given_on"]))
    return Facts(
        (
            (_("Office"), content["office"]),
            (_("Prize"), _in_language(content["prize"])),
            (_("Category"), _in_language(content["category"])),
            *award,
            (_("Date on the diploma"), f"{content['place']}, {given}" if content["place"] else given),
            (_("Number"), diploma.number),
            (_("Verification code"), hyphened(diploma.code)),
        )
    )


def _withdrawn() -> State:
    return State(pgettext("diploma", "Withdrawn"), "late")


def _moment(diploma: Diploma, at: datetime) -> str:
    with timezone.override(_zone(diploma)):
        return numbers.moment(at)


def _day(diploma: Diploma, at: datetime) -> str:
    with timezone.override(_zone(diploma)):
        return numbers.day(at)


def _zone(diploma: Diploma) -> str:
    return str(diploma.decision.application.category.round.zone)


def _in_language(titles: dict[str, str]) -> str:
    return text(titles, get_language() or "pl")
