"""Addresses of the area "calls"."""

from __future__ import annotations

from django.urls import URLPattern, path

from qms.exchange.views import calls

urlpatterns: list[URLPattern] = [
    path("help/", calls.help_list, name="help-list"),
    path("help/add/", calls.help_add, name="help-add"),
    path("help/<int:pk>/", calls.help_call, name="help"),
    path("help/<int:pk>/edit/", calls.help_edit, name="help-edit"),
    path("help/<int:pk>/close/", calls.help_close, name="help-close"),
    path("help/<int:pk>/answer/", calls.help_answer, name="help-answer"),
]
