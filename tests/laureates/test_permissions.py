"""Who reads and answers what became of an application, and in whose history it stands."""

from __future__ import annotations

from datetime import timedelta

import pytest

from qms.awards.models import Application
from qms.laureates import permissions
from tests.factories.laureates import make_decided_category, make_feedback


@pytest.fixture
def report(office, other_office):
    category = make_decided_category({office: 71, other_office: 60})
    return make_feedback(Application.objects.get(office=office, category=category), approved=True)


def test_a_report_is_the_organisers_and_the_heads_and_answered_by_the_heads(report, ana, lena, boris, dora, rob, nora):
    people = (ana, lena, boris, dora, rob, nora)

    assert [permissions.may_run(one, report) for one in people] == [False] * 5 + [True]
    assert [permissions.heads(one, report) for one in people] == [True, True, False, False, False, False]
    assert [permissions.may_read(one, report) for one in people] == [True, True, False, False, False, True]


def test_what_the_heads_fetch_stands_in_their_history_from_the_end_of_the_embargo(report, office, ana, boris, nora):
    until = report.application.category.round.embargo_until
    before = until - timedelta(microseconds=1)

    assert [permissions.own_office_of(one, report, until) for one in (ana, boris, nora)] == [office.pk, None, None]
    assert permissions.own_office_of(ana, report, before) is None
