"""What is missing before the page of an office stands, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import get_language, gettext

from qms.exchange.queries.for_you import Missing
from qms.ui import numbers
from qms.ui.components import Button, Empty

if TYPE_CHECKING:
    from qms.exchange.models import Edition
    from qms.exchange.queries.for_you import Standing


def empty_of(standing: Standing, *, may_start: bool, library: str) -> Empty:
    """What the page will show, why it does not stand yet, and the next step."""
    match standing.missing:
        case Missing.EDITION:
            return _no_edition(library)
        case Missing.ASSESSMENT:
            return _no_assessment(standing.edition, may_start=may_start)
        case Missing.FAILED:
            return Empty(
                gettext("The page could not be built"),
                gettext("The coordinators of the network see why and order it anew. It is tried again each morning."),
                _library(library),
            )
        case Missing.APPROVAL:
            return Empty(
                gettext("The page waits for a coordinator"),
                gettext("It is built. In this edition a coordinator looks at each page before readers see it."),
                _library(library),
            )
    return Empty(
        gettext("The page is being built"),
        gettext("Your self-assessment is known. The page appears with the next build, tomorrow morning at the latest."),
        _library(library),
    )


def no_office(edition: Edition | None, *, library: str) -> Empty:
    """To somebody who works in no office and accompanies none that has a page."""
    if edition is None:
        return _no_edition(library)
    return Empty(
        gettext("No page of an office is open to you"),
        gettext("The people of an office read its page, and those who coordinate its region or the country."),
    )


def _no_edition(library: str) -> Empty:
    return Empty(
        gettext("No edition is under way"),
        gettext(
            "The coordinators of the network open one each season. Then your office gets a page with its weakest "
            "subcriteria and the practices that fit them best. Until then all practices are in the library."
        ),
        _library(library),
    )


def _no_assessment(edition: Edition | None, *, may_start: bool) -> Empty:
    framework = edition.framework.title_in(get_language() or "pl") if edition else ""
    said = gettext(
        "The page is made from your lowest scores. It needs a self-assessment of the whole office by %(framework)s "
        "that your director has approved."
    ) % {"framework": framework}
    until = gettext("This edition runs until %(day)s.") % {"day": numbers.day(edition.ends_on)} if edition else ""
    button = (
        Button(gettext("Begin a self-assessment"), reverse("assessments:assessment-start"))
        if may_start
        else Button(gettext("Self-assessments"), reverse("assessments:assessment-list"), kind="secondary")
    )
    return Empty(gettext("Your office has no approved self-assessment"), f"{said} {until}".strip(), button)


def _library(url: str) -> Button | None:
    return Button(gettext("Good practices"), url, kind="secondary") if url else None
