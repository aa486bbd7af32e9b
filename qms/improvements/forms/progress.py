"""What is asked while an action is worked on: its status, its progress, its tasks, what was told, what was learnt."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qms.accounts.models import User
from qms.core.uploads import DOCUMENTS, KINDS, check_upload
from qms.improvements.models import Action, Communication, LogEntry, Task
from qms.lifecycle import Refused
from qms.offices.queries import colleagues_of
from qms.ui.forms import DayField, Form
from qms.ui.words import sentence

MOST_FILES = 10
REASONS = (Action.Status.STOPPED, Action.Status.POSTPONED)
MANY = 6
LIES_AHEAD = _("The day lies in the future.")


class MoveForm(Form):
    """The next status, with the reason where the work stops or waits."""

    marks_optional = False

    status = forms.ChoiceField(label=_("Next step"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed when you stop or postpone. It stands in the log."),
    )
    on = DayField(label=_("Day, if not today"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput())

    def __init__(self, *args: Any, steps: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["status"].choices = steps
        wrong = gettext("This step is not open at the moment.")
        self.fields["status"].error_messages |= {"required": gettext("Choose the next step."), "invalid_choice": wrong}

    def clean_on(self) -> date | None:
        """A day that has come."""
        return _not_ahead(self.cleaned_data["on"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("status") in REASONS and not (cleaned.get("reason") or "").strip():
            stops = cleaned["status"] == Action.Status.STOPPED
            words = gettext("Write why the action is stopped."), gettext("Write why the action is postponed.")
            self.add_error("reason", words[0] if stops else words[1])
        return cleaned


class Files(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, each judged by what is in it."""

    widget = Files

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """The files; a sentence for each that cannot be taken."""
        given = [one for one in (data if isinstance(data, (list, tuple)) else [data]) if one]
        if len(given) > MOST_FILES:
            raise ValidationError(gettext("Add at most %(most)s files at once.") % {"most": MOST_FILES})
        wrong = [said for one in given if (said := _refusal(one))]
        if wrong:
            raise ValidationError(wrong)
        return given


def _refusal(file: Any) -> str:
    try:
        check_upload(file)
    except Refused as refusal:
        return f"{file.name}: {sentence(refusal)}"
    return ""


class ReportForm(Form):
    """A line of the log: what happened, how far the action is, what it has cost, what shows it."""

    text = forms.CharField(
        label=_("What has happened"),
        max_length=LogEntry._meta.get_field("text").max_length,  # noqa: SLF001  Django's own name
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One or two sentences that a colleague understands in a year. The line stays as you write it."),
        error_messages={"required": _("Write what has happened.")},
    )
    on = DayField(label=_("Day"))
    progress = forms.IntegerField(
        label=_("Progress, 0 to 100"),
        required=False,
        min_value=0,
        max_value=100,
        help_text=_("Your own judgement of the whole action; 100 when all is done."),
    )
    spent = forms.DecimalField(
        label=_("Spent so far"),
        required=False,
        min_value=0,
        max_digits=12,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"class": "short", "inputmode": "decimal"}),
    )
    attachments = FilesField(label=_("Files"), required=False)

    def __init__(self, *args: Any, action: Action, **options: Any) -> None:
        options["initial"] = {
            "on": timezone.localdate(),
            "progress": action.progress or None,
            "spent": action.spent,
        }
        super().__init__(*args, **options)
        self.action = action
        names = ", ".join(KINDS[kind].name for kind in DOCUMENTS)
        self.fields["attachments"].help_text = gettext(
            "%(kinds)s, at most 20 MB each. When the page comes back with an error, choose the files again."
        ) % {"kinds": names}
        self.fields["attachments"].widget.attrs["accept"] = ",".join(
            f".{ending}" for kind in DOCUMENTS for ending in KINDS[kind].endings
        )
        self.fields["spent"].help_text = gettext("The whole sum until today, in %(currency)s.") % {
            "currency": action.plan.get_currency_display()
        }

    def clean_on(self) -> date | None:
        """A day that has come."""
        return _not_ahead(self.cleaned_data["on"])

    def clean_progress(self) -> int | None:
        """A number; a finished action stands at 100."""
        progress: int | None = self.cleaned_data["progress"]
        if self.action.status == Action.Status.DONE and progress not in (None, 100):
            raise ValidationError(gettext("A finished action stands at 100. Take it up again before you report less."))
        return progress


class TaskForms(forms.BaseFormSet):
    """The lines of all tasks."""

    def add_fields(self, form: Any, index: int | None) -> None:
        """Each with a box by which it is taken off."""
        super().add_fields(form, index)
        form.fields["DELETE"].label = gettext("Take off")


class TaskForm(Form):
    """One task: what, who, until when."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput())
    title = forms.CharField(label=_("Task"), max_length=300, error_messages={"required": _("Write what the task is.")})
    person = forms.ModelChoiceField(User.objects.none(), label=_("Who"), required=False, empty_label=_("nobody yet"))
    due_on = DayField(label=_("Due"), required=False)
    done_on = DayField(label=_("Done on"), required=False)

    def __init__(self, *args: Any, people: Any, stored: dict[int, Task], working: set[int], **options: Any) -> None:
        super().__init__(*args, **options)
        self.stored, self.working = stored, working
        self.fields["person"].queryset = people
        self.fields["person"].label_from_instance = lambda person: person.name

    def clean_person(self) -> User | None:
        """Somebody who works in the office; for a task that is done, whoever did it."""
        person: User | None = self.cleaned_data["person"]
        before = self.before
        kept = before is not None and before.done_on is not None and before.person_id == getattr(person, "pk", None)
        if person is not None and person.pk not in self.working and not kept:
            said = gettext("%(person)s does not work in the office any more. Choose somebody else.")
            raise ValidationError(said % {"person": person.name})
        return person

    def clean_due_on(self) -> date | None:
        """A day to come; one that was set earlier may stay."""
        due: date | None = self.cleaned_data["due_on"]
        stays = self.before is not None and self.before.due_on == due
        if due is not None and due < timezone.localdate() and not stays:
            raise ValidationError(gettext("This day has passed. Choose a later one."))
        return due

    def clean_done_on(self) -> date | None:
        """A day that has come."""
        return _not_ahead(self.cleaned_data["done_on"])

    @property
    def is_stored(self) -> bool:
        """Whether the line tells of a task that stands already, so that it can be taken off."""
        return bool(self["pk"].value())

    @property
    def before(self) -> Task | None:
        """The task as it is stored; none where the line is new."""
        return self.stored.get(self.cleaned_data.get("pk") or 0)


def task_forms(action: Action, data: Any = None) -> Any:
    """A line for each task and some empty ones below."""
    tasks = list(action.tasks.select_related("person").order_by("position", "pk"))
    working = set(colleagues_of(action.plan.office).values_list("user", flat=True))
    people = User.objects.filter(Q(pk__in=working) | Q(pk__in=[one.person_id for one in tasks]))
    fresh = {"pk", "title", "person", "due_on", "done_on"}
    make = forms.formset_factory(TaskForm, TaskForms, extra=3 if tasks else MANY, can_delete=True, max_num=100)
    return make(
        data,
        prefix="tasks",
        initial=[{name: getattr(one, name) for name in fresh} for one in tasks],
        form_kwargs={
            "people": people.order_by("last_name", "first_name", "pk"),
            "stored": {one.pk: one for one in tasks},
            "working": working,
        },
    )


class CommunicationForm(Form):
    """You said, we did; or did not, and why."""

    said = forms.CharField(
        label=_("What people said"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In their words, without anybody's name."),
        error_messages={"required": _("Write what people said.")},
    )
    outcome = forms.ChoiceField(
        label=_("What became of it"), choices=Communication.Outcome.choices, widget=forms.RadioSelect
    )
    done = forms.CharField(
        label=_("What was done, or why not"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write what was done, or why it was not.")},
    )
    audience = forms.ChoiceField(label=_("Whom we told"), choices=Communication.Audience.choices)
    channel = forms.CharField(
        label=_("By which way"), required=False, max_length=200, help_text=_("A poster, the office's page, a meeting.")
    )
    told_on = DayField(label=_("Told on"), required=False)

    def clean_told_on(self) -> date | None:
        """A day that has come."""
        return _not_ahead(self.cleaned_data["told_on"])


class LessonsForm(Form):
    """What another office should know before it does the same."""

    text = forms.CharField(
        label=_("Lessons for other offices"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("What worked, what did not, what you would do otherwise. It goes into the draft of a practice."),
    )
    before = forms.CharField(required=False, strip=False, widget=forms.HiddenInput())


def _not_ahead(day: date | None) -> date | None:
    if day is not None and day > timezone.localdate():
        raise ValidationError(str(LIES_AHEAD))
    return day
