import pytest
from django.urls import reverse

from qms.accounts.models import User
from qms.pdf import services

pytestmark = pytest.mark.django_db


@pytest.fixture
def lena(monkeypatch):
    lena = User.objects.create_user("lena@pup.example", "long enough for all")
    monkeypatch.setattr("qms.core.permissions.history_scopes", [lambda user: {7} if user.pk == lena.pk else None])
    return lena


@pytest.fixture
def dora():
    return User.objects.create_user("dora@other.example", "long enough for all")


@pytest.fixture
def made(leaflet):
    name = 'Raport z samooceny: "CAF" 2020/2026, PUP Gołdap'
    return services.render(leaflet(), by=None, office_id=7, subject=None, name=name)


def test_file_comes_under_its_own_name_and_as_what_it_is(client, lena, made):
    client.force_login(lena)

    answer = client.get(made.get_absolute_url())

    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''Raport%20z%20samooceny%20CAF")
    assert b"".join(answer.streaming_content)[:5] == b"%PDF-"


def test_file_can_be_seen_as_a_page(client, lena, made):
    client.force_login(lena)

    answer = client.get(made.get_absolute_url() + "?as=html")

    assert "Zażółć gęślą jaźń" in answer.content.decode()
    assert "pdf/preview.css" in answer.content.decode()


def test_others_are_told_that_there_is_nothing(client, dora, made):
    client.force_login(dora)

    assert client.get(made.get_absolute_url()).status_code == 404


def test_unknown_people_are_asked_who_they_are(client, made):
    assert client.get(made.get_absolute_url()).status_code == 302


def test_lost_file_is_not_found(client, lena, made):
    made.file.storage.delete(made.file.name)
    client.force_login(lena)

    assert client.get(made.get_absolute_url()).status_code == 404


def test_sample_is_for_those_who_build(client, lena, settings):
    client.force_login(lena)
    page, paper = client.get(reverse("pdf:sample") + "?as=html"), client.get(reverse("pdf:sample"))
    settings.QMS_DEMO = False

    assert "Raport" in page.content.decode()
    assert paper.content[:5] == b"%PDF-"
    assert client.get(reverse("pdf:sample")).status_code == 404
