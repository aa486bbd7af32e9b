"""The pieces of a section on its page: paragraphs with their sources, rows of results, answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve, translate_url
from django.utils.translation import get_language, get_language_from_path, override, pgettext
from django.utils.translation import gettext as _

from qms.awards.domain.diff import Piece, difference
from qms.awards.domain.writing import ROW_FIGURES, Clash, tidy
from qms.awards.models import Paragraph, ResultRow
from qms.ui import numbers
from qms.ui.components import Conflict, Part
from qms.ui.components.fields import Field

MARKS = ("read",)


@dataclass(frozen=True)
class Source(Part):
    """Where a piece comes from, whether it was changed since, and whether its source was."""

    over: str
    title: str
    lines: tuple[str, ...] = ()
    url: str = ""
    kind: str = ""
    key: str = ""
    restores: bool = False
    takes: bool = False
    changes: tuple[Piece, ...] = ()
    template_name: ClassVar[str] = "awards/_source.html"

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        return (
            cls("Samoocena: mocna strona", "6.1, mocna strona 1", ("Przeniesiono bez zmian",), "#"),
            cls("Plan doskonalenia", "D-07 Rozmowa powitalna", ("Źródło zmieniło się",), "#", "gone", "k", takes=True,
                changes=difference("z 21 do 14 dni", "z 21 do 15 dni")),
            cls("Tekst własny", "bez źródła", kind="own"),
        )  # fmt: skip


@dataclass(frozen=True)
class PieceBox:
    """A paragraph or a row of results to be written on."""

    key: str
    ident: str
    title: str
    form: Any
    fields: tuple[Field, ...]
    source: Source | None
    clash: Conflict | None = None
    is_gone: bool = False
    is_new: bool = False
    is_open: bool = False
    moves_up: bool = False
    moves_down: bool = False

    @property
    def read(self) -> Any:
        """The field that carries the version that was read."""
        return self.form["read"]


def piece_boxes(entries: list[Any], now: Mapping[str, str], *, is_open: bool) -> list[PieceBox]:
    """The pieces of one question in their order."""
    stored = [entry for entry in entries if not entry.is_new]
    return [
        _box(entry, number, now, first=entry is stored[0] if stored else False,
             last=entry is stored[-1] if stored else False, is_open=is_open)
        for number, entry in enumerate(entries, 1)
    ]  # fmt: skip


def _box(entry: Any, number: int, now: Mapping[str, str], *, first: bool, last: bool, is_open: bool) -> PieceBox:
    row, is_text = entry.stored, entry.question.kind == "text"
    names = [name for name in entry.form.fields if name not in MARKS]
    moves = is_open and row is not None
    return PieceBox(
        key=entry.ident,
        ident=f"piece-{entry.ident}",
        title=_("Paragraph %(number)s") % {"number": number} if is_text else _row_title(entry),
        form=entry.form,
        fields=tuple(Field(entry.form[name], short=name in ROW_FIGURES) for name in names),
        source=source_of(row, now, is_open=is_open) if row is not None else None,
        clash=clash_of(entry),
        is_gone=entry.clash is not None and entry.clash.theirs is None,
        is_new=entry.is_new,
        is_open=entry.clash is not None or bool(entry.form.is_bound and entry.form.errors),
        moves_up=moves and not first,
        moves_down=moves and not last,
    )


def _row_title(entry: Any) -> str:
    return entry.stored.title if entry.stored is not None else _("Add a result")


def source_of(row: Paragraph | ResultRow, now: Mapping[str, str], *, is_open: bool) -> Source:
    """What stands beside a piece about its source."""
    if not row.source:
        return Source(_("Own text"), _("without a source"), kind="own")
    present = now.get(row.source_key)
    moved = present is not None and tidy(present) != tidy(row.source_text)
    is_text = isinstance(row, Paragraph)
    changed = is_text and tidy(getattr(row, "text", "")) != tidy(row.source_text)
    lines = [_changed_words(row) if changed else _("Taken over without changes")] if is_text else []
    if present is None:
        lines.append(_("The source cannot be read any more."))
    elif moved:
        lines.append(_("The source has changed since."))
    return Source(
        over=str(row.get_source_display()),
        title=row.source_title,
        lines=tuple(lines),
        url=in_own_language(row.source_url) if present is not None else "",
        kind="gone" if moved or present is None else "",
        key=str(row.key),
        restores=is_open and changed and bool(row.source_text),
        takes=is_open and moved and is_text,
        changes=difference(tidy(row.source_text), tidy(present)) if moved and present is not None else (),
    )


def in_own_language(address: str) -> str:
    """The platform's page at that address in the reader's language; a public page has its own address in each."""
    written, wanted = get_language_from_path(address), get_language()
    if not written or not wanted or written == wanted:
        return address
    with override(written):
        try:
            found = resolve(urlsplit(address).path)
        except Resolver404:
            return address
        return address if found.url_name == "wagtail_serve" else translate_url(address, wanted)


def _changed_words(row: Paragraph | ResultRow) -> str:
    return _("Changed on %(day)s, %(name)s") % {"day": numbers.short_day(row.updated_at), "name": row.by.name}


def clash_of(entry: Any) -> Conflict | None:
    """Both texts, where somebody else was quicker."""
    clash: Clash | None = entry.clash
    if clash is None or clash.theirs is None:
        return None
    mine = entry.form.content() if entry.form.is_valid() else ""
    return Conflict(words_of(mine, entry), words_of(clash.theirs, entry), clash.who, clash.at)


def words_of(content: Any, entry: Any) -> str:
    """A paragraph, the cells of a row or an answer as words."""
    if isinstance(content, str):
        return content
    if entry.question.kind == "results":
        return row_words(content)
    titles = dict(getattr(entry.form.fields["value"], "choices", ()))
    if "agreed" in content:
        return pgettext("statement", "Agreed") if content["agreed"] else _("Not agreed")
    chosen = [str(titles.get(code, code)) for code in content.get("chosen", ())]
    return content.get("number") or ", ".join(chosen) or "–"


def row_words(cells: Mapping[str, Any]) -> str:
    """The cells of a row of results in one line each."""
    figures = [cells.get(name) for name in ("before_last", "before", "last")]
    series = ", ".join(str(value) if value is not None else "–" for value in figures)
    lines = [
        f"{cells.get('title', '')} ({cells['unit']})" if cells.get("unit") else str(cells.get("title", "")),
        f"{int(cells['year']) - 2}–{cells['year']}: {series}" if cells.get("year") else series,
        _("Target: %(value)s") % {"value": cells["target"]} if cells.get("target") else "",
        _("Comparison: %(value)s") % {"value": f"{cells['comparison']} {cells.get('comparison_note', '')}".strip()}
        if cells.get("comparison")
        else "",
        str(cells.get("evidence", "")),
    ]
    return "\n".join(line for line in lines if line)
