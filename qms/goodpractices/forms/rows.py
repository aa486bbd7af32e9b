"""Lines of which a practice has several: steps, results, quotations, pictures, files, films."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from PIL import Image

from qms.core.uploads import check_upload
from qms.goodpractices.blocks import check_video
from qms.goodpractices.models import PracticeResult
from qms.lifecycle import Refused
from qms.ui.forms import Dressed, Form
from qms.ui.words import sentence

PICTURES = ("png", "jpeg")
FILES = ("pdf", "docx", "xlsx", "odt", "csv", "txt")
MOST_PIXELS = 50_000_000
MOST_ROWS = 30


class RowForm(Form):
    """A line that counts as soon as something is written in it; an emptied one is gone."""

    marks_optional = False
    needed: ClassVar[dict[str, Any]] = {}
    idle: ClassVar[frozenset[str]] = frozenset({"off"})

    off = forms.BooleanField(label=_("Take this off"), required=False)

    def clean(self) -> dict[str, Any]:
        """The line, with a sentence at each field that is missing in it."""
        cleaned = super().clean() or {}
        if self.is_off:
            self._errors = forms.utils.ErrorDict()
            return {}
        if self.is_filled:
            for name, said in self.needed.items():
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, said)
        return cleaned

    def hush(self) -> None:
        """Nothing is judged yet."""
        self._errors = forms.utils.ErrorDict()

    @property
    def is_off(self) -> bool:
        """Whether the line was ticked to be taken off."""
        return bool(self.data.get(self.add_prefix("off")))

    @property
    def is_filled(self) -> bool:
        """Whether something stands in it."""
        names = [name for name in self.fields if name not in self.idle]
        return any(self.cleaned_data.get(name) not in (None, "", False) or name in self.errors for name in names)

    @property
    def row(self) -> dict[str, Any]:
        """What was written, without what only the form needs; nothing for an empty line."""
        if self.is_off or not self.is_filled:
            return {}
        return {name: value for name, value in self.cleaned_data.items() if name != "off"}


class StepForm(RowForm):
    """One step of what was done."""

    needed: ClassVar[dict[str, Any]] = {"title": _("Write in a few words what was done in this step.")}

    title = forms.CharField(label=_("What was done"), max_length=160, required=False)
    text = forms.CharField(label=_("How"), max_length=1500, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    when = forms.CharField(label=_("When, and how much work"), max_length=160, required=False)


class Number(forms.DecimalField):
    """A figure as people write it, with their own decimal sign."""

    def __init__(self, label: Any, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "short"})
        super().__init__(
            label=label, required=False, max_digits=14, decimal_places=4, localize=True, widget=widget, **options
        )

    def prepare_value(self, value: Any) -> Any:
        """Without the zeros that only the database adds."""
        if value is None or isinstance(value, str):
            return value
        return Decimal(format(value.normalize(), "f"))


class ResultForm(RowForm):
    """An indicator before and after."""

    needed: ClassVar[dict[str, Any]] = {"title": _("Name what was measured.")}
    idle: ClassVar[frozenset[str]] = frozenset({"off", "better"})

    title = forms.CharField(label=_("Indicator"), max_length=200, required=False)
    unit = forms.CharField(label=_("Unit of measure"), max_length=60, required=False)
    better = forms.ChoiceField(label=_("Direction"), choices=PracticeResult.Better.choices, required=False)
    before = Number(_("Before"))
    after = Number(_("After"))
    low = Number(_("Change at least"), help_text=_("Where you know the interval; a fall has a minus."))
    high = Number(_("Change at most"))
    count = forms.IntegerField(
        label=_("Number of answers or cases (n)"),
        required=False,
        min_value=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
    )
    source = forms.CharField(label=_("Where the figures come from"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        """Both ends of the change, in order."""
        cleaned = super().clean()
        low, high = cleaned.get("low"), cleaned.get("high")
        if low is not None and high is not None and low > high:
            self.add_error("high", gettext("The change at most is smaller than the change at least."))
        elif (low is None) != (high is None) and not {"low", "high"} & set(self.errors):
            self.add_error("high" if high is None else "low", gettext("Give both ends of the change, or neither."))
        if cleaned.get("title") and not self.errors and (cleaned.get("before") is None or cleaned.get("after") is None):
            missing = "before" if cleaned.get("before") is None else "after"
            self.add_error(missing, gettext("Give the figure before and after; both can be estimates, say so below."))
        return cleaned


class QuotationForm(RowForm):
    """What somebody said; a role, never a name."""

    needed: ClassVar[dict[str, Any]] = {
        "text": _("Write what was said."),
        "who": _("Say who said it, as a role: a client, a clerk. No names."),
    }

    text = forms.CharField(label=_("Words"), max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    who = forms.CharField(label=_("Who said it (role)"), max_length=120, required=False)


class FilmForm(RowForm):
    """A link to a film."""

    needed: ClassVar[dict[str, Any]] = {
        "address": _("Give the address of the film."),
        "title": _("Write what the film shows."),
    }

    address = forms.CharField(
        label=_("Address of the film"),
        max_length=300,
        required=False,
        help_text=_("A film at YouTube or Vimeo; we link to it."),
        widget=forms.TextInput(attrs={"inputmode": "url"}),
    )
    title = forms.CharField(label=_("What it shows"), max_length=160, required=False)

    def clean_address(self) -> str:
        """An address at a player that we link to."""
        address: str = self.cleaned_data["address"].strip()
        if address:
            try:
                check_video(address)
            except ValueError as error:  # an address that is none at all
                raise ValidationError(gettext("This is no address of a film.")) from error
        return address


class UploadForm(RowForm):
    """A line with a file that is there already or comes now."""

    key: ClassVar[str]
    kinds: ClassVar[tuple[str, ...]]
    missing: ClassVar[Any]

    upload = forms.FileField(label=_("File"), required=False)

    def __init__(self, *args: Any, known: frozenset[int] = frozenset(), **options: Any) -> None:
        super().__init__(*args, **options)
        self.known = known

    def clean_upload(self) -> Any:
        """A file of a kind and size that we take, judged by what is in it."""
        file = self.cleaned_data["upload"]
        if file and not self.is_off:
            try:
                check_upload(file, kinds=self.kinds)
            except Refused as refusal:
                raise ValidationError(f"{file.name}: {sentence(refusal)}") from refusal
        return file

    def clean(self) -> dict[str, Any]:
        """A file is there, either kept or new; only files of this very practice can be kept."""
        cleaned = super().clean()
        kept = cleaned.get(self.key)
        if kept is not None and kept not in self.known:
            cleaned[self.key] = kept = None
        if cleaned and self.is_filled and kept is None and not cleaned.get("upload") and "upload" not in self.errors:
            self.add_error("upload", self.missing)
        return cleaned


class PictureForm(UploadForm):
    """A picture with what it shows, for those who do not see it."""

    key: ClassVar[str] = "picture"
    kinds: ClassVar[tuple[str, ...]] = PICTURES
    missing: ClassVar[Any] = _("Choose the picture.")
    needed: ClassVar[dict[str, Any]] = {
        "alternative": _("Write what the picture shows: people who do not see it read this instead.")
    }

    picture = forms.IntegerField(required=False, widget=forms.HiddenInput())
    alternative = forms.CharField(label=_("What the picture shows"), max_length=250, required=False)
    caption = forms.CharField(label=_("Caption"), max_length=250, required=False)

    def clean_upload(self) -> Any:
        """A picture that can be opened, and is not so large that showing it would stop the server."""
        file = super().clean_upload()
        if file and not self.is_off:
            try:
                with Image.open(file) as picture:
                    pixels = picture.width * picture.height
                    picture.verify()
            except Exception as error:
                said = gettext("%(name)s cannot be opened as a picture.") % {"name": file.name}
                raise ValidationError(said) from error
            finally:
                file.seek(0)
            if pixels > MOST_PIXELS:
                raise ValidationError(gettext("The picture is larger than 50 megapixels. Please make it smaller."))
        return file


class FileForm(UploadForm):
    """A file to take away."""

    key: ClassVar[str] = "document"
    kinds: ClassVar[tuple[str, ...]] = FILES
    missing: ClassVar[Any] = _("Choose the file.")
    needed: ClassVar[dict[str, Any]] = {"title": _("Write what the file is.")}

    document = forms.IntegerField(required=False, widget=forms.HiddenInput())
    title = forms.CharField(label=_("What it is"), max_length=160, required=False)


class RowSet(Dressed, forms.BaseFormSet[RowForm]):
    """Lines of one kind."""

    def hush(self) -> None:
        """Nothing is judged: one only asked for another line."""
        rows: Any = self
        rows._errors, rows._non_form_errors = [], forms.utils.ErrorList()  # noqa: SLF001  Django offers no other way
        for form in self.forms:
            form.hush()

    @property
    def filled(self) -> list[dict[str, Any]]:
        """What was written, line by line."""
        return [row for form in self.forms if (row := form.row)]


def rows_of(kind: type[RowForm], *, blank: int) -> type[RowSet]:
    """The set of lines of this kind, with so many blank ones at its end."""
    made: Any = forms.formset_factory(
        kind, formset=RowSet, extra=blank, max_num=MOST_ROWS, absolute_max=MOST_ROWS, validate_max=True
    )
    return cast("type[RowSet]", made)
