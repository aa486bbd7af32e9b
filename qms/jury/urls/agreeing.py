"""Addresses of the area "agreeing"."""

from __future__ import annotations

from django.urls import URLPattern, path

from qms.jury.views import agreeing, talks

urlpatterns: list[URLPattern] = [
    path("received/<int:pk>/talk/", talks.talk, name="talk"),
    path("received/<int:pk>/sections/<int:section>/agree/", agreeing.agree, name="agree"),
    path("received/<int:pk>/agree-close/", agreeing.agree_close, name="agree-close"),
]
