"""Everything that the page of one practice shows, read at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import get_language

from qms.frameworks.domain.framework import text
from qms.frameworks.models import Edition
from qms.goodpractices.models import PracticePage, Question, Thanks
from qms.offices.models import Office, roles_of
from qms.pdf.models import Rendering

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qms.goodpractices.models import PracticeResult


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """A node under which the practice is filed, with its name in the reader's language."""

    framework: str
    code: str
    title: str

    @property
    def named(self) -> str:
        """Code and title."""
        return f"{self.code} {self.title}".strip()


@dataclass(frozen=True, slots=True)
class PracticeView:
    """One practice, published or as it will be, with what readers said of it."""

    practice: PracticePage
    office: Office
    criteria: tuple[CriterionLine, ...]
    clients: tuple[str, ...]
    results: tuple[PracticeResult, ...]
    version: int
    version_on: date | None
    questions: tuple[Question, ...]
    thanks: int
    has_thanked: bool
    thanks_open: bool

    @property
    def number(self) -> str:
        """The number under which it is cited: DP-2026-31 (dobra praktyka)."""
        year = self.practice.first_published_at or self.practice.latest_revision_created_at
        return f"DP-{timezone.localdate(year).year}-{self.practice.pk:03d}" if year else f"DP-{self.practice.pk:03d}"

    @property
    def frameworks(self) -> tuple[tuple[str, tuple[CriterionLine, ...]], ...]:
        """The criteria, framework by framework."""
        names = dict.fromkeys(one.framework for one in self.criteria)
        return tuple((name, tuple(one for one in self.criteria if one.framework == name)) for name in names)


def practice_view(practice: PracticePage, user: Any, *, drafted: bool = False) -> PracticeView:
    """The practice as its page shows it; with `drafted` as a draft, of which nobody has asked anything yet."""
    office = Office.objects.select_related("region").get(pk=practice.office_id)
    practice.office = office  # with its region, for all that asks for them further up
    version, version_on = _version(practice, drafted=drafted)
    thanks = Thanks.objects.filter(practice=practice.pk)
    has_thanked = user.is_authenticated and thanks.filter(user=user.pk).exists()
    may_thank = user.is_authenticated and practice.live and not roles_of(user).has_at(office.pk)
    return PracticeView(
        practice=practice,
        office=office,
        criteria=criteria_of(practice.criteria.all()),
        clients=tuple(str(one.get_group_display()) for one in practice.clients.all()),
        results=tuple(sorted(practice.results.all(), key=lambda one: one.sort_order)),
        version=version,
        version_on=version_on,
        questions=() if drafted else questions_of(practice, user),
        thanks=thanks.count(),
        has_thanked=has_thanked,
        thanks_open=may_thank and not has_thanked,
    )


def criteria_of(rows: Iterable[Any]) -> tuple[CriterionLine, ...]:
    """The nodes by their names, in the order of their codes; one query for all of them."""
    pairs = sorted({(row.framework, row.node) for row in rows})
    editions = {one.code: one for one in Edition.objects.filter(code__in={code for code, _node in pairs})}
    language = get_language() or "pl"
    lines = []
    for code, node in pairs:
        edition = editions.get(code)
        tree = edition.tree() if edition else None
        title = text(tree.node(node).titles, language) if tree and tree.has_node(node) else ""
        lines.append(CriterionLine(edition.short_in(language) if edition else code, node, title))
    return tuple(lines)


def questions_of(practice: PracticePage, user: Any) -> tuple[Question, ...]:
    """The questions that this reader may see, oldest first."""
    rows = Question.objects.filter(practice=practice.pk).visible_to(user)
    return tuple(rows.select_related("office__region", "asked_by").order_by("created_at", "pk"))


def prints_of(practice: PracticePage) -> list[Rendering]:
    """The files made of this practice since it was last changed, newest first."""
    files = Rendering.objects.about(practice).order_by("-pk")
    changed = practice.last_published_at
    return list(files.filter(created_at__gte=changed) if changed else files)


def _version(practice: PracticePage, *, drafted: bool) -> tuple[int, date | None]:
    """The how-manieth version this is, and of which day."""
    revisions = practice.revisions.all()
    shown = None if drafted else practice.live_revision_id
    if shown is not None:
        revisions = revisions.filter(pk__lte=shown)
    count = revisions.count()
    moment: datetime | None = practice.last_published_at or practice.first_published_at
    if drafted:
        moment = practice.latest_revision_created_at or moment
    return max(count, 1), timezone.localdate(moment) if moment else None
