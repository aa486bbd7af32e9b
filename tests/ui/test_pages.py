"""Layouts, the gallery, the pages for when something goes wrong."""

from __future__ import annotations

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.http import Http404
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from qms.ui import context, views
from qms.ui.components import Choice, Crumbs, Link, Shell
from qms.ui.templatetags.qms import asset

ERRORS = ["400.html", "403.html", "403_csrf.html", "404.html", "429.html"]


@pytest.fixture
def request_(rf: RequestFactory):  # type: ignore[no-untyped-def]
    request = rf.get("/pl/assessments/7/?page=2")
    request.shell = Shell(  # type: ignore[attr-defined]
        menu=(Link("My tasks", "/pl/tasks/", current=True),),
        offices=(Choice("PUP Gołdap", "1", current=True), Choice("PUP Łęczna", "2")),
        office="PUP Gołdap",
        person="Anna Nowak",
        account=(Link("Sign out", "/pl/accounts/logout/"),),
        footer=(Link("Help", "/pl/help/"),),
    )
    return request


@pytest.mark.django_db
def test_gallery_shows_every_component(client, settings) -> None:  # type: ignore[no-untyped-def]
    response = client.get("/en/ui/gallery/")

    assert response.status_code == 200
    assert 'id="HeatMap"' in response.content.decode()


def test_gallery_is_closed_where_the_platform_serves_offices(rf: RequestFactory, settings) -> None:  # type: ignore[no-untyped-def]
    settings.QMS_DEMO = settings.DEBUG = False

    with pytest.raises(Http404):
        views.gallery(rf.get("/en/ui/gallery/"))


def test_languages_are_the_same_page_under_another_prefix(rf: RequestFactory) -> None:
    with translation.override("pl"):
        links = context.languages_of(rf.get("/pl/assessments/7/?page=2"))

    assert [(link.label, link.url, link.current) for link in links] == [
        ("PL", "/pl/assessments/7/?page=2", True),
        ("EN", "/en/assessments/7/?page=2", False),
        ("RU", "/ru/assessments/7/?page=2", False),
    ]


def test_office_layout_has_its_landmarks(request_) -> None:  # type: ignore[no-untyped-def]
    crumbs = Crumbs((Link("Start", "/pl/"), Link("Here", "")))
    messages = [Message(constants.ERROR, "It was not saved.")]
    html = render_to_string("layouts/office.html", {"crumbs": crumbs, "messages": messages}, request_)

    for piece in (
        '<main id="content"',
        'href="#content"',
        "PUP Łęczna",
        "Anna Nowak",
        "/pl/help/",
        'class="crumbs wrap"',
    ):
        assert piece in html
    assert 'role="alert"><p>It was not saved.</p>' in html


def test_public_layout_offers_to_sign_in(rf: RequestFactory) -> None:
    html = render_to_string("layouts/public.html", {}, rf.get("/pl/"))

    assert 'class="enter"' in html
    assert "ui/public.css" in html


@pytest.mark.parametrize("name", ERRORS)
def test_error_pages_render_for_somebody_unknown(name: str, rf: RequestFactory) -> None:
    html = render_to_string(name, {}, rf.get("/pl/x/"))

    assert "<h1>" in html


def test_page_for_a_bad_request_needs_no_request() -> None:
    assert "<h1>" in render_to_string("400.html")


def test_page_of_a_broken_server_needs_neither_request_nor_database() -> None:
    assert "<h1>Something broke on our side</h1>" in render_to_string("500.html")


def test_asset_that_the_manifest_does_not_know_has_its_plain_address(settings) -> None:  # type: ignore[no-untyped-def]
    assert asset("ui/tokens.css") == "/static/ui/tokens.css"


@pytest.mark.django_db
def test_sign_in_wears_our_look(client) -> None:  # type: ignore[no-untyped-def]
    html = client.get("/en/accounts/login/").content.decode()

    assert 'class="form-control"' in html
    assert 'class="top"' in html
