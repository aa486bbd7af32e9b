"""Addresses of the area "pool"."""

from __future__ import annotations

from django.urls import URLPattern, path

from qms.jury.views import phases, pool

urlpatterns: list[URLPattern] = [
    path("rounds/<int:pk>/", pool.pool, name="pool"),
    path("rounds/<int:pk>/jurors/add/", pool.juror_add, name="juror-add"),
    path("jurors/<int:pk>/edit/", pool.juror_edit, name="juror-edit"),
    path("jurors/<int:pk>/leave/", pool.juror_leave, name="juror-leave"),
    path("rounds/<int:pk>/phases/", phases.phases, name="phases"),
    path("rounds/<int:pk>/phases/add/", phases.phase_add, name="phase-add"),
    path("rounds/<int:pk>/phases/suggest/", phases.phases_suggest, name="phases-suggest"),
    path("phases/<int:pk>/edit/", phases.phase_edit, name="phase-edit"),
    path("phases/<int:pk>/delete/", phases.phase_delete, name="phase-delete"),
]
