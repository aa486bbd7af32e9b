"""The form of the editors' words: everything typed stays, and two texts stand beside each other."""

import pytest
from django.urls import reverse

from qms.core.models import Job
from qms.core.services import run_job
from qms.exchange.domain.wording import TOP, mark_of, words_in
from qms.exchange.models import OfficePage
from qms.exchange.queries.wording import pieces_of
from qms.exchange.services.consent import decide_consent
from qms.exchange.services.words import add_words, change_words
from qms.pdf.models import Rendering
from tests.exchange.test_services_words import DAY
from tests.factories.exchange import make_edition
from tests.factories.exchange_pages import a_need, a_proposal, make_office_page, make_site
from tests.factories.goodpractices import make_practice
from tests.factories.reports import MONDAY, make_report

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(nora, office, other_office):
    make_site()
    practice = make_practice(other_office, title="A card for village heads")
    return make_office_page(make_edition(by=nora), office, a_need(a_proposal(practice)))


@pytest.fixture
def address(page):
    return reverse("exchange:words", args=[page.pk])


def texts(page):
    return [piece.value["text"] for piece in words_in(pieces_of(OfficePage.objects.get(pk=page.pk)))]


def test_coordinator_adds_words_and_reads_them_on_the_page(client, page, address, rob, lena):
    client.force_login(rob)
    client.post(address, {"do": "add", "new-text": "Ask <b>people</b> first.", "new-after": "top"})
    client.force_login(lena)

    assert "Ask &lt;b&gt;people&lt;/b&gt; first." in client.get(page.get_url()).content.decode()


@pytest.mark.parametrize(("field", "value"), [("new-text", " "), ("new-after", "nowhere"), ("new-text", "x" * 3001)])
def test_wrong_words_are_refused_and_stay_typed(client, page, address, rob, field, value):
    client.force_login(rob)
    answer = client.post(address, {"do": "add", "new-text": "Ask people.", "new-after": "top", field: value})

    assert (answer.status_code, texts(page)) == (422, [])
    assert (value if field == "new-text" else "Ask people.") in answer.content.decode()


def test_both_texts_stand_there_when_somebody_else_was_quicker(client, page, address, rob, nora):
    ident = add_words(page, text="Mine.", after=TOP, by=rob, on=DAY)
    change_words(page, ident=ident, text="Hers.", was=mark_of("Mine."), by=nora, on=DAY)
    client.force_login(rob)
    typed = {"do": "change", "ident": ident, "was": mark_of("Mine."), f"{ident}-text": "Mine again."}
    answer = client.post(address, typed)
    text = answer.content.decode()
    settled = client.post(address, {**typed, "was": mark_of("Hers.")})

    assert (answer.status_code, "Mine again." in text, "Hers" in text) == (409, True, True)
    assert (settled.status_code, texts(page)) == (302, ["Mine again."])


def test_words_that_are_gone_come_back_as_new_ones(client, page, address, rob):
    client.force_login(rob)
    answer = client.post(address, {"do": "change", "ident": "gone", "was": "x", "gone-text": "Mine again."})

    assert (answer.status_code, "Mine again." in answer.content.decode(), texts(page)) == (409, True, [])


def test_words_are_taken_off(client, page, address, rob):
    ident = add_words(page, text="Mine.", after=TOP, by=rob, on=DAY)
    client.force_login(rob)
    client.post(address, {"do": "delete", "ident": ident, "was": mark_of("Mine.")})

    assert texts(page) == []


def test_page_is_set_on_paper_and_given_out_to_its_office_alone(client, page, rob, lena, dora):
    add_words(page, text="Ask people first.", after=TOP, by=rob, on=DAY)
    client.force_login(lena)
    print_address = reverse("exchange:for-you-print", args=[page.pk])
    client.post(print_address)
    job = run_job(Job.objects.get(kind="exchange.for-you").pk)
    rendering = Rendering.objects.get()
    with rendering.page.open() as file:
        text = file.read().decode()
    file_address = reverse("exchange:for-you-file", args=[page.pk, rendering.pk])

    assert (job.state, client.get(file_address).status_code) == ("done", 200)
    told = ("Ask people first.", "A card for village heads", "Nobody asks.", "median 41", "Your score")
    assert [words for words in told if words not in text] == []
    assert file_address in client.get(print_address).content.decode()
    client.force_login(dora)
    assert client.get(file_address).status_code == 404


def paper(rendering):
    """The words of the file; lines do not end behind a short one."""
    with rendering.page.open() as file:
        return file.read().decode().replace("\xa0", " ")


@pytest.mark.parametrize("as_", ["", "?as=html"])
def test_paper_that_still_tells_a_score_that_was_withdrawn_is_given_to_nobody(
    client, nora, office, other_office, lena, as_
):
    make_site()
    shared = make_report(other_office, {"1.1": 74}, consent="named")
    proposal = a_proposal(make_practice(other_office), host_score="74", host_assessment=shared.pk)
    page = make_office_page(make_edition(by=nora), office, a_need(proposal))
    client.force_login(lena)
    print_address = reverse("exchange:for-you-print", args=[page.pk])
    client.post(print_address)
    run_job(Job.objects.get(kind="exchange.for-you").pk)
    old = Rendering.objects.get()
    assert "a score of 74 here" in paper(old)
    file_address = reverse("exchange:for-you-file", args=[page.pk, old.pk])
    before = client.get(file_address + as_).status_code
    decide_consent(shared, consent="anonymous", seen="named", by=shared.opened_by, at=MONDAY)

    assert (before, client.get(file_address + as_).status_code) == (200, 404)
    assert file_address not in client.get(print_address).content.decode()
    assert client.get(old.get_absolute_url()).status_code == 404
    client.post(print_address)
    run_job(Job.objects.filter(kind="exchange.for-you").latest("pk").pk)
    new = Rendering.objects.latest("pk")
    assert "a score of 74 here" not in paper(new)
    assert reverse("exchange:for-you-file", args=[page.pk, new.pk]) in client.get(print_address).content.decode()
