"""What is asked about external feedback: the application, levels, the team, the report, the decision."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from qms.frameworks.domain.framework import text
from qms.improvements.domain.feedback import AgreedDraft, AnswerDraft, Item, Pillar, ReportDraft, ScoreDraft
from qms.ui.forms import DayField, Form

LARGEST = 1_000_000


def area(rows: int) -> forms.Textarea:
    """A box for words."""
    return forms.Textarea(attrs={"rows": rows})


class StartForm(Form):
    """With which self-assessment the office applies."""

    assessment = forms.TypedChoiceField(
        label=_("Self-assessment"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the self-assessment to be looked at.")},
    )
    contact = forms.CharField(
        label=_("Contact person"),
        max_length=200,
        required=False,
        help_text=_("Whom the team asks: name, phone, e-mail."),
    )
    motivation = forms.CharField(label=_("Why we apply"), max_length=3000, required=False, widget=area(4))

    def __init__(self, *args: Any, choices: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assessment"].choices = choices
        if len(choices) == 1:
            self.fields["assessment"].initial = choices[0][0]


class FrameForm(Form):
    """Contact and motivation."""

    contact = StartForm.base_fields["contact"]
    motivation = StartForm.base_fields["motivation"]


class PillarForm(Form):
    """One questionnaire: a level for each item, and words beside it; everything may stay blank."""

    marks_optional = False
    words: tuple[tuple[str, Any, int, int], ...] = ()

    def __init__(self, *args: Any, pillar: Pillar, rows: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pillar = pillar
        language = get_language() or "en"
        for item in pillar.items:
            row = rows.get(item.identifier)
            self.fields[self.name("level", item)] = _level_field(pillar, item, getattr(row, "level", None), language)
            for key, label, most, lines in self.words:
                self.fields[self.name(key, item)] = forms.CharField(
                    label=_("%(item)s: %(what)s") % {"item": item.identifier, "what": label},
                    required=False,
                    max_length=most,
                    widget=area(lines),
                    initial=getattr(row, key, ""),
                )

    @staticmethod
    def name(key: str, item: Item) -> str:
        """What the field of that item is called."""
        return f"{key}-{item.identifier}"

    def given(self, item: Item) -> dict[str, Any]:
        """What was given on that item."""
        return {key: self.cleaned_data[self.name(key, item)] for key in ("level", *(each[0] for each in self.words))}


def _level_field(pillar: Pillar, item: Item, level: int | None, language: str) -> forms.TypedChoiceField:
    choices = [(each.value, f"{each.value} {text(each.titles, language)}") for each in pillar.scale.levels]
    return forms.TypedChoiceField(
        label=_("%(item)s: level") % {"item": item.identifier},
        choices=[*choices, ("", pgettext_lazy("level of an item", "not yet"))],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        initial="" if level is None else level,
    )


class AnswersForm(PillarForm):
    """The applicant's own answers."""

    words = (("text", _("what we did"), 3000, 3), ("evidence", _("evidence"), 2000, 2))

    def drafts(self) -> dict[str, AnswerDraft]:
        """The answers by item."""
        return {item.identifier: AnswerDraft(**self.given(item)) for item in self.pillar.items}


class ScoresForm(PillarForm):
    """An actor's own levels."""

    words = (("comment", _("comment"), 3000, 2),)

    def drafts(self) -> dict[str, ScoreDraft]:
        """The levels by item."""
        return {item.identifier: ScoreDraft(**self.given(item)) for item in self.pillar.items}


class AgreedForm(PillarForm):
    """What the team agrees."""

    words = (("comment", _("comment of the team"), 3000, 2),)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for item in self.pillar.items:
            if cleaned.get(self.name("comment", item), "").strip() and cleaned.get(self.name("level", item)) is None:
                self.add_error(self.name("level", item), gettext("A comment needs a level."))
        return cleaned

    def drafts(self) -> dict[str, AgreedDraft]:
        """The agreed levels by item."""
        return {item.identifier: AgreedDraft(**self.given(item)) for item in self.pillar.items}


class ActorForm(Form):
    """Whom to ask into the team."""

    email = forms.EmailField(
        label=_("E-mail of the person"),
        help_text=_("Somebody with an account who works in another office."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


class DeclarationForm(Form):
    """An actor's word on conflicts of interest."""

    declaration = forms.ChoiceField(
        label=_("My declaration"),
        choices=[
            ("clear", _("I have no conflict of interest with this office")),
            ("conflict", _("I have a conflict of interest")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )
    conflict = forms.CharField(
        label=_("What the conflict is"),
        max_length=2000,
        required=False,
        widget=area(3),
        help_text=_("Only for a conflict; the organiser reads it. Your access ends at once."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        chosen, words = cleaned.get("declaration"), cleaned.get("conflict", "").strip()
        if chosen == "conflict" and not words:
            self.add_error("conflict", gettext("Say in a few words what the conflict is."))
        if chosen == "clear" and words:
            self.add_error("declaration", gettext("You described a conflict, but chose that there is none."))
        return cleaned


class ReportEditForm(Form):
    """The visit, and what the team tells the office."""

    visit_on = DayField(label=_("Day of the visit"), required=False)
    visit_agenda = forms.CharField(
        label=_("Agenda of the visit"),
        max_length=5000,
        required=False,
        widget=area(4),
        help_text=_("Whom you meet and what you talk about. The visit is a dialogue, not an inspection."),
    )
    visit_notes = forms.CharField(label=_("Notes of the visit"), max_length=10000, required=False, widget=area(6))
    strengths = forms.CharField(
        label=_("Strengths"), max_length=5000, required=False, widget=area(5), help_text=_("One a line.")
    )
    advice = forms.CharField(
        label=_("Areas for improvement and advice"),
        max_length=5000,
        required=False,
        widget=area(5),
        help_text=_("One a line."),
    )

    def __init__(self, *args: Any, applied_at: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.applied_at = applied_at

    def clean_visit_on(self) -> date | None:
        day: date | None = self.cleaned_data["visit_on"]
        if day and self.applied_at and day < timezone.localdate(self.applied_at):
            raise ValidationError(gettext("The visit cannot come before the application."))
        return day

    def draft(self) -> ReportDraft:
        """What was written."""
        return ReportDraft(**self.cleaned_data)


class DecisionForm(Form):
    """Label or not, and why."""

    has_label = forms.TypedChoiceField(
        label=_("Decision"),
        choices=[("yes", _("The office gets the label")), ("no", _("The office does not get the label"))],
        coerce=lambda chosen: chosen == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=3000,
        required=False,
        widget=area(4),
        help_text=_("Needed when you decide against what the profile says. The office reads it."),
    )
    confirmed = forms.BooleanField(
        label=_("I know the report and decide for good"),
        error_messages={"required": _("Tick the box: the decision cannot be changed afterwards.")},
    )

    def __init__(self, *args: Any, met: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.met = met

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        chosen = cleaned.get("has_label")
        if isinstance(chosen, bool) and chosen != self.met and not cleaned.get("reason", "").strip():
            self.add_error(
                "reason",
                gettext("The profile is met. Say why the label is not given.")
                if self.met
                else gettext("The profile is not met. Say why the label is given all the same."),
            )
        return cleaned


class ReturnForm(Form):
    """Why the report goes back to the team."""

    reason = forms.CharField(
        label=_("What should the team look at again?"),
        max_length=3000,
        widget=area(3),
        error_messages={"required": _("Write what the team should look at again.")},
    )


class ConfirmForm(Form):
    """The one box of a step that cannot be undone."""

    confirmed = forms.BooleanField(error_messages={"required": _("Tick the box under what becomes fixed.")})


class ReportForm(Form):
    """The language of the report."""

    language = forms.ChoiceField(label=_("Language of the report"), choices=settings.LANGUAGES)


class SchemeForm(Form):
    """A file of questionnaires."""

    file = forms.FileField(
        label=_("File of questionnaires"),
        help_text=_("YAML in UTF-8. Nothing changes unless the whole file is in order."),
        widget=forms.ClearableFileInput(attrs={"accept": ".yaml,.yml"}),
    )
    use = forms.BooleanField(label=_("Use it for new applications from now on"), required=False, initial=True)

    def clean_file(self) -> str:
        """The text of the file."""
        upload: Any = self.cleaned_data["file"]
        if upload.size > LARGEST:
            raise ValidationError(gettext("The file is too large."))
        try:
            return bytes(upload.read()).decode("utf-8")
        except UnicodeDecodeError as error:
            raise ValidationError(gettext("The file is not text in UTF-8.")) from error
