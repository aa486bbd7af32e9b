"""An app is entered by its front rooms, never through its views or forms."""

from collections.abc import Iterator

import grimp

FRONT_ROOMS = {"models", "queries", "services", "domain", "permissions", "components"}
FURNITURE = {"core", "ui", "pdf", "charts", "stats", "lifecycle"}


def trespasses(graph: grimp.ImportGraph) -> Iterator[str]:
    for importer in sorted(graph.modules):
        for imported in sorted(graph.find_modules_directly_imported_by(importer)):
            home, (away, *rooms) = importer.split(".")[1:2], imported.split(".")[1:]
            if home == [away] or away in FURNITURE or FRONT_ROOMS & set(rooms[:1]):
                continue
            yield f"{importer} -> {imported}"


def test_apps_are_entered_by_their_front_rooms():
    graph = grimp.build_graph("qms", cache_dir=None)

    assert sorted(trespasses(graph)) == []
