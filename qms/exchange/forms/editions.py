"""Forms of an edition and its themes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from qms.exchange.domain.drafts import EditionDraft, ThemeDraft
from qms.exchange.models import Edition, Theme
from qms.exchange.queries.chosen import addresses_of, practices_at
from qms.frameworks.domain.framework import text
from qms.frameworks.models import Edition as Framework
from qms.ui.forms import DayField, Form

MOST_NODES, MOST_PRACTICES = 6, 20


class TextsForm(Form):
    """A title and an introduction in each language of the platform."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for code, name in settings.LANGUAGES:
            self.fields[f"title_{code}"] = forms.CharField(
                label=gettext("Title (%(language)s)") % {"language": name}, max_length=160, required=False
            )
            self.fields[f"lead_{code}"] = forms.CharField(
                label=gettext("Introduction (%(language)s)") % {"language": name},
                max_length=1000,
                required=False,
                widget=forms.Textarea(attrs={"rows": 3}),
            )

    @property
    def titles(self) -> dict[str, str]:
        """What was written, by language."""
        return self._said("title")

    @property
    def leads(self) -> dict[str, str]:
        """What was written, by language."""
        return self._said("lead")

    def _said(self, name: str) -> dict[str, str]:
        texts = ((code, self.cleaned_data.get(f"{name}_{code}", "")) for code, _name in settings.LANGUAGES)
        return {code: said for code, said in texts if said}


def texts_of(thing: Edition | Theme) -> dict[str, str]:
    """The titles and introductions as their fields show them."""
    titles = {f"title_{code}": said for code, said in thing.titles.items()}
    return titles | {f"lead_{code}": said for code, said in thing.leads.items()}


class EditionForm(TextsForm):
    """An edition: when, in which languages, on which framework, how its pages appear."""

    starts_on = DayField(label=_("From"))
    ends_on = DayField(label=_("Until"))
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=settings.LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each theme and each office gets a page in each of these languages."),
    )
    framework = forms.ModelChoiceField(
        label=_("Framework of the weak points"),
        queryset=Framework.objects.none(),
        help_text=_("Weak points come from the latest approved self-assessment in this framework."),
    )
    needs = forms.TypedChoiceField(
        label=_("Weak points on an office's page"), choices=[(n, str(n)) for n in range(1, 6)], coerce=int
    )
    proposals = forms.TypedChoiceField(
        label=_("Practices for each weak point"), choices=[(n, str(n)) for n in range(1, 6)], coerce=int
    )
    publishing = forms.ChoiceField(label=_("Publishing"), choices=Edition.Publishing.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, edition: Edition | None = None, **options: Any) -> None:
        super().__init__(*args, initial=_initial_of(edition), **options)
        published = Framework.objects.published().order_by("code")
        field = self.fields["framework"]
        field.queryset = published
        field.label_from_instance = lambda one: one.short_in(get_language() or "pl")
        if edition is not None and edition.state != Edition.State.DRAFT:
            field.queryset = Framework.objects.filter(pk=edition.framework_id)
            field.help_text = gettext("It stays: the pages of this edition are built from it.")
        titles = [name for name in self.fields if name.startswith(("title_", "lead_"))]
        self.order_fields([*titles, "starts_on", "ends_on", "languages", "framework", "needs", "proposals"])

    def clean(self) -> dict[str, Any]:
        """A title, and days in order."""
        cleaned = super().clean() or {}
        if not self.titles:
            self.add_error(f"title_{settings.LANGUAGES[0][0]}", gettext("Give the edition a title."))
        starts, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", gettext("The end lies before the beginning."))
        return cleaned

    @property
    def draft(self) -> EditionDraft:
        """What was written."""
        kept = {name: self.cleaned_data[name] for name in ("starts_on", "ends_on", "needs", "proposals", "publishing")}
        return EditionDraft(
            titles=self.titles,
            leads=self.leads,
            framework=self.cleaned_data["framework"].pk,
            languages=tuple(self.cleaned_data["languages"]),
            **kept,
        )


class ThemeForm(TextsForm):
    """A theme: subcriteria, a title of its own, chosen practices."""

    nodes = forms.MultipleChoiceField(
        label=_("Subcriteria"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("At most six. A free theme may have none: then it shows the practices chosen below."),
    )
    practices = forms.CharField(
        label=_("Chosen practices"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "Practices that belong here though they are filed elsewhere: addresses of their pages, one on each line."
        ),
    )

    def __init__(self, *args: Any, edition: Edition, theme: Theme | None = None, **options: Any) -> None:
        super().__init__(*args, initial=_initial_of_theme(theme), **options)
        language = get_language() or "pl"
        self.fields["nodes"].choices = [
            (node.identifier, f"{node.identifier} {text(node.titles, language)}")
            for node in edition.framework.tree().scored
        ]
        first = self.fields[f"title_{settings.LANGUAGES[0][0]}"]
        first.help_text = gettext("Left empty, the title of the first subcriterion stands.")
        titles = [name for name in self.fields if name.startswith(("title_", "lead_"))]
        self.order_fields(["nodes", *titles, "practices"])
        self.chosen: tuple[int, ...] = ()

    def clean_nodes(self) -> list[str]:
        """At most six."""
        nodes: list[str] = self.cleaned_data["nodes"]
        if len(nodes) > MOST_NODES:
            raise forms.ValidationError(
                gettext("Choose at most %(most)s subcriteria for one theme.") % {"most": MOST_NODES}
            )
        return nodes

    def clean_practices(self) -> str:
        """Addresses of published practices; each one that is none is named."""
        said: str = self.cleaned_data["practices"]
        addresses = [line.strip() for line in said.splitlines() if line.strip()]
        if len(addresses) > MOST_PRACTICES:
            raise forms.ValidationError(gettext("Choose at most %(most)s practices.") % {"most": MOST_PRACTICES})
        self.chosen, unknown = practices_at(addresses)
        if unknown:
            raise forms.ValidationError(
                gettext("No published practice stands at: %(addresses)s.") % {"addresses": ", ".join(unknown)}
            )
        return said

    def clean(self) -> dict[str, Any]:
        """Something that it is about."""
        cleaned = super().clean() or {}
        if not cleaned.get("nodes") and not self.titles and "nodes" not in self.errors:
            self.add_error("nodes", gettext("Choose a subcriterion, or give the theme a title of its own."))
        return cleaned

    @property
    def draft(self) -> ThemeDraft:
        """What was written."""
        return ThemeDraft(self.titles, self.leads, tuple(self.cleaned_data["nodes"]), self.chosen)


def _initial_of(edition: Edition | None) -> dict[str, Any]:
    if edition is None:
        return {"languages": [settings.LANGUAGE_CODE], "needs": 3, "proposals": 2, "publishing": "automatic"}
    names = ("starts_on", "ends_on", "languages", "framework", "needs", "proposals", "publishing")
    return {name: getattr(edition, name) for name in names} | texts_of(edition)


def _initial_of_theme(theme: Theme | None) -> dict[str, Any]:
    if theme is None:
        return {}
    practices = "\n".join(addresses_of(theme.practices.filter(live=True)))
    return {"nodes": theme.nodes, "practices": practices} | texts_of(theme)
