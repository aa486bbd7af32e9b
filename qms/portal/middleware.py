"""What stands around every page: menu, offices, person, languages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, gettext
from wagtail.models import Page

from qms.core.permissions import sees_some_work
from qms.goodpractices.permissions import may_review_any
from qms.offices.domain import roles
from qms.offices.models import Membership
from qms.offices.permissions import may_invite_jurors, may_manage_everyone
from qms.offices.queries import current_office, offices_of, roles_of
from qms.portal.queries import PageLinks, page_links, remembered, translations_of
from qms.ui.components import Choice, Link, Shell

REMEMBER_SECONDS = 60
ROOM_OF = {"jury": "awards", "laureates": "awards"}  # apps whose pages stand behind the page of another


class ShellMiddleware:
    """Puts the shell on the request; it is only reckoned when a template asks for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.shell = SimpleLazyObject(lambda: shell_of(request))  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_template_response(self, request: HttpRequest, response: TemplateResponse) -> TemplateResponse:
        """A page of the CMS has an address of its own in each language."""
        page = (response.context_data or {}).get("page")
        if isinstance(page, Page):
            request.cms_page = page  # type: ignore[attr-defined]
        return response


def shell_of(request: HttpRequest) -> Shell:
    language = (get_language() or settings.LANGUAGE_CODE)[:2]
    pages = remembered(f"menu:{language}", lambda: page_links(language))
    page = getattr(request, "cms_page", None)
    languages = languages_of_page(page, language) if page is not None and page.pk else ()
    notice = gettext("This is a demonstration with example data.") if settings.QMS_DEMO else ""
    if not request.user.is_authenticated:
        return Shell(
            menu=marked(public_menu(pages), request, pages), footer=pages.footer, languages=languages, notice=notice
        )
    user = request.user
    office = current_office(user, request.session.get("office"))
    return Shell(
        menu=marked(menu_of(user, pages), request, pages),
        offices=tuple(Choice(own.short_name, str(own.pk), own == office) for own in offices_of(user)),
        office=office.short_name if office else "",
        person=user.name,
        role=roles_in_words(user),
        account=account_of(user),
        footer=(*pages.menu, *pages.footer),
        languages=languages,
        notice=notice,
    )


def languages_of_page(page: Page, here: str) -> tuple[Link, ...]:
    """The page's translations; where there is none, that language's home."""
    addresses = remembered(f"translations:{page.pk}", lambda: translations_of(page))
    return tuple(
        Link(
            code.upper(), addresses.get(code, f"/{code}/"), code == here, language=code, title=f"{code.upper()}, {name}"
        )
        for code, name in settings.LANGUAGES
    )


def public_menu(pages: PageLinks) -> tuple[Link, ...]:
    demonstration = (Link(gettext("Demonstration"), reverse("demo:door")),) if settings.QMS_DEMO else ()
    return (*pages.work, *pages.menu, Link(gettext("Offices"), reverse("offices:office-list")), *demonstration)


def menu_of(user: Any, pages: PageLinks) -> tuple[Link, ...]:
    links = [
        Link(gettext("My tasks"), reverse("portal:tasks")),
        Link(gettext("Self-assessment"), reverse("assessments:assessment-list")),
        Link(gettext("Improvement plans"), reverse("improvements:plan-list")),
        *pages.work,
        Link(gettext("Frameworks"), reverse("frameworks:edition-list")),
        Link(gettext("Offices"), reverse("offices:office-list")),
    ]
    if roles_of(user).has(roles.JUROR):
        links.append(Link(gettext("Juries"), reverse("jury:home")))
    if may_manage_everyone(user):
        links.append(Link(gettext("People"), reverse("offices:everyone")))
    elif may_invite_jurors(user):
        links.append(Link(gettext("People"), reverse("offices:jurors")))
    if edits_pages(user):
        links.append(Link(gettext("Pages"), reverse("wagtailadmin_home")))
    return tuple(links)


def edits_pages(user: Any) -> bool:
    """Whether the CMS is open to this person; asked on every page, so remembered a minute (the CMS asks itself)."""
    asked = cache.get_or_set(
        f"portal:edits-pages:{user.pk}", lambda: user.has_perm("wagtailadmin.access_admin"), REMEMBER_SECONDS
    )
    return bool(asked)


def account_of(user: Any) -> tuple[Link, ...]:
    links = [
        Link(gettext("My details"), reverse("accounts:profile")),
        Link(gettext("Password"), reverse("account_change_password")),
        Link(gettext("Second factor"), reverse("mfa_index")),
        Link(gettext("My files and jobs"), reverse("core:jobs")),
    ]
    if roles_of(user).offices():
        links.append(Link(gettext("Practices of my office"), reverse("goodpractices:mine")))
    if may_review_any(user):
        links.append(Link(gettext("Practices to review"), reverse("goodpractices:to-review")))
    if sees_some_work(user):
        links.append(Link(gettext("History"), reverse("core:history")))
    if sees_some_work(user) or settings.QMS_DEMO:
        links.append(Link(gettext("Letters"), reverse("core:outbox")))
    if settings.QMS_DEMO:
        links.append(Link(gettext("Another role"), reverse("demo:door")))
    links.append(Link(gettext("Sign out"), reverse("account_logout")))
    return tuple(links)


def roles_in_words(user: Any) -> str:
    """The person's roles, each once."""
    names = dict(Membership.Role.choices)
    return ", ".join(str(name) for name in dict.fromkeys(names[held.role] for held in roles_of(user).held))


def marked(links: tuple[Link, ...], request: HttpRequest, pages: PageLinks) -> tuple[Link, ...]:
    """The longest link that leads here is the current one, else the page of the app one works in."""
    app = request.resolver_match.app_name if request.resolver_match else ""
    room = dict(pages.rooms).get(ROOM_OF.get(app, app), "")
    here = max((link.url for link in links if request.path.startswith(link.url)), key=len, default=room)
    return tuple(Link(link.label, link.url, current=link.url == here) for link in links)
