"""What the chair writes on a node's page: kept as typed until it can be saved."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qms.assessments.domain.scoring import WHOLE
from qms.assessments.models import Kind
from qms.assessments.queries import ConsensusView
from qms.lifecycle import Refused
from qms.ui.forms import Form
from qms.ui.words import sentence

MOST_ROWS = 300


@dataclass(frozen=True, slots=True)
class Wording:
    """One text of the report as it is typed."""

    kind: str
    text: str
    key: str
    sources: tuple[int, ...] = ()
    evidence: tuple[int, ...] = ()
    join: str = ""


@dataclass
class AgreementForm:
    """Everything on the page, as typed; it reads marks and says what is wrong with each."""

    marks: dict[str, str]
    left_blank: bool
    reason: str
    dissent: str
    dissenters: tuple[int, ...]
    wordings: list[Wording]
    version: int
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def stored(cls, view: ConsensusView) -> AgreementForm:
        """What was agreed or kept so far; at first the members' own texts."""
        agreed = view.agreed
        if agreed.version:
            wordings = [
                Wording(
                    entry.kind, entry.text, str(entry.key), entry.sources, tuple(piece.pk for piece in entry.evidence)
                )
                for entry in agreed.entries
            ]
        else:
            wordings = [
                Wording(one.kind, one.text, str(uuid.uuid4()), (one.pk,), tuple(piece.pk for piece in one.evidence))
                for one in view.texts
            ]
        return cls(
            marks={name: str(mark) for name, mark in agreed.marks.items()},
            left_blank=agreed.left_blank,
            reason=agreed.reason,
            dissent=agreed.dissent,
            dissenters=agreed.dissenters,
            wordings=wordings,
            version=agreed.version,
        )

    @classmethod
    def typed(cls, data: QueryDict) -> AgreementForm:
        """What was sent."""
        rows = sorted(
            int(name.split("-")[1])
            for name in data
            if name.startswith("entry-") and name.endswith("-kind") and name.split("-")[1].isdecimal()
        )
        return cls(
            marks={name.removeprefix("mark-"): str(data[name]).strip() for name in data if name.startswith("mark-")},
            left_blank="left_blank" in data,
            reason=data.get("reason", ""),
            dissent=data.get("dissent", ""),
            dissenters=_numbers(data.getlist("dissenters")),
            wordings=[_wording(data, row) for row in rows[:MOST_ROWS]],
            version=int(data.get("version", "0")) if data.get("version", "0").isdecimal() else 0,
        )

    def read_marks(self, view: ConsensusView) -> dict[str, int]:
        """The marks as whole numbers; what cannot be read stands in `errors`."""
        parts = {code: self.marks.get(code, "") for code in (dimension.code for dimension in view.scale.dimensions)}
        whole = self.marks.get(WHOLE, "") if WHOLE not in parts else ""
        if whole and any(parts.values()):
            self.errors[WHOLE] = gettext("Write either one score or the score of each phase, not both.")
            return {}
        typed: Mapping[str, str] = {WHOLE: whole} if whole else parts
        marks: dict[str, int] = {}
        for code, value in typed.items():
            dimension = view.scale.dimensions[0] if code == WHOLE else view.scale.dimension(code)
            try:
                mark = dimension.check(value or None)
            except Refused as refusal:
                self.errors[code] = sentence(refusal)
                continue
            if mark is not None:
                marks[code] = mark
        if len(parts) > 1 and marks and WHOLE not in marks and len(marks) < len(parts) and not self.errors:
            for code in parts.keys() - marks.keys():
                self.errors[code] = gettext("Write this one too, or agree one score above.")
        return marks

    def joined(self) -> tuple[Wording, ...]:
        """The wordings that stay, each with the sources and evidence of those joined to it; empty ones are left out."""
        kept = {str(place): wording for place, wording in enumerate(self.wordings, 1)}
        for place, wording in list(kept.items()):
            target = kept.get(wording.join)
            if target is None or wording.join == place or target.kind != wording.kind or target.join:
                continue
            kept[wording.join] = replace(
                target,
                sources=tuple(dict.fromkeys((*target.sources, *wording.sources))),
                evidence=tuple(dict.fromkeys((*target.evidence, *wording.evidence))),
            )
            del kept[place]
        return tuple(wording for wording in kept.values() if wording.text.strip())


def _wording(data: QueryDict, row: int) -> Wording:
    name = f"entry-{row}"
    key = data.get(f"{name}-key", "")
    kind = data.get(f"{name}-kind", "")
    return Wording(
        kind=kind if kind in Kind.values else Kind.STRENGTH.value,
        text=data.get(f"{name}-text", ""),
        key=key if _is_key(key) else str(uuid.uuid4()),
        sources=_numbers(data.get(f"{name}-sources", "").split(",")),
        evidence=_numbers(data.get(f"{name}-evidence", "").split(",")),
        join=data.get(f"{name}-join", ""),
    )


def _numbers(texts: Iterable[object]) -> tuple[int, ...]:
    return tuple(int(one) for one in map(str, texts) if one.isdecimal())


def _is_key(key: str) -> bool:
    try:
        uuid.UUID(key)
    except ValueError:
        return False
    return True


class BeginForm(Form):
    """Why the group goes on without the sheets that are still out."""

    reason = forms.CharField(
        label=_("Why the group goes on without them"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=2000,
        help_text=_("The reason stands in the report."),
    )


class TalkAgainForm(Form):
    """Why an agreed node is talked about again."""

    reason = forms.CharField(
        label=_("Why the group talks about it again"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
    )
