"""Evaluation meetings: telling, leaving out, publishing, and what stands on the page."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.models import Locale, ModelLogEntry, Page, Site

from qms.core.models import Letter
from qms.exchange.models import Experience, Meeting, MeetingPage
from qms.exchange.queries.experiences import experiences_of
from qms.exchange.services.founding import found_exchange
from qms.portal.models import HomePage
from tests.factories.exchange import make_edition, make_experience, make_meeting
from tests.factories.offices import make_member, make_office, make_person

ALL = {"helped": "One person led us.", "hindered": "Little time.", "advice": "Begin earlier.", "role": "group member"}


def to(route, *args):
    return reverse(f"exchange:{route}", args=args)


def read(client, path, person, status=200):
    client.force_login(person)
    answer = client.get(path)
    assert answer.status_code == status
    return answer.content.decode().replace("\xa0", " ")


def tell(client, meeting, person, **more):
    client.force_login(person)
    return client.post(to("experience", meeting.pk), {**ALL, "shown_as": "kind", **more})


@pytest.fixture
def site(db):
    locale, _ = Locale.objects.get_or_create(language_code="en")
    home = Page.objects.get(depth=1).add_child(instance=HomePage(title="Home", slug="home-en", locale=locale))
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "testserver", "port": 80, "root_page": home}
    )
    return found_exchange()


@pytest.fixture
def meeting(nora):
    return make_meeting(by=nora)


def close(client, meeting, person):
    client.force_login(person)
    return client.post(to("meeting-close", meeting.pk))


def publish(client, meeting, person):
    client.force_login(person)
    client.post(to("meeting-publish", meeting.pk), {"confirmed": "1"})
    meeting.refresh_from_db()
    return MeetingPage.objects.filter(meeting=meeting).first()


# --- Preparing -------------------------------------------------------------------------------------------------------


def prepare(client, edition, **more):
    facts = {"edition": edition.pk, "title": "Looking back", "held_on": "2026-12-01", "language": "en", **more}
    return client.post(to("meeting-add"), facts)


def test_the_national_coordinator_prepares_a_meeting(client, nora):
    edition = make_edition()
    client.force_login(nora)
    sent = prepare(client, edition, place="Poznań", text="What helped?")
    meeting = Meeting.objects.get()

    assert sent.url == to("meeting", meeting.pk)
    assert (meeting.edition, meeting.held_on, meeting.opened_by) == (edition, date(2026, 12, 1), nora)
    assert "Looking back" in read(client, to("meeting-list"), nora)


def test_nobody_else_prepares_or_changes_one(client, meeting, lena, rob, pat):
    for person in (lena, rob, pat):
        read(client, to("meeting-add"), person, 403)
        read(client, to("meeting-edit", meeting.pk), person, 403)
        assert close(client, meeting, person).status_code == 403


def test_wrong_days_and_languages_are_told_and_nothing_typed_is_lost(client, nora):
    client.force_login(nora)
    wrong = prepare(client, make_edition(), closes_on="2026-11-30", language="ru", text="We <b>met</b>.")
    page = wrong.content.decode()

    assert wrong.status_code == 422
    assert "choose its day or a later one" in page
    assert "The edition has pages in:" in page
    assert "We &lt;b&gt;met&lt;/b&gt;." in page
    assert not Meeting.objects.exists()


def test_an_edition_in_preparation_is_not_looked_back_at(client, nora):
    client.force_login(nora)

    assert prepare(client, make_edition(state="draft")).status_code == 422


def test_the_meeting_can_be_changed(client, meeting, nora):
    client.force_login(nora)
    facts = {"title": "Looking back again", "held_on": "2026-12-02", "language": "en"}

    assert client.post(to("meeting-edit", meeting.pk), facts).url == to("meeting", meeting.pk)
    meeting.refresh_from_db()
    assert (meeting.title, meeting.held_on) == ("Looking back again", date(2026, 12, 2))


# --- Telling ---------------------------------------------------------------------------------------------------------


def test_everybody_of_an_office_tells_once_and_may_change_it(client, meeting, office, boris, dora):
    assert tell(client, meeting, boris).url == to("meeting", meeting.pk)
    tell(client, meeting, boris, helped="Two people led us.")
    tell(client, meeting, dora)
    own = Experience.objects.get(by=boris)

    assert Experience.objects.count() == 2
    assert (own.office, own.helped, own.by_name) == (office, "Two people led us.", False)
    assert "Two people led us." in read(client, to("experience", meeting.pk), boris)


def test_one_part_is_enough_but_none_is_not(client, meeting, boris):
    assert tell(client, meeting, boris, helped="", hindered=" ", advice="").status_code == 422
    assert tell(client, meeting, boris, helped="", hindered="", advice="Begin.").status_code == 302


def test_who_works_in_no_office_tells_nothing(client, meeting, nora, rob, judy, pat):
    for person in (nora, rob, judy, pat):
        assert tell(client, meeting, person).status_code == 403


def test_who_works_in_two_offices_chooses(client, meeting, boris, other_office):
    make_member(other_office, user=boris)

    assert tell(client, meeting, boris).status_code == 422
    assert tell(client, meeting, boris, office=other_office.pk).status_code == 302
    assert Experience.objects.get().office == other_office


def test_a_text_that_says_the_name_needs_the_consent(client, meeting, boris):
    wrong = tell(client, meeting, boris, hindered="The way to Gołdapi.")

    assert wrong.status_code == 422
    assert "The way to Gołdapi." in wrong.content.decode()
    assert tell(client, meeting, boris, hindered="The way to Gołdapi.", shown_as="name").status_code == 302


@pytest.mark.parametrize("how", ["closed", "day"])
def test_what_was_typed_is_not_lost_when_the_gathering_closed_meanwhile(client, meeting, boris, nora, how):
    if how == "closed":
        close(client, meeting, nora)
    else:
        Meeting.objects.update(closes_on=timezone.localdate() - timedelta(days=1))
    late = tell(client, meeting, boris, helped="One <i>person</i>.")
    page = late.content.decode()

    assert late.status_code == 409
    assert "closed meanwhile" in page
    assert "One &lt;i&gt;person&lt;/i&gt;." in page
    assert "Begin earlier." in page
    assert not Experience.objects.exists()


def test_on_the_last_day_one_may_still_tell(client, meeting, boris):
    Meeting.objects.update(closes_on=timezone.localdate())

    assert tell(client, meeting, boris).status_code == 302


def test_reopening_lets_people_tell_again_though_the_last_day_passed(client, meeting, boris, nora):
    Meeting.objects.update(closes_on=timezone.localdate() - timedelta(days=3))
    close(client, meeting, nora)
    client.post(to("meeting-reopen", meeting.pk))

    assert tell(client, meeting, boris).status_code == 302


def test_participants_read_their_own_and_heads_their_offices_experiences(client, meeting, boris, lena, dora, clara):
    tell(client, meeting, boris)

    for person in (boris, lena):
        assert "One person led us." in read(client, to("meeting", meeting.pk), person)
    assert boris.get_full_name() not in read(client, to("meeting", meeting.pk), lena)
    for person in (dora, clara):
        assert "One person led us." not in read(client, to("meeting", meeting.pk), person)


# --- Moderation ------------------------------------------------------------------------------------------------------


def test_the_coordinator_leaves_out_with_a_reason_and_shows_again(client, meeting, boris, nora):
    tell(client, meeting, boris)
    one = Experience.objects.get()
    client.force_login(nora)

    assert client.post(to("experience-hide", one.pk), {"reason": " "}).status_code == 422
    client.post(to("experience-hide", one.pk), {"reason": "It names a client."})
    assert experiences_of([one.pk]) == ()
    letter = Letter.objects.get(kind="exchange.experience_left_out")
    assert letter.user == boris
    assert "It names a client." in letter.text
    assert "It names a client." in read(client, to("meeting", meeting.pk), boris)
    client.force_login(nora)
    client.post(to("experience-show", one.pk))
    assert [row.pk for row in experiences_of([one.pk])] == [one.pk]


def test_nobody_else_leaves_out(client, meeting, boris, lena, dora, rob):
    tell(client, meeting, boris)
    one = Experience.objects.get()

    for person, status in ((boris, 403), (lena, 403), (dora, 404), (rob, 404)):
        client.force_login(person)
        assert client.post(to("experience-hide", one.pk), {"reason": "No."}).status_code == status
        assert client.post(to("experience-show", one.pk)).status_code == status


def test_the_coordinator_reads_names_of_offices_only_with_consent_and_of_people_never(client, meeting, boris, nora):
    tell(client, meeting, boris)
    page = read(client, to("meeting", meeting.pk), nora)

    assert "PUP Gołdap" not in page
    assert "A public office, group member" in page
    assert boris.get_full_name() not in page
    tell(client, meeting, boris, shown_as="name")
    assert "PUP Gołdap, Warmia-Masuria, group member" in read(client, to("meeting", meeting.pk), nora)


def test_the_history_does_not_tell_whose_nameless_words_they_are(client, meeting, boris, nora):
    tell(client, meeting, boris)
    client.force_login(nora)
    client.post(to("experience-hide", Experience.objects.get().pk), {"reason": "It names a client."})
    acts = ModelLogEntry.objects.filter(action__startswith="exchange.").order_by("pk")

    assert [(act.action, act.label, act.user, act.data.get("office")) for act in acts] == [
        ("exchange.tell", meeting.title, None, None),
        ("exchange.leave_out", meeting.title, nora, None),
    ]


def test_the_history_tells_who_took_back_only_what_stood_there_by_name(client, meeting, boris):
    for shown_as in ("kind", "name"):
        tell(client, meeting, boris, shown_as=shown_as)
        client.post(to("experience-take-back", Experience.objects.get().pk))
    acts = ModelLogEntry.objects.filter(action__startswith="exchange.").order_by("pk")

    assert [(act.action, act.user) for act in acts] == [
        ("exchange.tell", None),
        ("exchange.take_back", None),
        ("exchange.tell", boris),
        ("exchange.take_back", boris),
    ]


# --- The page --------------------------------------------------------------------------------------------------------


def generated(page):
    page.refresh_from_db()
    return [block.value for block in page.body if block.block_type == "generated"]


def test_publishing_asks_once_and_founds_the_page(client, site, meeting, boris, nora):
    tell(client, meeting, boris)
    client.force_login(nora)
    client.post(to("meeting-publish", meeting.pk), {"confirmed": "1"})
    assert MeetingPage.objects.count() == 0  # not while experiences are gathered
    close(client, meeting, nora)
    client.post(to("meeting-publish", meeting.pk))
    assert MeetingPage.objects.count() == 0  # not without the box

    page = publish(client, meeting, nora)
    assert meeting.state == Meeting.State.PUBLISHED
    assert (page.live, page.title, page.slug) == (True, meeting.title, f"meeting-{meeting.pk}")
    assert page.get_parent().specific.edition == meeting.edition
    (block,) = generated(page)
    assert (block["kind"], block["key"]) == ("experiences", "experiences")
    assert block["content"] == f'{{"experience":[{Experience.objects.get().pk}]}}'
    assert Letter.objects.get(kind="exchange.meeting_published").user == boris


def test_publishing_again_keeps_editors_blocks_and_makes_no_second_page(client, site, meeting, boris, dora, nora):
    tell(client, meeting, boris)
    close(client, meeting, nora)
    page = publish(client, meeting, nora)
    page.body.insert(0, ("heading", "From the editors"))
    page.body.append(("heading", "Thank you"))
    page.save_revision().publish()
    Meeting.objects.update(title="Looking back at autumn")
    again = publish(client, meeting, nora)

    assert MeetingPage.objects.count() == 1
    assert again.title == "Looking back at autumn"
    kinds = [(block.block_type, str(block.value)) for block in again.body if block.block_type == "heading"]
    assert kinds == [("heading", "From the editors"), ("heading", "Thank you")]
    assert [block.block_type for block in again.body] == ["heading", "generated", "heading"]


def test_an_editors_draft_stays_a_draft_at_republishing(client, site, meeting, boris, nora):
    tell(client, meeting, boris)
    close(client, meeting, nora)
    page = publish(client, meeting, nora)
    page.body.append(("heading", "Not yet"))
    page.save_revision()
    again = publish(client, meeting, nora)

    assert [block.block_type for block in again.body] == ["generated"]
    draft = again.get_latest_revision_as_object()
    assert [block.block_type for block in draft.body] == ["generated", "heading"]
    assert again.has_unpublished_changes


def test_without_an_experience_or_pages_in_the_language_nothing_is_published(client, meeting, boris, nora):
    close(client, meeting, nora)
    assert publish(client, meeting, nora) is None  # nobody told
    make_experience(meeting, make_office(), by=boris)
    assert publish(client, meeting, nora) is None  # the site has no home page
    assert meeting.state == Meeting.State.CLOSED


def test_the_name_and_the_experience_leave_the_published_page_at_once(client, site, meeting, office, boris, lena, nora):
    tell(client, meeting, boris, shown_as="name")
    close(client, meeting, nora)
    publish(client, meeting, nora)
    one = Experience.objects.get()
    assert experiences_of([one.pk])[0].speaker.office == "PUP Gołdap"

    client.force_login(lena)  # the name is the office's
    client.post(to("experience-unname", one.pk))
    assert experiences_of([one.pk])[0].speaker.office == ""
    assert client.post(to("experience-take-back", one.pk)).status_code == 403
    client.force_login(boris)  # the words are his
    client.post(to("experience-take-back", one.pk))
    assert experiences_of([one.pk]) == ()
    assert office.short_name not in str(generated(MeetingPage.objects.get()))


def test_everybody_reads_the_page_grouped_and_live(client, site, meeting, boris, dora, lena, nora):
    tell(client, meeting, boris, helped="<script>alert(1)</script>", shown_as="name")
    tell(client, meeting, dora, hindered="")
    close(client, meeting, nora)
    page = publish(client, meeting, nora)
    client.logout()

    def words():
        answer = client.get(page.get_url())
        assert answer.status_code == 200
        return answer.content.decode().replace("\xa0", " ").partition("<main")[2].partition("</main")[0]

    told = words()
    for heading in ("What helped", "What hindered", "What to do otherwise"):
        assert told.count(f">{heading}</h2>") == 1
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in told
    assert "<script>alert" not in told
    assert told.count("Little time.") == 1
    assert "PUP Gołdap" in told
    assert "PUP Starachowice" not in told
    assert "A public office, group member" in told
    assert "Example" not in told  # everybody's family name here
    Experience.objects.filter(by=boris).update(by_name=False)
    assert "PUP Gołdap" not in words()
    Experience.objects.filter(by=boris).update(hidden_at=timezone.now())
    assert "alert(1)" not in words()


def test_taking_back_is_asked_once(client, meeting, boris, lena):
    tell(client, meeting, boris)
    one = Experience.objects.get()

    assert "They cannot be brought back." in read(client, to("experience-take-back", one.pk), boris)
    assert Experience.objects.count() == 1
    read(client, to("experience-take-back", one.pk), lena, 403)


def test_rows_keep_their_order_and_give_the_kind_where_it_is_common(meeting, office, boris, dora, lena):
    for _number in range(4):
        make_office()
    told = [make_experience(meeting, office, by=person) for person in (boris, dora, lena)]
    rows = experiences_of([told[2].pk, told[0].pk, 999, told[2].pk])

    assert [row.pk for row in rows] == [told[2].pk, told[0].pk]
    assert {row.speaker.words for row in rows} == {"county labour office"}


# --- To take away ----------------------------------------------------------------------------------------------------


def test_the_tables_hold_no_formula_and_no_name_without_consent(client, meeting, office, boris, nora):
    tell(client, meeting, boris, helped='=HYPERLINK("http://x")', hindered="+SUM(A1)", advice="@SUM(A1)", role="-A1")
    client.force_login(nora)
    text = client.get(to("meeting-csv", meeting.pk)).content.decode("utf-8-sig")
    (line,) = list(csv.reader(io.StringIO(text)))[1:]
    book = load_workbook(io.BytesIO(client.get(to("meeting-xlsx", meeting.pk)).content))
    cells = list(book.worksheets[0].iter_rows())[1]

    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in line)
    assert [cell.data_type for cell in cells[2:6]] == ["s"] * 4
    assert cells[3].value == '=HYPERLINK("http://x")'
    assert office.short_name not in text
    assert boris.get_full_name() not in text


def test_only_who_runs_the_meeting_takes_the_tables(client, meeting, lena, rob, pat):
    for person in (lena, rob, pat):
        read(client, to("meeting-csv", meeting.pk), person, 403)
        read(client, to("meeting-xlsx", meeting.pk), person, 403)


def test_script_in_an_experience_stays_text(client, meeting, boris, nora):
    tell(client, meeting, boris, helped="<script>alert(1)</script>", role="<b>x</b>")

    for person in (boris, nora):
        page = read(client, to("meeting", meeting.pk), person)
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


# --- How many queries ------------------------------------------------------------------------------------------------


def test_list_and_meeting_take_the_same_queries_for_one_and_three(
    client, meeting, office, nora, django_assert_num_queries, django_assert_max_num_queries
):
    make_experience(meeting, office, by=make_person("One", "employee", office=office))
    paths = (to("meeting-list"), to("meeting", meeting.pk))
    taken = []
    for path in paths:
        read(client, path, nora)
        with django_assert_max_num_queries(40) as queries:
            client.get(path)
        taken.append(len(queries))
    for number in range(2):
        make_experience(meeting, make_office(), by=make_person(f"More{number}", "employee", office=office))
        make_meeting(edition=meeting.edition, by=nora)
    for path, many in zip(paths, taken, strict=True):
        with django_assert_num_queries(many):
            client.get(path)


def test_people_without_a_role_read_nothing(client, meeting):
    nobody = make_person("Nobody")

    read(client, to("meeting-list"), nobody, 403)
    read(client, to("meeting", meeting.pk), nobody, 404)
