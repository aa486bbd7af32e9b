"""Every component renders its samples as sound markup."""

from __future__ import annotations

import inspect
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser

import pytest
from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils import translation

from qms.ui import components
from qms.ui.components import (
    SHOWN,
    Band,
    BandKey,
    Button,
    Conflict,
    DataTable,
    Delta,
    Link,
    MarkRow,
    Pagination,
    Part,
    Say,
    ScoreInput,
    StripRow,
    Task,
)

VOID = {"input", "img", "br", "hr", "col", "meta", "link", "source", "wbr"}
SAMPLES = [(part, number) for part in SHOWN for number in range(len(part.samples()))]


class Checker(HTMLParser):
    """Counts tags that do not close and ids that come twice."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [value or "" for name, value in attrs if name == "id"]
        self.faults += [f"style on {tag}" for name, _ in attrs if name == "style" or name.startswith("on")]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [value or "" for name, value in attrs if name == "id"]

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}>")


def checked(html: str) -> Checker:
    checker = Checker()
    checker.feed(html)
    checker.close()
    return checker


@pytest.mark.parametrize(("part", "number"), SAMPLES, ids=[f"{part.__name__}-{n}" for part, n in SAMPLES])
def test_every_sample_renders_as_sound_markup(part: type[Part], number: int) -> None:
    page = checked(part.samples()[number].render_html())

    assert page.faults == []
    assert page.open == []
    assert len(page.ids) == len(set(page.ids))


def test_every_component_is_in_the_gallery() -> None:
    drawn = {
        part
        for _, part in inspect.getmembers(components, inspect.isclass)
        if issubclass(part, Part) and part is not Part
    }

    assert drawn == set(SHOWN)
    assert [part.__name__ for part in SHOWN if not part.samples()] == []


def test_texts_are_escaped() -> None:
    html = Say("<script>alert(1)</script>", over="<b>").render_html()

    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert "<b>" not in html


def test_button_that_posts_carries_the_token_of_its_page() -> None:
    html = Button("Send", "/x/", post=True).render_html({"csrf_token": "secret"})

    assert 'method="post"' in html
    assert 'value="secret"' in html


def test_task_shows_the_month_as_the_language_writes_it_after_a_day() -> None:
    with translation.override("pl"):
        html = Task("Oceń", "/x/", on=date(2026, 11, 18)).render_html()

    assert "<b>18</b>listopada" in html
    assert 'datetime="2026-11-18"' in html


@pytest.mark.parametrize(
    ("value", "better", "direction"),
    [(Decimal("0.12"), "more", "up"), (-3, "more", "down"), (-3, "less", "up"), (Decimal("0.04"), "more", "same")],
)
def test_change_is_judged_by_what_is_better_and_by_what_is_shown(value: Decimal, better: str, direction: str) -> None:
    assert Delta(value, better=better).direction == direction  # type: ignore[arg-type]


def test_pages_of_a_list_keep_its_filters() -> None:
    pages = Pagination(Paginator(range(100), 10).page(2), QueryDict("q=kolejki&region=lu&region=mz&page=2"))

    assert pages.later == "?q=kolejki&region=lu&region=mz&page=3"
    assert [link.label for link in pages.links if link.current] == ["2"]


def test_strip_leaves_blanks_out_of_the_range() -> None:
    row = StripRow("3.3", "Staff", "/x/", (10, None, 70))

    assert (row.lowest, row.highest, row.range) == ("10", "70", "60")
    assert StripRow("3.3", "Staff", "/x/", (None,)).range == "–"


KEYS = (BandKey(0, "0–10", "none", to=10), BandKey(1, "11–30", "weak", to=30), BandKey(2, "31–100", "some", to=100))


@pytest.mark.parametrize(("value", "band"), [(10, 0), (Decimal("10.4"), 0), (Decimal("10.5"), 1), (100, 2)])
def test_band_of_a_score_rounds_half_up_first(value: Decimal, band: int) -> None:
    assert ScoreInput("Score", (), KEYS).band_of(value) == Band(band, KEYS[band].title, KEYS[band].span)


def test_blank_score_has_no_band_and_wrong_text_is_kept() -> None:
    rows = (MarkRow("plan", "Plan", value=""), MarkRow("do", "Do", value="6,5", error="Whole numbers only."))
    part = ScoreInput("Score", rows, KEYS)

    assert [band for _, band, _ in part.lines] == [None, None]
    assert 'type="text"' in part.render_html()
    assert 'value="6,5"' in part.render_html()
    assert 'aria-describedby="id_do_error id_do_band" aria-invalid="true"' in part.render_html()


def test_conflict_marks_what_differs() -> None:
    part = Conflict("Eleven partners <b>", "Ten partners")

    assert part.mine_marked == "<ins>Eleven</ins> partners<ins> &lt;b&gt;</ins>"
    assert part.theirs_marked == "<ins>Ten</ins> partners"


def test_table_names_rows_and_marks_the_own_one() -> None:
    html = DataTable(
        "Places", ("Office", "Score"), ((Link("PUP", "/x/"), "4,31"), components.Row(("Own", "4,12"), own=True)), (1,)
    ).render_html()

    assert '<th scope="row"><a href="/x/">PUP</a></th><td class="n">4,31</td>' in html
    assert '<tr class="own"><th scope="row">Own</th>' in html
