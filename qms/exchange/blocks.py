"""What the pages of experience sharing are made of: parts that workers write, and what editors add between them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from qms.ui.blocks import BODY_BLOCKS

GENERATED = "generated"


class UnseenBlock(blocks.CharBlock):
    """A value that the editor carries and does not see."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.field.widget = forms.HiddenInput()


class GeneratedBlock(blocks.StructBlock):
    """A part that a worker wrote: its kind, its key on the page, and what it tells, as JSON.

    Editors may move it among their own blocks, never change it: the next build writes it anew.
    """

    kind = UnseenBlock()
    key = UnseenBlock()
    content = UnseenBlock(required=False)

    class Meta:
        icon = "cogs"
        label = _("Part written by the platform")


class EditorialBlock(blocks.StructBlock):
    """Words of the editors, with the day and the role of who added them."""

    text = blocks.TextBlock(label=_("Words of the editors"), max_length=3000)
    who = blocks.CharBlock(label=_("Added by (role)"), max_length=120, required=False)
    added_on = blocks.DateBlock(label=_("Added on"), required=False)

    class Meta:
        icon = "edit"
        label = _("From the editors")


BODY: list[tuple[str, Any]] = [
    (GENERATED, GeneratedBlock()),
    ("editorial", EditorialBlock()),
    *BODY_BLOCKS,
]
