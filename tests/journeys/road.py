"""What journeys share whose steps build on one another: what is handed on, and how a page is read and used."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from tests.journeys.stage import Visitor

Pages = Callable[..., Visitor]


@dataclass
class Steps:
    """What the steps hand on; each journey adds what it finds on its way."""

    is_broken: bool = False


def walked(the_road: Any, request: pytest.FixtureRequest) -> Iterator[Any]:
    """The road for one step; when one fails, those after it are skipped."""
    if the_road.is_broken:
        pytest.skip("An earlier step of the road failed.")
    before = request.session.testsfailed
    yield the_road
    the_road.is_broken = request.session.testsfailed > before


def today() -> dt.date:
    """The day by the platform's clock, read when asked: in Warsaw it begins an hour or two before it does in UTC."""
    return timezone.localdate()


def button(page: Page, name: str | re.Pattern[str]) -> Any:
    return page.get_by_role("main").get_by_role("button", name=name)


def link(page: Page, name: str | re.Pattern[str]) -> Any:
    return page.get_by_role("main").get_by_role("link", name=name)


def said(page: Page) -> Any:
    """What the platform answers to the last step."""
    return page.get_by_role("status").first


def heading(page: Page, name: str | re.Pattern[str]) -> Any:
    return page.get_by_role("heading", level=1, name=name)


def accessible(person: Visitor) -> None:
    """The page as a whole without barriers: on a high screen a bar of buttons lies over nothing."""
    person.page.set_viewport_size({"width": 1280, "height": 9000})
    person.accessible()
    person.page.set_viewport_size({"width": 1280, "height": 900})
