"""The words of a letter: the file's, or a coordinator's own."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any, cast

from django.template import Context, TemplateDoesNotExist
from django.template.backends.django import Template
from django.template.loader import get_template, render_to_string
from django.utils.formats import date_format
from django.utils.translation import override

from qms.core.letters import SIGNATURE, Kind, filled, kind_of, values_of
from qms.core.models import LetterText

EXAMPLE_DAY = dt.datetime(1903, 2, 1, 4, 7)  # noqa: DTZ001  stands for any moment, and is no moment of a real letter


def words_of(kind: str, template: str, values: Mapping[str, Any]) -> tuple[str, str, str]:
    """Subject, text and page of a letter: a coordinator's words where there are some, else the file's."""
    own = LetterText.objects.filter(kind=kind, language=values["language"]).first()
    if own:
        return _own_words(own, template, values)
    subject = _one_line(_text_of(f"mail/{template}.subject.txt", values))
    text = _tidy(_text_of(f"mail/{template}.txt", values))
    return subject, text, _html_of(template, {**values, "subject": subject})


def _own_words(own: LetterText, template: str, values: Mapping[str, Any]) -> tuple[str, str, str]:
    told = values_of(values)
    body = filled(own.body, told, needs=kind_of(own.kind).needs)
    subject = _one_line(filled(own.subject, told, needs=told))  # a subject is one line and cannot be left out
    # Only the content changes: why one gets the letter, and where one declines it, stays what the file says.
    context = {**values, "subject": subject, "body": body}
    text = _tidy(_text_of("mail/own.txt", {**context, "original": f"mail/{template}.txt"}))
    page = f"mail/{template}.html" if _html_of(template, context) else "mail/base.html"
    return subject, text, render_to_string("mail/own.html", {**context, "original": page})


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _tidy(text: str) -> str:
    return re.sub(r"\n\s*\n", "\n\n", text).strip() + "\n"


def _text_of(name: str, values: Mapping[str, Any]) -> str:
    template = cast("Template", get_template(name)).template
    return template.render(Context(dict(values), autoescape=False))


def _html_of(template: str, values: Mapping[str, Any]) -> str:
    try:
        return render_to_string(f"mail/{template}.html", dict(values))
    except TemplateDoesNotExist as missing:
        if missing.args[0] != f"mail/{template}.html":
            raise
        return ""


def original_of(kind: Kind, *, language: str) -> tuple[str, str]:
    """Subject and text of the file, with placeholders where a letter would tell something of its own."""
    moments = {name: EXAMPLE_DAY + dt.timedelta(days=number, minutes=number) for number, name in enumerate(kind.days)}
    words = {name: f"{{{name}}}" for name in kind.placeholders}
    values = {**words, **moments, "path": "{link}", "address": "{link}", "language": language}
    with override(language):
        subject = _one_line(_text_of(f"mail/{kind.template}.subject.txt", values))
        body = _tidy(_text_of(f"mail/{kind.template}.txt", values)).split(SIGNATURE)[0]
        for name, moment in moments.items():
            body = body.replace(date_format(moment, "DATE_FORMAT"), f"{{{name}}}")
            body = body.replace(date_format(moment, "H:i"), f"{{{name}_time}}")
    return subject, body


def is_editable(kind: Kind) -> bool:
    """Whether the kind has a text of words and placeholders; the daily letter, a list of others, has none."""
    if kind.code == "core.digest":
        return False
    try:
        original_of(kind, language="en")
    except TemplateDoesNotExist:
        return False
    return True
