"""What writers and reviewers see of practices: how far each is, and what can be done with it now."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import ClassVar, Self

from django.urls import reverse
from django.utils.translation import gettext as _

from qms.accounts.models import Language
from qms.goodpractices.models import PracticePage
from qms.goodpractices.queries import lists
from qms.goodpractices.queries.lists import PracticeRow
from qms.ui.components import Button, Crumbs, DataTable, Link, Note, Row, State
from qms.ui.components.part import Part, StateKind
from qms.ui.numbers import day, moment

KINDS: dict[str, StateKind] = {
    lists.DRAFT: "",
    lists.WAITING: "going",
    lists.RETURNED: "wait",
    lists.PUBLISHED: "done",
    lists.ARCHIVED: "",
    lists.WITHHELD: "wait",
}


def words_of_state(state: str) -> str:
    """How far a practice is, in words."""
    return {
        lists.DRAFT: _("draft"),
        lists.WAITING: _("waits for review"),
        lists.RETURNED: _("returned"),
        lists.PUBLISHED: _("published"),
        lists.ARCHIVED: _("in the archive"),
        lists.WITHHELD: _("withheld"),
    }[state]


def withheld_words(practice: PracticePage) -> str:
    """Since when and why readers do not see it, and what is open meanwhile."""
    facts = {"day": day(practice.withheld_at), "reason": _(practice.withheld_reason)}
    said = _("Withheld since %(day)s: %(reason)s") % facts
    return f"{said} {_('It can be written on and saved, but neither handed in nor published.')}"


def withheld_note(practice: PracticePage) -> Note | None:
    """The same for the top of a page; nothing for a practice that is not withheld."""
    if practice.withheld_at is None:
        return None
    return Note(withheld_words(practice), _("Readers do not see this practice"), "warn", level=2)


def crumbs(*way: Link) -> Crumbs:
    """The way from the office's practices to the page."""
    return Crumbs((Link(_("Our practices"), reverse("goodpractices:mine")), *way))


@dataclass(frozen=True)
class OwnPractice(Part):
    """A practice of the office, its state, what the reviewer said, and the next steps."""

    pk: int
    title: str
    url: str
    state: State
    language: str
    facts: str
    notes: tuple[str, ...]
    remark: str
    buttons: tuple[Part, ...]
    links: tuple[Link, ...]
    languages: tuple[tuple[str, str], ...]
    template_name: ClassVar[str] = "goodpractices/_own_practice.html"

    @property
    def translate_url(self) -> str:
        """Where a translation begins."""
        return reverse("goodpractices:translate", args=[self.pk])

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        return (
            cls(
                1,
                "Rozmowa powitalna z pracodawcą",
                "#",
                State("zwrócona", "wait"),
                "polski",
                "zapisano 18 listopada 2026, 9:12",
                (),
                "Proszę dopisać liczbę ofert.",
                (Button("Popraw"),),
                (Link("Wersje", "#"),),
                (("en", "English"),),
            ),
        )


def own_practice(row: PracticeRow, steps: Collection[str], *, languages: Iterable[str]) -> OwnPractice:
    """The row; `steps` names what is open to the reader, from edit and submit to archive and translate."""
    practice = row.practice
    names = dict(Language.choices)
    here = practice.locale.language_code
    free = (code for code in languages if code != here)
    return OwnPractice(
        practice.pk,
        practice.draft_title or practice.title,
        _address("preview", practice),
        State(words_of_state(row.state), KINDS[row.state]),
        names.get(here, here),
        _facts(row),
        tuple(_notes(row)),
        row.remark,
        tuple(_buttons(row, steps)),
        tuple(_links(row, steps)),
        tuple((code, names.get(code, code)) for code in free) if "translate" in steps else (),
    )


def _facts(row: PracticeRow) -> str:
    practice = row.practice
    said = [_("saved %(moment)s") % {"moment": moment(row.saved_at)}] if row.saved_at else []
    if practice.first_published_at:
        said.append(_("published %(day)s") % {"day": day(practice.first_published_at)})
    if practice.confirmed_on:
        said.append(_("confirmed %(day)s") % {"day": day(practice.confirmed_on)})
    return ", ".join(said)


def _notes(row: PracticeRow) -> Iterable[str]:
    if row.state == lists.WAITING:
        yield _("Nobody can change it until the reviewer decides or you take it back.")
    if row.has_new_version and row.state in (lists.PUBLISHED, lists.RETURNED):
        yield _("There is a newer version that readers do not see yet.")
    if row.to_confirm:
        yield _("A year has passed since it was last confirmed. Does it still work as written?")
    if row.state == lists.ARCHIVED:
        yield row.practice.archived_reason
    if row.practice.withheld_at is not None:
        yield withheld_words(row.practice)


def _buttons(row: PracticeRow, steps: Collection[str]) -> Iterable[Part]:
    practice = row.practice
    if row.to_confirm and "confirm" in steps:
        yield Button(_("It is still true"), url=_address("confirm", practice), post=True)
    waits = row.state == lists.WAITING
    if not waits and "edit" in steps:
        yield Button(_("Write"), url=_address("edit", practice), kind="secondary")
    if not waits and "submit" in steps and practice.withheld_at is None:
        yield Button(_("Hand in for review"), url=_address("submit", practice), post=True)
    if waits and "withdraw" in steps:
        yield Button(_("Take it back"), url=_address("withdraw", practice), kind="secondary", post=True)


def _links(row: PracticeRow, steps: Collection[str]) -> Iterable[Link]:
    practice = row.practice
    yield Link(_("Versions"), _address("versions", practice))
    if "archive" in steps:
        yield Link(_("Put into the archive"), _address("archive", practice))
    if "restore" in steps:
        yield Link(_("Bring back"), _address("archive", practice))


def review_table(practices: Iterable[PracticePage]) -> DataTable:
    """What waits for the reader's review, the longest waiting first."""
    headers = (_("Practice"), _("Office"), _("Region"), _("Language"), _("Handed in"), _("Kind"))
    rows = tuple(_review_row(practice) for practice in practices)
    return DataTable(_("Practices to review"), headers, rows, stack=True)


def _review_row(practice: PracticePage) -> Row:
    kind = _("new version") if practice.live else _("new practice")
    return Row(
        (
            Link(practice.draft_title or practice.title, _address("review", practice)),
            practice.office.short_name,
            practice.office.region.name,
            practice.locale.language_code.upper(),
            day(practice.latest_revision_created_at),
            kind,
        )
    )


def _address(route: str, practice: PracticePage) -> str:
    return reverse(f"goodpractices:{route}", args=[practice.pk])
