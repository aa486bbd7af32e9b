"""The coordinator prepares, opens, follows, mends and closes an edition."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from wagtail.models import Site

from qms.core.models import Job
from qms.core.services import run_job
from qms.exchange.models import Edition, OfficePage, Part, Seminar, Theme, ThemePage
from qms.exchange.services import building, planning, queueing
from qms.exchange.services.building import build_part
from qms.exchange.services.founding import found_pages
from qms.exchange.services.planning import Planned
from qms.lifecycle import Refused
from tests.factories.assessments import make_edition as make_framework
from tests.factories.exchange import make_edition, make_part, make_theme
from tests.factories.goodpractices import make_library, make_practice
from tests.factories.offices import make_office

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 6, 15, tzinfo=UTC)


@pytest.fixture
def asked(client, nora):
    """The coordinator's browser."""
    client.force_login(nora)
    return client


@pytest.fixture
def edition(db):
    home = make_library("en").get_parent()
    Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "testserver", "root_page": home})
    Site.clear_site_root_paths_cache()
    return make_edition(titles={"en": "Autumn"}, slug="autumn")


@pytest.fixture
def planner(monkeypatch):
    """A plan that leaves the parts as the test made them."""
    monkeypatch.setattr(queueing, "plan_edition", lambda edition, *, at: Planned())
    return planning


def written(**changes):
    return {
        "title_en": "Winter",
        "starts_on": "2027-01-01",
        "ends_on": "2027-03-31",
        "languages": ["en", "pl"],
        "needs": "3",
        "proposals": "2",
        "publishing": "automatic",
        **changes,
    }


def url(name, *args):
    return reverse(f"exchange:{name}", args=args)


def test_coordinator_prepares_an_edition(asked, nora):
    framework = make_framework("small-2020")

    answer = asked.post(url("edition-add"), written(framework=framework.pk, title_pl="Zima łaskawa"))

    edition = Edition.objects.get()
    assert answer.url == url("edition", edition.pk)
    assert (edition.slug, edition.titles, edition.state) == (
        "zima-laskawa",
        {"pl": "Zima łaskawa", "en": "Winter"},
        "draft",
    )
    assert (edition.languages, edition.starts_on, edition.opened_by) == (["en", "pl"], date(2027, 1, 1), nora)


def test_edition_that_ends_before_it_begins_keeps_what_was_typed(asked):
    framework = make_framework("small-2020")

    answer = asked.post(url("edition-add"), written(framework=framework.pk, ends_on="2026-01-01"))

    assert answer.status_code == 422
    assert "The end lies before the beginning." in answer.content.decode()
    assert 'value="Winter"' in answer.content.decode()
    assert not Edition.objects.exists()


def test_settings_of_an_open_edition_keep_its_framework(asked, edition):
    other = make_framework("caf-2020")

    answer = asked.post(url("edition-edit", edition.pk), written(framework=other.pk))
    done = asked.post(url("edition-edit", edition.pk), written(framework=edition.framework_id, needs="5"))

    edition.refresh_from_db()
    assert (answer.status_code, done.status_code) == (422, 302)
    assert (edition.title_in("en"), edition.needs) == ("Winter", 5)


def test_theme_is_added_with_its_practices(asked, edition, office):
    practice = make_practice(office)

    answer = asked.post(
        url("theme-add", edition.pk), {"title_en": "Clients", "nodes": ["1.1"], "practices": practice.full_url}
    )

    theme = Theme.objects.get()
    assert answer.status_code == 302
    assert (theme.slug, theme.titles, theme.nodes, list(theme.practices.all())) == (
        "clients",
        {"en": "Clients"},
        ["1.1"],
        [practice],
    )
    page = asked.get(url("theme-edit", theme.pk)).content.decode()
    assert practice.full_url in page


def test_address_where_no_practice_stands_is_named(asked, edition):
    answer = asked.post(url("theme-add", edition.pk), {"nodes": ["1.1"], "practices": "http://x.example/en/nothing/"})

    assert answer.status_code == 422
    assert "No published practice stands at: http://x.example/en/nothing/." in answer.content.decode()


def test_theme_about_nothing_is_refused(asked, edition):
    answer = asked.post(url("theme-add", edition.pk), {"title_en": ""})

    assert answer.status_code == 422
    assert "Choose a subcriterion, or give the theme a title of its own." in answer.content.decode()


def test_theme_changes_places_with_its_neighbour(asked, edition):
    first, second, third = (make_theme(edition) for _ in range(3))

    asked.post(url("theme-move", third.pk), {"to": "up"})
    asked.post(url("theme-move", first.pk), {"to": "up"})

    assert list(edition.themes.order_by("position")) == [first, third, second]


def test_deleted_theme_takes_its_pages_along(asked, edition):
    found_pages(edition)
    theme = make_theme(edition)
    build_part(make_part(edition, theme=theme), at=AT)

    asked.post(url("theme-delete", theme.pk))

    assert (Theme.objects.count(), ThemePage.objects.count(), Part.objects.count()) == (0, 0, 0)


def test_theme_with_words_of_editors_stays(asked, edition):
    found_pages(edition)
    theme = make_theme(edition)
    build_part(make_part(edition, theme=theme), at=AT)
    page = ThemePage.objects.get()
    page.body.append(("editorial", {"text": "Read this first.", "who": "coordinator"}))
    page.save_revision()

    answer = asked.post(url("theme-delete", theme.pk), follow=True)

    assert "Words of the editors stand on the page of this theme." in answer.content.decode()
    assert Theme.objects.count() == 1


def test_seminar_is_added_changed_and_deleted_with_its_presentations(asked, edition, office):
    theme, practice = make_theme(edition), make_practice(office)
    rows = {"presentations-TOTAL_FORMS": "3", "presentations-INITIAL_FORMS": "0"}
    first = {"presentations-0-office": office.pk, "presentations-0-title": "Welcome", "title": "Six offices"}
    third = {"presentations-2-office_name": "Office of Vilnius", "presentations-2-practice": practice.full_url}

    asked.post(url("seminar-add", theme.pk), rows | first | third)
    seminar = Seminar.objects.get()
    told = list(seminar.presentations.order_by("position").values_list("office", "office_name", "title", "practice"))
    assert told == [(office.pk, "", "Welcome", None), (None, "Office of Vilnius", "", practice.pk)]

    asked.post(url("seminar-edit", seminar.pk), {**rows, "title": "Seven offices", "starts_at": "10:00"})
    seminar.refresh_from_db()
    assert (seminar.title, seminar.presentations.count()) == ("Seven offices", 0)

    asked.post(url("seminar-delete", seminar.pk))
    assert not Seminar.objects.exists()


def test_presentation_without_an_office_is_asked_for_it(asked, edition):
    theme = make_theme(edition)
    rows = {"presentations-TOTAL_FORMS": "1", "presentations-INITIAL_FORMS": "0"}

    answer = asked.post(url("seminar-add", theme.pk), rows | {"title": "Six", "presentations-0-title": "What?"})

    assert answer.status_code == 422
    assert "Say which office presents this." in answer.content.decode()
    assert not Seminar.objects.exists()


def test_edition_without_a_theme_cannot_be_opened(asked, edition):
    Edition.objects.update(state="draft")

    answer = asked.post(url("edition-open", edition.pk), follow=True)

    assert "Add at least one theme first." in answer.content.decode()
    assert not Job.objects.exists()


def test_opened_edition_is_built_by_one_job_for_each_part(asked, edition, office, planner):
    Edition.objects.update(state="draft")
    make_part(edition, theme=make_theme(edition, titles={"en": "Clients"}))
    make_part(edition, office=office)

    asked.post(url("edition-open", edition.pk))
    run_job(Job.objects.get().pk)
    parts = list(Job.objects.filter(kind="exchange.part").order_by("pk"))
    for job in parts:
        run_job(job.pk)

    assert [job.title for job in parts] == ["Clients", "PUP Gołdap"]
    assert (ThemePage.objects.live().count(), OfficePage.objects.live().count()) == (1, 1)
    assert list(Part.objects.values_list("state", flat=True)) == ["built", "built"]
    page = asked.get(url("edition", edition.pk)).content.decode()
    assert "Its pages are being built" in page
    assert "/experience-sharing/autumn/office-pup-goldap/" in page


def test_second_build_without_changes_sends_no_job(asked, edition, office, planner):
    build_part(make_part(edition, office=office), at=AT)

    asked.post(url("edition-build", edition.pk))
    run_job(Job.objects.get().pk)

    assert Job.objects.filter(kind="exchange.part").count() == 0


def test_part_that_fails_shows_why_and_does_not_stop_the_others(
    asked, edition, office, other_office, planner, monkeypatch
):
    broken, sound = make_part(edition, office=office), make_part(edition, office=other_office)
    write = building.write_page

    def refuses(page, *, part, language):
        if part.pk == broken.pk:
            raise Refused("The framework has no node %(node)s.", node="9.9")
        return write(page, part=part, language=language)

    monkeypatch.setattr(building, "write_page", refuses)
    asked.post(url("edition-build", edition.pk))
    run_job(Job.objects.get().pk)
    for job in Job.objects.filter(kind="exchange.part"):
        run_job(job.pk)

    assert list(Part.objects.order_by("pk").values_list("state", flat=True)) == ["failed", "built"]
    page = asked.get(url("edition", edition.pk)).content.decode()
    assert "The framework has no node 9.9." in page
    assert url("part-again", broken.pk) in page

    monkeypatch.setattr(building, "write_page", write)
    asked.post(url("part-again", broken.pk))
    run_job(Job.objects.filter(kind="exchange.part").latest("pk").pk)
    broken.refresh_from_db()
    assert (broken.state, broken.why, sound.pk != broken.pk) == ("built", "", True)


def test_fault_of_ours_is_told_without_its_inner_words(edition, office, planner, monkeypatch):
    part = make_part(edition, office=office)
    monkeypatch.setattr(building, "write_page", lambda *_a, **_o: 1 / 0)
    (job,) = queueing.queue_parts(edition, at=AT)

    run_job(job.pk)

    part.refresh_from_db()
    job.refresh_from_db()
    assert (part.state, job.state) == ("failed", "queued")
    assert part.why.startswith("Something went wrong on our side.")


def test_part_whose_worker_stopped_too_often_counts_as_failed(asked, edition, office, planner):
    make_part(edition, office=office)
    (job,) = queueing.queue_parts(edition, at=AT)
    Job.objects.filter(pk=job.pk).update(state="failed", reason="The work was interrupted several times.")

    page = asked.get(url("edition", edition.pk)).content.decode()

    assert "Its worker stopped several times." in page


def test_pages_that_wait_are_looked_at_and_published(asked, edition, office, other_office):
    edition.publishing = "workflow"
    edition.save()
    build_part(make_part(edition, office=office), at=AT)
    build_part(make_part(edition, office=other_office), at=AT)
    first, second = OfficePage.objects.order_by("pk")

    page = asked.get(url("edition", edition.pk)).content.decode()
    assert ("Publish all 2 pages" in page, url("page-look", first.pk) in page) == (True, True)
    asked.post(url("page-approve", edition.pk), {"page": first.pk})
    assert list(OfficePage.objects.order_by("pk").values_list("live", flat=True)) == [True, False]
    asked.post(url("page-approve", edition.pk))
    run_job(Job.objects.get(kind="exchange.approve").pk)

    second.refresh_from_db()
    assert (second.live, second.has_unpublished_changes) == (True, False)


def test_page_with_an_editors_draft_is_published_by_itself_only(asked, edition, office, nora):
    edition.publishing = "workflow"
    edition.save()
    build_part(make_part(edition, office=office), at=AT)
    draft = OfficePage.objects.get().get_latest_revision_as_object()
    draft.body.append(("editorial", {"text": "Not finished.", "who": "coordinator"}))
    draft.save_revision(user=nora)

    refused = asked.post(url("page-approve", edition.pk), follow=True).content.decode()
    assert "No page waits that could be published without looking at its draft." in refused
    asked.post(url("page-approve", edition.pk), {"page": OfficePage.objects.get().pk})

    assert OfficePage.objects.get().live is True


def test_closed_edition_is_not_built_and_can_be_opened_again(asked, edition, planner):
    make_theme(edition)

    asked.post(url("edition-close", edition.pk))
    refused = asked.post(url("edition-build", edition.pk), follow=True).content.decode()
    assert "Only an edition under way is built." in refused
    asked.post(url("edition-open", edition.pk))

    edition.refresh_from_db()
    assert edition.state == "open"


def test_everybody_with_a_role_sees_editions_under_way(client, lena, edition):
    make_edition(titles={"en": "Secret"}, state="draft")
    found_pages(edition)
    client.force_login(lena)

    page = client.get(url("edition-list")).content.decode()

    assert ("Autumn" in page, "Secret" in page, "Prepare an edition" in page) == (True, False, False)
    assert "/experience-sharing/autumn/" in page
    assert client.get(url("edition", edition.pk)).status_code == 403


@pytest.mark.parametrize("many", [1, 3])
def test_page_of_an_edition_asks_as_often_for_one_office_as_for_three(
    asked, edition, region, many, django_assert_max_num_queries
):

    for _ in range(many):
        build_part(make_part(edition, office=make_office(region=region)), at=AT)
        build_part(make_part(edition, theme=make_theme(edition, titles={"en": "T"})), at=AT)
    asked.get(url("edition", edition.pk))

    with django_assert_max_num_queries(34):
        asked.get(url("edition", edition.pk))
