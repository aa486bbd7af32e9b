"""Diplomas on paper, one landscape page each: the prize, the office, who signs, how it is verified."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qms.awards.domain.binding import hyphened
from qms.charts import PAPER
from qms.charts.svg import Attribute, element, picture, words
from qms.frameworks.domain.framework import text
from qms.laureates.domain.diplomas import Rung, issue_of, rungs, size_of, size_of_category, size_of_office
from qms.laureates.models import Diploma
from qms.pdf.codes import code_picture
from qms.pdf.document import Cover, Document
from qms.ui import numbers

TEMPLATE = "documents/laureates/diplomas.html"
WIDTH, INSET = 480, 8
FEW = 2  # from how many applications on their number is worth saying


@dataclass(frozen=True)
class Page:
    """One diploma as it is printed."""

    year: str
    programme: str
    over: str
    title: str
    size: str
    among: tuple[str, ...]
    among_size: str
    office: str
    office_size: str
    why: tuple[str, ...]
    scale: str
    signatories: tuple[tuple[str, str], ...]
    given: str
    number: str
    qr: str
    code: str


@dataclass(frozen=True)
class Diplomas(Document):
    """Diplomas as one document."""

    pages: tuple[Page, ...] = ()


def diplomas_of(
    diplomas: Sequence[Diploma], *, title: str, addresses: Mapping[str, str], language: str, kind: str = ""
) -> Diplomas:
    """These diplomas in one of the platform's languages; `addresses` verify them, by their codes."""
    with translation.override(language):
        organisers = {str(one.content["organiser"]) for one in diplomas}
        return Diplomas(
            title=title,
            subtitle="",
            subject=kind or title,
            language=language,
            sections=(),
            cover=Cover(""),
            moment=max(one.issued_at for one in diplomas),
            author=organisers.pop() if len(organisers) == 1 else "",
            has_contents=False,
            pages=tuple(_page(one, addresses[one.code], language) for one in diplomas),
        )


def _page(diploma: Diploma, address: str, language: str) -> Page:
    content = diploma.content

    def said(name: str) -> str:
        return text(content[name], language)

    among_size, office_size = size_of_category(said("category")), size_of_office(str(content["office"]))
    about = {"round": said("round"), "organiser": content["organiser"]}
    return Page(
        year=str(content["year"]),
        programme=said("programme"),
        over=_("Diploma, %(round)s") % about,
        title=said("prize"),
        size=size_of(said("prize")),
        among=tuple(_among(said("category"), int(content.get("applied") or 0))),
        among_size=among_size,
        office=str(content["office"]),
        office_size=office_size,
        why=(_("by decision of the jury"), _("Organiser: %(organiser)s") % about),
        # Where both names are long, the sheet has room for the words alone.
        scale="" if among_size and office_size else _scale(diploma, language),
        signatories=tuple((one["name"], one["role"]) for one in content["signatories"]),
        given=_given(content),
        number=_number(content),
        qr=code_picture(
            address,
            ident=f"code-{diploma.pk}",
            title=_("QR code"),
            description=_("The address of the page that verifies this diploma, as a QR code."),
        ),
        code=hyphened(diploma.code),
    )


def _among(category: str, applied: int) -> list[str]:
    lines = [_("in the category %(category)s") % {"category": category}]
    if applied >= FEW:
        count = ngettext("chosen from %(count)s application", "chosen from %(count)s applications", applied)
        lines.append(count % {"count": numbers.figure(applied)})
    return lines


def _given(content: Mapping[str, Any]) -> str:
    day = numbers.day(date.fromisoformat(content["given_on"]))
    return f"{content['place']}, {day}" if content["place"] else day


def _number(content: Mapping[str, Any]) -> str:
    issue = issue_of(content)
    if issue == 1:
        return _("No. %(number)s") % {"number": content["number"]}
    return _("No. %(number)s, issue %(issue)s") % {"number": content["number"], "issue": issue}


# --- The prize among those of its category ---------------------------------------------------------------------------


def _scale(diploma: Diploma, language: str) -> str:
    content = diploma.content
    titles = [text(one, language) for one in content.get("ladder", ())]
    steps = rungs(titles, int(content.get("rung", -1)))
    if not steps:
        return ""
    facts = {"prize": text(content["prize"], language), "prizes": ", ".join(titles)}
    return picture(
        _line(steps[0], steps[-1]),
        *(_tick(step) for step in steps),
        *(_dot(step) for step in steps if step.is_own),
        *(_label(step) for step in steps if step.words),
        ident=f"scale-{diploma.pk}",
        title=_("The prize among those of its category"),
        description=_("%(prize)s. Prizes of the category from the highest: %(prizes)s.") % facts,
        color=PAPER.ink,
        width="150mm",
        height=None,
        view_box=f"0 0 {WIDTH} 40",
        font=PAPER.font,
    )


def _x(step: Rung) -> float:
    return INSET + (WIDTH - 2 * INSET) * step.share


def _line(first: Rung, last: Rung) -> str:
    ends: dict[str, Attribute] = {"x1": _x(first), "x2": _x(last), "y1": 14, "y2": 14}
    return element("line", **ends, stroke="#78807b", stroke_width=1, fill="none")


def _tick(step: Rung) -> str:
    ends: dict[str, Attribute] = {"x1": _x(step), "x2": _x(step), "y1": 10, "y2": 18}
    return element("line", **ends, stroke="#78807b", stroke_width=1, fill="none")


def _dot(step: Rung) -> str:
    return element("circle", cx=_x(step), cy=14, r=8, fill="#0b5557")


def _label(step: Rung) -> str:
    anchor = "start" if step.share == 0 else "end" if step.share == 1 else "middle"
    x = {"start": 0, "end": WIDTH, "middle": _x(step)}[anchor]
    place: dict[str, Attribute] = {"x": x, "y": 36, "text_anchor": anchor, "font_size": 11, "fill": PAPER.ink}
    return element("text", words(step.words), **place, font_weight="700" if step.is_own else "400")
