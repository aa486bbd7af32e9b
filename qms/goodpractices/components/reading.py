"""The page of one practice, part by part; what it shows of plans and effects comes from above, by template tags."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from qms.goodpractices.domain.results import lines_of
from qms.goodpractices.models import PracticePage
from qms.ui import numbers
from qms.ui.components import Chip, Facts, Figure, FileRow, Link, Say, Stat, State, Stats

from .results import result_figures, told_only

if TYPE_CHECKING:
    from qms.goodpractices.queries.reading import PracticeView
    from qms.offices.models import Office

Effect, Stage = PracticePage.Effect, PracticePage.Stage
SIGNS = {"PLN": "zł", "EUR": "€", "RUB": "₽"}
EFFECTS = {
    Effect.PROVEN: State(_("Effect proven"), "done"),  # type: ignore[arg-type]
    Effect.TOLD: State(_("Figures of the office"), "going"),  # type: ignore[arg-type]
    Effect.NONE: State(_("Effect not measured")),  # type: ignore[arg-type]
}
TRANSFER = (
    _("hard to take over: it hangs on conditions that few have"),
    _("takes much work to take over"),
    _("can be taken over with changes"),
    _("easy to take over"),
    _("can be taken over as it is"),
)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was done."""

    title: str
    text: str
    when: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Another block of the text: words, a quotation, a picture, a film."""

    kind: str
    value: Any


@dataclass(frozen=True, slots=True)
class Reading:
    """All that the template shows of the practice itself."""

    over: str
    state: State
    meta: tuple[tuple[str, object], ...]
    chips: tuple[Chip, ...]
    steps: tuple[Step, ...]
    pieces: tuple[Piece, ...]
    cost: Stats | None
    cost_note: str
    figures: tuple[Figure, ...]
    unmeasured: str
    failures: tuple[Say, ...]
    conditions: tuple[str, ...]
    transfer: str
    grounds: Facts | None
    record: Facts
    files: tuple[FileRow, ...]


def reading_of(view: PracticeView) -> Reading:
    """The practice in the order in which it is read."""
    practice = view.practice
    blocks = [(block.block_type, block.value) for block in practice.body]
    return Reading(
        over=over_of(view),
        state=EFFECTS[Effect(practice.effect)],
        meta=tuple(meta_of(view)),
        chips=tuple(Chip(one.get("title", ""), one.get("code", "")) for one in practice.evidence),
        steps=tuple(
            Step(item["title"], item.get("text") or "", item.get("when") or "")
            for kind, value in blocks
            if kind == "steps"
            for item in value
        ),
        pieces=tuple(Piece(kind, value) for kind, value in blocks if kind not in ("steps", "file")),
        cost=cost_of(practice),
        cost_note=practice.cost_note,
        figures=result_figures(view.results),
        unmeasured=", ".join(told_only(view.results)),
        failures=tuple(Say(text, "area") for text in lines_of(practice.failures)),
        conditions=lines_of(practice.conditions),
        transfer=str(TRANSFER[practice.transferability - 1]) if practice.transferability else "",
        grounds=grounds_of(practice),
        record=Facts(tuple(facts_of(view))),
        files=tuple(file_of(value) for kind, value in blocks if kind == "file" and value["document"]),
    )


def over_of(view: PracticeView) -> str:
    """What kind of page it is, and its first criterion."""
    if not view.criteria:
        return gettext("Good practice")
    return gettext("Good practice, %(criterion)s") % {"criterion": view.criteria[0].named}


def meta_of(view: PracticeView) -> Iterator[tuple[str, object]]:
    """What stands under the title."""
    practice = view.practice
    yield gettext("Office"), office_link(view.office)
    if practice.started_on:
        days = [numbers.day(practice.started_on)]
        if practice.ended_on:
            yield gettext("Worked"), " – ".join([*days, numbers.day(practice.ended_on)])
        else:
            yield gettext("Works since"), days[0]
    if view.clients:
        yield gettext("For whom"), ", ".join(view.clients)
    yield gettext("Stage"), str(practice.get_stage_display())


def office_link(office: Office) -> Link:
    """The office with the way to its page."""
    return Link(office.short_name or office.name, reverse("offices:office-detail", args=[office.slug]))


def cost_of(practice: PracticePage) -> Stats | None:
    """Hours and money set large; nothing where neither is told."""
    stats = []
    if practice.hours is not None:
        unit = ngettext("hour", "hours", practice.hours)
        stats.append(Stat(gettext("Work"), numbers.figure(practice.hours), unit))
    if practice.cost is not None:
        stats.append(_money(practice.cost, practice.currency))
    return Stats(tuple(stats)) if stats else None


def _money(cost: Decimal, currency: str) -> Stat:
    if not cost:
        return Stat(gettext("Money"), "0", SIGNS.get(currency, currency), (gettext("nothing beside the work"),))
    digits = 0 if cost == cost.to_integral_value() else 2
    return Stat(gettext("Money"), numbers.figure(cost, digits), SIGNS.get(currency, currency))


def grounds_of(practice: PracticePage) -> Facts | None:
    """Who helped and which law it rests on."""
    facts = [(gettext("Partners"), practice.partners), (gettext("Legal basis"), practice.legal_basis)]
    told = tuple((name, text) for name, text in facts if text)
    return Facts(told) if told else None


def facts_of(view: PracticeView) -> Iterator[tuple[str, object]]:
    """The record of the practice, as the margin shows it."""
    practice, office = view.practice, view.office
    yield gettext("Number"), view.number
    yield gettext("Version"), version_words(view.version, view.version_on)
    for framework, lines in view.frameworks:
        title = gettext("Criteria, %(framework)s") % {"framework": framework}
        yield title, ", ".join(line.code for line in lines)
    yield gettext("Kind of office"), str(office.get_kind_display())
    yield gettext("Region"), office.region.name
    yield gettext("Effect"), str(practice.get_effect_display())
    if practice.origin_note:
        yield gettext("Where it comes from"), practice.origin_note
    if practice.confirmed_on:
        yield gettext("Last confirmed"), numbers.day(practice.confirmed_on)
    if practice.contact_role:
        yield gettext("Contact"), practice.contact_role
    yield gettext("Licence"), str(practice.get_licence_display())


def version_words(version: int, on: date | None) -> str:
    """The how-manieth version, and of which day."""
    if on is None:
        return str(version)
    return gettext("%(version)s of %(day)s") % {"version": version, "day": numbers.day(on)}


def file_of(value: Any) -> FileRow:
    """A file to take away, with its kind and size."""
    document = value["document"]
    extension = (document.file_extension or "")[:4].upper() or gettext("FILE")
    size = document.get_file_size()
    return FileRow(value["title"], extension, document.url, filesizeformat(size) if size else "")
