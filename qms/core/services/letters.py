"""What is done with letters."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMultiAlternatives
from django.db import models, transaction
from django.utils import timezone, translation

from qms.core.letters import digest, kind_of, next_digest, rhythm_for
from qms.core.models import Letter
from qms.core.services.wording import words_of
from qms.lifecycle import Refused, gettext_noop

logger = logging.getLogger(__name__)

LETTER_LEASE = dt.timedelta(minutes=5)
LETTER_PAUSES = tuple(dt.timedelta(minutes=minutes) for minutes in (1, 10, 60, 360))
STATE_BY_RHYTHM = {"each": Letter.State.WAITING, "digest": Letter.State.HELD, "none": Letter.State.MUTED}


def post_letter(
    *,
    kind: str,
    to: str,
    language: str,
    template: str,
    context: Mapping[str, Any],
    user: Any = None,
    office_id: int | None = None,
    is_personal: bool = False,
) -> Letter:
    """A letter in the outbox, written in the reader's language from templates/mail/<template>.subject.txt, .txt, .html.

    It waits for the worker, for the reader's daily letter, or is only kept, as the reader wishes (`letter_rhythms`);
    invitations, new passwords and notices of safety always go. `is_personal` keeps its text from everyone but the
    addressee: for letters that carry a link which lets one in; they always go too.
    The caller then says `send_letters.delay_on_commit()`; if that gets lost, beat sends the letter.
    """
    always = is_personal or user is None or kind_of(kind).always_goes
    rhythm = "each" if always else rhythm_for(user, kind)
    now = timezone.now()
    with translation.override(language):
        values = {
            "site_url": settings.WAGTAILADMIN_BASE_URL.rstrip("/"),
            "language": language,
            "has_account": user is not None,
            "always_goes": always,
            **context,
        }
        subject, text, html = words_of(kind, template, values)
    return Letter.objects.create(
        kind=kind,
        to=to,
        user=user,
        office_id=office_id,
        language=language,
        subject=subject[:300],
        text=text,
        html=html,
        link="" if is_personal else str(context.get("path") or "")[:500],
        is_personal=is_personal,
        state=STATE_BY_RHYTHM[rhythm],
        due_at=next_digest(now) if rhythm == "digest" else now,
    )


def send_letters(*, at: dt.datetime, at_most: int = 200) -> int:
    """Send what waits in the outbox, and write the daily letters whose hour has come; how many letters went out."""
    write_digests(at=at)
    due = list(Letter.objects.due(at).order_by("due_at").values_list("pk", "due_at")[:at_most])
    return sum(_send_one(pk, due_at, at=at) for pk, due_at in due)


def _send_one(pk: int, due_at: dt.datetime, *, at: dt.datetime) -> bool:
    # Whoever changes due_at has the letter; if he dies, it is due again when that moment has come.
    mine = Letter.objects.filter(pk=pk, state=Letter.State.WAITING, due_at=due_at)
    if not mine.update(due_at=at + LETTER_LEASE, attempt=models.F("attempt") + 1):
        return False
    letter = Letter.objects.get(pk=pk)
    try:
        _message_of(letter).send()
    except Exception as error:
        logger.exception("Letter %s could not be sent.", pk)
        _postpone(letter, reason=f"{type(error).__name__}: {error}"[:1000])
        return False
    letter.state, letter.sent_at, letter.reason = Letter.State.SENT, timezone.now(), ""
    letter.save(update_fields=["state", "sent_at", "reason", "updated_at"])
    return True


def _postpone(letter: Letter, *, reason: str) -> None:
    letter.reason = reason
    if letter.attempt > len(LETTER_PAUSES):
        letter.state = Letter.State.FAILED
    else:
        letter.due_at = timezone.now() + LETTER_PAUSES[letter.attempt - 1]
    letter.save(update_fields=["state", "due_at", "reason", "updated_at"])


def _message_of(letter: Letter) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(
        letter.subject,
        letter.text,
        to=[letter.to],
        # The same number at every attempt, so that a letter sent twice is seen as one; and no "I am on holiday" back.
        headers={
            "Message-ID": f"<letter-{letter.pk}-{letter.created_at:%Y%m%d%H%M%S}@qms>",
            "Auto-Submitted": "auto-generated",
            "Content-Language": letter.language,
        },
    )
    if letter.html:
        message.attach_alternative(letter.html, "text/html")
    return message


@transaction.atomic
def send_again(letter: Letter, *, at: dt.datetime) -> Letter:
    """Put a letter that could not be sent back into the outbox."""
    letter = Letter.objects.select_for_update().get(pk=letter.pk)
    if letter.state != Letter.State.FAILED:
        raise Refused(gettext_noop("Only a letter that could not be sent can be sent again."))
    letter.state, letter.attempt, letter.due_at, letter.reason = Letter.State.WAITING, 0, at, ""
    letter.save()
    return letter


def write_digests(*, at: dt.datetime) -> list[Letter]:
    """The daily letters of everyone for whom something waits since before the hour of daily letters."""
    # Whoever is no longer here reads no daily letter.
    Letter.objects.due_in_a_digest(at).filter(user=None).update(state=Letter.State.MUTED, updated_at=at)
    waiting = Letter.objects.due_in_a_digest(at).order_by("user").values_list("user", flat=True)
    written = [_write_digest(user, at=at) for user in waiting.distinct()]
    return [letter for letter in written if letter]


@transaction.atomic
def _write_digest(user_id: int, *, at: dt.datetime) -> Letter | None:
    reader = get_user_model().objects.get(pk=user_id)
    held = list(Letter.objects.select_for_update().due_in_a_digest(at).filter(user=reader).order_by("created_at", "pk"))
    # The reader may have changed his mind since, or have left.
    wanted = [one for one in held if reader.is_active and rhythm_for(reader, one.kind) != "none"]
    _settle(set(held) - set(wanted), state=Letter.State.MUTED, at=at)
    if not wanted:
        return None
    letter = post_letter(**digest(reader, wanted))
    _settle(wanted, state=Letter.State.GATHERED, at=at, digest=letter)
    return letter


def _settle(letters: Iterable[Letter], *, at: dt.datetime, **changes: Any) -> None:
    Letter.objects.filter(pk__in=[one.pk for one in letters]).update(updated_at=at, **changes)
