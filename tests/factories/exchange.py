"""Editions, themes, offers and visits, made straight in the database; acts of people are left to the services."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from qms.accounts.models import User
from qms.assessments.domain.snapshot import digest
from qms.exchange.models import (
    Edition,
    Experience,
    HelpAnswer,
    HelpRequest,
    Meeting,
    Part,
    Theme,
    VisitOffer,
    VisitRequest,
)
from tests.factories import assessments
from tests.factories.accounts import make_user

_numbers = count(1)


def make_edition(*, framework: Any = "small-2020", by: User | None = None, state: str = "open", **more: Any) -> Edition:
    """A season of experience sharing, under way; `framework` is a published edition of one, or its code."""
    number = next(_numbers)
    facts = {
        "titles": {"en": f"Autumn {number}", "pl": f"Jesień {number}"},
        "slug": f"autumn-{number}",
        "starts_on": date(2026, 10, 1),
        "ends_on": date(2026, 12, 31),
        "languages": ["en"],
        **more,
    }
    framework = assessments.make_edition(framework) if isinstance(framework, str) else framework
    return Edition.objects.create(framework=framework, opened_by=by or make_user(), state=state, **facts)


def make_theme(edition: Edition, *, nodes: Any = ("1.1",), practices: Any = (), **more: Any) -> Theme:
    """A theme of this edition, after those that it has."""
    number = next(_numbers)
    facts = {"position": edition.themes.count() + 1, "slug": f"theme-{number}", **more}
    if not nodes:
        facts.setdefault("titles", {"en": f"Theme {number}", "pl": f"Temat {number}"})
    theme = Theme.objects.create(edition=edition, nodes=list(nodes), **facts)
    theme.practices.set(practices)
    return theme


def make_part(edition: Edition, *, theme: Theme | None = None, office: Any = None, **more: str) -> Part:
    """A planned part that waits for its build; `more` are the generated blocks by key, each telling this text."""
    part = Part(edition=edition, theme=theme, office=office, planned_at=datetime(2026, 11, 20, 6, 10, tzinfo=UTC))
    return want(part, **(more or {"strong": "first"}))


def want(part: Part, **blocks: str) -> Part:
    """The part with other blocks planned, in this order."""
    part.wanted = [{"kind": key, "key": key, "content": {"told": told}} for key, told in blocks.items()]
    part.wanted_digest = digest({"wanted": part.wanted})
    part.state = Part.State.WAITING
    part.save()
    return part


def make_offer(
    office: Any, *, by: User | None = None, framework: str = "small-2020", nodes: Any = ("1.1",), **more: Any
) -> VisitOffer:
    """An open offer of this office."""
    person = by or make_user()
    facts = {"title": f"Letters in plain words {next(_numbers)}", "contact": by, "created_by": person, **more}
    return VisitOffer.objects.create(office=office, framework=framework, nodes=list(nodes), **facts)


def make_visit(offer: VisitOffer, office: Any, *, by: User | None = None, status: str = "asked", **more: Any) -> Any:
    """A visit of this office to what the offer shows, in this state."""
    facts: dict[str, Any] = {"wish": "We would like to see how you do it.", "asked_by": by or make_user()}
    if status in ("confirmed", "reported"):
        facts |= {"held_on": date(2026, 11, 9), "place": "Room 12"}
    if status in ("declined", "cancelled"):
        facts["reason"] = "We are moving house."
    if status == "reported":
        facts |= {"learned": "How they write.", "intends": "To write so too.", "reported_by": facts["asked_by"]}
    return VisitRequest.objects.create(offer=offer, office=office, status=status, **{**facts, **more})


def make_call(
    office: Any, *, by: User | None = None, framework: str = "small-2020", node: str = "1.1", **more: Any
) -> HelpRequest:
    """An open call for help of this office, with its name."""
    facts: dict[str, Any] = {"text": f"How do you ask employers? {next(_numbers)}", **more}
    return HelpRequest.objects.create(
        office=office, framework=framework, node=node, asked_by=by or make_user(), **facts
    )


def make_answer(call: HelpRequest, office: Any, *, by: User | None = None, **more: Any) -> HelpAnswer:
    """What this office answers."""
    facts: dict[str, Any] = {"text": f"After the talk. {next(_numbers)}", **more}
    return HelpAnswer.objects.create(request=call, office=office, by=by or make_user(), **facts)


def make_meeting(*, edition: Edition | None = None, by: User | None = None, **more: Any) -> Meeting:
    """An evaluation meeting at which experiences are gathered."""
    person = by or make_user()
    facts: dict[str, Any] = {"title": f"Looking back {next(_numbers)}", "held_on": date(2026, 12, 1), "language": "en"}
    return Meeting.objects.create(edition=edition or make_edition(by=by), opened_by=person, **{**facts, **more})


def make_experience(meeting: Meeting, office: Any, *, by: User | None = None, **more: Any) -> Experience:
    """What one person of this office told; without the office's name."""
    facts: dict[str, Any] = {"helped": f"One person led us. {next(_numbers)}", **more}
    return Experience.objects.create(meeting=meeting, office=office, by=by or make_user(), **facts)
