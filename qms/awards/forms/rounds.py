"""Forms of a programme and of a round; moments are typed by the clock of the round."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from qms.awards.domain.rounds import ProgrammeDraft, RoundDraft
from qms.awards.models import Programme, Round
from qms.offices.models import Region
from qms.ui.forms import MomentField

from .texts import TextsForm, texts_of

MOMENTS = ("opens_at", "closes_at", "embargo_until", "gala_at")
KEPT = ("year", "prefix", "zone", "opens_at")
LONGEST_RULES = 10_000


class ProgrammeForm(TextsForm):
    """An award: its name, who gives it, for which region."""

    title_label: ClassVar[Any] = _("Name (%(language)s)")

    organiser = forms.CharField(label=_("Organiser"), max_length=200)
    region = forms.ModelChoiceField(
        label=_("Region"),
        queryset=Region.objects.none(),
        required=False,
        empty_label=_("The whole country"),
        help_text=_("An award of a region is run by the coordinator of that region."),
    )
    website = forms.URLField(label=_("Page of the organiser"), required=False, assume_scheme="https")
    source = forms.CharField(
        label=_("Source"),
        max_length=300,
        required=False,
        help_text=_("Where these facts come from, when the award is modelled on another one."),
    )

    def __init__(
        self, *args: Any, regions: QuerySet[Region], national: bool, programme: Programme | None = None, **options: Any
    ) -> None:
        super().__init__(*args, initial=_initial_of_programme(programme), **options)
        field = self.fields["region"]
        field.queryset = regions
        field.label_from_instance = lambda region: region.name
        if not national:
            field.required, field.empty_label = True, None
        self.put_first()

    @property
    def draft(self) -> ProgrammeDraft:
        """What was written."""
        region = self.cleaned_data["region"]
        kept = {name: self.cleaned_data[name] for name in ("organiser", "website", "source")}
        return ProgrammeDraft(titles=self.titles, leads=self.leads, region=region.pk if region else None, **kept)


class RoundForm(TextsForm):
    """A round: its calendar, its numbers, its rules, whom to ask."""

    zone = forms.ChoiceField(
        label=_("Time zone"),
        help_text=_("The dates below are typed and shown by the clock of this zone."),
    )
    opens_at = MomentField(label=pgettext_lazy("round", "Opens"))
    closes_at = MomentField(
        label=pgettext_lazy("round", "Closes"), help_text=_("What comes at this minute or later is too late.")
    )
    embargo_until = MomentField(
        label=_("Results may be told from"), help_text=_("Before this moment no applicant learns a result.")
    )
    gala_at = MomentField(label=_("Gala"), required=False)
    gala_place = forms.CharField(label=_("Place of the gala"), max_length=200, required=False)
    contact_email = forms.EmailField(label=_("E-mail for questions"), required=False)
    year = forms.IntegerField(label=_("Year"), min_value=1990, max_value=2100)
    prefix = forms.SlugField(  # type: ignore[assignment]  # a field leaves the class, so Django's own attribute stays
        label=_("Beginning of the numbers of applications"),
        max_length=20,
        help_text=_("For example WMNJ-2027: applications are then numbered WMNJ-2027-001 and so on."),
    )

    def __init__(self, *args: Any, round: Round | None = None, **options: Any) -> None:  # noqa: A002  the word of the awards
        super().__init__(*args, initial=_initial_of_round(round), **options)
        self.round = round
        self.fields["zone"].choices = zone_choices(round)
        for code, name in settings.LANGUAGES:
            self.fields[f"rules_{code}"] = forms.CharField(
                label=gettext("Rules (%(language)s)") % {"language": name},
                max_length=LONGEST_RULES,
                required=False,
                widget=forms.Textarea(attrs={"rows": 5}),
            )
        self.put_first()
        if round is not None and round.state != Round.State.DRAFT:
            for name in KEPT:
                self.fields[name].disabled = True
                self.fields[name].help_text = gettext("It stays: the round is announced.")

    def full_clean(self) -> None:
        """Moments are read by the clock of the zone that is typed beside them."""
        with timezone.override(self._zone()):
            super().full_clean()

    def clean_prefix(self) -> str:
        """Capital letters, as on the numbers."""
        prefix: str = self.cleaned_data["prefix"]
        return prefix if self.fields["prefix"].disabled else prefix.upper()

    def clean(self) -> dict[str, Any]:
        """Moments in order; one that was not touched keeps its seconds."""
        cleaned = super().clean() or {}
        for name in MOMENTS:
            if cleaned.get(name):
                cleaned[name] = self._exact(name, cleaned[name])
        self._in_order("opens_at", "closes_at", gettext("The closing must come after the opening."))
        embargo = gettext("Results cannot be told before the closing.")
        self._in_order("closes_at", "embargo_until", embargo, equal=True)
        self._in_order("closes_at", "gala_at", gettext("The gala cannot come before the closing."), equal=True)
        return cleaned

    @property
    def draft(self) -> RoundDraft:
        """What was written."""
        names = ("zone", *MOMENTS, "gala_place", "contact_email", "year", "prefix")
        kept = {name: self.cleaned_data[name] for name in names}
        return RoundDraft(titles=self.titles, leads=self.leads, rules=self.said("rules"), **kept)

    def _zone(self) -> ZoneInfo:
        typed = self.data.get(self.add_prefix("zone"), "")
        if typed in available_timezones() and not self.fields["zone"].disabled:
            return ZoneInfo(typed)
        return ZoneInfo(self.round.zone) if self.round is not None else ZoneInfo(settings.TIME_ZONE)

    def _exact(self, name: str, typed: datetime) -> datetime:
        before: datetime | None = getattr(self.round, name, None)
        return before if before is not None and _to_the_minute(before) == _to_the_minute(typed) else typed

    def _in_order(self, first: str, second: str, words: str, *, equal: bool = False) -> None:
        earlier, later = self.cleaned_data.get(first), self.cleaned_data.get(second)
        if earlier and later and (later < earlier or (later == earlier and not equal)):
            self.add_error(second, words)


def zone_choices(round: Round | None) -> list[tuple[str, str]]:  # noqa: A002  the word of the awards
    """The time zones of Europe, and the one that the round has."""
    zones = {zone for zone in available_timezones() if zone.startswith("Europe/")} | {"UTC", settings.TIME_ZONE}
    if round is not None:
        zones.add(round.zone)
    return [(zone, zone) for zone in sorted(zones)]


def _to_the_minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


def _initial_of_programme(programme: Programme | None) -> dict[str, Any]:
    if programme is None:
        return {}
    names = ("organiser", "region", "website", "source")
    return {name: getattr(programme, name) for name in names} | texts_of(programme)


def _initial_of_round(found: Round | None) -> dict[str, Any]:
    if found is None:
        return {"zone": settings.TIME_ZONE}
    names = ("zone", "gala_place", "contact_email", "year", "prefix")
    rules = {f"rules_{code}": text for code, text in found.rules.items()}
    moments = {name: _typed(getattr(found, name), found.timezone) for name in MOMENTS}
    return {name: getattr(found, name) for name in names} | texts_of(found) | rules | moments


def _typed(moment: datetime | None, zone: ZoneInfo) -> datetime | None:
    """The moment as one would type it by the clock of that zone."""
    return moment.astimezone(zone).replace(tzinfo=None) if moment else None
