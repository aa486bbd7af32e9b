"""Forms of a category and of a condition of each kind."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from qms.awards.domain.rounds import CategoryDraft, RuleDraft
from qms.awards.models import Category, Rule
from qms.frameworks.models import Edition
from qms.offices.models import Office, Region

from .texts import TextsForm, texts_of

Kind = Rule.Kind
MOST_PAGES, MOST_ANNEXES, MOST_MONTHS, MOST_STAFF = 500, 100, 120, 1_000_000


class CategoryForm(TextsForm):
    """A category: for whom, from which framework, how much may be written."""

    framework = forms.ModelChoiceField(
        label=_("Framework"),
        queryset=Edition.objects.none(),
        required=False,
        empty_label=_("None"),
        help_text=_("The office's self-assessment in this framework fills the application."),
    )
    max_pages = forms.IntegerField(
        label=_("Most pages of the narrative"),
        min_value=1,
        max_value=MOST_PAGES,
        required=False,
        help_text=_("A page is 1800 characters."),
    )
    max_annexes = forms.IntegerField(label=_("Most annexes"), min_value=0, max_value=MOST_ANNEXES, initial=20)

    def __init__(self, *args: Any, category: Category | None = None, **options: Any) -> None:
        super().__init__(*args, initial=_initial_of_category(category), **options)
        field = self.fields["framework"]
        field.queryset = Edition.objects.published().order_by("code")
        field.label_from_instance = lambda one: one.short_in(get_language() or "pl")
        self.put_first()

    @property
    def draft(self) -> CategoryDraft:
        """What was written."""
        framework = self.cleaned_data["framework"]
        kept = {name: self.cleaned_data[name] for name in ("max_pages", "max_annexes")}
        return CategoryDraft(
            titles=self.titles, leads=self.leads, framework=framework.pk if framework else None, **kept
        )


class RuleForm(TextsForm):
    """A condition that the office itself confirms; the other kinds add what the platform compares."""

    kind: ClassVar[str] = Kind.ANSWER
    title_label: ClassVar[Any] = _("Condition (%(language)s)")
    lead_label: ClassVar[Any] = _("Explanation (%(language)s)")
    longest_title: ClassVar[int] = 300

    def __init__(self, *args: Any, rule: Rule | None = None, **options: Any) -> None:
        initial = {} if rule is None else texts_of(rule) | self.initial_of(rule.value)
        super().__init__(*args, initial=initial, **options)
        self.order_fields([name for name in self.fields if not name.startswith(("title_", "lead_"))])
        self.put_first()

    @property
    def value(self) -> dict[str, Any]:
        """What the platform compares."""
        return {}

    @property
    def draft(self) -> RuleDraft:
        """What was written."""
        return RuleDraft(self.kind, self.titles, self.leads, self.value)

    def initial_of(self, value: dict[str, Any]) -> dict[str, Any]:
        """What the fields show of a condition that is there already."""
        return dict(value)


class OfficeKindForm(RuleForm):
    """The office is of one of these kinds."""

    kind = Kind.OFFICE_KIND
    kinds = forms.MultipleChoiceField(
        label=_("Kinds of office"), choices=Office.Kind.choices, widget=forms.CheckboxSelectMultiple
    )

    @property
    def value(self) -> dict[str, Any]:
        """The kinds chosen."""
        return {"kinds": self.cleaned_data["kinds"]}


class RegionForm(RuleForm):
    """The office lies in one of these regions."""

    kind = Kind.REGION
    regions = forms.ModelMultipleChoiceField(
        label=_("Regions"), queryset=Region.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["regions"]
        field.queryset = Region.objects.order_by("country", "name_pl")
        field.label_from_instance = lambda region: region.name

    @property
    def value(self) -> dict[str, Any]:
        """The codes of the regions chosen."""
        return {"regions": [region.code for region in self.cleaned_data["regions"]]}

    def initial_of(self, value: dict[str, Any]) -> dict[str, Any]:
        """The regions whose codes the condition names, with or without the country before."""
        named = {code.casefold() for code in value.get("regions", ())}
        known = Region.objects.values_list("pk", "code", "country")
        return {"regions": [pk for pk, code, land in known if named & {code.casefold(), f"{land}-{code}".casefold()}]}


class AssessmentForm(RuleForm):
    """The office has an approved self-assessment that is not too old."""

    kind = Kind.ASSESSMENT
    months = forms.IntegerField(
        label=_("Not older than (months)"),
        min_value=1,
        max_value=MOST_MONTHS,
        required=False,
        help_text=_("Left empty, its age does not matter."),
    )

    @property
    def value(self) -> dict[str, Any]:
        """The age allowed."""
        return {"months": self.cleaned_data["months"]}


class StaffForm(RuleForm):
    """The office has at least, or at most, so many people."""

    kind = Kind.STAFF
    least = forms.IntegerField(label=_("At least"), min_value=0, max_value=MOST_STAFF, required=False)
    most = forms.IntegerField(label=_("At most"), min_value=0, max_value=MOST_STAFF, required=False)

    def clean(self) -> dict[str, Any]:
        """One of both bounds, in order."""
        cleaned = super().clean() or {}
        least, most = cleaned.get("least"), cleaned.get("most")
        if least is None and most is None and not {"least", "most"} & set(self.errors):
            self.add_error("least", gettext("Give the least or the greatest number of staff."))
        if least is not None and most is not None and most < least:
            self.add_error("most", gettext("This is less than the least number."))
        return cleaned

    @property
    def value(self) -> dict[str, Any]:
        """The bounds."""
        return {"least": self.cleaned_data["least"], "most": self.cleaned_data["most"]}


FORMS: dict[str, type[RuleForm]] = {
    form.kind: form for form in (RuleForm, OfficeKindForm, RegionForm, AssessmentForm, StaffForm)
}
"""The form of each kind of condition."""


def _initial_of_category(category: Category | None) -> dict[str, Any]:
    if category is None:
        return {"max_annexes": 20}
    names = ("framework", "max_pages", "max_annexes")
    return {name: getattr(category, name) for name in names} | texts_of(category)
