"""Handlers of example jobs, and people who may see what."""

import pytest
from django.urls import get_resolver
from django.utils.module_loading import autodiscover_modules

from qms.accounts.models import User
from qms.core import jobs
from qms.core.permissions import history_scopes
from qms.lifecycle import Refused


@pytest.fixture(autouse=True, scope="session")
def _addresses():
    """Read once with the settings of the tests, before one of them says that this is no demonstration."""
    assert get_resolver().url_patterns


@pytest.fixture
def handlers(monkeypatch):
    """A registry of its own, so that examples do not meet real ones."""
    autodiscover_modules("tasks")  # or else real ones that are read only now would be forgotten with the examples
    own = {}
    monkeypatch.setattr(jobs, "_handlers", own)
    return own


@pytest.fixture
def builds(handlers):
    """Three kinds of job: one that works, one that refuses, one that breaks."""
    done = []

    @jobs.handler("example.works", queue="documents", result_label="Open the report")
    def works(job, report_progress):
        report_progress(40, "Typesetting")
        done.append(job.pk)
        return f"/result/{job.pk}/"

    @jobs.handler("example.refuses")
    def refuses(job, report_progress):
        raise Refused("Only %(count)s of 5 offices agreed.", count=3)

    @jobs.handler("example.breaks")
    def breaks(job, report_progress):
        raise RuntimeError("disk full at /secret/path")

    return done


@pytest.fixture
def anna(db):
    return User.objects.create_user("anna@pup.example", "long enough for all", first_name="Anna", last_name="Nowak")


@pytest.fixture
def dora(db):
    return User.objects.create_user("dora@other.example", "long enough for all", first_name="Dora", last_name="Kos")


@pytest.fixture
def admin(db):
    """Who may see everything; not a superuser, so that no second factor is asked for."""
    return User.objects.create_user("admin@qms.example", "long enough for all", first_name="Ada", last_name="Min")


@pytest.fixture(autouse=True)
def _scopes():
    """The rules of these tests alone."""
    before = list(history_scopes)
    history_scopes[:] = [lambda user: "all" if user.email == "admin@qms.example" else None]
    yield
    history_scopes[:] = before


@pytest.fixture
def anna_leads_office_7(anna):
    """Anna may see the work of office 7."""
    history_scopes.append(lambda user: {7} if user.pk == anna.pk else None)
    return anna
