"""Calls for help as their readers may see them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import get_language

from qms.exchange.models import HelpRequest
from qms.frameworks.domain.framework import text
from qms.frameworks.models import Edition

from .speakers import Speaker, common_kinds, speaker_of

if TYPE_CHECKING:
    from datetime import datetime

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
    """Those of these calls that are still open, in this order."""
    wanted = list(dict.fromkeys(pks))
    found = HelpRequest.objects.open().filter(pk__in=wanted).select_related("office__region").in_bulk()
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
