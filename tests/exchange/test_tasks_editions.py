"""What beat and workers do with editions."""

from datetime import UTC, datetime

import pytest

from qms.core.models import Job
from qms.core.services import run_job
from qms.exchange import tasks
from qms.exchange.domain.keys import block_id, page_key
from qms.exchange.models import Part
from qms.exchange.queries.standing import unsound_parts
from qms.exchange.services import building, queueing
from qms.exchange.services.editions import order_build
from qms.exchange.services.founding import found_pages
from qms.exchange.services.planning import Planned
from qms.lifecycle import Refused
from tests.factories.exchange import make_edition, make_part, make_theme, want
from tests.factories.goodpractices import make_library

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 6, 10, tzinfo=UTC)


@pytest.fixture
def edition(monkeypatch):
    make_library("en")
    monkeypatch.setattr(queueing, "plan_edition", lambda edition, *, at: Planned())
    edition = make_edition()
    found_pages(edition)
    return edition


def test_each_morning_every_edition_under_way_is_ordered(edition):
    make_edition(state="draft")
    make_edition(state="closed")

    tasks.rebuild_editions()

    job = Job.objects.get()
    assert (job.kind, job.subject_id, job.created_by) == ("exchange.edition", edition.pk, None)


def test_build_that_is_ordered_twice_is_one_job(edition, nora):
    assert order_build(edition, by=nora, at=AT) == order_build(edition, by=None, at=AT)


def test_edition_that_was_closed_meanwhile_is_not_built(edition, nora):
    job = order_build(edition, by=nora, at=AT)
    edition.state = "closed"
    edition.save()

    run_job(job.pk)

    job.refresh_from_db()
    assert (job.state, job.why) == ("failed", "Only an edition under way is built.")


def test_part_planned_anew_gets_a_job_beside_the_one_under_way(edition):
    part = make_part(edition, theme=make_theme(edition))
    (first,) = queueing.queue_parts(edition, at=AT)
    (same,) = queueing.queue_parts(edition, at=AT)
    want(part, strong="second")

    (second,) = queueing.queue_parts(edition, at=AT)

    assert (first == same, first == second) == (True, False)


def test_themes_are_built_before_offices(edition, office):
    make_part(edition, office=office)
    make_part(edition, theme=make_theme(edition, titles={"en": "Second"}, position=2))
    make_part(edition, theme=make_theme(edition, titles={"en": "First"}, position=1))

    jobs = queueing.queue_parts(edition, at=AT)

    assert [job.title for job in jobs] == ["First", "Second", "PUP Gołdap"]


def test_job_of_a_theme_that_is_deleted_while_its_pages_are_written_ends_quietly(edition, monkeypatch):
    part, write = make_part(edition, theme=make_theme(edition)), building.build_part

    def late(part, *, at):
        part.theme.delete()
        return write(part, at=at)

    monkeypatch.setattr(building, "build_part", late)
    job = queueing.try_part_again(part, by=edition.opened_by, at=AT)

    assert run_job(job.pk).state == "done"


def test_job_of_a_theme_that_was_deleted_does_nothing(edition):
    make_part(edition, theme=make_theme(edition))
    (job,) = queueing.queue_parts(edition, at=AT)
    Part.objects.all().delete()

    run_job(job.pk)

    job.refresh_from_db()
    assert job.state == "done"


def test_building_here_and_now_writes_every_page_once(edition, office):
    make_part(edition, office=office)
    make_part(edition, theme=make_theme(edition))

    assert (queueing.build_edition(edition, at=AT), queueing.build_edition(edition, at=AT)) == (2, 0)


def test_nothing_is_built_before_an_edition_is_open(edition):
    edition.state = "draft"

    with pytest.raises(Refused, match="Only an edition under way is built"):
        queueing.build_edition(edition, at=AT)


@pytest.mark.parametrize("many", [1, 3])
def test_whether_pages_stand_is_asked_in_as_many_queries_for_one_as_for_three(edition, many, django_assert_num_queries):
    for _ in range(many):
        make_part(edition, theme=make_theme(edition, titles={"en": "T"}))
    queueing.build_edition(edition, at=AT)

    with django_assert_num_queries(4):
        assert unsound_parts(edition) == frozenset()


def test_keys_differ_by_what_they_are_about():
    keys = {page_key(1), page_key(2), page_key(1, "theme", 1), page_key(1, "office", 1), page_key(1, "theme", 2)}

    assert len(keys) == 5
    assert block_id(page_key(1), "how") == block_id(page_key(1), "how") != block_id(page_key(2), "how")
