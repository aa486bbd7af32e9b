"""From the draft to the submitted application, and back when it is withdrawn or opened for correction."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from qms.accounts.models import User
from qms.assessments.domain.snapshot import digest
from qms.awards import letters
from qms.awards.components.hours import moment_of
from qms.awards.domain import checks, lifecycle
from qms.awards.domain.seen import changed_since
from qms.awards.models import Application, Round, Submission
from qms.awards.queries.checks import faults_in
from qms.awards.queries.content import section_contents
from qms.awards.queries.people import heads_of
from qms.awards.queries.received import last_submission
from qms.awards.queries.whole import parts_of, whole_of
from qms.core.audit import record
from qms.core.letters import Draft
from qms.core.services import post_letter
from qms.lifecycle import Refused, gettext_noop
from qms.offices.queries import directors_of

from . import holding
from .holding import held_application, require_open, require_undecided

State = Application.State
ALREADY = gettext_noop("%(name)s submitted this application already: %(moment)s. Nothing was submitted twice.")
LACKING = gettext_noop("The application cannot be submitted yet. Still missing: %(count)s.")
NO_REASON = gettext_noop("Write the reason.")
NO_DIRECTOR = gettext_noop("The office has no director on this platform. Ask for one to be invited first.")
TOO_SOON = gettext_noop("Choose a deadline that is still to come.")
SEALED = gettext_noop("Applications are sealed until the round closes.")
CLOSED = gettext_noop("The round takes no applications any more, so this one stays withdrawn.")
UNREAD = gettext_noop("Something changed after you opened this page. Read what is new, then tick the statement again.")


class Unread(Refused):
    """The application is not what was read; `parts` names what changed, as `parts_of` does."""

    def __init__(self, parts: tuple[str, ...]) -> None:
        super().__init__(UNREAD)
        self.parts = parts


@transaction.atomic
def pass_on(application: Application, *, by: User, at: datetime) -> Application:
    """Tell the director that the application is ready to be read and submitted."""
    held = held_application(application)
    require_open(held, at)
    directors = list(directors_of(held.office))
    if not directors:
        raise Refused(NO_DIRECTOR)
    held.passed_at = at
    held.save(update_fields=["passed_at", "updated_at"])
    record(held, "awards.pass_on", by=by, office_id=held.office_id)
    _tell(letters.passed_on, held, readers=directors, by=by)
    return held


@transaction.atomic
def submit_application(
    application: Application, *, statement: str, by: User, at: datetime, seen: str = ""
) -> Submission:
    """Freeze the whole application, number it, and write the receipt; `at` is when the server got the request.

    `seen` is the mark of what the person had before their eyes: what is not that any more is not submitted unread.
    """
    held = held_application(application)
    if held.state == State.SUBMITTED:
        raise _already(held)
    lifecycle.APPLICATION.require(held.state, State.SUBMITTED)
    if held.state == State.REOPENED:
        require_undecided(held)
    require_open(held, at)
    sections = section_contents(held)
    lacking = checks.hindering(faults_in(held, sections, at))
    if lacking:
        raise Refused(LACKING, count=len(lacking))
    if changed := changed_since(seen, parts_of(held, sections)):
        raise Unread(changed)
    if not held.number:
        held.number = _next_number(held)
    content = whole_of(held, statement=statement, at=at, sections=sections)
    submission = Submission.objects.create(
        application=held,
        ordinal=(held.submissions.aggregate(last=Max("ordinal"))["last"] or 0) + 1,
        content=content,
        sha256=digest(content),
        statement=statement,
        submitted_by=by,
        submitted_at=at,
    )
    held.state, held.correction_until, held.correction_reason = State.SUBMITTED, None, ""
    held.save(update_fields=["state", "number", "correction_until", "correction_reason", "updated_at"])
    record(held, "awards.submit", by=by, office_id=held.office_id, ordinal=submission.ordinal, sha256=submission.sha256)
    _tell(letters.submitted, held, readers=heads_of(held.office), by=None, submission=submission)
    return submission


@transaction.atomic
def withdraw_application(application: Application, *, reason: str, by: User, at: datetime) -> Application:
    """Take the application back, before or after it was submitted."""
    held = held_application(application)
    lifecycle.APPLICATION.require(held.state, State.WITHDRAWN)
    require_undecided(held)
    if not reason.strip():
        raise Refused(NO_REASON)
    held.state, held.withdrawn_at, held.withdrawn_reason = State.WITHDRAWN, at, reason.strip()
    held.correction_until, held.passed_at = None, None
    held.save(
        update_fields=["state", "withdrawn_at", "withdrawn_reason", "correction_until", "passed_at", "updated_at"]
    )
    record(held, "awards.withdraw", by=by, office_id=held.office_id)
    for ends in holding.withdrawn:
        ends(held, by, at)
    _tell(letters.withdrawn, held, readers=heads_of(held.office), by=by)
    return held


@transaction.atomic
def take_up_application(application: Application, *, by: User, at: datetime) -> Application:
    """Go on with a withdrawn application before the closing; its number stays."""
    held = held_application(application)
    lifecycle.APPLICATION.require(held.state, State.DRAFT)
    if not held.category.round.receives(at):
        raise Refused(CLOSED)
    held.state, held.withdrawn_at, held.withdrawn_reason = State.DRAFT, None, ""
    held.save(update_fields=["state", "withdrawn_at", "withdrawn_reason", "updated_at"])
    record(held, "awards.take_up", by=by, office_id=held.office_id)
    return held


@transaction.atomic
def reopen_application(
    application: Application, *, reason: str, until: datetime, by: User, at: datetime
) -> Application:
    """Give a submitted application back for a formal correction, with a reason and a deadline."""
    held = held_application(application)
    lifecycle.APPLICATION.require(held.state, State.REOPENED)
    require_undecided(held)
    if not held.category.round.is_closed(at):
        raise Refused(SEALED)
    if not reason.strip():
        raise Refused(NO_REASON)
    if until <= at:
        raise Refused(TOO_SOON)
    held.state, held.correction_until, held.correction_reason = State.REOPENED, until, reason.strip()
    held.passed_at = None
    held.save(update_fields=["state", "correction_until", "correction_reason", "passed_at", "updated_at"])
    facts = {"until": until.isoformat(), "reason": held.correction_reason}
    record(held, "awards.reopen", by=by, office_id=held.office_id, **facts)
    _tell(letters.reopened, held, readers=heads_of(held.office), by=None)
    return held


@transaction.atomic
def extend_correction(application: Application, *, reason: str, until: datetime, by: User, at: datetime) -> Application:
    """Give the office more time for the correction that is open, also after its deadline has passed."""
    held = held_application(application)
    if held.state != State.REOPENED or held.correction_until is None:
        raise Refused(gettext_noop("The application is not open for correction."))
    require_undecided(held)
    if not reason.strip():
        raise Refused(NO_REASON)
    if until <= max(at, held.correction_until):
        raise Refused(gettext_noop("Choose a deadline that is later than the one that stands."))
    held.correction_until, held.correction_reason = until, reason.strip()
    held.save(update_fields=["correction_until", "correction_reason", "updated_at"])
    facts = {"until": until.isoformat(), "reason": held.correction_reason}
    record(held, "awards.extend_correction", by=by, office_id=held.office_id, **facts)
    _tell(letters.reopened, held, readers=heads_of(held.office), by=None)
    return held


def _next_number(application: Application) -> str:
    """The round's next number, taken under the lock of its row."""
    row = Round.objects.select_for_update().get(pk=application.category.round_id)
    row.last_number += 1
    row.save(update_fields=["last_number", "updated_at"])
    return f"{row.prefix}-{row.last_number:03d}"


def _already(application: Application) -> Refused:
    last = last_submission(application)
    if last is None:
        return Refused(gettext_noop("This step is not open at the moment."))
    moment = moment_of(application.category.round, last.submitted_at)
    return Refused(ALREADY, name=last.submitted_by.name, moment=moment)


def _tell(
    letter: Callable[..., Draft],
    application: Application,
    *,
    readers: Iterable[User],
    by: User | None,
    **more: object,
) -> None:
    """One letter for each reader, except for who did it."""
    for reader in readers:
        if reader != by:
            post_letter(**letter(application, to=reader, **more).posted())
