"""Lists on the pages of an edition: who is strong, who invites, who looks for help, what stands open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from qms.ui import numbers
from qms.ui.components import Link, Part

from .because import adopted_words, figures_of
from .needs import whose
from .reader import Reader

if TYPE_CHECKING:
    from qms.exchange.models import Presentation, Seminar, VisitOffer
    from qms.exchange.queries.calls import CallRow
    from qms.exchange.queries.showing import Shown
    from qms.offices.models import Office

Rows = Iterable[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class ListRow:
    """One line: when or how much, who, what, and where it leads."""

    over: str
    title: str
    url: str = ""
    line: str = ""
    fine: str = ""
    quote: str = ""
    way: Link | None = None


@dataclass(frozen=True)
class ListSection(Part):
    """A heading with its lines, or what it will show once there is something."""

    ident: str
    title: str
    rows: tuple[ListRow, ...]
    lead: str = ""
    empty: str = ""
    more: Link | None = None
    template_name: ClassVar[str] = "exchange/_list.html"

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        way = Link("Poproś o wizytę", "#")
        row = ListRow("14 stycznia 2027", "PUP Suwałki, podlaskie", line="8.1 Sołtys", fine="6 miejsc", way=way)
        return (cls("visits", "Kto zaprasza do siebie", (row,)), cls("calls", "Pytania", (), empty="Nikt nie pyta."))


def strong_section(content: Mapping[str, Any], shown: Shown) -> ListSection | None:
    """Offices that are strong here and want to be named now."""
    rows = tuple(_strong(content.get("rows", ()), shown))
    lead = gettext("Only offices that share the score of their self-assessment by name stand here.")
    return ListSection("strong", gettext("Who is strong here"), rows, lead) if rows else None


def _strong(rows: Rows, shown: Shown) -> Iterator[ListRow]:
    for row in rows:
        office = shown.offices.get(row["office"])
        if office is None or row["assessment"] not in shown.named:
            continue
        facts = {"score": numbers.figure(row["score"]), "year": row["year"]}
        said = gettext("score %(score)s in %(year)s") % facts
        if row.get("before") is not None and row.get("before_assessment", row["assessment"]) in shown.named:
            told = {"before": numbers.figure(row["before"]), "year": row["before_year"]}
            said = f"{said}; {gettext('%(before)s in %(year)s') % told}"
        yield ListRow(row["node"], _place(office), reverse("offices:office-detail", args=[office.slug]), said)


def practices_section(content: Mapping[str, Any], shown: Shown, *, library: str) -> ListSection | None:
    """Practices of the theme, proven ones first."""
    rows = tuple(_practices(content.get("rows", ()), shown))
    if not rows:
        return None
    more = content.get("more") or 0
    said = ngettext("%(count)s more in the library", "%(count)s more in the library", more) % {"count": more}
    way = Link(said, library) if more and library else None
    return ListSection("practices", gettext("What offices did, and what it changed"), rows, more=way)


def _practices(rows: Rows, shown: Shown) -> Iterator[ListRow]:
    for row in rows:
        practice = shown.practices.get(str(row["practice"]))
        if practice is not None:
            told = figures_of(practice.results.all())
            fine = " ".join(filter(None, (f"{told}." if told else "", adopted_words(row))))
            effect = str(practice.get_effect_display())
            yield ListRow(
                effect, practice.title, practice.get_url() or "", f"{whose(practice)}. {practice.summary}", fine
            )


def visits_section(content: Mapping[str, Any], shown: Shown, reader: Reader, *, on: date) -> ListSection:
    """Who invites others and still has a visit free."""
    offers = (shown.offers.get(pk) for pk in content.get("offers", ()))
    return ListSection(
        "visits",
        gettext("Who invites you"),
        tuple(offer_row(offer, shown, reader, on=on) for offer in offers if offer is not None),
        empty=gettext("No office has a visit free at the moment."),
        more=Link(gettext("Invite others"), reverse("exchange:offer-add")) if reader.may_offer else None,
    )


def offer_row(offer: VisitOffer, shown: Shown, reader: Reader, *, on: date) -> ListRow:
    """One offer: when, whose, what there is to see."""
    days = sorted(day for day in map(date.fromisoformat, offer.days) if day >= on)
    people = ngettext("%(count)s place", "%(count)s places", offer.people) % {"count": offer.people}
    fine = gettext("%(places)s, also by video") % {"places": people} if offer.online else people
    asked = shown.own.visits.get(offer.pk)
    if offer.office_id in reader.offices:
        way = Link(gettext("See your offer"), reverse("exchange:offer", args=[offer.pk]))
    elif asked is not None:
        way = Link(gettext("You have asked for a visit"), reverse("exchange:visit", args=[asked]))
    elif reader.may_visit:
        way = Link(gettext("Ask for a visit"), reverse("exchange:visit-ask", args=[offer.pk]))
    else:
        way = Link(gettext("See the offer"), reverse("exchange:offer", args=[offer.pk]))
    return ListRow(
        numbers.day(days[0]) if days else gettext("by arrangement"),
        _place(offer.office),
        line=f"{', '.join(offer.nodes)} {offer.title}",
        fine=fine,
        way=way,
    )


def _place(office: Office) -> str:
    return f"{office.short_name or office.name}, {office.region.name}"


def asked_section(content: Mapping[str, Any], shown: Shown) -> ListSection:
    """Calls for help where the office of the page is strong itself."""
    rows = ((shown.calls.get(row["call"]), row) for row in content.get("rows", ()))
    return ListSection(
        "asked",
        gettext("Who looks for help where you are strong"),
        tuple(call_row(call, _own_score(row)) for call, row in rows if call is not None),
        gettext("Offices are named only where they want to be."),
        gettext("Nobody looks for help at the moment in what you do well."),
    )


def _own_score(row: Mapping[str, Any]) -> str:
    facts = {"node": row["node"], "score": numbers.figure(row["own"])}
    return gettext("%(node)s, your score %(score)s") % facts


def help_section(content: Mapping[str, Any], shown: Shown, reader: Reader) -> ListSection:
    """Open calls for help on the subcriteria of the theme."""
    calls = (shown.calls.get(pk) for pk in content.get("calls", ()))
    return ListSection(
        "help",
        gettext("Who looks for help"),
        tuple(call_row(call, f"{call.node} {call.title}".strip()) for call in calls if call is not None),
        gettext("Offices are named only where they want to be."),
        gettext("No call for help is open on this theme."),
        Link(gettext("Ask for help"), reverse("exchange:help-add")) if reader.may_ask else None,
    )


def call_row(call: CallRow, over: str) -> ListRow:
    """One call with its words."""
    way = Link(gettext("Read and answer"), reverse("exchange:help", args=[call.pk]))
    return ListRow(over, call.speaker.words, quote=call.text, way=way)


def questions_section(content: Mapping[str, Any], shown: Shown) -> ListSection | None:
    """Questions about practices of the theme that nobody has answered."""
    found = (shown.questions.get(pk) for pk in content.get("questions", ()))
    rows = tuple(
        ListRow(
            numbers.day(one.created_at),
            one.practice.title,
            f"{one.practice.get_url() or ''}#question-{one.pk}",
            quote=one.text,
        )
        for one in found
        if one is not None
    )
    lead = gettext("They stand on the pages of the practices; the office answers there for everybody.")
    return ListSection("questions", gettext("Questions without an answer yet"), rows, lead) if rows else None


@dataclass(frozen=True, slots=True)
class Talk:
    """Who presents what at a seminar."""

    office: str
    office_url: str
    title: str
    practice: str
    practice_url: str


@dataclass(frozen=True, slots=True)
class SeminarItem:
    """One seminar: when, where, what about, who presents."""

    title: str
    when: str
    place: str
    link: str
    text: str
    source: str
    talks: tuple[Talk, ...]


@dataclass(frozen=True)
class Seminars(Part):
    """The seminars of a theme."""

    items: tuple[SeminarItem, ...]
    template_name: ClassVar[str] = "exchange/_seminars.html"

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        talk = Talk("PUP Suwałki", "", "Jedno okienko dla młodych", "", "")
        return (cls((SeminarItem("Obsługa klienta", "14 stycznia 2027, 10:00", "Gołdap", "", "", "", (talk,)),)),)


def seminars_section(content: Mapping[str, Any], shown: Shown) -> Seminars | None:
    """The seminars that still stand, with who presents."""
    found = (shown.seminars.get(pk) for pk in content.get("seminars", ()))
    items = tuple(_seminar(one) for one in found if one is not None)
    return Seminars(items) if items else None


def _seminar(one: Seminar) -> SeminarItem:
    when = numbers.day(one.held_on) if one.held_on else gettext("day not yet known")
    if one.held_on and one.starts_at:
        when = f"{when}, {one.starts_at:%H:%M}"
    talks = tuple(
        Talk(
            (each.office.short_name or each.office.name) if each.office else each.office_name,
            reverse("offices:office-detail", args=[each.office.slug]) if each.office else "",
            each.title,
            *_practice_of(each),
        )
        for each in one.presentations.all()
    )
    return SeminarItem(one.title, when, one.place, one.link, one.text, one.source, talks)


def _practice_of(talk: Presentation) -> tuple[str, str]:
    """The title and the address of the practice that is presented; nothing where it is not in the library."""
    practice = talk.practice
    if practice is None or not practice.live or practice.withheld_at is not None:
        return "", ""
    return practice.title, practice.get_url() or ""
