"""What is asked about an evaluation meeting, and what its participants tell."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qms.exchange.domain.gathering import Told
from qms.exchange.domain.naming import named_in
from qms.exchange.models import Edition, Meeting
from qms.offices.models import Office
from qms.ui.forms import DayField, Form, ModelForm

NAME, KIND = "name", "kind"
TOLD = ("helped", "hindered", "advice")


class MeetingForm(ModelForm):
    """The meeting: for which edition, when, where, and until when one may tell."""

    held_on = DayField(label=_("Day of the meeting"), error_messages={"required": _("Choose the day.")})
    closes_on = DayField(
        label=_("Experiences until"),
        required=False,
        help_text=_("The last day on which participants can tell. Without it, until you close the gathering."),
    )
    language = forms.ChoiceField(
        label=_("Language of the page"),
        choices=settings.LANGUAGES,
        help_text=_("One of the languages of the edition. Participants write in this language."),
    )

    class Meta:
        model = Meeting
        fields = ("edition", "title", "text", "held_on", "place", "closes_on", "language")
        labels = {
            "edition": _("Edition of experience sharing"),
            "title": _("Title"),
            "text": _("What it is about"),
            "place": _("Place"),
        }
        help_texts = {
            "title": _("It becomes the title of the page."),
            "text": _("What you would like the participants to think about."),
        }
        error_messages = {"title": {"required": _("Give the meeting a title.")}}
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, editions: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if editions is None:
            del self.fields["edition"]
        else:
            self.fields["edition"].queryset = editions
            self.fields["edition"].label_from_instance = lambda edition: edition.title
            self.fields["edition"].error_messages["required"] = gettext("Choose the edition.")

    def clean(self) -> dict[str, Any]:
        """The last day is not before the meeting; the page's language is one of the edition's."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        held_on, closes_on = told.get("held_on"), told.get("closes_on")
        if held_on and closes_on and closes_on < held_on:
            self.add_error("closes_on", gettext("Participants tell after the meeting: choose its day or a later one."))
        elif closes_on and "closes_on" in self.changed_data and closes_on < timezone.localdate():
            self.add_error("closes_on", gettext("This day has passed. Choose today or a later day."))
        edition = told.get("edition") or (self.instance.edition if self.instance.pk else None)
        if isinstance(edition, Edition) and told.get("language") not in edition.languages:
            names = dict(settings.LANGUAGES)
            known = ", ".join(str(names.get(code, code)) for code in edition.languages)
            self.add_error("language", gettext("The edition has pages in: %(known)s.") % {"known": known})
        return told

    def _post_clean(self) -> None:
        """The model's own fields are written by the service, not here."""


def text(label: Any, help_text: Any) -> forms.CharField:
    """Several lines, none of which must be written."""
    widget = forms.Textarea(attrs={"rows": 5})
    return forms.CharField(label=label, help_text=help_text, max_length=2000, required=False, widget=widget)


class ExperienceForm(Form):
    """What helped, what hindered, what to do otherwise."""

    marks_optional = False

    office = forms.ModelChoiceField(
        label=_("In which office do you work?"),
        queryset=Office.objects.none(),
        error_messages={"required": _("Choose the office in which you took part.")},
    )
    helped = text(_("What helped?"), _("What should surely be done again."))
    hindered = text(_("What hindered?"), _("What cost you time, or did not work as it was meant to."))
    advice = text(_("What would you do otherwise?"), _("What you would tell an office that begins next time."))
    role = forms.CharField(
        label=_("Your part in the programme"),
        help_text=_("For example “member of the self-assessment group”. Your own name is never shown."),
        max_length=120,
        required=False,
    )
    shown_as = forms.ChoiceField(
        label=_("What readers see of your office"),
        widget=forms.RadioSelect,
        help_text=_("The page is open to everybody. You can take the name off at any time."),
    )

    def __init__(self, *args: Any, offices: Any, stands_for: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = list(offices)
        self.fields["office"].queryset = offices
        self.only = own[0] if len(own) == 1 else None
        if self.only:
            self.fields["office"].widget = forms.HiddenInput()
            self.fields["office"].required = False
        name = self.only.short_name or self.only.name if self.only else gettext("the short name of the office")
        nameless = gettext("without the name: “%(words)s”") % {"words": stands_for}
        self.fields["shown_as"].choices = [(KIND, nameless), (NAME, name)]

    def clean_office(self) -> Office:
        """The office chosen, or the only one there is."""
        return self.only or self.cleaned_data["office"]  # type: ignore[no-any-return]

    def clean(self) -> dict[str, Any]:
        """Something is told, and no text says what the choice takes away."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if not any(told.get(name) for name in TOLD) and not any(self.has_error(name) for name in TOLD):
            self.add_error("helped", gettext("Write what helped, what hindered, or what you would do otherwise."))
        office = told.get("office")
        if told.get("shown_as") == KIND and office is not None:
            for field in (*TOLD, "role"):
                if name := named_in(told.get(field) or "", (office.name, office.short_name, office.city)):
                    said = gettext("Your text says “%(name)s”. Put it in other words, or show the name of your office.")
                    self.add_error(field, said % {"name": name})
        return told

    @property
    def told(self) -> dict[str, Any]:
        """The experience in the words of the service."""
        given = self.cleaned_data
        words = {name: given[name] for name in (*TOLD, "role")}
        return {"office": given["office"], "told": Told(**words, by_name=given["shown_as"] == NAME)}


class LeaveOutForm(Form):
    """Why an experience does not stand on the page."""

    reason = forms.CharField(
        label=_("Why is it left out?"),
        help_text=_("Who told it gets this by e-mail; readers of the page do not see it."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write why the experience is left out.")},
    )
