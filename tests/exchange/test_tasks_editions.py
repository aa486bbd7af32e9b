"""What waits for who runs editions."""

from __future__ import annotations

import pytest

from qms.exchange.models import Part
from qms.exchange.queries.tasks import tasks_of
from tests.factories.assessments import MONDAY
from tests.factories.exchange import make_edition, make_offer, make_theme, make_visit

pytestmark = pytest.mark.django_db


def make_part(edition, **more):
    return Part.objects.create(edition=edition, theme=make_theme(edition), planned_at=MONDAY, **more)


def test_failed_parts_of_an_edition_are_one_task(nora):
    edition = make_edition(titles={"en": "Autumn"})
    make_part(edition, state="failed", reason="It broke.")
    make_part(edition, state="failed", reason="It broke.")
    make_part(edition, state="built")

    (task,) = tasks_of(nora, MONDAY)

    assert (task.kind, task.detail, task.office) == ("edition_failed", "Autumn: 2 parts could not be built", None)
    assert task.url == f"/en/exchange/editions/{edition.pk}/"


def test_closed_edition_asks_for_nothing(nora):
    make_part(make_edition(state="closed"), state="failed", reason="It broke.")

    assert tasks_of(nora, MONDAY) == ()


def test_failed_parts_are_the_coordinators_alone(lena, rob, pat):
    make_part(make_edition(), state="failed", reason="It broke.")

    assert [tasks_of(person, MONDAY) for person in (lena, rob, pat)] == [(), (), ()]


def test_tasks_of_other_areas_stand_here_too(lena, office, other_office):
    make_visit(make_offer(office, by=lena), other_office)

    assert [task.kind for task in tasks_of(lena, MONDAY)] == ["visit_answer"]
