"""Results as small as a word."""

from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from qms.charts.spark import HEIGHT, WIDTH, spark


def dots_of(picture):
    """Our own drawing, read again."""
    return [one for one in ET.fromstring(picture).iter() if one.tag.endswith("circle")]  # noqa: S314  our own


numbers = st.none() | st.floats(-1e9, 1e9)


@given(st.lists(numbers, min_size=1, max_size=5), numbers)
def test_every_known_value_is_a_dot_inside_the_picture(values, target):
    picture = spark(values, target)
    known = [value for value in values if value is not None]
    if not known:
        assert picture == ""
        return
    dots = dots_of(picture)
    assert len(dots) == len(known)
    assert all(0 <= float(one.get("cx")) <= WIDTH and 0 <= float(one.get("cy")) <= HEIGHT for one in dots)


def test_higher_value_stands_higher():
    first, last = dots_of(spark([1, 2]))
    assert float(first.get("cy")) > float(last.get("cy"))
