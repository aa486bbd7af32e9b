"""Addresses of the area "annexes"."""

from __future__ import annotations

from django.urls import path

from qms.awards.views import annexes as views

urlpatterns = [
    path("applications/<int:pk>/annexes/", views.annexes, name="annexes"),
    path("annexes/<int:pk>/file/", views.annex_file, name="annex-file"),
    path("annexes/<int:pk>/remove/", views.annex_remove, name="annex-remove"),
    path("annexes/<int:pk>/move/", views.annex_move, name="annex-move"),
]
