"""What the coordinator's pages of editions show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qms.exchange.models import Edition, Theme
from qms.exchange.queries.progress import BUILT, FAILED, WAITING, PageLink, PartRow, Progress, RegionProgress
from qms.ui.components import Button, Crumbs, DataTable, Link, PageHead, Row, Stat, State, Stats, Tabs
from qms.ui.components.part import Part, StateKind
from qms.ui.numbers import day, moment

KINDS: dict[str, StateKind] = {Edition.State.DRAFT: "", Edition.State.OPEN: "going", Edition.State.CLOSED: "done"}
PART_KINDS: dict[str, StateKind] = {BUILT: "done", WAITING: "wait", FAILED: "late"}


def state_of(edition: Edition) -> State:
    """How far the edition is."""
    return State(edition.get_state_display(), KINDS[edition.state])


def crumbs_to(edition: Edition | None, *labels: str) -> Crumbs:
    """The way from the list of editions to the page."""
    links = [Link(_("Experience sharing"), reverse("exchange:edition-list") if edition or labels else "")]
    if edition is not None:
        links.append(Link(edition.title, reverse("exchange:edition", args=[edition.pk]) if labels else ""))
    return Crumbs((*links, *(Link(label, "") for label in labels)))


def editions_table(editions: Sequence[Edition], fronts: Mapping[int, str], *, runs: bool) -> DataTable:
    """The editions, newest first; who runs them goes to their workshop, others to their pages."""
    headers = (pgettext("experience sharing", "Edition"), _("Time"), _("State"), _("Pages"))
    rows = []
    for edition in editions:
        front = fronts.get(edition.pk, "")
        own = reverse("exchange:edition", args=[edition.pk]) if runs else front
        name = Link(edition.title, own) if own else edition.title
        pages = Link(_("Read the pages"), front) if front else "–"
        rows.append(Row((name, f"{day(edition.starts_on)} – {day(edition.ends_on)}", state_of(edition), pages)))
    return DataTable(_("Editions of experience sharing"), headers, tuple(rows), stack=True)


def edition_head(edition: Edition) -> PageHead:
    """The head of the coordinator's page, with the steps that are open."""
    names = dict(settings.LANGUAGES)
    languages = ", ".join(names.get(code, code) for code in edition.languages)
    edit = Button(_("Settings"), url=reverse("exchange:edition-edit", args=[edition.pk]), kind="secondary")
    steps: tuple[Button, ...] = ()
    if edition.state == Edition.State.OPEN:
        build = Button(_("Build now"), url=reverse("exchange:edition-build", args=[edition.pk]), post=True)
        steps = (build, edit)
    elif edition.state == Edition.State.DRAFT:
        steps = (edit,)
    return PageHead(
        edition.title,
        over=_("Edition of experience sharing"),
        state=state_of(edition),
        lead=edition_lead(edition),
        meta=(
            (_("Time"), f"{day(edition.starts_on)} – {day(edition.ends_on)}"),
            (_("Languages"), languages),
            (_("Last planned"), moment(edition.planned_at) if edition.planned_at else _("not yet")),
        ),
        action=steps or None,
    )


def edition_lead(edition: Edition) -> str:
    """What happens with its pages now."""
    if edition.state == Edition.State.DRAFT:
        return _("Nobody but coordinators sees this edition. Add themes, then open it: its pages are built at once.")
    if edition.state == Edition.State.CLOSED:
        return _("The pages stay to be read. They are not built any more.")
    if edition.publishing == Edition.Publishing.WORKFLOW:
        return _("Pages are built each morning where something changed, and wait here until you publish them.")
    return _("Pages are built each morning where something changed, and appear at once.")


def progress_stats(progress: Progress, waiting_pages: int | None) -> Stats:
    """How far the pages are, at a glance."""
    of = _("of %(planned)s") % {"planned": progress.planned}
    last = moment(progress.last_built_at) if progress.last_built_at else _("nothing built yet")
    stats = [
        Stat(_("Built"), str(progress.built), of, notes=(last,)),
        Stat(_("Waiting for a worker"), str(progress.waiting)),
        Stat(pgettext("pages that could not be built", "Failed"), str(progress.failed)),
    ]
    if waiting_pages is not None:
        stats.append(Stat(_("Waiting for you"), str(waiting_pages), notes=(_("built, not published yet"),)))
    return Stats(tuple(stats))


@dataclass(frozen=True)
class ThemeItem(Part):
    """One theme of an edition: where it stands, its subcriteria, its pages, its seminars, what can be done."""

    pk: int
    place: int
    title: str
    url: str
    nodes: str
    state: State | None
    pages: tuple[Link, ...]
    seminars: tuple[Link, ...]
    add_seminar: str
    move: str
    first: bool = False
    last: bool = False
    fixed: bool = False
    template_name: ClassVar[str] = "exchange/_theme_item.html"

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        pages, seminars = (Link("PL", "#"), Link("EN", "#")), (Link("Obsługa klienta w sześciu urzędach", "#"),)
        return (
            cls(
                1,
                1,
                "Obsługa klienta",
                "#",
                "1.3, 6.1",
                State("złożono", "done"),
                pages,
                seminars,
                "#",
                "#",
                first=True,
            ),
        )


def theme_items(
    edition: Edition, themes: Sequence[Theme], pages: Mapping[tuple[str, int], tuple[PageLink, ...]]
) -> list[ThemeItem]:
    """The themes in their order."""
    fixed = edition.state == Edition.State.CLOSED
    items = []
    for place, theme in enumerate(themes, 1):
        part = next(iter(theme.parts.all()), None)
        items.append(
            ThemeItem(
                theme.pk,
                place,
                theme.title,
                reverse("exchange:theme-edit", args=[theme.pk]),
                ", ".join(theme.nodes) or _("free theme"),
                _state_of_part(part.state) if part else None,
                page_links_of(pages.get(("theme", theme.pk), ())),
                tuple(
                    Link(one.title, reverse("exchange:seminar-edit", args=[one.pk]))
                    for one in sorted(theme.seminars.all(), key=lambda one: one.pk)
                ),
                reverse("exchange:seminar-add", args=[theme.pk]),
                reverse("exchange:theme-move", args=[theme.pk]),
                first=place == 1,
                last=place == len(themes),
                fixed=fixed,
            )
        )
    return items


def page_links_of(pages: Iterable[PageLink]) -> tuple[Link, ...]:
    """A way to the page in each language."""
    return tuple(Link(page.language.upper(), page.url, language=page.language) for page in pages)


def _state_of_part(state: str) -> State:
    names = {
        BUILT: pgettext("pages", "built"),
        WAITING: pgettext("pages", "waiting for a worker"),
        FAILED: pgettext("pages", "not built"),
    }
    return State(names[state], PART_KINDS[state])


@dataclass(frozen=True)
class Links(Part):
    """A few ways side by side."""

    links: tuple[Link, ...]
    template_name: ClassVar[str] = "exchange/_links.html"

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        return (cls((Link("PL", "#"), Link("EN", "#"))),)


def parts_table(rows: Sequence[PartRow], caption: str) -> DataTable:
    """Offices with their state and their pages."""
    headers = (_("Office"), _("Region"), _("State"), _("Built on"), _("Pages"))
    lines = tuple(
        Row(
            (
                row.name,
                row.region,
                _state_of_part(FAILED if row.is_stuck else row.state),
                moment(row.built_at) if row.built_at else "–",
                Links(page_links_of(row.pages)) if row.pages else "–",
            )
        )
        for row in rows
    )
    return DataTable(caption, headers, lines, stack=True)


def failures_table(rows: Sequence[PartRow]) -> DataTable:
    """What could not be built, why, and a button to try again."""
    headers = (_("Theme or office"), _("Region"), _("Reason"), _("What to do"))
    lines = tuple(
        Row(
            (
                row.name,
                row.region or "–",
                row.why or _("Its worker stopped several times."),
                Button(
                    _("Try again"),
                    url=reverse("exchange:part-again", args=[row.pk]),
                    kind="secondary",
                    post=True,
                    small=True,
                    hidden=row.name,
                ),
            )
        )
        for row in rows
    )
    return DataTable(_("What could not be built"), headers, lines, stack=True)


def regions_table(regions: Sequence[RegionProgress]) -> DataTable:
    """How far the pages for offices are, by region."""
    headers = (_("Region"), _("Offices"), _("Built"), pgettext("pages that could not be built", "Failed"))
    rows = tuple(
        Row((one.name, str(one.planned), str(one.built), str(one.failed) if one.failed else "–")) for one in regions
    )
    return DataTable(_("Pages for offices by region"), headers, rows, numeric=(1, 2, 3))


def part_tabs(offices: Mapping[str, int], chosen: str) -> Tabs:
    """The offices by what became of their pages."""
    labels = {
        "": pgettext("pages for offices", "All"),
        BUILT: pgettext("pages for offices", "Built"),
        WAITING: pgettext("pages for offices", "Waiting"),
        FAILED: pgettext("pages for offices", "Failed"),
    }
    links = (
        Link(
            label,
            f"?show={state}#offices" if state else "?#offices",
            current=state == chosen,
            count=str(offices[state]),
        )
        for state, label in labels.items()
    )
    return Tabs(_("Offices by what became of their pages"), tuple(links))
