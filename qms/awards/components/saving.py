"""What a section that saves itself answers its script, and what the script says when nobody answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from qms.awards.domain.writing import Clash, Saved
from qms.lifecycle import Refused
from qms.ui.words import sentence

from .hours import clock_in


def answer_of(saved: Saved, faulty: Iterable[Any], *, zone: str, at: datetime) -> dict[str, Any]:
    """When it was saved, how each piece is read now, and what is not saved and why."""
    return {
        "said": _("Saved at %(hour)s") % {"hour": clock_in(zone, at)},
        "reads": {ident: str(read) for ident, read in saved.reads.items()},
        "clashes": {clash.ident: _clash_words(clash) for clash in saved.clashes},
        "faults": {entry.ident: dict(_faults(entry)) for entry in faulty},
    }


def refused_words(refusal: Refused) -> str:
    """Why nothing was taken, and that the text is still there."""
    return f"{sentence(refusal)} {_('What you typed stays on this page. Copy it before you leave.')}"


def words_of_script() -> dict[str, str]:
    """What the script says by itself."""
    return {
        "unsaved": _("Not saved yet"),
        "offline": _("No connection. What you typed stays on this page and is sent again by itself."),
        "broken": _("The server could not save this. What you typed stays on this page: press “Save”."),
        "signed_out": _("You are signed out. What you typed stays on this page: sign in again in another window."),
        "gone": _("You cannot write here any more. What you typed stays on this page. Copy it before you leave."),
        "clash": _("Somebody else changed the same place meanwhile. “Save” shows both texts."),
        "wrong": _("Not saved yet: please mend what is marked."),
        "rest": _("Everything else is saved."),
    }


def _clash_words(clash: Clash) -> str:
    if clash.theirs is None:
        return _("Somebody took this out meanwhile. “Save” lets you put your text back.")
    return _("%(name)s changed this meanwhile. Your text is not saved: “Save” shows both.") % {"name": clash.who}


def _faults(entry: Any) -> Iterator[tuple[str, str]]:
    """The name of each wrong field with what is wrong."""
    for name, errors in entry.form.errors.items():
        field = name if name in entry.form.fields else next(iter(entry.form.fields))
        yield entry.form.add_prefix(field), " ".join(map(str, errors))
