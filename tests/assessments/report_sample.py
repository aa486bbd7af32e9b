"""The content of a full self-assessment as approval freezes it, made of the demonstration's example texts."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from qms.accounts.models import User
from qms.assessments.domain.divergence import divergence_of
from qms.assessments.domain.scoring import score_of
from qms.assessments.domain.snapshot import digest, plain
from qms.assessments.models import Assessment, Snapshot
from qms.frameworks.domain import document
from qms.frameworks.domain.framework import Framework
from qms.frameworks.domain.rollup import roll_up
from qms.offices.models import Office
from tests.factories.assessments import make_edition

ROOT = Path(__file__).parent.parent.parent / "qms"
YEAR = 2024
APPROVED = datetime(2024, 12, 16, 11, 0, tzinfo=UTC)
NAMES = (
    "Grażyna Wiśniewska",
    "Tomasz Kowalczyk",
    "Ewa Zając",
    "Paweł Sobczak",
    "Monika Jabłońska",
    "Krzysztof Urban",
    "Joanna Mazur",
    "Adam Kaczmarek",
)


@cache
def example() -> dict[str, Any]:
    text = (ROOT / "demo" / "data" / "assessments" / "goldap-before.yaml").read_text("utf-8")
    dated = re.sub(r"\{r([+-]\d+)?\}", lambda found: str(YEAR + int(found[1] or 0)), text)
    return yaml.safe_load(dated.replace(", on: ", ", day: "))  # YAML reads a bare "on" as true


@cache
def caf() -> Framework:
    return document.read((ROOT / "frameworks" / "library" / "caf-2020.yaml").read_text("utf-8")).framework


def content(*, previous: bool = True, benchmark: bool = True, blank: tuple[str, ...] = ()) -> dict[str, Any]:
    """The frozen content; `blank` names subcriteria left without a score."""
    framework, written, luck = caf(), example(), Random(7)
    nodes = [_node(framework, node, written["nodes"][node.identifier], luck, blank) for node in framework.scored]
    scores = {node["id"]: node["score"] for node in nodes}
    outcome = roll_up(framework, scores)
    return plain(
        {
            "format": 1,
            "assessment": {
                "id": 1,
                "title": written["assessment"]["title"],
                "year": YEAR,
                "unit": "",
                "panel": "fine-tuned",
                "names_shown": False,
                "started_at": "2024-10-14T07:00:00+00:00",
                "consensus_started_at": "2024-11-28T07:00:00+00:00",
                "consensus_on": "2024-12-02",
                "closed_early_reason": "",
            },
            "office": {
                "id": 1,
                "name": "Powiatowy Urząd Pracy w Gołdapi",
                "short_name": "PUP Gołdap",
                "kind": "county_labour_office",
                "region": 1,
                "city": "Gołdap",
                "language": "pl",
            },
            "framework": {"code": framework.code, "sha256": "ab" * 32, "titles": framework.titles},
            "groups": [
                {
                    "name": written["assessment"]["group"],
                    "members": [
                        {"name": name, "role": "member" if place else "chair", "handed_in": True}
                        for place, name in enumerate(NAMES)
                    ],
                }
            ],
            "results": {
                "criteria": outcome.criteria,
                "groups": outcome.groups,
                "level": outcome.level,
                "total": outcome.total,
                "total_share": outcome.total_share,
                "total_of": outcome.total_of,
                "coverage": [outcome.coverage.scored, outcome.coverage.of],
                "coverage_by": {name: [each.scored, each.of] for name, each in outcome.coverage_by.items()},
            },
            "nodes": nodes,
            "evidence": _evidence(written),
            "previous": _before(framework, scores, Random(3), offset=-6) if previous else None,
            "benchmark": {**_before(framework, scores, Random(5), offset=1), "offices": 23} if benchmark else None,
            "approved": {"by": "Anna Nowak", "at": APPROVED},
        }
    )


def _node(framework: Framework, node, written: dict[str, Any], luck: Random, blank: tuple[str, ...]) -> dict[str, Any]:
    scale = framework.scale("fine-tuned", node.identifier)
    marks = dict(zip((each.code for each in scale.dimensions), written["agreed"], strict=True))
    left_blank = node.identifier in blank
    individual = [_sheet(marks, letter, luck) for letter in "ABCDEFGH"]
    given = [score_of(framework, "fine-tuned", node.identifier, row["marks"]) for row in individual]
    divergence = divergence_of(framework, node.identifier, given)
    return {
        "id": node.identifier,
        "titles": node.titles,
        "settled": True,
        "marks": {} if left_blank else marks,
        "score": None if left_blank else score_of(framework, "fine-tuned", node.identifier, marks),
        "left_blank": left_blank,
        "reason": written["reason"],
        "dissent": written.get("dissent", ""),
        "dissenters": ["C"] if written.get("dissent") else [],
        "count": len(divergence.scores),
        "lowest": divergence.scores[0] if divergence.scores else None,
        "highest": divergence.scores[-1] if divergence.scores else None,
        "individual": individual,
        "strengths": [_text(each) for each in written["strengths"]],
        "areas": [_text(each) for each in written["areas"]],
        "suggestions": [_text({"text": written["suggestion"]})] if written.get("suggestion") else [],
    }


def _sheet(marks: dict[str, int], letter: str, luck: Random) -> dict[str, Any]:
    unknown = luck.random() < 0.02
    shift = luck.randint(-18, 16)
    given = {} if unknown else {code: min(max(mark + shift, 0), 100) for code, mark in marks.items()}
    return {"letter": letter, "marks": given, "unknown": unknown}


def _text(written: dict[str, Any]) -> dict[str, Any]:
    return {"text": written["text"], "evidence": [f"E{number}" for number in written.get("evidence", ())]}


def _evidence(written: dict[str, Any]) -> list[dict[str, Any]]:
    cited = {
        number
        for node in written["nodes"].values()
        for kind in ("strengths", "areas")
        for text in node[kind]
        for number in text["evidence"]
    }
    return [
        {
            "id": number,
            "code": f"E{number}",
            "kind": "note",
            "title": piece["title"],
            "dated_on": f"{YEAR}-{piece['day']}",
            "owner": piece["owner"],
            "url": "",
            "note": "Dane przykładowe.",
            "file_name": "",
            "sha256": "",
        }
        for number, piece in enumerate(written["evidence"], start=1)
        if number in cited
    ]


def _before(framework: Framework, scores: dict[str, Decimal | None], luck: Random, *, offset: int) -> dict[str, Any]:
    before = {
        node: Decimal(min(max(int(score) + offset + luck.randint(-6, 5), 0), 100))
        for node, score in scores.items()
        if score is not None
    }
    outcome = roll_up(framework, before)
    return {
        "assessment": 2,
        "year": YEAR - 2,
        "title": "Samoocena",
        "nodes": before,
        "criteria": outcome.criteria,
        "total": outcome.total,
    }


def frozen(office: Office, *, by: User, director: User, **options: Any) -> Assessment:
    """An approved CAF assessment with this content, without the hours of scoring before it."""
    written = content(**options)
    written["office"] |= {"id": office.pk, "name": office.name, "short_name": office.short_name}
    assessment = Assessment.objects.create(
        office=office,
        edition=make_edition("caf-2020"),
        panel="fine-tuned",
        title=written["assessment"]["title"],
        year=YEAR,
        stage=Assessment.Stage.APPROVED,
        opened_by=by,
        approved_at=APPROVED,
    )
    Snapshot.objects.create(
        assessment=assessment, content=written, sha256=digest(written), approved_by=director, approved_at=APPROVED
    )
    return assessment
