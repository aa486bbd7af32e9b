"""One demonstration and one browser for all journeys."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.journeys import stage
from tests.journeys.road import walked


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[stage.Demonstration]:
    """A fresh one; whoever writes journeys may name one that runs already: QMS_DEMONSTRATION=http://127.0.0.1:8000."""
    if address := os.environ.get("QMS_DEMONSTRATION"):
        yield stage.Demonstration(address, dict(os.environ), None, None)
        return
    with stage.demonstration(tmp_path_factory.mktemp("var")) as platform:
        yield platform


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=stage.PATIENCE)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=stage.CHROMIUM, args=stage.SWITCHES)
        yield chromium
        chromium.close()


@pytest.fixture
def visitor(browser: Browser, demonstration: stage.Demonstration) -> Iterator[Callable[..., stage.Visitor]]:
    """Opens a screen for another person: visitor(), visitor(width=360), visitor(javascript=False)."""
    with stage.visitors(browser, demonstration) as arrive:
        yield arrive


@pytest.fixture(scope="module")
def the_road(request: pytest.FixtureRequest) -> Any:
    """What the steps of this journey hand on: its own Road."""
    return request.module.Road()


@pytest.fixture
def road(the_road: Any, request: pytest.FixtureRequest) -> Iterator[Any]:
    """The same for one step, skipped once an earlier one has failed."""
    yield from walked(the_road, request)
