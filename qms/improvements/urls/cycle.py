"""The ten steps and the hand-over."""

from __future__ import annotations

from django.urls import path

from qms.improvements.views import cycle, handover

urlpatterns = [
    path("cycle/", cycle.cycle, name="cycle"),
    path("cycle/<int:office>/steps/<int:step>/", cycle.cycle_mark, name="cycle-mark"),
    path("<int:pk>/hand-over/", handover.hand_over, name="hand-over"),
]
