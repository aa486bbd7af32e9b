"""Addresses of the area "press"."""

from __future__ import annotations

from django.urls import URLPattern, path

from qms.laureates.views import pages, press

urlpatterns: list[URLPattern] = [
    path("rounds/<int:pk>/press/", press.press_list, name="press-list"),
    path("rounds/<int:pk>/press/begin/", press.press_begin, name="press-begin"),
    path("rounds/<int:pk>/press/ask/", press.press_ask, name="press-ask"),
    path("rounds/<int:pk>/press-release/", press.press_release, name="press-release"),
    path("rounds/<int:pk>/page/", pages.page_show, name="page-show"),
    path("press/<int:pk>/edit/", press.press_edit, name="press-edit"),
    path("press/<int:pk>/", press.press, name="press"),
    path("applications/<int:pk>/practice/", pages.practice, name="practice"),
]
