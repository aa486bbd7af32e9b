"""Framework files: what is read, what is refused and on which line, and that export gives the same file."""

import json
import pickle
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from qms.frameworks.domain.document import DocumentRefused, read, write
from qms.frameworks.domain.document.lines import compose
from qms.frameworks.domain.document.shape import schema
from qms.frameworks.domain.framework import Consensus, Framework, Group, Node, Rollup, Rounding
from qms.frameworks.domain.panel import Band, Dimension, Panel, Scale
from tests.frameworks.conftest import LIBRARY

SHIPPED = sorted(LIBRARY.glob("*.yaml"))


def line_of(text, part):
    return next(at for at, line in enumerate(text.splitlines(), start=1) if part in line)


def faults_of(text):
    with pytest.raises(DocumentRefused) as refusal:
        read(text)
    return [(fault.line, str(fault)) for fault in refusal.value.faults]


def test_the_schema_is_itself_sound():
    Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_shipped_file_is_sound_complete_and_survives_a_round(path):
    text = path.read_text("utf-8")
    document = read(text)

    assert document.text == text
    assert document.framework.code == path.stem
    assert read(write(document.framework)).framework == document.framework
    assert [str(warning) for warning in document.warnings] == []


def test_texts_keep_their_marks_and_words_stay_words(sample):
    text = sample.replace("{en: Relations, pl: Relacje}", "{en: no, pl: 'Relacje: tak'}")

    assert read(text).framework.node("1.4").titles == {"en": "no", "pl": "Relacje: tak"}


def test_windows_lines_and_a_mark_at_the_start_are_read_and_kept(sample):
    text = "\ufeff" + sample.replace("\n", "\r\n")

    assert read(text).text == text
    assert read(text).framework == read(sample).framework


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('id: "1.2"', "id: 1.2", "“1.2” must be a text; put it in quotes."),
        ('id: "1.2"', 'id: "1.1"', "“1.1” is used twice."),
        ("code: weak, from: 11", "code: weak, from: 12",
         "Band weak must begin at 11, one above the end of the band before it."),
        ("code: weak, from: 11, to: 30", "code: none, from: 11, to: 30", "“none” is used twice."),
        ("code: excellent, from: 91, to: 100", "code: excellent, from: 91, to: 90",
         "Band excellent ends before it begins."),
        ("{en: Target, pl: Cel}, minimum: 0, maximum: 100", "{en: Target, pl: Cel}, minimum: 0, maximum: 90",
         "The bands cover 0 to 100; dimension target must have the same range."),
        ("              strong: {", "              stronk: {", "There is no band stronk."),
        ("mode: half-up", "mode: half-even", "“half-even” is not one of: half-up."),
        ("combination: single", "combination: median", "“median” is not one of: mean, single, capped."),
        ("combination: single", "combination: capped", "“by” is missing here."),
        ("group: results", "group: other", "There is no group other."),
        ("{en: Manage, pl: Zarządzanie}", "{pl: Zarządzanie}", "The text lacks the fallback language en."),
        ("{en: Manage, pl: Zarządzanie}", "{en: Manage, de: Leiten}",
         "The language de is not among the file's languages."),
        ("{en: Manage, pl: Zarządzanie}", '{en: ""}', "This is empty."),
        ("about: {en: What leaders do.", "colour: {en: What leaders do.", "“colour” is not known here."),
        ('- {id: "1.2",', '- {id: "1.2", weight: 2,', "Criterion 1.1 has no weight, but others beside it have one."),
        ("total: sum,", "total: sum, maximum: 900,", "Criteria without weights add up to 200 at most."),
        ("total: sum,", "total: mean, maximum: 200,", "“maximum” belongs to a sum only, “by” to a capped scale only."),
        ("  - {code: weak, from: 11, to: 30, title: {en: weak evidence, pl: słabe dowody}}", "  - 5",
         "“5” is of the wrong kind; expected: object."),
        ("format: 1", "format: 2", "“2” is not one of: 1."),
        ("discuss_above: 20", "discuss_above: lots", "“lots” is of the wrong kind; expected: integer."),
    ],
)  # fmt: skip
def test_a_fault_is_told_in_a_sentence_with_its_line(sample, old, new, sentence):
    assert old in sample
    text = sample.replace(old, new, 1)

    faults = faults_of(text)

    assert sentence in [told for _, told in faults]
    line = next(line for line, told in faults if told == sentence)
    # The line of the change; where something is absent, the place that lacks it.
    elsewhere = {"Criterion 1.1 has": 'id: "1.1"', "“by” is missing": "      enablers:\n        combination: single"}
    place = next((place for start, place in elsewhere.items() if sentence.startswith(start)), old)
    assert line == sample[: sample.index(place)].count("\n") + 1


def test_every_fault_is_told_in_the_order_of_the_lines(sample):
    text = (
        sample.replace("mode: half-up", "mode: up")
        .replace('id: "6.2"', "id: 6.2")
        .replace("about: {en: Two", "abaut: {en: Two")
    )

    lines = [line for line, _ in faults_of(text)]

    assert lines == sorted(lines)
    assert len(lines) == 3


def test_scales_must_be_what_their_combination_says(sample):
    with_two = sample.replace("combination: mean", "combination: single")
    with_cap = sample.replace("combination: mean", "combination: capped\n        by: nothing")

    assert {told for _, told in faults_of(with_two)} == {"A scale that is “single” has exactly one dimension."}
    assert {told for _, told in faults_of(with_cap)} == {"No dimension is called “nothing”."}


def test_every_scored_node_has_a_group(sample):
    told = [told for _, told in faults_of(sample.replace("    group: results\n", ""))]

    assert told == [f"Criterion {node} has no group." for node in ("6", "6.1", "6.2")]


def test_bands_must_cover_a_range(sample):
    first = sample.index("  - {code: none, from")
    text = (
        sample[:first] + "  - {code: none, from: 5, to: 5, title: {en: none}}\n" + sample[sample.index("rounding:") :]
    )

    assert "The bands cover no range." in [told for _, told in faults_of(text)]


def test_a_panel_without_a_scale_for_a_used_group_is_refused(sample):
    text = sample.replace("results}}", "results}}").replace(
        "      results:\n        combination: single", "      other:\n        combination: single"
    )

    assert {told for _, told in faults_of(text)} == {
        "Panel classical has no scale for the group results.",
        "There is no group other.",
    }


@pytest.mark.parametrize(
    "text",
    ["", "   ", "[]", "1", "a: [", "a: 1\na: 2", "a: &x 1\nb: *x", "[" * 100_000, "a: !!python/object:os.system x",
     "x" * 2_000_001, "format: 1\n---\nformat: 1", "\x00", "? [a]\n: b", "a: 1:30", "a: 0x1F\nb: 1e999"],
)  # fmt: skip
def test_anything_else_is_refused_and_never_breaks(text):
    assert faults_of(text)


def test_a_missing_translation_and_missing_anchors_are_warned_of(sample):
    warnings = {(warning.line, str(warning)) for warning in read(sample).warnings}

    assert (line_of(sample, "Inspire people"), "Not in pl; readers see the fallback language.") in warnings
    assert (
        line_of(sample, "{en: Do,"),
        "Nothing says what a score means in: none, weak, some, strong, very-strong, excellent.",
    ) in warnings


def test_what_has_no_line_of_its_own_has_that_of_the_nearest_place_around_it():
    source = compose("a:\n  b: 1\n")

    assert [source.line(place) for place in (("a", "b", "c"), ("a", "x"), ("x",))] == [2, 1, 1]


def test_a_refusal_travels_between_processes(sample):
    with pytest.raises(DocumentRefused) as refusal:
        read(sample.replace("mode: half-up", "mode: up"))

    assert str(pickle.loads(pickle.dumps(refusal.value))) == str(refusal.value)  # noqa: S301  our own


def test_the_published_schema_names_every_field_that_is_written(sample):
    assert set(schema()["properties"]) >= {"code", "framework", "rollup", "nodes"}
    assert json.loads(json.dumps(schema())) == schema()


# --- Any framework: file -> load -> export is the identity ------------------------------------------------------------

LANGUAGES = ("en", "pl", "ru")
words = st.text(st.characters(exclude_categories=("C",)), min_size=1, max_size=20).filter(lambda word: word.strip())
codes = st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True)


def texts(required=True):
    given_languages = st.sets(st.sampled_from(LANGUAGES[1:])).map(
        lambda more: [each for each in LANGUAGES if each == "en" or each in more]
    )
    present = given_languages.flatmap(lambda chosen: st.fixed_dictionaries(dict.fromkeys(chosen, words)))
    present = present.map(lambda by_language: {each: by_language[each] for each in LANGUAGES if each in by_language})
    return present if required else st.just({}) | present


lists = st.just({}) | st.fixed_dictionaries({"en": st.lists(words, min_size=1, max_size=3).map(tuple)})


@st.composite
def frameworks(draw):
    ends = sorted(draw(st.sets(st.integers(1, 100), min_size=1, max_size=6)))
    starts = [0, *(end + 1 for end in ends[:-1])]
    bands = tuple(
        Band(f"b{at}", at, low, high, draw(texts())) for at, (low, high) in enumerate(zip(starts, ends, strict=True))
    )
    groups = tuple(
        Group(code, draw(texts()), draw(texts(required=False)))
        for code in sorted(draw(st.sets(codes, min_size=1, max_size=2)))
    )
    panels = tuple(
        Panel(code, draw(texts()), {group.code: draw(scales(bands)) for group in groups}, draw(texts(required=False)))
        for code in sorted(draw(st.sets(codes, min_size=1, max_size=2)))
    )
    counter = iter(range(1, 1000))

    def node(depth, inherited):
        group = draw(st.sampled_from(groups)).code if inherited is None else inherited
        return Node(
            identifier=str(next(counter)), titles=draw(texts()), group=group, shorts=draw(texts(required=False)),
            about=draw(texts(required=False)), guidance=draw(texts(required=False)), examples=draw(lists),
            evidence_hints=draw(lists), weight=draw(st.sampled_from([Fraction(1), Fraction("2.5"), Fraction("0.125")])),
            children=tuple(node(depth - 1, group) for _ in range(draw(st.integers(0, 2)))) if depth else (),
        )  # fmt: skip

    return Framework(
        code=draw(codes), framework=draw(codes), edition=draw(words), languages=LANGUAGES, titles=draw(texts()),
        groups=groups,
        bands=bands, panels=panels, nodes=tuple(node(2, None) for _ in range(draw(st.integers(1, 2)))),
        rollup=Rollup(
            total="sum",
            requires=draw(st.sampled_from(["any", "all-nodes"])),
            maximum=draw(st.none() | st.integers(1, 1000)),
        ),
        rounding=Rounding(0, 1, 2),
        consensus=Consensus(20, 10, draw(st.booleans())),
        wording={"en": "official"},
    )  # fmt: skip


@st.composite
def scales(draw, bands):
    dimensions = tuple(
        Dimension(
            code, draw(texts()), bands[0].low, bands[-1].high, draw(texts(required=False)),
            {band.code: draw(texts()) for band in bands if draw(st.booleans())}, draw(st.sampled_from([1, 5])),
        )
        for code in sorted(draw(st.sets(codes, min_size=1, max_size=3)))
    )  # fmt: skip
    if draw(st.booleans()):
        return Scale(dimensions, "capped", bands, by=dimensions[0].code)
    return Scale(dimensions, "single" if len(dimensions) == 1 else "mean", bands)


@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)
@given(framework=frameworks())
def test_file_to_load_to_export_is_the_identity(framework):
    text = write(framework)
    document = read(text)

    assert document.framework == framework
    assert write(document.framework) == text == document.text


def test_a_framework_written_anew_keeps_its_weights(small):
    heavy = replace(small, nodes=tuple(replace(node, weight=Fraction("2.5")) for node in small.nodes))

    assert read(write(heavy)).framework == heavy
