from dataclasses import replace

import pytest
from django.contrib.staticfiles import finders

from qms.accounts.models import User
from qms.pdf import engine, samples, services
from qms.pdf.document import Cover
from qms.pdf.models import Rendering

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return User.objects.create_user("lena@pup.example", "long enough for all")


def test_document_is_stored_with_its_hash_and_measures(leaflet, person):
    told = []

    made = services.render(
        leaflet(), by=person, office_id=7, subject=person, name="Ulotka", progress=lambda *step: told.append(step)
    )

    assert made.file.read()[:5] == b"%PDF-"
    assert (made.pages, made.office_id, made.language, made.created_by) == (2, 7, "pl", person)
    assert len(made.sha256) == 64
    assert made.peak_kilobytes > 10_000
    assert list(Rendering.objects.about(person)) == [made]
    assert [percent for percent, _ in told] == [10, 30, 90]


def test_same_document_is_not_set_twice(leaflet, person, monkeypatch):
    first = services.render(leaflet(), by=person, office_id=7, subject=None, name="Ulotka")
    monkeypatch.setattr(engine, "typeset", None)

    assert services.render(leaflet(), by=person, office_id=7, subject=None, name="Ulotka") == first


def test_other_text_date_office_or_lost_file_are_set_anew(leaflet, person):
    first = services.render(leaflet(), by=person, office_id=7, subject=None, name="Ulotka")
    moved = leaflet(moment=leaflet().moment.replace(year=2027))

    others = [
        services.render(leaflet("inny tekst"), by=person, office_id=7, subject=None, name="Ulotka"),
        services.render(moved, by=person, office_id=7, subject=None, name="Ulotka"),
        services.render(leaflet(), by=person, office_id=8, subject=None, name="Ulotka"),
    ]
    first.file.storage.delete(first.file.name)
    again = services.render(leaflet(), by=person, office_id=7, subject=None, name="Ulotka")

    assert len({first.pk, again.pk, *(one.pk for one in others)}) == 5
    assert again.sha256 == first.sha256


def test_own_style_of_a_document_belongs_to_its_hash(leaflet, monkeypatch, tmp_path):
    html = '<link rel="stylesheet" href="static:awards/paper.css">'
    before, plain = services.content_hash_of(leaflet(), html), services.content_hash_of(leaflet(), "")
    style = tmp_path / "paper.css"
    style.write_text("p { color: red }")
    real = finders.find
    monkeypatch.setattr(finders, "find", lambda path: str(style) if path == "awards/paper.css" else real(path))

    assert services.content_hash_of(leaflet(), html) != before
    assert services.content_hash_of(leaflet(), "") == plain


def test_what_people_wrote_cannot_become_markup(leaflet):
    html = services.html_of(leaflet('<img src="file:///etc/passwd"><script>alert(1)</script>'))

    assert "<script" not in html
    assert '<img src="file' not in html


def test_long_titles_and_running_heads_keep_to_their_room(leaflet):
    short = replace(leaflet(), title="Award", subtitle="Public organisations", running="PUP Gołdap, WMNJ-001")
    assert (short.name_css, short.head) == ("name", "PUP Gołdap, WMNJ-001")

    long = replace(leaflet(), title="A" * 91, running="Powiatowy Urząd Pracy, " * 6)
    assert (long.name_css, len(long.head), long.head[-1]) == ("name longer", 111, "…")
    assert replace(short, subtitle="B" * 186).name_css == "name longer"
    assert replace(short, title="A" * 45).name_css == "name long"


def test_drawings_use_the_font_of_paper():
    html = services.html_of(samples.report())

    assert 'font-family="QMS Paper"' in html
    assert "Noto Sans" not in html


def test_preview_has_addresses_for_browsers(leaflet):
    html = services.preview_of(leaflet(cover=Cover("PUP", arms="static:pdf/marks/dial-3.svg", arms_text="herb")))

    assert 'src="/static/pdf/marks/dial-3.svg"' in html
    assert 'href="/static/pdf/print.css"' in html
    assert "static:" not in html
    assert "style=" not in html
