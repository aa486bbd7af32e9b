"""A small framework, as text and as a tree."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser, Permission

from qms.frameworks import services
from qms.frameworks.domain.document import read

HERE = Path(__file__).parent
LIBRARY = HERE.parent.parent / "qms" / "frameworks" / "library"


@pytest.fixture(scope="session")
def sample():
    return (HERE / "sample.yaml").read_text("utf-8")


@pytest.fixture(scope="session")
def small(sample):
    return read(sample).framework


@pytest.fixture(scope="session")
def caf():
    return read((LIBRARY / "caf-2020.yaml").read_text("utf-8")).framework


@pytest.fixture
def ana(django_user_model):
    """Someone who works in an office."""
    return django_user_model.objects.create_user("ana@example.org", "secret")


@pytest.fixture
def coordinator(django_user_model):
    """Someone who keeps the frameworks."""
    user = django_user_model.objects.create_user("coordinator@example.org", "secret")
    user.user_permissions.add(Permission.objects.get(codename="manage_editions"))
    return django_user_model.objects.get(pk=user.pk)


@pytest.fixture
def anonymous():
    return AnonymousUser()


@pytest.fixture
def draft(sample, coordinator):
    return services.import_edition(sample, by=coordinator)


@pytest.fixture
def published(draft, coordinator):
    return services.publish_edition(draft, by=coordinator, at=datetime(2026, 11, 18, 12, tzinfo=UTC))
