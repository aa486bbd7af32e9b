"""The effect as it stands on the page of its action."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext

from qms.improvements.queries.effects import EffectView, effect_view
from qms.ui.components import Link, Note

from .box import stated_box
from .parts import EffectPanel
from .tables import indicator_table

if TYPE_CHECKING:
    from qms.improvements.models import Action


def effect_panel(action: Action, *, may_state: bool = False) -> EffectPanel:
    """The stated verdict with its numbers, else what is to be done about it; the indicators below."""
    view = effect_view(action)
    table = indicator_table(view.indicators) if view.indicators else None
    if view.stated is not None:
        box = stated_box(view.stated, action, moved=view.has_moved and not view.is_settled)
        return EffectPanel(box, link=_link(action, gettext("Values, charts and how this was reckoned")), table=table)
    return EffectPanel(None, _waiting(view, may_state=may_state), _way_on(view, may_state=may_state), table)


def _waiting(view: EffectView, *, may_state: bool) -> Note:
    if view.is_over:
        text = gettext("The action is finished, but nobody has said yet whether it worked.")
        return Note(text, gettext("The effect is not stated yet") if may_state else "", "warn" if may_state else "")
    if not view.indicators:
        return Note(gettext("The action has no indicator yet. Without one nothing will tell whether it worked."))
    return Note(gettext("Whether it worked is said when the action is finished and measured again."))


def _way_on(view: EffectView, *, may_state: bool) -> Link | None:
    if may_state and view.is_over:
        return _link(view.action, gettext("State the effect"))
    if may_state and not view.indicators:
        return _link(view.action, gettext("Say how the action is measured"))
    return _link(view.action, gettext("Values and charts")) if view.indicators or may_state else None


def _link(action: Action, label: str) -> Link:
    return Link(label, reverse("improvements:effect", args=[action.pk]))
