"""Plans, findings, actions, progress."""

from __future__ import annotations

from django.urls import URLPattern, path

from qms.improvements.views import actions, moving, progress, telling

urlpatterns: list[URLPattern] = [
    # What happens on one action.
    path("actions/<int:pk>/", actions.action_detail, name="action-detail"),
    path("actions/<int:pk>/move/", moving.action_move, name="action-move"),
    path("actions/<int:pk>/log/", progress.action_log, name="action-log"),
    path("actions/<int:pk>/tasks/", progress.task_save, name="task-save"),
    path("actions/<int:pk>/told/", telling.communication_save, name="communication-save"),
    path("told/<int:pk>/delete/", telling.communication_delete, name="communication-delete"),
    path("actions/<int:pk>/lessons/", telling.lessons, name="lessons"),
    path("attachments/<int:pk>/", actions.attachment, name="attachment"),
]
