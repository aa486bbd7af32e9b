"""What a reader of a plan may leave out of its table: asked by the address, so that a link shows the same."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qms.improvements.components.looks import GROUPINGS
from qms.improvements.models import Action
from qms.improvements.queries import ActionRow, PlanView, by_priority
from qms.ui.components import Chip
from qms.ui.forms import Form

ANY: Final = ("", gettext_lazy("All"))
NOBODY: Final = "nobody"
ORDERS: Final = (
    ("", gettext_lazy("Priority, highest first")),
    ("due", gettext_lazy("Last day, soonest first")),
    ("number", gettext_lazy("Number")),
)
LEAVES_OUT: Final = ("q", "status", "kind", "client", "owner", "late", "quick", "mine")


class PlanFilter(Form):
    """Which actions, in which order, under which headings. What makes no sense is as if it had not been asked."""

    marks_optional = False
    q = forms.CharField(label=gettext_lazy("Words in code, title or problem"), required=False, max_length=100)
    status = forms.ChoiceField(label=gettext_lazy("Status"), required=False, choices=(ANY, *Action.Status.choices))
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False, choices=(ANY, *Action.Kind.choices))
    client = forms.ChoiceField(label=gettext_lazy("For whom"), required=False, choices=(ANY, *Action.Client.choices))
    owner = forms.ChoiceField(label=gettext_lazy("Owner"), required=False)
    sort = forms.ChoiceField(label=gettext_lazy("Order"), required=False, choices=ORDERS)
    late = forms.BooleanField(label=gettext_lazy("Only late ones"), required=False)
    quick = forms.BooleanField(label=gettext_lazy("Only quick wins"), required=False)
    mine = forms.BooleanField(required=False, widget=forms.HiddenInput)
    by = forms.ChoiceField(required=False, choices=[(name, name) for name in GROUPINGS], widget=forms.HiddenInput)

    def __init__(self, query: QueryDict, *, view: PlanView, user_id: int | None, base: str = "") -> None:
        super().__init__(_sensible(query), auto_id="filter-%s")
        owners = {str(row.action.owner_id): row.owner for row in view.rows if row.owner}
        people = sorted(owners.items(), key=lambda item: item[1].casefold())
        self.fields["owner"].choices = [ANY, (NOBODY, _("nobody")), *people]
        self.fields["q"].widget.input_type = "search"
        self.view, self.user_id, self.base = view, user_id, base
        self.is_valid()

    @property
    def asked(self) -> dict[str, Any]:
        """What was asked and makes sense."""
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def leaves_out(self) -> bool:
        """Whether any action may be missing."""
        return any(name in self.asked for name in LEAVES_OUT)

    @property
    def grouping(self) -> str:
        """Under which headings."""
        return str(self.asked.get("by") or GROUPINGS[0])

    @property
    def is_mine(self) -> bool:
        """Whether only the reader's own actions are shown."""
        return "mine" in self.asked

    def rows(self) -> tuple[ActionRow, ...]:
        """The actions that fit, in the order asked for."""
        order = {"due": _by_due, "number": _by_number}.get(str(self.asked.get("sort", "")), by_priority)
        return tuple(sorted((row for row in self.view.rows if self.fits(row)), key=order))  # type: ignore[arg-type]

    def fits(self, row: ActionRow) -> bool:
        """Whether the action is what was asked for."""
        action, asked = row.action, self.asked
        owner = str(action.owner_id) if action.owner_id else NOBODY
        plain = {"status": action.status, "kind": action.kind, "client": action.client, "owner": owner}
        if any(name in asked and asked[name] != value for name, value in plain.items()):
            return False
        if ("late" in asked and not row.late) or ("quick" in asked and not row.quick):
            return False
        if self.is_mine and not row.concerns(self.user_id):
            return False
        words = str(asked.get("q", "")).casefold().split()
        told = f"{action.code} {action.title} {action.problem} {action.expected}".casefold()
        return all(word in told for word in words)

    def address(self, **changes: str | None) -> str:
        """The same page with other filters; those that are None are left out, and one begins at the first page."""
        kept = {name: "1" if value is True else str(value) for name, value in self.asked.items()}
        wanted = {name: value for name, value in {**kept, **changes}.items() if value}
        return f"{self.base}?{urlencode(wanted)}" if wanted else self.base or "?"

    @property
    def query(self) -> str:
        """What was asked, to be hung on the address of a download."""
        return self.address().removeprefix(self.base).removesuffix("?")

    def chips(self) -> tuple[Chip, ...]:
        """Each filter that is on, to be taken away."""
        return tuple(
            Chip(self._said(name), url=f"{self.address(**{name: None})}#actions", removes=True)
            for name in LEAVES_OUT
            if name in self.asked and name != "mine"
        )

    def _said(self, name: str) -> str:
        label, value = str(self.fields[name].label), self.asked[name]
        if value is True:
            return label
        if name == "q":
            return _("“%(words)s”") % {"words": value}
        choices: Iterable[tuple[Any, Any]] = self.fields[name].choices
        return f"{label}: {dict(choices)[value]}"


def _sensible(query: QueryDict) -> QueryDict:
    """What was asked; never nothing, so that the form is bound."""
    return query or QueryDict("by=")


def _by_due(row: ActionRow) -> tuple[date, int]:
    return row.action.due_on or date.max, row.action.number


def _by_number(row: ActionRow) -> int:
    return row.action.number
