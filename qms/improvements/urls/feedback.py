"""CAF external feedback."""

from __future__ import annotations

from django.urls import URLPattern, path

from qms.improvements.views import feedback

APPLICATION: list[URLPattern] = [
    path("feedback/", feedback.feedback_list, name="feedback-list"),
    path("feedback/start/", feedback.start, name="feedback-start"),
    path("feedback/<int:pk>/", feedback.detail, name="feedback-detail"),
    path("feedback/<int:pk>/edit/", feedback.edit, name="feedback-edit"),
    path("feedback/<int:pk>/answers/<int:pillar>/", feedback.answers, name="feedback-answers"),
    path("feedback/<int:pk>/submit/", feedback.submit, name="feedback-submit"),
    path("feedback/<int:pk>/withdraw/", feedback.withdraw, name="feedback-withdraw"),
]
TEAM: list[URLPattern] = [
    path("feedback/<int:pk>/team/", feedback.team, name="feedback-team"),
    path("feedback/<int:pk>/begin/", feedback.begin, name="feedback-begin"),
    path("feedback/actors/<int:pk>/lead/", feedback.leader, name="feedback-leader"),
    path("feedback/actors/<int:pk>/remove/", feedback.remove, name="feedback-remove"),
    path("feedback/<int:pk>/declare/", feedback.declare, name="feedback-declare"),
    path("feedback/<int:pk>/score/hand-in/", feedback.hand_in, name="feedback-score-hand-in"),
    path("feedback/<int:pk>/score/<int:pillar>/", feedback.score, name="feedback-score"),
    path("feedback/<int:pk>/agree/<int:pillar>/", feedback.agree, name="feedback-agree"),
]
OUTCOME: list[URLPattern] = [
    path("feedback/<int:pk>/report/edit/", feedback.report_edit, name="feedback-report-edit"),
    path("feedback/<int:pk>/report/", feedback.report_order, name="feedback-report"),
    path("feedback/<int:pk>/report/<int:rendering>/", feedback.report_file, name="feedback-report-file"),
    path("feedback/<int:pk>/decide/", feedback.decide, name="feedback-decide"),
    path("feedback/<int:pk>/return/", feedback.return_to_team, name="feedback-return"),
]
SCHEMES: list[URLPattern] = [
    path("feedback/questionnaires/", feedback.schemes, name="feedback-schemes"),
    path("feedback/questionnaires/<int:pk>/file/", feedback.scheme_file, name="feedback-scheme-file"),
    path("feedback/questionnaires/<int:pk>/use/", feedback.scheme_use, name="feedback-scheme-use"),
]
urlpatterns: list[URLPattern] = [*APPLICATION, *TEAM, *OUTCOME, *SCHEMES]
