"""Changing a draft; a published edition is copied instead."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from django.db import transaction

from qms.accounts.models import User
from qms.frameworks.domain import document, editing
from qms.frameworks.domain.framework import Framework
from qms.frameworks.models import FIXED, Edition
from qms.frameworks.services.importing import take_over
from qms.lifecycle import Refused, gettext_noop

CHANGED = gettext_noop(
    "Someone else changed this draft while you were writing. What you wrote stands below; look at the draft, then save"
    " again."
)


def edit_head(edition: Edition, texts: editing.HeadTexts, *, seen: str, by: User) -> Edition:
    """The draft with new titles and texts of its own."""
    return _edit(edition, lambda tree: editing.with_head(tree, texts), seen=seen, by=by)


def edit_node(edition: Edition, identifier: str, texts: editing.NodeTexts, *, seen: str, by: User) -> Edition:
    """The draft with new texts of one node."""
    return _edit(edition, lambda tree: editing.with_node(tree, identifier, texts), seen=seen, by=by)


def edit_weights(edition: Edition, weights: Mapping[str, Fraction | None], *, seen: str, by: User) -> Edition:
    """The draft with new weights, all at once: beside a weight each neighbour needs one."""
    return _edit(edition, lambda tree: editing.with_weights(tree, weights), seen=seen, by=by)


@transaction.atomic
def _edit(edition: Edition, change: Callable[[Framework], Framework], *, seen: str, by: User) -> Edition:
    """`seen` is the fingerprint of what the person had on the screen."""
    edition = Edition.objects.select_for_update(of=("self",)).select_related("file").get(pk=edition.pk)
    if edition.is_published:
        raise Refused(FIXED)
    if edition.sha256 != seen:
        raise Refused(CHANGED)
    before = document.read(edition.file.text).framework
    after = change(before)
    if after == before:
        return edition
    return take_over(document.read(document.write(after)), by=by, act="frameworks.edit")


@transaction.atomic
def renew_edition(edition: Edition, *, code: str, name: str, by: User) -> Edition:
    """A draft with the same tree under a new code, which follows this edition node by node."""
    if Edition.objects.filter(code=code).exists():
        raise Refused(gettext_noop("There is an edition %(code)s already."), code=code)
    tree = editing.renewed(edition.tree(), code=code, edition=name)
    return take_over(document.read(document.write(tree)), by=by, act="frameworks.renew")
