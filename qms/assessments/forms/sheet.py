"""What is typed on an individual sheet, checked and never lost."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qms.assessments.models import Kind
from qms.assessments.queries import EntryLine, NodeAnswer
from qms.frameworks.domain.framework import text
from qms.frameworks.domain.panel import Dimension, Scale
from qms.lifecycle import Refused
from qms.ui.forms import Form
from qms.ui.words import sentence

LONGEST_TEXT: Final = 5000
MOST_ENTRIES: Final = 30
FIRST_ROWS: Final = (Kind.STRENGTH, Kind.AREA)
"""Of these kinds an empty page already offers a row to write in."""
BLANK: Final = "blank"
"""The one fault of a text that may wait: evidence hangs on a row that is still to be written."""


class MarkField(forms.CharField):
    """One mark as it is typed; the framework's own dimension says whether it can be."""

    def __init__(self, dimension: Dimension, language: str) -> None:
        super().__init__(required=False, max_length=40, label=text(dimension.titles, language))
        self.dimension = dimension

    def clean(self, value: Any) -> int | None:
        try:
            return self.dimension.check(super().clean(value))
        except Refused as refusal:
            raise ValidationError(sentence(refusal)) from refusal


class WordsField(forms.CharField):
    """A longer text; a form and a script send the ends of its lines differently, kept they are the same."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 3}), **options)

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n").replace("\r", "\n")


class KeysField(forms.Field):
    """Ids that only travel with the page."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Sequence[str] | None) -> tuple[int, ...]:
        try:
            return tuple(dict.fromkeys(int(each) for each in value or ()))
        except ValueError as error:
            raise ValidationError(_("This evidence is not in the office's store.")) from error


class NodeForm(Form):
    """Marks, "I don't know enough" and what decided."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    unknown = forms.BooleanField(required=False, label=gettext_lazy("I don't know enough to score this subcriterion"))
    rationale = WordsField(
        label=gettext_lazy("What decided"),
        help_text=gettext_lazy(
            "In one or two sentences, for the talk of the group. Nobody reads it before you hand in."
        ),
    )

    def __init__(self, data: QueryDict | None = None, *, scale: Scale, language: str, **options: Any) -> None:
        super().__init__(data, **options)
        self.scale = scale
        for dimension in scale.dimensions:
            self.fields[mark_name(dimension.code)] = MarkField(dimension, language)

    def marks(self, *, instead: Mapping[str, int] | None = None) -> dict[str, int | None]:
        """The marks by dimension; where one cannot be read, the one that stands instead."""
        return {
            dimension.code: self.cleaned_data.get(mark_name(dimension.code), (instead or {}).get(dimension.code))
            for dimension in self.scale.dimensions
        }


class EntryForm(Form):
    """One strength, area or suggestion: a thought with its evidence."""

    kind = forms.ChoiceField(choices=Kind.choices, widget=forms.HiddenInput)
    text = WordsField()
    evidence = KeysField(required=False)

    def __init__(self, data: QueryDict | None, key: uuid.UUID, *, number: int = 0, **options: Any) -> None:
        super().__init__(data, prefix=entry_prefix(key), **options)
        self.key, self.number = key, number
        self.fields["text"].label = entry_label(self.sort, number)

    @property
    def sort(self) -> str:
        """What the text says of the office; a strength where the page sent nonsense."""
        wanted = self["kind"].value()
        return wanted if wanted in Kind.values else Kind.STRENGTH

    @property
    def evidence_ids(self) -> tuple[int, ...]:
        """The pieces that hang on it, also before it is checked."""
        return tuple(int(each) for each in self["evidence"].value() or () if str(each).isdigit())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("evidence") and not cleaned.get("text") and "text" not in self.errors:
            words = _("Write what the evidence shows, or remove the entry.")
            self.add_error("text", ValidationError(words, code=BLANK))
        return cleaned


class AnswerForm:
    """The whole page of one subcriterion: the marks, and as many texts as there are."""

    def __init__(self, node: NodeForm, entries: list[EntryForm]) -> None:
        self.node, self.entries = node, entries

    @classmethod
    def stored(cls, answer: NodeAnswer, language: str) -> AnswerForm:
        """The page as it stands in the database, with an empty row where nothing is written yet."""
        initial: dict[str, object] = {mark_name(code): mark for code, mark in answer.marks.items()}
        initial |= {"version": answer.version, "unknown": answer.unknown, "rationale": answer.rationale}
        node = NodeForm(scale=answer.scale, language=language, initial=initial)
        form = cls(node, [])
        for kind in Kind.values:
            lines = answer.of_kind(kind) or tuple(_empty(kind) for first in FIRST_ROWS if first == kind)
            form.entries += [_stored(line, number) for number, line in enumerate(lines, start=1)]
        return form

    @classmethod
    def typed(cls, data: QueryDict, scale: Scale, language: str) -> AnswerForm:
        """The page as it was sent."""
        node = NodeForm(data, scale=scale, language=language)
        keys = [key for key in map(_key, dict.fromkeys(data.getlist("entry"))) if key is not None][: MOST_ENTRIES * 2]
        form = cls(node, [EntryForm(data, key) for key in keys])
        form._count()
        return form

    @property
    def data(self) -> QueryDict:
        """What was sent."""
        return self.node.data  # type: ignore[return-value]

    def of_kind(self, kind: str) -> list[EntryForm]:
        """The rows of that kind in their order."""
        return [entry for entry in self.entries if entry.sort == kind]

    def entry(self, key: str) -> EntryForm | None:
        """The row of that key."""
        return next((entry for entry in self.entries if str(entry.key) == key), None)

    def is_valid(self) -> bool:
        """Whether everything can be saved as it was typed."""
        return all([self.node.is_valid(), *(entry.is_valid() for entry in self.entries)])

    def is_readable(self) -> bool:
        """Whether the texts can be saved now, even if a mark is still to be mended."""
        self.is_valid()
        marks = {mark_name(dimension.code) for dimension in self.node.scale.dimensions}
        codes = {each.code for entry in self.entries for errors in entry.errors.as_data().values() for each in errors}
        return set(self.node.errors) <= marks and codes <= {BLANK}

    def add(self, kind: str) -> EntryForm:
        """One more empty row at the end of its kind."""
        key = uuid.uuid4()
        data = self.data.copy()
        data.appendlist("entry", str(key))
        data[f"{entry_prefix(key)}-kind"] = kind
        entry = EntryForm(data, key)
        entry.fields["text"].widget.attrs["autofocus"] = True
        self.entries.append(entry)
        self._count()
        return entry

    def remove(self, key: str) -> None:
        """The page without that row."""
        self.entries = [entry for entry in self.entries if str(entry.key) != key]
        self._count()

    def attach(self, key: str, evidence: Iterable[int]) -> None:
        """The page with just these pieces on that row."""
        for index, entry in enumerate(self.entries):
            if str(entry.key) == key:
                data = self.data.copy()
                data.setlist(f"{entry.prefix}-evidence", [str(pk) for pk in evidence])
                self.entries[index] = EntryForm(data, entry.key, number=entry.number)

    def texts(self) -> list[tuple[str, str, uuid.UUID, tuple[int, ...]]]:
        """Kind, text, key and evidence of every row that can be read."""
        found = []
        for kind in Kind.values:
            for entry in self.of_kind(kind):
                cleaned = entry.cleaned_data
                found.append((kind, cleaned.get("text", ""), entry.key, cleaned.get("evidence", ())))
        return found

    def _count(self) -> None:
        for kind in Kind.values:
            for number, entry in enumerate(self.of_kind(kind), start=1):
                entry.number = number
                entry.fields["text"].label = entry_label(kind, number)


class HandInForm(Form):
    """The one box that is ticked before a sheet is handed in."""

    confirmed = forms.BooleanField(
        error_messages={"required": gettext_lazy("Tick the box if you want to hand the sheet in.")}
    )


class ReopenForm(Form):
    """Why the chair gives a sheet back."""

    reason = forms.CharField(
        max_length=1000,
        label=gettext_lazy("Why is the sheet opened again?"),
        help_text=gettext_lazy("The member reads this sentence on the sheet and in a letter. It stays in the history."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class OfflineForm(Form):
    """A sheet that was filled in without a connection."""

    file = forms.FileField(label=gettext_lazy("Filled-in sheet (XLSX)"))


def mark_name(code: str) -> str:
    """The name of a dimension's field."""
    return f"mark-{code}"


def entry_prefix(key: uuid.UUID | str) -> str:
    """What the names of an entry's fields begin with."""
    return f"entry-{key}"


def entry_label(kind: str, number: int) -> str:
    """What stands above the text: "Strength 2"."""
    labels = {
        Kind.STRENGTH: _("Strength %(number)s"),
        Kind.AREA: _("Area for improvement %(number)s"),
        Kind.SUGGESTION: _("Suggestion %(number)s"),
    }
    return labels[Kind(kind)] % {"number": number}


def data_of(payload: object) -> QueryDict:
    """A page that a script sent as JSON, as if its form had been sent; ValueError when it is no such page."""
    if not isinstance(payload, Mapping):
        raise ValueError("The page is an object.")  # noqa: TRY004  one kind of error for the caller
    data = QueryDict(mutable=True)
    data["version"] = str(payload.get("version", ""))
    data["rationale"] = str(payload.get("rationale", ""))
    if payload.get("unknown") is True:
        data["unknown"] = "on"
    for code, mark in _mapping(payload.get("marks")).items():
        data[mark_name(str(code))] = "" if mark is None else str(mark)
    for entry in _list(payload.get("entries")):
        prefix = entry_prefix(str(_mapping(entry).get("key", "")))
        data.appendlist("entry", prefix.removeprefix("entry-"))
        data[f"{prefix}-kind"] = str(entry.get("kind", ""))
        data[f"{prefix}-text"] = str(entry.get("text", ""))
        data.setlist(f"{prefix}-evidence", [str(pk) for pk in _list(entry.get("evidence"))])
    return data


def _mapping(value: object) -> Mapping[str, Any]:
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise ValueError("An object was expected.")  # noqa: TRY004
    return value


def _list(value: object) -> list[Any]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise ValueError("A list was expected.")  # noqa: TRY004
    return value


def _key(written: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(written)
    except ValueError:
        return None


def _empty(kind: str) -> EntryLine:
    return EntryLine(uuid.uuid4(), kind, "", ())


def _stored(line: EntryLine, number: int) -> EntryForm:
    initial = {"kind": line.kind, "text": line.text, "evidence": [piece.pk for piece in line.evidence]}
    return EntryForm(None, line.key, number=number, initial=initial)
