"""Which sheets and columns a framework's workbook has; codes that no translation changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

BETWEEN = ":"  # title:pl
LIST = ","


@dataclass(frozen=True)
class Columns:
    """The columns of one sheet: plain ones, then texts and lists in each language."""

    plain: tuple[str, ...]
    texts: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()  # among the plain ones: whole numbers

    def headers(self, languages: Iterable[str]) -> tuple[str, ...]:
        """The headings, for these languages."""
        codes = tuple(languages)
        spoken = [f"{name}{BETWEEN}{code}" for name in (*self.texts, *self.lists) for code in codes]
        return (*self.plain, *spoken)


SHEETS: Mapping[str, Columns] = {
    "groups": Columns(("code",), ("title", "about")),
    "bands": Columns(("code", "from", "to"), ("title",), whole=("from", "to")),
    "panels": Columns(("code",), ("title", "about")),
    "dimensions": Columns(
        ("panel", "group", "combination", "by", "code", "minimum", "maximum", "step"),
        ("title", "question"),
        whole=("minimum", "maximum", "step"),
    ),
    "anchors": Columns(("panel", "group", "dimension", "band"), ("anchor",)),
    "nodes": Columns(
        ("id", "parent", "group", "weight", "was"), ("title", "short", "about", "guidance"), ("examples", "evidence")
    ),
}

# The first sheet has a row for each of these, with its value or its text in each language.
FIRST, HELP = "framework", "help"
FIELD, VALUE = "field", "value"
WORDS = ("code", "framework", "edition", "follows", "languages")
SPOKEN = ("title", "short", "about", "attribution", "wording")
RULES = (
    "rounding.node",
    "rounding.criterion",
    "rounding.total",
    "rollup.criterion",
    "rollup.total",
    "rollup.maximum",
    "rollup.requires",
    "consensus.discuss_above",
    "consensus.fast_track_to",
    "consensus.fast_track_same_band",
)
FIELDS = (*WORDS, *SPOKEN, *RULES)
USUAL: Mapping[str, object] = {
    "rounding.node": 0,
    "rounding.criterion": 1,
    "rounding.total": 0,
    "rollup.criterion": "mean",
    "rollup.total": "mean",
    "rollup.requires": "all-criteria",
    "consensus.fast_track_same_band": "true",
}


def explained() -> list[tuple[str, str, str]]:
    """What belongs where, in the reader's language: sheet, column or row, meaning."""
    return [
        (FIRST, "code", _("Code of this edition, never used twice: small letters, digits, hyphens, such as caf-2020.")),
        (FIRST, "framework", _("Code of the framework whose edition this is, such as caf.")),
        (FIRST, "edition", _("Name of the edition, such as 2020.")),
        (FIRST, "follows", _("Code of the edition that this one follows; may be blank.")),
        (FIRST, "languages", _("Languages with commas between them; every text must be there in the first.")),
        (FIRST, "wording", _("In each language's column: official, working or own.")),
        (FIRST, "rounding.*", _("Decimal places that are shown; figures are always computed exactly.")),
        (FIRST, "rollup.total", _("The total is the sum of the criteria (sum) or their mean (mean).")),
        (FIRST, "rollup.maximum", _("The highest sum where criteria have weights; may be blank.")),
        (FIRST, "rollup.requires", _("What must have a value before there is one: all-criteria, all-nodes or any.")),
        (FIRST, "consensus.discuss_above", _("The group talks where individual scores differ by more than this.")),
        (FIRST, "consensus.fast_track_to", _("Up to this difference the median may be taken over at once.")),
        (FIRST, "consensus.fast_track_same_band", _("true: only when all scores lie in one band; else false.")),
        ("groups", "code", _("Groups of criteria that are scored alike. At least one.")),
        ("bands", "from, to", _("Bands without holes, lowest first, six at most: together they are the scale.")),
        ("panels", "code", _("Ways of scoring. At least one.")),
        ("dimensions", "panel, group", _("One row for each mark that is given: in which panel, for which group.")),
        ("dimensions", "combination", _("mean, single (one dimension) or capped (never above the dimension in “by”).")),
        ("dimensions", "minimum, maximum", _("The same range as the bands.")),
        ("anchors", "anchor", _("What a mark in that band means: a row for each dimension and band.")),
        ("nodes", "id", _("Number of the criterion or of its part, such as 1.1. Write it as text.")),
        ("nodes", "parent", _("The number above it; blank for criteria. What has nothing below it is scored.")),
        ("nodes", "group", _("The group; what stands below has the same unless it names its own.")),
        ("nodes", "weight", _("Weight beside its neighbours; blank where all weigh the same.")),
        ("nodes", "was", _("Its number in the followed edition; blank if it is new.")),
        ("nodes", "examples, evidence", _("Several in one cell, each on a line of its own.")),
    ]  # fmt: skip
