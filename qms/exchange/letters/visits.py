"""Letters about study visits: to the host, to the guests, to both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from qms.core.letters import register_kind
from qms.offices.models import roles_of

from .base import BY, NAME, WHY, Draft, address, letter_to

if TYPE_CHECKING:
    from qms.accounts.models import User
    from qms.exchange.models import VisitRequest

VISIT = NAME | {"title": _("what is visited")}
HOST, GUEST = {"host": _("the office that is visited")}, {"guest": _("the guests' office")}
WISH = {"wish": _("what the guests want to see"), "people": _("how many guests"), "wished_on": _("day they would like")}
WHEN = {
    "held_on": _("day of the visit"),
    "hour": _("when it begins"),
    "place": _("where it is"),
    "answer": _("words to the guests"),
}
TOLD = {"learned": _("what the guests saw and learned"), "intends": _("what they will do with it")}

register_kind(
    "exchange.visit_asked",
    _("An office asks to come to us"),
    placeholders=VISIT | GUEST | BY | WISH,
    days=("wished_on",),
)
register_kind(
    "exchange.visit_confirmed",
    _("Our study visit is confirmed"),
    placeholders=VISIT | HOST | WHEN,
    days=("held_on",),
)
register_kind(
    "exchange.visit_moved",
    _("The day or place of our study visit has changed"),
    placeholders=VISIT | HOST | WHEN,
    days=("held_on",),
)
register_kind("exchange.visit_declined", _("Our study visit was declined"), placeholders=VISIT | HOST | WHY)
register_kind(
    "exchange.visit_cancelled", _("A study visit was called off"), placeholders=VISIT | HOST | GUEST | BY | WHY
)
register_kind("exchange.visit_reported", _("Guests reported on their study visit"), placeholders=VISIT | GUEST | TOLD)


def visit_asked(visit: VisitRequest, *, by: User, to: User) -> Draft:
    """To the host: who wants to come, and what they want to see."""
    facts = {"wish": visit.wish, "people": visit.people, "wished_on": visit.wished_on, "online": visit.online}
    return _letter("visit_asked", visit, by=by, to=to, own=visit.offer.office_id, **facts)


def visit_confirmed(visit: VisitRequest, *, by: User, to: User) -> Draft:
    """To the guests: when and where they are awaited."""
    return _letter("visit_confirmed", visit, by=by, to=to, own=visit.office_id, **_when(visit))


def visit_moved(visit: VisitRequest, *, by: User, to: User) -> Draft:
    """To the guests: the new day, hour and place."""
    return _letter("visit_moved", visit, by=by, to=to, own=visit.office_id, **_when(visit))


def visit_declined(visit: VisitRequest, *, by: User, to: User) -> Draft:
    """To the guests: not this time, and why."""
    return _letter("visit_declined", visit, by=by, to=to, own=visit.office_id, reason=visit.reason)


def visit_cancelled(visit: VisitRequest, *, by: User, to: User) -> Draft:
    """To both sides: the visit does not take place, and why."""
    facts = {"reason": visit.reason, "held_on": visit.held_on}
    own = visit.office_id if roles_of(to).has_at(visit.office_id) else visit.offer.office_id
    return _letter("visit_cancelled", visit, by=by, to=to, own=own, **facts)


def visit_reported(visit: VisitRequest, *, by: User, to: User) -> Draft:
    """To the host: what the guests took home."""
    facts = {"learned": visit.learned, "intends": visit.intends}
    return _letter("visit_reported", visit, by=by, to=to, own=visit.offer.office_id, **facts)


def _when(visit: VisitRequest) -> dict[str, object]:
    hour = f"{visit.held_at:%H:%M}" if visit.held_at else ""
    return {"held_on": visit.held_on, "hour": hour, "place": visit.place, "answer": visit.answer}


def _letter(name: str, visit: VisitRequest, *, by: User, to: User, own: int, **facts: object) -> Draft:
    context = {
        "title": visit.offer.title,
        "host": visit.offer.office.name,
        "guest": visit.office.name,
        "by": by.name,
        "path": address("visit", visit.pk, language=to.language),
        **facts,
    }
    return letter_to(to, name, office_id=own, context=context)
