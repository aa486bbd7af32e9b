"""The example edition of experience sharing; its pages are left to the workers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils import timezone, translation

from qms.accounts.models import User
from qms.assessments.models import Assessment
from qms.core.models import Job
from qms.core.services import run_job
from qms.demo.domain import material
from qms.demo.services.calls import build_calls
from qms.demo.services.meetings import build_meetings
from qms.demo.services.sharing import FRAMEWORK, SharingCase, sharing_case
from qms.demo.services.visits import build_visits
from qms.exchange.domain.drafts import EditionDraft, PresentationDraft, SeminarDraft, ThemeDraft
from qms.exchange.models import Edition, OfficePage, Part, Theme, ThemePage
from qms.exchange.services.building import build_part
from qms.exchange.services.consent import decide_consent
from qms.exchange.services.editions import BUILD, open_edition, prepare_edition
from qms.exchange.services.planning import plan_edition
from qms.exchange.services.queueing import PART
from qms.exchange.services.seminars import add_seminar
from qms.exchange.services.setting_aside import set_aside
from qms.exchange.services.themes import add_theme
from qms.exchange.services.words import add_words
from qms.frameworks.models import Edition as Framework

Say = Callable[[str], None]
LANGUAGE = "pl"
PREPARED, OPENED = -85, -76
MONTHS_BACK, MONTHS_AHEAD = 2, 2


def build_exchange(*, at: dt.datetime, say: Say) -> None:
    """One edition with everything that offices offer and ask, unless there is one; its pages wait for a worker."""
    if Edition.objects.exists():
        return
    told, case = material.read("exchange/edition"), sharing_case(at)
    with transaction.atomic(), translation.override(LANGUAGE):
        _decide(case, told["consents"])
        edition, themes = _open(case, told)
        build_visits(case)
        build_calls(case)
        for facts in told["dismissals"]:
            _set_aside(case, facts)
        build_meetings(case, edition)
        _note(case, edition, themes, told["notes"])
    say(f"{edition.title_in(LANGUAGE)}: {len(themes)} themes, pages wait for the worker")


def build_exchange_now() -> int:
    """Do in this process what waits for workers: plan the edition and build its pages; how many jobs were done."""
    done = 0
    for kind in (BUILD, PART):
        for pk in Job.objects.open().filter(kind=kind).order_by("pk").values_list("pk", flat=True):
            done += run_job(pk) is not None
    return done


# --- Consent and the edition ------------------------------------------------------------------------------------------


def _decide(case: SharingCase, rows: list[Mapping[str, Any]]) -> None:
    """Lead or director decide what of the latest approved self-assessment is shared."""
    for row in rows:
        approved = Assessment.objects.approved().filter(office=case.office(row["office"]))
        assessment = approved.order_by("-year", "-pk").first()
        if assessment is None or assessment.benchmark_consent == row["consent"]:
            continue
        with case.stamped(row["day"]):
            decide_consent(
                assessment,
                consent=row["consent"],
                seen=assessment.benchmark_consent,
                by=case.person(row["office"], "director"),
                at=case.moment(row["day"]),
            )


def _open(case: SharingCase, told: Mapping[str, Any]) -> tuple[Edition, dict[str, Theme]]:
    national = case.person("", "national")
    with case.stamped(PREPARED):
        edition = prepare_edition(draft=_edition(case, told), by=national)
        themes = {facts["key"]: _theme(case, edition, facts, by=national) for facts in told["themes"]}
    with case.stamped(OPENED):
        job = open_edition(edition, by=national, at=case.moment(OPENED))
    # No view sends this job: it counts as overdue, so that the first sweep hands it to a worker.
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now())
    return Edition.objects.select_related("framework").get(pk=edition.pk), themes


def _edition(case: SharingCase, told: Mapping[str, Any]) -> EditionDraft:
    today = timezone.localtime(case.at).date()
    place = today.month % 12 // 3
    facts = told["edition"]
    titles = {
        language: title.format(season=told["seasons"][language][place], year=today.year)
        for language, title in facts["titles"].items()
    }
    return EditionDraft(
        titles=titles,
        leads=facts["leads"],
        framework=Framework.objects.published().get(code=FRAMEWORK).pk,
        starts_on=_first_of(today, -MONTHS_BACK),
        ends_on=_first_of(today, MONTHS_AHEAD) - dt.timedelta(days=1),
        languages=tuple(facts["languages"]),
    )


def _first_of(day: dt.date, months: int) -> dt.date:
    """The first day of the month that lies so many months away."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, 1)


def _theme(case: SharingCase, edition: Edition, facts: Mapping[str, Any], *, by: User) -> Theme:
    chosen = [case.practice(named) for named in facts.get("practices", ())]
    draft = ThemeDraft(
        titles=facts["titles"],
        leads=facts.get("leads", {}),
        nodes=tuple(facts["nodes"]),
        practices=tuple(practice.pk for practice in chosen if practice),
    )
    theme = add_theme(edition, draft=draft, by=by)
    for seminar in facts.get("seminars", ()):
        add_seminar(theme, draft=_seminar(case, seminar), by=by)
    return theme


def _seminar(case: SharingCase, facts: Mapping[str, Any]) -> SeminarDraft:
    draft = SeminarDraft(
        title=facts["title"],
        held_on=facts["held"] if "held" in facts else case.on(facts["days"]),
        place=facts["place"],
        link=facts.get("link", ""),
        text=facts["text"],
        source=facts.get("source", ""),
        presentations=tuple(_presentation(case, one) for one in facts["presentations"]),
    )
    return replace(draft, starts_at=dt.time.fromisoformat(facts["at"])) if "at" in facts else draft


def _presentation(case: SharingCase, facts: Mapping[str, Any]) -> PresentationDraft:
    practice = case.practice(facts.get("practice"))
    return PresentationDraft(
        office=case.office(facts["office"]).pk if "office" in facts else None,
        office_name=facts.get("name", ""),
        title=facts.get("title", ""),
        practice=practice.pk if practice else None,
    )


def _set_aside(case: SharingCase, facts: Mapping[str, Any]) -> None:
    practice = case.practice(facts["practice"])
    if practice is None:
        return
    with case.stamped(facts["day"]):
        set_aside(
            case.office(facts["office"]),
            practice=practice.translation_key,
            framework=FRAMEWORK,
            node=facts["node"],
            by=case.lead(facts["office"]),
        )


# --- Words of the editors --------------------------------------------------------------------------------------------


def _note(case: SharingCase, edition: Edition, themes: Mapping[str, Theme], notes: list[Mapping[str, Any]]) -> None:
    """The pages on which editors wrote are built here, so that their words have a place; all others wait."""
    plan_edition(edition, at=case.at)
    for note in notes:
        rows = Part.objects.filter(edition=edition).select_related("theme__edition__framework", "office")
        mine = {"office": case.office(note["office"])} if "office" in note else {"theme": themes[note["theme"]]}
        part = rows.filter(**mine).first()
        if part is None:
            continue
        build_part(part, at=case.at)
        pages: Any = OfficePage if "office" in note else ThemePage
        for language, text in note["text"].items():
            page = pages.objects.filter(**mine, locale__language_code=language).first()
            if page is not None:
                with case.stamped(note["day"]):
                    add_words(page, text=text, after="", by=case.person("", note["by"]), on=case.on(note["day"]))
