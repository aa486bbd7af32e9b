"""The page of an evaluation meeting: what was told, woven between what editors wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from qms.assessments.domain.snapshot import canonical
from qms.core.audit import record
from qms.core.services import post_letter
from qms.exchange.blocks import GENERATED
from qms.exchange.domain.keys import MEETING, block_id, page_key
from qms.exchange.domain.lifecycle import MEETING as STEPS
from qms.exchange.domain.weaving import Piece
from qms.exchange.letters.meetings import meeting_published
from qms.exchange.models import Edition, EditionPage, Experience, Meeting, MeetingPage
from qms.lifecycle import Refused, gettext_noop

from .founding import add_under, found_pages
from .meetings import locked_meeting
from .weaving import publish_woven

if TYPE_CHECKING:
    from qms.accounts.models import User

BLOCK = "experiences"


@transaction.atomic
def publish_meeting(meeting: Meeting, *, by: User) -> MeetingPage:
    """Publish what was told for everybody, or bring the page up to date; editors' blocks and drafts stay.

    The page knows experiences by their keys only: what it shows is read anew each time.
    """
    held = locked_meeting(meeting)
    is_new = held.state != Meeting.State.PUBLISHED
    if is_new:
        STEPS.require(held.state, Meeting.State.PUBLISHED)
    if not Experience.objects.shown().filter(meeting=held).exists():
        raise Refused(gettext_noop("Nobody has told an experience that could stand on the page."))
    page = _page(held, _edition_page(held))
    publish_woven(page, pieces_wanted(held, page), held.title)
    if is_new:
        held.state = Meeting.State.PUBLISHED
        held.save(update_fields=["state", "updated_at"])
        for told in Experience.objects.shown().filter(meeting=held, by__is_active=True).select_related("by"):
            post_letter(**meeting_published(held, told, path=page.get_url() or "").posted())
    record(held, "exchange.publish_meeting", by=by)
    return page


def pieces_wanted(meeting: Meeting, page: MeetingPage) -> list[Piece]:
    """The generated blocks of this page; what is left out now may be shown again without building anew."""
    told = list(Experience.objects.filter(meeting=meeting).order_by("pk").values_list("pk", flat=True))
    value = {"kind": BLOCK, "key": BLOCK, "content": canonical({"experience": told})}
    return [Piece(block_id(page.translation_key, BLOCK), GENERATED, value)]


def _edition_page(meeting: Meeting) -> EditionPage:
    if meeting.edition.state == Edition.State.DRAFT:
        raise Refused(gettext_noop("The edition is still in preparation. Open it first: its pages hold this one."))
    for page in found_pages(meeting.edition):
        if page.locale.language_code == meeting.language:
            return page
    raise Refused(gettext_noop("The site has no pages in this language yet."))


def _page(meeting: Meeting, home: EditionPage) -> MeetingPage:
    key = page_key(meeting.edition_id, MEETING, meeting.pk)
    new = MeetingPage(
        meeting=meeting,
        title=meeting.title,
        slug=f"meeting-{meeting.pk}",
        locale=home.locale,
        translation_key=key,
        live=False,
    )
    page = add_under(home, new)
    held: MeetingPage = MeetingPage.objects.select_for_update(of=("self",)).get(pk=page.pk)
    return held
