"""Addresses of the area "feedback"."""

from __future__ import annotations

from django.urls import URLPattern, path

from qms.laureates.views import feedback, reading

urlpatterns: list[URLPattern] = [
    path("rounds/<int:pk>/feedback/", feedback.feedback_list, name="feedback-list"),
    path("rounds/<int:pk>/feedback/lay-down/", feedback.feedback_lay_down, name="feedback-lay-down"),
    path("rounds/<int:pk>/feedback/approve/", feedback.feedback_approve, name="feedback-approve"),
    path("feedback/<int:pk>/", reading.feedback, name="feedback"),
    path("feedback/<int:pk>/edit/", feedback.feedback_edit, name="feedback-edit"),
    path("feedback/<int:pk>/reopen/", feedback.feedback_reopen, name="feedback-reopen"),
    path("feedback/<int:pk>/order/", reading.feedback_order, name="feedback-order"),
    path("feedback/<int:pk>/file/", reading.feedback_file, name="feedback-file"),
    path("applications/<int:pk>/result/", reading.result, name="result"),
]
