"""A framework as a workbook: out and in is the same; faults name sheet, row and column."""

import io
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from openpyxl import Workbook, load_workbook

from qms.frameworks import sheets
from qms.frameworks.domain.document import DocumentRefused, read, take
from qms.frameworks.domain.framework import Framework
from qms.frameworks.sheets.columns import FIELDS, SHEETS
from qms.lifecycle import Refused
from tests.frameworks import workbooks
from tests.frameworks.domain.test_document import SHIPPED, frameworks
from tests.frameworks.workbooks import LANGUAGES, filled, saved


def back(content):
    return take(sheets.read_source(io.BytesIO(content))).framework


def changed(content, sheet, row, column, value):
    book = load_workbook(io.BytesIO(content))
    book[sheet][f"{column}{row}"].value = value
    return saved(book)


def faults_of(content):
    with pytest.raises(DocumentRefused) as refusal:
        back(content)
    return [f"{fault.sheet} {fault.column}{fault.line}: {fault}" for fault in refusal.value.faults]


@pytest.fixture(scope="module")
def service():
    return filled(sheets.template(LANGUAGES), workbooks.FIRST, **workbooks.SHEETS)


def find(content, sheet, heading):
    """The column's letter."""
    cells = load_workbook(io.BytesIO(content))[sheet][1]
    return next(cell.column_letter for cell in cells if cell.value == heading)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_export_and_import_give_the_same_framework(path):
    framework = read(path.read_text("utf-8")).framework

    assert back(sheets.export(framework)) == framework


def collapsed(thing):
    """Cells lose blanks at the ends, and a list is parted by lines."""
    if isinstance(thing, str):
        return " ".join(thing.split())
    if isinstance(thing, tuple):
        return tuple(collapsed(each) for each in thing)
    if isinstance(thing, dict):
        return {key: collapsed(value) for key, value in thing.items()}
    if hasattr(thing, "__dataclass_fields__"):
        shown = {name: field for name, field in thing.__dataclass_fields__.items() if field.init}
        return replace(thing, **{name: collapsed(getattr(thing, name)) for name in shown})
    return thing


@settings(max_examples=15, suppress_health_check=list(HealthCheck), deadline=None)
@given(framework=frameworks().map(collapsed))
def test_any_framework_survives_a_workbook(framework):
    assert isinstance(framework, Framework)
    assert back(sheets.export(framework)) == framework


def test_forerunners_survive_a_workbook(small):
    heir = replace(small, follows="small-2010", nodes=tuple(replace(node, was="9") for node in small.nodes))

    assert back(sheets.export(heir)) == heir


def test_the_template_has_every_sheet_and_a_column_for_each_language():
    book = load_workbook(io.BytesIO(sheets.template(LANGUAGES)))

    assert book.sheetnames == ["framework", *SHEETS, "help"]
    assert [row[0].value for row in book["framework"].iter_rows(min_row=2)] == list(FIELDS)
    assert [cell.value for cell in book["groups"][1]] == [
        "code", "title:en", "title:pl", "title:ru", "about:en", "about:pl", "about:ru",
    ]  # fmt: skip
    assert {row[0].value for row in book["help"].iter_rows(min_row=2)} == {"framework", *SHEETS}


def test_an_empty_template_says_what_is_missing():
    told = faults_of(sheets.template(LANGUAGES))

    assert any(
        "“code, framework, edition, title, bands, groups, panels, nodes” is missing here." in each for each in told
    )


def test_a_filled_template_becomes_a_framework(service):
    framework = back(service)

    assert [node.identifier for node in framework.scored] == ["1.1", "1.2", "2", "3"]
    assert (framework.lowest, framework.highest, framework.edition) == (0, 5, "2026")
    assert framework.node("1.1").examples == {"en": ("opening hours", "forms")}
    assert framework.panel("plain").by_group["all"].dimension("score").anchors == {
        "level-0": {"en": "Nothing is there."}
    }


@pytest.mark.parametrize(
    ("sheet", "row", "heading", "value", "told"),
    [
        ("nodes", 3, "parent", "7", "No row above has the number 7."),
        ("nodes", 3, "weight", 2, "Criterion 1.2 has no weight, but others beside it have one."),
        ("nodes", 3, "weight", "heavy", "“heavy” is of the wrong kind; expected: number."),
        ("nodes", 4, "id", "1.1", "“1.1” is used twice."),
        ("nodes", 5, "title:en", None, "“title” is missing here."),
        ("nodes", 5, "title:pl", "Czekanie", "The language pl is not among the file's languages."),
        ("nodes", 5, "was", "2", "“was” needs “follows”, the code of the edition that this one follows."),
        ("nodes", 1, "was", "colour", "“colour” is not known here."),
        ("bands", 3, "from", 2, "Band level-1 must begin at 1, one above the end of the band before it."),
        ("bands", 3, "from", "one", "“one” is of the wrong kind; expected: integer."),
        ("dimensions", 2, "minimum", 1, "The bands cover 0 to 5; dimension score must have the same range."),
        ("dimensions", 2, "combination", "median", "“median” is not one of: mean, single, capped."),
        ("dimensions", 2, "panel", "fancy", "There is no panel fancy."),
        ("anchors", 2, "dimension", "depth", "No dimension is called “depth”."),
        ("anchors", 2, "band", "level-9", "There is no band level-9."),
        ("groups", 2, "code", "All", "This does not fit the published schema"),
        ("framework", 7, "field", "colour", "“colour” is not known here."),
    ],
)
def test_a_fault_names_sheet_row_and_column(service, sheet, row, heading, value, told):
    column = find(service, sheet, heading)

    found = faults_of(changed(service, sheet, row, column, value))

    elsewhere = {"Criterion 1.2": "A4", "“title” is missing": "A5"}
    cell = next((cell for start, cell in elsewhere.items() if told.startswith(start)), f"{column}{row}")
    if sheet == "bands" and value == 2:
        cell = f"{column}3"
    assert any(each.startswith(f"{sheet} {cell}: {told}") for each in found), found


def test_numbers_typed_as_numbers_and_own_sheets_do_no_harm(service):
    book = load_workbook(io.BytesIO(service))
    book["nodes"]["A2"].value = 1
    book["nodes"]["A3"].value = 1.1
    book["nodes"]["B3"].value = 1.0
    book["nodes"].title = " Nodes "
    book.create_sheet("My notes")["A1"] = "=1+1"

    assert back(saved(book)) == back(service)


def test_formulas_stay_text(small):
    sly = replace(small, titles={"en": "=HYPERLINK(1)"})

    assert back(sheets.export(sly)).titles == {"en": "=HYPERLINK(1)"}


def test_a_workbook_without_our_sheets_is_refused():
    assert faults_of(saved(Workbook())) != []
    with pytest.raises(Refused, match="damaged"):
        sheets.read_source(io.BytesIO(b"PK\x03\x04" + b"\x00" * 100))


def test_a_tower_of_parents_is_refused(service):
    book = load_workbook(io.BytesIO(service))
    for number in range(5, 40):
        book["nodes"].append([f"t{number}", f"t{number - 1}" if number > 5 else "3"])

    assert any("This is nested too deep." in each for each in faults_of(saved(book)))
