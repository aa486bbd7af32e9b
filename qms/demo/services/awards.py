"""The example award rounds: last spring's with its laureates, one that the jury scores, and one that is open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils import timezone, translation

from qms.accounts.models import User
from qms.awards.domain.examples import Calendar, CategoryDefinition, Definition, RuleDraft
from qms.awards.models import Application, Programme, Round
from qms.awards.services.examples import found_programme, shipped
from qms.awards.services.rounds import publish_round
from qms.demo.domain import material
from qms.demo.services.applying import awarding_case, build_application
from qms.demo.services.juries import Jury, judging_case
from qms.demo.services.laureates import Laureates
from qms.demo.services.moments import at_hour
from qms.demo.services.sharing import SharingCase
from qms.demo.services.verdicts import Verdicts

Say = Callable[[str], None]
LANGUAGE = "pl"
CLOSES_AT = (15, 30)
ROUNDS = {"finished": "laureates", "open": "offices", "closed": "projects"}


def build_awards(*, at: dt.datetime, say: Say) -> None:
    """The rounds with their applications, unless there is an award already; dossiers wait for a worker."""
    if Programme.objects.exists():
        return
    case, told = awarding_case(at), material.read("awards/rounds")
    for key, applications in ROUNDS.items():
        facts = told[key]
        with transaction.atomic(), translation.override(LANGUAGE):
            made = _announced(case, facts)
            categories = {category.slug: category for category in made.categories.all()}
            rows = material.dated(material.read(f"awards/{applications}"), _year(case))
            # Numbers are given in the order in which applications come in.
            for one in sorted(rows, key=lambda row: row["days"].get("submitted", 0)):
                build_application(case, categories[one["category"]], one, organiser=case.person("", facts["by"]))
            _judged(case, made, key, organiser=case.person("", facts["by"]))
        say(f"{made.title_in(LANGUAGE)}: {Application.objects.filter(category__round=made).count()} applications")


def _announced(case: SharingCase, facts: Mapping[str, Any]) -> Round:
    """The round as its organiser prepared and announced it, on the days of the example."""
    organiser = case.person("", facts["by"])
    with case.stamped(facts["made"]):
        made = found_programme(
            _definition(facts), year=_year(case) + facts["year"], by=organiser, calendar=_calendar(case, facts)
        )
    with case.stamped(facts["announced"]):
        publish_round(made, by=organiser, at=case.moment(facts["announced"]))
    return Round.objects.get(pk=made.pk)


def _judged(case: SharingCase, made: Round, key: str, *, organiser: User) -> None:
    """The round's jury as far as it is; there is none while the round is open."""
    told = material.read("awards/juries").get(key)
    if told is None:
        return
    jury = Jury(judging_case(case), made, told, organiser)
    jury.sit()
    jury.score()
    if "lists" in told:
        Verdicts(jury).reach()
        Laureates(jury, material.read("awards/telling")).crown()


def _calendar(case: SharingCase, facts: Mapping[str, Any]) -> Calendar:
    return Calendar(
        opens_at=at_hour(case.on(facts["opens"]), 8),
        closes_at=at_hour(case.on(facts["closes"]), *CLOSES_AT),
        embargo_until=at_hour(case.on(facts["embargo"]), 18),
        gala_at=at_hour(case.on(facts["gala"]), 17),
    )


def _definition(facts: Mapping[str, Any]) -> Definition:
    """The shipped award; as the example has one office in the region, others are guests or nobody is one."""
    definition = shipped(facts["shipped"])
    if "months" not in facts:
        return definition
    own = _lasting(definition.categories[0], months=facts["months"])
    if "everybody" in facts:
        return replace(definition, categories=(_guests(own, facts["everybody"]),))
    return replace(definition, categories=(own, _guests(own, facts["guests"])))


def _guests(own: CategoryDefinition, facts: Mapping[str, Any]) -> CategoryDefinition:
    rules = tuple(rule for rule in own.rules if rule.kind != "region")
    prizes = tuple(replace(prize, leads={}) for prize in own.prizes if prize.kind not in facts.get("without", ()))
    told = {name: facts[name] for name in ("slug", "titles", "leads")}
    return replace(own, rules=rules, prizes=prizes, **told)


def _lasting(own: CategoryDefinition, *, months: int) -> CategoryDefinition:
    """The same with reports that count longer: the example's own reports are up to two years old."""
    return replace(own, rules=tuple(_longer(rule, months) if rule.kind == "assessment" else rule for rule in own.rules))


def _longer(rule: RuleDraft, months: int) -> RuleDraft:
    before = str(rule.value["months"])
    titles = {language: title.replace(before, str(months)) for language, title in rule.titles.items()}
    return replace(rule, titles=titles, value={"months": months})


def _year(case: SharingCase) -> int:
    return timezone.localtime(case.at).year
