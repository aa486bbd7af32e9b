"""Addresses of the area "dossiers"."""

from __future__ import annotations

from django.urls import URLPattern, path

from qms.awards.views import archives, blanks, dossiers, verifying

urlpatterns: list[URLPattern] = [
    path("applications/<int:pk>/dossier/", dossiers.dossier, name="dossier"),
    path("applications/<int:pk>/dossier/order/", dossiers.dossier_order, name="dossier-order"),
    path("dossiers/<int:pk>/file/", dossiers.dossier_file, name="dossier-file"),
    path("categories/<int:pk>/blank/", blanks.blank_file, name="blank-file"),
    path("categories/<int:pk>/blank/order/", blanks.blank_order, name="blank-order"),
    path("rounds/<int:pk>/archive/", archives.archive_order, name="archive-order"),
    path("rounds/<int:pk>/archive/file/", archives.archive_file, name="archive-file"),
    path("verify/", verifying.verify_any, name="verify-any"),
    path("verify/<str:code>/", verifying.verify, name="verify"),
]
