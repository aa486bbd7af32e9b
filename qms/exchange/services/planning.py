"""Planning an edition: what every page is to show, reckoned for all themes and offices at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from qms.assessments.domain.snapshot import digest
from qms.assessments.models import Assessment
from qms.exchange.domain.inviting import invited_to, with_visits
from qms.exchange.domain.matching import Need, proposals_of
from qms.exchange.domain.material import Material, Shown
from qms.exchange.domain.office_plan import office_blocks
from qms.exchange.domain.planning import Block, Ground, market_of, needs_of
from qms.exchange.domain.releasing import Decision, decision_on
from qms.exchange.domain.theme_plan import theme_blocks
from qms.exchange.models import Edition, Part, Release
from qms.exchange.queries.material import material_of

Needs = Mapping[int, tuple[Need, ...]]  # the weak points of every office
Wanted = dict[tuple[int | None, int | None], list[Block]]  # by theme or office
BATCH = 100
PLANNED = ("wanted", "wanted_digest", "state", "reason", "reason_values", "planned_at", "updated_at")
NOTHING = digest({"wanted": []})


@dataclass(frozen=True, slots=True)
class Planned:
    """What a plan comes to: keys of parts, and how many parts the edition has.

    `parts` do not stand as they are wanted and wait for a job. `emptied` are those of them whose office has no weak
    point to show any more: nothing is wanted on their pages, which leave the site.
    """

    parts: tuple[int, ...] = ()
    planned: int = 0
    emptied: tuple[int, ...] = ()


@transaction.atomic
def plan_edition(edition: Edition, *, at: datetime) -> Planned:
    """Plan every part of the edition anew and write those that changed; nothing is built here.

    A part is to be built while `built_digest` is not `wanted_digest` or its state is not "built". Whether the pages
    still hold what was built is asked by who builds. Distributions are released here, so the plan remembers them.
    """
    edition = Edition.objects.select_for_update(of=("self",)).select_related("framework").get(pk=edition.pk)
    consents = _held_consents(edition)
    material = material_of(edition, consents=consents, on=timezone.localdate(at))
    needs = {
        report.office: needs_of(report, material.nodes, most=edition.needs)
        for report in material.reports
        if report.office in material.active
    }
    consenting = {pk for pk, consent in consents.items() if consent != Assessment.Consent.NOTHING}
    decisions = _released(edition, _decisions(material, needs, consenting, on=timezone.localdate(at)))
    wanted = _wanted(Ground(material, decisions), needs, each=edition.proposals)
    edition.planned_at, edition.material = at, material.counts
    edition.save(update_fields=["planned_at", "material", "updated_at"])
    return _write(edition, wanted, at=at)


def _held_consents(edition: Edition) -> dict[int, str]:
    """What each approved assessment shares, by its key; none can be withdrawn until the plan is written."""
    rows = Assessment.objects.approved().of_whole_offices().filter(edition=edition.framework_id)
    held = rows.select_for_update(of=("self",), no_key=True).order_by("pk")
    return dict(held.values_list("pk", "benchmark_consent"))


def _decisions(material: Material, needs: Needs, consenting: Iterable[int], *, on: date) -> dict[str, Decision]:
    """What is shown of every node that some page of the edition is about."""
    about = {need.node for rows in needs.values() for need in rows}
    about.update(node for theme in material.themes for node in theme.nodes)
    shown: dict[str, list[Shown]] = defaultdict(list)
    for one in material.shown:
        shown[one.node].append(one)
    sharing, known = frozenset(consenting), [report for report in material.reports if report.shares]
    return {
        node: decision_on(
            node,
            {report.assessment: report.scores[node].agreed for report in known if node in report.scores},
            shown[node],
            consenting=sharing,
            scale=material.scale,
            on=on,
        )
        for node in material.nodes
        if node in about
    }


def _released(edition: Edition, decisions: Mapping[str, Decision]) -> dict[str, Decision]:
    """The same with the new distributions written down, so that the guard remembers them."""
    rows = [
        Release(
            edition=edition,
            framework=edition.framework.code,
            node=one.node,
            contributors=list(one.contributors),
            shown=one.content,
        )
        for one in decisions.values()
        if one.is_new
    ]
    keys = {row.node: row.pk for row in Release.objects.bulk_create(rows)}
    return {node: replace(one, release=keys.get(node, one.release)) for node, one in decisions.items()}


def _wanted(ground: Ground, needs: Needs, *, each: int) -> Wanted:
    """The blocks of every page."""
    market, rows = market_of(ground.material), [need for office in sorted(needs) for need in needs[office]]
    proposals = proposals_of(market, rows, each=each)
    invited = invited_to(market, rows, proposals)
    seen = with_visits(market, proposals, invited)
    wanted: Wanted = {(theme.key, None): theme_blocks(ground, theme) for theme in ground.material.themes}
    for office, own in needs.items():
        if own:
            wanted[None, office] = office_blocks(ground, ground.reports[office], own, seen, invited)
    return wanted


def _write(edition: Edition, wanted: Wanted, *, at: datetime) -> Planned:
    """Write the parts that are new or changed, and empty those of offices that have no weak point any more."""
    parts = {(part.theme_id, part.office_id): part for part in _parts(edition)}
    changed: list[Part] = []
    new: list[Part] = []
    for about in sorted({*wanted, *parts}, key=str):
        blocks = wanted.get(about, [])
        part = parts.get(about) or Part(edition=edition, theme_id=about[0], office_id=about[1])
        fingerprint = digest({"wanted": blocks})
        if part.wanted_digest != fingerprint:
            _plan(part, blocks, fingerprint, at=at)
            (changed if part.pk else new).append(part)
    Part.objects.bulk_create(new, batch_size=BATCH)
    Part.objects.bulk_update(changed, PLANNED, batch_size=BATCH)
    rows = sorted({part.pk: part for part in (*parts.values(), *new)}.items())
    waiting = [(pk, part) for pk, part in rows if _waits(part)]
    return Planned(
        parts=tuple(pk for pk, _part in waiting),
        planned=len(rows),
        emptied=tuple(pk for pk, part in waiting if part.office_id and part.wanted_digest == NOTHING),
    )


def _parts(edition: Edition) -> Any:
    """The edition's parts, held, without what was wanted before: its fingerprint says enough."""
    return Part.objects.select_for_update().filter(edition=edition).defer("wanted").order_by("pk")


def _plan(part: Part, blocks: list[Block], fingerprint: str, *, at: datetime) -> None:
    part.wanted, part.wanted_digest = blocks, fingerprint
    part.state, part.reason, part.reason_values = Part.State.WAITING, "", {}
    part.planned_at = part.updated_at = at


def _waits(part: Part) -> bool:
    return part.built_digest != part.wanted_digest or part.state != Part.State.BUILT
