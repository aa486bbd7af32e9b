"""Addresses of the area "beginning"."""

from __future__ import annotations

from django.urls import URLPattern, path

from qms.awards.views import beginning, choosing, filling

urlpatterns: list[URLPattern] = [
    path("categories/<int:pk>/begin/", beginning.begin, name="begin"),
    path("applications/", beginning.application_list, name="application-list"),
    path("applications/<int:pk>/", beginning.application, name="application"),
    path("applications/<int:pk>/editors/", choosing.editors, name="editors"),
    path("applications/<int:pk>/assessment/", choosing.assessment, name="assessment"),
    path("applications/<int:pk>/fill/", filling.fill, name="fill"),
    path("applications/<int:pk>/sections/<int:section>/pick/<int:question>/", filling.pick, name="pick"),
]
