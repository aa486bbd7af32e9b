"""Every kind of page, as every role: without barriers, in three languages, light and dark, wide and narrow.

Pages are found by following links, so a new page is looked at as soon as something links to it. A kind of page is
looked at in full where it is found first, and once more for every further role, to whom it shows other things.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import pytest
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve

from tests.journeys.stage import Visitor

pytestmark = pytest.mark.browser

ROLES: dict[str, tuple[str, str] | None] = {
    "nobody": None,
    "an assessor who scores": ("pup-goldap", "m6"),
    "an assessor who has handed in": ("pup-goldap", "m2"),
    "a lead while sheets come in": ("pup-goldap", "lead"),
    "a chair who waits for sheets": ("pup-goldap", "chair"),
    "a chair in consensus": ("pup-starachowice", "chair"),
    "a director who is to approve": ("um-leczna", "director"),
    "a lead with an approved report": ("um-opole-lubelskie", "lead"),
    "a director with a plan to approve": ("um-krasnystaw", "director"),
    "a regional coordinator": ("", "regional"),
    "a national coordinator": ("", "national"),
    "a juror": ("", "juror2"),
    "the administrator": ("", "administrator"),
}
STARTS = ("/en/", "/en/search/?q=samoocena", "/en/offices/", "/en/frameworks/", "/en/demo/", "/en/ui/gallery/")
STARTS_OF_NOBODY = (
    "/en/accounts/login/",
    "/en/accounts/password/reset/",
    "/en/people/invitation/none/",
    "/en/no-such-page/",
)
STARTS_OF_PEOPLE = (
    "/en/tasks/",
    "/en/assessments/",
    "/en/plans/",
    "/en/work/jobs/",
    "/en/work/mail/",
    "/en/work/history/",
    "/en/people/me/",
    "/en/accounts/password/change/",
    "/en/accounts/2fa/",
    "/en/accounts/2fa/totp/activate/",
    "/en/accounts/logout/",
)

# Within one language the colours stay: axe must not look while they change from light to dark.
LOOKS = (("pl", "light", 1280), ("pl", "light", 360), ("en", "dark", 360), ("ru", "dark", 1280))
NARROW = 320
SAME_FOR_ALL = ("/", "account_", "mfa_", "ui:", "demo:", "portal:search", "frameworks:edition-detail")
OWN = {
    "core",
    "ui",
    "pdf",
    "accounts",
    "offices",
    "frameworks",
    "assessments",
    "goodpractices",
    "exchange",
    "awards",
    "jury",
    "laureates",
    "improvements",
    "portal",
    "demo",
}

# Addresses that are no page of their own, or one that no link leads to; where they are tried instead.
ELSEWHERE = {
    "accounts:invitation-renew": "sent form",
    "assessments:approve": "sent form",
    "assessments:assessment-begin": "sent form",
    "assessments:assessment-remind": "sent form",
    "assessments:consensus": "leads on to the widest node",
    "assessments:consensus-close-ones": "sent form",
    "assessments:evidence-file": "file",
    "assessments:evidence-withdraw": "sent form",
    "assessments:member-chair": "sent form",
    "assessments:member-invite": "sent form",
    "assessments:member-remove": "sent form",
    "assessments:report": "file, tests/journeys/test_self_assessment.py",
    "assessments:report-order": "sent form",
    "assessments:results-csv": "file",
    "assessments:results-send": "sent form",
    "assessments:results-xlsx": "file",
    "assessments:return": "sent form",
    "assessments:sheet-hand-in": "sent form",
    "assessments:sheet-save": "sent by a script",
    "assessments:sheet-xlsx": "file",
    "awards:annex-file": "file",
    "awards:annex-move": "sent form",
    "awards:annex-remove": "sent form",
    "awards:annexes": "tests/journeys/test_awards.py, which may have closed the round before",
    "awards:application": "tests/journeys/test_awards.py, which may have closed the round before",
    "awards:application-list": "tests/journeys/test_awards.py, which may have closed the round before",
    "awards:archive-file": "file",
    "awards:archive-order": "only after a closing; tests/journeys/test_awards.py",
    "awards:assessment": "tests/journeys/test_awards.py, which may have closed the round before",
    "awards:begin": "tests/journeys/test_awards.py, which may have closed the round before",
    "awards:blank-file": "file",
    "awards:blank-order": "sent form",
    "awards:category-add": "only of a round in preparation; tests/awards",
    "awards:category-delete": "sent form",
    "awards:category-move": "sent form",
    "awards:category-edit": "only of a round in preparation; tests/awards",
    "awards:comment-settle": "sent form",
    "awards:dossier": "tests/journeys/test_awards.py, which may have closed the round before",
    "awards:dossier-file": "file",
    "awards:dossier-order": "sent form",
    "awards:editors": "tests/journeys/test_awards.py, which may have closed the round before",
    "awards:fill": "sent form",
    "awards:form": "tests/journeys/test_awards.py, which may have closed the round before",
    "awards:judging": "only of a round in preparation; tests/awards",
    "awards:pass-on": "sent form",
    "awards:pick": "tests/journeys/test_awards.py, which may have closed the round before",
    "awards:prize-add": "only of a round in preparation; tests/awards",
    "awards:prize-delete": "sent form",
    "awards:prize-edit": "only of a round in preparation; tests/awards",
    "awards:prize-move": "sent form",
    "awards:programme-add": "tests/journeys/test_awards.py, which may have closed the round before",
    "awards:programme-delete": "sent form",
    "awards:programme-edit": "tests/journeys/test_awards.py, which may have closed the round before",
    "awards:programme-example": "sent form",
    "awards:question-add": "only of a round in preparation; tests/journeys/test_awards.py",
    "awards:question-delete": "sent form",
    "awards:question-edit": "only of a round in preparation; tests/awards",
    "awards:question-move": "sent form",
    "awards:receipt": "tests/journeys/test_awards.py, which may have closed the round before",
    "awards:received": "tests/journeys/test_awards.py, which may have closed the round before",
    "awards:received-detail": "only after a closing; tests/journeys/test_awards.py",
    "awards:reopen": "only after a closing; tests/journeys/test_awards.py",
    "awards:round": "tests/journeys/test_awards.py, which may have closed the round before",
    "awards:round-add": "tests/journeys/test_awards.py, which may have closed the round before",
    "awards:round-copy": "sent form",
    "awards:round-delete": "sent form",
    "awards:round-edit": "tests/journeys/test_awards.py, which may have closed the round before",
    "awards:round-finish": "sent form",
    "awards:round-list": "tests/journeys/test_awards.py, which may have closed the round before",
    "awards:round-publish": "sent form",
    "awards:round-unpublish": "sent form",
    "awards:rule-add": "only of a round in preparation; tests/awards",
    "awards:rule-delete": "sent form",
    "awards:rule-edit": "only of a round in preparation; tests/awards",
    "awards:section": "tests/journeys/test_awards.py, which may have closed the round before",
    "awards:section-add": "only of a round in preparation; tests/awards",
    "awards:section-comment": "sent form",
    "awards:section-delete": "sent form",
    "awards:section-edit": "only of a round in preparation; tests/awards",
    "awards:section-history": "tests/journeys/test_awards.py, which may have closed the round before",
    "awards:section-move": "sent form",
    "awards:section-ready": "sent form",
    "awards:section-restore": "sent form",
    "awards:section-save": "sent by a script",
    "awards:sections-from-framework": "sent form",
    "awards:submit": "tests/journeys/test_awards.py, which may have closed the round before",
    "awards:take-up": "sent form",
    "awards:verify": "tests/journeys/test_awards.py, which may have closed the round before",
    "awards:verify-any": "tests/awards",
    "awards:withdraw": "tests/journeys/test_awards.py, which may have closed the round before",
    "core:job": "test_the_page_of_a_job, tests/broker",
    "core:job-retry": "sent form",
    "core:letter-html": "frame of a letter",
    "core:letter-resend": "sent form",
    "core:letter-text-restore": "sent form",
    "demo:enter": "sent form",
    "exchange:consent-change": "leads back until a choice is sent; tests/journeys/test_exchange.py",
    "exchange:edition-add": "tests/exchange; the journey of experience sharing may have closed the edition before",
    "exchange:edition-build": "sent form",
    "exchange:edition-close": "sent form",
    "exchange:edition-edit": "tests/exchange; the journey of experience sharing may have closed the edition before",
    "exchange:edition-open": "sent form",
    "exchange:experience-show": "sent form",
    "exchange:experience-unname": "sent form",
    "exchange:for-you-file": "file",
    "exchange:help-answer": "sent form",
    "exchange:help-close": "sent form",
    "exchange:meeting-close": "sent form",
    "exchange:meeting-csv": "file",
    "exchange:meeting-publish": "sent form",
    "exchange:meeting-reopen": "sent form",
    "exchange:meeting-xlsx": "file",
    "exchange:offer-close": "sent form",
    "exchange:page-approve": "sent form",
    "exchange:page-look": "only of an edition whose pages wait; tests/exchange",
    "exchange:part-again": "sent form",
    "exchange:seminar-add": "tests/exchange; the journey of experience sharing may have closed the edition before",
    "exchange:seminar-delete": "sent form",
    "exchange:seminar-edit": "tests/exchange; the journey of experience sharing may have closed the edition before",
    "exchange:set-aside": "sent form",
    "exchange:take-back": "sent form",
    "exchange:theme-add": "tests/exchange; the journey of experience sharing may have closed the edition before",
    "exchange:theme-delete": "sent form",
    "exchange:theme-edit": "tests/exchange; the journey of experience sharing may have closed the edition before",
    "exchange:theme-move": "sent form",
    "exchange:visit-calendar": "file",
    "exchange:visit-rate": "only after a report; tests/journeys/test_exchange.py",
    "exchange:visit-report": "only of a visit that has been; tests/journeys/test_exchange.py",
    "frameworks:edition-edit": "only of a draft, which the demonstration has not; tests/frameworks",
    "frameworks:edition-file": "file",
    "frameworks:edition-publish": "sent form",
    "frameworks:edition-template": "file",
    "frameworks:edition-weights": "only of a draft; tests/frameworks",
    "frameworks:node-edit": "only of a draft; tests/frameworks",
    "frameworks:schema": "file",
    "goodpractices:answer": "one practice is opened, not one with an open question; tests/journeys/test_library.py",
    "goodpractices:ask": "sent form",
    "goodpractices:confirm": "sent form",
    "goodpractices:data-csv": "file",
    "goodpractices:data-json": "file",
    "goodpractices:feed": "file",
    "goodpractices:file": "file",
    "goodpractices:hide": "one practice is opened, not one with a question; tests/goodpractices",
    "goodpractices:search-change": "sent form",
    "goodpractices:search-save": "sent form",
    "goodpractices:submit": "sent form",
    "goodpractices:thank": "sent form",
    "goodpractices:translate": "sent form",
    "goodpractices:withdraw": "sent form",
    "improvements:action-approve": "sent form",
    "improvements:action-delete": "sent form",
    "improvements:action-move": "sent form, tests/journeys/test_improvement.py",
    "improvements:action-place": "sent by a script",
    "improvements:action-weigh": "sent form",
    "improvements:attachment": "file",
    "improvements:calendar-feed": "file",
    "improvements:calendar-renew": "sent form",
    "improvements:communication-delete": "sent form",
    "improvements:feedback-begin": "sent form",
    "improvements:feedback-decide": "only of a written report, which the demonstration has not; tests/improvements",
    "improvements:feedback-declare": "tests/journeys/test_improvement.py",
    "improvements:feedback-edit": "tests/journeys/test_improvement.py",
    "improvements:feedback-leader": "sent form",
    "improvements:feedback-remove": "sent form",
    "improvements:feedback-report": "sent form",
    "improvements:feedback-report-file": "file",
    "improvements:feedback-return": "sent form",
    "improvements:feedback-scheme-file": "file",
    "improvements:feedback-scheme-use": "sent form",
    "improvements:feedback-score": "tests/journeys/test_improvement.py",
    "improvements:feedback-score-hand-in": "sent form",
    "improvements:feedback-submit": "sent form",
    "improvements:feedback-withdraw": "sent form",
    "improvements:finding-answer": "sent form",
    "improvements:finding-delete": "sent form",
    "improvements:finding-restore": "sent form",
    "improvements:network-csv": "file",
    "improvements:plan-csv": "file",
    "improvements:plan-file": "file, tests/journeys/test_improvement.py",
    "improvements:plan-return": "sent form",
    "improvements:plan-send": "sent form",
    "improvements:plan-xlsx": "file",
    "improvements:practice-from-action": "sent form",
    "improvements:practice-from-strength": "sent form",
    "jury:agree": "tests/journeys/test_jury.py, which may have decided the category before",
    "jury:agree-close": "sent form",
    "jury:annex": "file",
    "jury:assign": "tests/journeys/test_jury.py, which may have decided the category before",
    "jury:ballot": "tests/journeys/test_jury.py, which may have decided the category before",
    "jury:ballot-add": "tests/journeys/test_jury.py, which may have decided the category before",
    "jury:ballot-end": "tests/journeys/test_jury.py, which may have decided the category before",
    "jury:ballot-hand-in": "sent form",
    "jury:ballot-section": "tests/journeys/test_jury.py, which may have decided the category before",
    "jury:ballot-unlock": "tests/journeys/test_jury.py, which may have decided the category before",
    "jury:board": "tests/journeys/test_jury.py, which may have decided the category before",
    "jury:conflict": "tests/journeys/test_jury.py, which may have decided the category before",
    "jury:declare": "tests/journeys/test_jury.py, which may have decided the category before",
    "jury:dossier": "tests/journeys/test_jury.py, which may have decided the category before",
    "jury:juror-add": "tests/journeys/test_jury.py, which may have decided the category before",
    "jury:juror-copy": "file",
    "jury:juror-edit": "tests/journeys/test_jury.py, which may have decided the category before",
    "jury:juror-leave": "sent form",
    "jury:phase-add": "tests/journeys/test_jury.py, which may have decided the category before",
    "jury:phase-delete": "sent form",
    "jury:phase-edit": "tests/journeys/test_jury.py, which may have decided the category before",
    "jury:phases": "tests/journeys/test_jury.py, which may have decided the category before",
    "jury:phases-suggest": "sent form",
    "jury:pool": "tests/journeys/test_jury.py, which may have decided the category before",
    "jury:prizes-decide": "tests/journeys/test_jury.py, which may have decided the category before",
    "jury:promise": "tests/journeys/test_jury.py, which may have decided the category before",
    "jury:protocol": "tests/journeys/test_jury.py, which may have decided the category before",
    "jury:protocol-file": "file",
    "jury:protocol-order": "sent form",
    "jury:protocol-verify": "tests/journeys/test_jury.py, which may have decided the category before",
    "jury:protocol-verify-any": "tests/journeys/test_jury.py, which may have decided the category before",
    "jury:reading": "tests/journeys/test_jury.py, which may have decided the category before",
    "jury:remind": "sent form",
    "jury:shortage": "only where too few may judge, as nowhere in the demonstration; tests/jury",
    "jury:shortage-withdraw": "sent form",
    "jury:talk": "tests/journeys/test_jury.py, which may have decided the category before",
    "jury:visit": "tests/journeys/test_jury.py, which may have decided the category before",
    "jury:visit-cancel": "sent form",
    "jury:visit-list": "tests/journeys/test_jury.py, which may have decided the category before",
    "jury:visit-plan": "tests/journeys/test_jury.py, which may have decided the category before",
    "jury:visit-report": "tests/journeys/test_jury.py, which may have decided the category before",
    "jury:visits-decide": "tests/journeys/test_jury.py, which may have decided the category before",
    "laureates:diploma-change": "tests/journeys/test_jury.py, which may have decided the category before",
    "laureates:diploma-file": "file",
    "laureates:diploma-order": "sent form",
    "laureates:diploma-verify": "tests/journeys/test_jury.py, which may have decided the category before",
    "laureates:diplomas": "tests/journeys/test_jury.py, which may have decided the category before",
    "laureates:diplomas-file": "file",
    "laureates:diplomas-issue": "sent form",
    "laureates:diplomas-order": "sent form",
    "laureates:export": "file",
    "laureates:feedback": "tests/journeys/test_jury.py, which may have decided the category before",
    "laureates:feedback-approve": "sent form",
    "laureates:feedback-edit": "tests/journeys/test_jury.py, which may have decided the category before",
    "laureates:feedback-file": "file",
    "laureates:feedback-lay-down": "sent form",
    "laureates:feedback-list": "tests/journeys/test_jury.py, which may have decided the category before",
    "laureates:feedback-order": "sent form",
    "laureates:feedback-reopen": "sent form",
    "laureates:page-show": "sent form",
    "laureates:practice": "sent form",
    "laureates:press": "tests/journeys/test_jury.py, which may have decided the category before",
    "laureates:press-ask": "sent form",
    "laureates:press-begin": "sent form",
    "laureates:press-edit": "tests/journeys/test_jury.py, which may have decided the category before",
    "laureates:press-list": "tests/journeys/test_jury.py, which may have decided the category before",
    "laureates:press-release": "file",
    "laureates:result": "tests/journeys/test_jury.py, which may have decided the category before",
    "laureates:statistics": "tests/journeys/test_jury.py, which may have decided the category before",
    "laureates:tell": "tests/journeys/test_jury.py, which may have decided the category before",
    "laureates:verify-any": "tests/journeys/test_jury.py, which may have decided the category before",
    "offices:choose": "sent form",
    "offices:import-confirm": "sent form",
    "offices:import-preview": "tests/offices",
    "offices:import-template": "file",
    "offices:juror-withdraw": "sent form",
    "offices:membership-change": "sent form",
    "offices:membership-end": "sent form",
    "offices:membership-remind": "sent form",
    "pdf:rendering": "file",
    "pdf:sample": "file",
}


@dataclass
class Album:
    """What has been looked at so far, by whom."""

    seen: set[str] = field(default_factory=set)
    roles: set[str] = field(default_factory=set)
    turn: Iterator[int] = field(default_factory=count)


@pytest.fixture(scope="module")
def album() -> Album:
    return Album()


@pytest.mark.parametrize("role", ROLES)
def test_pages_have_no_barriers_for(role: str, visitor: Callable[..., Visitor], album: Album):
    person = visitor()
    if account := ROLES[role]:
        person.enter(*account)
    found: list[str] = []
    for kind, path in places(person, STARTS + (STARTS_OF_PEOPLE if account else STARTS_OF_NOBODY)).items():
        if kind in album.seen and kind.startswith(SAME_FOR_ALL):
            continue
        looks = LOOKS if kind not in album.seen else (LOOKS[next(album.turn) % len(LOOKS)],)
        album.seen.add(kind)
        found += [f"{path} {what}" for what in look_at(person, path, looks)]
    album.roles.add(role)
    assert found == [], "\n".join(found)


def test_every_kind_of_page_was_looked_at(album: Album):
    if album.roles != set(ROLES):
        pytest.skip("Not every role has been through.")
    kinds = set(names())

    assert sorted(kinds - album.seen - set(ELSEWHERE)) == [], "Link to it, or say in ELSEWHERE where it is tried."
    assert sorted(set(ELSEWHERE) - kinds) == []


def test_the_page_of_a_job_and_of_what_cannot_be_saved(visitor: Callable[..., Visitor]):
    lead = visitor()
    page = lead.enter("um-krasnystaw", "lead")
    page.get_by_role("main").get_by_role("row").get_by_role("link").first.click()
    page.get_by_role("main").get_by_role("link", name="Results").first.click()
    page.get_by_role("button", name="Typeset the report").click()
    lead.accessible()
    lead.open("/en/work/jobs/")
    page.get_by_role("main").locator(".job-title a").first.click()
    lead.accessible()

    assessor = visitor(javascript=True, scheme="dark")
    page = assessor.enter("pup-goldap", "m4")
    assessor.open("/en/tasks/")
    assessor.open("/en/assessments/start/", status=403)
    assessor.accessible()


# --- Finding pages ---------------------------------------------------------------------------------------------------


def places(person: Visitor, starts: tuple[str, ...]) -> dict[str, str]:
    """One address for every kind of page that the person's links lead to, and every page of the CMS."""
    found: dict[str, str] = {}
    asked: set[str] = set()
    queue = list(starts)
    while queue:
        path = queue.pop(0)
        kind = kind_of(path)
        if not kind or kind in found or path in asked or ELSEWHERE.get(kind, "").startswith("file"):
            continue
        asked.add(path)
        answer = person.page.context.request.get(person.demonstration.path(path))
        if not answer.headers.get("content-type", "").startswith("text/html") or answer.status in (403, 405):
            continue
        here = answer.url.removeprefix(person.demonstration.address)
        if kind_of(here) != kind:
            queue.append(here)
            continue
        found[kind] = path
        queue += [link.replace("&amp;", "&") for link in re.findall(r'<a[^>]*\shref="(/en/[^"#]*)', answer.text())]
    return found


def kind_of(path: str) -> str:
    """The name of the view that answers; for pages of the CMS their own address."""
    bare = path.partition("?")[0]
    try:
        name = resolve(bare).view_name
    except Resolver404:
        return ""
    return bare if name == "wagtail_serve" else name


def names(patterns: Any = None, space: str = "") -> Iterator[str]:
    """Every address of our apps by its name."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern.url_patterns, pattern.namespace or space)
        elif isinstance(pattern, URLPattern) and space in OWN:
            yield f"{space}:{pattern.name}"


# --- Looking at them -------------------------------------------------------------------------------------------------


def look_at(person: Visitor, path: str, looks: tuple[tuple[str, str, int], ...]) -> Iterator[str]:
    """What is wrong with a page in each look, and whether it can be read at 320 pixels without scrolling sideways."""
    page = person.page
    here = ""
    for language, scheme, width in looks:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        if language != here:
            page.goto(person.demonstration.path(path))
            if language != "en":
                page.goto(page.locator(f".lang a[lang={language}]").first.evaluate("link => link.href"))
            here = language
        if (said := page.locator("html").get_attribute("lang")) != language:
            yield f"is in {said}, not in {language}"
        yield from (f"[{language}, {scheme}, {width}] {barrier}" for barrier in person.barriers())
        page.set_viewport_size({"width": NARROW, "height": 900})
        if too_wide := page.evaluate(TOO_WIDE):
            yield f"[{language}, {NARROW}] scrolls sideways: {too_wide}"


TOO_WIDE = """() => {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) return "";
    const wide = [...document.querySelectorAll("body *")].filter(
        (one) => one.getBoundingClientRect().right > room + 1 && !one.closest(".scroll, .hide"));
    const said = wide.slice(0, 4).map((one) => `${one.tagName}.${one.className.baseVal ?? one.className}`);
    return said.join(" ") || `${document.documentElement.scrollWidth} of ${room}`;
}"""
