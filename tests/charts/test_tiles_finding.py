"""The map of tiles."""

from defusedxml import ElementTree

from qms.charts.tiles import POLAND, Tile, tiles


def poland(values, url=""):
    return [Tile(spot, letters, code, values.get(code, 0), url) for code, (letters, spot) in POLAND.items()]


def test_all_sixteen_voivodeships_have_a_place_of_their_own():
    assert len(POLAND) == len({spot for _letters, spot in POLAND.values()}) == 16
    assert len({letters for letters, _spot in POLAND.values()}) == 16


def test_tile_shows_its_number_and_its_name():
    svg = tiles(poland({"28": 3}), ident="map", title="Practices", description="By region.")
    root = ElementTree.fromstring(svg)
    assert root.get("role") == "img"
    assert "28: 3" in [found.text for found in root.iter("title")]
    assert [found.text for found in root.iter("text")].count("3") == 1


def test_more_is_stronger_and_none_is_bare():
    root = ElementTree.fromstring(tiles(poland({"28": 4, "26": 2})))
    grounds = [float(found.get("fill-opacity")) for found in root.iter("rect") if found.get("fill") == "currentColor"]
    assert sorted(grounds) == [0.26, 0.42]


def test_tile_with_an_address_is_a_link_and_names_are_escaped():
    root = ElementTree.fromstring(
        tiles([Tile((0, 0), "XX", "<b>&", 1, "?a=1&b=2")], ident="m", title="T", description="D")
    )
    assert root.get("role") == "group"
    assert [found.get("href") for found in root.iter("a")] == ["?a=1&b=2"]


def test_no_regions_is_an_empty_picture():
    assert ElementTree.fromstring(tiles([])).get("aria-hidden") == "true"
