"""Planning an edition: what every page is to show, reckoned for all themes and offices at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from qms.exchange.models import Edition


@dataclass(frozen=True, slots=True)
class Planned:
    """What a plan comes to: keys of parts, and how many parts the edition has.

    `parts` do not stand as they are wanted and wait for a job. `emptied` are those of them whose office has no weak
    point to show any more: nothing is wanted on their pages, which leave the site.
    """

    parts: tuple[int, ...] = ()
    planned: int = 0
    emptied: tuple[int, ...] = ()


def plan_edition(edition: Edition, *, at: datetime) -> Planned:
    """Plan every part of the edition anew and write those that changed; nothing is built here.

    A part is to be built while `built_digest` is not `wanted_digest` or its state is not "built". Whether the pages
    still hold what was built is asked by who builds. Distributions are released here, so the plan remembers them.
    """
    raise NotImplementedError
