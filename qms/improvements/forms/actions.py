"""What is asked about an action: what, why, who, when, for how much, and how it is weighed."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qms.accounts.models import User
from qms.improvements.domain.priority import Weighing
from qms.improvements.models import Action
from qms.improvements.queries.forming import ActionChoices
from qms.ui.forms import DayField, Form

IMPORTANCE: Final = ("stakeholders", "results", "visibility")
FEASIBILITY: Final = ("difficulty", "resources", "speed")
SCALE: Final = (("1", "1"), ("2", "2"), ("3", "3"), ("4", "4"), ("5", "5"))
PAST: Final = _("This day is in the past. Choose today or a later day.")


def judgement(label: object, help_text: object) -> forms.TypedChoiceField:
    """Five circles in a row; none ticked until somebody judges."""
    return forms.TypedChoiceField(
        label=label,  # type: ignore[arg-type]
        help_text=help_text,  # type: ignore[arg-type]
        choices=SCALE,
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )


class ActionForm(Form):
    """Everything that says what an action is."""

    title = forms.CharField(
        label=_("Title"),
        max_length=200,
        help_text=_("What is done, in a few words: “Plain language in summonses and decisions”."),
        error_messages={"required": _("Give the action a title.")},
    )
    problem = forms.CharField(
        label=_("Problem"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What is wrong today, for whom, and how one knows."),
    )
    expected = forms.CharField(
        label=_("Expected result"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What clients or staff will notice when it has worked. The effect is measured against this."),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Action.Kind.choices)
    client = forms.ChoiceField(label=_("For whom"), choices=Action.Client.choices, widget=forms.RadioSelect)
    findings = forms.MultipleChoiceField(
        label=_("Findings it answers"), required=False, widget=forms.CheckboxSelectMultiple
    )
    unfounded = forms.BooleanField(
        label=_("This action answers no finding."),
        required=False,
        help_text=_("It will be marked “without a finding” in the plan, so that the director sees it."),
    )
    nodes = forms.MultipleChoiceField(
        label=_("Subcriteria under which it is filed"), required=False, widget=forms.CheckboxSelectMultiple
    )
    owner = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Owner"),
        required=False,
        empty_label=_("nobody yet"),
        help_text=_("One person who answers for it. The director cannot approve an action without one."),
        error_messages={"invalid_choice": _("This person does not work in the office (any more). Choose another.")},
    )
    helpers = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label=_("Helpers"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("One of the helpers does not work in the office (any more).")},
    )
    unit = forms.CharField(
        label=_("Unit"), required=False, max_length=200, help_text=_("Leave empty when it concerns the whole office.")
    )
    start_on = DayField(label=_("First day"), required=False)
    due_on = DayField(
        label=_("Due"), required=False, help_text=_("The last day; reminders go out before and after it.")
    )
    budget = forms.DecimalField(
        label=_("Budget"),
        required=False,
        max_digits=12,
        decimal_places=2,
        localize=True,
        validators=[MinValueValidator(0, _("A budget is not less than zero."))],
    )
    stakeholders = judgement(
        _("Impact on clients and staff"), _("1: few notice it, and seldom. 5: most clients or all staff, every day.")
    )
    results = judgement(
        _("Impact on results"), _("1: no figure will move. 5: a key figure of the office clearly improves.")
    )
    visibility = judgement(
        _("Visibility"), _("1: nobody outside the unit sees it. 5: clients or the press speak of it.")
    )
    difficulty = judgement(
        _("Ease"), _("1: new law or many partners needed. 5: the unit can do it alone, with what it knows.")
    )
    resources = judgement(
        _("Modest resources"), _("1: posts or large sums that nobody has yet. 5: no money, a few working days.")
    )
    speed = judgement(_("Speed"), _("1: more than two years. 5: done and felt within three months."))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, choices: ActionChoices, action: Action | None = None, today: date | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.action, self.today = action, today or timezone.localdate()
        self.fields["findings"].choices = [(one.key, one.label) for one in choices.findings]
        self.fields["nodes"].choices = choices.nodes
        for name in ("owner", "helpers"):
            self.fields[name].queryset = choices.people
            self.fields[name].label_from_instance = named
        if action is not None:
            # Helpers who left may stay; who owns it must work here.
            self.fields["helpers"].queryset = choices.people_with(action)

    def clean_start_on(self) -> date | None:
        day: date | None = self.cleaned_data["start_on"]
        before = self.action
        begun = before is not None and before.status == Action.Status.IN_PROGRESS
        if day and day < self.today and not begun and (before is None or day != before.start_on):
            raise ValidationError(PAST)
        return day

    def clean_due_on(self) -> date | None:
        day: date | None = self.cleaned_data["due_on"]
        if day and day < self.today and (self.action is None or day != self.action.due_on):
            raise ValidationError(PAST)
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        start, due = cleaned.get("start_on"), cleaned.get("due_on")
        if start and due and due < start:
            self.add_error("due_on", gettext("The action cannot be due before it starts."))
        if "findings" in cleaned and not cleaned["findings"] and not cleaned.get("unfounded"):
            self.add_error(
                "unfounded", gettext("No finding is ticked. Tick one above, or confirm that the action answers none.")
            )
        if cleaned.get("findings") and cleaned.get("unfounded"):
            self.add_error("unfounded", gettext("Findings are ticked above. Leave this box empty."))
        return cleaned

    @property
    def facts(self) -> dict[str, Any]:
        """What was typed, under the names of the services' ActionFacts."""
        given = dict(self.cleaned_data)
        for name in ("version", "unfounded"):
            given.pop(name)
        given["helpers"] = tuple(given["helpers"])
        given["findings"] = tuple(given["findings"])
        given["nodes"] = tuple(tuple(node.split(":", 1)) for node in given["nodes"])
        return given

    @property
    def weighing(self) -> Weighing:
        """The six judgements as they were typed and can be read."""
        given = getattr(self, "cleaned_data", {})
        return Weighing(*(given.get(name) for name in (*IMPORTANCE, *FEASIBILITY)))


def facts_of(action: Action) -> dict[str, Any]:
    """What stands, as the form's first values."""
    plain = [name for name in ActionForm.base_fields if hasattr(action, name)]
    initial: dict[str, Any] = {name: getattr(action, name) for name in plain if name not in MANY}
    initial["owner"] = action.owner_id
    initial["helpers"] = [person.pk for person in action.helpers.all()]
    initial["findings"] = [finding.key for finding in action.findings.all()]
    initial["nodes"] = [f"{one.framework}:{one.node}" for one in action.nodes.all()]
    initial["unfounded"] = not initial["findings"]
    return initial


MANY: Final = ("owner", "helpers", "findings", "nodes", "unfounded")


def named(person: User) -> str:
    """The person's name, for a list to choose from."""
    return person.name
