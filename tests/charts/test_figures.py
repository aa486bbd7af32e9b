from decimal import Decimal

import pytest

from qms.charts import figures


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (59.45, "59,5"),
        (Decimal("93.25"), "93,3"),
        (-2, "−2,0"),
        (-0.04, "0,0"),
        (0, "0,0"),
    ],
)
def test_figures_are_rounded_half_up_with_a_comma_and_a_true_minus(value, text):
    assert figures(1, ",")(value) == text


def test_whole_figures_have_no_separator():
    assert figures(0, ",")(Decimal("45.5")) == "46"
