"""The library on a map: tiles for the Polish voivodeships, a table for all regions."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext, ngettext

from qms.charts.tiles import POLAND, Tile, tiles
from qms.goodpractices.queries.opendata import RegionCount
from qms.ui import numbers
from qms.ui.components import DataTable, Figure, Link


def teryt(region: RegionCount) -> str:
    """The code of a voivodeship in the register; other countries' regions have none."""
    return region.code.lower().removeprefix("pl-") if region.country == "PL" else ""


def map_of(regions: Sequence[RegionCount], *, links: dict[str, str]) -> Figure:
    """Practices by region; `links` are addresses of the library narrowed to each region, by the region's code."""
    known = {teryt(region): region for region in regions}
    placed = []
    for code, (letters, spot) in POLAND.items():
        region = known.get(code)
        count, name = (region.practices, region.name) if region else (0, letters)
        url = links.get(region.code, "") if region and count else ""
        placed.append(Tile(spot, letters, name, count, url))
    total = sum(region.practices for region in regions)
    abroad = sum(region.practices for region in regions if teryt(region) not in POLAND)
    title = gettext("Published practices by voivodeship")
    svg = tiles(
        placed, ident="practice-map", title=title, description=_said(regions), figure=numbers.formatter(digits=0)
    )
    # Its table stands beside it on the page, with other countries too.
    return Figure(title, svg, unit=_scope(total, abroad))


def table_of(regions: Sequence[RegionCount], *, links: dict[str, str]) -> DataTable:
    """The same in figures, other countries included."""
    rows = tuple(
        (
            Link(region.name, links[region.code]) if region.practices and region.code in links else region.name,
            region.country,
            numbers.figure(region.practices),
            numbers.figure(region.offices),
        )
        for region in regions
    )
    heads = (gettext("Region"), gettext("Country"), gettext("Practices"), gettext("Offices that share"))
    return DataTable(gettext("Practices by region"), heads, rows, (2, 3))


def _scope(total: int, abroad: int) -> str:
    words = ngettext("%(count)s practice", "%(count)s practices", total) % {"count": total}
    if not abroad:
        return words
    return gettext("%(practices)s, %(count)s of them in other countries: see the table") % {
        "practices": words,
        "count": abroad,
    }


def _said(regions: Sequence[RegionCount]) -> str:
    shown = [f"{region.name}: {region.practices}" for region in regions if region.practices][:5]
    return "; ".join(shown) + "." if shown else gettext("No region shares a practice yet.")
