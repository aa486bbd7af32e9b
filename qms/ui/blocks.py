"""Blocks from which editors build pages: few, plain, and all of them accessible."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from .components import FileRow, Note

PLAIN = ["bold", "italic", "link", "document-link", "ol", "ul"]


class HeadingBlock(blocks.CharBlock):
    """A heading of the second level."""

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "blocks/heading.html"


class ParagraphBlock(blocks.RichTextBlock):
    """Running text."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"features": ["h3", *PLAIN], **options})

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "blocks/paragraph.html"


class QuotationBlock(blocks.StructBlock):
    """Somebody's words and who said them."""

    text = blocks.TextBlock(label=_("Words"))
    who = blocks.CharBlock(label=_("Who said it"), required=False)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "blocks/quotation.html"


class PictureBlock(blocks.StructBlock):
    """A picture with its description for those who do not see it."""

    image = ImageChooserBlock(label=_("Picture"))
    alternative = blocks.CharBlock(
        label=_("What the picture shows"),
        help_text=_("Read aloud to those who do not see the picture. Say what matters here, in one sentence."),
        max_length=250,
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False)

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "blocks/picture.html"


class StepBlock(blocks.StructBlock):
    """One step: what to do, and how."""

    title = blocks.CharBlock(label=_("What to do"))
    text = blocks.RichTextBlock(label=_("How"), features=PLAIN, required=False)

    class Meta:
        icon = "list-ol"
        label = _("Step")


class StepsBlock(blocks.StructBlock):
    """Steps in their order."""

    steps = blocks.ListBlock(StepBlock(), label=_("Steps"), min_num=1)

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        template = "blocks/steps.html"


class FileBlock(blocks.StructBlock):
    """A file to take away."""

    document = DocumentChooserBlock(label=_("File"))
    title = blocks.CharBlock(label=_("Title"), required=False)
    note = blocks.CharBlock(label=_("Note"), required=False)

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        document = value["document"]
        if document:
            context["file"] = FileRow(
                value["title"] or document.title, document.file_extension.upper(), document.url, value["note"]
            )
        return context

    class Meta:
        icon = "doc-full"
        label = _("File")
        template = "blocks/file.html"


class NoteBlock(blocks.StructBlock):
    """Something that nobody should miss."""

    KINDS: ClassVar = [("", _("Good to know")), ("warn", _("Take care"))]

    kind = blocks.ChoiceBlock(label=_("Kind"), choices=KINDS, default="", required=False)
    title = blocks.CharBlock(label=_("Title"), required=False)
    text = blocks.TextBlock(label=_("Words"))

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        context["note"] = Note(value["text"], value["title"], value["kind"] or "")
        return context

    class Meta:
        icon = "info-circle"
        label = _("Note")
        template = "blocks/note.html"


class VideoBlock(blocks.StructBlock):
    """A link to a film; nothing is fetched from elsewhere until one goes there."""

    title = blocks.CharBlock(label=_("Title"))
    url = blocks.URLBlock(label=_("Address"))
    note = blocks.CharBlock(label=_("Length, language, captions"), required=False)

    class Meta:
        icon = "media"
        label = _("Film")
        template = "blocks/video.html"


BODY_BLOCKS: list[tuple[str, blocks.Block]] = [
    ("heading", HeadingBlock()),
    ("paragraph", ParagraphBlock()),
    ("quotation", QuotationBlock()),
    ("picture", PictureBlock()),
    ("steps", StepsBlock()),
    ("table", TableBlock(label=_("Table"), template="blocks/table.html")),
    ("file", FileBlock()),
    ("note", NoteBlock()),
    ("video", VideoBlock()),
]
