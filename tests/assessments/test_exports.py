"""All numbers as CSV and XLSX, for those who may read the results."""

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from tests.factories.assessments import make_approved, make_in_consensus, settle

pytestmark = pytest.mark.django_db


@pytest.fixture
def approved(office, lena, ana, clara, boris):
    return make_approved(office, by=lena, director=ana, people=[clara, boris], score=60)


def lines(client, user, assessment, language="en"):
    client.force_login(user)
    address = reverse("assessments:results-csv", args=[assessment.pk]).replace("/en/", f"/{language}/")
    text = client.get(address).content.decode("utf-8-sig")
    return [line.split(";" if language == "pl" else ",") for line in text.splitlines()]


def test_csv_has_the_total_parts_criteria_and_subcriteria(client, approved, ana):
    rows = lines(client, ana, approved)
    levels = [row[0] for row in rows[1:]]
    framework = approved.edition.tree()

    assert rows[0][:6] == ["Level", "Number", "Title", "Score", "Of", "Band"]
    assert levels.count("total") == 1
    assert levels.count("criterion") == len(framework.criteria)
    assert [row[1] for row in rows if row[0] == "subcriterion"] == [node.identifier for node in framework.scored]
    assert {row[3] for row in rows if row[0] == "subcriterion"} == {"60"}


def test_spread_stands_beside_the_score_and_blank_is_empty(client, office, lena, clara, boris):
    assessment = make_in_consensus(office, by=lena, people=[clara, boris], scores=[35, 50])
    first, second, *_rest = assessment.edition.tree().scored
    settle(assessment, first.identifier, 45, by=clara)
    settle(assessment, second.identifier, None, by=clara)
    by_node = {row[1]: row for row in lines(client, lena, assessment) if row[0] == "subcriterion"}

    assert by_node[first.identifier][3] == "45"
    assert by_node[first.identifier][11:16] == ["2", "35", "50", "15", "42.5"]
    assert by_node[second.identifier][3] == ""


def test_polish_csv_has_decimal_commas(client, office, lena, ana, clara, boris):
    assessment = make_in_consensus(office, by=lena, people=[clara, boris], scores=[35, 50])
    rows = lines(client, lena, assessment, "pl")

    assert any("42,5" in row for row in rows)


def test_xlsx_opens_and_holds_numbers_as_numbers(client, approved, ana):
    client.force_login(ana)
    response = client.get(reverse("assessments:results-xlsx", args=[approved.pk]))
    sheet = load_workbook(io.BytesIO(response.content)).worksheets[0]
    scores = [row[3].value for row in sheet.iter_rows(min_row=2) if row[0].value == "subcriterion"]

    assert response["Content-Disposition"] == 'attachment; filename="results-pup-goldap-2026.xlsx"'
    assert set(scores) == {60}


def test_a_title_that_looks_like_a_formula_stays_text(client, approved, ana):
    titles = {"en": "=HYPERLINK(1)"}
    # The tree is shared by everybody who reads this edition: it must be given back as it was.
    node = approved.edition.tree().scored[0]
    usual = node.titles
    object.__setattr__(node, "titles", titles)
    try:
        client.force_login(ana)
        content = client.get(reverse("assessments:results-xlsx", args=[approved.pk])).content
        text = client.get(reverse("assessments:results-csv", args=[approved.pk])).content.decode("utf-8-sig")
    finally:
        object.__setattr__(node, "titles", usual)
    cells = [cell for row in load_workbook(io.BytesIO(content)).worksheets[0].iter_rows() for cell in row]

    assert {cell.data_type for cell in cells if cell.value == titles["en"]} == {"s"}
    assert ",=HYPERLINK" not in text


@pytest.mark.parametrize("name", ["results-csv", "results-xlsx"])
def test_strangers_get_nothing(client, approved, name, dora, eva):
    client.force_login(dora)
    assert client.get(reverse(f"assessments:{name}", args=[approved.pk])).status_code == 404
    client.force_login(eva)
    assert client.get(reverse(f"assessments:{name}", args=[approved.pk])).status_code == 200
