"""Evaluation meetings of the example edition: one published, one that gathers experiences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qms.demo.domain import material
from qms.demo.services.sharing import SharingCase
from qms.exchange.domain.gathering import Told
from qms.exchange.models import Edition, Meeting, MeetingPage
from qms.exchange.services.experiences import tell_experience
from qms.exchange.services.meeting_page import publish_meeting
from qms.exchange.services.meetings import close_meeting, open_meeting

LANGUAGE = "pl"


def build_meetings(case: SharingCase, edition: Edition) -> None:
    """Every meeting with what its participants told."""
    national = case.person("", "national")
    for facts in material.read("exchange/meetings"):
        with case.stamped(facts["opened"]):
            meeting = open_meeting(
                edition,
                by=national,
                title=facts["title"],
                text=facts["text"],
                held_on=case.on(facts["held"]),
                place=facts["place"],
                closes_on=case.on(facts["closes"]),
                language=LANGUAGE,
            )
        for told in facts["experiences"]:
            _tell(case, meeting, told)
        if "published" in facts:
            with case.stamped(facts["published"]):
                close_meeting(meeting, by=national)
                page = publish_meeting(Meeting.objects.get(pk=meeting.pk), by=national)
            moment = case.moment(facts["published"])
            MeetingPage.objects.filter(pk=page.pk).update(
                first_published_at=moment, last_published_at=moment, latest_revision_created_at=moment
            )


def _tell(case: SharingCase, meeting: Meeting, facts: Mapping[str, Any]) -> None:
    told = Told(
        helped=facts.get("helped", ""),
        hindered=facts.get("hindered", ""),
        advice=facts.get("advice", ""),
        role=facts["role"],
        by_name=facts.get("named", False),
    )
    with case.stamped(facts["day"]):
        tell_experience(
            meeting,
            told=told,
            office=case.office(facts["office"]),
            by=case.person(facts["office"], facts["by"]),
            on=case.on(facts["day"]),
        )
