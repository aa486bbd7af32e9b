"""Search, feeds, open data, map."""

from __future__ import annotations

from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from qms.goodpractices.views import finding, searches

urlpatterns: list[URLPattern] = [
    path("searches/", searches.searches, name="searches"),
    path("searches/save/", searches.search_save, name="search-save"),
    path("searches/<int:pk>/", searches.search_change, name="search-change"),
    path("feed.xml", require_safe(finding.PracticeFeed()), name="feed"),
    path("practices.csv", finding.data_csv, name="data-csv"),
    path("practices.json", finding.data_json, name="data-json"),
    path("open-data/", finding.open_data, name="open-data"),
    path("map/", finding.practice_map, name="map"),
]
