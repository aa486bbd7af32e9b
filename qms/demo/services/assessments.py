"""The example assessments, walked through the real services with moments of their own time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from random import Random
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone, translation

from qms.accounts.models import User
from qms.assessments import services
from qms.assessments.models import Assessment, Entry, Evidence, Member, NodeScore, Sheet
from qms.demo.domain import material
from qms.demo.domain.scores import individual_scores, level_of, marks_of
from qms.demo.domain.stories import Story, dealt, drawn, told
from qms.demo.services.moments import as_of, at_hour, workday, working_hour
from qms.frameworks.models import Edition
from qms.offices.models import Office

Say = Callable[[str], None]
EDITION, PANEL = "caf-2020", "fine-tuned"
BANKS = {"pl": "texts/bank-pl", "ru": "texts/bank-ru"}
TITLES = {
    "pl": "Samoocena CAF {r} (dane przykładowe)",
    "ru": "Самооценка CAF {r} (данные для примера)",
}
GROUPS = {"pl": "Zespół samooceny", "ru": "Группа самооценки"}


@dataclass(frozen=True)
class Calendar:
    """When each step of an assessment happened, or is to happen."""

    opened: dt.datetime
    due: dt.datetime
    consensus: dt.date
    approve: dt.date
    until: dt.datetime
    """No step lies later than this."""

    def between(self, share: float) -> dt.datetime:
        """A working hour of individual work: 0 is the start, 1 the day before the due moment, never later than now."""
        end = min(self.due, self.until) - dt.timedelta(days=1)
        return max(self.opened, working_hour(self.opened + (end - self.opened) * share))

    @property
    def talk(self) -> dt.datetime:
        """When the group began to agree: on the day of its meeting, or the morning after the sheets were due."""
        planned = at_hour(self.consensus, 10)
        return planned if planned < self.until else at_hour(workday(self.due.date() + dt.timedelta(days=1)), 10)

    @property
    def approved(self) -> dt.datetime:
        """When the director approved."""
        return at_hour(self.approve, 13)


@dataclass
class Case:
    """One assessment while it is built."""

    plan: Mapping[str, Any]
    year: int
    office: Office
    people: Mapping[str, User]
    calendar: Calendar
    facts: Mapping[str, Any]
    stories: Mapping[str, Story]
    bank: Mapping[str, Any]
    source: str
    evidence: list[Evidence] = field(default_factory=list)

    @property
    def lead(self) -> User:
        return self.people["lead"]

    @property
    def chair(self) -> User:
        return self.people["chair"]

    def chance(self, *names: object) -> Random:
        """The same luck every time."""
        return Random(":".join(str(name) for name in (self.plan["seed"], *names)))  # noqa: S311

    @contextmanager
    def as_of(self, moment: dt.datetime) -> Iterator[None]:
        """What is noted and written inside bears the moment of its own time; older letters count as sent."""
        with as_of(moment, until=self.calendar.until):
            yield


def build_assessments(*, at: dt.datetime, say: Say) -> None:
    """Every planned assessment that is not here yet."""
    edition = Edition.objects.published().get(code=EDITION)
    offices = {office.slug: office for office in Office.objects.all()}
    users = {user.email: user for user in User.objects.filter(email__in=material.emails())}
    year = _present_year(at)
    built: dict[str, Assessment] = {}
    for plan in material.read("assessments/plan"):
        office = offices[plan["office"]]
        already = Assessment.objects.filter(office=office, year=year + plan["year"], edition=edition).first()
        if already:
            built[plan["key"]] = already
            continue
        team = {person.key: users[person.email] for person in material.people() if person.office == office.slug}
        case = _case(plan, office, team, year=year, at=at)
        with transaction.atomic(), translation.override(office.language):
            built[plan["key"]] = _build(case, edition, previous=built.get(plan.get("previous", "")))
        say(f"{office.short_name} {year + plan['year']}: {built[plan['key']].stage}")


def _present_year(at: dt.datetime) -> int:
    """The year of the present cycle: that of the first load, so that a later load finds everything again."""
    first = material.read("assessments/plan")[0]
    earlier = Assessment.objects.filter(office__slug=first["office"]).order_by("pk").first()
    return earlier.year - first["year"] if earlier else timezone.localtime(at).year


def _case(plan: Mapping[str, Any], office: Office, team: Mapping[str, User], *, year: int, at: dt.datetime) -> Case:
    bank = material.read(BANKS[office.language])
    own_year = year + plan["year"]
    if "file" in plan:
        facts = material.dated(material.read(f"assessments/{plan['file']}"), own_year)
        stories = told(facts["nodes"], bank, seed=plan["seed"])
    else:
        frame = {"title": TITLES[office.language], "group": GROUPS[office.language], "source": ""}
        facts = material.dated({"assessment": frame, "evidence": []}, own_year)
        stories = drawn(plan["profile"], bank, seed=plan["seed"])
    calendar = _calendar(plan, own_year, at)
    return Case(plan, own_year, office, team, calendar, facts, stories, bank, facts["assessment"]["source"])


def _calendar(plan: Mapping[str, Any], year: int, at: dt.datetime) -> Calendar:
    if "days" in plan:
        today = timezone.localtime(at).date()
        day = {name: today + dt.timedelta(days=shift) for name, shift in plan["days"].items()}
    else:
        months = {"opened": (10, 5), "due": (11, 28), "consensus": (12, 2), "approve": (12, 16)}
        day = {name: dt.date(year, *where) for name, where in months.items()}
    day = {name: workday(one) for name, one in day.items()}
    return Calendar(
        opened=at_hour(day["opened"], 9),
        due=at_hour(day["due"], 15, 30),
        consensus=day["consensus"],
        approve=day["approve"],
        until=at,
    )


# --- One assessment --------------------------------------------------------------------------------------------------


def _build(case: Case, edition: Edition, *, previous: Assessment | None) -> Assessment:
    assessment = _open(case, edition, previous)
    case.evidence = _evidence(case)
    members = _members(case, assessment)
    _score(case, assessment, members)
    if case.plan["until"] == "individual":
        return _again(assessment)
    _agree(case, assessment, members)
    if case.plan["until"] == "consensus":
        return _again(assessment)
    sent_at = case.calendar.talk + dt.timedelta(days=2)
    with case.as_of(sent_at):
        services.send_to_approval(assessment, by=case.chair, at=sent_at)
    if case.plan["until"] == "approved":
        approved_at = case.calendar.approved
        with case.as_of(approved_at):
            services.approve(assessment, by=case.people["director"], at=approved_at)
    return _again(assessment)


def _open(case: Case, edition: Edition, previous: Assessment | None) -> Assessment:
    calendar = case.calendar
    opened = calendar.opened - dt.timedelta(days=3)
    with case.as_of(opened):
        assessment = services.open_assessment(
            case.office,
            edition=edition,
            panel=PANEL,
            title=case.facts["assessment"]["title"],
            year=case.year,
            by=case.lead,
            individual_due_at=calendar.due,
            consensus_on=calendar.consensus,
            approve_by=calendar.approve,
            benchmark_consent=Assessment.Consent.ANONYMOUS,
            previous=previous,
            group_name=case.facts["assessment"]["group"],
        )
    # The cycle's first step bears the day on which the office decided to begin.
    Assessment.objects.filter(pk=assessment.pk).update(created_at=opened)
    return assessment


def _evidence(case: Case) -> list[Evidence]:
    made = []
    last = timezone.localtime(case.calendar.until).date()
    with case.as_of(case.calendar.opened):
        for place, one in enumerate(case.facts["evidence"]):
            month, day = (int(part) for part in one["day"].split("-"))
            made.append(
                services.add_evidence(
                    case.office,
                    title=one["title"],
                    by=case.lead,
                    dated_on=min(dt.date(case.year, month, day), last),
                    owner=one["owner"],
                    **_kind(case, one, place),
                )
            )
    return made


def _kind(case: Case, one: Mapping[str, Any], place: int) -> dict[str, Any]:
    """Most pieces are notes; some are links, and one is a small file to open."""
    if one["title"].startswith("Zestawienie czasu"):
        rows = "miesiąc;sprawy;średni czas (dni)\nlipiec;212;9,1\nsierpień;198;8,7\nwrzesień;240;9,4\n"
        content = ("\ufeff" + case.source + "\n" + rows).encode()
        return {"kind": Evidence.Kind.FILE, "file": ContentFile(content, name="zestawienie-czasu-spraw.csv")}
    if place % 7 == 4:
        return {
            "kind": Evidence.Kind.LINK,
            "url": f"https://{case.office.slug}.example/dokumenty/{place + 1}",
            "note": case.source,
        }
    return {"kind": Evidence.Kind.NOTE, "note": case.source}


def _members(case: Case, assessment: Assessment) -> list[Member]:
    group = assessment.groups.get()
    opened = case.calendar.opened
    with case.as_of(opened):
        for key in case.plan["members"]:
            user = case.people[key]
            role = Member.Role.CHAIR if key == "chair" else Member.Role.MEMBER
            services.add_member(group, email=user.email, name=user.name, role=role, by=case.lead, at=opened)
        services.start_individual(assessment, by=case.lead, at=opened)
    by_email = {member.email: member for member in assessment.members.all()}
    return [by_email[case.people[key].email] for key in case.plan["members"]]


# --- Individual work -------------------------------------------------------------------------------------------------


def _score(case: Case, assessment: Assessment, members: Sequence[Member]) -> None:
    drafts = _drafts(case, assessment, len(members))
    handed_in = case.facts.get("handed_in", case.plan["members"])
    filled = case.facts.get("filled", {})
    for place, (key, member) in enumerate(zip(case.plan["members"], members, strict=True)):
        sheet = Sheet.objects.get(member=member)
        nodes = list(drafts)
        if key in filled:
            wanted = set(case.chance(key).sample(nodes, filled[key]))
            nodes = [node for node in nodes if node in wanted]
        finish = 0.5 + 0.5 * (place + 1) / len(members)
        moments = {node: case.calendar.between(finish * step / (len(nodes) + 1)) for step, node in enumerate(nodes, 1)}
        own = {node: drafts[node][place] for node in nodes}
        if "file" in case.plan:
            for node, draft in own.items():
                services.save_node(sheet, node, draft=draft, version=0, by=case.people[key], at=moments[node])
        else:
            _store(sheet, own, moments)
        if key in handed_in:
            moment = case.calendar.between(finish)
            with case.as_of(moment):
                services.hand_in_sheet(sheet, by=case.people[key], at=moment)


def _store(sheet: Sheet, drafts: Mapping[str, services.NodeDraft], moments: Mapping[str, dt.datetime]) -> None:
    """Write a whole sheet at once: the same rows as `save_node` would, in a tenth of the time."""
    NodeScore.objects.bulk_create(
        NodeScore(
            sheet=sheet,
            node=node,
            marks=draft.marks,
            unknown=draft.unknown,
            rationale=draft.rationale,
            saved_at=moments[node],
        )
        for node, draft in drafts.items()
    )
    Entry.objects.bulk_create(
        Entry(sheet=sheet, node=node, key=entry.key, kind=entry.kind, text=entry.text, position=position)
        for node, draft in drafts.items()
        for position, entry in enumerate(draft.entries)
    )


def _drafts(case: Case, assessment: Assessment, count: int) -> dict[str, list[services.NodeDraft]]:
    return {node: _node_drafts(case, assessment, node, count) for node in case.stories}


def _node_drafts(case: Case, assessment: Assessment, node: str, count: int) -> list[services.NodeDraft]:
    story, chance = case.stories[node], case.chance(node)
    codes = _codes(assessment, node)
    # A dissenting voice is the one that gave the highest score.
    fixed = {place - 1: story.high for place in story.dissenters}
    scores = individual_scores(near=story.near, low=story.low, high=story.high, count=count, fixed=fixed, chance=chance)
    _keep_ends(scores, story)
    hands = dealt(story, case.bank[node], count=count, chance=chance)
    said = material.read("texts/rationales")[case.office.language][_group(assessment, node)]
    sentences = {level: cycle(chance.sample(each, len(each))) for level, each in said.items()}
    drafts = []
    for place in range(count):
        unknown = place + 1 in story.unknown
        drafts.append(
            services.NodeDraft(
                marks={} if unknown else marks_of(scores[place], codes, chance),
                unknown=unknown,
                rationale="" if unknown else next(sentences[level_of(scores[place])]),
                entries=tuple(
                    services.EntryDraft(kind=kind, text=text, evidence=tuple(case.evidence[at - 1].pk for at in shown))
                    for kind, (text, shown) in hands[place]
                ),
            )
        )
    return drafts


def _keep_ends(scores: list[int], story: Story) -> None:
    """Somebody who scores gives the lowest and somebody the highest, also where another says nothing."""
    for place in (number - 1 for number in story.unknown):
        for end in (story.low, story.high):
            if scores[place] == end and scores.count(end) == 1:
                other = next(at for at, score in enumerate(scores) if score not in (story.low, story.high))
                scores[place], scores[other] = scores[other], scores[place]


def _codes(assessment: Assessment, node: str) -> list[str]:
    return [one.code for one in assessment.edition.tree().scale(assessment.panel, node).dimensions]


def _group(assessment: Assessment, node: str) -> str:
    return assessment.edition.tree().node(node).group


# --- Consensus -------------------------------------------------------------------------------------------------------


def _agree(case: Case, assessment: Assessment, members: Sequence[Member]) -> None:
    talk = case.calendar.talk
    with case.as_of(talk):
        services.start_consensus(assessment, by=case.chair, at=talk)
    written = _written(assessment)
    moment = talk + dt.timedelta(hours=1)
    with case.as_of(moment):
        for step, (node, story) in enumerate(case.stories.items()):
            if story.agreed is not None:
                draft = _agreement(case, assessment, node, written, members)
                at = moment + dt.timedelta(minutes=7 * step)
                services.settle_node(assessment, node, draft=draft, version=0, by=case.chair, at=at)


def _written(assessment: Assessment) -> dict[tuple[str, str, str], int]:
    entries = Entry.objects.filter(sheet__member__assessment=assessment)
    return {(node, kind, text): pk for node, kind, text, pk in entries.values_list("node", "kind", "text", "pk")}


def _agreement(
    case: Case,
    assessment: Assessment,
    node: str,
    written: Mapping[tuple[str, str, str], int],
    members: Sequence[Member],
) -> services.AgreementDraft:
    story = case.stories[node]
    return services.AgreementDraft(
        marks=_agreed_marks(case, assessment, node),
        reason=story.reason,
        dissent=story.dissent,
        dissenters=tuple(members[place - 1].pk for place in story.dissenters),
        entries=tuple(
            services.AgreedEntryDraft(
                kind=kind,
                text=text,
                sources=tuple(pk for pk in (written.get((node, kind, text)),) if pk),
                evidence=tuple(case.evidence[at - 1].pk for at in shown),
            )
            for kind, (text, shown) in _lines(story)
        ),
    )


def _agreed_marks(case: Case, assessment: Assessment, node: str) -> dict[str, object]:
    agreed = case.stories[node].agreed
    if isinstance(agreed, tuple):
        return dict(zip(_codes(assessment, node), agreed, strict=True))
    if agreed is None or case.plan["until"] == "consensus":
        return {"score": agreed}  # this group agrees one number for each subcriterion
    return dict(marks_of(agreed, _codes(assessment, node), case.chance(node, "agreed")))


def _lines(story: Story) -> Iterator[tuple[str, tuple[str, tuple[int, ...]]]]:
    yield from (("strength", line) for line in story.strengths)
    yield from (("area", line) for line in story.areas)
    if story.suggestion:
        yield "suggestion", (story.suggestion, ())


def _again(assessment: Assessment) -> Assessment:
    return Assessment.objects.get(pk=assessment.pk)
