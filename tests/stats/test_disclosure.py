from decimal import Decimal

from qms.stats.disclosure import MINIMUM, may_show, median_of_at_least_five


def test_five_are_enough_and_four_are_not():
    assert MINIMUM == 5
    assert may_show(5)
    assert not may_show(4)


def test_a_stricter_rule_may_be_asked_for():
    assert not may_show(9, minimum=10)


def test_the_median_of_five_offices_is_shown():
    assert median_of_at_least_five([40, 55, 50, 61, 48]) == Decimal(50)


def test_a_blank_office_does_not_count_as_the_fifth():
    assert median_of_at_least_five([40, 55, 50, 61, None]) is None
