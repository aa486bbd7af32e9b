"""What every chart promises, told once for all of them."""

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms.charts import (
    PAPER,
    Axis,
    Palette,
    Scale,
    Series,
    arrow,
    band_edges,
    bar,
    brand,
    dial,
    dial_rows,
    figures,
    interval,
    progress,
    radar,
    strip,
    swatch,
)

SVG = "{http://www.w3.org/2000/svg}"
CAF = (
    "Przywództwo",
    "Strategia i planowanie",
    "Pracownicy",
    "Partnerstwo i zasoby",
    "Procesy",
    "Klienci",
    "Kadra",
    "Odpowiedzialność społeczna",
    "Wyniki kluczowe",
)
AXES = [Axis(str(number), name) for number, name in enumerate(CAF, 1)]
NOW = [59.5, 53.0, 49.3, 59.7, 61.3, 70.0, 42.5, 31.5, 63.0]
LAST = [52.5, 48.2, 46.0, 53.0, 54.7, 59.5, 40.0, 25.5, 61.0]
PEERS = [55.0, 54.5, 51.0, 57.5, 58.0, 60.5, 48.0, 41.5, 59.0]

texts = st.text(min_size=1, max_size=40)
percent = st.integers(0, 100)
blank_or_percent = st.none() | percent


def parsed(svg):
    # A page's parser knows that <svg> is SVG; an XML parser wants it said.
    return ET.fromstring(svg.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1))  # noqa: S314 -- our own drawing


def spoken(svg):
    root = parsed(svg)
    return root.findtext(f"{SVG}title"), root.findtext(f"{SVG}desc")


SPEAKING = {
    "dial": lambda **speech: dial(3, **speech),
    "dial_rows": lambda **speech: dial_rows([("1", [0, 1, None]), ("2", [5])], color="#ffffff", **speech),
    "bar": lambda **speech: bar(59.5, band=3, previous=52, benchmark=55, **speech),
    "empty bar": lambda **speech: bar(None, **speech),
    "progress": lambda **speech: progress(17, 28, **speech),
    "strip": lambda **speech: strip([10, 20, None, 35, 35, 70], agreed=34, median=27.5, axis=True, **speech),
    "empty strip": lambda **speech: strip([None, None], **speech),
    "interval": lambda **speech: interval(4.22, 4.31, 4.40, minimum=1, maximum=5, **speech),
    "arrow": lambda **speech: arrow(0.12, **speech),
    "radar": lambda **speech: radar(AXES, Series(NOW, LAST, PEERS), **speech),
    "compact radar": lambda **speech: radar(AXES, Series(NOW), compact=True, **speech),
    "blank radar": lambda **speech: radar(AXES, Series([None] * 9, [None] * 9, [None] * 9), **speech),
}
every_chart = pytest.mark.parametrize("draw", SPEAKING.values(), ids=SPEAKING.keys())


@every_chart
def test_a_chart_says_what_it_shows(draw):
    svg = draw(ident="chart-1.1", title="Przywództwo", description="59,5 na 100")
    root = parsed(svg)

    assert spoken(svg) == ("Przywództwo", "59,5 na 100")
    assert root.get("role") == "img"
    assert (root.get("aria-labelledby"), root.get("aria-describedby")) == ("chart-1.1-t", "chart-1.1-d")


@every_chart
def test_a_chart_beside_its_own_words_is_silent(draw):
    if draw is SPEAKING["dial_rows"]:
        draw = lambda: dial_rows([], color="#ffffff", ident="", title="", description="")  # noqa: E731
    root = parsed(draw())

    assert root.get("aria-hidden") == "true"
    assert root.find(f"{SVG}title") is None


@every_chart
def test_a_chart_with_a_title_owes_a_description(draw):
    with pytest.raises(ValueError, match="title and a description"):
        draw(ident="a", title="Title", description="")


@every_chart
def test_a_chart_with_words_owes_an_identifier(draw):
    with pytest.raises(ValueError, match="identifier"):
        draw(ident='a" onload="', title="Title", description="Description")


@every_chart
def test_a_chart_uses_plain_attributes_only(draw):
    svg = draw(ident="a", title="Title", description="Description")

    assert "style" not in svg
    assert "var(" not in svg
    assert "<script" not in svg


@every_chart
@given(title=texts, description=texts)
def test_any_words_leave_a_chart_well_formed(draw, title, description):
    parsed(draw(ident="a", title=title, description=description))


def test_words_are_escaped_not_obeyed():
    svg = strip([1], ident="a", title="<b>A & B</b>", description='"</desc><script>')

    assert spoken(svg) == ("<b>A & B</b>", '"</desc><script>')


@given(st.lists(blank_or_percent, max_size=12), blank_or_percent)
def test_a_strip_has_one_dot_for_each_score_that_was_given(values, agreed):
    root = parsed(strip(values, agreed=agreed))

    assert len(root.findall(f".//{SVG}circle")) == sum(value is not None for value in values)


@given(st.lists(percent, max_size=12), st.randoms(use_true_random=False))
def test_a_strip_does_not_tell_who_scored_first(values, random):
    assert strip(random.sample(values, len(values))) == strip(values)


@given(st.lists(blank_or_percent, min_size=3, max_size=12), st.booleans())
def test_a_radar_has_one_dot_for_each_score_and_a_dash_for_each_blank(values, compact):
    axes = [Axis(str(number), "Name") for number in range(len(values))]
    root = parsed(radar(axes, Series(values), compact=compact, figure=figures(0)))

    assert len(root.findall(f".//{SVG}circle")) == sum(value is not None for value in values)
    assert [text.findall(f"{SVG}tspan")[-1].text for text in root.findall(f".//{SVG}text[{SVG}tspan]")] == [
        "–" if value is None else str(value) for value in values
    ]


def test_a_radar_writes_numbers_as_its_reader_does():
    svg = radar(AXES, Series(NOW), figure=figures(1, ","))

    assert re.findall(r">(\d\d,\d)<", svg) == ["59,5", "53,0", "49,3", "59,7", "61,3", "70,0", "42,5", "31,5", "63,0"]


def test_a_radar_binds_numbers_and_short_words_to_what_follows():
    svg = radar(AXES, Series(NOW))

    assert ">2\u00a0Strategia<" in svg
    assert ">i\u00a0planowanie<" in svg


def test_a_radar_with_a_blank_has_no_surface():
    assert 'fill-opacity="0.13"' in radar(AXES, Series(NOW))
    path = parsed(radar(AXES, Series([None, *NOW[1:]]))).find(f".//{SVG}path[@fill-opacity='0.13']")
    assert path.get("fill") == "none"


def test_a_radar_of_nine_criteria_in_three_series_stays_small():
    svg = radar(
        AXES, Series(NOW, LAST, PEERS), ident="radar", title="T" * 80, description="D" * 200, rings=(10, 30, 50, 70, 90)
    )

    assert len(svg.encode()) < 6_000


@pytest.mark.parametrize("text", ["30", "50", "70", "90"])
def test_a_ring_is_numbered_unless_a_line_runs_through_its_number(text):
    rings, level = (10, 30, 50, 70, 90), [50] * 9

    assert (f">{text}<" in radar(AXES, Series(level), rings=rings)) is (text != "50")


@given(value=st.integers(101, 1000) | st.integers(-1000, -1) | st.just(float("nan")) | st.just(float("inf")))
def test_a_value_outside_its_scale_is_refused(value):
    outside = [
        lambda: bar(value),
        lambda: bar(50, previous=value),
        lambda: bar(50, benchmark=value),
        lambda: strip([value]),
        lambda: strip([50], agreed=value),
        lambda: radar(AXES, Series([value] * 9)),
        lambda: radar(AXES, Series(NOW, [value] * 9)),
        lambda: interval(value, value, value, minimum=0, maximum=100),
    ]
    for draw in outside:
        with pytest.raises(ValueError, match=r"outside the scale|inside its interval"):
            draw()


@pytest.mark.parametrize(
    "nonsense",
    [
        lambda: dial(6),
        lambda: dial(-1),
        lambda: bar(50, band=6),
        lambda: progress(3, 2),
        lambda: progress(0, 0),
        lambda: interval(3, 2, 4, minimum=1, maximum=5),
        lambda: radar(AXES[:2], Series([1, 2])),
        lambda: radar(AXES, Series([1, 2])),
        lambda: Scale(5, 5),
        lambda: dial_rows([("1", [9])], color="#fff", ident="", title="", description=""),
    ],
)
def test_nonsense_is_refused(nonsense):
    with pytest.raises(ValueError, match=r"."):
        nonsense()


def test_the_six_bands_are_told_apart_by_shape_alone():
    one_colour = Palette(bands=("#000000",) * 6)

    assert len({dial(band, palette=one_colour) for band in (*range(6), None)}) == 7


def test_bands_part_where_rounding_half_up_parts_them():
    assert band_edges([10, 30, 50, 70, 90, 100]) == (10.5, 30.5, 50.5, 70.5, 90.5)


def test_a_bar_is_as_long_as_its_score():
    lengths = [bar.get("width") for bar in parsed(bar(60, minimum=20, maximum=100)).findall(f"{SVG}rect")]

    assert lengths == ["100%", "50%"]


def test_an_unscored_bar_has_no_length():
    assert parsed(bar(None)).findall(f"{SVG}rect") == []


def test_an_arrow_points_where_the_figure_went():
    assert len({arrow(1), arrow(-1), arrow(0)}) == 3


@pytest.mark.parametrize("kind", ["current", "previous", "benchmark", "previous-mark", "benchmark-mark"])
def test_a_swatch_is_silent_beside_its_words(kind):
    assert parsed(swatch(kind)).get("aria-hidden") == "true"


def test_a_key_follows_the_theme_as_its_chart_does():
    chart = radar(AXES, Series(NOW, LAST, PEERS))

    for part in ("current", "previous", "benchmark"):
        tint = f'<g color="{getattr(PAPER, part)}" class="q-{part}">'
        assert tint in chart
        assert tint in swatch(part)


def test_the_mark_of_the_house_takes_the_colour_around_it():
    assert {shape.get("fill") for shape in parsed(brand())} == {"none", "currentColor"}


def luminance(color):
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("ground", ["#faf8f4", "#ffffff", "#121716"], ids=["light", "paper", "dark"])
@pytest.mark.parametrize("part", ["grid", "current", "previous", "benchmark"])
def test_fixed_colours_stand_out_on_every_ground(part, ground):
    assert contrast(getattr(PAPER, part), ground) >= 3


@pytest.mark.parametrize("color", [PAPER.ink, PAPER.quiet, PAPER.accent, PAPER.falling, *PAPER.bands])
def test_bands_and_text_can_be_read_on_paper(color):
    assert contrast(color, "#faf8f4") >= 4.5
