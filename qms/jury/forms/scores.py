"""Marks as they are typed: each checked by the panel's own dimension."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qms.frameworks.domain.panel import Dimension, Scale
from qms.jury.domain.ballot import AgreedDraft, MarkDraft, is_outside, tidy
from qms.jury.models import Agreed, Mark
from qms.jury.queries.scales import POINTS, WHOLE
from qms.jury.queries.talks import TalkLine
from qms.lifecycle import Refused
from qms.ui.forms import Form
from qms.ui.words import sentence

MOST_WORDS = {"strengths": 4000, "areas": 4000}
TALLY = "whole"
"""The field of one agreed number beside the dimensions of a panel."""


class MarkField(forms.CharField):
    """One mark as it is typed; the dimension says whether it can be."""

    def __init__(self, dimension: Dimension) -> None:
        super().__init__(required=False, max_length=40)
        self.dimension = dimension

    def clean(self, value: Any) -> int | None:
        try:
            return self.dimension.check(super().clean(value))
        except Refused as refusal:
            raise ValidationError(sentence(refusal)) from refusal


class WordsField(forms.CharField):
    """A longer text with plain line ends."""

    def __init__(self, *, rows: int = 4, **options: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows})
        super().__init__(required=False, widget=widget, **options)

    def to_python(self, value: Any) -> str:
        return tidy(str(super().to_python(value)))


class ScoreForm(Form):
    """Marks on a scale, "cannot be judged", and words."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    is_na = forms.BooleanField(required=False, label=gettext_lazy("This section cannot be judged"))

    def __init__(self, *args: Any, scale: Scale, **options: Any) -> None:
        super().__init__(*args, **options)
        self.scale = scale
        for dimension in scale.dimensions:
            self.fields[name_of(dimension.code)] = MarkField(dimension)

    @property
    def typed(self) -> dict[str, str]:
        """The marks as they stand on the page, by dimension."""
        found = {one.code: self[name_of(one.code)].value() for one in self.scale.dimensions}
        return {code: "" if value is None else str(value) for code, value in found.items()}

    @property
    def wrong(self) -> dict[str, str]:
        """What is wrong with which mark."""
        codes = (one.code for one in self.scale.dimensions)
        return {code: " ".join(map(str, self.errors[name_of(code)])) for code in codes if name_of(code) in self.errors}

    @property
    def marks(self) -> dict[str, int]:
        """The marks that were given."""
        found = {one.code: self.cleaned_data.get(name_of(one.code)) for one in self.scale.dimensions}
        return {code: mark for code, mark in found.items() if mark is not None}


class MarkForm(ScoreForm):
    """What a juror gives one section."""

    reason = forms.CharField(
        required=False,
        max_length=500,
        label=gettext_lazy("Why it cannot be judged"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    strengths = WordsField(
        max_length=MOST_WORDS["strengths"],
        label=gettext_lazy("Strengths"),
        help_text=gettext_lazy("What convinces you, and where it is written."),
    )
    areas = WordsField(
        max_length=MOST_WORDS["areas"],
        label=gettext_lazy("Areas for improvement"),
        help_text=gettext_lazy("What is missing, uneven or without proof."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("is_na") and not cleaned.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Say why it cannot be judged."))
        return cleaned

    @property
    def draft(self) -> MarkDraft:
        """What was typed, ready to be saved."""
        given = self.cleaned_data
        return MarkDraft(self.marks, given["is_na"], given["reason"], given["strengths"], given["areas"])


class AgreeForm(ScoreForm):
    """What was agreed on one section: one number or all dimensions, the reason, and what the office will read."""

    stage = forms.ChoiceField(choices=Agreed.Stage, widget=forms.HiddenInput)
    reason = WordsField(
        max_length=4000,
        rows=3,
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Which evidence decided. Required when the score lies outside the jurors' scores."),
    )
    strengths = WordsField(max_length=6000, rows=6, label=gettext_lazy("Strengths, as the office will read them"))
    areas = WordsField(
        max_length=6000, rows=6, label=gettext_lazy("Areas for improvement, as the office will read them")
    )

    def __init__(self, *args: Any, line: TalkLine, **options: Any) -> None:
        super().__init__(*args, scale=line.scale, **options)
        self.line = line
        if self.has_parts:
            self.fields[TALLY] = MarkField(POINTS)

    @property
    def has_parts(self) -> bool:
        """Whether the panel has several dimensions, so that one number is another way to agree."""
        return len(self.scale.dimensions) > 1

    @property
    def whole_name(self) -> str:
        """The field of the one number."""
        return TALLY if self.has_parts else name_of(self.scale.dimensions[0].code)

    @property
    def whole_typed(self) -> str:
        """The one number as it stands on the page."""
        value = self[self.whole_name].value()
        return "" if value is None else str(value)

    @property
    def whole_wrong(self) -> str:
        """What is wrong with the one number."""
        return " ".join(map(str, self.errors.get(self.whole_name, ())))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        whole, marks = cleaned.get(TALLY), self.marks
        if whole is not None and marks:
            self.add_error(TALLY, _("Write either one score or a mark for each part, not both."))
        elif not cleaned["is_na"] and self._score() is None:
            self.add_error(self.whole_name, _("Write the agreed score, or tick that the section cannot be judged."))
        elif is_outside(self._score(), self.line.figures.given) and not cleaned["reason"]:
            self.add_error("reason", _("Write the reason: what was agreed lies outside the jurors' scores."))
        return cleaned

    def _score(self) -> Decimal | None:
        if self.cleaned_data["is_na"]:
            return None
        whole = self.cleaned_data.get(TALLY)
        return self.scale.score(self.marks) if whole is None else Decimal(whole)

    @property
    def draft(self) -> AgreedDraft:
        """What was typed, ready to be saved."""
        given = self.cleaned_data
        whole = given.get(TALLY)
        marks = self.marks if whole is None else {WHOLE: whole}
        return AgreedDraft(marks, given["is_na"], given["reason"], given["strengths"], given["areas"], given["stage"])


class HandInForm(Form):
    """The words in short, and the tick under what becomes fixed."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    summary = WordsField(max_length=4000, label=gettext_lazy("In short"))
    confirmed = forms.BooleanField(
        label=gettext_lazy("I have scored impartially, by what the application says"),
        error_messages={"required": gettext_lazy("Tick the box to hand in the ballot.")},
    )


class SummaryForm(Form):
    """The words in short alone."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    summary = WordsField(max_length=4000, label=gettext_lazy("In short"))


class UnlockForm(Form):
    """Why a ballot is given back."""

    reason = forms.CharField(
        max_length=500,
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("The juror gets these words in a letter. They stand in the protocol."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Write the reason.")},
    )


def typed_words(sent: Mapping[str, str]) -> str:
    """All that was typed on a ballot or for an agreement, as one text to copy."""
    said = [(_("Score"), sent[name]) for name in sent if name == TALLY or name.startswith(name_of(""))]
    labels = {"strengths": _("Strengths"), "areas": _("Areas for improvement"), "summary": _("In short")}
    said += [(label, sent[name]) for name, label in {"reason": _("Reason"), **labels}.items() if name in sent]
    return "\n\n".join(f"{label}: {words.strip()}" for label, words in said if words.strip())


def name_of(code: str) -> str:
    """The name of a mark's field."""
    return f"mark-{code}"


def initial_of(mark: Mark | None) -> dict[str, Any]:
    """What the page of a section begins with."""
    if mark is None:
        return {"version": 0}
    said = {"version": mark.version, "is_na": mark.is_na, "reason": mark.reason}
    return {**said, "strengths": mark.strengths, "areas": mark.areas, **_marks(mark.marks)}


def initial_agreed(line: TalkLine, *, stage: str, strengths: str, areas: str) -> dict[str, Any]:
    """What the page of an agreement begins with: what is agreed, or the jurors' own words laid together."""
    agreed = line.agreed or line.earlier
    if agreed is None:
        return {"version": 0, "stage": stage, "strengths": strengths, "areas": areas}
    marks = dict(agreed.marks)
    whole = marks.pop(WHOLE, None) if len(line.scale.dimensions) > 1 else None
    if not agreed.marks and agreed.score is not None and agreed.score == agreed.score.to_integral_value():
        whole = int(agreed.score)  # agreed at the mean; one that is no whole number has to be written anew
    said = {"version": agreed.version, "stage": stage, "is_na": agreed.is_na, "reason": agreed.reason}
    known = _marks(marks)
    if whole is not None:
        known[TALLY if len(line.scale.dimensions) > 1 else name_of(line.scale.dimensions[0].code)] = whole
    return {**said, "strengths": agreed.strengths, "areas": agreed.areas, **known}


def _marks(marks: Mapping[str, int]) -> dict[str, int]:
    return {name_of(code): mark for code, mark in marks.items()}
