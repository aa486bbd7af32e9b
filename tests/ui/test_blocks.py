"""Blocks of pages render as sound markup."""

from __future__ import annotations

from typing import Any

import pytest

from qms.ui.blocks import BODY_BLOCKS, PictureBlock

BLOCKS = dict(BODY_BLOCKS)


def rendered(name: str, value: Any) -> str:
    block = BLOCKS[name]
    return block.render(block.to_python(value))


@pytest.mark.parametrize(
    ("name", "value", "piece"),
    [
        ("heading", "How we score", '<h2 class="block-heading">How we score</h2>'),
        ("paragraph", "<p>Words.</p>", "<p>Words.</p>"),
        ("quotation", {"text": "We asked.", "who": "Head of office"}, "<figcaption>Head of office</figcaption>"),
        ("steps", {"steps": [{"title": "Ask", "text": "<p>First.</p>"}]}, "<b>Ask</b>"),
        ("note", {"kind": "warn", "title": "", "text": "Mind the date."}, '<div class="note warn">'),
        ("video", {"title": "Film", "url": "https://example.org/v", "note": "3 min"}, 'href="https://example.org/v"'),
        ("file", {"document": None, "title": "", "note": ""}, ""),
    ],
)
@pytest.mark.django_db
def test_block_renders(name: str, value: Any, piece: str) -> None:
    assert piece in rendered(name, value)


def test_table_has_a_caption_and_headings() -> None:
    table = {
        "data": [["Office", "Score"], ["PUP", "60"]],
        "first_row_is_table_header": True,
        "first_col_is_header": True,
        "table_caption": "Places",
        "cell": [],
        "mergeCells": [],
    }
    html = rendered("table", table)

    assert "<caption>Places</caption>" in html
    assert '<th scope="col">Office</th>' in html
    assert '<th scope="row">PUP</th><td>60</td>' in html


def test_picture_must_say_what_it_shows() -> None:
    assert PictureBlock().child_blocks["alternative"].required
