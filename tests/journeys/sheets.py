"""How individual sheets are filled in, brought in and handed in: by hand, by keyboard and offline."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.journeys.road import button, link
from tests.journeys.stage import number_in

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def own_sheet(page: Page) -> int:
    """Opens the own sheet from the page of the assessment."""
    link(page, "My individual sheet").click()
    expect(page.get_by_role("heading", level=1, name="My sheet")).to_be_visible()
    return number_in(r"/sheets/(\d+)/", page.url)


def filled_in(content: bytes, score: int, others: Mapping[str, int] = {}, *, leave: tuple[str, ...] = ()) -> bytes:
    """The offline sheet with every mark written, save for the nodes that are left as they are."""
    book = load_workbook(io.BytesIO(content))
    table = book.active
    heads = {cell.value: cell.column for cell in table[1]}
    for row in range(2, table.max_row + 1):
        node = str(table.cell(row, heads["node"]).value)
        if node in leave:
            continue
        for code in ("plan", "do", "check", "act", "trend", "target"):
            if table.cell(row, heads[code]).value != "–":
                table.cell(row, heads[code]).value = others.get(node, score)
        table.cell(row, heads["rationale"]).value = f"Seen at the front desk, {node}"
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def bring_in(page: Page, sheet: int, score: int, others: Mapping[str, int] = {}, **options: Any) -> None:
    """Takes the sheet as XLSX, fills it in and brings it back."""
    with page.expect_download() as fetched:
        link(page, "Sheet as XLSX, to fill in offline").click()
    content = fetched.value.path().read_bytes()
    link(page, "Bring in a filled XLSX sheet").click()
    file = {"name": "sheet.xlsx", "mimeType": XLSX, "buffer": filled_in(content, score, others, **options)}
    page.locator("input[type=file]").set_input_files(file)
    button(page, "Bring in").click()
    expect(page.get_by_role("status").first).to_contain_text("brought in")
    assert page.url.endswith(f"/sheets/{sheet}/")


def hand_in(page: Page) -> None:
    page.locator("#seal-ok, .seal input[type=checkbox]").first.check()
    button(page, "Hand in").click()
    expect(page.get_by_role("status").first).to_contain_text("Your sheet is in.")


def tab_to(page: Page, wanted: str) -> None:
    """Presses Tab until the wanted field has the focus: by its name, its label, or the form's first button."""
    asked = """() => {
        const here = document.activeElement;
        const label = here.labels?.[0]?.textContent.trim() ?? "";
        return [here.name ?? "", label, here.tagName === "BUTTON" && here.closest(".dock") ? "unsaved" : ""];
    }"""
    seen = []
    for _ in range(90):
        page.keyboard.press("Tab")
        here = page.evaluate(asked)
        seen.append(here)
        if wanted in here or here[1].startswith(wanted):
            return
    pytest.fail(f"Tab does not lead to {wanted}: {seen}")


def visitor_at(page: Page, path: str) -> Page:
    """The same screen at another address."""
    here = re.match(r"https?://[^/]+", page.url)
    assert here
    answer = page.goto(here[0] + path)
    assert answer
    assert answer.ok, path
    return page
