"""Who may do what in experience sharing; each predicate is asked (user, object)."""

from __future__ import annotations

from typing import Any

from qms.assessments.models import Assessment
from qms.exchange.models import (
    Edition,
    Experience,
    HelpRequest,
    Meeting,
    OfficePage,
    VisitOffer,
    VisitRequest,
)
from qms.offices import permissions as offices
from qms.offices.models import Office, roles_of


def takes_part(user: Any, _about: object = None) -> bool:
    """Whether the person holds any role, and so reads themes, offers and calls for help."""
    return bool(roles_of(user).held)


def may_run(user: Any, _about: Edition | Meeting | None = None) -> bool:
    """Whether the person prepares editions and meetings: the national coordinator."""
    return offices.is_national_coordinator(user)


def may_edit_words(user: Any, page: Any) -> bool:
    """Whether the person may add the editors' words: who runs editions; on an office's page its region's too."""
    if may_run(user):
        return True
    return isinstance(page, OfficePage) and offices.helps(user, page.office)


def may_read_page_of(user: Any, office: Office) -> bool:
    """Whether the person reads the page of this office: its people, and who coordinates its region or the country."""
    return offices.works_in(user, office) or offices.helps(user, office) or offices.is_national_coordinator(user)


def heads(user: Any, office: Office) -> bool:
    """Whether the person speaks for the office: its lead and its director."""
    return offices.leads(user, office) or offices.directs(user, office)


def may_consent(user: Any, assessment: Assessment) -> bool:
    """Whether the person decides what of this assessment is shared: the office's lead and director."""
    return heads(user, assessment.office)


def may_set_aside(user: Any, office: Office) -> bool:
    """Whether the person may say “not for us”."""
    return heads(user, office)


def may_offer(user: Any, office: Office) -> bool:
    """Whether the person may invite others to the office."""
    return heads(user, office)


def may_change_offer(user: Any, offer: VisitOffer) -> bool:
    """Whether the person may change or close the offer."""
    return heads(user, offer.office) and offer.closed_at is None


def may_ask_to_come(user: Any, offer: VisitOffer) -> bool:
    """Whether the person may ask in the name of an office that is not the host itself."""
    held = roles_of(user)
    return offer.closed_at is None and any(
        office != offer.office_id for office in held.offices("quality_lead", "director")
    )


def may_answer_visit(user: Any, visit: VisitRequest) -> bool:
    """Whether the person may confirm or decline: the host's heads and the offer's contact."""
    host = visit.offer.office
    return heads(user, host) or (offices.works_in(user, host) and visit.offer.contact_id == user.pk)


def may_report_visit(user: Any, visit: VisitRequest) -> bool:
    """Whether the person may write the report: the guest's heads and who asked."""
    return heads(user, visit.office) or (offices.works_in(user, visit.office) and visit.asked_by_id == user.pk)


def may_cancel_visit(user: Any, visit: VisitRequest) -> bool:
    """Whether the person may call the visit off: either side."""
    return may_answer_visit(user, visit) or may_report_visit(user, visit)


def may_ask_for_help(user: Any, office: Office) -> bool:
    """Whether the person may call for help in the office's name."""
    return heads(user, office)


def may_change_help(user: Any, call: HelpRequest) -> bool:
    """Whether the person may change or close the call."""
    return heads(user, call.office) and call.closed_at is None


def may_help(user: Any, call: HelpRequest) -> bool:
    """Whether the person may answer: everybody of another office."""
    others = set(roles_of(user).offices()) - {call.office_id}
    return call.closed_at is None and bool(others)


def may_read_answers(user: Any, call: HelpRequest) -> bool:
    """Whether the person reads all answers: the people of the office that asked."""
    return offices.works_in(user, call.office)


def may_tell(user: Any, meeting: Meeting) -> bool:
    """Whether the person may tell an experience: everybody who works in an office, while they are gathered."""
    return meeting.state == Meeting.State.OPEN and bool(roles_of(user).offices())


def may_leave_out(user: Any, _experience: Experience) -> bool:
    """Whether the person may leave an experience out of the page."""
    return may_run(user)


def may_look_back(user: Any, _meeting: Meeting) -> bool:
    """Whether the person opens the form of an experience, also when it is too late: what was typed is never lost."""
    return bool(roles_of(user).offices())


def may_take_name_off(user: Any, experience: Experience) -> bool:
    """Whether the person may take the office's name off an experience: who told it, and the office's heads."""
    return experience.by_id == user.pk or heads(user, experience.office)


def may_take_back(user: Any, experience: Experience) -> bool:
    """Whether the person may take an experience back: who told it."""
    return bool(experience.by_id == user.pk)
