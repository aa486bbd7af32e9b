"""A real platform with a real worker, clock and broker, asked over HTTP."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import APIRequestContext, APIResponse, sync_playwright

from tests.journeys import stage


@pytest.fixture(scope="session")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[stage.Demonstration]:
    with stage.demonstration(tmp_path_factory.mktemp("var")) as running:
        yield running


@dataclass
class Caller:
    """One person who asks the platform for pages, without a browser."""

    http: APIRequestContext

    def get(self, path: str) -> APIResponse:
        answer = self.http.get(path)
        assert answer.ok, f"{path} answered {answer.status}"
        return answer

    def post(self, path: str, **fields: str) -> APIResponse:
        answer = self.http.post(path, form={"csrfmiddlewaretoken": self.token, **fields})
        assert answer.ok, f"{path} answered {answer.status}"
        return answer

    @property
    def token(self) -> str:
        return next(one["value"] for one in self.http.storage_state()["cookies"] if one["name"] == "csrftoken")

    def enter(self, office: str, key: str) -> None:
        """Through the door of the demonstration."""
        person = stage.who(office, key)
        cards = self.get("/en/demo/").text().split('<li class="entry">')
        card = next(one for one in cards if f"{person.first_name} {person.last_name}" in one)
        door = re.search(r'action="([^"]+)"', card)
        assert door
        self.post(door[1])

    def news_of(self, job: int) -> dict[str, Any]:
        """What the page of a job asks for while it waits."""
        news: dict[str, Any] = self.get(f"/en/work/jobs/{job}/?as=json").json()
        return news


@pytest.fixture
def lead(platform: stage.Demonstration) -> Iterator[Caller]:
    """The quality lead of Opole Lubelskie, whose report may be typeset."""
    with sync_playwright() as playwright:
        caller = Caller(playwright.request.new_context(base_url=platform.address))
        caller.enter("um-opole-lubelskie", "lead")
        yield caller
