"""The page on which a practice is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from qms.goodpractices.domain.draft import PracticeDraft
from qms.goodpractices.models import PracticePage
from qms.goodpractices.queries.forming import names_of_files
from qms.ui.components import Button, Dock, ErrorSummary, FormFields, Link, PageHead

from .desk import crumbs, withheld_note
from .forming import parts_of
from .versions import Change, changes_between


@dataclass(frozen=True)
class WritingPage:
    """What the template shows, and whether something has to be mended."""

    context: dict[str, Any]
    is_wrong: bool


def writing_page(
    forms: Any,
    *,
    head: PageHead,
    place: Any = None,
    practice: PracticePage | None = None,
    revision: int | None = None,
    stored: PracticeDraft | None = None,
    people: Mapping[int, str] | None = None,
    hands_in: bool = False,
) -> WritingPage:
    """The form with what was typed, the faults, and what somebody else saved meanwhile."""
    plain, rows = forms.plain, forms.rows
    wrong = plain.is_bound and not forms.more and _is_wrong(plain, rows, place)
    names = names_of_files(forms.kept)
    others = (*((place,) if place is not None else ()), *rows.values())
    criteria = [name for name in plain.fields if name.startswith("criteria-")]
    changes: tuple[Change, ...] = ()
    if stored is not None:
        labels = (_("Stands now"), _("Your version"))
        changes = changes_between(stored, forms.draft, labels=labels, people=people or {}, files=names)
    context = {
        "head": head,
        "crumbs": crumbs(Link(practice.draft_title if practice else _("New practice"), "")),
        "errors": ErrorSummary(plain, others) if wrong else None,
        "withheld": withheld_note(practice) if practice else None,
        "changes": changes,
        "place": FormFields(place) if place is not None else None,
        "parts": parts_of(plain, rows, criteria=criteria, names=names),
        "revision": revision or "",
        "dock": _dock(practice, hands_in=hands_in),
    }
    return WritingPage(context, wrong)


def _is_wrong(plain: Any, rows: Mapping[str, Any], place: Any) -> bool:
    faults = [plain.errors, *(one.non_form_errors() for one in rows.values()), place.errors if place else None]
    faults += [form.errors for one in rows.values() for form in one.forms]
    return any(faults)


def _dock(practice: PracticePage | None, *, hands_in: bool) -> Dock:
    hands_in = hands_in and practice is not None and practice.withheld_at is None
    save = Button(_("Save"), name="then", value="save", kind="secondary" if hands_in else "primary")
    back = Link(_("Back without saving"), reverse("goodpractices:mine"))
    if not hands_in:
        return Dock((save, back))
    return Dock((Button(_("Save and hand in for review"), name="then", value="submit"), save, back))
