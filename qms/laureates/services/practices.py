"""The draft of a good practice from what a laureate submitted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction
from django.utils.text import Truncator
from django.utils.translation import gettext

from qms.accounts.models import User
from qms.awards.models import Application
from qms.awards.queries.received import last_submission
from qms.core.audit import record
from qms.frameworks.domain.framework import text
from qms.goodpractices.domain.draft import EvidenceDraft, PracticeDraft, ResultDraft, StepDraft
from qms.goodpractices.models import PracticePage
from qms.goodpractices.services.writing import draft_practice
from qms.jury.models import Decision
from qms.laureates.models import LaureatePractice
from qms.lifecycle import Refused, gettext_noop

NOTHING = gettext_noop("Only an awarded application becomes a practice.")
TITLE, NAME, SUMMARY, STEP, HOW, LONG, UNIT, SOURCE, NOTE, EVIDENCE = 200, 120, 600, 160, 1500, 5000, 60, 200, 300, 160
Content = Mapping[str, Any]


@transaction.atomic
def practice_from_laurel(decision: Decision, *, language: str, by: User, at: datetime) -> PracticePage:
    """A draft in the library of this language; the one that is there already, when asked again."""
    held = Application.objects.select_for_update(of=("self",)).select_related("office").get(pk=decision.application_id)
    already = LaureatePractice.objects.filter(application=held).first()
    if already is not None:
        return PracticePage.objects.get(pk=already.page_id)
    submission = last_submission(held)
    if submission is None or decision.prize is None:
        raise Refused(NOTHING)
    draft = draft_of(submission.content, decision, language=language, by=by)
    practice = draft_practice(held.office, draft=draft, language=language, by=by)
    LaureatePractice.objects.create(application=held, page=practice, made_by=by, made_at=at)
    record(held, "laureates.draft_practice", by=by, office_id=held.office_id)
    return practice


def draft_of(content: Content, decision: Decision, *, language: str, by: User) -> PracticeDraft:
    """What the application said, section by section, with its results and annexes; the office writes it out."""
    prize = decision.prize.title_in(language) if decision.prize else ""
    award = text(content["round"]["titles"], language)
    sections = [(text(one["titles"], language), _written(one)) for one in content["sections"]]
    written = [(title, words) for title, words in sections if words]
    heading, first = _headed(written[0][1]) if written else ("", "")
    facts = {"prize": prize, "award": award, "number": content["number"]}
    return PracticeDraft(
        title=heading or Truncator(f"{award}: {prize}").chars(TITLE),
        summary=Truncator(" ".join((decision.reason or first).split())).chars(SUMMARY),
        criteria=tuple(_criteria(content)),
        problem=Truncator(first).chars(LONG),
        steps=tuple(
            StepDraft(Truncator(title).chars(STEP), Truncator(words).chars(HOW)) for title, words in written[1:]
        ),
        texts=tuple(Truncator(f"{title}\n\n{words}").chars(LONG) for title, words in written[1:] if len(words) > HOW),
        results=tuple(_results(content)),
        contact=by.pk,
        evidence=tuple(
            EvidenceDraft(f"A{place}", Truncator(one["title"]).chars(EVIDENCE))
            for place, one in enumerate(content["annexes"], start=1)
        ),
        origin=PracticePage.Origin.LAUREATE,
        origin_key=f"laureate:{decision.application_id}",
        origin_note=Truncator(gettext("%(award)s: %(prize)s, application %(number)s") % facts).chars(NOTE),
    )


def _headed(words: str) -> tuple[str, str]:
    """The name that the office gave to what it did, where it begins with one, and the rest."""
    first, _blank, rest = words.partition("\n\n")
    is_name = bool(rest) and len(first) <= NAME and "\n" not in first and not first.endswith((".", "!", "?", ":"))
    return (first, rest) if is_name else ("", words)


def _written(section: Content) -> str:
    """What the office wrote in a section, paragraph by paragraph."""
    paragraphs = (one for question in section["questions"] for one in question.get("paragraphs", ()))
    return "\n\n".join(one["text"].strip() for one in paragraphs if one["text"].strip())


def _criteria(content: Content) -> Iterator[tuple[str, str]]:
    framework = content["category"]["framework"]
    nodes = dict.fromkeys(one["node"] for one in content["sections"] if one.get("node")) if framework else {}
    yield from ((framework, node) for node in nodes)


def _results(content: Content) -> Iterator[ResultDraft]:
    for section in content["sections"]:
        for question in section["questions"]:
            yield from (_result(row) for row in question.get("rows", ()) if row["title"])


def _result(row: Content) -> ResultDraft:
    known = [number for value in row["values"] if (number := _number(value)) is not None]
    years = f"{row['year'] - len(row['values']) + 1}–{row['year']}" if row.get("year") else ""
    return ResultDraft(
        title=Truncator(row["title"]).chars(TITLE),
        unit=Truncator(row["unit"]).chars(UNIT),
        better="lower" if row.get("better") == "lower" else "higher",
        before=known[0] if len(known) > 1 else None,
        after=known[-1] if known else None,
        source=Truncator(", ".join(filter(None, [years, row["evidence"]]))).chars(SOURCE),
    )


def _number(value: str | None) -> Decimal | None:
    try:
        return None if value in (None, "") else Decimal(str(value))
    except InvalidOperation:
        return None
