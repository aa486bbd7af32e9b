"""The board of a category with 340 applications and five jurors, against a page of plain Wagtail; and its weight."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from itertools import product
from random import Random

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from benchmarks import crowd
from benchmarks.measure import Figure, compared
from benchmarks.pages import bare_page
from qms.accounts.models import User
from qms.awards.models import Application, Category, Judging, Programme, Round, Section
from qms.jury.models import Ballot, Exclusion, Juror, Mark, Phase
from qms.jury.services.standing import restand
from qms.offices.models import Membership

FEW, MANY, JURORS = 3, 340, 5
ROUNDS = 15
LIMIT, QUERIES, KILOBYTES = 12, 12, 150
LOADED = re.compile(r'(?:href|src)="/static/([^"]+\.(?:css|js|woff2))"')


def jury() -> Iterator[Figure]:
    organiser = User.objects.create(email="organiser@bench.example", first_name="Bench", last_name="O", language="en")
    Membership.objects.create(user=organiser, role=Membership.Role.NATIONAL_COORDINATOR)
    client = Client()
    client.force_login(organiser)
    session = client.session
    session["demo_door"] = True  # as the demonstration lets its organisers in, without a second factor
    session.save()
    address = {size: f"/en/jury/categories/{_category(organiser, size).pk}/board/" for size in (FEW, MANY)}
    title = f"board of {MANY} applications × {JURORS} jurors"

    def board() -> None:
        assert client.get(address[MANY]).status_code == 200

    counts = {size: _queries(client, address[size]) for size in (FEW, MANY)}
    yield Figure(
        f"{title}, queries against {FEW}",
        counts[MANY],
        "queries",
        baseline=counts[FEW],
        limit=QUERIES,
        holds=counts[MANY] == counts[FEW] <= QUERIES,
    )
    with bare_page() as bare:
        yield compared(title, board, bare, limit=LIMIT, rounds=ROUNDS)
    page = client.get(address[MANY]).content
    yield _weight(f"{title}, page", len(page))
    yield _weight(f"{title}, page, styles and scripts, packed", len(gzip.compress(page, 6)) + _packed(page.decode()))


def _queries(client: Client, address: str) -> int:
    client.get(address)  # warm
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


def _weight(name: str, size: int) -> Figure:
    kilobytes = size / 1024
    return Figure(name, round(kilobytes, 1), "KB", limit=KILOBYTES, holds=kilobytes <= KILOBYTES)


def _packed(page: str) -> int:
    """Styles, scripts and the font that the page names, as they go over the wire."""
    total = 0
    for name in set(LOADED.findall(page)):
        content = (settings.STATIC_ROOT / name).read_bytes()
        total += len(content) if name.endswith("woff2") else len(gzip.compress(content, 6))
    return total


# --- A jury in bulk --------------------------------------------------------------------------------------------------


def _category(by: User, size: int) -> Category:
    """So many applications, each scored by all jurors but one who is excluded; every tenth waits for a ballot."""
    now, luck = timezone.now(), Random(size)  # noqa: S311
    category = _judged(by, f"bench-{size}")
    sections = list(category.sections.order_by("position"))
    applications = Application.objects.bulk_create(
        Application(category=category, office=office, state="submitted", number=f"B{size}-{place:03}", started_by=by)
        for place, office in enumerate(crowd.offices(size), 1)
    )
    people = User.objects.bulk_create(
        User(email=f"juror-{size}-{place}@bench.example", first_name="Juror", last_name=str(place), language="en")
        for place in range(JURORS)
    )
    jurors = Juror.objects.bulk_create(
        Juror(round=category.round, user=person, number=place, added_by=by, accepted_at=now)
        for place, person in enumerate(people, 1)
    )
    category.jurors.set(jurors)
    made = [
        Ballot(
            juror=juror,
            application=one,
            state="draft" if place % 10 == 0 and juror is jurors[-1] else "in",
            handed_in_at=now,
            total=Decimal(luck.randrange(3000, 9000)) / 100,
            assigned_by=by,
            assigned_at=now,
        )
        for (place, one), juror in product(enumerate(applications), jurors)
        if place % JURORS != juror.number - 1
    ]
    ballots = Ballot.objects.bulk_create(made, batch_size=500)
    Mark.objects.bulk_create(
        (Mark(ballot=ballot, section=section, score=ballot.total) for ballot in ballots for section in sections),
        batch_size=500,
    )
    Exclusion.objects.bulk_create(
        Exclusion(juror=jurors[place % JURORS], application=one, kind="declared", reason="A relative.", made_at=now)
        for place, one in enumerate(applications)
    )
    for one in applications:
        restand(one, now)
    return category


def _judged(by: User, slug: str) -> Category:
    now = timezone.now()
    programme = Programme.objects.create(titles={"en": slug}, slug=slug, organiser="Bench")
    found = Round.objects.create(
        programme=programme,
        titles={"en": slug},
        year=2027,
        slug=slug,
        prefix=slug,
        opens_at=now - timedelta(days=30),
        closes_at=now - timedelta(days=1),
        embargo_until=now + timedelta(days=60),
        state=Round.State.PUBLISHED,
        made_by=by,
    )
    category = Category.objects.create(round=found, titles={"en": "Offices"}, slug=slug)
    Judging.objects.create(category=category, jurors=JURORS)
    Section.objects.bulk_create(
        Section(category=category, code=f"s{place}", titles={"en": f"Chapter {place}"}, position=place, weight=1)
        for place in range(1, 3)
    )
    Phase.objects.create(
        round=found,
        titles={"en": "Blind scores"},
        starts_at=now - timedelta(hours=1),
        ends_at=now + timedelta(days=7),
        sees=Phase.Sees.CATEGORY,
        may_score=True,
    )
    return category
