"""What the form of an action shows: its sections, the priority, and what another person changed meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from django import forms
from django.utils.translation import gettext as _

from qms.improvements.domain.priority import Weighing
from qms.improvements.models import Action
from qms.ui.components import DataTable, Field, State
from qms.ui.components.part import Part
from qms.ui.numbers import day, figure

HIGHEST = 25
LONG = ("findings", "nodes", "helpers")


@dataclass(frozen=True)
class FormSection(Part):
    """A part of a long form under its heading; long lists of boxes fold."""

    ident: str
    title: str
    lead: str
    fields: tuple[Part, ...]
    kind: str = ""
    template_name: ClassVar[str] = "improvements/_form_section.html"

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        return (cls("s-1", "Kto i kiedy", "Jedna osoba odpowiada za działanie.", ()),)


@dataclass(frozen=True)
class ManyBoxes(Part):
    """A list of boxes that is too long to stand open; it opens where something is wrong."""

    field: Field
    ticked: int
    of: int
    is_open: bool
    template_name: ClassVar[str] = "improvements/_many_boxes.html"

    @classmethod
    def of_field(cls, form: forms.Form, name: str) -> Self:
        """The field as a folded list."""
        bound = form[name]
        value = bound.value() or []
        options = len(list(bound.subwidgets))
        few = options <= 8
        return cls(Field(bound), len(value), options, is_open=few or bool(bound.errors))

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        return ()


@dataclass(frozen=True)
class WeighingPanel(Part):
    """Importance, feasibility, priority and quick win, with the rule."""

    importance: str
    feasibility: str
    priority: str
    is_quick: bool
    given: bool
    template_name: ClassVar[str] = "improvements/_weighing.html"

    @classmethod
    def of_action(cls, action: Action) -> Self:
        """As it was saved."""
        return cls._of(action.weighing, is_quick=action.is_quick_win)

    @classmethod
    def of_form(cls, weighing: Weighing) -> Self:
        """As it is typed; nothing before the first save."""
        return cls._of(weighing, is_quick=False)

    @classmethod
    def _of(cls, weighing: Weighing, *, is_quick: bool) -> Self:
        return cls(
            figure(weighing.importance, 1),
            figure(weighing.feasibility, 1),
            figure(weighing.priority, 1),
            is_quick,
            weighing.priority is not None,
        )

    @property
    def state(self) -> State:
        """The quick win as a mark."""
        return State(_("quick win"), "done")

    @property
    def highest(self) -> int:
        """The highest priority there is."""
        return HIGHEST

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        return (cls("4,3", "4,0", "17,3", is_quick=True, given=True),)


def sections_of(form: forms.Form, currency: str) -> tuple[FormSection, ...]:
    """The form from what is done to how it is weighed."""
    form.fields["budget"].label = _("Budget in %(currency)s") % {"currency": currency}

    def parts(*names: str) -> tuple[Part, ...]:
        return tuple(ManyBoxes.of_field(form, name) if name in LONG else Field(form[name]) for name in names)

    return (
        FormSection("what", _("What is done"), "", parts("title", "problem", "expected", "kind", "client")),
        FormSection(
            "why",
            _("Why"),
            _("The findings that it answers, and the subcriteria under which it counts."),
            parts("findings", "unfounded", "nodes"),
        ),
        FormSection("who", _("Who"), "", parts("owner", "helpers", "unit")),
        FormSection("when", _("When and for how much"), "", parts("start_on", "due_on", "budget"), "abreast"),
        FormSection(
            "importance",
            _("How important is it?"),
            _("Three judgements from 1 to 5; their mean is the importance."),
            parts("stakeholders", "results", "visibility"),
            "judged",
        ),
        FormSection(
            "feasibility",
            _("How feasible is it?"),
            _("Three judgements from 1 to 5; their mean is the feasibility. 5 is always the easier side."),
            parts("difficulty", "resources", "speed"),
            "judged",
        ),
    )


# --- Two people at once -----------------------------------------------------------------------------------------------


def clash_of(stored: Action, facts: Mapping[str, Any], form: forms.Form) -> DataTable:
    """What stands now beside what was typed, for each field in which they differ."""
    rows = []
    for name, field in form.fields.items():
        if name in ("version", "unfounded"):
            continue
        theirs, mine = _said(form, name, facts.get(name)), _said(form, name, form.cleaned_data.get(name))
        if theirs != mine:
            rows.append((str(field.label), theirs, mine))
    caption = _("%(code)s: what stands now and what you typed") % {"code": stored.code}
    return DataTable(caption, (_("Field"), _("Stands now"), _("You typed")), tuple(rows), show_caption=True, stack=True)


def _said(form: forms.Form, name: str, value: Any) -> str:
    if value in (None, "", []) or (hasattr(value, "exists") and not value):
        return "–"
    field = form.fields[name]
    if isinstance(field, forms.ModelChoiceField):  # one person, or several
        people: Any = field.queryset
        several = isinstance(field, forms.ModelMultipleChoiceField)
        keys = {getattr(one, "pk", one) for one in (value if several else [value])}
        return ", ".join(person.name for person in people if person.pk in keys) or "–"
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        labels = {str(key): str(label) for key, label in choices}
        chosen = value if isinstance(value, list | tuple) else [value]
        return "; ".join(sorted(labels.get(str(key), str(key)) for key in chosen))
    if isinstance(field, forms.DateField):
        return day(value)
    return str(value).strip()
