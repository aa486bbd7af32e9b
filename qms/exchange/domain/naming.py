"""Whether a text that shall stand without a name gives the name away all the same."""

from __future__ import annotations

import re
from collections.abc import Iterable

from qms.goodpractices.domain.words import folded

SHORT = 4


def named_in(text: str, names: Iterable[str]) -> str:
    """The first of these names that stands in the text, in any case and ending as far as can be told; else nothing."""
    told = folded(text)
    return next((name for name in names if name.strip() and _pattern(name).search(told)), "")


def _pattern(name: str) -> re.Pattern[str]:
    """The name with the endings that Polish and Russian give to it."""
    words = re.findall(r"\w+", folded(name))
    # One short word alone is also the beginning of many others: only beside a second one may its ending change.
    endings = (re.escape(word) if len(words) == 1 and len(word) <= SHORT else _any_ending(word) for word in words)
    return re.compile(r"\b" + r"\W+".join(endings) + r"\b")


def _any_ending(word: str) -> str:
    if len(word) < SHORT or word.isdigit():
        return re.escape(word)
    stem = word[: -2 if len(word) > SHORT + 2 else -1]
    return re.escape(stem) + r"\w{0,4}"
