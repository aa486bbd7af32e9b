"""Who leaves gives back the actions; a lead gives them to somebody else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from qms.accounts.models import User
from qms.core.audit import record
from qms.core.services import each, post_letter
from qms.improvements import letters
from qms.improvements.models import Action, LogEntry, Plan, Task
from qms.improvements.queries.handover import left_behind, open_actions, works_there
from qms.lifecycle import Refused, gettext_noop
from qms.offices.models import Office
from qms.offices.queries import directors_of, leads_of

from .locking import locked_plan

NOBODY = "–"
ARROW = "→"


def release(user: User, office: Office, *, at: datetime) -> tuple[Action, ...]:
    """Take back what the person who left had in the office, and tell the leads; nothing while a role is left."""
    freed: list[Action] = []
    if user.is_active and works_there(user, office):
        return ()
    for plan in Plan.objects.running().filter(office=office).order_by("pk"):
        freed += _release_in(plan, user, at=at)
    return tuple(freed)


def release_everyone_gone(*, at: datetime) -> int:
    """Take back what people who left still own, should a release have been lost; how many actions that were."""
    left = left_behind().select_related("owner", "plan__office")
    gone = {(action.owner, action.plan.office) for action in left if action.owner is not None}
    return each(gone, lambda pair: len(release(pair[0], pair[1], at=at)))


@transaction.atomic
def hand_over(
    plan: Plan, *, to: Mapping[int, User], expected: User | None, by: User, at: datetime
) -> tuple[Action, ...]:
    """Give each of these actions its new owner; refused when one of them is not (any more) with the expected owner."""
    plan = locked_plan(plan)
    if not plan.is_open:
        raise Refused(gettext_noop("The plan is closed. Its actions stay as they are."))
    if not to:
        raise Refused(gettext_noop("Choose at least one new owner."))
    for new in set(to.values()):
        _require_here(new, plan.office)
    held = list(open_actions(plan).filter(pk__in=to).select_for_update(of=("self",)).select_related("owner"))
    _require_unchanged(held, to, expected)
    today = timezone.localdate(at)
    given: dict[User, list[Action]] = {}
    for action in held:
        _give(action, to[action.pk], by=by, on=today, office_id=plan.office_id)
        given.setdefault(to[action.pk], []).append(action)
    for new, actions in given.items():
        if new != by:
            post_letter(**letters.handed_over(plan, _with(plan, actions), on=today, by=by, to=new).posted())
    return tuple(held)


@transaction.atomic
def _release_in(plan: Plan, user: User, *, at: datetime) -> list[Action]:
    plan = locked_plan(plan)
    if not plan.is_open:
        return []
    today = timezone.localdate(at)
    owned = list(open_actions(plan).filter(owner=user).select_for_update(of=("self",)))
    for action in owned:
        _take_back(action, user, on=today, office_id=plan.office_id)
    for action in list(open_actions(plan).filter(helpers=user)):
        action.helpers.remove(user)
        record(action, "improvements.release_helper", by=None, office_id=plan.office_id, person=user.name)
    Task.objects.filter(action__in=open_actions(plan), person=user, done_on=None).update(person=None)
    if owned:
        for reader in _readers(plan.office, without=user):
            letter = letters.without_owner(plan, _with(plan, owned), on=today, person=user, to=reader)
            post_letter(**letter.posted())
    return owned


def _take_back(action: Action, user: User, *, on: date, office_id: int) -> None:
    action.owner, action.left_by, action.version = None, user, action.version + 1
    action.save(update_fields=["owner", "left_by", "version", "updated_at"])
    _log(action, f"{user.name} {ARROW} {NOBODY}", on=on, by=None)
    record(action, "improvements.release", by=None, office_id=office_id, person=user.name)


def _give(action: Action, new: User, *, by: User, on: date, office_id: int) -> None:
    before = action.owner or action.left_by
    action.owner, action.left_by, action.version = new, None, action.version + 1
    action.save(update_fields=["owner", "left_by", "version", "updated_at"])
    action.helpers.remove(new)
    name = NOBODY if before is None else before.name
    _log(action, f"{name} {ARROW} {new.name}", on=on, by=by)
    record(action, "improvements.hand_over", by=by, office_id=office_id, before=name, after=new.name)


def _log(action: Action, text: str, *, on: date, by: User | None) -> None:
    LogEntry.objects.create(
        action=action, kind=LogEntry.Kind.HAND_OVER, on=on, text=text, progress=action.progress, by=by
    )


def _require_here(user: User, office: Office) -> None:
    if not works_there(user, office):
        raise Refused(gettext_noop("%(person)s does not work in the office (any more)."), person=user.name)


def _require_unchanged(held: list[Action], to: Mapping[int, User], expected: User | None) -> None:
    wanted = None if expected is None else expected.pk
    if len(held) == len(to) and all(action.owner_id == wanted for action in held):
        return
    raise Refused(
        gettext_noop("Somebody else changed one of these actions meanwhile. Look at the list and choose again.")
    )


def _with(plan: Plan, actions: list[Action]) -> list[Action]:
    for action in actions:
        action.plan = plan
    return actions


def _readers(office: Office, *, without: User) -> list[User]:
    leads = [lead for lead in leads_of(office) if lead != without]
    return leads or [director for director in directors_of(office) if director != without]
