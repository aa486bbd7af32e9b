"""Pages of a plan with many actions, and the figures of a network, against a bare list of the same rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from random import Random

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from benchmarks import crowd
from benchmarks.bare import bare_client
from benchmarks.measure import Figure, compared
from qms.accounts.models import User
from qms.improvements.components.looks import timeline_of
from qms.improvements.models import Action, ActionNode, Effect, Finding, Plan
from qms.improvements.queries import network
from qms.improvements.queries.plans import plan_view
from qms.offices.models import Membership, Office, OfficeQuerySet

FEW, MANY = 10, 500
OFFICES, EACH = 340, 50
ROUNDS = 7
LIMITS = {"plan page": 12, "board": 10, "timeline": 8}
NETWORK_LIMIT = 8
WHOLE_LIMIT = 40
STATES = ("proposed", "approved", "in_progress", "in_progress", "postponed", "done", "done", "stopped")
JUDGED = ("stakeholders", "results", "visibility", "difficulty", "resources", "speed")


def improvements() -> Iterator[Figure]:
    yield from pages()
    yield from dashboard()


def pages() -> Iterator[Figure]:
    """Plan page, board and timeline of 500 actions, for the quality lead."""
    lead, small, large = _plans()
    client = Client()
    client.force_login(lead)

    def opened(address: str) -> Callable[[], None]:
        def open_it() -> None:
            assert client.get(address).status_code == 200

        return open_it

    def drawn(plan: Plan) -> Callable[[], None]:
        def draw() -> None:
            view = plan_view(plan)
            assert timeline_of(view.rows, view.on) is not None

        return draw

    works = {
        "plan page": [opened(f"/en/plans/{plan.pk}/") for plan in (small, large)],
        "board": [opened(f"/en/plans/{plan.pk}/board/") for plan in (small, large)],
        "timeline": [drawn(plan) for plan in (small, large)],
    }
    plain = bare_client()
    plain.force_login(lead)

    def bare() -> None:
        assert plain.get(f"/list/?plan={large.pk}").status_code == 200

    for name, (few, many) in works.items():
        few(), many()  # warm
        counts = [_queries(work) for work in (few, many)]
        title = f"{name}, queries with {MANY} actions against {FEW}"
        yield Figure(title, counts[1], "queries", baseline=counts[0], limit=counts[0], holds=counts[0] == counts[1])
        yield compared(f"{name} of {MANY} actions", many, bare, limit=LIMITS[name], rounds=ROUNDS)


def dashboard() -> Iterator[Figure]:
    """Every figure of the network over 340 offices with 50 actions each, against a listing of the offices."""
    offices = _network()
    today = timezone.localdate()
    figures: dict[str, Callable[[], object]] = {
        "offices with a plan": lambda: network.offices_with_plan(offices),
        "plans by stage": lambda: network.plans_by_stage(offices),
        "actions by status": lambda: network.actions_by_status(offices),
        "late share": lambda: network.late_actions(offices, on=today),
        "findings answered": lambda: network.findings_by_answer(offices),
        "verdicts": lambda: network.effects_by_verdict(offices),
    }
    for name, figure in figures.items():
        count = _queries(figure)
        title = f"network of {OFFICES} × {EACH} actions, {name}"
        yield Figure(f"{title}, queries", count, "queries", limit=1, holds=count == 1)
        yield compared(title, figure, lambda: _listing(offices), limit=NETWORK_LIMIT, rounds=ROUNDS)
    whole = lambda: (network.network_of(offices, on=today), network.offices_counted(offices, on=today))  # noqa: E731
    yield compared(
        "network, all figures and the table", whole, lambda: _listing(offices), limit=WHOLE_LIMIT, rounds=ROUNDS
    )


def _listing(rows: object) -> None:
    """The barest list: the rows of one query, each by its text."""
    assert [str(row) for row in rows.all()]  # type: ignore[attr-defined]


def _queries(work: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as found:
        work()
    return len(found)


# --- Plans in bulk ---------------------------------------------------------------------------------------------------


def _plans() -> tuple[User, Plan, Plan]:
    """One office with a lead, a small plan and a large one."""
    (office,) = crowd.offices(1)
    people = User.objects.bulk_create(
        User(email=f"plans-{number}@example.org", first_name="Person", last_name=str(number), language="en")
        for number in range(20)
    )
    lead = people[0]
    Membership.objects.create(user=lead, office=office, role=Membership.Role.QUALITY_LEAD)
    small, large = (_plan(office, lead) for _ in range(2))
    for plan, size in ((small, FEW), (large, MANY)):
        _fill([plan], size, people)
    return lead, small, large


def _plan(office: Office, by: User) -> Plan:
    return Plan.objects.create(
        office=office, title="Bench", year=2026, stage="under_way", approved_at=timezone.now(), opened_by=by
    )


def _fill(plans: list[Plan], size: int, people: list[User]) -> None:
    """So many actions in each plan, with findings, nodes, helpers and effects."""
    luck, today, at = Random(size), timezone.localdate(), timezone.now()  # noqa: S311
    actions = Action.objects.bulk_create(
        (
            Action(
                plan=plan,
                number=number + 1,
                title=f"Action {number}",
                owner=luck.choice(people),
                status=STATES[number % len(STATES)],
                start_on=(start := today + timedelta(days=luck.randrange(-300, 100))),
                due_on=start + timedelta(days=luck.randrange(1, 300)),
                added_by=people[0],
                **{name: luck.randint(1, 5) for name in JUDGED},
            )
            for plan in plans
            for number in range(size)
        ),
        batch_size=2000,
    )
    findings = Finding.objects.bulk_create(
        (
            Finding(office=plan.office, key=f"bench:{plan.pk}:{number}", title=f"Finding {number}", added_by=people[0])
            for plan in plans
            for number in range(size // 2)
        ),
        batch_size=2000,
    )
    answers, helpers = Action.findings.through, Action.helpers.through
    pairs = zip(actions, findings, strict=False)
    answers.objects.bulk_create((answers(action=a, finding=f) for a, f in pairs), batch_size=2000)
    helpers.objects.bulk_create((helpers(action=a, user=luck.choice(people)) for a in actions), batch_size=2000)
    ActionNode.objects.bulk_create(
        (ActionNode(action=action, framework="caf-2020", node="6.1") for action in actions), batch_size=2000
    )
    Effect.objects.bulk_create(
        (
            Effect(action=action, verdict=luck.choice(Effect.Verdict.values), stated_by=people[0], stated_at=at)
            for action in actions
            if action.status == "done"
        ),
        batch_size=2000,
    )


def _network() -> OfficeQuerySet:
    """340 offices of one region with a plan of 50 actions each."""
    offices = crowd.offices(OFFICES)
    people = list(User.objects.order_by("pk")[:5])
    plans = [_plan(office, people[0]) for office in offices]
    _fill(plans, EACH, people)
    return Office.objects.active().filter(region=offices[0].region)
