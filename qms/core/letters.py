"""What letters are there, who wants them how, and what the letters of core itself say.

An app registers its kinds in its own `letters.py`, which is read when somebody asks for them. Who wants which letter is
known above: `letter_rhythms` is filled in `AppConfig.ready()` by the app that keeps people's preferences.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from django.conf import settings
from django.template.defaultfilters import truncatechars
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from qms.core.models import Job, Letter
from qms.lifecycle import Refused, gettext_noop

Text = str | Promise

SIGNATURE = "\n--\n"  # what base.txt writes between a letter and its footer
DIGEST_AT = dt.time(7)
EXCERPT = 240
GREETING = 25  # a first paragraph that is hardly longer than the reader's name only greets
ALWAYS = frozenset({"invitation", "password_reset", "second_factor", "security"})
"""Names, after the app's, of kinds that always go, so that none of them is lost for want of a registration."""


# --- Kinds -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Kind:
    """A kind of letter: its name on pages, whether one may decline it, and what its text may tell."""

    code: str
    label: Text
    always_goes: bool = False
    placeholders: Mapping[str, Text] = field(default_factory=dict)
    days: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()

    @property
    def template(self) -> str:
        """Where its files stand under templates/mail."""
        return self.code.replace(".", "/", 1)

    @property
    def known(self) -> dict[str, Text]:
        """Every placeholder that its text may use, with what it stands for."""
        hours = {f"{name}_time": _("the hour of the same moment") for name in self.days}
        return {**self.placeholders, **hours, "link": _("the address of the page that the letter leads to")}


_kinds: dict[str, Kind] = {}


def register_kind(
    code: str,
    label: Text,
    *,
    always_goes: bool = False,
    placeholders: Mapping[str, Text] | None = None,
    days: Iterable[str] = (),
    needs: Iterable[str] = (),
) -> None:
    """Name a kind of letter, "<app>.<letter>"; its files are templates/mail/<app>/<letter>.subject.txt, .txt and .html.

    One may decline it unless it `always_goes`. `placeholders` are what a coordinator's own text may use: names of the
    letter's context, each with what it stands for; those in `days` are moments, those in `needs` may not be left out.
    """
    always = always_goes or _always(code)
    _kinds[code] = Kind(code, label, always, dict(placeholders or {}), tuple(days), tuple(needs))


def kinds() -> tuple[Kind, ...]:
    """Every kind of letter that an app has named, by its code."""
    autodiscover_modules("letters")
    return tuple(_kinds[code] for code in sorted(_kinds))


def kind_of(code: str) -> Kind:
    """The kind with this code; a bare one where no app has named it."""
    if code not in _kinds:
        autodiscover_modules("letters")
    return _kinds.get(code) or Kind(code, code, _always(code))


def declinable() -> tuple[Kind, ...]:
    """Kinds that a person may decline."""
    return tuple(kind for kind in kinds() if not kind.always_goes)


def _always(code: str) -> bool:
    return code.rpartition(".")[2] in ALWAYS


# --- Before it is posted ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Draft:
    """One letter before it is posted: the fields that the outbox asks for."""

    kind: str
    to: str
    language: str
    template: str
    context: Mapping[str, object]
    office_id: int | None
    user: Any = None
    is_personal: bool = False

    def posted(self) -> dict[str, Any]:
        """The keyword arguments of `core.services.post_letter`."""
        return {part.name: getattr(self, part.name) for part in fields(self)}


# --- Who wants them how ----------------------------------------------------------------------------------------------

letter_rhythms: list[Callable[[Any, str], str]] = []
"""Rules that say how a person wants letters of a kind: "each" as it comes, "digest" once a day, or "none".

Filled in `AppConfig.ready()` by the app that keeps the preferences: `letter_rhythms.append(rhythm_of)`.
"""


def rhythm_for(user: Any, kind: str) -> str:
    """How this person wants letters of this kind; each at once where nobody knows."""
    answers = {rule(user, kind) for rule in letter_rhythms}
    return next((rhythm for rhythm in ("none", "digest") if rhythm in answers), "each")


def next_digest(at: dt.datetime) -> dt.datetime:
    """The moment of the next daily letter, by the clock of the platform."""
    here = at.astimezone(get_default_timezone())
    today = dt.datetime.combine(here.date(), DIGEST_AT, tzinfo=here.tzinfo)
    return today if here < today else dt.datetime.combine(here.date() + dt.timedelta(days=1), DIGEST_AT, here.tzinfo)


# --- A coordinator's own text ----------------------------------------------------------------------------------------

PLACEHOLDER = re.compile(r"\{\s*([^{}]*?)\s*\}")


def values_of(context: Mapping[str, object]) -> dict[str, str]:
    """What placeholders stand for in this letter, in the language of the moment; nothing for what is no text."""
    values: dict[str, str] = {}
    for name, value in context.items():
        if isinstance(value, dt.datetime):
            values[f"{name}_time"] = date_format(value, "H:i")
        if isinstance(value, dt.date):
            values[name] = date_format(value, "DATE_FORMAT")
        elif isinstance(value, str | int | Promise) and not isinstance(value, bool):
            values[name] = str(value)
    return {**values, "link": link_of(context)}


def link_of(context: Mapping[str, object]) -> str:
    """The whole address that a letter leads to."""
    return str(context.get("address") or absolute(str(context.get("path") or "")))


def absolute(path: str) -> str:
    """The whole address of a path on this site; nothing for no path."""
    if not path.startswith("/"):
        return path
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + path


def filled(text: str, values: Mapping[str, str], *, needs: Iterable[str] = ()) -> str:
    """The text with its placeholders filled; a line that lacks what it should tell is left out, a needed one never."""
    told = [_line(line, values) for line in text.split("\n") if _is_told(line, values, set(needs))]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(told)).strip()


def _is_told(line: str, values: Mapping[str, str], needs: set[str]) -> bool:
    names = PLACEHOLDER.findall(line)
    return all(values.get(name) for name in names) or bool(needs & set(names))


def _line(line: str, values: Mapping[str, str]) -> str:
    return PLACEHOLDER.sub(lambda found: values.get(found[1], ""), line)


def check_subject(kind: Kind, subject: str) -> None:
    """Refuse a subject that asks for what no letter of this kind can tell, or that shows the link to every reader."""
    _check(kind, subject)
    if "link" in PLACEHOLDER.findall(subject):
        raise Refused(gettext_noop("The link cannot stand in the subject: others see the subject in the outbox."))


def check_body(kind: Kind, body: str) -> None:
    """Refuse a text that asks for what no letter of this kind can tell, or leaves out what it is written for."""
    _check(kind, body)
    for name in kind.needs:
        if name not in PLACEHOLDER.findall(body):
            raise Refused(
                gettext_noop("This letter needs {%(name)s} in its text: without it the reader gets no further."),
                name=name,
            )


def _check(kind: Kind, text: str) -> None:
    for name in PLACEHOLDER.findall(text):
        if name not in kind.known:
            raise Refused(
                gettext_noop("There is no placeholder {%(name)s} in this letter. You can use: %(known)s."),
                name=name,
                known=", ".join(f"{{{one}}}" for one in kind.known),
            )
    if re.search(r"[{}]", PLACEHOLDER.sub("", text)):
        raise Refused(gettext_noop("A curly bracket stands alone: a placeholder is written like {name}."))


# --- What core's own letters say -------------------------------------------------------------------------------------

register_kind(
    "core.job_done",
    _("Long work that I asked for is done or has failed"),
    placeholders={
        "name": _("the reader's name"),
        "title": _("what was to be done"),
        "state": _("done or failed"),
        "reason": _("why it failed"),
    },
    needs=["state"],
)
register_kind("core.digest", _("One letter a day"), always_goes=True)


def job_done(job: Job) -> dict[str, Any]:
    """To whoever asked for work that took long: it is done, or why it failed, and where to look."""
    reader: Any = job.created_by
    language = getattr(reader, "language", "") or job.language
    with override(language):
        path = (job.state == Job.State.DONE and job.result_url) or job.get_absolute_url()
        context = {
            "name": _name_of(reader),
            "title": job.title,
            "state": job.get_state_display(),
            "reason": job.why,
            "path": path,
        }
    return {
        "kind": "core.job_done",
        "to": reader.email,
        "language": language,
        "template": "core/job_done",
        "context": context,
        "user": reader,
        "office_id": job.office_id,
    }


@dataclass(frozen=True)
class Entry:
    """One letter in the daily letter."""

    subject: str
    excerpt: str
    url: str


def digest(reader: Any, letters: Iterable[Letter]) -> dict[str, Any]:
    """To whoever wants one letter a day: what waited, each with its first lines and its link."""
    letters = list(letters)
    language = getattr(reader, "language", "") or letters[-1].language
    name = _name_of(reader)
    with override(language):
        entries = tuple(
            Entry(one.subject, excerpt_of(one.text, reader=name), absolute(one.link or one.get_absolute_url()))
            for one in letters
        )
        # It is the reader's own choice, so its footer does not say that it always comes.
        context = {"name": name, "entries": entries, "count": len(entries), "always_goes": False}
    return {
        "kind": "core.digest",
        "to": reader.email,
        "language": language,
        "template": "core/digest",
        "context": context,
        "user": reader,
        "is_personal": True,  # it tells of several offices: nobody else may read all of it
    }


def excerpt_of(text: str, *, reader: str) -> str:
    """The first lines of a letter: neither its greeting nor its links."""
    paragraphs = [" ".join(part.split()) for part in re.split(r"\n\s*\n", text.split(SIGNATURE, maxsplit=1)[0])]
    told = [part for part in paragraphs if part and "://" not in part]
    if len(told) > 1 and reader in told[0] and len(told[0]) < len(reader) + GREETING:
        told = told[1:]
    return truncatechars(" ".join(told), EXCERPT)


def _name_of(reader: Any) -> str:
    return str(getattr(reader, "name", "") or reader.get_full_name() or reader.email)
