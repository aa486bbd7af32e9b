"""Press summaries: laid down, edited, put to the laureate, approved or returned."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext, override

from qms.accounts.models import User
from qms.awards.models import Round
from qms.awards.queries.people import heads_of
from qms.core.audit import record
from qms.core.services import post_letter
from qms.jury.models import Decision
from qms.jury.queries.readers import organisers_of
from qms.laureates.letters import press as letters
from qms.laureates.models import PressSummary
from qms.laureates.queries.diplomas import laurels_of
from qms.laureates.queries.press import knows, laurel_of, with_all
from qms.lifecycle import Refused, gettext_noop

State = PressSummary.State
NO_LAURELS = gettext_noop("No prize stands yet. Close the list of prizes first.")
STALE = gettext_noop("Somebody changed these texts in the meantime. Compare both versions and save again.")
EMPTY = gettext_noop("Write the text in one language at least.")
NOBODY = gettext_noop("There is nobody to ask: a text is needed, and the laureate must have been told.")
NOT_ASKED = gettext_noop("This text does not wait for your answer any more.")
CHANGED = gettext_noop("The organiser changed the text in the meantime. Read it again.")
NO_REMARK = gettext_noop("Write what should be changed.")


@transaction.atomic
def begin_press(round: Round, *, language: str, by: User) -> int:  # noqa: A002  the word of the awards
    """A first text for every laureate that has none; how many were laid down.

    The jury's reason stands only in the language of whoever begins: in that one it was written.
    """
    held = Round.objects.select_for_update(of=("self",)).get(pk=round.pk)
    laurels = list(laurels_of(held).select_related("application__press_summary"))
    if not laurels:
        raise Refused(NO_LAURELS)
    missing = [one for one in laurels if getattr(one.application, "press_summary", None) is None]
    for decision in missing:
        texts = {code: _first_text(decision, code, is_own=code == language) for code, _name in settings.LANGUAGES}
        PressSummary.objects.create(application=decision.application, texts=texts)
    # Written down with the round: before the embargo ends the history names no laureate.
    record(held, "laureates.begin_press", by=by, count=len(missing))
    return len(missing)


@transaction.atomic
def save_press(summary: PressSummary, *, texts: Mapping[str, str], version: int, by: User) -> PressSummary:
    """New texts; what was asked or approved before is to be asked again."""
    held = _held(summary)
    if held.version != version:
        raise Refused(STALE)
    written = {code: text.strip() for code, text in texts.items() if text.strip()}
    if not written:
        raise Refused(EMPTY)
    if written == held.texts:
        return held
    held.texts, held.state, held.version = written, State.DRAFT, held.version + 1
    held.answered_by, held.answered_at = None, None
    held.save(update_fields=["texts", "state", "version", "answered_by", "answered_at", "updated_at"])
    record(held.application.category.round, "laureates.edit_press", by=by, press=held.pk)
    return held


@transaction.atomic
def ask_press(
    round: Round,  # noqa: A002  the word of the awards
    *,
    chosen: Collection[int] = (),
    by: User,
    at: datetime,
) -> int:
    """Put the texts to the laureates; how many were asked.

    Without a choice all that are ready; a returned one that was not changed is put only when it is chosen.
    """
    rows = with_all().filter(application__category__round=round)
    states = {"state__in": (State.DRAFT, State.RETURNED), "pk__in": chosen} if chosen else {"state": State.DRAFT}
    rows = rows.filter(**states)
    asked = [one for one in rows.select_for_update(of=("self",)).order_by("pk") if _may_ask(one, at)]
    if not asked:
        raise Refused(NOBODY)
    for summary in asked:
        summary.state = State.ASKED
        summary.save(update_fields=["state", "updated_at"])
        record(round, "laureates.ask_press", by=by, press=summary.pk)
        for reader in heads_of(summary.application.office):
            post_letter(**letters.asked(summary, to=reader, at=at).posted())
    return len(asked)


@transaction.atomic
def answer_press(
    summary: PressSummary, *, approves: bool, remark: str = "", version: int, by: User, at: datetime
) -> PressSummary:
    """The laureate approves the texts, or returns them with a remark."""
    held = _held(summary)
    if held.state != State.ASKED:
        raise Refused(NOT_ASKED)
    if held.version != version:
        raise Refused(CHANGED)
    if not approves and not remark.strip():
        raise Refused(NO_REMARK)
    held.state = State.APPROVED if approves else State.RETURNED
    held.remark, held.answered_by, held.answered_at = remark.strip(), by, at
    held.save(update_fields=["state", "remark", "answered_by", "answered_at", "updated_at"])
    found = held.application.category.round
    act = "laureates.approve_press" if approves else "laureates.return_press"
    record(held, act, by=by, office_id=held.application.office_id)
    for reader in organisers_of(found):
        post_letter(**letters.answered(held, to=reader).posted())
    return held


def _held(summary: PressSummary) -> PressSummary:
    return with_all().select_for_update(of=("self",)).get(pk=summary.pk)


def _may_ask(summary: PressSummary, at: datetime) -> bool:
    return bool(summary.texts) and laurel_of(summary) is not None and knows(summary, at)


def _first_text(decision: Decision, language: str, *, is_own: bool) -> str:
    application, prize = decision.application, decision.prize
    found = application.category.round
    facts = {
        "office": application.office.name,
        "city": application.office.city,
        "prize": prize.title_in(language) if prize else "",
        "category": application.category.title_in(language),
        "round": found.title_in(language),
        "award": found.programme.title_in(language),
    }
    with override(language):
        first = gettext("%(office)s. Prize: %(prize)s, category %(category)s, %(round)s.") % facts
    return f"{first}\n\n{decision.reason}" if is_own and decision.reason else first
