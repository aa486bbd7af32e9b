"""What the text of a practice is composed of."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

PLAYERS = frozenset({"www.youtube.com", "youtube.com", "youtu.be", "vimeo.com", "player.vimeo.com"})


def check_video(address: str) -> None:
    """Nothing, or a sentence when the address is not that of a film at a player we link to."""
    parts = urlsplit(address)
    if parts.scheme != "https" or parts.hostname not in PLAYERS or len(parts.path) < 2:
        raise ValidationError(_("Give the address of a film at YouTube or Vimeo, beginning with https://."))


class StepBlock(blocks.StructBlock):
    """One step of what was done."""

    title = blocks.CharBlock(label=_("What was done"), max_length=160)
    text = blocks.TextBlock(label=_("How"), rows=3, max_length=1500, required=False)
    when = blocks.CharBlock(label=_("When, and how much work"), max_length=160, required=False)


class QuotationBlock(blocks.StructBlock):
    """What somebody said; a role, never a name."""

    text = blocks.TextBlock(label=_("Words"), rows=2, max_length=600)
    who = blocks.CharBlock(label=_("Who said it (role)"), max_length=120)


class PictureBlock(blocks.StructBlock):
    """A picture with what it shows, for those who do not see it."""

    picture = ImageChooserBlock(label=_("Picture"))
    alternative = blocks.CharBlock(label=_("What the picture shows"), max_length=250)
    caption = blocks.CharBlock(label=_("Caption"), max_length=250, required=False)


class FileBlock(blocks.StructBlock):
    """A file to take away."""

    document = DocumentChooserBlock(label=_("File"))
    title = blocks.CharBlock(label=_("What it is"), max_length=160)


class VideoBlock(blocks.StructBlock):
    """A link to a film."""

    address = blocks.URLBlock(label=_("Address of the film"), max_length=300, validators=[check_video])
    title = blocks.CharBlock(label=_("What it shows"), max_length=160)


BODY = [
    ("steps", blocks.ListBlock(StepBlock(), label=_("Steps"), icon="list-ol")),
    ("text", blocks.TextBlock(label=_("Text"), rows=4, max_length=5000, icon="pilcrow")),
    ("quotation", QuotationBlock(label=_("Quotation"), icon="openquote")),
    ("picture", PictureBlock(label=_("Picture"), icon="image")),
    ("file", FileBlock(label=_("File"), icon="doc-full")),
    ("video", VideoBlock(label=_("Film"), icon="media")),
]
