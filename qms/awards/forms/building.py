"""Forms of those who build the form of a category: a section, a question of each kind."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import get_language, gettext, pgettext
from django.utils.translation import gettext_lazy as _

from qms.awards.domain.form import Option, QuestionDraft, SectionDraft
from qms.awards.models import Category, Question, Section
from qms.awards.models.form import CODE
from qms.frameworks.domain.framework import text

from .texts import TextsForm, texts_of

Kind = Question.Kind
FILLED = (Kind.TEXT, Kind.RESULTS)  # what an assessment fills
MOST_OPTIONS = 30
MOST_CHARACTERS = 100_000


class CodeField(forms.CharField):
    """The sign that stands before a title."""

    def __init__(self, **more: Any) -> None:
        help_text = _("It stands before the title, for example 1.1. Left empty, the next number is given.")
        super().__init__(label=_("Code"), max_length=40, required=False, validators=[CODE], help_text=help_text, **more)


class PartForm(TextsForm):
    """What sections and questions have in common."""

    def offer_nodes(self, category: Category, *, label: Any, help_text: Any) -> None:
        """A choice of the criteria of the category's framework, where it has one."""
        if category.framework is None:
            return
        language = get_language() or "pl"
        nodes = (node for root in category.framework.tree().criteria for node in root.walk())
        named = [(node.identifier, f"{node.identifier} {text(node.titles, language)}") for node in nodes]
        choices = [("", gettext("None")), *named]
        self.fields["node"] = forms.ChoiceField(label=label, choices=choices, required=False, help_text=help_text)


class SectionForm(PartForm):
    """A section of the form."""

    weight = forms.DecimalField(
        label=_("Weight in the jury's score"),
        max_digits=6,
        decimal_places=2,
        min_value=0,
        initial=1,
        help_text=_("A section with weight 2 counts twice as much as one with weight 1."),
    )
    max_pages = forms.DecimalField(
        label=_("Most pages"),
        max_digits=5,
        decimal_places=1,
        required=False,
        validators=[MinValueValidator(0.5)],
        help_text=_("A page is 1800 characters."),
    )
    is_scored = forms.BooleanField(label=_("The jury scores this section"), required=False, initial=True)
    code = CodeField()

    def __init__(self, *args: Any, category: Category, section: Section | None = None, **options: Any) -> None:
        super().__init__(
            *args, initial=_initial(section, "code", "node", "weight", "max_pages", "is_scored"), **options
        )
        self.offer_nodes(
            category,
            label=_("Criterion"),
            help_text=_("What the office's self-assessment says about this criterion is offered to those who write."),
        )
        self.put_first()

    @property
    def draft(self) -> SectionDraft:
        """What was written."""
        cleaned = self.cleaned_data
        return SectionDraft(
            titles=self.titles,
            leads=self.leads,
            code=cleaned["code"],
            node=cleaned.get("node", ""),
            weight=cleaned["weight"],
            max_pages=cleaned["max_pages"],
            is_scored=cleaned["is_scored"],
        )


class QuestionForm(PartForm):
    """A question of one kind: only what belongs to that kind is asked."""

    title_label: ClassVar[Any] = _("Question (%(language)s)")
    lead_label: ClassVar[Any] = _("Help under the question (%(language)s)")
    longest_title: ClassVar[int] = 400

    is_required = forms.BooleanField(label=_("It must be answered"), required=False, initial=True)
    code = CodeField()

    def __init__(
        self, *args: Any, category: Category, kind: str, question: Question | None = None, **options: Any
    ) -> None:
        super().__init__(*args, initial=_initial_of_question(question), **options)
        self.kind = kind
        self.options_read: tuple[Option, ...] = ()
        if kind == Kind.TEXT:
            self._ask_length()
        elif kind == Kind.NUMBER:
            self.fields["unit"] = forms.CharField(label=pgettext("measure", "Unit"), max_length=40, required=False)
        elif kind in (Kind.CHOICE, Kind.CHOICES):
            self._ask_options()
        if kind in FILLED:
            self.offer_nodes(
                category,
                label=_("Subcriterion"),
                help_text=_("What the self-assessment says about it fills this answer. Left empty, the section's."),
            )
        self.put_first()
        self.order_fields([name for name in self.fields if name != "code"])

    def clean(self) -> dict[str, Any]:
        """Options that can be told apart, as many in each language."""
        cleaned = super().clean() or {}
        if self.kind in (Kind.CHOICE, Kind.CHOICES):
            self._clean_options()
        return cleaned

    @property
    def draft(self) -> QuestionDraft:
        """What was written."""
        cleaned = self.cleaned_data
        return QuestionDraft(
            titles=self.titles,
            kind=self.kind,
            leads=self.leads,
            code=cleaned["code"],
            is_required=cleaned["is_required"],
            max_characters=cleaned.get("max_characters"),
            unit=cleaned.get("unit", ""),
            options=self.options_read,
            node=cleaned.get("node", ""),
        )

    def _ask_length(self) -> None:
        self.fields["max_characters"] = forms.IntegerField(
            label=_("Most characters"),
            required=False,
            validators=[MinValueValidator(1), MaxValueValidator(MOST_CHARACTERS)],
            help_text=_("A page is 1800 characters. Left empty, only the pages of the section count."),
        )

    def _ask_options(self) -> None:
        for code, name in settings.LANGUAGES:
            self.fields[f"options_{code}"] = forms.CharField(
                label=gettext("Answers to choose from (%(language)s)") % {"language": name},
                required=False,
                widget=forms.Textarea(attrs={"rows": 4}),
                help_text=gettext("One on each line, in the same order in every language."),
            )

    def _clean_options(self) -> None:
        lines = {
            code: [line.strip() for line in self.cleaned_data.get(f"options_{code}", "").splitlines() if line.strip()]
            for code, _name in settings.LANGUAGES
        }
        written = {code: said for code, said in lines.items() if said}
        first = next(iter(written), settings.LANGUAGES[0][0])
        count = len(written.get(first, []))
        if not 2 <= count <= MOST_OPTIONS:
            told = {"most": MOST_OPTIONS}
            self.add_error(f"options_{first}", gettext("Write from two to %(most)s answers.") % told)
            return
        for code, said in written.items():
            if len(said) != count:
                self.add_error(f"options_{code}", gettext("Write as many answers in each language."))
            elif len(set(said)) != count:
                self.add_error(f"options_{code}", gettext("An answer stands here twice."))
        if not self.errors:
            titles = ({code: said[place] for code, said in written.items()} for place in range(count))
            self.options_read = tuple(Option("", one) for one in titles)


def _initial(thing: Section | Question | None, *names: str) -> dict[str, Any]:
    return {} if thing is None else {name: getattr(thing, name) for name in names} | texts_of(thing)


def _initial_of_question(question: Question | None) -> dict[str, Any]:
    initial = _initial(question, "code", "node", "is_required", "max_characters", "unit")
    options = question.options if question else []
    for code, _name in settings.LANGUAGES:
        initial[f"options_{code}"] = "\n".join(one["titles"][code] for one in options if one["titles"].get(code))
    return initial
