"""Building the demonstration network, step by step; a second time changes nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from qms.demo.services.adoptions import build_adoptions
from qms.demo.services.assessments import build_assessments
from qms.demo.services.awards import build_awards
from qms.demo.services.exchange import build_exchange, build_exchange_now
from qms.demo.services.feedbacks import build_feedbacks
from qms.demo.services.network import build_offices, build_people
from qms.demo.services.pages import build_pages
from qms.demo.services.plans import build_plans, close_plans
from qms.demo.services.practices import build_practices
from qms.frameworks.services import load_library
from qms.improvements.services import schemes

__all__ = ["build_exchange_now", "build_network"]

Say = Callable[[str], None]


def build_network(*, at: dt.datetime, say: Say = lambda _: None) -> None:
    """Offices, role accounts, assessments at their stages, and pages; `say` is told each step."""
    load_library(by=None, at=at)
    schemes.load_library(by=None)
    people = build_people(say=say)
    build_offices(by=people["administrator"], say=say)
    build_people(say=say)
    build_assessments(at=at, say=say)
    plans = build_plans(at=at, say=say)
    build_feedbacks(plans, at=at)
    # The library stands under the home pages, and practices are taken over into plans while these are open.
    build_pages(at=at, say=say)
    build_practices(at=at, say=say)
    build_adoptions(at=at)
    # Offices learn from each other by what stands so far; the pages themselves are built by the worker.
    build_exchange(at=at, say=say)
    close_plans(plans, at=at)
    # Applications are filled from reports, plans and practices as these stand at the end.
    build_awards(at=at, say=say)
