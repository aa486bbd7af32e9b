"""Sentences for people, made at the edge."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

if TYPE_CHECKING:
    from qms.lifecycle import Refused

# Polish and Russian words of one letter do not stand at the end of a line; a sign does not part from its number.
_LONE_WORD = re.compile(r"(?<![\w&;])([aiouwzAIOUWZвикосуяВИКОСУЯ]) (?=\S)")
_UNIT = re.compile(r"(?<=\d) (?=(?:dni|dzień|dnia|days?|дн\w+|roku)\b|г\.)")
_NUMBER = re.compile(r"\b(n) = (?=\d)")


def sentence(refusal: Refused) -> str:
    """What a rule says no with, in the reader's language."""
    said = gettext(refusal.text)
    if not refusal.values:
        return said
    return said % {name: str(value) for name, value in refusal.values.items()}


def bind(text: object) -> str:
    """The same text without lone one-letter words at the ends of lines."""
    plain = str(text)
    if " " not in plain:
        return text if isinstance(text, str) else plain
    bound = _UNIT.sub("\u00a0", _LONE_WORD.sub("\\1\u00a0", plain))
    bound = _NUMBER.sub("\\1\u00a0=\u00a0", bound).replace(" %", "\u00a0%")
    if isinstance(text, SafeString):
        return mark_safe(bound)
    return bound
