"""What is checked before a framework file is taken over, or a draft is changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, BinaryIO

from django import forms
from django.utils.translation import gettext_lazy as _

from qms.core.uploads import check_upload, promised_kind
from qms.frameworks.domain.editing import HeadTexts, NodeTexts
from qms.frameworks.domain.framework import Framework, Node
from qms.lifecycle import Refused
from qms.ui.forms import Form
from qms.ui.words import sentence

LARGEST = 4_000_000
LONGEST = 20_000


class EditionFileForm(Form):
    """A framework file or a workbook to be imported."""

    file = forms.FileField(
        label=_("Framework file"),
        help_text=_("YAML in UTF-8, or a filled XLSX template. Nothing changes unless the whole file is in order."),
        widget=forms.ClearableFileInput(attrs={"accept": ".yaml,.yml,.xlsx"}),
    )

    def clean_file(self) -> str | BinaryIO:
        """The text of the file; a workbook as it came."""
        upload: Any = self.cleaned_data["file"]
        if upload.size > LARGEST:
            raise forms.ValidationError(_("The file is too large."))
        if promised_kind(upload.name) == "xlsx":
            return _workbook(upload)
        try:
            return bytes(upload.read()).decode("utf-8")
        except UnicodeDecodeError as error:
            raise forms.ValidationError(_("The file is not text in UTF-8.")) from error


def _workbook(upload: Any) -> BinaryIO:
    try:
        check_upload(upload, kinds=("xlsx",), max_bytes=LARGEST)
    except Refused as refusal:
        raise forms.ValidationError(sentence(refusal)) from refusal
    book: BinaryIO = upload.file
    return book


class TextsForm(Form):
    """Texts in each language of an edition; `seen` is the fingerprint of the draft they were taken from."""

    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, framework: Framework, names: Mapping[str, str], **kwargs: Any) -> None:
        self.framework, self.names = framework, names
        super().__init__(*args, **kwargs)

    def add_texts(self, name: str, label: Any, *, rows: int = 0, required: bool = False, help_text: Any = "") -> None:
        """One field for each language; where the text is required, only the fallback must be there."""
        for at, language in enumerate(self.framework.languages):
            self.fields[f"{name}_{language}"] = forms.CharField(
                label=_("%(what)s (%(language)s)") % {"what": label, "language": self.names[language]},
                required=required and at == 0,
                max_length=LONGEST,
                help_text=help_text,
                widget=forms.Textarea(attrs={"rows": rows, "lang": language})
                if rows
                else forms.TextInput(attrs={"lang": language}),
            )

    def clean(self) -> dict[str, Any]:
        """A text in another language stands beside the one in the fallback, never alone."""
        cleaned = super().clean() or {}
        fallback, *others = self.framework.languages
        for field in self.fields:
            name, _between, language = field.rpartition("_")
            missing = f"{name}_{fallback}"
            if language in others and cleaned.get(field) and not cleaned.get(missing) and missing not in self.errors:
                self.add_error(missing, _("This text is there in another language, so it must be here too."))
        return cleaned

    def texts(self, name: str) -> dict[str, str]:
        """What was written, in each language that has something."""
        written = {each: self.cleaned_data[f"{name}_{each}"].replace("\r\n", "\n") for each in self.framework.languages}
        return {language: text for language, text in written.items() if text}

    def lists(self, name: str) -> dict[str, tuple[str, ...]]:
        """The same, line by line."""
        lines = {language: text.splitlines() for language, text in self.texts(name).items()}
        return {language: tuple(each.strip() for each in items if each.strip()) for language, items in lines.items()}


def initial_of(contents: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """What stands there now, as the fields of a form want it."""
    return {
        f"{name}_{language}": text if isinstance(text, str) else "\n".join(text)
        for name, content in contents.items()
        for language, text in content.items()
    }


class HeadForm(TextsForm):
    """What an edition says of itself."""

    def __init__(self, *args: Any, framework: Framework, **kwargs: Any) -> None:
        now = {
            "title": framework.titles,
            "short": framework.shorts,
            "about": framework.about,
            "attribution": framework.attribution,
        }
        kwargs["initial"] = {**initial_of(now), **kwargs.get("initial", {})}
        super().__init__(*args, framework=framework, **kwargs)
        self.add_texts("title", _("Title"), required=True)
        self.add_texts("short", _("Short title"))
        self.add_texts("about", _("About"), rows=4)
        self.add_texts("attribution", _("Origin"), rows=3)

    def head(self) -> HeadTexts:
        """The texts that were written."""
        return HeadTexts(*(self.texts(name) for name in ("title", "short", "about", "attribution")))


class NodeForm(TextsForm):
    """The texts of one node."""

    was = forms.RegexField(
        r"^[A-Za-z0-9][A-Za-z0-9.-]*$",
        label=_("Its number in the edition before"),
        max_length=20,
        required=False,
        help_text=_("Results are compared with it. Leave it blank if this is new."),
    )

    def __init__(self, *args: Any, framework: Framework, node: Node, **kwargs: Any) -> None:
        now: Mapping[str, Mapping[str, Any]] = {
            "title": node.titles,
            "short": node.shorts,
            "about": node.about,
            "guidance": node.guidance,
            "examples": node.examples,
            "evidence": node.evidence_hints,
        }
        kwargs["initial"] = {**initial_of(now), "was": node.was, **kwargs.get("initial", {})}
        super().__init__(*args, framework=framework, **kwargs)
        line = _("One on each line.")
        self.add_texts("title", _("Title"), required=True)
        self.add_texts("short", _("Short title"))
        self.add_texts("about", _("About"), rows=3)
        self.add_texts("guidance", _("What to assess"), rows=5)
        self.add_texts("examples", _("Examples"), rows=6, help_text=line)
        self.add_texts("evidence", _("Where evidence is found"), rows=4, help_text=line)
        self.order_fields([name for name in self.fields if name != "was"])
        if not framework.follows:
            del self.fields["was"]

    def node(self) -> NodeTexts:
        """The texts that were written."""
        return NodeTexts(
            titles=self.texts("title"),
            shorts=self.texts("short"),
            about=self.texts("about"),
            guidance=self.texts("guidance"),
            examples=self.lists("examples"),
            evidence_hints=self.lists("evidence"),
            was=self.cleaned_data.get("was", ""),
        )


class WeightsForm(Form):
    """One weight for each node; blank everywhere means that all weigh the same."""

    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, nodes: Iterable[tuple[Node, str]], **kwargs: Any) -> None:
        kept = list(nodes)
        weights = {f"weight_{node.identifier}": _decimal(node.weight) for node, _label in kept}
        kwargs["initial"] = {**weights, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.identifiers = tuple(node.identifier for node, _label in kept)
        for node, label in kept:
            self.fields[f"weight_{node.identifier}"] = forms.DecimalField(
                label=f"{node.identifier} {label}",
                required=False,
                min_value=Decimal("0.001"),
                max_digits=9,
                decimal_places=3,
                localize=True,
                widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "short"}),
            )

    def weights(self) -> dict[str, Fraction | None]:
        """The weight of each node, none where it was left blank."""
        written = {each: self.cleaned_data[f"weight_{each}"] for each in self.identifiers}
        return {each: None if weight is None else Fraction(weight) for each, weight in written.items()}


def _decimal(weight: Fraction | None) -> Decimal | None:
    return None if weight is None else Decimal(str(float(weight))).normalize() + 0


class RenewForm(Form):
    """The code and the name of a new edition."""

    code = forms.RegexField(
        r"^[a-z0-9][a-z0-9-]*$",
        label=_("Code"),
        max_length=40,
        help_text=_("Small letters, digits and hyphens, such as caf-2020. It is never used twice."),
    )
    name = forms.CharField(label=_("Name of the edition"), max_length=40, help_text=_("Such as 2026."))
