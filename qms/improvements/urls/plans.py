"""Plans, findings, actions, progress."""

from __future__ import annotations

from django.urls import URLPattern, path

from qms.improvements.views import action_forms, actions, approval, findings, moving, plans, progress, telling

PLANS: list[URLPattern] = [
    path("", plans.plan_list, name="plan-list"),
    path("start/", plans.plan_start, name="plan-start"),
    path("<int:pk>/edit/", plans.plan_edit, name="plan-edit"),
    path("<int:pk>/send/", approval.plan_send, name="plan-send"),
    path("<int:pk>/approve/", approval.plan_approve, name="plan-approve"),
    path("<int:pk>/return/", approval.plan_return, name="plan-return"),
    path("<int:pk>/close/", plans.plan_close, name="plan-close"),
]
FINDINGS: list[URLPattern] = [
    path("findings/", findings.finding_list, name="finding-list"),
    path("findings/add/", findings.finding_add, name="finding-add"),
    path("findings/answer/", findings.finding_answer, name="finding-answer"),
    path("findings/dismiss/", findings.finding_dismiss, name="finding-dismiss"),
    path("findings/<int:pk>/restore/", findings.finding_restore, name="finding-restore"),
    path("findings/<int:pk>/delete/", findings.finding_delete, name="finding-delete"),
]
ACTIONS: list[URLPattern] = [
    path("<int:pk>/actions/add/", action_forms.action_add, name="action-add"),
    path("actions/<int:pk>/edit/", action_forms.action_edit, name="action-edit"),
    path("actions/<int:pk>/approve/", approval.action_approve, name="action-approve"),
    path("actions/<int:pk>/delete/", action_forms.action_delete, name="action-delete"),
]
# What happens on an action.
PROGRESS: list[URLPattern] = [
    path("actions/<int:pk>/", actions.action_detail, name="action-detail"),
    path("actions/<int:pk>/move/", moving.action_move, name="action-move"),
    path("actions/<int:pk>/log/", progress.action_log, name="action-log"),
    path("actions/<int:pk>/tasks/", progress.task_save, name="task-save"),
    path("actions/<int:pk>/told/", telling.communication_save, name="communication-save"),
    path("told/<int:pk>/delete/", telling.communication_delete, name="communication-delete"),
    path("actions/<int:pk>/lessons/", telling.lessons, name="lessons"),
    path("attachments/<int:pk>/", actions.attachment, name="attachment"),
]

urlpatterns: list[URLPattern] = [*PLANS, *FINDINGS, *ACTIONS, *PROGRESS]
