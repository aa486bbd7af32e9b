"""Libraries and practices, made straight in the database; acts of people are left to the services."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import count
from typing import Any

from wagtail.models import Locale, Page

from qms.goodpractices.domain.words import forms_of
from qms.goodpractices.models import (
    PracticeClients,
    PracticeCriterion,
    PracticeIndexPage,
    PracticePage,
    PracticeResult,
)
from qms.portal.models import HomePage

_numbers = count(1)


def make_library(language: str = "en") -> PracticeIndexPage:
    """The library of this language; the one that is there already, otherwise a new one under a home page."""
    locale, _made = Locale.objects.get_or_create(language_code=language)
    if already := PracticeIndexPage.objects.filter(locale=locale).first():
        return already
    home = HomePage.objects.filter(locale=locale).first()
    if home is None:
        home = HomePage(title=f"Home {language}", slug=f"home-{language}", locale=locale)
        Page.objects.get(depth=1).add_child(instance=home)
    library = PracticeIndexPage(title="Good practices", slug="practices", locale=locale, show_in_menus=True)
    home.add_child(instance=library)
    return library


def make_practice(
    office: Any,
    *,
    title: str = "Letters in plain words",
    library: PracticeIndexPage | None = None,
    criteria: Iterable[tuple[str, str]] = (),
    clients: Iterable[str] = (),
    results: Iterable[Mapping[str, Any]] = (),
    live: bool = True,
    **more: Any,
) -> PracticePage:
    """A practice of this office; published unless `live=False`, then it has a revision as a draft has."""
    library = library or make_library()
    facts = {"slug": f"practice-{next(_numbers)}", "summary": "What we did.", "problem": "It was hard.", **more}
    practice = PracticePage(title=title, office=office, live=live, locale=library.locale, **facts)
    practice.criteria = [PracticeCriterion(framework=framework, node=node) for framework, node in criteria]
    practice.clients = [PracticeClients(group=group) for group in clients]
    practice.results = [PracticeResult(sort_order=place, **each) for place, each in enumerate(results)]
    practice.forms = practice.forms or forms_of(
        " ".join(map(str, (title, practice.summary, practice.problem, practice.failures, practice.conditions))),
        library.locale.language_code,
    )
    library.add_child(instance=practice)
    if not live:
        practice.save_revision(user=practice.owner)
    return practice
