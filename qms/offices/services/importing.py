"""A list of offices or people: read, checked line by line, and imported when confirmed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email, validate_slug
from django.db import transaction
from django.utils.translation import gettext

from qms.accounts.models import Language, User, address_of
from qms.core import audit
from qms.lifecycle import Refused, gettext_noop
from qms.offices import sheets
from qms.offices.domain import roles
from qms.offices.models import Membership, Office, PendingImport, Region, check_slug
from qms.offices.permissions import may_grant
from qms.offices.services.members import invite_member
from qms.offices.services.places import save_office

OFFICE_FIELDS = {column.name: column for column in Office._meta.fields}  # noqa: SLF001  Django's own name
MOST_LINES = {"offices": 5000, "people": 1000}


@dataclass(frozen=True)
class Cell:
    """What a cell says, and why that will not do."""

    value: str
    why: str = ""


@dataclass(frozen=True)
class Line:
    """One line of the file: its cells, and what would be imported from it."""

    number: int
    cells: tuple[Cell, ...]
    facts: Mapping[str, Any] | None
    note: str = ""

    @property
    def is_good(self) -> bool:
        """Whether the line can be imported."""
        return self.facts is not None


@dataclass(frozen=True)
class Preview:
    """The whole file as it would be imported."""

    columns: tuple[sheets.Column, ...]
    lines: tuple[Line, ...] = ()

    @property
    def good(self) -> tuple[Line, ...]:
        """Lines that would be imported."""
        return tuple(line for line in self.lines if line.is_good)

    @property
    def bad(self) -> tuple[Line, ...]:
        """Lines that would be left out."""
        return tuple(line for line in self.lines if not line.is_good)


@dataclass
class Checker:
    """Collects what is wrong with the cells of one line."""

    values: dict[str, str]
    wrong: dict[str, str] = field(default_factory=dict)

    def blame(self, key: str, why: str) -> None:
        self.wrong.setdefault(key, why)

    def choice(self, key: str, spoken: Mapping[str, Any], why: str) -> Any:
        """What the cell means; blamed where it means nothing."""
        value = self.values[key]
        found = spoken.get(value.casefold())
        if found is None and value:
            self.blame(key, why % {"value": value})
        return found


@transaction.atomic
def store_upload(
    *, kind: str, file_name: str, headers: Sequence[str], rows: Sequence[tuple[int, Sequence[str]]], by: User
) -> PendingImport:
    """Keep the lines of an uploaded file until they are confirmed; nothing of them counts yet."""
    sheets.positions_of(headers, sheets.COLUMNS[kind])
    if not rows:
        raise Refused(gettext_noop("The file has no lines under its first one."))
    if len(rows) > MOST_LINES[kind]:
        raise Refused(
            gettext_noop("The file has %(count)s lines; at most %(most)s can be imported at once."),
            count=len(rows),
            most=MOST_LINES[kind],
        )
    PendingImport.objects.filter(created_by=by, kind=kind, imported_at=None).delete()
    return PendingImport.objects.create(
        kind=kind,
        file_name=file_name[:200],
        headers=list(headers),
        rows=[[number, list(cells)] for number, cells in rows],
        created_by=by,
    )


def preview_of(pending: PendingImport, *, by: User) -> Preview:
    """Every line with what is wrong in it, checked against what is here now."""
    columns = sheets.COLUMNS[pending.kind]
    places = sheets.positions_of(pending.headers, columns)
    checkers = [(number, Checker(_values(cells, places, columns))) for number, cells in pending.rows]
    check = {"offices": _office_check, "people": _people_check}[pending.kind]([one for _number, one in checkers], by)
    return Preview(columns, tuple(_line(number, one, columns, check) for number, one in checkers))


@transaction.atomic
def import_lines(pending: PendingImport, *, by: User, at: datetime) -> PendingImport:
    """Import every good line of a list that was looked through; all of them or none."""
    pending = PendingImport.objects.select_for_update().get(pk=pending.pk)
    if pending.imported_at:
        raise Refused(gettext_noop("This list has been imported already."))
    good = preview_of(pending, by=by).good
    if not good:
        raise Refused(gettext_noop("No line of this list can be imported."))
    for line in good:
        facts = line.facts or {}
        if pending.kind == PendingImport.Kind.OFFICES:
            save_office(Office(**facts), by=by)
        else:
            invite_member(by=by, **facts)
    pending.imported_at, pending.imported = at, len(good)
    pending.save(update_fields=["imported_at", "imported", "updated_at"])
    audit.record(pending, "offices.import", by=by, kind=pending.kind, lines=len(good), file=pending.file_name)
    return pending


def _values(cells: Sequence[str], places: Mapping[str, int], columns: Sequence[sheets.Column]) -> dict[str, str]:
    def at(key: str) -> str:
        position = places.get(key, len(cells))
        return str(cells[position]).strip() if position < len(cells) else ""

    return {column.key: at(column.key) for column in columns}


def _line(
    number: int, checker: Checker, columns: Sequence[sheets.Column], check: Callable[[Checker], dict[str, Any]]
) -> Line:
    for column in columns:
        if column.required and not checker.values[column.key]:
            checker.blame(column.key, gettext("This cell must not be empty."))
    facts = check(checker)
    cells = tuple(Cell(checker.values[column.key], checker.wrong.get(column.key, "")) for column in columns)
    return Line(number, cells, None if checker.wrong else facts)


def _office_check(checkers: Sequence[Checker], by: User) -> Callable[[Checker], dict[str, Any]]:
    kinds = sheets.spoken_choices(Office.Kind.choices)
    languages = sheets.spoken_choices(Language.choices)
    regions = _regions()
    wanted = {checker.values["slug"] for checker in checkers}
    known = set(Office.objects.filter(slug__in=wanted).values_list("slug", flat=True))
    seen: set[str] = set()

    def check(line: Checker) -> dict[str, Any]:
        kind = line.choice("kind", kinds, gettext("There is no kind of office “%(value)s”."))
        region = line.choice("region", regions, gettext("There is no region “%(value)s”."))
        language = line.choice("language", languages, gettext("There is no language “%(value)s” here."))
        slug = line.values["slug"]
        if slug in known:
            line.blame("slug", gettext("An office with this address is here already."))
        if slug in seen:
            line.blame("slug", gettext("This address stands in the file twice."))
        seen.add(slug)
        facts: dict[str, Any] = {key: line.values[key] for key in ("name", "short_name", "slug", "city", "website")}
        facts |= {
            "kind": kind,
            "region": region,
            "language": language or Language.POLISH,
            "staff_count": _count(line),
        }
        _check_slug(line)
        _check_fields(line, facts)
        return facts

    return check


def _check_slug(line: Checker) -> None:
    if not line.values["slug"]:
        return
    try:
        validate_slug(line.values["slug"])
        check_slug(line.values["slug"])
    except ValidationError as error:
        line.blame("slug", error.messages[0])


def _check_fields(line: Checker, facts: Mapping[str, Any]) -> None:
    """What the model itself says of each value: too long, not an address of a website."""
    skipped = {"kind", "region", "slug", "language", "staff_count"}
    for key in facts.keys() - skipped:
        if not facts[key]:
            continue
        try:
            OFFICE_FIELDS[key].run_validators(facts[key])
        except ValidationError as error:
            line.blame(key, error.messages[0])


def _count(line: Checker) -> int | None:
    text = line.values["staff_count"].replace("\u00a0", "").replace(" ", "").removesuffix(".0")
    if not text:
        return None
    if not (text.isascii() and text.isdigit()) or not 1 <= int(text) <= 1_000_000:
        line.blame("staff_count", gettext("Write a whole number from 1 up."))
        return None
    return int(text)


def _people_check(checkers: Sequence[Checker], by: User) -> Callable[[Checker], dict[str, Any]]:
    spoken = sheets.spoken_choices(Membership.Role.choices)
    languages = sheets.spoken_choices(Language.choices)
    regions = _regions()
    offices = _offices({checker.values["office"].casefold() for checker in checkers})
    held = _held({address_of(checker.values["email"]) for checker in checkers})
    seen: set[tuple[object, ...]] = set()

    def check(line: Checker) -> dict[str, Any]:
        email = address_of(line.values["email"])
        role = line.choice("role", spoken, gettext("There is no role “%(value)s”."))
        office = line.choice(
            "office", offices, gettext("There is no office “%(value)s”. Write its address on this site.")
        )
        region = line.choice("region", regions, gettext("There is no region “%(value)s”."))
        language = line.choice("language", languages, gettext("There is no language “%(value)s” here."))
        _check_email(line, email)
        _check_place(line, role)
        if role and not line.wrong and not may_grant(by, role, office):
            line.blame("role", gettext("You may not give this role there."))
        key = (email, role, office and office.pk, region and region.pk)
        if key in seen:
            line.blame("email", gettext("This person stands in the file twice with the same role."))
        elif key in held:
            line.blame("email", gettext("This person holds this role already."))
        seen.add(key)
        for name in ("first_name", "last_name"):
            if len(line.values[name]) > 150:
                line.blame(name, gettext("This name is too long."))
        return {
            "email": email,
            "first_name": line.values["first_name"],
            "last_name": line.values["last_name"],
            "role": role,
            "office": office,
            "region": region,
            "language": language or (office.language if office else Language.POLISH),
        }

    return check


def _check_email(line: Checker, email: str) -> None:
    if not email:
        return
    try:
        validate_email(email)
    except ValidationError:
        line.blame("email", gettext("This is not an e-mail address."))


def _check_place(line: Checker, role: str | None) -> None:
    """Blame a place that the role lacks or does not take."""
    if role is None:
        return
    if role in roles.OFFICE_ROLES and not line.values["office"]:
        line.blame("office", gettext("This role needs an office."))
    if role not in roles.OFFICE_ROLES and line.values["office"]:
        line.blame("office", gettext("This role takes no office. Leave the cell empty."))
    if role in roles.REGION_ROLES and not line.values["region"]:
        line.blame("region", gettext("This role needs a region."))
    if role not in roles.REGION_ROLES and line.values["region"]:
        line.blame("region", gettext("This role takes no region. Leave the cell empty."))


def _regions() -> dict[str, Region]:
    found: dict[str, Region] = {}
    for region in Region.objects.all():
        for name in (region.code, region.name_pl, region.name_en, region.name_ru):
            if name:
                found[name.casefold()] = region
    return found


def _offices(wanted: set[str]) -> dict[str, Office]:
    return {office.slug.casefold(): office for office in Office.objects.filter(slug__in=wanted, is_active=True)}


def _held(emails: set[str]) -> set[tuple[object, ...]]:
    rows = Membership.objects.active().filter(user__email__in=emails)
    return set(rows.values_list("user__email", "role", "office_id", "region_id"))
