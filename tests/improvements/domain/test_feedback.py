"""The scheme of external feedback: its file, its profile, its periods."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms.frameworks.domain.document import DocumentRefused
from qms.improvements.domain.feedback import Periods, judge, read

TEXT = (Path(__file__).parents[3] / "qms" / "improvements" / "library" / "pef-2013.yaml").read_text("utf-8")
SCHEME = read(TEXT)
NAMES = [item.identifier for item in SCHEME.items]
LEVELS = st.fixed_dictionaries({name: st.integers(1, 5) for name in NAMES})
PERIODS = Periods(6, 12, 24, 60)


def faults_of(text: str) -> list[tuple[str, str]]:
    with pytest.raises(DocumentRefused) as refused:
        read(text)
    return [(fault.place, str(fault)) for fault in refused.value.faults]


def test_shipped_scheme_has_nine_steps_and_eight_principles():
    assert [[step.identifier for step in pillar.steps] for pillar in SCHEME.pillars] == [
        ["1", "2", "3", "4", "5", "6"],
        ["7", "8", "9"],
        ["P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8"],
    ]


def test_shipped_scheme_speaks_three_languages_everywhere():
    texts = [SCHEME.titles, SCHEME.label, SCHEME.about, SCHEME.attribution]
    texts += [each for pillar in SCHEME.pillars for each in (pillar.titles, pillar.about, pillar.scale.titles)]
    texts += [step.titles for _pillar, step in SCHEME.steps()]
    texts += [each for item in SCHEME.items for each in (item.titles, item.guidance, *item.levels.values())]
    texts += [each for p in SCHEME.pillars for level in p.scale.levels for each in (level.titles, level.about)]

    assert {tuple(each) for each in texts} == {("en", "pl", "ru")}


def test_profile_and_periods_are_data():
    changed = read(TEXT.replace("at_least: 2", "at_least: 4").replace("label_months: 24", "label_months: 36"))

    assert [step.at_least for _pillar, step in changed.steps()] == [Decimal(3)] * 9 + [Decimal(4)] * 8
    assert changed.periods.label_until(date(2026, 11, 30)) == date(2029, 11, 30)


def test_one_step_may_have_a_rule_of_its_own():
    own = '  - pillar: "1"\n    step: "5"\n    at_least: 4\n  - pillar: "2"'
    changed = read(TEXT.replace('  - pillar: "2"', own, 1))

    assert {step.identifier: step.at_least for _pillar, step in changed.steps()}["5"] == 4


@pytest.mark.parametrize(
    ("old", "new", "place", "said"),
    [
        ("at_least: 2\n", "at_leas: 2\n", "profile[2].at_leas", "“at_leas” is not known here."),
        ("scale: maturity", "scale: other", "pillars[2].scale", "There is no scale “other”."),
        ('- id: "2"\n        title', '- id: "1"\n        title', "pillars[0].steps[1].id", "“1” is used twice."),
        (
            "apply_until_months: 12",
            "apply_until_months: 6",
            "periods.apply_until_months",
            "The window to apply must end after it begins.",
        ),
        ('  - pillar: "3"', '  - pillar: "4"', "profile[2].pillar", "There is no pillar “4”."),
        (
            "  ru: Эффективный пользователь CAF\n",
            "",
            "label",
            "The text in the language “ru” is missing here.",
        ),
    ],
)
def test_fault_names_its_place_in_a_sentence(old, new, place, said):
    assert (place, said) in faults_of(TEXT.replace(old, new, 1))


def test_fault_names_its_line():
    with pytest.raises(DocumentRefused) as refused:
        read(TEXT.replace("code: pef-2013", "code: [1]"))

    assert [fault.line for fault in refused.value.faults] == [TEXT.splitlines().index("code: pef-2013") + 1]


# --- The profile ----------------------------------------------------------------------------------------------------


def test_threes_and_first_levels_under_way_meet_the_profile():
    assert judge(SCHEME, {name: 2 if name.startswith("P") else 3 for name in NAMES}).met


def test_one_weak_step_fails_the_profile():
    profile = judge(SCHEME, dict.fromkeys(NAMES, 3) | {"8.1": 2})

    assert [result.step.identifier for result in profile.failed] == ["8"]


def test_mean_of_a_step_may_balance_its_items():
    profile = judge(SCHEME, dict.fromkeys(NAMES, 3) | {"8.1": 2, "8.2": 4})

    assert profile.met


def test_step_without_levels_has_no_mean():
    profile = judge(SCHEME, {})

    assert ({result.mean for result in profile.steps}, profile.met, list(profile.missing)) == ({None}, False, NAMES)


@given(LEVELS)
def test_means_lie_between_the_lowest_and_the_highest_level_of_their_step(levels):
    for result in judge(SCHEME, levels).steps:
        own = [levels[item.identifier] for item in result.step.items]
        assert min(own) <= result.mean <= max(own)


@given(LEVELS, st.sampled_from(NAMES))
def test_higher_level_never_loses_the_profile(levels, name):
    higher = levels | {name: min(5, levels[name] + 1)}

    assert judge(SCHEME, higher).met >= judge(SCHEME, levels).met


@given(LEVELS, st.sampled_from(NAMES))
def test_gap_never_meets_the_profile(levels, name):
    profile = judge(SCHEME, levels | {name: None})

    assert (profile.met, profile.missing) == (False, (name,))


# --- The periods ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "is_open"),
    [
        (date(2026, 8, 27), False),
        (date(2026, 8, 28), True),
        (date(2027, 2, 28), True),
        (date(2027, 3, 1), False),
    ],
)
def test_both_ends_belong_to_the_window(on, is_open):
    assert PERIODS.is_open(date(2026, 2, 28), on) is is_open


@given(st.dates(date(2000, 1, 1), date(2060, 1, 1)))
def test_window_opens_before_it_closes(approved_on):
    assert approved_on < PERIODS.opens_on(approved_on) < PERIODS.closes_on(approved_on)
