"""Lists of offices and people as columns of a spreadsheet, both ways."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext, override, pgettext
from django.utils.translation import gettext_lazy as _

from qms.lifecycle import Refused, gettext_noop
from qms.offices.models import Membership, Office


@dataclass(frozen=True)
class Column:
    """A column of an imported list: its name in code, its heading, whether a line needs it, an example."""

    key: str
    label: str | Promise
    example: str = ""
    required: bool = False


OFFICE_COLUMNS = (
    Column("kind", _("Kind"), "county_labour_office", required=True),
    Column("name", _("Name"), "Powiatowy Urząd Pracy w Przykładowie", required=True),
    Column("short_name", _("Short name"), "PUP Przykładowo", required=True),
    Column("slug", _("Address on this site"), "pup-przykladowo", required=True),
    Column("region", _("Region"), "26", required=True),
    Column("city", _("City"), "Przykładowo", required=True),
    Column("language", _("Language"), "pl"),
    Column("staff_count", _("Number of staff"), "48"),
    Column("website", _("Website"), "https://przykladowo.praca.gov.pl"),
)
PEOPLE_COLUMNS = (
    Column("email", _("E-mail"), "anna.nowak@example.org", required=True),
    Column("first_name", _("First name"), "Anna"),
    Column("last_name", _("Last name"), "Nowak"),
    Column("role", _("Role"), "quality_lead", required=True),
    Column("office", _("Office"), "pup-przykladowo"),
    Column("region", _("Region"), ""),
    Column("language", _("Language"), "pl"),
)
COLUMNS = {"offices": OFFICE_COLUMNS, "people": PEOPLE_COLUMNS}


def template_of(kind: str) -> tuple[list[str], list[list[str]]]:
    """Headings and one example line of an empty list to fill in."""
    columns = COLUMNS[kind]
    return [column.key for column in columns], [[column.example for column in columns]]


def positions_of(headers: Sequence[str], columns: Sequence[Column]) -> dict[str, int]:
    """Where each known column stands; headings count by code name or by label in any language."""
    spoken = {name: column.key for column in columns for name in _names_of(column)}
    found: dict[str, int] = {}
    for position, header in enumerate(headers):
        key = spoken.get(header.strip().casefold())
        if key in found:
            raise Refused(gettext_noop("The column “%(column)s” stands in the file twice."), column=header)
        if key:
            found[key] = position
    if missing := [column.key for column in columns if column.required and column.key not in found]:
        raise Refused(
            gettext_noop("The first line of the file lacks these columns: %(columns)s."), columns=", ".join(missing)
        )
    return found


def spoken_choices(choices: Iterable[tuple[str, str | Promise]]) -> dict[str, str]:
    """Every way to write a choice: its code or its label in any language, in small letters."""
    pairs = list(choices)
    spoken = {code.casefold(): code for code, _label in pairs}
    for language, _name in settings.LANGUAGES:
        with override(language):
            spoken |= {str(label).casefold(): code for code, label in pairs}
    return spoken


def _names_of(column: Column) -> set[str]:
    names = {column.key.casefold()}
    for language, _name in settings.LANGUAGES:
        with override(language):
            names.add(str(column.label).casefold())
    return names


def office_list(offices: Iterable[Office]) -> tuple[list[str], list[list[object]]]:
    """The list of offices as it is shown, with headings."""
    headers = [gettext("Name"), gettext("Short name"), gettext("Kind"), gettext("Region"), gettext("City")]
    headers += [gettext("Number of staff"), gettext("Website"), gettext("Address on this site")]
    rows: list[list[object]] = [
        [
            office.name,
            office.short_name,
            office.get_kind_display(),
            office.region.name,
            office.city,
            office.staff_count,
            office.website,
            office.slug,
        ]
        for office in offices
    ]
    return headers, rows


def member_list(members: Iterable[Membership]) -> tuple[list[str], list[list[object]]]:
    """The people of one office as they are shown, with headings."""
    headers = [gettext("Last name"), gettext("First name"), gettext("E-mail"), gettext("Role")]
    return headers, [
        [one.user.last_name, one.user.first_name, one.user.email, one.get_role_display()] for one in members
    ]


def people_list(people: Iterable[Any]) -> tuple[list[str], list[list[object]]]:
    """The list of people as it is shown, one line per role."""
    headers = [
        gettext("Last name"),
        gettext("First name"),
        gettext("E-mail"),
        gettext("Role"),
        pgettext("role", "Place"),
    ]
    rows: list[list[object]] = []
    for person in people:
        held = [(one.get_role_display(), str(one.office or one.region or "")) for one in person.held]
        rows += [[person.last_name, person.first_name, person.email, role, place] for role, place in held or [("", "")]]
    return headers, rows
