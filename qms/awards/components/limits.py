"""How long a text is against its limit, as words and as a bar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar, Self

from django.utils.translation import gettext as _

from qms.awards.domain import limits
from qms.awards.domain.limits import Measure
from qms.charts.svg import element
from qms.ui import numbers
from qms.ui.components import Part

HEIGHT = 8


@dataclass(frozen=True)
class Limit(Part):
    """A length, its limit, and how much is left or too much."""

    label: str
    shown: str
    level: str = ""
    said: str = ""
    picture: str = ""
    most: int | None = None
    counts: str = ""
    template_name: ClassVar[str] = "awards/_limit.html"

    @property
    def is_counted(self) -> bool:
        """Whether a script may count on while one types."""
        return self.counts == "question"

    @property
    def words(self) -> str:
        """How length and limit are told, for that script."""
        return _against("%(length)s", numbers.figure(self.most) if self.most else "")

    @property
    def over_words(self) -> str:
        """How too much is told, for that script."""
        return _("Too many characters: %(count)s")

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        return (
            cls("Znaki w tej odpowiedzi", "4620 z 5000", "near", "", bar(Measure(4620, 5000))),
            cls("Strony w sekcji 6", "7,4 z 7", "over", "713 znaków za dużo", bar(Measure(13313, 12600))),
        )


def limits_of(
    question: Mapping[str, Any], section: Mapping[str, Any], contents: list[Any], max_pages: int | None
) -> tuple[Limit, ...]:
    """The limits that stand above a question: of itself, of its section, of the whole application."""
    own = limits.measure_of_question(question)
    answer = _of(own, _("Characters in this answer"), _in_characters(own), counts="question")
    return (answer, *common_limits(section, contents, max_pages))


def common_limits(section: Mapping[str, Any], contents: list[Any], max_pages: int | None) -> tuple[Limit, ...]:
    """The limits of a section and of the whole application."""
    measure, whole = limits.measure_of_section(section), limits.measure_of_whole(contents, max_pages)
    label = _("Pages in section %(code)s") % {"code": section["code"]}
    return (
        _of(measure, label, _in_pages(measure), counts="section"),
        _of(whole, _("Pages in the application"), _in_pages(whole), counts="whole"),
    )


def pages_words(section: Mapping[str, Any]) -> str:
    """The pages of a section, with its limit where it has one: 6.2 of 7 p."""
    measure = limits.measure_of_section(section)
    return _("%(pages)s p.") % {"pages": _in_pages(measure)}


def bar(measure: Measure) -> str:
    """The length as a part of its limit; the whole bar where it is too long, nothing where there is no limit."""
    if measure.limit is None:
        return ""
    width = min(measure.length, measure.limit)
    ground = element("rect", width=measure.limit, height=HEIGHT, fill="currentColor", fill_opacity=0.18)
    filled = element("rect", width=width, height=HEIGHT, fill="currentColor")
    return element(
        "svg", ground, filled, xmlns="http://www.w3.org/2000/svg", width="100%", height=HEIGHT,
        viewBox=f"0 0 {measure.limit} {HEIGHT}", preserveAspectRatio="none", aria_hidden="true", focusable="false",
    )  # fmt: skip


def _of(measure: Measure, label: str, shown: str, *, counts: str) -> Limit:
    said = ""
    if measure.left is not None and measure.left < 0:
        said = _("Too many characters: %(count)s") % {"count": numbers.figure(-measure.left)}
    return Limit(label, shown, measure.level, said, bar(measure), measure.limit, counts)


def _in_characters(measure: Measure) -> str:
    return _against(numbers.figure(measure.length), numbers.figure(measure.limit) if measure.limit else "")


def _in_pages(measure: Measure) -> str:
    length = _short(limits.shown_pages(measure.length))
    return _against(length, _short(limits.pages(measure.limit)) if measure.limit else "")


def _against(length: str, limit: str) -> str:
    return _("%(length)s of %(limit)s") % {"length": length, "limit": limit} if limit else length


def _short(pages: Decimal) -> str:
    return numbers.figure(pages, 0 if pages == pages.to_integral_value() else 1)
