"""The protocol of a list: written once when it closes, and set on paper when it is ordered."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from qms.assessments.domain.snapshot import digest, plain
from qms.core.letters import absolute
from qms.core.models import type_of
from qms.core.services import open_job
from qms.frameworks.domain.framework import text
from qms.jury.documents.protocol import TEMPLATE, protocol_of
from qms.jury.models import DecisionList, Protocol
from qms.jury.queries.protocol import content_of
from qms.lifecycle import Refused, gettext_noop
from qms.pdf.models import Rendering
from qms.pdf.services import Progress, render

if TYPE_CHECKING:
    from qms.accounts.models import User
    from qms.core.models import Job

PROTOCOL = "jury.protocol"
OPEN = gettext_noop("The list is not closed.")


@transaction.atomic
def write_protocol(found: DecisionList, *, by: User, at: datetime) -> Protocol:
    """Everything that counted for a closed list, frozen with its fingerprint."""
    if found.closed_at is None:
        raise Refused(OPEN)
    content: Any = plain(content_of(found, closed_by=by.name, at=at))
    return Protocol.objects.create(list=found, content=content, sha256=digest(content), made_at=at, made_by=by)


def order_protocol(protocol: Protocol, *, language: str, by: User) -> Job:
    """A job that sets the protocol; the open one where it is being set already.

    It belongs to whoever orders it and to no office: nobody else learns from it that a list was closed.
    """
    title = protocol_name(protocol, language)
    return open_job(PROTOCOL, title=title, subject=protocol, by=by, arguments={"language": language})


def build_protocol(protocol: Protocol, *, language: str, progress: Progress | None = None) -> Rendering:
    """The protocol as a stored PDF; the file that is there already, if nothing in it has changed."""
    return render(
        protocol_of(protocol, address=verify_address(protocol, language), language=language),
        by=None,
        office_id=None,
        subject=protocol,
        name=protocol_name(protocol, language),
        progress=progress,
        template=TEMPLATE,
    )


def files_of(protocol: Protocol) -> tuple[Rendering, ...]:
    """The latest file in each language that is still in the store."""
    rows = Rendering.objects.filter(subject_type=type_of(protocol), subject_id=protocol.pk).order_by("pk")
    latest = {one.language: one for one in rows if one.file.storage.exists(str(one.file.name))}
    return tuple(latest[language] for language in sorted(latest))


def protocol_name(protocol: Protocol, language: str) -> str:
    """What the file is called, in its own language."""
    content = protocol.content
    facts = {"round": text(content["round"]["titles"], language)}
    facts["category"] = text(content["category"]["titles"], language)
    with translation.override(language):
        if content["stage"] == DecisionList.Stage.VISIT:
            return gettext("Protocol on visits: %(round)s, %(category)s") % facts
        return gettext("Protocol on prizes: %(round)s, %(category)s") % facts


def verify_address(protocol: Protocol, language: str) -> str:
    """The whole address of the page that verifies it."""
    with translation.override(language):
        return absolute(reverse("jury:protocol-verify", args=[protocol.code]))
