"""Every address of the platform, asked for by everybody, for an own and a foreign office.

The outcome is compared with the table in access.md. A new address needs its line in addresses.py and its row in the
table: `QMS_WRITE_ACCESS=1 pytest tests/architecture/test_access.py -n 0` writes the table anew; read what changed
before you commit it. How to read and change it: docs/how-to/rights.md.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.core.files.storage import FileSystemStorage
from django.core.handlers.base import BaseHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import override_settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.translation import override
from wagtail.documents import get_document_model

from config import urls
from qms.accounts.models import User
from tests.architecture.addresses import CASES, CMS, PAGES, SIGN_IN, Case
from tests.architecture.world import GUARDED, ROLES, Side, World, build_world

TABLE = Path(__file__).parent / "access.md"
WRITES = bool(os.environ.get("QMS_WRITE_ACCESS"))
OWN_APPS = (
    "portal",
    "exchange",
    "laureates",
    "jury",
    "awards",
    "improvements",
    "goodpractices",
    "assessments",
    "frameworks",
    "offices",
    "accounts",
    "pdf",
    "core",
)
LIBRARIES = ("account_", "mfa_")
IN_DEMONSTRATION = {"pdf:sample", "core:outbox", "core:letter", "core:letter-html", "core:letter-resend"}

HANDLER = BaseHandler()
HANDLER.load_middleware()

Cells = tuple[str, ...]
Key = tuple[str, str, str]

HEAD = """# Who reaches what

Written and compared by test_access.py: every address, asked for as every role. `own/foreign`: for an object of the own
office (for coordinators: of the own region) and of a foreign one; one word where both are alike, so a `yes` without a
stroke opens the foreign office too. The outsider works in a third office, in the region of the regional coordinator.
Coordinators and administrators have their second factor here; without it every address leads to its set-up.

| word | what comes back |
|---|---|
| yes | the page, the file, or the form with what is missing in it |
| bad | the right is there, but what was sent cannot be used |
| moves | on to another page of the platform: done, or refused with a sentence |
| login | on to the sign-in |
| no | 403: it may be seen, but not this |
| none | 404: for this person it does not exist |
| post | 405: only sent forms are answered |
| gone | 410: the link has served its time |
"""


# --- What there is to ask for ----------------------------------------------------------------------------------------


def routes() -> Iterator[str]:
    """Every address of our apps and of the sign-in, by name."""
    yield from _walk(get_resolver().url_patterns, "")


def _walk(patterns: list[URLPattern | URLResolver], namespace: str) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, pattern.namespace or namespace)
        elif namespace in {*OWN_APPS, "ui", "demo"}:
            yield f"{namespace}:{pattern.name}"
        elif not namespace and (pattern.name or "").startswith(LIBRARIES):
            yield pattern.name


def sections() -> dict[str, dict[str, list[Case]]]:
    """The tables, by title."""
    found = {app: {name: cases for name, cases in CASES.items() if name.startswith(f"{app}:")} for app in OWN_APPS}
    demonstration = {
        name: cases for name, cases in CASES.items() if name in IN_DEMONSTRATION or name.startswith(("demo:", "ui:"))
    }
    found["pdf"].pop("pdf:sample")
    return {**found, "sign-in": SIGN_IN, "pages": PAGES, "cms": CMS, "demonstration": demonstration}


def test_every_address_has_its_case():
    known = {*CASES, *SIGN_IN}
    missing = sorted(set(routes()) - known)
    stale = sorted(known - set(routes()))

    assert not missing, f"Nobody asks for {', '.join(missing)}. Add a line for each to tests/architecture/addresses.py."
    assert not stale, f"There is no address {', '.join(stale)} any more. Take it out of addresses.py and access.md."


# --- Asking ----------------------------------------------------------------------------------------------------------


def plain_answer(request, *_arguments, **_values):
    """Our pages for 403 and 404 take longer than the question."""
    return HttpResponse(status=403 if isinstance(_values.get("exception"), PermissionDenied) else 404)


@pytest.fixture(scope="module")
def asked(django_db_setup, django_db_blocker, tmp_path_factory):
    """Everybody signed in, once for all tests of this file."""
    patch = pytest.MonkeyPatch()
    # A file that was sent ends its request and, on PostgreSQL, would end our one connection too.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    # The pages' documents are sent from a disk.
    files = FileSystemStorage(tmp_path_factory.mktemp("documents"))
    patch.setattr(get_document_model()._meta.get_field("file"), "storage", files)
    with django_db_blocker.unblock(), override("en"), transaction.atomic():
        world = build_world()
        logging.disable(logging.ERROR)
        for name in ("handler403", "handler404"):
            patch.setattr(urls, name, plain_answer, raising=False)
        yield world, {role: signed_in(person) for role, person in world.people.items()}
        patch.undo()
        logging.disable(logging.NOTSET)
        transaction.set_rollback(True)
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def signed_in(person: User | AnonymousUser) -> RequestFactory:
    """Requests with this person's session."""
    asker = RequestFactory()
    if person.is_authenticated:
        client = Client()
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        asker.cookies = client.cookies
    return asker


def answer_to(asker: RequestFactory, method: str, path: str, body: str = "") -> HttpResponse:
    """What comes back; nothing that the request changed stays."""
    # Not by the client itself: it copies the context of every template, which takes longer than the page.
    request = asker.generic(method, path, body, content_type="application/x-www-form-urlencoded")
    request._dont_enforce_csrf_checks = True
    with transaction.atomic():
        answer = HANDLER.get_response(request)
        if answer.streaming:
            answer.close()
        transaction.set_rollback(True)
    return answer


def word_for(answer: HttpResponse) -> str:
    if answer.status_code in (301, 302):
        leads_to = answer["Location"].partition("?")[0]
        if leads_to == reverse("account_login"):
            return "login"
        return "factor" if leads_to == reverse("mfa_activate_totp") else "moves"
    words = {200: "yes", 400: "bad", 401: "login", 403: "no", 404: "none", 405: "post", 409: "bad", 410: "gone"}
    return words.get(answer.status_code, "bad" if answer.status_code == 422 else str(answer.status_code))


def path_of(name: str, case: Case, world: World, side: Side) -> str:
    path = case.path(world, side) if case.path else case.query
    if path.startswith("/"):
        return path
    return reverse(name, kwargs={key: pick(world, side) for key, pick in case.arguments.items()}) + path


def body_of(case: Case, world: World, side: Side) -> str:
    """What is sent: nothing, unless only that names the object."""
    return case.body(world, side) if case.body else ""


def row_of(name: str, case: Case, world: World, askers: dict[str, RequestFactory]) -> Cells:
    own = path_of(name, case, world, world.own)
    foreign = path_of(name, case, world, world.foreign) if case.belongs else ""
    cells = []
    for role in ROLES:
        mine = word_for(answer_to(askers[role], case.method, own, body_of(case, world, world.own)))
        theirs = mine
        if foreign:
            theirs = word_for(answer_to(askers[role], case.method, foreign, body_of(case, world, world.foreign)))
        cells.append(mine if mine == theirs else f"{mine}/{theirs}")
    return tuple(cells)


# --- The table -------------------------------------------------------------------------------------------------------


def key_of(name: str, case: Case) -> Key:
    return name.rpartition(":")[2] if name in CASES else name, case.label, case.of


def written() -> dict[str, dict[Key, Cells]]:
    """The rows that access.md has, by section."""
    found: dict[str, dict[Key, Cells]] = {}
    for part in re.split(r"^## ", TABLE.read_text("utf-8"), flags=re.MULTILINE)[1:]:
        title, _, body = part.partition("\n")
        lines = [line for line in body.splitlines() if line.startswith("|")][2:]
        cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
        found[title.strip()] = {(one[0], one[1], one[2]): tuple(one[3:]) for one in cells}
    return found


def in_words(tables: dict[str, dict[Key, Cells]]) -> str:
    parts = [HEAD]
    for title, rows in tables.items():
        lines = [("address", "request", "of", *ROLES), *((*key, *cells) for key, cells in rows.items())]
        widths = [max(len(line[number]) for line in lines) for number in range(len(lines[0]))]
        texts = [
            "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |"
            for line in lines
        ]
        texts.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
        parts.append(f"\n## {title}\n\n" + "\n".join(texts) + "\n")
    return "".join(parts)


@pytest.mark.parametrize("title", sections())
def test_everybody_reaches_what_the_table_says(title, asked, db):
    world, askers = asked
    with override("en"), override_settings(QMS_DEMO=title == "demonstration"):
        found = {
            key_of(name, case): row_of(name, case, world, askers)
            for name, cases in sections()[title].items()
            for case in cases
        }
    if WRITES:
        tables = written() if TABLE.exists() else {}
        tables[title] = found
        TABLE.write_text(in_words({name: tables[name] for name in sections() if name in tables}), "utf-8")
    rows = written().get(title, {})
    missing = [" ".join(key).strip() for key in found if key not in rows]
    assert not missing, (
        f"access.md has no row for {', '.join(missing)} under {title}. Write the table anew with QMS_WRITE_ACCESS=1,"
        " then read the new rows: is every “yes” right?"
    )
    stale = [" ".join(key).strip() for key in rows if key not in found]
    assert not stale, f"access.md has rows under {title} that nobody asks for: {', '.join(stale)}. Take them out."
    wrong = [
        f"{' '.join(key).strip()} as {role}: {cell}, but the table says {expected}"
        for key, cells in found.items()
        for role, cell, expected in zip(ROLES, cells, rows[key], strict=True)
        if cell != expected
    ]
    assert not wrong, "Rights changed. Mend the right, or the table if the change is meant:\n" + "\n".join(wrong)


# --- Without a second factor, and by the wrong kind of request -------------------------------------------------------

STAY_OPEN = ("mfa_", "account_logout", "account_reauthenticate", "wagtailadmin_login", "wagtailcore_login")


@pytest.mark.parametrize("role", GUARDED)
def test_without_a_second_factor_every_address_leads_to_its_set_up(role, asked, db):
    world, askers = asked
    Authenticator.objects.filter(user=world.people[role]).delete()
    everything = {**CASES, **SIGN_IN, **PAGES, **CMS}
    with override("en"), override_settings(QMS_DEMO=False):
        open_ones = {
            path
            for name, cases in everything.items()
            if not name.startswith(STAY_OPEN)
            for case in cases
            if word_for(answer_to(askers[role], case.method, path := path_of(name, case, world, world.own))) != "factor"
        }

    assert open_ones == set()


@pytest.mark.parametrize("title", OWN_APPS)
def test_pages_that_only_show_answer_no_sent_form(title, asked, db):
    world, askers = asked
    shown = {name: cases for name, cases in sections()[title].items() if {one.method for one in cases} == {"GET"}}
    with override("en"), override_settings(QMS_DEMO=False):
        answering = {
            name
            for name, cases in shown.items()
            for role in ("lead", "national")
            if word_for(answer_to(askers[role], "POST", path_of(name, cases[-1], world, world.own)))
            not in {"post", "none", "no"}
        }

    assert answering == set(), f"{', '.join(sorted(answering))} take POST too: add it to their lines in addresses.py."
