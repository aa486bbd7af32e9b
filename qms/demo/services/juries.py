"""The juries of the example rounds: who sits, who is tied to whom, phases, and what each juror scored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from random import Random
from typing import Any

from qms.accounts.models import User
from qms.awards.models import Application, Round, Section
from qms.awards.models.round import in_order
from qms.demo.domain import material
from qms.demo.domain.scores import marks_of
from qms.demo.services.moments import at_hour, moment_from
from qms.demo.services.sharing import SharingCase
from qms.frameworks.domain.panel import Scale
from qms.jury.domain.declaring import Answer
from qms.jury.domain.pool import JurorDraft, PhaseDraft
from qms.jury.models import Agreed, Ballot, Decision, DecisionList, Juror, Mark, Visit
from qms.jury.queries.scales import judging_of, scale_of
from qms.jury.services import ballots, declaring, phases, pool
from qms.jury.services.standing import restand
from qms.laureates.models import Diploma, DiplomaPlan, FeedbackReport, PressSummary
from qms.offices.models import Membership

STAMPED = (
    Juror,
    Ballot,
    Mark,
    Agreed,
    Visit,
    DecisionList,
    Decision,
    FeedbackReport,
    DiplomaPlan,
    Diploma,
    PressSummary,
)
NOT_JUDGED = "na"
BEGINS = 8
RICH = 45
YESTERDAY = -1


def judging_case(case: SharingCase) -> SharingCase:
    """The same people and offices; what is stamped are the tables of juries and laureates."""
    return replace(case, tables=tuple((model, ("created_at", "updated_at")) for model in STAMPED))


@dataclass
class Jury:
    """The jury of one round while the example lays it down."""

    case: SharingCase
    round: Round
    facts: Mapping[str, Any]
    organiser: User

    def sit(self) -> None:
        """Seats and phases; jurors promise and declare, each on its day."""
        with self.case.stamped(self.facts["seated"]):
            for one in self.facts["seats"]:
                self._seat(one)
            for one in self.facts["phases"]:
                self._phase(one)
        with self.case.stamped(self.facts["accepted"]):
            for juror in self.jurors.values():
                declaring.promise(juror, by=juror.user, at=self.case.moment(self.facts["accepted"]))
        with self.case.stamped(self.facts["declared"]):
            for key, juror in self.jurors.items():
                answers, moment = list(self._answers(key)), self.case.moment(self.facts["declared"])
                declaring.declare(juror, answers=answers, by=juror.user, at=moment)

    def score(self) -> None:
        """Every ballot as its juror left it, handed in one after another; ties that were noticed later end one."""
        with self.case.stamped(self.facts["assigned"]):
            held = {(key, office): self._ballot(key, office, one) for key, office, one in self._told()}
        for application in self.applications.values():
            restand(application, self.case.moment(self.facts["assigned"]))
        for one in self.facts["conflicts"]:
            if one["day"] > self.facts["declared"]:
                self._notice(one)
        for key, office, one in sorted(self._told(), key=lambda told: told[2].get("day", YESTERDAY)):
            if "day" in one:
                self._hand_in(held[key, office], one)

    @cached_property
    def jurors(self) -> dict[str, Juror]:
        """By the key of the role account."""
        known = {user.pk: key for (office, key), user in self.case.people.items() if not office}
        rows = Juror.objects.filter(round=self.round).select_related("user", "round").order_by("number")
        return {known[one.user_id]: one for one in rows}

    @cached_property
    def applications(self) -> dict[str, Application]:
        """What was received, by office."""
        rows = Application.objects.received().filter(category__round=self.round)
        rows = rows.select_related("office", "category__round__programme", "category__framework", "category__judging")
        return {one.office.slug: one for one in rows.order_by("number")}

    def sections(self, application: Application) -> list[Section]:
        """The scored sections of the form, in order."""
        return self._sections[application.category_id]

    # --- The pool

    def _seat(self, facts: Mapping[str, Any]) -> None:
        user, moment = self.case.person("", facts["key"]), self.case.moment(self.facts["seated"])
        if worked := facts.get("worked"):
            self._worked(user, worked)
        draft = JurorDraft(
            tuple(self.round.categories.values_list("pk", flat=True)), is_chair=facts.get("chair", False)
        )
        pool.add_juror(self.round, user=user, draft=draft, by=self.organiser, at=moment)

    def _worked(self, user: User, facts: Mapping[str, Any]) -> None:
        """Somebody who once worked in an office that applies: that excludes for good."""
        Membership.objects.get_or_create(
            user=user,
            office=self.case.office(facts["office"]),
            role=Membership.Role.EMPLOYEE,
            defaults={"is_active": False, "ended_at": self.case.moment(facts["until"])},
        )

    def _phase(self, facts: Mapping[str, Any]) -> None:
        granted = {name: value for name, value in facts.items() if name not in ("from", "to")}
        begins, ends = (at_hour(self.case.on(facts[name]), BEGINS) for name in ("from", "to"))
        draft = PhaseDraft(starts_at=begins, ends_at=ends, **granted)
        phases.add_phase(self.round, draft=draft, by=self.organiser, at=self.case.moment(self.facts["seated"]))

    def _answers(self, key: str) -> Iterator[Answer]:
        """What the juror says of each office on the day of declarations; of some nothing yet."""
        silent = {one["office"] for one in self.facts.get("undeclared", ()) if one["key"] == key}
        early = [one for one in self.facts["conflicts"] if one["day"] <= self.facts["declared"]]
        ties = {one["office"]: one["reason"] for one in early if one["key"] == key}
        for office, application in self.applications.items():
            if office not in silent:
                yield Answer(application.pk, office in ties, ties.get(office, ""))

    def _notice(self, facts: Mapping[str, Any]) -> None:
        by, moment = self.jurors[facts["key"]].user, self.case.moment(facts["day"])
        with self.case.stamped(facts["day"]):
            declaring.declare_conflict(self.applications[facts["office"]], reason=facts["reason"], by=by, at=moment)

    # --- Ballots

    def _told(self) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
        for office, told in self.facts["ballots"].items():
            for key, one in told.items():
                yield key, office, one

    def _ballot(self, key: str, office: str, facts: Mapping[str, Any]) -> Ballot:
        """The ballot with its marks, still being written."""
        juror, application = self.jurors[key], self.applications[office]
        ballot = Ballot.objects.create(
            juror=juror,
            application=application,
            is_automatic=True,
            assigned_by=self.organiser,
            assigned_at=self.case.moment(self.facts["assigned"]),
        )
        marks = [
            self._mark(ballot, *one, facts) for one in zip(self.sections(application), facts["scores"], strict=False)
        ]
        Mark.objects.bulk_create(marks)
        return ballot

    def _mark(self, ballot: Ballot, section: Section, score: int | str, facts: Mapping[str, Any]) -> Mark:
        if not isinstance(score, int):
            return Mark(ballot=ballot, section=section, is_na=True, reason=facts[NOT_JUDGED])
        seed = f"{ballot.application.office.slug}:{ballot.juror.number}:{section.code}"
        chance, scale = Random(seed), self._scales[section.pk]  # noqa: S311  an example, not a secret
        marks = marks_of(score, [one.code for one in scale.dimensions], chance)
        bank = bank_of(section)
        strengths = "\n".join(chance.sample(bank["strengths"], 2 if score > RICH else 1))
        given = {"marks": marks, "score": scale.score(marks), "strengths": strengths}
        return Mark(ballot=ballot, section=section, areas=chance.choice(bank["areas"]), **given)

    def _hand_in(self, ballot: Ballot, facts: Mapping[str, Any]) -> None:
        moment = self._at(facts["day"], ballot.juror)
        with self.case.stamped(facts["day"]):
            summary = facts.get("summary", "")
            ballots.hand_in_ballot(ballot, summary=summary, by=ballot.juror.user, at=moment)
            Mark.objects.filter(ballot=ballot).update(updated_at=moment)

    def _at(self, day: int, juror: Juror) -> dt.datetime:
        """An hour of that day; jurors do not all hand in at the same one."""
        return moment_from(self.case.at, day, BEGINS + juror.number)

    @cached_property
    def _sections(self) -> dict[int, list[Section]]:
        found: dict[int, list[Section]] = {}
        rows = Section.objects.filter(category__round=self.round, is_scored=True)
        for section in in_order(rows.select_related("category__framework", "category__judging")):
            found.setdefault(section.category_id, []).append(section)
        return found

    @cached_property
    def _scales(self) -> dict[int, Scale]:
        rows = (section for sections in self._sections.values() for section in sections)
        return {section.pk: scale_of(section, judging_of(section.category)) for section in rows}


def bank_of(section: Section) -> dict[str, Sequence[str]]:
    """What jurors write beside a score: sentences that fit the criterion, else the section."""
    if not section.node:
        told: dict[str, Sequence[str]] = material.read("awards/juries")["remarks"][section.code]
        return told
    known = material.read("texts/bank-pl")
    nodes = [node for node in known if str(node).split(".")[0] == section.node]
    return {kind: [text for node in nodes for text in known[node][kind]] for kind in ("strengths", "areas")}
