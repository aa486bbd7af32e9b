"""Reads an application as it stands and says what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.template.defaultfilters import truncatechars
from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext

from qms.awards.domain import checks
from qms.awards.domain.checks import Fault, Flaw
from qms.awards.domain.limits import measure_of_whole, shown_pages
from qms.awards.models import Application, SectionState
from qms.frameworks.domain.framework import text
from qms.ui.numbers import figure

from .eligibility import conditions_for

Content = dict[str, Any]


def faults_in(application: Application, sections: list[Content], at: datetime) -> tuple[Fault, ...]:
    """What is missing or doubtful in these contents of its sections, what hinders first; in the order of the form."""
    ready = _ready(application)
    hindering = [*_conditions(application, at), *_missing(application, sections), *_length(application, sections)]
    doubtful = [fault for section in sections for fault in _doubts(application, section, ready)]
    return (*hindering, *doubtful)


def _ready(application: Application) -> set[int]:
    states = SectionState.objects.filter(application=application, is_ready=True)
    return set(states.values_list("section_id", flat=True))


def _conditions(application: Application, at: datetime) -> Iterator[Fault]:
    if not application.office.is_active:
        yield Fault("office", gettext("The office is closed on this platform."))
    for one in conditions_for(application, at):
        if not one.met:
            words = gettext("The office does not meet a condition: %(title)s") % {"title": one.rule.title}
            yield Fault("condition", words, reverse("awards:begin", args=[application.category_id]))


def _missing(application: Application, sections: list[Content]) -> Iterator[Fault]:
    for section in sections:
        url = reverse("awards:section", args=[application.pk, section["pk"]])
        for flaw in checks.flaws_of(section):
            place = reverse("awards:annexes", args=[application.pk]) if flaw.code == "annex" else url
            yield Fault(flaw.code, _said(flaw, section), place, section=section["pk"])


def _length(application: Application, sections: list[Content]) -> Iterator[Fault]:
    whole = measure_of_whole(sections, application.category.max_pages)
    if whole.is_over:
        pages = {"pages": figure(shown_pages(whole.length), 1), "most": application.category.max_pages}
        words = gettext("The whole narrative has %(pages)s pages; %(most)s are allowed.") % pages
        yield Fault("long-whole", words, reverse("awards:application", args=[application.pk]))


def _doubts(application: Application, section: Content, ready: set[int]) -> Iterator[Fault]:
    url = reverse("awards:section", args=[application.pk, section["pk"]])
    for flaw in checks.doubts_of(section):
        yield Fault(flaw.code, _said(flaw, section), url, hinders=False, section=section["pk"])
    if section["questions"] and section["pk"] not in ready:
        words = gettext("%(section)s: not marked as ready.") % {"section": _title(section)}
        yield Fault("not-ready", words, url, hinders=False, section=section["pk"])


def _said(flaw: Flaw, section: Content) -> str:
    facts: dict[str, object] = {"section": _title(section), "question": _title(flaw.question or {})}
    if flaw.length:
        return _counted(flaw, section, facts)
    match flaw.code:
        case "answer":
            return gettext("%(section)s: no answer to “%(question)s”.") % facts
        case "consent":
            return gettext("%(section)s: the statement “%(question)s” is not ticked.") % facts
        case "annex":
            return gettext("Missing annex: %(question)s") % facts
    return gettext("%(section)s: a score is quoted, but no evidence.") % facts


def _counted(flaw: Flaw, section: Content, facts: dict[str, object]) -> str:
    if flaw.code == "long-answer":
        facts |= {"length": figure(flaw.length), "limit": figure(flaw.limit)}
        return gettext("%(section)s: “%(question)s” has %(length)s characters; %(limit)s are allowed.") % facts
    if flaw.code == "long-section":
        facts |= {"pages": figure(shown_pages(flaw.length), 1), "most": section["max_pages"]}
        return gettext("%(section)s: %(pages)s pages; %(most)s are allowed.") % facts
    words = ngettext(
        "%(section)s: %(count)s result has no evidence.",
        "%(section)s: %(count)s results have no evidence.",
        flaw.length,
    )
    return words % (facts | {"count": flaw.length})


def _title(what: Mapping[str, Any]) -> str:
    # A statement is a sentence; the sentence that names it has a point of its own.
    return truncatechars(text(what.get("titles", {}), get_language() or "pl").removesuffix("."), 80)
