"""What the pages of the portal are composed of, beside the blocks that all apps share."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class DoorLinkBlock(blocks.StructBlock):
    """One way in: to a page of the CMS or to an address of the platform."""

    label = blocks.CharBlock(label=_("Text"), max_length=80)
    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    address = blocks.CharBlock(
        label=_("Address"),
        required=False,
        max_length=200,
        help_text=_("Only when no page is chosen, for example /pl/assessments/."),
    )


class DoorBlock(blocks.StructBlock):
    """One of the doors on the home page: for whom, what it is about, where it leads."""

    title = blocks.CharBlock(label=_("Title"), max_length=60)
    text = blocks.TextBlock(label=_("Text"), rows=2, max_length=200)
    links = blocks.ListBlock(DoorLinkBlock(), label=_("Links"), max_num=4)

    class Meta:
        label = _("Door")
        icon = "login"
