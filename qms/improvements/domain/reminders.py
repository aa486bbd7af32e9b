"""When people are reminded: before a last day, after it, and when nothing is heard of an action."""

from __future__ import annotations

from datetime import date

BEFORE = (14, 3)
AFTER = (1, 7)
THEN_EVERY = 14
LEAD_AFTER = 14
DIRECTOR_AFTER = 30
SILENT_AFTER = 60


def step_reached(due: date, on: date) -> int | None:
    """The reminder that is the last one due on this day: 14, 3, -1, -7, -21, -35 …; none before the first.

    Days before the last day are counted up, days after it down. Fourteen and three days before, one and seven days
    after, then every fourteen days: this platform's own rule.
    """
    left = (due - on).days
    if left > BEFORE[0]:
        return None
    if left >= 0:
        return min(step for step in BEFORE if step >= left)
    late = -left
    if late < AFTER[1]:
        return -AFTER[0]
    return -(AFTER[1] + (late - AFTER[1]) // THEN_EVERY * THEN_EVERY)


def is_long_late(due: date | None, on: date, days: int) -> bool:
    """Whether the last day passed so many days ago or more."""
    return due is not None and (on - due).days >= days


def silent_days(last_heard: date, on: date) -> int:
    """For how many days nothing was written, counted only from sixty days on; 0 before that."""
    days = (on - last_heard).days
    return days if days >= SILENT_AFTER else 0
