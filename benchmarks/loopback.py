"""A platform of its own on loopback and PostgreSQL for one measurement: web server, broker, two worker processes."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

ROOT = Path(__file__).resolve().parent.parent
TOKEN = "a" * 32

# A round of the last minute; every office has a director with a session and an application that lacks nothing.
PREPARED = """
import json
from datetime import timedelta
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils import timezone
from qms.accounts.models import User
from qms.awards.models import Application, Category, Paragraph, Programme, Question, Round, Section
from qms.offices.models import Membership, Office, Region
now = timezone.now()
said = "Co miesiąc kierownicy omawiają wnioski z badań klientów i zapisują, co zmienią do następnego spotkania. "
by = User.objects.filter(memberships__role="national_coordinator").first()
region = Region.objects.create(code="CALLED", name_pl="CALLED")
programme = Programme.objects.create(titles={"en": "CALLED"}, slug="CALLED", organiser="Benchmark")
award = Round.objects.create(programme=programme, titles={"en": "CALLED"}, year=2027, slug="CALLED",
    prefix="CALLED".upper(), opens_at=now - timedelta(days=9), closes_at=now + timedelta(hours=1),
    embargo_until=now + timedelta(days=99), state="published", made_by=by)
category = Category.objects.create(round=award, titles={"en": "CALLED"}, slug="CALLED")
sections = [Section.objects.create(category=category, titles={"en": f"Chapter {n}"}, code=f"s{n}", position=n)
    for n in range(1, 4)]
questions = [Question.objects.create(section=one, titles={"en": "What do you do?"}, code="q") for one in sections]
store = import_module(settings.SESSION_ENGINE).SessionStore
rows = []
for number in range(HOW_MANY):
    office = Office.objects.create(kind="county_labour_office", name=f"Office {number}", short_name=f"O{number}",
        slug=f"CALLED-{number}", city="City", language="pl", region=region)
    user = User.objects.create(email=f"CALLED-{number}@example.org", first_name="Director", last_name=str(number),
        language="pl")
    user.set_unusable_password()
    user.save()
    Membership.objects.create(user=user, role="director", office=office)
    application = Application.objects.create(category=category, office=office, started_by=user)
    Paragraph.objects.bulk_create(Paragraph(application=application, question=question, text=said * 6, by=user,
        position=place) for question in questions for place in range(3))
    session = store()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session.save()
    rows.append([application.pk, session.session_key])
print(json.dumps({"rows": rows, "section": sections[0].pk, "question": questions[0].pk,
    "cookie": settings.SESSION_COOKIE_NAME, "csrf": settings.CSRF_COOKIE_NAME}))
"""


@contextmanager
def platform() -> Iterator[Any]:
    """The demonstration on a PostgreSQL of its own; both are gone at the end."""
    sys.path.insert(0, str(ROOT / "bin"))
    from postgres import cluster  # noqa: PLC0415 - lies among the project's commands

    from tests.journeys import stage  # noqa: PLC0415 - brings pytest, which no other measurement needs

    with (
        cluster() as address,
        tempfile.TemporaryDirectory(prefix="qms-rush-") as var,
        patch.dict(os.environ, {"DATABASE_URL": address}),
    ):
        os.environ.pop("QMS_HOSTS", None)  # that of the measurements in this process; the platform has its own
        with stage.demonstration(Path(var)) as running:
            yield running


def prepared(name: str, offices: int) -> str:
    """The lines that prepare a round of that name."""
    return PREPARED.replace("CALLED", name).replace("HOW_MANY", str(offices))
