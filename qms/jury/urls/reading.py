"""A juror's own pages: home, promise, declarations, an application with its annexes, the own copy."""

from __future__ import annotations

from django.urls import URLPattern, path

from qms.jury.views import copies, declaring, reading

urlpatterns: list[URLPattern] = [
    path("", reading.home, name="home"),
    path("seats/<int:pk>/promise/", declaring.promise, name="promise"),
    path("seats/<int:pk>/declare/", declaring.declare, name="declare"),
    path("applications/<int:pk>/conflict/", declaring.conflict, name="conflict"),
    path("applications/<int:pk>/", reading.reading, name="reading"),
    path("annexes/<int:pk>/", reading.annex, name="annex"),
    path("applications/<int:pk>/dossier/", copies.dossier, name="dossier"),
    path("applications/<int:pk>/copy/", copies.juror_copy, name="juror-copy"),
]
