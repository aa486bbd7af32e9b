"""One practice as a row: what it is, where, what it is filed under, what it changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar, Self

from django.utils import timezone
from django.utils.translation import gettext

from qms.charts.readings import gauge
from qms.goodpractices.domain.results import Change
from qms.goodpractices.models import PracticePage
from qms.goodpractices.queries.finding import Hit, Result
from qms.ui import numbers
from qms.ui.components import Chip, Delta, Part

if TYPE_CHECKING:
    from qms.goodpractices.components.labels import Labels

MOST_CRITERIA, MOST_CLIENTS = 3, 2
AIR = Decimal("0.08")


@dataclass(frozen=True)
class EffectBox(Part):
    """The change that a practice brought, with its interval and whether it was measured on the platform."""

    what: str
    delta: Delta | None = None
    svg: str = ""
    spread: str = ""
    source: str = ""
    adopted: str = ""
    template_name: ClassVar[str] = "components/goodpractices/effect.html"

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        change = Change(Decimal(-7), Decimal(-10), Decimal(-4))
        delta = Delta(-7, text="−7 dni", digits=0, better="less")
        return (
            cls("Czas obsady oferty, dni", delta, _whisker(change), "od −10 do −4 · n = 186", "potwierdzono pomiarem"),
            cls("", source="jeszcze nie zmierzono"),
        )


@dataclass(frozen=True)
class HitRow(Part):
    """One practice in the list."""

    pk: int
    title: str
    url: str
    who: str
    summary: str
    chips: tuple[Chip, ...]
    effect: EffectBox
    level: int = 3
    template_name: ClassVar[str] = "components/goodpractices/hit.html"

    def adopted_as(self, line: str) -> HitRow:
        """The same row with what became of the practice elsewhere."""
        return replace(self, effect=replace(self.effect, adopted=line))

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        chips = (Chip("Dostarczanie usług", "5.2"), Chip("pracodawcy"))
        who = "PUP Gołdap, warmińsko-mazurskie, działa od 2025"
        text = "Każdy nowy pracodawca dostaje opiekuna i rozmowę w ciągu pięciu dni od pierwszego kontaktu."
        return (cls(0, "Rozmowa powitalna z pracodawcą", "#", who, text, chips, EffectBox.samples()[0]),)


def hit_row(hit: Hit, labels: Labels, *, home: str) -> HitRow:
    """The row of one practice; its page stands right under the library's own."""
    return HitRow(
        hit.pk, hit.title, f"{home}{hit.slug}/", who(hit, labels), hit.summary, chips(hit, labels), effect(hit)
    )


def who(hit: Hit, labels: Labels) -> str:
    """Office, region, and since when it works."""
    return ", ".join(part for part in (hit.office, labels.value("region", hit.region), _time(hit)) if part)


def chips(hit: Hit, labels: Labels) -> tuple[Chip, ...]:
    """Its first criteria with their names, and whom it serves."""
    filed = [
        Chip(labels.lexicon.criterion(framework, node) or framework, node)
        for framework, node in hit.criteria[:MOST_CRITERIA]
    ]
    served = [Chip(labels.value("clients", group)) for group in hit.clients[:MOST_CLIENTS]]
    return (*filed, *served)


def effect(hit: Hit) -> EffectBox:
    """What the row says of its effect."""
    result = hit.result
    if result is None or result.change is None:
        return EffectBox("", source=gettext("effect not measured yet"))
    unit = f"{numbers.NARROW}{result.unit}" if result.unit and len(result.unit) <= 12 else ""
    delta = Delta(
        result.change.difference,
        text=numbers.signed(result.change.difference, result.digits) + unit,
        digits=result.digits,
        better="more" if result.better == "higher" else "less",
    )
    what = f"{result.title}, {result.unit}" if result.unit else result.title
    source = gettext("proven by measurement") if result.is_proven else gettext("figures of the office")
    return EffectBox(what, delta, _whisker(result.change), _spread(result), source)


def _time(hit: Hit) -> str:
    today = timezone.localdate()
    if hit.ended_on and hit.ended_on < today:
        return gettext("ended in %(year)s") % {"year": hit.ended_on.year}
    if hit.stage in (PracticePage.Stage.IDEA, PracticePage.Stage.PILOT) or hit.started_on is None:
        return str(PracticePage.Stage(hit.stage).label).lower()
    return gettext("works since %(year)s") % {"year": hit.started_on.year}


def _whisker(change: Change) -> str:
    if change.low is None or change.high is None:
        return ""
    ends = (change.low, change.high, change.difference, Decimal(0))
    air = (max(ends) - min(ends)) * AIR or Decimal(1)
    low, high = min(ends) - air, max(ends) + air
    return gauge(change.difference, minimum=low, maximum=high, low=change.low, high=change.high, zero=True)


def _spread(result: Result) -> str:
    change, parts = result.change, []
    if change is not None and change.low is not None:
        ends = {"low": numbers.signed(change.low, result.digits), "high": numbers.signed(change.high, result.digits)}
        parts.append(gettext("from %(low)s to %(high)s") % ends)
    if result.count is not None:
        parts.append(f"n = {numbers.figure(result.count)}")
    return " · ".join(parts)
