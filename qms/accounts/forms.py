"""Forms about oneself."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as allauth_forms
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from qms.accounts.models import Language, User
from qms.core.letters import declinable


class ProfileForm(forms.ModelForm[User]):
    """Name, language, and which letters one wants."""

    wanted_kinds = forms.MultipleChoiceField(
        label=_("Letters I want"), widget=forms.CheckboxSelectMultiple, required=False
    )

    class Meta:
        model = User
        fields = ["first_name", "last_name", "language", "mail_rhythm"]
        widgets = {"mail_rhythm": forms.RadioSelect}
        help_texts = {
            "language": _("Pages open and letters come in this language."),
            "mail_rhythm": _(
                "The one letter comes at 7 in the morning. "
                "Invitations, new passwords and notices of safety always come at once."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first_name"].required = self.fields["last_name"].required = True
        self.fields["first_name"].widget.attrs["autocomplete"] = "given-name"
        self.fields["last_name"].widget.attrs["autocomplete"] = "family-name"
        if kinds := declinable():
            self.fields["wanted_kinds"].choices = [(kind.code, kind.label) for kind in kinds]  # type: ignore[attr-defined]
            self.initial["wanted_kinds"] = [kind.code for kind in kinds if kind.code not in self.instance.muted_kinds]
        else:
            del self.fields["wanted_kinds"]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if "wanted_kinds" in values:
            offered = [kind.code for kind in declinable()]
            kept = [code for code in self.instance.muted_kinds if code not in offered]
            self.instance.muted_kinds = kept + [code for code in offered if code not in values["wanted_kinds"]]
        return values


class LoginForm(allauth_forms.LoginForm):  # type: ignore[misc]
    """E-mail and password; the way to a new password stands beside the button."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail")
        self.fields["password"].help_text = ""
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class JoinForm(forms.Form):
    """What a newcomer tells and chooses."""

    first_name = forms.CharField(
        label=_("First name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "given-name"})
    )
    last_name = forms.CharField(
        label=_("Last name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "family-name"})
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=Language.choices, help_text=_("Pages open and letters come in this language.")
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password_again = forms.CharField(
        label=_("The same password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email
        self.fields["password"].help_text = " ".join(password_validators_help_texts())

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        first, again = values.get("password"), values.get("password_again")
        if first and again and first != again:
            self.add_error("password_again", _("The two passwords differ."))
        if first:
            person = User(
                email=self.email,
                first_name=values.get("first_name", ""),
                last_name=values.get("last_name", ""),
            )
            try:
                validate_password(first, person)
            except ValidationError as error:
                self.add_error("password", error)
        return values
