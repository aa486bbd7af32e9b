"""The anonymous distribution of scores, with the own one: picture, sentence and table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from django.utils.translation import gettext, ngettext

from qms import charts
from qms.stats.disclosure import MINIMUM
from qms.ui import numbers
from qms.ui.components import DataTable, Part

SHOWN, KEPT, HELD_BACK = "shown", "kept", "held_back"


@dataclass(frozen=True)
class Spread(Part):
    """How the scores of a subcriterion lie; without a picture it says why there is none."""

    said: str
    title: str = ""
    picture: str = ""
    table: DataTable | None = None
    note: str = ""
    level: int = 3
    template_name: ClassVar[str] = "exchange/_spread.html"

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        content = {
            "node": "8.1",
            "state": SHOWN,
            "count": 23,
            "median": "41",
            "lowest": 0,
            "highest": 100,
            "bins": [[0, 32, 5], [32, 40, 6], [40, 51, 6], [51, 100, 6]],
        }
        return (spread_of(content, own="28"), spread_of({"node": "8.1", "state": "too_few"}))  # type: ignore[return-value]


def spread_of(
    content: Mapping[str, Any] | None, *, own: str | None = None, is_withdrawn: bool = False, title: str = ""
) -> Spread:
    """The distribution as it may be shown now."""
    if content is None:
        return Spread(_too_few(), title)
    if is_withdrawn:
        return Spread(
            gettext(
                "The distribution is not shown: an office has withdrawn its score."
                " It comes back once enough offices differ that nobody can reckon the score out."
            ),
            title,
        )
    if content["state"] == HELD_BACK:
        return Spread(
            gettext("The distribution is not shown: beside the last one it would tell too much of single offices."),
            title,
        )
    if content["state"] not in (SHOWN, KEPT) or not content.get("bins"):
        return Spread(_too_few(), title)
    return _drawn(content, own, title)


def _too_few() -> str:
    said = gettext("The distribution is not shown: fewer than %(least)s offices share their score here.")
    return said % {"least": MINIMUM}


def _drawn(content: Mapping[str, Any], own: str | None, title: str) -> Spread:
    node, count = content["node"], content["count"]
    median = numbers.figure(content["median"])
    said = ngettext(
        "Scores of %(count)s office without names; the number on a column is how many offices it holds",
        "Scores of %(count)s offices without names; the number on a column is how many offices it holds",
        count,
    ) % {"count": count}
    facts = {"node": node, "median": median, "own": numbers.figure(own)}
    if own is None:
        described = gettext("The median is %(median)s. All numbers are in the table.") % facts
    else:
        described = gettext("Your office has %(own)s, the median is %(median)s. All numbers are in the table.") % facts
    picture = charts.spread(
        [(low, high, many) for low, high, many in content["bins"]],
        minimum=content["lowest"],
        maximum=content["highest"],
        own=None if own is None else numbers.rounded(own, 2),
        own_name=gettext("You %(own)s") % facts,
        median=numbers.rounded(content["median"], 2),
        median_name=gettext("median %(median)s") % facts,
        ident=f"spread-{node}",
        title=gettext("Scores in %(node)s") % facts,
        description=described,
        figure=numbers.formatter(0),
    )
    return Spread(said, title, picture, _table(content), _note(content))


def _table(content: Mapping[str, Any]) -> DataTable:
    caption = gettext("Distribution of the scores in %(node)s") % {"node": content["node"]}
    heads = (gettext("Score"), gettext("Offices"))
    return DataTable(caption, heads, tuple(rows_of(content["bins"])), (1,))


def rows_of(bins: Sequence[Sequence[int]]) -> list[tuple[str, str]]:
    """The columns in words: 20–31, and the highest one with its end."""
    last = len(bins) - 1
    return [
        (f"{numbers.figure(low)}–{numbers.figure(high if place == last else high - 1)}", numbers.figure(count))
        for place, (low, high, count) in enumerate(bins)
    ]


def _note(content: Mapping[str, Any]) -> str:
    said = gettext("Each group holds at least %(least)s offices; finer groups are not shown.") % {"least": MINIMUM}
    if content["state"] != KEPT:
        return said
    kept = gettext("The distribution is older: a newer one beside it would tell too much of single offices.")
    return f"{said} {kept}"
