"""Reckon a sheet that was filled in offline, without touching anybody's assessment."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.core.management.base import BaseCommand, CommandError

from qms.assessments import sheets
from qms.assessments.domain.snapshot import figure
from qms.core.spreadsheets import read_sheet
from qms.frameworks.domain.framework import Framework
from qms.frameworks.domain.rollup import Outcome, check_sheet, reckon
from qms.frameworks.models import Edition
from qms.lifecycle import Refused


class Command(BaseCommand):
    """score_sheet SHEET.json|SHEET.xlsx --framework caf-2020 --panel fine-tuned --json"""

    help = "Reckons a sheet by a framework's panel and prints nodes, criteria, total and coverage."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the sheet, the framework and the panel."""
        parser.add_argument("sheet", type=Path)
        parser.add_argument("--framework", required=True, help="code of the edition, such as caf-2020")
        parser.add_argument("--panel", required=True, help="code of the panel, such as fine-tuned or classical")
        parser.add_argument("--json", action="store_true", help="print JSON instead of lines")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print what the sheet amounts to."""
        edition = Edition.objects.filter(code=options["framework"]).first()
        if edition is None:
            raise CommandError(f"There is no framework {options['framework']}.")
        framework = edition.tree()
        try:
            framework.panel(options["panel"])
            marks = check_sheet(framework, options["panel"], _read(options["sheet"], framework, options["panel"]))
            outcome = reckon(framework, options["panel"], marks)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(_as_json(outcome) if options["json"] else _as_lines(outcome))


def _read(path: Path, framework: Framework, panel: str) -> Mapping[str, Any]:
    if not path.is_file():
        raise CommandError(f"{path} is not a file.")
    if path.suffix.lower() in (".xlsx", ".csv"):
        lines = sheets.read(framework, panel, read_sheet(ContentFile(path.read_bytes(), name=path.name)).rows)
        return {node: None if line.unknown else line.marks for node, line in lines.items()}
    try:
        sheet = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal, object_pairs_hook=_once)
    except (ValueError, UnicodeDecodeError) as error:
        raise CommandError(f"{path.name} is not JSON: {error}") from error
    if not isinstance(sheet, dict):
        raise CommandError(f"{path.name} must be one object: node, then marks.")
    return sheet


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"“{twice}” stands there twice.")
    return dict(pairs)


def _as_json(outcome: Outcome) -> str:
    """Exact decimals as JSON numbers, written digit by digit: no machine float comes between."""
    parts = {
        "nodes": _object(outcome.nodes),
        "criteria": _object(outcome.criteria),
        "total": _number(outcome.total),
        "coverage": json.dumps({"scored": outcome.coverage.scored, "of": outcome.coverage.of}),
    }
    return "{" + ", ".join(f'"{name}": {value}' for name, value in parts.items()) + "}"


def _object(scores: Mapping[str, Decimal | None]) -> str:
    return "{" + ", ".join(f"{json.dumps(name)}: {_number(score)}" for name, score in scores.items()) + "}"


def _number(score: Decimal | None) -> str:
    return "null" if score is None else figure(score)


def _as_lines(outcome: Outcome) -> str:
    lines = [f"{name}\t{_number(score)}" for name, score in {**outcome.nodes, **outcome.criteria}.items()]
    lines += [f"total\t{_number(outcome.total)}", f"coverage\t{outcome.coverage.scored}/{outcome.coverage.of}"]
    return "\n".join(lines)
