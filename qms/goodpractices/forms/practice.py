"""The form in which a practice is written, on one page: plain fields, and lines of which there are several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qms.accounts.models import User
from qms.goodpractices.domain.draft import (
    FileDraft,
    FilmDraft,
    NewFile,
    NewPicture,
    PictureDraft,
    PracticeDraft,
    QuotationDraft,
    ResultDraft,
    StepDraft,
    Uploads,
)
from qms.goodpractices.models import PracticeClients, PracticePage
from qms.goodpractices.models.practice import LONG, SUMMARY
from qms.goodpractices.queries.forming import Scheme
from qms.goodpractices.queries.people import contacts_of
from qms.offices.models import Office
from qms.ui.forms import DayField, Form

from .rows import FileForm, FilmForm, PictureForm, QuotationForm, ResultForm, RowForm, RowSet, StepForm, rows_of

CURRENCIES = ("PLN", "EUR")
ROWS: Final[dict[str, tuple[type[RowForm], int]]] = {
    "steps": (StepForm, 3),
    "results": (ResultForm, 1),
    "quotations": (QuotationForm, 1),
    "pictures": (PictureForm, 1),
    "files": (FileForm, 1),
    "films": (FilmForm, 1),
}
TRANSFERABILITY = (
    ("1", _("1: it hangs on our own circumstances")),
    ("2", _("2: hard to take over")),
    ("3", _("3: with some work")),
    ("4", _("4: easily, with small changes")),
    ("5", _("5: at once, in any office")),
)


def long_text(label: Any, *, rows: int, most: int, **options: Any) -> forms.CharField:
    """Several lines of text."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=most, required=False, widget=widget, **options)


class PracticeForm(Form):
    """The plain fields of a practice."""

    marks_optional = False  # nearly all may wait; the page's head says what handing in needs

    title = forms.CharField(
        label=_("Title"),
        max_length=160,
        help_text=_("What you do, in a few words: “A call to every employer within five days”."),
        error_messages={"required": _("Give the practice a title.")},
    )
    summary = long_text(
        _("Summary"),
        rows=4,
        most=SUMMARY,
        help_text=_("What it is and what it changed, at most 600 characters. It stands in lists and in letters."),
    )
    stage = forms.ChoiceField(label=_("Stage"), choices=PracticePage.Stage.choices)
    started_on = DayField(label=_("Works since"), required=False)
    ended_on = DayField(label=_("Ended"), required=False)
    clients = forms.MultipleChoiceField(
        label=_("Client groups"),
        choices=PracticeClients.Group.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    problem = long_text(_("What the trouble was"), rows=5, most=LONG)
    text = long_text(_("What else should be told"), rows=4, most=LONG)
    cost = forms.DecimalField(
        label=_("Money"),
        required=False,
        min_value=0,
        max_digits=12,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "short"}),
    )
    currency = forms.ChoiceField(label=_("Currency"), choices=[(one, one) for one in CURRENCIES])
    hours = forms.IntegerField(
        label=_("Hours of work"),
        required=False,
        min_value=0,
        max_value=1_000_000,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
    )
    cost_note = forms.CharField(label=_("What the money and the hours were for"), max_length=300, required=False)
    partners = long_text(_("Partners"), rows=2, most=1500)
    legal_basis = long_text(_("Legal basis"), rows=2, most=1500)
    failures = long_text(
        _("What failed"), rows=4, most=LONG, help_text=_("What you would not do again. Others read this first.")
    )
    conditions = long_text(_("When it will work elsewhere"), rows=4, most=LONG)
    transferability = forms.TypedChoiceField(
        label=_("How easily can others take it over?"),
        choices=TRANSFERABILITY,
        required=False,
        coerce=int,
        empty_value=None,
        widget=forms.RadioSelect,
    )
    contact = forms.ModelChoiceField(
        label=_("Contact"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("nobody"),
        help_text=_("Readers write to this person through the platform; name and address are not shown."),
    )
    contact_role = forms.CharField(
        label=_("Contact's role"), max_length=120, required=False, help_text=_("For example: head of registration.")
    )
    licence = forms.ChoiceField(label=_("Licence"), choices=PracticePage.Licence.choices, widget=forms.RadioSelect)
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, office: Office, schemes: Sequence[Scheme], complete: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.schemes, self.complete = schemes, complete
        self.fields["summary"].widget.attrs["data-left"] = gettext("characters left")
        self.fields["contact"].queryset = contacts_of(office)
        self.fields["contact"].label_from_instance = lambda person: person.name
        known = self.initial.get("currency")
        if known and known not in CURRENCIES:
            self.fields["currency"].choices = [(one, one) for one in (*CURRENCIES, known)]
        for scheme in schemes:
            self.fields[f"criteria-{scheme.code}"] = forms.MultipleChoiceField(
                label=scheme.title, choices=scheme.nodes, required=False, widget=forms.CheckboxSelectMultiple
            )

    def hush(self) -> None:
        """Nothing is judged yet: one only asked for another line."""
        self._errors = forms.utils.ErrorDict()

    @property
    def criteria(self) -> tuple[tuple[str, str], ...]:
        """The chosen nodes with their editions."""
        return tuple(
            (one.code, node) for one in self.schemes for node in self.cleaned_data.get(f"criteria-{one.code}", ())
        )

    def clean(self) -> dict[str, Any]:
        """What a draft may lack has to be there when it is handed in."""
        cleaned = super().clean() or {}
        started, ended = cleaned.get("started_on"), cleaned.get("ended_on")
        if started and ended and ended < started:
            self.add_error("ended_on", gettext("The end lies before the beginning."))
        if self.complete:
            said = {
                "summary": gettext("Write the summary: what it is and what it changed."),
                "problem": gettext("Write what the trouble was."),
            }
            for name, words in said.items():
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, words)
            if self.schemes and not self.criteria:
                self.add_error(f"criteria-{self.schemes[0].code}", gettext("Choose at least one criterion."))
        return cleaned


class PracticeForms:
    """The plain fields together with the lines; one answer to whether all is right, one draft out of it."""

    def __init__(
        self,
        data: QueryDict | None,
        files: Any,
        *,
        office: Office,
        schemes: Sequence[Scheme],
        draft: PracticeDraft | None = None,
        revision: int | None = None,
    ) -> None:
        self.complete = data is not None and data.get("then") == "submit"
        self.more = (data.get("more") or "") if data is not None else ""
        self.kept = draft or PracticeDraft(title="")
        if data is not None and self.more in ROWS:
            data = _with_one_more(data, self.more)
        self.plain = PracticeForm(
            data,
            initial=initial_of(self.kept) | {"revision": revision},
            office=office,
            schemes=schemes,
            complete=self.complete,
        )
        self.rows = {name: self._rows(name, data, files) for name in ROWS}
        if self.more:
            self.plain.hush()
            for rows in self.rows.values():
                rows.hush()

    def is_valid(self) -> bool:
        """Whether everything on the page is right."""
        if self.more:
            return False
        right = [self.plain.is_valid(), *(rows.is_valid() for rows in self.rows.values())]
        if self.complete and self.rows["steps"].is_valid() and not self.rows["steps"].filled:
            self.rows["steps"].forms[0].add_error("title", gettext("Tell at least one step of what you did."))
            return False
        return all(right)

    @property
    def is_wrong(self) -> bool:
        """Whether something was handed in that has to be mended."""
        return self.plain.is_bound and not self.more and not self.is_valid()

    @property
    def draft(self) -> PracticeDraft:
        """All that was written."""
        plain = {name: value for name, value in self.plain.cleaned_data.items() if name in PLAIN}
        rows = {name: rows.filled for name, rows in self.rows.items()}
        text, contact = self.plain.cleaned_data["text"], self.plain.cleaned_data["contact"]
        return replace(
            self.kept,
            **plain,
            contact=contact.pk if contact else None,
            criteria=self.plain.criteria,
            clients=tuple(self.plain.cleaned_data["clients"]),
            texts=(text,) if text else (),
            steps=tuple(StepDraft(**row) for row in rows["steps"]),
            results=tuple(ResultDraft(**row) for row in rows["results"]),
            quotations=tuple(QuotationDraft(**row) for row in rows["quotations"]),
            films=tuple(FilmDraft(**row) for row in rows["films"]),
            pictures=tuple(
                PictureDraft(row["picture"], row["alternative"], row["caption"])
                for row in rows["pictures"]
                if row["picture"] and not row["upload"]
            ),
            files=tuple(
                FileDraft(row["document"], row["title"])
                for row in rows["files"]
                if row["document"] and not row["upload"]
            ),
        )

    @property
    def uploads(self) -> Uploads:
        """What was handed in with it."""
        return Uploads(
            tuple(
                NewPicture(row["upload"], row["alternative"], row["caption"])
                for row in self.rows["pictures"].filled
                if row["upload"]
            ),
            tuple(NewFile(row["upload"], row["title"]) for row in self.rows["files"].filled if row["upload"]),
        )

    def _rows(self, name: str, data: QueryDict | None, files: Any) -> RowSet:
        kind, blank = ROWS[name]
        initial = [asdict(one) for one in getattr(self.kept, name)]
        options: dict[str, Any] = {}
        if name in ("pictures", "files"):
            key = "picture" if name == "pictures" else "document"
            options["form_kwargs"] = {"known": frozenset(row[key] for row in initial)}
        extra = blank if not initial else 1
        return rows_of(kind, blank=extra)(data, files, prefix=name, initial=initial, **options)


PLAIN: Final = frozenset(PracticeForm.base_fields) - {"clients", "text", "contact", "revision"}


def initial_of(draft: PracticeDraft) -> dict[str, Any]:
    """The plain fields as they stand."""
    initial = {name: getattr(draft, name) for name in PLAIN}
    for code, node in draft.criteria:
        initial.setdefault(f"criteria-{code}", []).append(node)
    return initial | {
        "clients": list(draft.clients),
        "text": "\n\n".join(draft.texts),
        "contact": draft.contact,
        "transferability": draft.transferability,
    }


def _with_one_more(data: QueryDict, name: str) -> QueryDict:
    more, total = data.copy(), f"{name}-TOTAL_FORMS"
    count = more.get(total, "0")
    more[total] = str(int(count) + 1 if count.isdecimal() else 1)
    return more
