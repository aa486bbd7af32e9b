"""Workbooks as a coordinator fills them."""

import io

from openpyxl import load_workbook

LANGUAGES = ("en", "pl", "ru")


def filled(template, first, **sheets):
    """The template with rows: `first` by field, the others as dicts by heading; a plain text goes under English."""
    book = load_workbook(io.BytesIO(template))
    english = [cell.value for cell in book["framework"][1]].index("en")
    spoken = {"title", "short", "about", "attribution", "wording"}
    for row in book["framework"].iter_rows(min_row=2):
        name = row[0].value
        if name in first:
            row[english if name in spoken else 1].value = first[name]
    for name, rows in sheets.items():
        sheet = book[name]
        headings = [cell.value for cell in sheet[1]]
        for number, row in enumerate(rows, start=2):
            for heading, value in row.items():
                at = headings.index(heading if heading in headings else f"{heading}:en") + 1
                sheet.cell(number, at).value = value
    return saved(book)


def saved(book):
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


FIRST = {
    "code": "service-2026",
    "framework": "service",
    "edition": 2026,
    "languages": "en",
    "title": "Service check",
    "about": "Three criteria for the counter.",
    "consensus.discuss_above": 1,
    "consensus.fast_track_to": 0,
}
SHEETS = {
    "groups": [{"code": "all", "title": "All criteria"}],
    "bands": [
        {"code": f"level-{level}", "from": level, "to": level, "title": title}
        for level, title in enumerate(("absent", "begun", "partly", "mostly", "fully", "exemplary"))
    ],
    "panels": [{"code": "plain", "title": "One score"}],
    "dimensions": [
        {"panel": "plain", "group": "all", "combination": "single", "code": "score", "minimum": 0, "maximum": 5}
        | {"title": "Score", "question": "How far is it in place?"}
    ],
    "anchors": [
        {"panel": "plain", "group": "all", "dimension": "score", "band": "level-0", "anchor": "Nothing is there."}
    ],
    "nodes": [
        {"id": "1", "group": "all", "title": "Information"},
        {"id": "1.1", "parent": "1", "title": "On the web", "examples": "opening hours\nforms"},
        {"id": "1.2", "parent": "1", "title": "At the counter"},
        {"id": "2", "group": "all", "title": "Waiting"},
        {"id": "3", "group": "all", "title": "Complaints", "guidance": "Assess how complaints are answered."},
    ],
}
