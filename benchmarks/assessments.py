"""Pages of a large group against a bare Wagtail page, and the benchmark of many offices against that of few."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from random import Random

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from benchmarks import crowd
from benchmarks.measure import Figure, compared, seconds_of
from benchmarks.pages import bare_page
from qms.accounts.models import User
from qms.assessments.models import Assessment, CriterionResult, NodeResult, Sheet
from qms.assessments.queries import benchmark_of

MEMBERS = 30
ROUNDS = 15
QUERIES_LIMIT = 60
TIMES_LIMIT = 4
FEW, MANY = 340, 3400
GROWTH_LIMIT = 12


def assessments() -> Iterator[Figure]:
    yield from pages()
    yield benchmark()


def pages() -> Iterator[Figure]:
    """The chair's consensus page and results, and a member's own sheet: 30 members, 28 subcriteria, all texts."""
    agreeing = crowd.group(MEMBERS, stage=Assessment.Stage.CONSENSUS)
    scoring = crowd.group(MEMBERS, stage=Assessment.Stage.INDIVIDUAL)
    node = agreeing.edition.tree().scored[0].identifier
    sheet = Sheet.objects.select_related("member__user").filter(member__assessment=scoring).order_by("pk")[1]
    chair = agreeing.members.select_related("user").get(role="chair").user
    addresses = {
        "consensus page": (chair, f"/en/assessments/{agreeing.pk}/consensus/{node}/"),
        "sheet page": (sheet.member.user, f"/en/assessments/sheets/{sheet.pk}/{node}/"),
        "results page": (chair, f"/en/assessments/{agreeing.pk}/results/"),
    }
    with bare_page() as bare:
        for name, (person, address) in addresses.items():
            client = Client()
            client.force_login(person)

            def ours(client: Client = client, address: str = address) -> None:
                assert client.get(address).status_code == 200

            ours()
            with CaptureQueriesContext(connection) as queries:
                ours()
            done = len(queries)
            yield Figure(f"{name}, queries", done, "queries", limit=QUERIES_LIMIT, holds=done < QUERIES_LIMIT)
            yield compared(name, ours, bare, limit=TIMES_LIMIT, rounds=ROUNDS)
        yield first_openings(agreeing, chair, bare)


def first_openings(assessment: Assessment, chair: User, bare: Callable[[], None]) -> Figure:
    """Every other subcriterion, each opened once: nothing of its texts has been drawn before."""
    client = Client()
    client.force_login(chair)
    addresses = (
        f"/en/assessments/{assessment.pk}/consensus/{node.identifier}/" for node in assessment.edition.tree().scored[1:]
    )

    def first() -> None:
        assert client.get(next(addresses)).status_code == 200

    rounds = len(assessment.edition.tree().scored) - 2  # one more is opened to warm what all pages share
    figure = compared("consensus page, first opening", first, bare, limit=0, rounds=rounds)
    return replace(figure, limit=None, holds=None)


def benchmark() -> Figure:
    """Medians of 3,400 approved assessments against those of 340."""
    _approve(FEW)
    few = _seconds()
    _approve(MANY - FEW)
    many = _seconds()
    ratio = many / few
    name = f"benchmark of {MANY} offices against {FEW}"
    return Figure(
        name, round(many * 1000, 1), "ms", round(few * 1000, 1), round(ratio, 2), GROWTH_LIMIT, ratio < GROWTH_LIMIT
    )


def _seconds() -> float:
    own = Assessment(office_id=0, edition=crowd.caf())
    assert benchmark_of(own) is not None
    return statistics.median(seconds_of(lambda: benchmark_of(own)) for _ in range(7))


def _approve(size: int) -> None:
    framework, edition, luck, at = crowd.caf().tree(), crowd.caf(), Random(size), timezone.now()  # noqa: S311
    by = User.objects.order_by("pk").first()
    rows = Assessment.objects.bulk_create(
        Assessment(
            office=office,
            edition=edition,
            panel=crowd.PANEL,
            title="Bench",
            year=2025,
            stage=Assessment.Stage.APPROVED,
            approved_at=at - timedelta(minutes=place),
            benchmark_consent=Assessment.Consent.ANONYMOUS,
            opened_by=by,
        )
        for place, office in enumerate(crowd.offices(size))
    )
    score = lambda: Decimal(luck.randrange(10_001)) / 100  # noqa: E731
    NodeResult.objects.bulk_create(
        (
            NodeResult(assessment=row, node=node.identifier, score=score(), count=8)
            for row in rows
            for node in framework.scored
        ),
        batch_size=5000,
    )
    names = [*(node.identifier for node in framework.criteria), CriterionResult.TOTAL]
    CriterionResult.objects.bulk_create(
        (CriterionResult(assessment=row, criterion=name, score=score()) for row in rows for name in names),
        batch_size=5000,
    )
