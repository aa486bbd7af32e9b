"""Calls for help as their readers may see them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.utils.translation import get_language

from qms.exchange.models import HelpAnswer, HelpRequest
from qms.frameworks.domain.framework import text
from qms.frameworks.models import Edition
from qms.goodpractices.models import PracticePage
from qms.goodpractices.queries.forming import schemes
from qms.offices.models import roles_of
from qms.offices.queries import offices_of

from .speakers import Speaker, common_kinds, speaker_of

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from qms.accounts.models import User
    from qms.exchange.models.help import HelpRequestQuerySet
    from qms.offices.models import Office

NodePair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class CallRow:
    """One call as a stranger may read it: the office's name only where the office shows it."""

    pk: int
    speaker: Speaker
    framework: str
    node: str
    title: str
    text: str
    asked_at: datetime
    closed_at: datetime | None
    helped: bool | None


def calls_of(pks: Iterable[int]) -> tuple[CallRow, ...]:
    """Those of these calls that are still open, in this order; where an office works no more nobody reads an answer."""
    wanted = list(dict.fromkeys(pks))
    found = (
        HelpRequest.objects.open()
        .filter(pk__in=wanted, office__is_active=True)
        .select_related("office__region")
        .in_bulk()
    )
    return call_rows(found[pk] for pk in wanted if pk in found)


def call_rows(calls: Iterable[HelpRequest]) -> tuple[CallRow, ...]:
    """The calls as strangers may read them; their offices and regions must have been read already."""
    listed = list(calls)
    if not listed:
        return ()
    common = common_kinds()
    titles = node_titles((one.framework, one.node) for one in listed)
    return tuple(_row(one, titles[one.framework, one.node], common) for one in listed)


def node_titles(pairs: Iterable[NodePair]) -> dict[NodePair, str]:
    """What each subcriterion is called in the reader's language; nothing where nobody knows it."""
    wanted = set(pairs)
    trees = {one.code: one.tree() for one in Edition.objects.filter(code__in={code for code, _node in wanted})}
    language = get_language() or "pl"
    return {
        (code, node): text(trees[code].node(node).titles, language)
        if code in trees and trees[code].has_node(node)
        else ""
        for code, node in wanted
    }


def _row(one: HelpRequest, title: str, common: frozenset[str]) -> CallRow:
    return CallRow(
        one.pk,
        speaker_of(one.office, by_name=one.by_name, common=common),
        one.framework,
        one.node,
        title,
        one.text,
        one.created_at,
        one.closed_at,
        one.helped,
    )


# --- Lists and one call -----------------------------------------------------------------------------------------------

OPEN, OURS, ANSWERED, CLOSED = "open", "ours", "answered", "closed"


def calls_listed(user: User, part: str, *, node: NodePair | None = None) -> HelpRequestQuerySet:
    """One part of the list, the newest call first; never narrowed by an office, which would give its name away."""
    found = HelpRequest.objects.visible_to(user).filter(_of(user)[part])
    if node is not None:
        found = found.filter(framework=node[0], node=node[1])
    return found.select_related("office__region").order_by("-created_at", "-pk")


def counted_parts(user: User) -> dict[str, int]:
    """How many calls each part of the list holds."""
    counts = {part: Count("pk", filter=condition) for part, condition in _of(user).items()}
    return dict(HelpRequest.objects.visible_to(user).aggregate(**counts))


def nodes_called(user: User, part: str) -> list[tuple[NodePair, str]]:
    """The subcriteria of this part of the list with their titles, each once."""
    pairs = HelpRequest.objects.visible_to(user).filter(_of(user)[part]).values_list("framework", "node").distinct()
    return sorted(node_titles(pairs).items())


def _of(user: User) -> dict[str, Q]:
    own = roles_of(user).offices()
    answered = HelpAnswer.objects.filter(office__in=own).values("request")
    return {
        OPEN: Q(closed_at__isnull=True),
        OURS: Q(office__in=own),
        ANSWERED: Q(pk__in=answered),
        CLOSED: Q(closed_at__isnull=False),
    }


def answers_read_by(user: User, call: HelpRequest) -> list[HelpAnswer]:
    """The answers that this person reads, in their order: all for who asked, else those of the own offices."""
    answers = HelpAnswer.objects.filter(request=call).select_related("office", "by", "practice")
    own = roles_of(user).offices()
    if call.office_id not in own:
        answers = answers.filter(office__in=own)
    return list(answers.order_by("created_at", "pk"))


def answers_counted(calls: Iterable[HelpRequest]) -> dict[int, int]:
    """How many answers each of these calls has."""
    given = HelpAnswer.objects.filter(request__in=[one.pk for one in calls]).values("request")
    return dict(given.annotate(many=Count("pk")).values_list("request", "many"))


def closed_meanwhile(pk: int) -> bool:
    """Whether this call is there and nobody answers it any more."""
    return HelpRequest.objects.filter(pk=pk, closed_at__isnull=False).exists()


def offices_that_answer(user: User, call: HelpRequest) -> QuerySet[Office]:
    """The person's offices without the one that asks."""
    return offices_of(user).exclude(pk=call.office_id)


def practices_to_show(user: User, call: HelpRequest) -> QuerySet[PracticePage]:
    """Published practices of these offices, by title."""
    published = PracticePage.objects.published().filter(office__in=offices_that_answer(user, call).order_by())
    return published.defer_streamfields().order_by("title", "pk")  # type: ignore[no-any-return]


def nodes_to_ask_about(also: NodePair | None = None) -> list[tuple[str, list[tuple[str, str]]]]:
    """The subcriteria of current frameworks under their frameworks' names, and the one that a call has already."""
    found = [(one.title, [(f"{one.code}:{node}", label) for node, label in one.nodes]) for one in schemes()]
    if also is not None and all(":".join(also) != value for _title, nodes in found for value, _label in nodes):
        label = f"{also[1]} {node_titles([also])[also]}".strip()
        found.append((also[0], [(":".join(also), label)]))
    return found
