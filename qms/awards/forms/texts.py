"""Titles and introductions in each language of the platform."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qms.awards.models.titled import Titled
from qms.ui.forms import Form


class TextsForm(Form):
    """A title and an introduction in each language; one title is enough."""

    title_label: ClassVar[Any] = _("Title (%(language)s)")
    lead_label: ClassVar[Any] = _("Introduction (%(language)s)")
    longest_title: ClassVar[int] = 200
    longest_lead: ClassVar[int] = 2000

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for code, name in settings.LANGUAGES:
            self.fields[f"title_{code}"] = forms.CharField(
                label=str(self.title_label) % {"language": name}, max_length=self.longest_title, required=False
            )
            self.fields[f"lead_{code}"] = forms.CharField(
                label=str(self.lead_label) % {"language": name},
                max_length=self.longest_lead,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def clean(self) -> dict[str, Any]:
        """A title in one language at least."""
        cleaned = super().clean() or {}
        written = [name for name in self.fields if name.startswith("title_")]
        if not any(cleaned.get(name) or name in self.errors for name in written):
            self.add_error(written[0], gettext("Write a title in one language at least."))
        return cleaned

    @property
    def titles(self) -> dict[str, str]:
        """What was written, by language."""
        return self.said("title")

    @property
    def leads(self) -> dict[str, str]:
        """What was written, by language."""
        return self.said("lead")

    def said(self, name: str) -> dict[str, str]:
        """What stands in the fields of that name, by language."""
        texts = ((code, self.cleaned_data.get(f"{name}_{code}", "")) for code, _name in settings.LANGUAGES)
        return {code: text for code, text in texts if text}

    def put_first(self, names: Iterable[str] = ()) -> None:
        """Titles and introductions come before all other fields; after those named here."""
        texts = [name for name in self.fields if name.startswith(("title_", "lead_"))]
        self.order_fields([*names, *texts])


def texts_of(thing: Titled) -> dict[str, str]:
    """The titles and introductions as their fields show them."""
    titles = {f"title_{code}": said for code, said in thing.titles.items()}
    return titles | {f"lead_{code}": said for code, said in thing.leads.items()}
