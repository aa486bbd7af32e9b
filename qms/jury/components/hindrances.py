"""In words: what keeps a list from being closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qms.jury.domain.deciding import OUT, Hindrance, Why

MOST_NAMED = 8


def hindrance_words(found: Hindrance, prizes: Mapping[int, str]) -> str:
    """One sentence with the numbers of the applications."""
    count = len(found.numbers)
    chosen = ngettext("%(count)s visit chosen", "%(count)s visits chosen", count) % {"count": count}
    sentences: dict[Why, str] = {
        "nothing": _("Nothing was received in this category."),
        "hidden": _("Scores are still hidden: %(numbers)s."),
        "talk": _("The jurors have to talk first: %(numbers)s."),
        "visit": _("A visit is neither held nor cancelled: %(numbers)s."),
        "empty": _("Nothing is decided yet: %(numbers)s."),
        "talk_first": _("Decided was to talk first: %(numbers)s."),
        "no_reason": _("No visit needs a reason: %(numbers)s."),
        "below": _("A visit below the threshold needs a reason: %(numbers)s."),
        "too_many": _("%(prize)s: %(count)s chosen, at most %(most)s."),
        "too_many_visits": _("%(chosen)s, at most %(most)s."),
    }
    words = sentences[found.why]
    if found.why == "below" and found.prize:
        words = _("%(prize)s below its points needs a reason: %(numbers)s.")
    prize = prizes.get(found.prize or 0, "")
    return words % {
        "numbers": named(found.numbers),
        "prize": prize,
        "most": found.most,
        "count": count,
        "chosen": chosen,
    }


def without_prize(outcome: str) -> str:
    """What is said instead of a prize where nobody could judge; nothing for all other decisions."""
    return _("Not judged, out of competition") if outcome == OUT else ""


def named(numbers: Sequence[str]) -> str:
    """The numbers in a row; of many the first ones and how many more there are."""
    if len(numbers) <= MOST_NAMED + 1:
        return ", ".join(numbers)
    more = len(numbers) - MOST_NAMED
    words = ngettext("and %(count)s more", "and %(count)s more", more) % {"count": more}
    return f"{', '.join(numbers[:MOST_NAMED])} {words}"
