"""The page of one office on paper."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from qms.exchange.components.heads import office_head
from qms.exchange.components.lists import ListSection
from qms.exchange.components.needs import NeedSection
from qms.exchange.components.pieces import How, Setting, Words, blocks_of, shelves_of
from qms.exchange.components.reader import Reader
from qms.exchange.domain.mentions import mentions_of
from qms.exchange.queries.for_you import built_at
from qms.exchange.queries.showing import shown
from qms.pdf.components import Box, Column, Figure, Number, Numbers, Row, Table, Text
from qms.pdf.document import Cover, Document, Section
from qms.ui.components import Part

if TYPE_CHECKING:
    from datetime import date

    from qms.exchange.models import OfficePage
    from qms.offices.models import Office

# The office reads its own page; what one can press stays on the screen.
ON_PAPER = Reader(takes_part=True, is_own=True)


def document_of(page: OfficePage, office: Office, *, on: date, language: str) -> Document:
    """The page as its office may read it on this day; what editors set in pictures and files stays on the screen."""
    with translation.override(language):
        blocks = blocks_of(page.body)
        setting = Setting(shown(mentions_of(blocks), on=on, office=office), ON_PAPER, on)
        built = built_at(page.edition_id, office=office.pk)
        head = office_head(page, office, blocks, ON_PAPER, built=built)
        name = office.short_name or office.name
        return Document(
            title=head.title,
            subtitle=head.over,
            subject=head.lead,
            language=language,
            sections=tuple(_sections(tuple(shelf.part for shelf in shelves_of(page.body, setting) if shelf.part))),
            cover=Cover(organisation=office.name, facts=tuple((name, str(fact)) for name, fact in head.meta)[:4]),
            moment=built or page.last_published_at or timezone.now(),
            running=_("%(office)s, %(over)s") % {"office": name, "over": head.over},
            imprint=(_("Typeset by QMS from the page as the office could read it; it changes with each build."),),
            author="QMS",
            has_contents=False,
        )


def _sections(parts: tuple[Part, ...]) -> Iterator[Section]:
    made = [section for part in parts if (section := _section(part)) is not None]
    for number, (title, pieces) in enumerate(made, 1):
        yield Section(title, pieces, number=str(number), kind="chapter" if number == 1 else "flow", ident=f"e{number}")


def _section(part: Part) -> tuple[str, tuple[Part, ...]] | None:
    """The heading and what stands under it; none for what says nothing on paper."""
    match part:
        case Words():
            return _("From the editors"), (Box(", ".join(filter(None, (part.who, part.added))), (part.text,)),)
        case NeedSection():
            return f"{part.node} {part.title}".strip(), tuple(_need(part))
        case ListSection() if part.rows:
            return part.title, (_table(part),)
        case How():
            return _("How this page came about"), (Text((_how(), f"{part.counted}.")),)
    return None


def _need(part: NeedSection) -> Iterator[Part]:
    yield Numbers((Number(_("Your score"), part.score, _("of %(highest)s") % {"highest": part.highest}, part.change),))
    if part.reason:
        reason = f"{part.reason} {part.reason_rest}".strip()
        yield Text((_("The reason in the report: %(reason)s") % {"reason": reason},))
    if part.spread.picture:
        yield Figure(_("Scores in %(node)s") % {"node": part.node}, part.spread.picture, unit=part.spread.said)
        if part.spread.table is not None:
            columns = (Column(_("Score"), is_main=True), Column(_("Offices"), is_number=True))
            rows = tuple(Row(tuple(row)) for row in part.spread.table.rows)  # type: ignore[arg-type]
            yield Table(columns, rows, caption=part.spread.table.caption, note=part.spread.note)
    else:
        yield Text((part.spread.said,))
    for proposal in part.proposals:
        yield Box(proposal.title, (f"{proposal.who}. {proposal.summary}", proposal.why))
    if not part.proposals:
        yield Text((_("No practice in the library fits this subcriterion yet."),))


def _table(part: ListSection) -> Table:
    columns = (Column(_("When or where")), Column(_("Who"), is_main=True), Column(_("What")))
    rows = (Row((row.over, row.title, "; ".join(filter(None, (row.line, row.quote, row.fine))))) for row in part.rows)
    return Table(columns, tuple(rows), caption=part.title)


def _how() -> str:
    return _(
        "For each of your weakest subcriteria every practice in the library is weighed: how much you still lack, how "
        "sure its effect is, how alike the two offices are, whether one can visit or ask, and how many visits the host "
        "still has free. The highest products come first."
    )
