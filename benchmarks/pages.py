"""Saving a score and the start page, each against the bare thing, over the demonstration's data."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from uuid import uuid4

from django.test import Client
from django.utils import translation
from wagtail.models import Locale, Page

from benchmarks.bare import bare_client
from benchmarks.measure import Figure, compared
from qms.assessments.models import NodeScore, Sheet
from qms.core.models import Letter
from qms.portal.models import HomePage, StandardPage

ROUNDS = 60


def saving() -> Figure:
    """Autosave of one subcriterion: texts, marks, version; against a view that writes one row."""
    sheet = Sheet.objects.with_assessment().filter(member__assessment__stage="individual", state="open").first()
    user, framework = sheet.member.user, sheet.member.assessment.edition.tree()
    node = framework.scored[0]
    dimensions = framework.scale(sheet.member.assessment.panel, node.identifier).dimensions
    ours, plain = Client(), bare_client()
    ours.force_login(user)
    plain.force_login(user)
    marks = count()
    at = NodeScore.objects.filter(sheet=sheet, node=node.identifier).values_list("version", flat=True).first() or 0
    entries = [{"key": str(uuid4()), "kind": "strength", "text": "Written on the page.", "evidence": []}]
    address = f"/en/assessments/sheets/{sheet.pk}/{node.identifier}/save/"

    def save() -> None:
        nonlocal at  # as the page does: the next version is the one that the answer told
        mark = next(marks) % 100
        given = {dimension.code: str(mark) for dimension in dimensions}
        body = {"version": at, "rationale": f"note {mark}", "marks": given, "entries": entries}
        answer = ours.post(address, json.dumps(body), content_type="application/json")
        assert answer.status_code == 200, answer.content
        at = answer.json()["version"]

    letter = Letter.objects.order_by("pk").first()

    def write() -> None:
        answer = plain.post(f"/write/?pk={letter.pk}", {"subject": f"{letter.subject[:40]} {next(marks)}"})
        assert answer.status_code == 200

    return compared("saving a score", save, write, limit=3, rounds=ROUNDS)


def start_page() -> Figure:
    """The home page with its menu, doors and news, against a page of plain Wagtail."""
    ours = Client()

    def start() -> None:
        assert ours.get("/en/").status_code == 200

    with bare_page() as bare:
        return compared("start page", start, bare, limit=2, rounds=ROUNDS)


@contextmanager
def bare_page() -> Iterator[Callable[[], None]]:
    """Opens a page of plain Wagtail: Django's usual middleware, one title."""
    translation.activate("en")
    home = HomePage.objects.live().filter(locale__language_code="en").first()
    root = Page.objects.get(depth=1)
    plain = StandardPage(title="Bare", slug="bare", locale=Locale.objects.get(language_code="en"))
    (home or root).add_child(instance=plain)
    shown, StandardPage.template = StandardPage.template, "bare_page.html"
    other = bare_client()

    def open_it() -> None:
        assert other.get("/bare/").status_code == 200

    try:
        yield open_it
    finally:
        plain.delete()
        StandardPage.template = shown
