"""The command that reckons a sheet filled in offline."""

import json
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command

from qms.assessments import queries, services, sheets
from qms.assessments.models import Assessment
from qms.core.spreadsheets import write_xlsx
from qms.lifecycle import Refused
from tests.factories.assessments import MONDAY, make_edition, make_started, save, sheet_of

pytestmark = pytest.mark.django_db


def score(path, capsys, *, framework="caf-2020", panel="fine-tuned"):
    call_command("score_sheet", str(path), framework=framework, panel=panel, json=True)
    return json.loads(capsys.readouterr().out, parse_float=Decimal)


def test_a_json_sheet_is_reckoned_exactly(tmp_path, capsys):
    make_edition("caf-2020")
    sheet = tmp_path / "sheet.json"
    sheet.write_text(
        json.dumps(
            {
                "1.1": {"plan": 85, "do": 65, "check": 45, "act": 40},
                "1.2": {"plan": 40, "do": 40, "check": 40, "act": 40},
                "1.3": {"plan": 30, "do": 30, "check": 30, "act": 30},
                "1.4": None,
                "6.1": {"trend": 45, "target": 65},
            }
        )
    )

    found = score(sheet, capsys)

    assert found["nodes"]["1.1"] == Decimal("58.75")
    assert found["nodes"]["1.4"] is None
    assert found["nodes"]["6.1"] == 55
    assert round(found["criteria"]["1"], 4) == Decimal("42.9167")
    assert (found["total"], found["coverage"]) == (None, {"scored": 4, "of": 28})
    assert not Assessment.objects.exists()


def test_a_full_sheet_has_a_total(tmp_path, capsys):
    edition = make_edition("caf-2020")
    sheet = tmp_path / "sheet.json"
    sheet.write_text(json.dumps({node.identifier: {"score": 100} for node in edition.tree().scored}))

    assert score(sheet, capsys, panel="classical")["total"] == 900


@pytest.mark.parametrize(
    "content",
    [
        '{"1.1": {"plan": 101}}',
        '{"1.1": {"plan": -1}}',
        '{"1.1": {"plan": 3.5}}',
        '{"1.1": {"plan": "abc"}}',
        '{"1.1": {"plan": true}}',
        '{"1.1": {"trend": 1}}',
        '{"1.1": {"score": 1}}',
        '{"1.1": 50}',
        '{"1": {"plan": 1}}',
        '{"11.1": {"plan": 1}}',
        '{"1.1": {"plan": NaN}}',
        '{"1.1": null, "1.1": null}',
        "[1]",
        "{",
    ],
)
def test_a_wrong_sheet_is_refused_with_a_sentence(tmp_path, content):
    make_edition("caf-2020")
    sheet = tmp_path / "sheet.json"
    sheet.write_text(content)

    with pytest.raises(CommandError) as caught:
        call_command("score_sheet", str(sheet), framework="caf-2020", panel="fine-tuned", json=True)
    assert str(caught.value)


def test_unknown_frameworks_panels_and_files_are_named(tmp_path):
    make_edition()
    sheet = tmp_path / "sheet.json"
    sheet.write_text("{}")
    for wrong in ({"framework": "caf-1999"}, {"panel": "else"}, {"path": tmp_path / "none.json"}):
        given = {"framework": "small-2020", "panel": "fine-tuned", "path": sheet, **wrong}
        with pytest.raises(CommandError):
            call_command("score_sheet", str(given.pop("path")), **given)


def test_the_offline_sheet_comes_back_as_it_went_out(tmp_path, capsys, office, lena, clara, boris):
    assessment = make_started(office, by=lena, people=[clara, boris])
    sheet = sheet_of(assessment, boris)
    entries = (services.EntryDraft("strength", "One"), services.EntryDraft("strength", "=Two"))
    save(sheet, "1.1", {"plan": 85, "do": 65, "check": 45, "act": 40}, entries=entries, rationale="Because")
    save(sheet, "1.2", None)
    framework = assessment.edition.tree()
    lines = sheets.rows(queries.whole_sheet(sheet), language="pl")
    path = tmp_path / "sheet.xlsx"
    path.write_bytes(write_xlsx(sheets.title_of(framework), sheets.headers(framework, "fine-tuned"), lines))

    found = score(path, capsys, framework="small-2020")

    assert found["nodes"] == {"1.1": Decimal("58.75"), "1.2": None, "1.3": None, "1.4": None, "6.1": None, "6.2": None}


def test_importing_the_offline_sheet_adds_and_removes_nothing(office, lena, clara, boris):
    assessment = make_started(office, by=lena, people=[clara, boris])
    sheet = sheet_of(assessment, boris)
    save(sheet, "1.1", 50, entries=(services.EntryDraft("strength", "One"), services.EntryDraft("area", "Kept")))
    save(sheet, "1.2", None)
    lines = {
        "1.1": sheets.SheetLine({"plan": "70"}, texts=(("strength", "One"), ("strength", "Two"))),
        "1.2": sheets.SheetLine({}),
        "6.1": sheets.SheetLine({"trend": "45", "target": "65"}),
    }

    assert services.import_sheet(sheet, lines=lines, by=boris, at=MONDAY) == 2

    answers = {answer.node.identifier: answer for answer in queries.whole_sheet(sheet).answers}
    assert [entry.text for entry in answers["1.1"].entries] == ["Kept", "One", "Two"]
    assert (answers["1.1"].marks, answers["1.2"].unknown, answers["6.1"].score) == ({"plan": 70}, True, 55)


def test_a_table_is_read_line_by_line():
    tree = make_edition().tree()
    row = type("Row", (), {})

    def lines(*cells):
        made = []
        for number, each in enumerate(cells, 2):
            line = row()
            line.line, line.cells = number, each
            made.append(line)
        return made

    good = {"Node": "1.1", "plan": "85", "do": "", "unknown": "Tak", "strengths": "a\n\nb", "areas": ""}
    read = sheets.read(tree, "fine-tuned", lines(good, {"node": ""}))
    assert read == {"1.1": sheets.SheetLine({"plan": "85"}, True, "", (("strength", "a"), ("strength", "b")))}
    for wrong in ([{"title": "x"}], [{"node": "8.8"}], [good, good], [{"node": "1"}]):
        with pytest.raises(Refused):
            sheets.read(tree, "fine-tuned", lines(*wrong))
