"""Addresses of the area "scoring"."""

from __future__ import annotations

from django.urls import URLPattern, path

from qms.jury.views import scoring, unlocking

urlpatterns: list[URLPattern] = [
    path("ballots/<int:pk>/", scoring.ballot, name="ballot"),
    path("ballots/<int:pk>/sections/<int:section>/", scoring.ballot_section, name="ballot-section"),
    path("ballots/<int:pk>/hand-in/", scoring.ballot_hand_in, name="ballot-hand-in"),
    path("ballots/<int:pk>/unlock/", unlocking.ballot_unlock, name="ballot-unlock"),
]
