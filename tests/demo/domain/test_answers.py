from hypothesis import given
from hypothesis import strategies as st

from qms.demo.domain import material
from qms.demo.domain.answers import cells_of, sentences

WAITING = {
    "title": "Waiting time",
    "unit": "min",
    "better": "lower",
    "values": [17, None, 12.5],
    "target": 10,
    "evidence": "Queue log",
}


def test_a_row_as_it_is_written():
    assert cells_of(WAITING, year=2026) == {
        "title": "Waiting time",
        "unit": "min",
        "better": "lower",
        "comparison_note": "",
        "evidence": "Queue log",
        "year": 2026,
        "before_last": "17",
        "before": None,
        "last": "12.5",
        "target": "10",
        "comparison": None,
    }


def test_an_office_that_does_better_waits_less_and_has_the_same_target():
    cells = cells_of(WAITING, year=2026, beside=4)

    assert (cells["before_last"], cells["last"], cells["target"]) == ("16", "12.0", "10")


def test_an_office_that_does_better_has_more_of_what_is_good():
    cells = cells_of({**WAITING, "better": "higher"}, year=2026, beside=4)

    assert (cells["before_last"], cells["last"]) == ("18", "13.0")


@given(st.decimals(min_value=1, max_value=1000, places=2), st.integers(min_value=-5, max_value=5))
def test_a_figure_keeps_its_places(value, beside):
    cells = cells_of({**WAITING, "values": [value, value, value]}, year=2026, beside=beside)

    assert cells["last"].partition(".")[2] != ""
    assert len(cells["last"].partition(".")[2]) == 2


def test_sentences_are_the_same_each_time_and_others_for_another_office():
    bank = material.read("texts/bank-pl")
    told = {office: sentences("1.1", bank, seed=office) for office in ("a", "b", "c")}

    assert told["a"] == sentences("1.1", bank, seed="a")
    assert len(set(told.values())) > 1
