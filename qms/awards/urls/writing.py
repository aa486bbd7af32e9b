"""Addresses of the area "writing"."""

from __future__ import annotations

from django.urls import URLPattern, path

from qms.awards.views import history, saving, writing

SECTION = "applications/<int:pk>/sections/<int:section>"

urlpatterns: list[URLPattern] = [
    path(f"{SECTION}/", writing.section, name="section"),
    path(f"{SECTION}/save/", saving.section_save, name="section-save"),
    path(f"{SECTION}/ready/", writing.section_ready, name="section-ready"),
    path(f"{SECTION}/comment/", writing.section_comment, name="section-comment"),
    path(f"{SECTION}/history/", history.section_history, name="section-history"),
    path(f"{SECTION}/restore/", history.section_restore, name="section-restore"),
    path("comments/<int:pk>/settle/", writing.comment_settle, name="comment-settle"),
]
